# Revokes clients at once, by hand, without the state: for an emergency that cannot wait for a merge request. Needs
# Terraform 1.14, and DOMO_INSTANCE and DOMO_ACCESS_TOKEN of an administrator.
#
#   terraform apply -invoke=action.domo_revoke_api_clients.by_hand -var='clients={"1234"="rogue-export"}'

terraform {
  required_version = ">= 1.14"
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

variable "clients" {
  description = "The clients to revoke: the id of each, with its name."
  type        = map(string)
}

action "domo_revoke_api_clients" "by_hand" {
  config {
    clients = var.clients
  }
}
