#!/bin/bash
# Neovim as it comes: sockconnect() speaks MessagePack-RPC.
set -euo pipefail
here=$(dirname "$0")
if ! command -v nvim >/dev/null; then
    echo 'skipped: there is no nvim'
    exit 77
fi
if [ -z "${ACCRUED_SOCKET-}" ]; then
    exec "$here/with-daemon" "$0"
fi
out=$(nvim --headless --clean -u NONE -S "$here/neovim.vim" 2>&1) || {
    echo "$out"
    exit 1
}
echo "$out"
grep -q 'neovim is content' <<<"$out"
