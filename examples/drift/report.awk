# Renders the facts of a run (see facts.jq) as text, markdown, junit or json; -v format= says which.
# Columns: kind, address, name, id, new id, scopes, new scopes, action, message. Text is escaped as TSV escapes it.

BEGIN {
  title["revoked"] = "revoked"
  title["recreated"] = "revoked and made again"
  title["changed"] = "changed"
  title["unmanaged"] = "unmanaged"
  title["other"] = "drift of another provider"
  title["check"] = "failed check"
  title["error"] = "could not tell"
  title["pending"] = "not applied yet"
  title["moved"] = "moved"
  title["output"] = "output"
  title["read"] = "read at apply"
  title["not-evaluated"] = "check that was not evaluated"
  verdict = code == 1 ? "Could not tell" : code == 2 ? "Drift" : "No drift"
}

{
  n++
  kind[n] = $1; address[n] = $2; name[n] = $3; id[n] = $4; newid[n] = $5
  scopes[n] = $6; newscopes[n] = $7; action[n] = $8; message[n] = $9
  if ($1 == "error") errors++
  else if (isfinding($1)) findings++
  else if ($1 == "not-evaluated") skipped++
}

END {
  if (format == "json") json()
  else if (format == "junit") junit()
  else if (format == "markdown") markdown()
  else text()
}

function isfinding(k) { return k ~ /^(revoked|recreated|changed|unmanaged|other|check)$/ }

function client(i) {
  if (name[i] == "") return ""
  return name[i] (id[i] == "" ? "" : " (id " id[i] ")")
}

function details(i) {
  if (kind[i] == "revoked")
    return "Revoked outside Terraform. The next apply makes it anew, with another id and secret."
  if (kind[i] == "recreated")
    return "Made again outside Terraform, with the id " newid[i] compared(i) ". Its name is taken: import it or revoke it."
  if (kind[i] == "changed") return "Changed outside Terraform: " message[i] compared(i) "."
  if (kind[i] == "unmanaged") return message[i] (scopes[i] == "" ? "" : " Scopes: " scopes[i] ".")
  if (kind[i] ~ /^(other|pending)$/) return action[i]
  return message[i]
}

function compared(i) {
  if (scopes[i] == "" || newscopes[i] == "") return ""
  if (scopes[i] == newscopes[i]) return " and the same scopes (" scopes[i] ")"
  return "; its scopes were " scopes[i] ", and are " newscopes[i]
}

function line(i,   parts) {
  parts = title[kind[i]]
  if (client(i) != "") parts = parts ": " client(i)
  if (address[i] != "") parts = parts " [" address[i] "]"
  if (details(i) != "") parts = parts ": " details(i)
  return parts
}

function text(   i) {
  print verdict ": " dir
  for (i = 1; i <= n; i++) print "- " plain(line(i), "\n  ")
}

# Undoes the escapes of TSV; a line break becomes what is given for it.
function plain(s, newline,   out, c) {
  out = ""
  while (match(s, /\\./)) {
    c = substr(s, RSTART + 1, 1)
    out = out substr(s, 1, RSTART - 1) (c == "n" ? newline : c == "\\" ? "\\" : " ")
    s = substr(s, RSTART + 2)
  }
  return out s
}

function entities(s) {
  gsub(/&/, "\\&amp;", s)
  gsub(/</, "\\&lt;", s)
  gsub(/>/, "\\&gt;", s)
  gsub(/"/, "\\&quot;", s)
  return s
}

# Whoever may name a client must not be able to write a link, a picture or a mention into a report.
function md(s) {
  s = entities(s)
  gsub(/#/, "\\&#35;", s)
  gsub(/\|/, "\\&#124;", s)
  gsub(/\[/, "\\&#91;", s)
  gsub(/\]/, "\\&#93;", s)
  gsub(/\*/, "\\&#42;", s)
  gsub(/_/, "\\&#95;", s)
  gsub(/`/, "\\&#96;", s)
  gsub(/@/, "\\&#64;", s)
  gsub(/~/, "\\&#126;", s)
  gsub(/:\/\//, ":\\&#47;\\&#47;", s)
  return plain(s, "<br>")
}

function markdown(   i, rest) {
  print "## " verdict ": " md(dir)
  print ""
  if (errors) {
    print "Nothing below is complete, since something went wrong:"
    print ""
    for (i = 1; i <= n; i++)
      if (kind[i] == "error") print "- " (address[i] == "" ? "" : md(address[i]) ": ") md(message[i])
    print ""
  }
  if (findings) {
    print "| finding | API client | where | details |"
    print "|---|---|---|---|"
    for (i = 1; i <= n; i++)
      if (isfinding(kind[i]))
        print "| **" title[kind[i]] "** | " md(client(i)) " | " md(address[i]) " | " md(details(i)) " |"
    print ""
  } else if (!errors) {
    print "Domo is as the state says."
    print ""
  }
  rest = n - errors - findings
  if (rest) {
    print "Not drift:"
    print ""
    for (i = 1; i <= n; i++)
      if (kind[i] != "error" && !isfinding(kind[i])) print "- " md(line(i))
    print ""
  }
  print "<sub>" time ", " md(engine) "</sub>"
}

function xml(s) { return plain(entities(s), "&#10;") }

function testcase(i, inner) {
  printf "    <testcase classname=\"drift.%s\" name=\"%s\">%s</testcase>\n", kind[i],
    xml(client(i) != "" ? client(i) : address[i] != "" ? address[i] : title[kind[i]]), inner
}

function junit(   i, passed) {
  passed = errors + findings ? 0 : 1
  print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
  print "<testsuites>"
  printf "  <testsuite name=\"drift\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" timestamp=\"%s\">\n",
    errors + findings + skipped + passed, findings, errors, skipped, time
  if (passed) print "    <testcase classname=\"drift\" name=\"Domo is as the state says\"/>"
  for (i = 1; i <= n; i++) {
    if (kind[i] == "error") testcase(i, "<error message=\"could not tell\">" xml(line(i)) "</error>")
    else if (kind[i] == "not-evaluated") testcase(i, "<skipped message=\"not evaluated\"/>")
    else if (isfinding(kind[i]))
      testcase(i, "<failure message=\"" title[kind[i]] "\">" xml(line(i)) "</failure>")
  }
  print "  </testsuite>"
  print "</testsuites>"
}

# The escapes of TSV are those of JSON, but for the quotation mark.
function quoted(s) {
  gsub(/"/, "\\\"", s)
  return "\"" s "\""
}

function pathquoted(s) {
  gsub(/\\/, "\\\\", s)
  return quoted(s)
}

function field(key, value) { return value == "" ? "" : ", " quoted(key) ": " quoted(value) }

function array(key, value,   items, count, i, out) {
  if (value == "") return ""
  count = split(value, items, /, /)
  out = ", " quoted(key) ": ["
  for (i = 1; i <= count; i++) out = out (i > 1 ? ", " : "") quoted(items[i])
  return out "]"
}

function object(i) {
  return "{\"kind\": " quoted(kind[i]) field("address", address[i]) field("name", name[i]) field("id", id[i]) \
    field("new_id", newid[i]) array("scopes", scopes[i]) array("new_scopes", newscopes[i]) \
    field("action", action[i]) field("message", message[i]) "}"
}

function objects(which,   i, out, k) {
  out = ""
  for (i = 1; i <= n; i++) {
    k = kind[i] == "error" ? "errors" : isfinding(kind[i]) ? "findings" : "not_drift"
    if (k == which) out = out (out == "" ? "" : ",") "\n    " object(i)
  }
  return quoted(which) ": [" out (out == "" ? "" : "\n  ") "]"
}

function json() {
  print "{"
  print "  \"version\": 1,"
  print "  \"result\": " quoted(code == 1 ? "could-not-tell" : code == 2 ? "drift" : "no-drift") ","
  print "  \"exit_code\": " code ","
  print "  \"directory\": " pathquoted(dir) ","
  print "  \"engine\": " pathquoted(engine) ","
  print "  \"time\": " quoted(time) ","
  print "  " objects("errors") ","
  print "  " objects("findings") ","
  print "  " objects("not_drift")
  print "}"
}
