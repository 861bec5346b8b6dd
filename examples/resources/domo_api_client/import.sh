# By exact name, since Domo's page shows no ids. The secret stays null: Domo shows it only on creation.
terraform import domo_api_client.nightly_export nightly-export

# By numeric id.
terraform import domo_api_client.directory_sync 1234

# If a name is all digits, say which of the two you mean.
terraform import domo_api_client.nightly_export name:nightly-export
terraform import domo_api_client.directory_sync id:1234
