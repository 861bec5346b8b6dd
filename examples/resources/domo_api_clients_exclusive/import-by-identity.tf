# Needs Terraform 1.12 or OpenTofu 1.12, or newer.
import {
  # provider = domo # only as long as there is no resource block: Terraform 1.16 then needs it
  to = domo_api_clients_exclusive.acme
  identity = {
    instance = "acme"
  }
}
