# By the exact name, since Domo's page shows no ids. The secret stays null: Domo shows it only at the creation.
terraform import domo_api_client.nightly_export nightly-export

# By Domo's numeric id.
terraform import domo_api_client.directory_sync 1234

# Where a name is all digits, say which of the two is meant.
terraform import domo_api_client.nightly_export name:nightly-export
terraform import domo_api_client.directory_sync id:1234
