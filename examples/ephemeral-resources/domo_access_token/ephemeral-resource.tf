terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

variable "client_id" {
  type      = string
  ephemeral = true
  sensitive = true
}

variable "client_secret" {
  type      = string
  ephemeral = true
  sensitive = true
}

# A new token in every plan and apply, in no plan file and no state.
ephemeral "domo_access_token" "export" {
  client_id     = var.client_id
  client_secret = var.client_secret
  scopes        = ["data"]
}

resource "terraform_data" "datasets" {
  provisioner "local-exec" {
    command     = "curl -fsS -H \"Authorization: Bearer $TOKEN\" https://api.domo.com/v1/datasets"
    environment = { TOKEN = ephemeral.domo_access_token.export.access_token }
  }
}
