# terraform test: no Domo and no token, since the provider is mocked.

mock_provider "domo" {
  override_data {
    target = data.domo_api_clients.all
    values = {
      clients = [
        {
          id    = "1", name = "nightly-export", description = "", scopes = ["data"], owner_id = "7", masked_client_id = null
          owner = { name = null, email = null, active = null, last_activity = null }
        },
        {
          id    = "2", name = "partner-portal", description = "", scopes = ["data"], owner_id = "7", masked_client_id = null
          owner = { name = null, email = null, active = null, last_activity = null }
        },
        {
          id    = "3", name = "by-hand", description = "", scopes = ["user"], owner_id = "8", masked_client_id = null
          owner = { name = null, email = null, active = null, last_activity = null }
        },
      ]
    }
  }
}

run "warns_about_unmanaged_clients" {
  command         = plan
  expect_failures = [check.unmanaged]
}

run "accepts_ignored_clients" {
  command = plan

  variables {
    ignored = {
      "partner-portal" = "the partner team"
      "by-hand"        = "a person"
    }
  }

  assert {
    condition     = length(output.unmanaged_api_clients) == 0
    error_message = "Every client is managed or ignored."
  }
}
