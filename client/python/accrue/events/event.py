"""Events that begin with event.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, TypedDict

from .envelope import Envelope


class EventReversed(TypedDict):
    """Takes back exactly what another event wrote. (冲正)"""

    # id of the event to reverse
    event_id: str
    # reason
    reason: str


class EventReversedEvent(Envelope):
    type: Literal["event.reversed"]
    data: EventReversed
