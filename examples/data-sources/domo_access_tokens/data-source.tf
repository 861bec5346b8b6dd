terraform {
  required_version = ">= 1.5"
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

data "domo_access_tokens" "all" {
  owners = true
  now    = plantimestamp()
}

output "ending_soon" {
  description = "Tokens that expire within 30 days."
  value = [
    for token in data.domo_access_tokens.all.tokens :
    "${token.name} (${token.expires_at})" if try(token.expires_in_days >= 0 && token.expires_in_days < 30, false)
  ]
}

# With try(), since an owner whom Domo does not show is null: nobody knows whether that person has left.
output "of_people_who_left" {
  description = "Tokens of users who are not active any more."
  value       = [for token in data.domo_access_tokens.all.tokens : token.name if try(!token.owner.active, false)]
}

output "all" {
  description = "All tokens that the caller can see. The tokens themselves are never shown."
  value       = data.domo_access_tokens.all.names
}
