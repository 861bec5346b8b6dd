terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

resource "domo_api_client" "checked" {
  name        = "checked-export"
  description = "Reads the sales datasets into the warehouse. Owner: data platform team."
  scopes      = ["data"]

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.domo_check_api_client.checked]
    }
  }
}

# Signs in with the new credentials, and asks for the scope.
action "domo_check_api_client" "checked" {
  config {
    client_id     = domo_api_client.checked.client_id
    client_secret = domo_api_client.checked.client_secret
    scopes        = ["data"]
  }
}
