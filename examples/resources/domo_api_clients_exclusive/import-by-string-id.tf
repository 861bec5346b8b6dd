# By the name of the instance. The plan that imports it shows the removals.
import {
  # provider = domo # only as long as there is no resource block: Terraform 1.16 then needs it
  to = domo_api_clients_exclusive.acme
  id = "acme"
}
