# The report on the standard output, which the runner of a pipeline reads, too: no line begins with a foreign text.

function shown(s) { return s }

function told(s) { return plain(s, "\n  | ") }

function render(   i) {
  print verdict ": " dir
  for (i = 1; i <= n; i++) print "- " line(i)
}
