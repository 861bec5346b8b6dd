locals {
  names = concat(
    [for client in domo_api_client.team : client.name],
    [for client in domo_api_client.existing : client.name],
    keys(var.elsewhere),
  )

  # A generation whose overlap is over is not in names any more, but it is not a stranger.
  generation = "^(${join("|", keys(var.clients))}) [0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]+Z)?$"
  unmanaged = [
    for client in data.domo_api_clients.all.clients : merge(client, { instance = data.domo_api_clients.all.instance })
    if !contains(local.names, client.name) && !can(regex(local.generation, client.name))
  ]
}

resource "domo_api_clients_exclusive" "this" {
  names = local.names

  lifecycle {
    precondition {
      condition     = !var.unattended || length(local.unmanaged) == 0
      error_message = "Nobody reads the plan of this run, so it must not revoke: ${join(", ", local.unmanaged[*].name)}. Apply a plan that somebody has read, or add them to the tables."
    }
  }
}
