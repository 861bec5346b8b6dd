# Knows what an option of "plan" does to the question whether there is drift: nothing, or it narrows the question to a
# part of what is managed ("part"), or asks another one ("other").
#
# awk -v variable=TF_CLI_ARGS_plan -f options.awk: the options in that variable that leave the question as it is.
# awk -v wanted=part -f options.awk -- OPTION…: which of the options are of that sort, on one line.

BEGIN {
  split("var var-file state lock lock-timeout parallelism input no-color compact-warnings concise json out " \
    "detailed-exitcode show-sensitive consolidate-warnings consolidate-errors deprecation generate-config-out", names, " ")
  for (i in names) harmless[names[i]] = 1
  if (variable != "") print kept(ENVIRON[variable])
  else print among(wanted)
  exit
}

function isoption(word) { return word ~ /^-./ && word != "--" }

function nameof(word) {
  sub(/^--?/, "", word)
  sub(/=.*/, "", word)
  return word
}

# Go takes these for a boolean, and an option without a value for true.
function istrue(word) { return word !~ /=/ || word ~ /=(1|t|T|true|TRUE|True)$/ }
function isfalse(word) { return word ~ /=(0|f|F|false|FALSE|False)$/ }

function effect(word,   name) {
  name = nameof(word)
  if (name in harmless) return ""
  if (name == "refresh") return istrue(word) ? "" : "other"
  if (name == "destroy") return isfalse(word) ? "" : "other"
  if (name == "refresh-only" && isfalse(word)) return ""
  return "part"
}

function among(wanted,   i, found) {
  for (i = 1; i < ARGC; i++) {
    if (!isoption(ARGV[i]) || effect(ARGV[i]) != wanted) continue
    found = found (found == "" ? "" : " ") "-" nameof(ARGV[i])
    # Of what it does not know, it does not show the value either: that may be a secret.
    if (nameof(ARGV[i]) !~ /^(target|exclude|replace)$/) continue
    if (ARGV[i] ~ /=/) found = found substr(ARGV[i], index(ARGV[i], "="))
    else if (i + 1 < ARGC) found = found "=" ARGV[i + 1]
  }
  return found
}

# The words are kept as they are quoted, since Terraform is going to read them. Where a quotation does not end, all of
# them are: it is going to complain.
function kept(text,   i, c, raw, word, quote, inside, skipping, out) {
  out = raw = word = quote = ""
  for (i = 1; i <= length(text) + 1; i++) {
    c = substr(text, i, 1)
    if (quote == "" && (c == "" || c ~ /[ \t\r\n]/)) {
      if (inside) {
        # The value of an option that is left out, where it is a word of its own, is left out with it.
        if (isoption(word)) {
          skipping = effect(word) != ""
          if (skipping) print "drift.sh: -" nameof(word) " in " variable " is ignored" >"/dev/stderr"
        }
        if (!skipping) out = out (out == "" ? "" : " ") raw
      }
      raw = word = ""
      inside = 0
      continue
    }
    raw = raw c
    inside = 1
    if (c == "\\" && quote != "'") {
      c = substr(text, ++i, 1)
      raw = raw c
      word = word c
    } else if (c == quote) quote = ""
    else if (quote == "" && c ~ /["']/) quote = c
    else word = word c
  }
  return quote == "" ? out : text
}
