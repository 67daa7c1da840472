#!/usr/bin/python3
"""Every edge case of part 7 of the specification has a file edge-NN-*.json that names it, and
every acceptance scenario of its part 1 is named by the `what` of a file."""

import glob
import json
import os
import re
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
EDGES = 15
SCENARIOS = {0: 4, 1: 5, 2: 4, 3: 5, 4: 5}  # of AC-000-1 to AC-004-5


def main():
    edges, scenarios, faults = set(), set(), []
    for path in sorted(glob.glob(os.path.join(FOLDER, "*.json"))):
        name = os.path.basename(path)
        with open(path, encoding="utf-8") as file:
            what = json.load(file)["what"]
        scenarios.update(re.findall(r"AC-\d{3}-\d", what))
        edge = re.match(r"edge-(\d\d)-", name)
        if edge:
            edges.add(int(edge.group(1)))
            if not re.search(r"Edge (case )?%d\b" % int(edge.group(1)), what):
                faults.append(f"{name}: `what` does not name edge case {int(edge.group(1))}")
    faults += [f"no file edge-{n:02}-*.json" for n in range(1, EDGES + 1) if n not in edges]
    wanted = [f"AC-{seed:03}-{n}" for seed, count in SCENARIOS.items()
              for n in range(1, count + 1)]
    faults += [f"no file names {one}" for one in wanted if one not in scenarios]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
