variable "name_prefix" {
  description = "Begins the name of every client of this configuration, so that nobody takes it for handmade."
  type        = string
  default     = "tf-"
}

variable "teams" {
  description = "The clients by name: what each is for, whom to ask about it, and the scopes that its use needs."
  type = map(object({
    purpose     = string
    owner       = string
    scopes      = set(string)
    approved_by = optional(string)
  }))

  validation {
    condition     = alltrue([for name in keys(var.teams) : can(regex("^[a-z][a-z0-9-]{2,40}$", name))])
    error_message = "A client's name has 3 to 41 lower-case letters, digits and hyphens, and begins with a letter."
  }

  validation {
    condition     = alltrue([for team in values(var.teams) : length(team.purpose) >= 20])
    error_message = "The purpose of a client is a sentence: somebody will ask what it was for."
  }

  validation {
    condition     = alltrue([for team in values(var.teams) : can(regex("^[^@ ]+@[^@ ]+$", team.owner))])
    error_message = "The owner is an e-mail address, best that of a team: it is whom to ask before a revocation."
  }

  validation {
    condition     = alltrue([for team in values(var.teams) : length(team.scopes) >= 1 && length(team.scopes) <= 3])
    error_message = "A client has one to three scopes: whoever needs more needs two clients."
  }

  validation {
    condition = alltrue([
      for team in values(var.teams) :
      team.approved_by != null || length(setintersection(team.scopes, ["account", "user"])) == 0
    ])
    error_message = "The scopes account and user change who may do what in Domo: approved_by says who has agreed."
  }
}
