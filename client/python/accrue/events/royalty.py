"""Events that begin with royalty.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import Period


class RoyaltyAudited(TypedDict):
    """The books were inspected. (查账)"""

    # base after the audit
    corrected_base: int
    # the period, both days inclusive
    period: Period
    # owed in addition, or below zero to be credited; absent: computed, fen
    shortfall_fen: NotRequired[int]


class RoyaltyAuditedEvent(Envelope):
    type: Literal["royalty.audited"]
    data: RoyaltyAudited


class RoyaltyStated(TypedDict):
    """The royalty of a period is stated. (提成结算单)"""

    # the parties agreed on this figure though it differs from the computed one
    agreed: NotRequired[bool]
    # base of the period, after deductions: fen or units
    base: int
    # credits against the royalty: entry fee, minimums paid, fen
    credits_fen: NotRequired[int]
    # day it falls due, YYYY-MM-DD
    due: str
    # royalty less credits, fen
    due_fen: int
    # the period, both days inclusive
    period: Period
    # royalty of the period, after caps, fen
    royalty_fen: int


class RoyaltyStatedEvent(Envelope):
    type: Literal["royalty.stated"]
    data: RoyaltyStated
