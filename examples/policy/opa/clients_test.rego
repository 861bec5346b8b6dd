package domo.clients_test

import data.domo.clients
import rego.v1

good := {"name": "sales-export", "description": "Reads. Owner: a@example.com", "scopes": ["data"]}

# A plan that creates this client, of which some may not be known yet.
plan(after, unknown) := {"planned_values": {}, "resource_changes": [{
	"address": "domo_api_client.a",
	"type": "domo_api_client",
	"change": {"actions": ["delete", "create"], "after": after, "after_unknown": unknown},
}]}

denied(changes) := messages if {
	messages := clients.deny with input as plan(object.union(good, changes), {"id": true})
}

test_accepts_a_good_client if denied({}) == set()

test_a_name_without_a_team if denied({"name": "export"}) == {`domo_api_client.a: the name "export" is not a team, a hyphen and the use`}

test_a_description_without_an_owner if denied({"description": "Owner: Jane"}) == {"domo_api_client.a: the description does not end with the address of the owner"}

test_owners_who_have_no_address if {
	every description in ["CoOwner: a@example.com", "Owner: a\n@example.com", "Owner: a,b@example.com", null] {
		denied({"description": description}) == {"domo_api_client.a: the description does not end with the address of the owner"}
	}
}

test_no_scopes if {
	denied({"scopes": []}) == {"domo_api_client.a: no scopes"}
	denied({"scopes": null}) == {"domo_api_client.a: no scopes"}
}

test_what_is_no_plan if {
	messages := clients.deny with input as {"values": {"root_module": {}}}
	messages == {"the input is not the JSON of a plan"}
}

test_too_many_scopes if denied({"scopes": ["data", "audit", "buzz", "dashboard"]}) == {"domo_api_client.a: 4 scopes, and only 3 are allowed"}

test_a_scope_twice_is_one if denied({"scopes": ["data", "DATA", "audit", "buzz"]}) == set()

test_scopes_that_must_be_apart if denied({"scopes": ["USER", "data"]}) == {"domo_api_client.a: these scopes must not be together: data, user"}

test_what_is_not_known if {
	after := object.remove(good, ["scopes"])
	messages := clients.deny with input as plan(after, {"scopes": [false, true]})
	messages == {"domo_api_client.a: scopes is not known before the apply, so nobody can review it"}
}

test_a_client_that_stays if {
	kept := {"address": "a", "type": "domo_api_client", "change": {"actions": ["no-op"], "after": {"name": "export"}}}
	messages := clients.deny with input as {"planned_values": {}, "resource_changes": [kept]}
	messages == set()
}
