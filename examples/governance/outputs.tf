output "credentials" {
  description = "Each team's credentials. Write them to a secret store in this configuration; do not hand them to people."
  sensitive   = true
  value = {
    for name, client in domo_api_client.team : name => {
      client_id     = client.client_id
      client_secret = client.client_secret
    }
  }
}

output "inventory" {
  description = "Who has which client; safe to show, for a report or a review."
  value = {
    for name, client in domo_api_client.team : name => {
      id     = client.id
      client = client.masked_client_id
      owner  = var.teams[name].owner
      scopes = client.scopes
    }
  }
}
