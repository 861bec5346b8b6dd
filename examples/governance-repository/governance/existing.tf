# Clients that existed before this repository: imported, and neither changed nor rotated.

import {
  for_each = { for client in data.domo_api_clients.all.clients : client.name => client.id if contains(keys(var.existing), client.name) }

  provider = domo
  to       = domo_api_client.existing[each.key]
  id       = "id:${each.value}"
}

resource "domo_api_client" "existing" {
  for_each = var.existing
  provider = domo

  name        = each.key
  description = each.value.description
  scopes      = each.value.scopes
}
