#!/bin/sh
# Calls, flags and types that are not to be found in C code; they are in check_forbidden.py.
set -eu
. "$(dirname "$0")/lib.sh"

files '*.[ch]' | "$python" "$here/check_forbidden.py"
