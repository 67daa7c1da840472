#!/bin/sh
# cppcheck over every C file of a build tree: `cppcheck.sh ROOT BUILD`.
set -eu
root=$1 build=$(cd "$2" && pwd)

mkdir -p "$build/cppcheck"
# Suppressed: what cppcheck cannot see because it does not read the headers of the system,
# functions of a library's interface that nothing here calls, and checks of style that
# clang-tidy does better. Left out: the bytes of the page, over which it would brood for a minute.
exec cppcheck --project="$build/compile_commands.json" --cppcheck-build-dir="$build/cppcheck" \
    -j 2 --quiet --error-exitcode=1 --inline-suppr --std=c11 \
    --enable=warning,performance,portability \
    --suppress=missingIncludeSystem --suppress=unmatchedSuppression \
    --suppress=unusedFunction --suppress=normalCheckLevelMaxBranches \
    --suppress='*:/usr/*' \
    --template='{file}:{line}: {severity}: {message} [{id}]' \
    -i"$build/daemon/page/page_files.c" --relative-paths="$root"
