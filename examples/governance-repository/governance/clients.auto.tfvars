clients = {
  sales-export = {
    description = "Reads the sales datasets into the warehouse. Owner: data-platform@example.com"
    scopes      = ["data"]
  }

  it-directory-sync = {
    description = "Keeps users in step with the directory. Owner: it-operations@example.com"
    scopes      = ["user", "audit"]
    every       = "26w"
  }
}

existing = {
  "Quarterly report" = {
    description = ""
    scopes      = ["data"]
  }
}

elsewhere = {
  "partner-portal" = "the configuration of the partner team"
}
