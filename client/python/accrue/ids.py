"""Event ids: UUID version 7 (RFC 9562, section 5.7), 48 bits of milliseconds and then chance, so
that the ids of one client sort by time."""

import os
import time
import uuid


def event_id():
    """A new id. The same one must go with every retry of the same event."""
    number = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(3 << 62) | 2 << 62
    return str(uuid.UUID(int=number))
