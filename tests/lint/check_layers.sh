#!/bin/sh
# Which folder may include what. The order of the table is the order of the layers: nothing
# includes what stands below its own line, so a cycle cannot arise.
set -eu
. "$(dirname "$0")/lib.sh"

# includes OPEN FILE...: FILE:LINE:NAME of every include that begins with OPEN (" or <).
includes() {
    tr '\n' '\0' | xargs -0r grep -nHE "^[[:space:]]*#[[:space:]]*include[[:space:]]*$1" |
        sed -E 's/^([^:]*:[0-9]+):[^"<]*["<]([^">]*)[">].*/\1:\2/'
}

# 1. Our own headers: a folder, and the folders whose headers it may include (+ is daemon/).
#    A folder that ends in a slash stands for its own files only.
while read -r folder may; do
    case $folder in
    */) sources=$(files '*.[ch]' | grep -E "^${folder}[^/]*\$") || continue ;;
    *) sources=$(files '*.[ch]' | grep -E "^$folder/") || continue ;;
    esac
    may=$(echo "$may" | sed 's#+#daemon/#g; s# #|#g')
    expect_none "$folder may include only $may, written from the root of the tree" \
        "$(echo "$sources" | includes '"' | grep -vE "^[^:]*:[0-9]+:($may)/[^.]")"
done <<'RULES'
proto           proto
daemon/base     proto +base
daemon/ledger   proto +base +ledger
daemon/audit    proto +base +audit
daemon/store    proto +base +audit +store
daemon/commit   proto +base +ledger +audit +store +commit
daemon/view     proto +base +ledger +audit +store +view
daemon/service  proto +base +ledger +audit +store +commit +view +service
daemon/page     proto +page
daemon/http     proto +base +view +page +http
daemon/net      proto +base +service +http +net
daemon/         proto daemon
client          proto client accrue
ops/import      proto ops/import
ops/cli         proto client accrue ops/import ops/cli
ops/audit       proto +base +ledger +audit +store +view ops/audit
ops/bench       proto client accrue ops/bench
ops/synthetic   ops/synthetic
RULES

# 2. One library, one place: who may include which header of others.
while read -r header may; do
    expect_none "<$header> belongs in $may" \
        "$(files '*.[ch]' | grep -vE "^($may)" | includes '["<]' |
            grep -E ":[0-9]+:$header$")"
done <<'RULES'
lmdb\.h  daemon/store/|tests/
xlsxwriter\.h ops/cli/export/
opencc/opencc\.h ops/cli/find/
uv\.h    daemon/net/|daemon/[^/]*$|client/.*uv[^/]*$|tests/
RULES

# 3. What a folder must not know, whoever offers it.
while read -r folder never; do
    never=$(echo "$never" | sed 's# #|#g')
    expect_none "$folder must not include $never" "$(files '*.[ch]' | grep -E "^($folder)/" |
        includes '["<]' | grep -E ":[0-9]+:($never)$")"
done <<'RULES'
proto|daemon/(ledger|audit)           pthread\.h threads\.h unistd\.h fcntl\.h
proto|daemon/(ledger|audit|store)     sys/socket\.h sys/un\.h netinet/.* arpa/.* netdb\.h poll\.h
daemon/(commit|view|service)          sys/socket\.h sys/un\.h netinet/.* arpa/.* netdb\.h poll\.h
daemon/ledger                         time\.h sys/.* locale\.h math\.h
RULES
exit $status
