#!/bin/bash
# The Node package: its tests, and its types. A copy in the build tree gets its modules by the
# committed lock file; without a registry that cannot be, and the test is skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo 'skipped: there is no node or no npm'
    exit 77
fi
package=$(dirname "$ACCRUE_BIN_DIR")/tests/node-client
mkdir -p "$package"
rm -rf "$package/src" "$package/types" "$package/test"
cp -r "$ACCRUE_SOURCE_DIR"/client/node/{package.json,package-lock.json,src,types} "$package/"
mkdir "$package/test"
cp "$here"/*.mjs "$here"/*.ts "$here/tsconfig.json" "$package/test/"
cd "$package"
if ! npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1; then
    if grep -qE 'ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH' npm.log; then
        echo 'skipped: there is no npm registry'
        exit 77
    fi
    cat npm.log
    exit 1
fi
node_modules/.bin/tsc -p test/tsconfig.json
node --test test/test_connection.mjs test/test_lost.mjs
