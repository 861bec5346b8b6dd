#!/bin/sh
# Tells whether Domo is as the Terraform state says. For scheduled jobs; see docs/guides/drift-detection.md.
#
#   drift.sh DIR [--markdown FILE] [--junit FILE] [--json FILE] [-- PLAN ARGUMENTS]
#
# DIR is an initialized configuration. Needs terraform or tofu (TF= names another one), and jq or node; the files
# beside this one belong to it. It changes nothing, neither in Domo nor in the state.
#
# Exit code: 0 no drift; 2 drift, or a check that failed; 1 it could not tell, whatever else was found.

set -u

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
for part in report.awk facts.jq facts.js; do
  [ -r "$here/$part" ] || usage "$here/$part is missing: copy it there together with drift.sh"
done
work=$(mktemp -d) || exit 1
engine='' child='' finished=''

# Everything that is known as one line per fact, with the columns that report.awk names.
facts=$work/facts
true >"$facts"

could_not_tell() { printf 'error\t\t\t\t\t\t\t\t%s\n' "$1" >>"$facts"; }

result() {
  if grep -q '^error	' "$facts"; then
    echo 1
  elif grep -Eq '^(revoked|recreated|changed|unmanaged|other|check)	' "$facts"; then
    echo 2
  else
    echo 0
  fi
}

report() {
  awk -F '\t' -v format="$1" -v code="$code" -v dir="$dir" -v engine="$engine" \
    -v time="$(date -u +%Y-%m-%dT%H:%M:%SZ)" -f "$here/report.awk" "$facts"
}

finish() {
  code=$(result)
  [ -z "$markdown" ] || report markdown >"$markdown" || code=1
  [ -z "$junit" ] || report junit >"$junit" || code=1
  [ -z "$json" ] || report json >"$json" || code=1
  report text
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

DOMO_READ_ONLY=1 TF_IN_AUTOMATION=1 TF_INPUT=0
export DOMO_READ_ONLY TF_IN_AUTOMATION TF_INPUT

true >"$work/stderr"
run "$work/events" "$engine" "-chdir=$dir" plan -json -input=false -lock=false "$@" "-out=$work/plan"
planned=$?
true >"$work/plan.json"
if [ -s "$work/plan" ]; then
  run "$work/plan.json" "$engine" "-chdir=$dir" show -json "$work/plan" || planned=1
  rm -f "$work/plan"
fi
grep '^{' "$work/events" >"$work/events.json"

if command -v jq >/dev/null; then
  run "$work/read" jq -rn --arg code "$planned" --slurpfile plan "$work/plan.json" \
    --slurpfile events "$work/events.json" --rawfile stderr "$work/stderr" -f "$here/facts.jq"
else
  run "$work/read" node "$here/facts.js" "$planned" "$work/plan.json" "$work/events.json" "$work/stderr"
fi || could_not_tell 'What the plan says could not be read: is this a Terraform of 1.5 or newer?'
cat "$work/read" >>"$facts"
engine=$(basename -- "$engine")
finish
