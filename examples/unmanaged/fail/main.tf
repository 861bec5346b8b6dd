# An unmanaged client fails the run: for an instance where nothing may exist outside the reviewed table.

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
  }
}

# Read after the changes of this run, so that a client that it removes does not fail it.
data "domo_api_clients" "all" {
  depends_on = [domo_api_client.team]

  lifecycle {
    postcondition {
      condition = length(setsubtract(self.names, concat([for client in domo_api_client.team : client.name], keys(var.ignored)))) == 0
      error_message = join("\n", [
        "Nobody manages these API clients of ${self.instance}: ${join(", ", setsubtract(self.names, concat([for client in domo_api_client.team : client.name], keys(var.ignored))))}.",
        "Import them, revoke them, or name them in the variable ignored.",
      ])
    }
  }
}
