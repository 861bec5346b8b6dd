# Needs Terraform 1.12 or newer. An identity may also name the instance, instance = "acme": then the import is
# refused where the provider is configured for another one.
import {
  to = domo_api_client.directory_sync
  identity = {
    id = "1234"
  }
}
