variable "clients" {
  description = "The clients by name, with what they are for, their owner's address, and their scopes."
  type = map(object({
    description = string
    scopes      = set(string)
  }))

  validation {
    condition = alltrue([for name in keys(var.clients) : can(regex("^(sales|it|finance)-[a-z0-9-]{3,40}$", name))])
    error_message = format("A name is a team (sales, it or finance), a hyphen, and the use. Rename: %s.", join(", ", [
      for name in keys(var.clients) : name if !can(regex("^(sales|it|finance)-[a-z0-9-]{3,40}$", name))
    ]))
  }

  validation {
    condition = alltrue([for client in values(var.clients) : can(regex("(^|\\s)Owner: [A-Za-z0-9._%+-]+@example\\.com$", client.description))])
    error_message = format("A description ends with \"Owner: \" and an address of the company. Add it to: %s.", join(", ", [
      for name, client in var.clients : name if !can(regex("(^|\\s)Owner: [A-Za-z0-9._%+-]+@example\\.com$", client.description))
    ]))
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
    error_message = format("A client has one to three scopes. Split it, or ask for fewer: %s.", join(", ", [
      for name, client in var.clients : name if !contains([1, 2, 3], length(provider::domo::canonical_scopes(client.scopes)))
    ]))
  }

  validation {
    condition = alltrue([
      for client in values(var.clients) :
      length(setintersection(["user", "account"], provider::domo::canonical_scopes(client.scopes))) == 0 || !contains(provider::domo::canonical_scopes(client.scopes), "data")
    ])
    error_message = format("A client that manages users or accounts must not read data. Split it in two: %s.", join(", ", [
      for name, client in var.clients : name
      if length(setintersection(["user", "account"], provider::domo::canonical_scopes(client.scopes))) > 0 && contains(provider::domo::canonical_scopes(client.scopes), "data")
    ]))
  }
}
