# The report for people. GitHub and GitLab find links, mentions and references even in entities, but not in code: so
# all foreign text is code.

function shown(s) {
  s = replaced(replaced(replaced(s, "`", "\\u0060"), "|", "\\u007c"), "<", "\\u003c")
  return s == "" ? "" : "`" s "`"
}

function told(s,   parts, count, i, out) {
  count = split(plain(s, "\001"), parts, "\001")
  for (i = 1; i <= count; i++)
    if (parts[i] ~ /[^ ]/) out = out (out == "" ? "" : "<br>") shown(parts[i])
  return out
}

function heading(text) { lines[++count] = text }

function entry(text) {
  lines[++count] = text
  isentry[count] = 1
  entries++
}

function render(   i, footer) {
  heading("## " verdict ": " shown(dir))
  heading("")
  if (errors) {
    heading("Something went wrong, so the findings below are incomplete:")
    heading("")
    for (i = 1; i <= n; i++)
      if (kind[i] == "error") entry("- " (address[i] == "" ? "" : shown(address[i]) ": ") told(message[i]))
    heading("")
  }
  if (findings) {
    heading("| finding | API client | where | details |")
    heading("|---|---|---|---|")
    for (i = 1; i <= n; i++)
      if (isfinding(kind[i]))
        entry("| **" title[kind[i]] "** | " client(i) " | " shown(address[i]) " | " details(i) " |")
    heading("")
  } else if (code == 0) {
    heading(allwell() ".")
    heading("")
  }
  if (n > errors + findings) {
    heading("Not drift:")
    heading("")
    for (i = 1; i <= n; i++)
      if (kind[i] != "error" && !isfinding(kind[i])) entry("- " line(i))
    heading("")
  }
  footer = "<sub>" time ", " shown(engine) "</sub>"
  printed(65536 - length(footer))
  print footer
}

# As many lines as there is room for, and how many are missing. Bytes are counted, and two for the end of a line: that
# is never fewer than GitHub counts.
function printed(room,   i, last, done) {
  room -= 300
  last = 1
  for (i = 1; i <= count && (room -= length(lines[i]) + 2) >= 0; i++)
    if (isentry[i] || done == entries) {
      last = i
      done += isentry[i]
    }
  # A heading without anything below it is not worth a line.
  for (i = 1; i <= last; i++) print lines[i]
  if (done == entries) return
  print ""
  print "**This report is cut:** " entries - done " of " entries " lines are omitted, since GitHub accepts at most" \
    " 65,536 characters. The JSON and JUnit reports are complete."
  print ""
}
