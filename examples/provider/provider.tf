terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# The environment says where and who: DOMO_INSTANCE=acme, and DOMO_ACCESS_TOKEN, or DOMO_USERNAME with
# DOMO_PASSWORD. Credentials do not belong into files that are committed.
provider "domo" {}

resource "domo_api_client" "nightly_export" {
  name        = "nightly-export"
  description = "Reads the sales datasets into the warehouse. Owner: data platform team."
  scopes      = ["data"]
}
