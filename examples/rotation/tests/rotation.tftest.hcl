# terraform test: no Domo, no token and no clock. The provider is mocked, except its functions.

mock_provider "domo" {
  mock_resource "domo_api_client" {
    defaults = {
      client_id     = "0f8fad5b-d9cb-469f-a165-70867728950e"
      client_secret = "fake-secret"
    }
  }
}

variables {
  exports = {
    nightly-export = { purpose = "Reads the sales datasets.", scopes = ["data"] }
  }
}

run "adds_a_generation_and_goes_on_using_the_old_one" {
  command = plan

  variables {
    now = "2026-04-01T05:00:00Z"
  }

  override_data {
    target = data.domo_api_clients.all
    values = { names = ["nightly-export 2026-01-01", "made by hand"] }
  }

  assert {
    condition     = join(", ", keys(domo_api_client.export)) == "nightly-export 2026-01-01, nightly-export 2026-04-01"
    error_message = "The old generation must stay when the new one is made."
  }

  assert {
    condition     = output.rotations["nightly-export"].current == "2026-01-01"
    error_message = "A generation must not be used before it is there."
  }
}

run "drops_the_old_one_after_the_overlap" {
  variables {
    now = "2026-04-16T05:00:00Z"
  }

  override_data {
    target = data.domo_api_clients.all
    values = { names = ["nightly-export 2026-01-01", "nightly-export 2026-04-01"] }
  }

  assert {
    condition     = join(", ", keys(domo_api_client.export)) == "nightly-export 2026-04-01"
    error_message = "After the overlap, only the new generation must be left."
  }

  assert {
    condition     = output.credentials["nightly-export"].client_secret == "fake-secret"
    error_message = "The credentials must be handed on."
  }
}
