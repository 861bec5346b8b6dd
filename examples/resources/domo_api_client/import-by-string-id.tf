# The exact name or Domo's numeric id; "name:..." and "id:..." say which, where a name is all digits.
import {
  to = domo_api_client.nightly_export
  id = "nightly-export"
}

import {
  to = domo_api_client.directory_sync
  id = "id:1234"
}
