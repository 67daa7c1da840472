"""Events that begin with commission.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import PartyShare


class CommissionAgreed(TypedDict):
    """A broker is promised a commission; by default each side bears half. (佣金约定)"""

    # amount, fen
    amount_fen: NotRequired[int]
    # what the rate applies to, or a fixed amount
    basis: Literal["total", "received", "fixed"]
    # intermediary
    broker: str
    # upper limit, fen
    cap_fen: NotRequired[int]
    # the contract
    contract: NotRequired[str]
    # the match
    match: NotRequired[str]
    # who bears the commission; halves by default
    payers: NotRequired[list[PartyShare]]
    # rate, ppm
    rate_ppm: NotRequired[int]


class CommissionAgreedEvent(Envelope):
    type: Literal["commission.agreed"]
    data: CommissionAgreed
