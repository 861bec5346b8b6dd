# Governed API clients: one reviewed table says which team has which client, and why.
#
#   teams.auto.tfvars   the table; all that reviewers need to read
#   variables.tf        the rules for a row, checked by every plan
#   outputs.tf          the credentials, and an inventory that is safe to show
#
# Adding a row creates a client, deleting a row revokes one. Changing a row replaces the client and its secret; to
# rotate without downtime, see the example "rotation".

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
