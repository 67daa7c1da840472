"""Events that begin with claim.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class ClaimAdjusted(TypedDict):
    """The insurer approves an amount. (核定)"""

    # amount that the insurer approves, fen
    approved_fen: int


class ClaimAdjustedEvent(Envelope):
    type: Literal["claim.adjusted"]
    data: ClaimAdjusted


class ClaimDetermined(TypedDict):
    """A third party determines what happened. (第三方认定)"""

    # assessor
    by: str
    # the day it happened, YYYY-MM-DD
    on: str
    # who recognises the assessor
    recognised_by: Literal["ip_authority", "insurer"]
    # what was found
    verdict: Literal["cannot_implement", "conversion_failed", "implementable"]


class ClaimDeterminedEvent(Envelope):
    type: Literal["claim.determined"]
    data: ClaimDetermined


class ClaimFiled(TypedDict):
    """A loss is claimed. (索赔)"""

    # the claim; may be left out, agg holds it
    claim_id: NotRequired[str]
    # day of the insured event, YYYY-MM-DD
    event_date: str
    # loss claimed, fen
    loss_fen: int
    # the policy
    policy: str


class ClaimFiledEvent(Envelope):
    type: Literal["claim.filed"]
    data: ClaimFiled


class ClaimPaid(TypedDict):
    """The insurer pays. (赔付)"""

    # amount, fen
    amount_fen: int
    # the day it happened, YYYY-MM-DD
    on: str
    # who received the money
    payee: str
    # the insurer takes over the claim
    subrogates: NotRequired[bool]


class ClaimPaidEvent(Envelope):
    type: Literal["claim.paid"]
    data: ClaimPaid


# The insurer recovers money. (追偿)
ClaimRecovered = TypedDict("ClaimRecovered", {
    # amount, fen
    "amount_fen": int,
    # party that paid it back
    "from": str,
})


class ClaimRecoveredEvent(Envelope):
    type: Literal["claim.recovered"]
    data: ClaimRecovered


class ClaimRejected(TypedDict):
    """The insurer rejects the claim. (拒赔)"""

    # day of the notice, YYYY-MM-DD
    notice_date: str
    # reason
    reason: str


class ClaimRejectedEvent(Envelope):
    type: Literal["claim.rejected"]
    data: ClaimRejected
