# Limits each team's scopes: a client of this configuration with too many fails the plan; other clients with too
# many cause a warning.

terraform {
  required_version = ">= 1.5"
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

variable "allowed" {
  description = "The scopes allowed for each team. A client's name begins with the team's name."
  type        = map(set(string))
  default = {
    sales = ["data", "dashboard"]
    it    = ["user", "audit", "data"]
  }
}

variable "clients" {
  description = "The clients by name, with their scopes."
  type        = map(set(string))
  default = {
    sales-export      = ["data"]
    it-directory-sync = ["user", "audit"]
  }
}

locals {
  team_of = { for name in keys(var.clients) : name => split("-", name)[0] }
}

resource "domo_api_client" "this" {
  for_each = var.clients

  name        = each.key
  description = "Owner: the team ${local.team_of[each.key]}."
  scopes      = each.value

  lifecycle {
    precondition {
      condition     = length(setsubtract(each.value, lookup(var.allowed, local.team_of[each.key], []))) == 0
      error_message = "The client ${each.key} has scopes that are not allowed for the team ${local.team_of[each.key]}: ${join(", ", setsubtract(each.value, lookup(var.allowed, local.team_of[each.key], [])))}. Request fewer scopes, or have the table of allowed scopes changed."
    }
  }
}

data "domo_api_clients" "all" {}

locals {
  excess = {
    for client in data.domo_api_clients.all.clients : client.name => setsubtract(client.scopes, lookup(var.allowed, split("-", client.name)[0], []))
    if !contains(keys(var.clients), client.name)
  }
}

check "scopes_of_others" {
  assert {
    condition = length([for scopes in local.excess : scopes if length(scopes) > 0]) == 0
    error_message = join("\n", concat(
      ["These API clients have scopes that are not allowed for their teams:"],
      [for name, scopes in local.excess : "- ${name}: ${join(", ", scopes)}" if length(scopes) > 0],
      ["Have them replaced with fewer scopes, or have the table of allowed scopes changed."],
    ))
  }
}
