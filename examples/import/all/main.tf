# Brings all clients of an instance under management, in three steps:
#
#   1. terraform apply                    reads what exists; changes nothing
#   2. terraform output -json table > clients.auto.tfvars.json
#                                         the table: review it, and delete what you do not want to manage
#   3. terraform plan, terraform apply    "N to import, 0 to add, 0 to change, 0 to destroy", or stop
#
# From then on the table is the source of truth. The import blocks can stay or go.

terraform {
  required_version = ">= 1.7"
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

variable "clients" {
  description = "The clients by name."
  type = map(object({
    description = string
    scopes      = set(string)
  }))
  default = {}
}

data "domo_api_clients" "existing" {}

import {
  for_each = { for client in data.domo_api_clients.existing.clients : client.name => client.id if contains(keys(var.clients), client.name) }

  provider = domo
  to       = domo_api_client.this[each.key]
  id       = "id:${each.value}"
}

resource "domo_api_client" "this" {
  for_each = var.clients
  provider = domo

  name        = each.key
  description = each.value.description
  scopes      = each.value.scopes
}

output "table" {
  description = "What exists, in the form of the variable."
  value = {
    clients = {
      for client in data.domo_api_clients.existing.clients : client.name => {
        description = client.description
        scopes      = client.scopes
      }
    }
  }
}
