"""Events that begin with interest.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class InterestAssessed(TypedDict):
    """Late interest is assessed as an obligation of its own. (逾期利息)"""

    # the parties agreed on this figure though it differs from the computed one
    agreed: NotRequired[bool]
    # amount, fen
    amount_fen: int
    # number of the obligation that is late
    of: int
    # last day that bears interest, YYYY-MM-DD
    upto: str


class InterestAssessedEvent(Envelope):
    type: Literal["interest.assessed"]
    data: InterestAssessed
