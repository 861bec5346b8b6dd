variable "name_prefix" {
  description = "Prefix of every client name, so that nobody mistakes a client for one made by hand."
  type        = string
  default     = "tf-"
}

variable "teams" {
  description = "The clients by name: the purpose of each, whom to ask about it, and the scopes that it needs."
  type = map(object({
    purpose     = string
    owner       = string
    scopes      = set(string)
    approved_by = optional(string)
  }))

  validation {
    condition     = alltrue([for name in keys(var.teams) : can(regex("^[a-z][a-z0-9-]{2,40}$", name))])
    error_message = "A client's name must have 3 to 41 lower-case letters, digits and hyphens, and begin with a letter."
  }

  validation {
    condition     = alltrue([for team in values(var.teams) : length(team.purpose) >= 20])
    error_message = "The purpose must be a sentence: somebody will ask what the client was for."
  }

  validation {
    condition     = alltrue([for team in values(var.teams) : can(regex("^[^@ ]+@[^@ ]+$", team.owner))])
    error_message = "The owner must be an e-mail address, ideally a team's: that is whom to ask before revoking the client."
  }

  validation {
    condition     = alltrue([for team in values(var.teams) : length(team.scopes) >= 1 && length(team.scopes) <= 3])
    error_message = "A client must have one to three scopes: if you need more, split it into two clients."
  }

  validation {
    condition = alltrue([
      for team in values(var.teams) :
      team.approved_by != null || length(setintersection(team.scopes, ["account", "user"])) == 0
    ])
    error_message = "The scopes account and user change who may do what in Domo: set approved_by to whoever agreed."
  }
}
