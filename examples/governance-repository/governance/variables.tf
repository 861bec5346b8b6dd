variable "clients" {
  description = "The clients by name: what each is for and whom to ask, its scopes, and when it rotates."
  type = map(object({
    description = string
    scopes      = set(string)
    every       = optional(string, "90d")
    rotate_at   = optional(list(string), []) # further dates to rotate at
    leaked      = optional(list(string), []) # generations to revoke without an overlap, such as "2026-06-30"
  }))

  validation {
    condition     = alltrue([for name in keys(var.clients) : can(regex("^(sales|it|finance)-[a-z0-9-]{3,40}$", name))])
    error_message = "A name is a team (sales, it or finance), a hyphen, and the use."
  }

  validation {
    condition     = alltrue([for client in values(var.clients) : can(regex("Owner: [^@ ]+@example\\.com$", client.description))])
    error_message = "A description ends with \"Owner: \" and an address of the company."
  }

  validation {
    condition = alltrue([for client in values(var.clients) : length(provider::domo::unknown_scopes(client.scopes)) == 0])
    error_message = join(" ", flatten([
      for name, client in var.clients : [for problem in provider::domo::unknown_scopes(client.scopes) : "${name}: ${problem}"]
    ]))
  }

  validation {
    condition = alltrue([
      for client in values(var.clients) : contains([1, 2, 3], length(provider::domo::canonical_scopes(client.scopes)))
    ])
    error_message = "A client has one to three scopes: split it, or ask for fewer."
  }
}

variable "existing" {
  description = "Clients that existed before this repository, by name, as they are in Domo."
  type = map(object({
    description = string
    scopes      = set(string)
  }))
  default = {}
}

variable "elsewhere" {
  description = "Clients that another configuration or a person manages: their names, and who that is."
  type        = map(string)
  default     = {}
}

variable "public_key_file" {
  description = "The public key that client secrets are sealed with."
  type        = string
  default     = "client-secrets.pem"
}

variable "own_tokens" {
  description = "The names of the access tokens that the pipeline uses. Domo does not say which ones those are."
  type        = set(string)
  default     = ["governance", "governance-drift"]
}

variable "unattended" {
  description = "Whether nobody reads the plan before it is applied."
  type        = bool
  default     = false
}

variable "now" {
  description = "The time to plan for. For tests; otherwise it is the time of the plan."
  type        = string
  default     = null
}
