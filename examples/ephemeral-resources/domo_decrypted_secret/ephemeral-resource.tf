terraform {
  required_providers {
    domo = {
      source  = "domo-governance/domo"
      version = "~> 0.1"
    }
  }
}

variable "secret_public_key" {
  description = "A PEM public key, or age recipients."
  type        = string
}

variable "secret_private_key" {
  description = "What opens it; from TF_VAR_secret_private_key."
  type        = string
  ephemeral   = true
  sensitive   = true
}

resource "domo_api_client" "sealed" {
  name              = "sealed-export"
  description       = "Reads the sales datasets into the warehouse. Owner: data platform team."
  scopes            = ["data"]
  secret_public_key = var.secret_public_key
}

# Its client_secret is for a write-only argument, such as secret_string_wo of aws_secretsmanager_secret_version, with the
# id of the client as the version of that argument.
ephemeral "domo_decrypted_secret" "sealed" {
  encrypted_client_secret = domo_api_client.sealed.encrypted_client_secret
  private_key             = var.secret_private_key
}
