# Import blocks for which Terraform generates the resources:
#
#   terraform plan -generate-config-out=generated.tf
#
# Review what it wrote, delete the lines with null and those with provider (beside a resource block without it, the
# engines refuse it), move the blocks where they belong, and plan again. It must say "2 to import, 0 to add, 0 to change,
# 0 to destroy". Blocks with for_each cannot do this.

terraform {
  required_version = ">= 1.5"
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

import {
  provider = domo
  to       = domo_api_client.nightly_export
  id       = "nightly-export"
}

import {
  provider = domo
  to       = domo_api_client.directory_sync
  id       = "directory-sync"
}
