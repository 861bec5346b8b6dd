# What all reports have in common; text.awk, markdown.awk, junit.awk and json.awk each render() one.
# Reads the lines of facts.jq. Columns: kind, address, name, id, new id, scopes, new scopes, action, message, instance. They
# are escaped as in JSON, except quotation marks.

BEGIN {
  title["revoked"] = "revoked"
  title["recreated"] = "revoked and recreated"
  title["changed"] = "changed"
  title["unmanaged"] = "unmanaged"
  title["owner-inactive"] = "owner inactive"
  title["other"] = "drift of another provider"
  title["check"] = "failed check"
  title["error"] = "could not tell"
  title["partial"] = "partial"
  title["rotation"] = "rotation"
  title["pending"] = "not applied yet"
  title["moved"] = "moved"
  title["output"] = "output"
  title["read"] = "read at apply"
  title["not-evaluated"] = "check that was not evaluated"
  dir = harmless(escaped(ENVIRON["DRIFT_DIR"]))
  engine = harmless(escaped(ENVIRON["DRIFT_ENGINE"]))
  doubt = harmless(escaped(ENVIRON["DRIFT_DOUBT"]))
}

$1 == "end" { whole = 1; next }

{
  n++
  kind[n] = $1
  address[n] = harmless($2)
  name[n] = harmless($3)
  id[n] = harmless($4)
  newid[n] = harmless($5)
  scopes[n] = harmless($6)
  newscopes[n] = harmless($7)
  action[n] = harmless($8)
  message[n] = harmless($9)
  instance[n] = harmless($10)
  if ($1 == "error") errors++
  else if (isfinding($1)) findings++
  else if ($1 == "partial") partial = 1
}

END {
  if (!errors && (!whole || doubt != "")) {
    kind[++n] = "error"
    message[n] = doubt != "" ? doubt : "The findings are incomplete."
    errors = 1
  }
  code = errors ? 1 : findings ? 2 : 0
  verdict = (code == 1 ? "Could not tell" : code == 2 ? "Drift" : "No drift") (partial ? " (partial)" : "")
  if (only == "code") print code
  else render()
}

function isfinding(k) { return k ~ /^(revoked|recreated|changed|unmanaged|owner-inactive|other|check)$/ }

function allwell() { return (partial ? "What was checked" : "Domo") " matches the state" }

function client(i) {
  if (name[i] == "") return ""
  return shown(name[i]) (id[i] == "" ? "" : " (id " shown(id[i]) ")") (instance[i] == "" ? "" : " on " shown(instance[i]))
}

function details(i) {
  if (kind[i] == "revoked")
    return "Revoked outside Terraform. The next apply creates it again, with a new id and secret."
  if (kind[i] == "recreated")
    return "Recreated outside Terraform, with the id " shown(newid[i]) compared(i) \
      ". Its name is taken: import it or revoke it."
  if (kind[i] == "changed") return "Changed outside Terraform: " told(message[i]) compared(i) "."
  if (kind[i] == "unmanaged")
    return told(message[i]) (scopes[i] == "" ? "" : " Scopes: " shown(scopes[i]) ".") \
      (importblock(i) == "" ? "" : " To import it: " told("\\n" importblock(i)))
  if (kind[i] == "owner-inactive") return told(message[i]) (scopes[i] == "" ? "" : " Scopes: " shown(scopes[i]) ".")
  if (kind[i] == "partial") return "only part of the configuration was checked, because of " told(message[i]) "."
  if (kind[i] ~ /^(other|rotation|pending)$/) return shown(action[i])
  return told(message[i])
}

function compared(i) {
  if (scopes[i] == "" || newscopes[i] == "") return ""
  if (scopes[i] == newscopes[i]) return " and the same scopes (" shown(scopes[i]) ")"
  return "; its scopes were " shown(scopes[i]) ", and are now " shown(newscopes[i])
}

# What brings an unmanaged client under management, escaped as the facts are. Nothing if there is no id, and the name has
# half characters, which the configuration language does not put together.
function importblock(i) {
  if (kind[i] != "unmanaged" || (!isid(id[i]) && name[i] ~ /\\ud[89ab]/)) return ""
  return "import {\\n  provider = domo\\n  to       = domo_api_client." label(i) "\\n  id       = \"" place(i) \
    (isid(id[i]) ? "id:" id[i] : "name:" replaced(inquotes(name[i]), "\\", "\\\\")) "\"\\n}"
}

# The instance, as it comes before an id; nothing for the address of a gateway, which no id can begin with.
function place(i) { return instance[i] ~ /^[A-Za-z0-9._:-]+$/ ? instance[i] "/" : "" }

function isid(s) { return s ~ /^[0-9]+$/ }

# Its name as far as a label can hold it; the id keeps labels apart.
function label(i,   s) {
  s = tolower(name[i])
  gsub(/\\(u[0-9a-f][0-9a-f][0-9a-f][0-9a-f]|.)/, "_", s)
  gsub(/[^a-z0-9]+/, "_", s)
  s = substr(s, 1, 40)
  gsub(/^_+|_+$/, "", s)
  if (s !~ /^[a-z]/) s = "client" (s == "" ? "" : "_" s)
  return isid(id[i]) ? s "_" id[i] : s
}

# An escaped text within the quotation marks of the configuration language, which has the same escapes.
function inquotes(s) { return replaced(replaced(replaced(s, "\"", "\\\""), "${", "$${"), "%{", "%%{") }

function line(i,   all) {
  all = title[kind[i]]
  if (client(i) != "") all = all ": " client(i)
  if (address[i] != "") all = all " [" shown(address[i]) "]"
  if (details(i) != "") all = all ": " details(i)
  return all
}

# Whoever may name a client must be able to write neither a command to what runs a pipeline and reads its output, such
# as ::error:: or ##[error], nor a link, a mention or the like into a report. What would be one is escaped as in JSON:
# it can still be read, and to a reader of JSON it is the same.
function harmless(s,   out) {
  s = replaced(replaced(replaced(s, "::", ":\\u003a"), "://", ":\\u002f/"), "](", "]\\u0028")
  s = replaced(replaced(s, "#", "\\u0023"), "@", "\\u0040")
  out = ""
  while (match(s, /[Ww][Ww][Ww]\./)) {
    out = out substr(s, 1, RSTART + 2) "\\u002e"
    s = substr(s, RSTART + 4)
  }
  return out s
}

# Unlike gsub, which takes patterns.
function replaced(s, from, to,   at, out) {
  out = ""
  while (at = index(s, from)) {
    out = out substr(s, 1, at - 1) to
    s = substr(s, at + length(from))
  }
  return out s
}

# Undoes the short escapes; a line break becomes what is given for it.
function plain(s, newline,   out, c) {
  out = ""
  while (match(s, /\\[\\nrt]/)) {
    c = substr(s, RSTART + 1, 1)
    out = out substr(s, 1, RSTART - 1) (c == "n" ? newline : c == "\\" ? "\\" : " ")
    s = substr(s, RSTART + 2)
  }
  return out s
}

# Escapes what comes from the command line as the facts are.
function escaped(s,   i) {
  s = replaced(s, "\\", "\\\\")
  for (i = 1; i < 32; i++) s = replaced(s, sprintf("%c", i), sprintf("\\u%04x", i))
  return replaced(s, "\177", "\\u007f")
}
