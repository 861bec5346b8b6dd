terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

variable "scopes" {
  description = "However people spell them: [\"USER\", \"data\", \"data\"] becomes [\"data\", \"user\"]."
  type        = list(string)
  default     = ["USER", "data", "data"]
}

locals {
  scopes = provider::domo::canonical_scopes(var.scopes)
}

# Two lists mean the same exactly if this function returns the same for both.
check "reviewed_scopes" {
  assert {
    condition     = local.scopes == provider::domo::canonical_scopes(["data", "user"])
    error_message = "The scopes are not those that were reviewed: ${join(", ", local.scopes)}."
  }
}

output "scopes" {
  value = local.scopes
}
