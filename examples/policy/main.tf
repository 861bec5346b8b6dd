# What an organization asks of API clients before they are made, in three places:
#
#   variables.tf   rules for the table of clients: they fail the plan, and need nothing but Terraform
#   tests/         terraform test: every rule refuses what it should, without a Domo
#   opa/           the same rules for the JSON of any plan, whoever wrote its configuration: for the pipeline
#
# Needs Terraform 1.8 or OpenTofu 1.8.

terraform {
  required_version = ">= 1.8"
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

resource "domo_api_client" "this" {
  for_each = var.clients

  name        = each.key
  description = each.value.description
  scopes      = provider::domo::canonical_scopes(each.value.scopes)
}
