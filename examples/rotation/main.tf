# A new secret without a gap. Replacing a client would revoke the old one first: names are unique, so two clients
# of one name cannot be there at the same time, and create_before_destroy cannot work. Two names can:
#
#   1. Today:    generations = ["2026-01"]              current = "2026-01"
#   2. Create:   generations = ["2026-01", "2026-07"]   current = "2026-01"   apply: 1 to add
#   3. Hand over: the same generations                  current = "2026-07"   apply: only the output changes
#      Wait until every user of the output has the new credentials and nobody signs in with the old ones.
#   4. Remove:   generations = ["2026-07"]              current = "2026-07"   apply: 1 to destroy
#
# Until step 4 both credentials are good, and every step before it can be taken back.

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
  description = "The clients that are there, by the month in which they were made."
  type        = set(string)
  default     = ["2026-01"]

  validation {
    condition     = length(var.generations) == 1 || length(var.generations) == 2
    error_message = "There is one generation, and two only while credentials are handed over."
  }
}

variable "current" {
  description = "The generation whose credentials are given out."
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
  description = "What the export signs in with."
  sensitive   = true
  value = {
    client_id     = domo_api_client.nightly_export[var.current].client_id
    client_secret = domo_api_client.nightly_export[var.current].client_secret
  }

  precondition {
    condition     = contains(var.generations, var.current)
    error_message = "The current generation must be there: hand over before you remove it."
  }
}
