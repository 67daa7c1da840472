#!/bin/bash
# The npm package msgpack5rpc as it comes. Its modules are fetched by the committed lock file into
# the build tree; without a registry that cannot be, and the test is skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lock=$here/../node
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo 'skipped: there is no node or no npm'
    exit 77
fi
if [ -z "${ACCRUED_SOCKET-}" ]; then
    exec "$here/with-daemon" "$0"
fi
modules=$(dirname "$ACCRUE_BIN_DIR")/tests/node
mkdir -p "$modules"
cp "$lock/package.json" "$lock/package-lock.json" "$modules/"
if ! (cd "$modules" && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1); then
    if grep -qE 'ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH' "$modules/npm.log"; then
        echo 'skipped: there is no npm registry'
        exit 77
    fi
    cat "$modules/npm.log"
    exit 1
fi
NODE_PATH=$modules/node_modules exec node "$here/msgpack5rpc.js"
