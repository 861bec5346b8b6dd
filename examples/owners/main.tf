# Warns about API clients and access tokens of people who have left, and about tokens that are about to end, the one of
# this job included. Nothing is managed here: the token needs no right to change anything.

terraform {
  required_version = ">= 1.5"
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

variable "own_token" {
  description = "The name of the access token that this job uses. Domo does not say which one that is."
  type        = string
  default     = "governance"
}

variable "notice_days" {
  description = "How many days before its end a token is reported."
  type        = number
  default     = 30
}

data "domo_api_clients" "all" {
  owners = true
}

data "domo_access_tokens" "all" {
  owners = true
  now    = plantimestamp()
}

locals {
  # An owner is null if Domo does not show that user, and so is active: nobody knows whether that person has left. With
  # try(), only those count of whom Domo says that they are inactive.
  clients_of_inactive = [for client in data.domo_api_clients.all.clients : client if try(!client.owner.active, false)]
  tokens_of_inactive  = [for token in data.domo_access_tokens.all.tokens : token if try(!token.owner.active, false)]

  # A token without an end has no days left to count: it is not ending.
  ending = [for token in data.domo_access_tokens.all.tokens : token if try(token.expires_in_days < var.notice_days, false)]
  own    = [for token in data.domo_access_tokens.all.tokens : token if token.name == var.own_token]

  unknown_owners = distinct(compact([for client in data.domo_api_clients.all.clients : try(client.owner.active, null) == null ? coalesce(client.owner_id, "unknown") : ""]))
}

check "owners_are_active" {
  assert {
    condition = length(local.clients_of_inactive) == 0
    error_message = join("\n", [
      "The owners of these API clients are not active any more:",
      join("\n", [for client in local.clients_of_inactive : "- ${client.name} (id ${client.id}, user ${client.owner_id})"]),
      "A client cannot change hands: create a new one as somebody else, and revoke the old one.",
    ])
  }
}

check "token_owners_are_active" {
  assert {
    condition     = length(local.tokens_of_inactive) == 0
    error_message = "The owners of these access tokens are not active any more: ${join(", ", local.tokens_of_inactive[*].name)}. Delete the tokens on the page Admin > Authentication > Access tokens."
  }
}

check "tokens_last" {
  assert {
    condition     = length(local.ending) == 0
    error_message = "These access tokens have ended, or end within ${var.notice_days} days: ${join(", ", [for token in local.ending : "${token.name} (${token.expires_at})"])}."
  }
}

# Without its own token, the job that reports all this stops without a word.
check "own_token_lasts" {
  assert {
    condition     = length(local.own) == 1 && alltrue([for token in local.own : try(token.expires_in_days >= var.notice_days, true)])
    error_message = "The access token of this job, ${var.own_token}, ends within ${var.notice_days} days, has ended, or is not the only one of its name: create a new one, and name it in the variable own_token."
  }
}

# The drift kit (examples/drift) reports the clients in the output of this name as owner-inactive.
output "inactive_owner_api_clients" {
  description = "API clients whose owners are not active any more."
  value       = local.clients_of_inactive
}

output "owners" {
  description = "Whom to ask about each API client."
  value       = { for client in data.domo_api_clients.all.clients : "${client.name} (id ${client.id})" => try(client.owner.email, null) }
}

output "unknown_owners" {
  description = "The ids of owners whom Domo does not show: they are neither active nor inactive as far as this job knows."
  value       = local.unknown_owners
}
