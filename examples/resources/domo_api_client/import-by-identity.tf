# Needs Terraform 1.12 or OpenTofu 1.12, or newer. An identity can also name the instance (instance = "acme"): the
# import then fails if the provider is configured for another one.
import {
  # provider = domo # only as long as there is no resource block: Terraform 1.16 then needs it
  to = domo_api_client.directory_sync
  identity = {
    id = "1234"
  }
}
