terraform {
  required_version = ">= 1.8"

  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

data "domo_api_clients" "all" {}

locals {
  export = provider::domo::rotation(
    {
      prefix  = "nightly-export "
      first   = "2026-01-01"
      every   = "90d"
      overlap = "14d"
    },
    data.domo_api_clients.all.names,
    plantimestamp(),
  )
}

resource "domo_api_client" "export" {
  for_each = toset(local.export.live) # such as ["2026-06-30", "2026-09-28"]

  name        = "nightly-export ${each.key}"
  description = "Reads the sales datasets into the warehouse. Owner: data platform team."
  scopes      = ["data"]
}

output "credentials" {
  description = "The credentials of the newest client that is there."
  sensitive   = true
  value = {
    client_id     = domo_api_client.export[local.export.current].client_id
    client_secret = domo_api_client.export[local.export.current].client_secret
  }
}
