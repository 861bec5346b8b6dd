#!/bin/sh
# What Terraform starts on Linux and macOS. It becomes the executable beside it if this system has glibc, which that
# needs; otherwise Node.js, which runs the bundle. Terraform shows its user the first line on stdout, so that is where
# it says what is missing.
case $0 in */*) folder=${0%/*} ;; *) folder=. ;; esac
provider=$folder/terraform-provider-domo

missing() {
  printf '%s\n' "terraform-provider-domo: $1"
  # Terraform reads the line only from a process that has not ended, and then ends it.
  sleep 1
  exit 1
}

# gcompat, which imitates glibc on Alpine, has a loader of that name, too.
loader='@LOADER@'
if [ -x "$provider-glibc" ] && [ -e "$loader" ] && [ ! -e /lib/libgcompat.so.0 ] && [ ! -e /usr/lib/libgcompat.so.0 ]; then
  # The runtime's slowest compiler costs a third of the processor time of a plan of 1,000, and never earns it back.
  export BUN_JSC_useFTLJIT="${BUN_JSC_useFTLJIT:-0}"
  exec "$provider-glibc" "$@"
fi
if [ ! -f "$provider-node.cjs" ] || [ ! -f "$provider-bundle.cjs" ]; then
  missing "$folder lacks files of the provider: put the whole content of the zip there, not only one file of it"
fi
# No redirection: a small image may have no /dev/null.
if node=$(command -v node); then
  exec "$node" "$provider-node.cjs" "$@"
fi
if [ -x "$provider-glibc" ]; then
  missing 'this system has no glibc, so Node.js 20.3 or newer is needed, and there is no node on the PATH (Alpine: apk add nodejs)'
fi
missing 'Node.js 20.3 or newer is needed, and there is no node on the PATH'
