terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# Revokes these two clients if you invoke it by hand:
#   terraform apply -invoke=action.domo_revoke_api_clients.rogue
action "domo_revoke_api_clients" "rogue" {
  config {
    clients = {
      "1234" = "rogue-export"
      "1240" = "rogue-export-2"
    }
  }
}
