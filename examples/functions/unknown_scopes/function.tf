terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# Validated as soon as the variable is read, with the nearest known scope in the message. A function does not see the
# provider's additional_scopes, so they are passed to it.
variable "scopes" {
  type    = set(string)
  default = ["data", "user"]

  validation {
    condition     = length(provider::domo::unknown_scopes(var.scopes, "cards")) == 0
    error_message = join(" ", provider::domo::unknown_scopes(var.scopes, "cards"))
  }
}

output "scopes" {
  value = var.scopes
}
