# Reads the facts out of a plan, one line each: kind, address, name, id, new id, scopes, new scopes, action, message.
# facts.js does the same where there is no jq; the tests hold both to the same lines.
#
# $plan: [what "show -json" tells of the plan], or []; $events: what "plan -json" printed; $code: how it ended

def words: (. // []) | map(strings | ascii_downcase) | unique | join(", ");

def secrets:
  [ ($plan[0] | .. | objects | .client_secret?, .client_id? | strings),
    (env | .DOMO_ACCESS_TOKEN, .DOMO_DEVELOPER_TOKEN, .DOMO_PASSWORD | strings) ]
  | unique | map(select(length > 3));

def hidden($secrets):
  reduce $secrets[] as $secret (.; split($secret) | join("(hidden)"))
  | gsub("(?<start>[0-9a-fA-F]{8})-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"; "\(.start)…");

# The clients that any domo_api_clients of the plan has seen.
def seen:
  [ $plan[0] | .prior_state, .planned_values | .. | objects
    | select(.mode == "data" and .type == "domo_api_clients") | .values.clients[]? | objects ];

def diagnostics: [ $events[] | .diagnostic? | objects ];

def isCondition: .summary // "" | test("^(Resource (pre|post)condition|Module output value precondition|Check block assertion) failed$");

# Terraform shows a read that failed within a check as a warning of the data source, and the check as failed.
def isFailedRead:
  .severity == "warning" and ((.address // "") | test("(^|\\.)data\\.")) and ((.snippet.context? // "") | startswith("check "));

def isDomo: .type == "domo_api_client" and .mode == "managed";

def quiet: . == ["no-op"] or . == ["read"];

def drifted: [ $plan[0].resource_drift[]? | select(.change.actions | quiet | not) ];

# What a person would call a change: computed values that a refresh fills in are none.
def changedNames:
  .change as {$before, $after}
  | [ (["name", "description"][] | select(($before[.] // "") != ($after[.] // ""))),
      (if ($before.scopes | words) != ($after.scopes | words) then "scopes" else empty end) ];

# The client that holds the name now: as a data source shows it, else as the provider's warning names it.
def holder($address; $before; $seen):
  ( [ $seen[] | select(.name == $before.name and .id != $before.id) ] | first
    | objects | { id, scopes: (.scopes | words) } )
  // ( [ diagnostics[] | select(.address == $address and .summary == "The name of a planned API client is taken")
         | .detail | capture("\\(id (?<id>[0-9]+)\\).* with the scopes (?<scopes>[^.]*)\\. If "; "s") ] | first )
  // null;

def driftOfClient($seen):
  .address as $address | .change as {$before, $after, $actions}
  | if $actions == ["delete"] then
      holder($address; $before; $seen) as $holder
      | if $holder then
          ["recreated", $address, $before.name, $before.id, $holder.id, ($before.scopes | words), $holder.scopes, "", ""]
        else
          ["revoked", $address, $before.name, $before.id, "", ($before.scopes | words), "", "", ""]
        end
    else
      changedNames as $names
      | select($names != [])
      | ["changed", $address, $before.name, $before.id, "", ($before.scopes | words), ($after.scopes | words), "", ($names | join(", "))]
    end;

def isUnmanaged: $plan[0].planned_values.outputs.unmanaged_api_clients.value | arrays | .[] | objects;

def checks:
  [ $plan[0].checks[]? | select(.address.kind != "var") | . as $check
    | (if (.instances // []) == [] then [{ address: .address, status, problems: [] }] else .instances end)[]
    | { address: (.address.to_display // $check.address.to_display), status, messages: [ .problems[]?.message ] } ];

def facts:
  diagnostics as $diagnostics
  | checks as $checks
  | seen as $seen
  | drifted as $drifted
  | [ $diagnostics[] | select(isFailedRead) | .snippet.context | capture("^check \"(?<name>.*)\"").name | "check." + . ] as $unread
  | [ $drifted[] | .address ] as $moving
  | ( $diagnostics[] | select((.severity == "error" and (isCondition | not)) or isFailedRead)
      | ["error", .address, "", "", "", "", "", "", "\(.summary): \(.detail // "")"] ),
    ( $checks[] | select(.status == "error" and (.address as $a | $unread | index($a) | not))
      | ["error", .address, "", "", "", "", "", "", "The check could not be evaluated. \(.messages | join("\n"))"] ),
    ( $drifted[] | select(isDomo) | driftOfClient($seen) ),
    ( isUnmanaged | ["unmanaged", "", .name, .id, "", (.scopes | words), "", "", "Owner: user \(.owner_id // "unknown")."] ),
    ( $drifted[] | select(isDomo | not) | ["other", .address, "", "", "", "", "", (.change.actions | join(" and ")), ""] ),
    ( $checks[] | select(.status == "fail" and (.address as $a | $unread | index($a) | not))
      | ["check", .address, "", "", "", "", "", "", (.messages | join("\n"))] ),
    ( [ $checks[].messages[] ] as $told
      | $diagnostics[] | select(isCondition and (.detail as $d | $told | index($d) | not))
      | ["check", (.address // .snippet.context? // ""), "", "", "", "", "", "", .detail] ),
    ( $plan[0].resource_changes[]? | select((.change.actions | quiet | not) and (.address as $a | $moving | index($a) | not))
      | ["pending", .address, "", "", "", "", "", (.change.actions | join(" and ")), ""] ),
    ( $plan[0].resource_changes[]? | select(.change.importing? != null and .change.actions == ["no-op"])
      | ["pending", .address, "", "", "", "", "", "import", ""] ),
    ( $plan[0].resource_changes[]? | select(.previous_address != null)
      | ["moved", .address, "", "", "", "", "", "", "It was \(.previous_address)."] ),
    ( $plan[0].resource_changes[]? | select(.change.actions == ["read"] and .action_reason != "read_because_check_nested")
      | ["read", .address, "", "", "", "", "", "", ""] ),
    ( $plan[0].output_changes // {} | to_entries[] | select(.value.actions | quiet | not)
      | ["output", .key, "", "", "", "", "", "", ""] ),
    ( $checks[] | select(.status == "unknown") | ["not-evaluated", .address, "", "", "", "", "", "", ""] );

# A plan that has failed has said why; where it has not, nothing can be told.
def complete:
  if any(.[]; .[0] == "error" or .[0] == "check") then .
  elif $plan == [] then . + [["error", "", "", "", "", "", "", "", "There is no plan. \($stderr)"]]
  elif $code == "0" or $code == "2" then .
  else . + [["error", "", "", "", "", "", "", "", "The plan has failed. \($stderr)"]]
  end;

secrets as $secrets
| [facts] | complete | .[]
| map(. // "" | tostring | gsub("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"; "?"))
| .[8] |= hidden($secrets)
| @tsv
