terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

data "domo_api_client_scopes" "known" {}

variable "scopes" {
  description = "What a new client may do."
  type        = set(string)
  default     = ["data"]
}

output "review" {
  description = "The scopes in words, for the reviewer of the request."
  value       = [for scope in var.scopes : "${scope}: ${data.domo_api_client_scopes.known.scopes[scope]}"]
}
