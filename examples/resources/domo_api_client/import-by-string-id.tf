# The exact name, or the numeric id. If a name is all digits, write "name:..." or "id:...".
import {
  # provider = domo # only as long as there is no resource block: Terraform 1.16 then needs it
  to = domo_api_client.nightly_export
  id = "nightly-export"
}

import {
  # provider = domo
  to = domo_api_client.directory_sync
  id = "id:1234"
}
