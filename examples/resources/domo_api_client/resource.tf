terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# One client per program, with only the scopes that it needs. Clients cannot be edited: any change to the name, the
# description or the scopes revokes this client and creates another.
resource "domo_api_client" "nightly_export" {
  name        = "nightly-export"
  description = "Reads the sales datasets into the warehouse. Owner: data platform team."
  scopes      = ["data"]
}

# Creating and revoking may take ten minutes each, a refresh five, including waits for Domo's rate limit. To change:
#   timeouts = { create = "20m", read = "2m", delete = "20m" }
resource "domo_api_client" "directory_sync" {
  name        = "directory-sync"
  description = "Keeps Domo's users in step with the company's directory. Owner: IT operations."
  scopes      = ["user", "audit"]
}

# Domo shows the secret only once, when the client is created. It is stored in the state: protect that.
output "nightly_export" {
  description = "The credentials of the export, for https://api.domo.com/oauth/token."
  sensitive   = true
  value = {
    client_id     = domo_api_client.nightly_export.client_id
    client_secret = domo_api_client.nightly_export.client_secret
  }
}

output "nightly_export_client" {
  description = "Identifies the client on Domo's page; safe to show."
  value       = domo_api_client.nightly_export.masked_client_id
}
