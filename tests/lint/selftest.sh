#!/bin/bash
# Shows that every check finds what it is for: a small clean tree passes, and each fault,
# planted alone in a copy of it, is found. Run as `selftest.sh [CHECK]`.
set -u
lint=$(cd "$(dirname "$0")" && pwd)
only=${1:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0 cases=0

# write FILE LINE...: a file of the tree that is being made.
write() {
    [ -d "$tree/${1%/*}" ] || mkdir -p "$tree/${1%/*}"
    local file=$1
    shift
    printf '%s\n' "$@" >>"$tree/$file"
}

make_clean_tree() {
    tree=$scratch/clean
    mkdir "$tree"
    cp "$lint/../../.clang-format" "$tree/"
    write proto/bytes.h '#include <stddef.h>'
    write daemon/ledger/money.c '#include "proto/bytes.h"' '' 'int money_add(int a, int b)' '{' \
        '    return a + b; /* no double, no atoi(), no MDB_NOSYNC here */' '}'
    write daemon/store/env.c '#include "daemon/store/env.h"' '' \
        '#include <lmdb.h>'
    write daemon/net/session.c '#include "daemon/service/service.h"' '' '#include <uv.h>'
    write daemon/main.c '#include "daemon/net/session.h"' '' 'int x = env->random(1) + env.rand(2);'
    write client/include/accrue/accrue_uv.h '#include <accrue/accrue.h>' '#include <uv.h>'
    write ops/run.sh '#!/bin/sh' 'echo hello'
    chmod +x "$tree/ops/run.sh"
    write ops/tool.py 'print("早上好")'
}

clean_tree() {
    tree=$scratch/tree
    rm -rf "$tree"
    cp -r "$scratch/clean" "$tree"
}

# expect CHECK RESULT WHAT: runs a check over the tree; RESULT is pass or find.
expect() {
    cases=$((cases + 1))
    local got=find
    "$lint/check_$1.sh" "$tree" >"$scratch/out" 2>&1 && got=pass
    if [ "$got" = find ] && ! [ -s "$scratch/out" ]; then
        got='fail without a word'
    fi
    [ "$got" = "$2" ] && return
    failed=$((failed + 1))
    printf '%s: %s: expected to %s it, but: %s\n' "$1" "$3" "$2" "$got"
    cat "$scratch/out"
}

# plant CHECK FILE LINE...: the check must find what these lines add to a clean tree.
plant() {
    if [ -n "$only" ] && [ "$only" != "$1" ]; then
        return
    fi
    local check=$1
    shift
    clean_tree
    write "$@"
    expect "$check" find "$*"
}

repeat() {
    local i
    for ((i = 0; i < $1; i++)); do
        printf '%s\n' "$2"
    done
}

make_clean_tree
for check in layers sizes forbidden text format scripts; do
    [ -z "$only" ] || [ "$only" = "$check" ] || continue
    clean_tree
    expect "$check" pass 'the clean tree'
done

plant layers proto/bytes.h '#include "daemon/base/list.h"'
plant layers proto/bytes.h '#  include <lmdb.h>'
plant layers proto/bytes.h '#include <pthread.h>'
plant layers daemon/base/list.h '#include "daemon/ledger/money.h"'
plant layers daemon/ledger/money.c '#include <uv.h>'
plant layers daemon/ledger/money.c '#include <lmdb.h>'
plant layers daemon/ledger/money.c '#include <pthread.h>'
plant layers daemon/ledger/money.c '#include "daemon/store/log.h"'
plant layers daemon/ledger/money.c '#include "money.h"'
plant layers daemon/ledger/money.c '#include "proto/../daemon/store/log.h"'
plant layers daemon/ledger/money.c '#include <time.h>'
plant layers daemon/audit/tree.c '#include "daemon/store/log.h"'
plant layers daemon/store/env.c '#include "daemon/ledger/money.h"'
plant layers daemon/store/env.c '#include <uv.h>'
plant layers daemon/commit/queue.c '#include "daemon/view/facts.h"'
plant layers daemon/commit/queue.c '#include <uv.h>'
plant layers daemon/view/facts.c '#include "daemon/commit/queue.h"'
plant layers daemon/view/facts.c '#include <sys/socket.h>'
plant layers daemon/service/service.c '#include "daemon/net/session.h"'
plant layers daemon/net/session.c '#include <lmdb.h>'
plant layers daemon/net/session.c '#include "daemon/store/log.h"'
plant layers daemon/main.c '#include <lmdb.h>'
plant layers daemon/main.c '#include "client/src/core.h"'
plant layers client/src/core.c '#include "daemon/base/list.h"'
plant layers client/src/core.c '#include <uv.h>'
plant layers ops/cli/main.c '#include "daemon/base/list.h"'

plant sizes daemon/long.c "$(repeat 501 'int x;')"
plant sizes ops/long.py "$(repeat 501 'x = 1')"
plant sizes proto/wide.h "/* $(repeat 98 x | tr -d '\n') */"
plant sizes proto/wide.h "/* $(repeat 49 北 | tr -d '\n') */"
plant sizes daemon/f.c 'int f(void)' '{' "$(repeat 71 '    x();')" '}'
plant sizes ops/f.sh 'f() {' "$(repeat 71 '    x')" '}'
plant sizes ops/f.py 'def f():' "$(repeat 71 '    x = 1')"
plant sizes ops/f.js 'function f() {' "$(repeat 71 '  x();')" '}'
plant sizes ops/m.js 'class F {' '  async #f(x) {' "$(repeat 71 '    x();')" '  }' '}'
plant sizes ops/noname '#!/bin/sh' "$(repeat 500 x)"

for flag in WRITEMAP NOSYNC NOMETASYNC MAPASYNC NOLOCK; do
    plant forbidden daemon/store/env.c "int flags = MDB_$flag;"
done
plant forbidden tests/crash/x.c 'int flags = MDB_NOTLS | MDB_NOSYNC;'
for name in strcpy strncpy strcat sprintf gets atoi sscanf strtok localtime rand mktemp \
    gethostbyname uv_getaddrinfo signal msgpack_vrefbuffer_init; do
    plant forbidden proto/x.c "    $name (a);"
done
plant forbidden daemon/main.c 'int x = 1>random();'
plant forbidden daemon/main.c 'int x = system("true");'
plant forbidden daemon/main.c '/* a */ int x = /* b */ atoi(s); /* c */'
plant forbidden daemon/main.c 'char *s = "\""; int x = atoi(s);'
plant forbidden daemon/ledger/money.c 'static double rate;'
plant forbidden daemon/view/facts.c 'float f(void);'
plant forbidden daemon/commit/queue.c 'x = (double)n;'
plant forbidden ops/cli/cell.c 'double yuan;'
plant forbidden daemon/ledger/money.c 'x = time(NULL);'

plant text daemon/main.c '/* TODO: later */'
plant text docs/notes.md 'FIXME'
plant text ops/run.sh '# XXX'
plant text proto/x.h '<<<<<<< HEAD'
plant text ops/run.sh 'cd /home/somebody/src'
plant text ops/run.sh 'cd "/root/src"'
plant text daemon/main.c "$(printf '\tint x;')"
plant text daemon/main.c "$(printf 'int x;\r')"
plant text daemon/main.c "$(printf '/* \342\200\256 */')"

plant format daemon/main.c 'int  x;'
plant format proto/x.h 'static int f(void) { return 1; }'

# shellcheck disable=SC2016 # a fault for shellcheck to find
plant scripts ops/bad.sh '#!/bin/sh' 'rm $1'
plant scripts ops/other '#!/bin/bash' 'cd x; ls'
plant scripts ops/bad.py 'def f(:'
plant scripts ops/notexec.sh '#!/bin/sh' 'true'

printf '%d cases, %d failed\n' "$cases" "$failed"
[ "$failed" -eq 0 ]
