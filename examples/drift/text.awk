# The report on standard output, which the pipeline's runner reads, too: no line begins with foreign text.

function shown(s) { return s }

function told(s) { return plain(s, "\n  | ") }

function render(   i) {
  print verdict ": " dir
  for (i = 1; i <= n; i++) print "- " line(i)
}
