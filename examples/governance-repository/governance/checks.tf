data "domo_access_tokens" "all" {
  owners = true
  now    = plantimestamp()
}

locals {
  # With try(), since an owner whom Domo does not show is null: nobody knows whether that person has left.
  left   = [for client in data.domo_api_clients.all.clients : client if try(!client.owner.active, false)]
  ending = [for token in data.domo_access_tokens.all.tokens : token if try(token.expires_in_days < 30, false)]
  absent = setsubtract(var.own_tokens, data.domo_access_tokens.all.names)
}

check "owners_are_active" {
  assert {
    condition     = length(local.left) == 0
    error_message = "The owners of these API clients are not active any more: ${join(", ", local.left[*].name)}."
  }
}

check "tokens_last" {
  assert {
    condition     = length(local.ending) == 0
    error_message = "These access tokens have expired, or expire within 30 days: ${join(", ", local.ending[*].name)}."
  }
}

# Without its own tokens, the pipeline that reports all this stops.
check "own_tokens_are_known" {
  assert {
    condition     = length(local.absent) == 0
    error_message = "Domo shows no access tokens with these names, so nobody knows when they expire: ${join(", ", local.absent)}."
  }
}
