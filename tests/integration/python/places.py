"""Where the package, the daemon of the tests and the proxy are."""

import os
import sys

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(SOURCE, *parts) for parts in (
    ("client", "python"), ("tests", "support"), ("tests", "integration", "client"))]
