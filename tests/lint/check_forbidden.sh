#!/bin/sh
# Calls, flags and types that are not to be found in C code. Comments may name them.
set -eu
. "$(dirname "$0")/lib.sh"

code=$(files '*.[ch]' | "$python" "$here/code_lines.py")

# code_in FOLDERS REGEX: the lines of code of some folders that fit.
code_in() {
    echo "$code" | grep -E "^($1)" | grep -E "^[^:]*:[0-9]+.*$2"
}

before='(^|[^A-Za-z0-9_])'
after='([^A-Za-z0-9_]|$)'
# A function's name, and not a member's: env->random() is ours.
called='(^|[^A-Za-z0-9_.>]|[^-]>)'
call='[[:space:]]*\('

# 1. Flags that trade durability or safety for speed.
expect_none 'flags that LMDB must never be opened with' \
    "$(code_in '' "${before}MDB_(WRITEMAP|NOSYNC|NOMETASYNC|MAPASYNC|NOLOCK)$after")"

# 2. Functions without a bound, without an error, with hidden state, or with a resolver.
while read -r names why; do
    expect_none "$why" "$(code_in '' "$called($names)$call")"
done <<'RULES'
strcpy|strcat|strncpy|strncat|stpcpy    no bound on the target, or no end to it
sprintf|vsprintf|gets                   no bound on the target
atoi|atol|atoll|atof                    no error, not even on overflow
scanf|fscanf|sscanf                     undefined on overflow
strtok|setlocale                        hidden state shared by threads
localtime|gmtime|ctime|asctime          hidden state shared by threads
rand|srand|random|srandom|drand48       not reproducible from a seed of ours
tmpnam|tempnam|mktemp                   a race for the name
gethostbyname|gethostbyaddr             a resolver: addresses are numeric
uv_getaddrinfo|uv_getnameinfo           a resolver: addresses are numeric
signal|bsd_signal                       sigaction says what happens next
msgpack_vrefbuffer_[a-z_]*              overflows a heap buffer, in all versions
RULES
expect_none 'runs a shell' "$(code_in 'proto/|daemon/|client/|ops/' "$before(system|popen)$call")"

# 3. Money is exact: no floating point where figures are made.
expect_none 'floating point in a folder that computes figures' \
    "$(code_in 'daemon/(ledger|view|commit)/' "$before(double|float|_Float[0-9]+)$after")"
# Two formats have nothing else: JSON, of which only integers are taken, and workbooks.
expect_none 'floating point in the command, but for json.c and export/xlsx.c' \
    "$(code_in 'ops/cli/' "$before(double|float|_Float[0-9]+)$after" |
        grep -vE '^ops/cli/(json|export/xlsx)\.c:')"

# 4. Deciding and applying depend on state and command alone.
expect_none 'a clock, chance or the environment in the ledger' \
    "$(code_in 'daemon/ledger/' "$before(time|clock_gettime|gettimeofday|getenv|getrandom)$call")"

exit $status
