# Reads the facts out of a plan, one line each: kind, address, name, id, new id, scopes, new scopes, action, message, and
# the instance if that is known.
# The last line says "end". facts.js does the same where there is no jq; the tests hold both to the same lines.
#
# $plan: what "show -json" tells of the plan, if anything; $events: what "plan -json" printed; $stderr: what it
# complained of; $code: how it ended; $partial: the options that made it look at a part; $shapes: [shapes.json].

def orEmpty: if . == null then [] else . end;

# Beyond 2^53 a number is not the same for every reader of JSON.
def isId: type == "string" or (type == "number" and (. + 0 | . == floor and fabs < 9007199254740992));
def id: if type == "number" then . + 0 | floor | tostring else . end;

# The places where a value is not what a shape of shapes.json says.
def misfits($shape; $at):
  if ($shape | type) == "object" then
    if type != "object" then $at
    else
      . as $value | $shape | keys[] as $key | ($key | rtrimstr("?")) as $name
      | if $key == "*" then $value | keys[] as $each | .[$each] | misfits($shape["*"]; "\($at).\($each)")
        elif $key != $name and $value[$name] == null then empty
        else $value[$name] | misfits($shape[$key]; "\($at).\($name)") end
    end
  elif ($shape | type) == "array" then
    if type != "array" then $at else range(length) as $i | .[$i] | misfits($shape[0]; "\($at)[\($i)]") end
  elif $shape == "anything" or ($shape == "id" and isId) or type == $shape then empty
  else $at end;

def fits($shape): [ first(misfits($shape; "")) ] == [];

# Null for what is no JSON object. Also for one so deep that not every jq reads it.
def depth: if type == "object" or type == "array" then 1 + ([.[] | depth] | max // 0) else 0 end;
def parsed: (if startswith("{") then try fromjson catch null else null end) | if depth > 200 then null else . end;

def isQuiet: . == ["no-op"] or . == ["read"];
def isClient: .type == "domo_api_client" and .mode == "managed" and (.change.actions | . == ["delete"] or . == ["update"]);

# The first thing in the plan that is not understood, or nothing.
def misfitOfPlan($shapes):
  first(
    (select(. == null) | "it is not a JSON object"),
    (misfits($shapes.plan; "") | "see " + .[1:]),
    (.format_version | select(startswith("1.") | not) | "its format version is \(.)"),
    (.resource_drift | orEmpty | range(length) as $i | .[$i] | select(isClient) | .change
      | ("before", (select(.actions == ["update"]) | "after")) as $side
      | .[$side] | misfits($shapes.client; "see resource_drift[\($i)].change.\($side)"))
  );

def words: orEmpty | map(ascii_downcase) | unique | join(", ");

# Longest first: one may be the beginning of another.
def secrets($plan):
  [ ($plan | .. | objects | .client_secret, .client_id | strings),
    (env | to_entries[] | select(.key | test("^DOMO_(ACCESS_TOKEN|DEVELOPER_TOKEN|PASSWORD)(_|$)")) | .value) ]
  | unique | map(select(length > 3)) | sort_by([-length, .]);

def hidden($secrets):
  reduce $secrets[] as $secret (.; split($secret) | join("(redacted)"))
  | gsub("(?<start>[0-9a-fA-F]{8})-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"; "\(.start)…");

# A character as JSON escapes it.
def unit: . as $n | "\\u" + ([4096, 256, 16, 1] | map($n / . | floor % 16 | "0123456789abcdef"[. : . + 1]) | join(""));
def escape:
  if . == 92 then "\\\\" elif . == 10 then "\\n" elif . == 9 then "\\t" elif . == 13 then "\\r"
  elif . < 65536 then unit
  else . - 65536 | (55296 + (. / 1024 | floor) | unit) + (56320 + . % 1024 | unit) end;

# What cannot be seen, or turns round what can, is escaped, too. Only quotation marks stay as they are.
def cell($invisible):
  [ explode[]
    | if (. > 31 and . < 127 and . != 92) or (. > 126 and (. as $c | any($invisible[]; .[0] <= $c and $c <= .[1]) | not))
      then [.] | implode else escape end ]
  | join("");

def isCondition:
  .summary as $summary
  | [ "Resource precondition failed", "Resource postcondition failed", "Module output value precondition failed",
      "Check block assertion failed" ]
  | any(.[]; . == $summary);

# Terraform shows a read that failed within a check as a warning of the data source, and the check as failed.
def isFailedRead:
  .severity == "warning" and (.address // "" | startswith("data.") or contains(".data."))
  and (.snippet.context // "" | startswith("check \""));

# A refresh leaves a client alone whose instance the provider is not configured for, and -refresh-only ends well.
def isUnreadClient: .severity == "warning" and .summary == "An API client was not refreshed";

# The clients that any domo_api_clients of the plan has seen, with their instance.
def seen($shapes):
  [ .prior_state, .planned_values | .. | objects | select(.mode == "data" and .type == "domo_api_clients")
    | .values | objects | .instance as $instance | .clients | arrays | .[] | select(fits($shapes.client))
    | . + { instance: $instance } ];

# Ids and names mean something else on another instance. What does not say where it is may be anywhere.
def isSameInstance($one; $other): $one == null or $other == null or $one == $other;

# The client that holds the name now: as a data source shows it, else as the provider's warning names it. That is read
# from behind: the name comes first, and may say anything.
def holder($address; $before; $seen; $diagnostics):
  [ ([ $seen[] | select(.name == $before.name and .id != $before.id and isSameInstance(.instance; $before.instance)) | { id, scopes: (.scopes | words) } ] | sort[]),
    ( $diagnostics[]
      | select(.address == $address and .summary == "The name of a planned API client is taken")
      | .detail // "" | split(" with the scopes ") | select(length > 1)
      | { id: (.[:-1] | join("") | split("(id ") | last // "" | split(")")[0]), scopes: (last | split(". If ")[0]) } ) ]
  | first;

def driftOfClient($seen; $diagnostics):
  .address as $address | .change as {$before, $after, $actions}
  | [$address, $before.name, $before.id] as $known
  | ($before.scopes | words) as $scopes
  | if $actions == ["delete"] then
      holder($address; $before; $seen; $diagnostics)
      | if . then ["recreated"] + $known + [.id, $scopes, .scopes, "", "", $before.instance]
        else ["revoked"] + $known + ["", $scopes, "", "", "", $before.instance] end
    else
      # Computed values that a refresh fills in are no change.
      [ (["name", "description"][] | select(($before[.] // "") != ($after[.] // ""))),
        ("scopes" | select($scopes != ($after.scopes | words))) ]
      | select(. != [])
      | ["changed"] + $known + ["", $scopes, ($after.scopes | words), "", join(", "), $before.instance]
    end;

def withMessage($kind; $address; $message): [$kind, $address, "", "", "", "", "", "", $message];
def withActions($kind): [$kind, .address, "", "", "", "", "", (.change.actions | join(" and "))];

# The name of the generation that a planned creation or revocation is about: its key is the end of the name, too.
def generation:
  select(.type == "domo_api_client" and .mode == "managed" and (.change.actions | . == ["create"] or . == ["delete"]))
  | (.address | capture("(?<key>[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?)\"\\]$").key) as $key
  | .change | (if .actions == ["create"] then .after else .before end) | objects | .name | strings
  | select(endswith($key));

# What is planned: the next step of a rotation, or configuration that was not applied yet.
def planned: first(generation) as $name | ["rotation", .address, $name, "", "", "", "", (.change.actions | join(" and "))];

# The clients, or names of clients, that the output of this name lists; "f" is the line for each.
def listed($name; $example; $shapes; f):
  .planned_values.outputs[$name] | objects
  | if has("value") | not then ["not-evaluated", "output.\($name)"]
    else
      .value | orEmpty | if type == "array" then map(if type == "string" then { name: . } else . end) else . end
      | if fits([$shapes.listed]) then .[] | f
        else withMessage("error"; "output.\($name)"; "It is not a list of API clients: see \($example).") end
    end;

def withOwner($kind; $more):
  [$kind, "", .name, (.id | id), "", (.scopes | words), "", "", "Owner: user \(.owner_id // "unknown" | id)\($more).", .instance];

def unmanaged($shapes):
  listed("unmanaged_api_clients"; "examples/unmanaged"; $shapes; withOwner("unmanaged"; ""));

def ownerInactive($shapes):
  listed("inactive_owner_api_clients"; "examples/owners"; $shapes;
    withOwner("owner-inactive"; .owner.last_activity // "" | if . == "" then . else ", last active \(.)" end));

def checks:
  [ .checks | orEmpty[] | select(.address.kind != "var") | . as $check
    | (if .instances | orEmpty == [] then . else .instances[] end)
    | { address: (.address.to_display // $check.address.to_display), status,
        messages: [ .problems | orEmpty[].message ] } ];

def facts($diagnostics; $shapes):
  seen($shapes) as $seen
  | checks as $checks
  | [ $checks[].messages[] ] as $told
  | [ $diagnostics[] | select(isFailedRead) | .snippet.context | "check." + split("\"")[1] ] as $unread
  | [ $checks[] | select(.address as $address | any($unread[]; . == $address) | not) ] as $readable
  | [ .resource_drift | orEmpty[] | select(.change.actions | isQuiet | not) ] as $drifted
  | ([ $drifted[] | { key: .address, value: true } ] | from_entries) as $moving
  | [ .resource_changes | orEmpty[] ] as $changes
  | ( $diagnostics[] | select((.severity != "warning" and (isCondition | not)) or isFailedRead or isUnreadClient)
      | withMessage("error"; .address; "\(.summary): \(.detail // "")") ),
    ( $readable[] | select(.status as $status | any("pass", "fail", "unknown"; . == $status) | not)
      | withMessage("error"; .address; "The check could not be evaluated. \(.messages | join("\n"))") ),
    ( $drifted[] | select(isClient) | driftOfClient($seen; $diagnostics) ),
    unmanaged($shapes),
    ownerInactive($shapes),
    ( $drifted[] | select(isClient | not) | withActions("other") ),
    ( $readable[] | select(.status == "fail") | withMessage("check"; .address; .messages | join("\n")) ),
    ( $diagnostics[] | select(isCondition and (.detail as $detail | any($told[]; . == $detail) | not))
      | withMessage("check"; .address // .snippet.context; .detail) ),
    ( $changes[] | select((.change.actions | isQuiet | not) and ($moving[.address] | not))
      | first(planned, withActions("pending")) ),
    ( $changes[] | select(.change.importing != null and .change.actions == ["no-op"])
      | ["pending", .address, "", "", "", "", "", "import"] ),
    ( $changes[] | select(.previous_address != null) | withMessage("moved"; .address; "It was \(.previous_address).") ),
    ( $changes[] | select(.change.actions == ["read"] and .action_reason != "read_because_check_nested")
      | ["read", .address] ),
    ( .output_changes // {} | keys[] as $name | select(.[$name].actions | isQuiet | not) | ["output", $name] ),
    ( $readable[] | select(.status == "unknown") | ["not-evaluated", .address] );

# Why nothing can be told, where no error says it. "No drift" takes a plan that is whole and has ended well; only a
# condition that failed may have stopped it, which is a finding.
def doubts($document; $misfit; $lines):
  any($lines[] | objects | .diagnostic | objects; isCondition and .severity == "error") as $stopped
  | first(
      (select($plan == "") | "There is no plan. \($stderr)"),
      ($misfit | strings | "The description of the plan is not understood: \(.). Is it 1.5 or newer?"),
      (select(any($lines[]; . == null)) | "The output of the plan is not understood."),
      (select($code != "0" and ($code != "1" or ($stopped | not))) | "The plan failed. \($stderr)"),
      (select($document.errored and ($stopped | not)) | "The plan failed."),
      (select($document.complete == false and $partial == "" and ($stopped | not))
        | "The plan is incomplete: Terraform has deferred part of it.")
    );

$shapes[0] as $shapes
| ($shapes.invisible | map(explode)) as $invisible
| ($plan | parsed) as $document
| ([ $document | misfitOfPlan($shapes) ] | first) as $misfit
| [ $events | split("\n")[] | select(startswith("{")) | parsed | if fits($shapes.event) then . else null end ] as $lines
| [ if $misfit then {} else $document end | facts([ $lines[] | objects | .diagnostic | objects ]; $shapes) ]
| if any(.[]; .[0] == "error") then . else . + [ doubts($document; $misfit; $lines) | withMessage("error"; ""; .) ] end
| . + [ $partial | select(. != "") | withMessage("partial"; ""; .) ]
| secrets($document) as $secrets
| ( .[] | . as $fact | [ range(if ($fact[9] // "") != "" then 10 else 9 end) | $fact[.] // "" ]
    | .[8] |= if . == "" then . else hidden($secrets) end
    | map(cell($invisible)) | join("\t") ),
  "end"
