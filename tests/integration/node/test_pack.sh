#!/bin/bash
# What `npm pack` makes, installed elsewhere, and the README's first example run with it.
set -euo pipefail
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo 'skipped: there is no node or no npm'
    exit 77
fi
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/package" "$place/user"
cp -r "$ACCRUE_SOURCE_DIR"/client/node/{package.json,README.md,src,types} "$place/package/"
(cd "$place/package" && npm pack --silent --pack-destination "$place" >/dev/null)
archive=$(echo "$place"/accrue-*.tgz)
tar -tzf "$archive" | sort >"$place/names"
for name in package.json README.md src/index.js types/index.d.ts types/events.d.ts; do
    grep -qx "package/$name" "$place/names" || {
        echo "$name is not in the package"
        exit 1
    }
done
cd "$place/user"
echo '{ "private": true, "type": "module" }' >package.json
if ! npm install --no-audit --no-fund --ignore-scripts "$archive" >npm.log 2>&1; then
    if grep -qE 'ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH' npm.log; then
        echo 'skipped: there is no npm registry'
        exit 77
    fi
    cat npm.log
    exit 1
fi
# shellcheck disable=SC2016 # the quotes of the README
sed -n '/^```js$/,/^```$/{/^```/d;p}' "$ACCRUE_SOURCE_DIR/client/node/README.md" >example.js
cat >run.sh <<'RUN'
sed -i "s|/run/accrued.sock|$ACCRUED_SOCKET|" example.js
node example.js
RUN
"$ACCRUE_SOURCE_DIR/tests/wire/daemon/with-daemon" bash run.sh | tee said
grep -Eqx 'durable at seq [0-9]+' said
grep -Eqx '[0-9]+ ustb' said
