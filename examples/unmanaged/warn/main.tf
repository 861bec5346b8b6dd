# Every plan and apply warns about unmanaged clients; nothing is blocked.

terraform {
  required_version = ">= 1.5"
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

resource "domo_api_client" "team" {
  for_each = {
    nightly-export = ["data"]
    directory-sync = ["user", "audit"]
  }

  name        = each.key
  description = "Owner: data platform team."
  scopes      = each.value
}

variable "ignored" {
  description = "Clients that belong to another configuration or to a person: their names, and who owns them."
  type        = map(string)
  default = {
    "partner-portal" = "the configuration of the partner team"
    "jane-notebook"  = "a person, until the end of the quarter"
  }
}

# Outside the check: inside it, the read would be deferred whenever a resource changes, no plan would be empty, and a
# failed read would look like a failed check.
data "domo_api_clients" "all" {}

locals {
  # By name, since the id of a new client is not known yet. A client that this run renames or removes is therefore
  # reported once more.
  managed   = [for client in domo_api_client.team : client.name]
  unmanaged = [for client in data.domo_api_clients.all.clients : merge(client, { instance = data.domo_api_clients.all.instance }) if !contains(concat(local.managed, keys(var.ignored)), client.name)]
}

check "unmanaged" {
  assert {
    condition = length(local.unmanaged) == 0
    error_message = join("\n", [
      "Nobody manages these API clients of ${data.domo_api_clients.all.instance}:",
      join("\n", [for client in local.unmanaged : "- ${client.name} (id ${client.id}, user ${coalesce(client.owner_id, "unknown")}): ${join(", ", client.scopes)}"]),
      "Import them, revoke them, or name them in the variable ignored.",
    ])
  }
}

# The drift kit (examples/drift) reads unmanaged clients from the output of this name.
output "unmanaged_api_clients" {
  description = "The clients that nobody manages."
  value       = local.unmanaged
}

# Not a condition: if one service account owns every client, this is always false.
output "sees_all_owners" {
  description = "Whether the list provably contains the clients of all owners."
  value       = data.domo_api_clients.all.sees_all_owners
}
