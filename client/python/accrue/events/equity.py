"""Events that begin with equity.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import PartyShare


class EquityIssued(TypedDict):
    """Technology is contributed for shares. (股权登记)"""

    # the company
    company: str
    # the contract
    contract: NotRequired[str]
    # shareholders and shares
    holders: NotRequired[list[PartyShare]]
    # source
    source: NotRequired[str]
    # value of the company, fen
    valuation_fen: int


class EquityIssuedEvent(Envelope):
    type: Literal["equity.issued"]
    data: EquityIssued
