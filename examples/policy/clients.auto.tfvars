clients = {
  sales-export = {
    description = "Reads the sales datasets into the warehouse. Owner: data-platform@example.com"
    scopes      = ["data", "dashboard"]
  }

  it-directory-sync = {
    description = "Keeps users in step with the directory. Owner: it-operations@example.com"
    scopes      = ["user", "audit"]
  }
}
