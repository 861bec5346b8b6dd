# Rotates secrets on a schedule, without a moment that has none. Apply this every day, by a pipeline:
#
#   1 to add       on the day on which a generation is due; the output still has the old credentials
#   outputs only   at the next apply: from now on, "credentials" has the new ones
#   1 to destroy   once the overlap is over
#
# On all other days, the plan is empty. See docs/guides/rotation.md.

terraform {
  required_version = ">= 1.8" # the first one with functions of providers

  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# DOMO_INSTANCE and DOMO_ACCESS_TOKEN come from the environment.
provider "domo" {}

variable "now" {
  description = "The time to plan for. For tests; otherwise it is the time of the plan."
  type        = string
  default     = null
}

variable "exports" {
  description = "The clients by name, with what differs from the usual schedule."
  type = map(object({
    purpose   = string
    scopes    = set(string)
    every     = optional(string, "90d")
    overlap   = optional(string, "14d")
    rotate_at = optional(list(string), []) # further dates or times to rotate at
    leaked    = optional(list(string), []) # generations to revoke without an overlap, such as "2026-06-30"
  }))
  default = {
    nightly-export = {
      purpose = "Reads the sales datasets into the warehouse. Owner: data platform team."
      scopes  = ["data"]
    }
    directory-sync = {
      purpose = "Keeps Domo's users in step with the company's directory. Owner: IT operations."
      scopes  = ["user", "audit"]
      every   = "26w"
      overlap = "4w"
    }
  }
}

# All of them, once: the function finds its own generations.
data "domo_api_clients" "all" {}

locals {
  rotations = {
    for name, export in var.exports : name => provider::domo::rotation(
      {
        prefix    = "${name} "
        first     = "2026-01-01"
        every     = export.every
        overlap   = export.overlap
        rotate_at = export.rotate_at
        leaked    = export.leaked
      },
      data.domo_api_clients.all.names,
      coalesce(var.now, plantimestamp()),
    )
  }

  generations = merge([
    for name, rotation in local.rotations : { for key in rotation.live : "${name} ${key}" => name }
  ]...)
}

resource "domo_api_client" "export" {
  for_each = local.generations

  name        = each.key
  description = var.exports[each.value].purpose
  scopes      = var.exports[each.value].scopes
}

output "credentials" {
  description = "The credentials of each export: those of the newest client that is there."
  sensitive   = true
  value = {
    for name, rotation in local.rotations : name => {
      client_id     = domo_api_client.export["${name} ${rotation.current}"].client_id
      client_secret = domo_api_client.export["${name} ${rotation.current}"].client_secret
    }
  }
}

output "rotations" {
  description = "What is live, what is used, and when the next change is due."
  value       = local.rotations
}
