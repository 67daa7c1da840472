#!/usr/bin/python3
"""Reports includes that the order of the folders forbids.

Reads the names of the files from stdin, one a line. Each rule is a pattern of files (from the
start of the name) and a pattern of includes (the whole of it).
"""

import re
import sys

# 1. Our own headers: a folder, and the folders whose headers it may include (+ is daemon/). The
#    order of the table is the order of the layers: nothing includes what stands below its own
#    line, so a cycle cannot arise. A folder that ends in a slash stands for its own files only.
LAYERS = """
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
"""

# 2. One library, one place: a header of others, and the files that may include it.
PLACES = {
    r"lmdb\.h": r"daemon/store/|tests/",
    r"xlsxwriter\.h": r"ops/cli/export/",
    r"opencc/opencc\.h": r"ops/cli/find/",
    r"uv\.h": r"daemon/net/|daemon/[^/]*$|client/.*uv[^/]*$|tests/",
}

# 3. What a folder must not know, whoever offers it.
SOCKETS = r"sys/socket\.h|sys/un\.h|netinet/.*|arpa/.*|netdb\.h|poll\.h"
UNKNOWN = (
    (r"(proto|daemon/(ledger|audit))/", r"pthread\.h|threads\.h|unistd\.h|fcntl\.h"),
    (r"(proto|daemon/(ledger|audit|store|commit|view|service))/", SOCKETS),
    (r"daemon/ledger/", r"time\.h|sys/.*|locale\.h|math\.h"),
)

INCLUDE = re.compile(r'^\s*#\s*include[^"<]*(["<])([^">]*)[">]', re.MULTILINE)


def layers():
    """(files, what is allowed, the rule in words) of each folder."""
    for line in LAYERS.split("\n")[1:-1]:
        folder, *may = line.replace("+", "daemon/").split()
        files = re.escape(folder) + ("[^/]*$" if folder.endswith("/") else "/")
        yield (re.compile(files), re.compile("(%s)/[^.].*" % "|".join(may)),
               "%s may include only %s, written from the root of the tree"
               % (folder, " ".join(may)))


def findings(name, opens, header, own):
    for files, allowed, rule in own if opens == '"' else ():
        if files.match(name) and not allowed.fullmatch(header):
            yield rule
    for library, places in PLACES.items():
        if re.fullmatch(library, header) and not re.match(places, name):
            yield "it belongs in " + places
    for files, unknown in UNKNOWN:
        if re.match(files, name) and re.fullmatch(unknown, header):
            yield "%s must not know it" % files


def main():
    own = list(layers())
    found = 0
    for name in filter(None, sys.stdin.read().split("\n")):
        with open(name, encoding="utf-8", errors="replace") as file:
            text = file.read()
        for include in INCLUDE.finditer(text):
            line = text.count("\n", 0, include.start(1)) + 1
            for rule in findings(name, include[1], include[2], own):
                print(f"{name}:{line}: {include[2]}: {rule}", file=sys.stderr)
                found += 1
    sys.exit(1 if found else 0)


main()
