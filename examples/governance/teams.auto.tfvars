teams = {
  sales-export = {
    purpose = "Reads the sales datasets into the warehouse every night."
    owner   = "data-platform@example.com"
    scopes  = ["data"]
  }

  board-screens = {
    purpose = "Shows the weekly figures on the screens in the hall."
    owner   = "workplace@example.com"
    scopes  = ["dashboard"]
  }

  directory-sync = {
    purpose     = "Keeps Domo's users in step with the company's directory."
    owner       = "it-operations@example.com"
    scopes      = ["user", "audit"]
    approved_by = "security@example.com"
  }
}
