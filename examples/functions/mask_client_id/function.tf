terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

variable "client_id" {
  type      = string
  sensitive = true
}

# What is left is safe to show, but the mark of the argument stays until it is taken off.
output "client" {
  value = nonsensitive(provider::domo::mask_client_id(var.client_id))
}
