#!/bin/sh
# The layout of C code is that of clang-format 14 with .clang-format, byte for byte.
set -eu
. "$(dirname "$0")/lib.sh"

tool=clang-format-14
command -v "$tool" >/dev/null || tool=clang-format

files '*.[ch]' | tr '\n' '\0' |
    xargs -0r -n 20 -P 2 "$tool" --dry-run --Werror --ferror-limit=3 || status=1
exit $status
