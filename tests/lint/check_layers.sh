#!/bin/sh
# Which folder may include what; the rules are in check_layers.py.
set -eu
. "$(dirname "$0")/lib.sh"

files '*.[ch]' | "$python" "$here/check_layers.py"
