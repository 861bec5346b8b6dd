#!/bin/sh
# Tells whether Domo still matches the Terraform state. For scheduled jobs; see docs/guides/drift-detection.md.
#
#   drift.sh DIR [--markdown FILE] [--junit FILE] [--json FILE] [-- PLAN ARGUMENTS]
#
# DIR is an initialized configuration. Needs terraform or tofu (TF= names another one), jq or node, and the files
# beside this one. It changes nothing, neither in Domo nor in the state.
#
# Exit code: 0 no drift; 2 drift, or a check that failed; 1 it could not tell, whatever else was found.

set -u
unset CDPATH

say() { printf 'drift.sh: %s\n' "$*" >&2; }

usage() {
  say "$1"
  say 'usage: drift.sh DIR [--markdown FILE] [--junit FILE] [--json FILE] [-- PLAN ARGUMENTS]'
  exit 1
}

dir='' markdown='' junit='' json=''
while [ $# -gt 0 ]; do
  case $1 in
    --markdown | --junit | --json)
      [ $# -ge 2 ] || usage "$1 needs a file"
      # Now, not after minutes of planning. Not with ":", whose failure would end the shell with 2.
      true >"$2" || usage "$2 cannot be written"
      case $1 in
        --markdown) markdown=$2 ;;
        --junit) junit=$2 ;;
        --json) json=$2 ;;
      esac
      shift 2
      ;;
    --)
      shift
      break
      ;;
    -*) usage "there is no option $1" ;;
    *)
      [ -z "$dir" ] || usage "DIR is given twice: $dir and $1"
      dir=$1
      shift
      ;;
  esac
done
[ -n "$dir" ] || usage 'DIR is missing'

here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 1
for part in report.awk text.awk markdown.awk junit.awk json.awk options.awk \
  facts.jq facts.js shapes.js shapes.json cells.js; do
  [ -r "$here/$part" ] || usage "$here/$part is missing: copy it there together with drift.sh"
done
work=$(mktemp -d) || exit 1
engine='' child='' doubt='' finished=''

# Everything that is known as one line per fact, with the columns that report.awk names.
facts=$work/facts
true >"$facts"

could_not_tell() {
  doubt=$1
  printf 'error\t\t\t\t\t\t\t\t%s\n' "$1" >>"$facts"
}

# Bytes, whatever the language of the machine. By way of a file: busybox's awk does not notice that nothing can be
# written where it writes to, and cat does.
report() {
  DRIFT_DIR=$dir DRIFT_ENGINE=$(basename -- "$engine") DRIFT_DOUBT=$doubt LC_ALL=C awk -F '\t' -v only="${2:-}" \
    -v time="$(date -u +%Y-%m-%dT%H:%M:%SZ)" -f "$here/report.awk" -f "$here/$1.awk" "$facts" >"$work/report" &&
    [ -s "$work/report" ] && cat "$work/report"
}

# A report that cannot be written makes those that are still to come say so.
write() {
  [ -z "$2" ] || report "$1" >"$2" || doubt="$2 could not be written."
}

finish() {
  write markdown "$markdown"
  write junit "$junit"
  write json "$json"
  report text || doubt='The report could not be written.'
  code=$(report text code)
  case $code$doubt in 0 | 2) ;; *) code=1 ;; esac
  finished=yes
  exit "$code"
}

interrupted() {
  trap '' HUP INT TERM
  if [ -n "$child" ]; then
    kill -TERM "$child" 2>/dev/null
    wait "$child"
  fi
  could_not_tell 'Interrupted before the plan was complete.'
  finish
}

# The plan file holds secrets. And 2 is a shell's own code for many a mishap: it must not pass for drift.
trap 'code=$?; rm -rf "$work"; [ "$finished" ] || code=1; exit "$code"' EXIT
trap interrupted HUP INT TERM

# In the background, since a shell hears a signal only while it waits.
run() {
  output=$1
  shift
  "$@" >"$output" 2>>"$work/stderr" &
  child=$!
  wait "$child"
  set -- $?
  child=''
  return "$1"
}

engine=${TF:-}
if [ -z "$engine" ]; then
  for name in terraform tofu; do
    [ -n "$engine" ] || engine=$(command -v "$name")
  done
fi
if [ -z "$engine" ]; then
  could_not_tell 'Neither terraform nor tofu was found: install one, or set TF to its path.'
  finish
fi
if ! command -v jq >/dev/null && ! command -v node >/dev/null; then
  could_not_tell 'Neither jq nor node was found: install one of them.'
  finish
fi

# The question must stay the same: an option that asks another one is refused, one that asks about a part is reported.
asks() { awk -v wanted="$1" -f "$here/options.awk" -- "$@"; }
other=$(asks other "$@") && partial=$(asks part "$@") || exit 1
if [ -n "$other" ]; then
  could_not_tell "$other cannot be passed on: a plan without a refresh, or for a destruction, shows no drift."
  finish
fi

# In the environment such options were meant for other runs, and are left out. What is left of TF_CLI_ARGS goes to
# "plan" alone: "show" does not take all of them.
for variable in TF_CLI_ARGS TF_CLI_ARGS_plan TF_CLI_ARGS_show; do
  kept=$(awk -v variable="$variable" -f "$here/options.awk") || exit 1
  export "$variable=$kept"
done
TF_CLI_ARGS_plan="$TF_CLI_ARGS_plan $TF_CLI_ARGS"
unset TF_CLI_ARGS

DOMO_READ_ONLY=1 TF_IN_AUTOMATION=1 TF_INPUT=0
export DOMO_READ_ONLY TF_IN_AUTOMATION TF_INPUT

true >"$work/stderr"
# Of an option that is given twice, the last counts.
run "$work/events" "$engine" "-chdir=$dir" plan -lock=false "$@" -refresh=true -destroy=false -json -input=false \
  -detailed-exitcode=false "-out=$work/plan"
planned=$?
true >"$work/plan.json"
if [ -s "$work/plan" ]; then
  run "$work/plan.json" "$engine" "-chdir=$dir" show -json "$work/plan" || true >"$work/plan.json"
  rm -f "$work/plan"
fi
# The beginning is enough: what a crash leaves behind is long.
awk 'NR <= 40' "$work/stderr" >"$work/complaint"

if command -v jq >/dev/null; then
  run "$work/read" jq -rn --arg code "$planned" --arg partial "$partial" --rawfile plan "$work/plan.json" \
    --rawfile events "$work/events" --rawfile stderr "$work/complaint" --slurpfile shapes "$here/shapes.json" \
    -f "$here/facts.jq"
else
  run "$work/read" node "$here/facts.js" "$planned" "$partial" "$work/plan.json" "$work/events" "$work/complaint"
fi || could_not_tell 'The plan could not be read. That needs jq 1.6 or Node.js 20, or newer.'
cat "$work/read" >>"$facts" || could_not_tell 'The findings could not be written.'
finish
