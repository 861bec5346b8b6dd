terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# Everything that the token can see. Data sources and resources of a run share their requests for it.
data "domo_api_clients" "all" {}

# A client passes when it passes every filter. The expression is one of those that regex() takes.
data "domo_api_clients" "wide" {
  name_regex = "(?i)^(nightly|directory)-"
  scopes_any = ["account", "user"]
}

output "clients_with_wide_scopes" {
  description = "Who may change users or accounts."
  value = [
    for client in data.domo_api_clients.wide.clients :
    "${client.name} (user ${coalesce(client.owner_id, "unknown")}): ${join(", ", client.scopes)}"
  ]
}

# False does not fail anything here: where one service account owns every client, it is always false.
output "list_is_complete" {
  description = "Whether the list demonstrably holds the clients of all owners."
  value       = data.domo_api_clients.all.sees_all_owners
}
