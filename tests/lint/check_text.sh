#!/bin/sh
# Text that must not be committed: leftover markers, conflict markers, absolute paths of
# somebody's machine, control characters.
set -eu
. "$(dirname "$0")/lib.sh"

# This folder names what it forbids; recorded inputs and outputs are as they are.
exempt='^(tests/lint/|tests/(vectors|golden|fuzz/corpus)/|LICENSE$)'

# lines_with REGEX: FILE:LINE:TEXT over all text files.
lines_with() {
    files '*' | grep -vE "$exempt" | tr '\n' '\0' | xargs -0r grep -nHIE -- "$1"
}

before='(^|[^A-Za-z0-9_])'
expect_none 'work that was left over: do it, or write an issue' \
    "$(lines_with "$before(TODO|FIXME|XXX|HACK)([^A-Za-z0-9_]|\$)")"
expect_none 'conflict markers' "$(lines_with '^(<<<<<<<|>>>>>>>) |^=======$')"
start='(^|[^A-Za-z0-9_.*}/-])'
expect_none 'the path of one machine' \
    "$(lines_with "$start/((home|Users)/[a-z]|(root|work|workspace|builds)/[A-Za-z0-9_.])")"
expect_none 'carriage returns' "$(lines_with "$(printf '\r')\$")"
expect_none 'tabs in C' "$(files '*.[ch]' | tr '\n' '\0' | xargs -0r grep -nHE "$(printf '\t')")"

# Characters that make text read otherwise than it compiles.
invisible='[\x{200B}\x{202A}-\x{202E}\x{2066}-\x{2069}]'
expect_none 'bidirectional or invisible characters' "$(files '*' | grep -vE "$exempt" |
    tr '\n' '\0' | LC_ALL=C.UTF-8 xargs -0r grep -nHIP -- "$invisible")"
exit $status
