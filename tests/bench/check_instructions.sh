#!/bin/sh
# Instructions an event, counted by callgrind: the same on every machine for one compiler, so a
# change that makes the core slower fails here and not in a noisy timing.
#
#   check_instructions.sh BENCH_FOLD CONFIG
#
# The bound is what was measured when it was last set, and a tenth. Lower it when the core gets
# faster; raise it only with a reason in the commit.
set -eu
bound=$(sed -n 's/^instructions_per_event_max=//p' "$(dirname "$0")/limits.conf")
[ "$2" = RelWithDebInfo ] || {
    echo "skipped: instructions are counted in the release preset, not in $2"
    exit 77
}
command -v valgrind >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

count() {
    valgrind --tool=callgrind --callgrind-out-file="$work/out" "$1" "$2" >"$work/log" 2>&1 || {
        cat "$work/log"
        exit 1
    }
    sed -n 's/^summary: \([0-9]*\).*/\1/p' "$work/out"
}

# The difference of two sizes: what starting costs falls out.
small=$(count "$1" 1000)
large=$(count "$1" 3000)
each=$(((large - small) / 2000))
echo "instructions an event (encode, check, decide, store form, hash, fold twice): $each"
echo "bound: $bound"
[ "$each" -le "$bound" ]
