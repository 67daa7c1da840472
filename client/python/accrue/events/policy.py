"""Events that begin with policy.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import PolicyChanges


# An insurance policy is bound. (承保)
PolicyBound = TypedDict("PolicyBound", {
    # who is paid by the insurer
    "beneficiary": NotRequired[str],
    # contracts covered
    "contracts": NotRequired[list[str]],
    # share of the loss that is paid, ppm
    "cover_ppm": int,
    # loss that the insured bears, fen
    "deductible_fen": NotRequired[int],
    # first day, YYYY-MM-DD
    "from": str,
    # policy holder
    "holder": str,
    # insured parties
    "insured": list[str],
    # insurer
    "insurer": str,
    # premium, fen
    "premium_fen": int,
    # insurance product
    "product": Literal[
        "impl_failure", "performance", "comprehensive", "infringement", "overseas",
        "enforcement",
    ],
    # premium borne by a public body, fen
    "subsidy_fen": NotRequired[int],
    # sum insured, fen
    "sum_fen": int,
    # technologies
    "technologies": NotRequired[list[str]],
    # last day, inclusive, YYYY-MM-DD
    "to": str,
})


class PolicyBoundEvent(Envelope):
    type: Literal["policy.bound"]
    data: PolicyBound


class PolicyCancelled(TypedDict):
    """A policy is cancelled. (退保)"""

    # the day it happened, YYYY-MM-DD
    on: str
    # premium refunded, fen
    refund_fen: NotRequired[int]


class PolicyCancelledEvent(Envelope):
    type: Literal["policy.cancelled"]
    data: PolicyCancelled


class PolicyEndorsed(TypedDict):
    """Terms of a policy change. (批改)"""

    # terms that change, at least one
    changes: PolicyChanges


class PolicyEndorsedEvent(Envelope):
    type: Literal["policy.endorsed"]
    data: PolicyEndorsed
