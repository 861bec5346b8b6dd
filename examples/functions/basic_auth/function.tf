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

variable "client_secret" {
  type      = string
  sensitive = true
}

# For a program that asks for its access tokens itself and takes the header as a whole.
output "authorization" {
  sensitive = true
  value     = provider::domo::basic_auth(var.client_id, var.client_secret)
}
