terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

resource "domo_api_client" "team" {
  for_each = {
    "nightly-export" = ["data"]
    "directory-sync" = ["user", "audit"]
  }

  name        = each.key
  description = "Owner: data platform team."
  scopes      = each.value
}

# Only these may exist: the clients of this configuration, and one that a partner made by hand. Any other client shows
# as a removal in the plan, such as ~ names = [ - "rogue" ], and the apply revokes it.
resource "domo_api_clients_exclusive" "acme" {
  names = concat([for client in domo_api_client.team : client.name], ["partner-portal"])
}
