"""Client of the accrued daemon: append events, ask for figures, follow the log.

`Connection` blocks; `accrue.aio.connect` is for asyncio. Amounts are integers in fen, rates in ppm,
days text YYYY-MM-DD (or datetime.date), times integers in microseconds UTC.
"""

from .calls import Appended
from .errors import Error, Rejected, Unavailable, UnknownOutcome
from .ids import event_id
from .sync import Connection, Tail

__version__ = "0.1.0"
__all__ = ["Appended", "Connection", "Error", "Rejected", "Tail", "Unavailable", "UnknownOutcome",
           "event_id"]
