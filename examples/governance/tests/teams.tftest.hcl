# terraform test: no Domo and no token, since the provider is mocked.

mock_provider "domo" {
  mock_resource "domo_api_client" {
    defaults = {
      client_id     = "0f8fad5b-d9cb-469f-a165-70867728950e"
      client_secret = "fake-secret"
    }
  }
}

run "makes_one_client_for_each_row" {
  assert {
    condition     = domo_api_client.team["sales-export"].name == "tf-sales-export"
    error_message = "The name must begin with the prefix."
  }

  assert {
    condition     = output.credentials["sales-export"].client_secret == "fake-secret"
    error_message = "The credentials must be handed on."
  }
}

run "refuses_wide_scopes_without_approval" {
  command         = plan
  expect_failures = [var.teams]

  variables {
    teams = {
      directory-sync = {
        purpose = "Keeps Domo's users in step with the directory."
        owner   = "it-operations@example.com"
        scopes  = ["user"]
      }
    }
  }
}
