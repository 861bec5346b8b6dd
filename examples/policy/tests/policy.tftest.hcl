# terraform test: no Domo and no token. The provider is mocked, except its functions.

mock_provider "domo" {}

run "accepts_the_table" {
  command = plan

  assert {
    condition     = domo_api_client.this["it-directory-sync"].scopes == toset(["audit", "user"])
    error_message = "The scopes must be those of the table."
  }
}

run "refuses_a_name_without_a_team" {
  command         = plan
  expect_failures = [var.clients]

  variables {
    clients = { export = { description = "Reads. Owner: a@example.com", scopes = ["data"] } }
  }
}

run "refuses_a_description_without_an_owner" {
  command         = plan
  expect_failures = [var.clients]

  variables {
    clients = { sales-export = { description = "Reads. Owner: Jane", scopes = ["data"] } }
  }
}

run "refuses_an_owner_who_is_no_address" {
  command         = plan
  expect_failures = [var.clients]

  variables {
    clients = { sales-export = { description = "CoOwner: a\n@example.com", scopes = ["data"] } }
  }
}

run "refuses_an_unknown_scope" {
  command         = plan
  expect_failures = [var.clients]

  variables {
    clients = { sales-export = { description = "Reads. Owner: a@example.com", scopes = ["dashbord"] } }
  }
}

run "refuses_more_than_three_scopes" {
  command         = plan
  expect_failures = [var.clients]

  variables {
    clients = {
      sales-export = { description = "Reads. Owner: a@example.com", scopes = ["data", "dashboard", "buzz", "audit"] }
    }
  }
}

run "refuses_users_together_with_data" {
  command         = plan
  expect_failures = [var.clients]

  variables {
    clients = { it-sync = { description = "Syncs. Owner: a@example.com", scopes = ["USER", "data"] } }
  }
}
