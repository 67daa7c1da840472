# shellcheck shell=sh disable=SC2034 # the checks use what is set here
# What the checks share. Each is run as `check_NAME.sh [ROOT]`; ROOT is the tree to look at,
# by default this one, so that selftest.sh can show each of them a tree with a fault in it.

here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/../..}" || exit 2
python=/usr/bin/python3
status=0

complain() {
    printf '%s\n' "$*" >&2
    status=1
}

# expect_none WHAT TEXT: every line of TEXT is a finding.
expect_none() {
    [ -z "$2" ] || complain "$1:
$2"
}

# files GLOB...: the files of the tree whose name fits, without what is built or fetched.
files() {
    names=
    for glob in "$@"; do
        names="$names -o -name $glob"
    done
    set -f
    # shellcheck disable=SC2086 # the names are words, and globbing is off
    find . \( -name .git -o -path './build*' -o -name node_modules -o -name __pycache__ \
        -o -name .cache \) -prune -o -type f \( ${names# -o } \) -print | sed 's|^\./||' | sort
    set +f
}

# scripts INTERPRETER: files whose first line calls it, whatever their name.
scripts() {
    # shellcheck disable=SC2016 # awk expands what is in quotes
    files '*' | grep -vE '^tests/(vectors|golden|fuzz/corpus)/' | tr '\n' '\0' |
        xargs -0r awk -v want="$1" 'FNR == 1 {
            if ($0 ~ ("^#!.*[/ ](" want ")([0-9.]*)( |$)")) print FILENAME
            nextfile
        }'
}
