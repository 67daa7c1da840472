"""Events that begin with period.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class PeriodClosed(TypedDict):
    """The books of a period are closed. (期间关账)"""

    # what the closing rests on
    basis_note: NotRequired[str]
    # 2024, 2024-Q1 or 2024-03
    period: str


class PeriodClosedEvent(Envelope):
    type: Literal["period.closed"]
    data: PeriodClosed
