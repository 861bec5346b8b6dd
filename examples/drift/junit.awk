# The report for test viewers: a failure for each finding, an error if it could not tell.

function told(s) { return plain(shown(s), "&#10;") }

function shown(s) {
  gsub(/&/, "\\&amp;", s)
  gsub(/</, "\\&lt;", s)
  gsub(/>/, "\\&gt;", s)
  gsub(/"/, "\\&quot;", s)
  return s
}

function testcase(i, inner,   called) {
  called = client(i)
  if (called == "") called = shown(address[i])
  if (called == "") called = title[kind[i]]
  printf "    <testcase classname=\"drift.%s\" name=\"%s\">%s</testcase>\n", kind[i], called, inner
}

function render(   i, passed, skipped) {
  for (i = 1; i <= n; i++) skipped += kind[i] ~ /^(not-evaluated|partial)$/
  passed = code == 0
  print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
  print "<testsuites>"
  printf "  <testsuite name=\"drift\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" timestamp=\"%s\">\n",
    errors + findings + skipped + passed, findings, errors, skipped, time
  if (passed) printf "    <testcase classname=\"drift\" name=\"%s\"/>\n", allwell()
  for (i = 1; i <= n; i++) {
    if (kind[i] == "error") testcase(i, "<error message=\"could not tell\">" line(i) "</error>")
    else if (kind[i] == "not-evaluated") testcase(i, "<skipped message=\"not evaluated\"/>")
    else if (kind[i] == "partial") testcase(i, "<skipped message=\"not checked\">" line(i) "</skipped>")
    else if (isfinding(kind[i])) testcase(i, "<failure message=\"" title[kind[i]] "\">" line(i) "</failure>")
  }
  print "  </testsuite>"
  print "</testsuites>"
}
