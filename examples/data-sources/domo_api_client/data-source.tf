terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# By its exact name, or by its id. One that is not there, or that the token cannot see, is an error.
data "domo_api_client" "export" {
  name = "nightly-export"
}

output "export" {
  description = "What is known of the client; never its secret."
  value = {
    id     = data.domo_api_client.export.id
    client = data.domo_api_client.export.masked_client_id
    scopes = data.domo_api_client.export.scopes
  }
}
