#!/bin/sh
# Small files, short lines, short functions; what they are is in check_sizes.py.
set -eu
. "$(dirname "$0")/lib.sh"

{
    files '*.[ch]' '*.py' '*.sh' '*.js' '*.mjs'
    scripts 'sh|bash|python'
} | sort -u | "$python" "$here/check_sizes.py"
