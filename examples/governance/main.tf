# API clients under governance: one reviewed table says which team has which client, and why.
#
#   teams.auto.tfvars   the table; reviewers look at nothing else
#   variables.tf        the rules that a row must keep, checked by every plan
#   outputs.tf          the credentials, and an inventory that is safe to show
#
# A new row is a new client, a deleted row a revoked one. A change in a row replaces the client, and its secret
# with it; for a hand-over without a gap see the example "rotation".

terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# DOMO_INSTANCE and DOMO_ACCESS_TOKEN come from the environment of the pipeline.
provider "domo" {}

resource "domo_api_client" "team" {
  for_each = var.teams

  name        = "${var.name_prefix}${each.key}"
  description = "${each.value.purpose} Owner: ${each.value.owner}."
  scopes      = each.value.scopes
}
