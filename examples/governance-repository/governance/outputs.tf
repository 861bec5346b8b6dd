output "credentials" {
  description = "Each client's credentials. Only the owner of the private key can open the secrets."
  sensitive   = true
  value = {
    for name, rotation in local.rotations : name => {
      client_id               = domo_api_client.team["${name} ${rotation.current}"].client_id
      encrypted_client_secret = domo_api_client.team["${name} ${rotation.current}"].encrypted_client_secret
    }
  }
}

# The drift kit reports what these two list.
output "unmanaged_api_clients" {
  description = "Clients that nobody listed."
  value       = local.unmanaged
}

output "inactive_owner_api_clients" {
  description = "Clients whose owners are not active any more."
  value       = local.left
}
