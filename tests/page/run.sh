#!/bin/bash
# run.sh CACHE PAGE: the tests of the page; PAGE is empty where the daemon was built without it.
# Modules come by the committed lock file, once for all build trees (ops/cmake/npm-modules).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$1 page=$2

skip() {
    echo "skipped: $1"
    exit 77
}
[ -n "$page" ] || skip 'this daemon was built without its page (ACCRUE_PAGE)'
chromium=$(command -v chromium-headless-shell || command -v chromium ||
    command -v chromium-browser) || skip 'there is no chromium'
modules=$("$here/../../ops/cmake/npm-modules" "$here" "$cache") || skip 'there is no npm registry'
export ACCRUE_CHROMIUM=$chromium ACCRUE_TEST_MODULES=$modules
exec node --test "$here/test_page.mjs"
