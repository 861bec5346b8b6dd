# terraform test: no Domo and no token, since the provider is mocked. A mock cannot have null for an owner, so the owner that
# Domo does not show has no values.

mock_provider "domo" {
  override_data {
    target = data.domo_api_clients.all
    values = {
      clients = [
        {
          id    = "1", name = "nightly-export", description = "", scopes = ["data"], owner_id = "7", masked_client_id = null
          owner = { name = "Ann", email = "ann@example.com", active = true, last_activity = "2026-11-01T08:00:00Z" }
        },
        {
          id    = "2", name = "old-report", description = "", scopes = ["data"], owner_id = "8", masked_client_id = null
          owner = { name = "Bob", email = "bob@example.com", active = false, last_activity = null }
        },
        { id = "3", name = "nobody-knows", description = "", scopes = ["user"], owner_id = "9", masked_client_id = null, owner = { name = null, email = null, active = null, last_activity = null } },
      ]
    }
  }
  override_data {
    target = data.domo_access_tokens.all
    values = {
      tokens = [
        { id = "1", name = "governance", owner_id = "7", owner = { name = null, email = null, active = null, last_activity = null }, expires_at = "2027-06-30T00:00:00Z", expires_in_days = 200 },
        { id = "2", name = "ci", owner_id = "8", owner = { name = "Bob", email = null, active = false, last_activity = null }, expires_at = "2026-12-01T00:00:00Z", expires_in_days = 5 },
        { id = "3", name = "for-good", owner_id = "9", owner = { name = null, email = null, active = null, last_activity = null }, expires_at = null, expires_in_days = null },
      ]
    }
  }
}

run "warns_about_people_who_left_and_tokens_that_end" {
  command         = plan
  expect_failures = [check.owners_are_active, check.token_owners_are_active, check.tokens_last]

  assert {
    condition     = join(",", concat(output.inactive_owner_api_clients[*].name, output.unknown_owners)) == "old-report,9"
    error_message = "Only an owner whom Domo calls inactive counts; one whom it does not show is unknown."
  }
}

run "warns_about_its_own_token" {
  command = plan

  variables {
    own_token = "ci"
  }

  expect_failures = [check.owners_are_active, check.token_owners_are_active, check.tokens_last, check.own_token_lasts]
}
