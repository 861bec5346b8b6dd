terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# Everything that the token can see. Data sources and resources of a run share the request for it.
data "domo_api_clients" "all" {}

# A client must pass every filter. The expression has the syntax of Terraform's regex().
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

# Who owns the clients, and whether those people are still there. An owner whom Domo does not show is null, which says
# nothing: hence try().
data "domo_api_clients" "owned" {
  owners = true
}

check "owners_are_active" {
  assert {
    condition = length([for client in data.domo_api_clients.owned.clients : client if try(!client.owner.active, false)]) == 0
    error_message = join("\n", [
      for client in data.domo_api_clients.owned.clients :
      "The owner of ${client.name} is not active any more (user ${client.owner_id})." if try(!client.owner.active, false)
    ])
  }
}

# Do not fail on false: if one service account owns every client, it is always false.
output "list_is_complete" {
  description = "Whether the list provably contains the clients of all owners."
  value       = data.domo_api_clients.all.sees_all_owners
}
