# A client that nobody manages is named by a warning in every plan and apply; nothing else is held up.

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
  description = "Clients that belong to another configuration or to a person: their names, and whose they are."
  type        = map(string)
  default = {
    "partner-portal" = "the configuration of the partner team"
    "jane-notebook"  = "a person, until the end of the quarter"
  }
}

# Outside the check: within it, the read would be delayed whenever a resource changes, no plan would be empty, and a
# failed read would look like a failed check.
data "domo_api_clients" "all" {}

locals {
  # By name, since the id of a client that is about to be made is not known. A client that this very run renames or
  # removes is therefore named once more.
  managed   = [for client in domo_api_client.team : client.name]
  unmanaged = [for client in data.domo_api_clients.all.clients : client if !contains(concat(local.managed, keys(var.ignored)), client.name)]
}

check "unmanaged" {
  assert {
    condition = length(local.unmanaged) == 0
    error_message = join("\n", [
      "Nobody manages these API clients:",
      join("\n", [for client in local.unmanaged : "- ${client.name} (id ${client.id}, user ${coalesce(client.owner_id, "unknown")}): ${join(", ", client.scopes)}"]),
      "Import them, revoke them, or name them in the variable ignored.",
    ])
  }
}

# The drift kit (examples/drift) takes its report of unmanaged clients from an output of this name.
output "unmanaged_api_clients" {
  description = "The clients that nobody manages."
  value       = local.unmanaged
}

# Not a condition: where one service account owns every client, this is always false.
output "sees_all_owners" {
  description = "Whether the list demonstrably holds the clients of all owners."
  value       = data.domo_api_clients.all.sees_all_owners
}
