# Rotates a secret without downtime. Names are unique, so a replacement under the same name must revoke the old client
# first, and create_before_destroy cannot work. Two names can:
#
#   1. Today:    generations = ["2026-01"]              current = "2026-01"
#   2. Create:   generations = ["2026-01", "2026-07"]   current = "2026-01"   apply: 1 to add
#   3. Hand over: same generations                      current = "2026-07"   apply: only the output changes
#      Wait until every consumer has the new credentials and nobody signs in with the old ones.
#   4. Remove:   generations = ["2026-07"]              current = "2026-07"   apply: 1 to destroy
#
# Until step 4 both credentials work, and every step before it can be undone.

terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# DOMO_INSTANCE and DOMO_ACCESS_TOKEN come from the environment.
provider "domo" {}

variable "generations" {
  description = "The existing clients, by the month of their creation."
  type        = set(string)
  default     = ["2026-01"]

  validation {
    condition     = length(var.generations) == 1 || length(var.generations) == 2
    error_message = "There must be one generation, or two while credentials are handed over."
  }
}

variable "current" {
  description = "The generation whose credentials are handed out."
  type        = string
  default     = "2026-01"
}

resource "domo_api_client" "nightly_export" {
  for_each = var.generations

  name        = "nightly-export-${each.key}"
  description = "Reads the sales datasets into the warehouse. Owner: data platform team."
  scopes      = ["data"]
}

output "credentials" {
  description = "The credentials of the export."
  sensitive   = true
  value = {
    client_id     = domo_api_client.nightly_export[var.current].client_id
    client_secret = domo_api_client.nightly_export[var.current].client_secret
  }

  precondition {
    condition     = contains(var.generations, var.current)
    error_message = "The current generation must exist: hand over before you remove it."
  }
}
