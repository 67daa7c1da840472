"""Events that begin with match.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class MatchClosed(TypedDict):
    """The introduction has a result. (对接结果)"""

    # amount, fen
    amount_fen: NotRequired[int]
    # the contract
    contract: NotRequired[str]
    # result
    outcome: Literal["signed", "framework", "failed"]


class MatchClosedEvent(Envelope):
    type: Literal["match.closed"]
    data: MatchClosed


class MatchIntroduced(TypedDict):
    """Two parties are introduced. (撮合引荐)"""

    # intermediary
    broker: NotRequired[str]
    # buyer or licensee
    buyer: str
    # the need
    need: NotRequired[str]
    # seller or licensor
    seller: str
    # the technology
    technology: NotRequired[str]


class MatchIntroducedEvent(Envelope):
    type: Literal["match.introduced"]
    data: MatchIntroduced
