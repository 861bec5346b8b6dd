# The exact name, or the numeric id. If a name is all digits, write "name:..." or "id:...".
import {
  to = domo_api_client.nightly_export
  id = "nightly-export"
}

import {
  to = domo_api_client.directory_sync
  id = "id:1234"
}
