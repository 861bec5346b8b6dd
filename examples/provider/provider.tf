terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# Configured by the environment: DOMO_INSTANCE=acme, and either DOMO_ACCESS_TOKEN or DOMO_USERNAME and
# DOMO_PASSWORD. Credentials do not belong in committed files.
provider "domo" {}

resource "domo_api_client" "nightly_export" {
  name        = "nightly-export"
  description = "Reads the sales datasets into the warehouse. Owner: data platform team."
  scopes      = ["data"]
}
