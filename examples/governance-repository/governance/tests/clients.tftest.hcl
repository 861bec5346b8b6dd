# terraform test: no Domo and no token. The provider is mocked, except its functions.

mock_provider "domo" {}

variables {
  public_key_file = "tests/example-key.pem"
  existing        = {}
  own_tokens      = []
}

run "makes_a_generation_of_each_client" {
  command = plan

  assert {
    condition     = toset(values(local.generations)) == toset(keys(var.clients))
    error_message = "Each row of the table must have a client."
  }
}

run "fails_on_a_stranger_if_nobody_reads_the_plan" {
  command         = plan
  expect_failures = [domo_api_clients_exclusive.this]

  variables {
    unattended = true
  }

  override_data {
    target = data.domo_api_clients.all
    values = {
      names = ["rogue"]
      clients = [{
        id    = "1", name = "rogue", description = "", scopes = ["data"], owner_id = "7", masked_client_id = null
        owner = { name = null, email = null, active = true, last_activity = null }
      }]
    }
  }
}

run "refuses_a_name_without_a_team" {
  command         = plan
  expect_failures = [var.clients]

  variables {
    clients = { export = { description = "Reads. Owner: a@example.com", scopes = ["data"] } }
  }
}
