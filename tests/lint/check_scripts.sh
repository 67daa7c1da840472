#!/bin/sh
# Every shell script passes shellcheck, every Python file parses, and both are executable
# when they begin with #!.
set -eu
. "$(dirname "$0")/lib.sh"

{
    files '*.sh'
    scripts 'sh|bash|dash'
} | sort -u | tr '\n' '\0' | xargs -0r shellcheck -x -P SCRIPTDIR -S style >&2 || status=1

for script in $(scripts 'sh|bash|dash|python|node'); do
    [ -x "$script" ] || complain "$script: begins with #! and is not executable"
done

{
    files '*.py'
    scripts python
} | sort -u | tr '\n' '\0' | xargs -0r "$python" -c '
import ast, sys
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        ast.parse(file.read(), name)' || status=1
exit $status
