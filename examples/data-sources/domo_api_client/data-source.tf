terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

# By exact name, or by id. A client that does not exist, or that the token cannot see, is an error.
data "domo_api_client" "export" {
  name   = "nightly-export"
  owners = true
}

output "export" {
  description = "What Domo shows of the client; never its secret."
  value = {
    id     = data.domo_api_client.export.id
    client = data.domo_api_client.export.masked_client_id
    scopes = data.domo_api_client.export.scopes
    # Null if Domo does not show that user.
    owner = try(data.domo_api_client.export.owner.name, null)
  }
}
