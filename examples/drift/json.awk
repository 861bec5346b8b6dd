# The report for programs.

function shown(s) { return s }

function told(s) { return s }

# The facts are escaped as in JSON, except quotation marks.
function quoted(s) { return "\"" replaced(s, "\"", "\\\"") "\"" }

function field(key, value) { return value == "" ? "" : ", " quoted(key) ": " quoted(value) }

function array(key, value,   items, count, i, out) {
  if (value == "") return ""
  count = split(value, items, /, /)
  out = ", " quoted(key) ": ["
  for (i = 1; i <= count; i++) out = out (i > 1 ? ", " : "") quoted(items[i])
  return out "]"
}

function object(i) {
  return "{\"kind\": " quoted(kind[i]) field("address", address[i]) field("name", name[i]) field("id", id[i]) field("instance", instance[i]) \
    field("new_id", newid[i]) array("scopes", scopes[i]) array("new_scopes", newscopes[i]) \
    field("action", action[i]) field("message", message[i]) field("import_block", importblock(i)) "}"
}

function objects(which,   i, out, k) {
  out = ""
  for (i = 1; i <= n; i++) {
    k = kind[i] == "error" ? "errors" : isfinding(kind[i]) ? "findings" : "not_drift"
    if (k == which) out = out (out == "" ? "" : ",") "\n    " object(i)
  }
  return quoted(which) ": [" out (out == "" ? "" : "\n  ") "]"
}

function render() {
  print "{"
  print "  \"version\": 1,"
  print "  \"result\": " quoted(code == 1 ? "could-not-tell" : code == 2 ? "drift" : "no-drift") ","
  print "  \"exit_code\": " code ","
  print "  \"partial\": " (partial ? "true" : "false") ","
  print "  \"directory\": " quoted(dir) ","
  print "  \"engine\": " quoted(engine) ","
  print "  \"time\": " quoted(time) ","
  print "  " objects("errors") ","
  print "  " objects("findings") ","
  print "  " objects("not_drift")
  print "}"
}
