# terraform query shows what it finds, and terraform query -generate-config-out=clients.tf writes it, ready to import.
list "domo_api_client" "unmanaged" {
  provider = domo

  # Terraform stops at 100 unless a limit is set.
  limit = 1000

  config {
    name_regex = "^etl-"
    scopes_any = ["data"]
    owner_ids  = ["42"]
  }
}
