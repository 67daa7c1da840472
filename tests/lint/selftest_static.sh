#!/bin/bash
# Shows that a static check finds a planted fault and passes clean code: `selftest_static.sh
# clang_tidy|cppcheck`.
set -eu
lint=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

case $1 in
clang_tidy) check=$lint/clang_tidy.py ;;
cppcheck) check=$lint/cppcheck.sh ;;
*) exit 2 ;;
esac

# try WANT FUNCTION-BODY [FOLDER [ARGUMENT...]]
try() {
    local tree=$scratch/tree folder=${3-proto}
    rm -rf "$tree"
    mkdir -p "$tree/$folder" "$tree/build"
    cp "$lint/../../.clang-tidy" "$tree/"
    printf '%s\n' '#include <stdlib.h>' '#include <string.h>' '' 'int sample(int n);' \
        'int sample(int n)' '{' "$2" '}' >"$tree/$folder/a.c"
    printf '[{"directory": "%s", "file": "%s", "command": "clang-14 -std=c17 -o a.o -c %s"}]\n' \
        "$tree/build" "$tree/$folder/a.c" "$tree/$folder/a.c" >"$tree/build/compile_commands.json"
    local got=find
    "$check" "$tree" "$tree/build" "${@:4}" >"$scratch/out" 2>&1 && got=pass
    if [ "$got" != "$1" ]; then
        printf 'expected to %s, but: %s\n%s\n' "$1" "$got" "$2"
        cat "$scratch/out"
        exit 1
    fi
}

try pass '    return n + 1;'
try find '    int *p = NULL; if (n > 3) { p = &n; } return *p;'
try find '    char *p = malloc(4); if (n > 3) { return 1; } free(p); return 0;'
if [ "$1" = clang_tidy ]; then
    try find '    if (n > 3) return 1; return 0;'
    try find '    int camelCase = n; return camelCase;'
    try find "$(for ((i = 0; i < 72; i++)); do echo '    n++;'; done) return n;"
    # Elsewhere the analyser is for --deep, and the rest is not; of tests all of it is.
    null='    int *p = NULL; if (n > 3) { p = &n; } return *p;'
    try find '    if (n > 3) return 1; return 0;' ops/cli
    try pass "$null" ops/cli
    try find "$null" ops/cli --deep
    try find '    if (n > 3) return 1; return 0;' tests --deep
fi
