# Every API client of the instance: the table of clients.auto.tfvars, whose secrets rotate, and those that existed before
# it. Any other client is a removal in the plan. See docs/guides/governance-repository.md.

terraform {
  required_version = ">= 1.8" # the first one with functions of providers
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# DOMO_INSTANCE and DOMO_ACCESS_TOKEN come from the environment of the pipeline.
provider "domo" {}

data "domo_api_clients" "all" {
  owners = true
}

locals {
  rotations = {
    for name, client in var.clients : name => provider::domo::rotation(
      {
        prefix    = "${name} "
        first     = "2026-01-01"
        every     = client.every
        overlap   = "14d"
        rotate_at = client.rotate_at
        leaked    = client.leaked
      },
      data.domo_api_clients.all.names,
      coalesce(var.now, plantimestamp()),
    )
  }

  generations = merge([
    for name, rotation in local.rotations : { for key in rotation.live : "${name} ${key}" => name }
  ]...)
}

resource "domo_api_client" "team" {
  for_each = local.generations

  name              = each.key
  description       = var.clients[each.value].description
  scopes            = provider::domo::canonical_scopes(var.clients[each.value].scopes)
  secret_public_key = file(var.public_key_file)

  # A change applies to the next generation: it must not revoke the credentials that are in use.
  lifecycle {
    ignore_changes = [description, scopes]
  }
}
