# The rules for the JSON of a plan:
#
#   terraform plan -out=clients.plan
#   terraform show -json clients.plan > plan.json
#   opa eval --fail-defined --format pretty --data clients.rego --input plan.json 'data.domo.clients.deny[_]'

package domo.clients

import rego.v1

name_pattern := `^(sales|it|finance)-[a-z0-9-]{3,40}$`

owner_pattern := `(^|\s)Owner: [A-Za-z0-9._%+-]+@example\.com$`

max_scopes := 3

# Whoever has one of the first must not have one of the second.
separate := [[{"user", "account"}, {"data"}]]

# The clients that the plan creates, replacements included.
created[change.address] := change.change if {
	some change in input.resource_changes
	change.type == "domo_api_client"
	"create" in change.change.actions
}

scopes_of(change) := {lower(scope) | some scope in change.after.scopes}

is_unknown(change, field) if walk(change.after_unknown[field], [_, true])

# A state, or the log of a plan, has no changes either, and must not pass for a plan without any.
deny contains "the input is not the JSON of a plan" if not input.planned_values

deny contains message if {
	some address, change in created
	some field in ["name", "description", "scopes"]
	is_unknown(change, field)
	message := sprintf("%s: %s is not known before the apply, so nobody can review it", [address, field])
}

deny contains message if {
	some address, change in created
	not regex.match(name_pattern, change.after.name)
	message := sprintf("%s: the name \"%s\" is not a team, a hyphen and the use", [address, change.after.name])
}

deny contains message if {
	some address, change in created
	not regex.match(owner_pattern, change.after.description)
	message := sprintf("%s: the description does not end with the address of the owner", [address])
}

deny contains message if {
	some address, change in created
	count(scopes_of(change)) > max_scopes
	message := sprintf("%s: %d scopes, and only %d are allowed", [address, count(scopes_of(change)), max_scopes])
}

deny contains message if {
	some address, change in created
	not is_unknown(change, "scopes")
	count(scopes_of(change)) == 0
	message := sprintf("%s: no scopes", [address])
}

deny contains message if {
	some address, change in created
	some [one, other] in separate
	both := (scopes_of(change) & one) | (scopes_of(change) & other)
	count(both & one) > 0
	count(both & other) > 0
	message := sprintf("%s: these scopes must not be together: %s", [address, concat(", ", sort(both))])
}
