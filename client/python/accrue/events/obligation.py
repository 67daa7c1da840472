"""Events that begin with obligation.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import Due, ObligationRef


class ObligationAcknowledged(TypedDict):
    """The debtor acknowledges an amount. (对账确认)"""

    # amount acknowledged, fen
    amount_fen: int
    # party that acknowledges
    by: str
    # number of the obligation with its owner
    no: int
    # the day it happened, YYYY-MM-DD
    on: str


class ObligationAcknowledgedEvent(Envelope):
    type: Literal["obligation.acknowledged"]
    data: ObligationAcknowledged


class ObligationAssigned(TypedDict):
    """An amount is owed to somebody else from now on. (债权转让)"""

    # amount, fen
    amount_fen: int
    # who is owed from now on
    new_creditor: str
    # number of the obligation with its owner
    no: int
    # how the other side was told
    notice: str


class ObligationAssignedEvent(Envelope):
    type: Literal["obligation.assigned"]
    data: ObligationAssigned


class ObligationDemanded(TypedDict):
    """The creditor demands payment. (催告)"""

    # party that demands
    by: str
    # number of the obligation with its owner
    no: int
    # the day it happened, YYYY-MM-DD
    on: str


class ObligationDemandedEvent(Envelope):
    type: Literal["obligation.demanded"]
    data: ObligationDemanded


class ObligationDisputeResolved(TypedDict):
    """The dispute is over. (争议解决)"""

    # number of the obligation with its owner
    no: int
    # upheld: the debt stands
    outcome: Literal["upheld", "reduced", "cancelled"]
    # amount by which it is reduced, fen; required if outcome is reduced
    reduce_fen: NotRequired[int]


class ObligationDisputeResolvedEvent(Envelope):
    type: Literal["obligation.dispute_resolved"]
    data: ObligationDisputeResolved


class ObligationDisputed(TypedDict):
    """Part of it is disputed. (争议)"""

    # disputed amount, fen
    amount_fen: int
    # number of the obligation with its owner
    no: int


class ObligationDisputedEvent(Envelope):
    type: Literal["obligation.disputed"]
    data: ObligationDisputed


class ObligationRescheduled(TypedDict):
    """It gets a new due date. (展期)"""

    # late interest from the old due date stands
    keep_interest: NotRequired[bool]
    # new due date, YYYY-MM-DD
    new_due: str
    # number of the obligation with its owner
    no: int


class ObligationRescheduledEvent(Envelope):
    type: Literal["obligation.rescheduled"]
    data: ObligationRescheduled


class ObligationScheduled(TypedDict):
    """A sum is owed, or will be when its condition is met. (款项登记)"""

    # first day that the sum pays for, for prorate, YYYY-MM-DD
    accrual_from: NotRequired[str]
    # last day that the sum pays for, YYYY-MM-DD
    accrual_to: NotRequired[str]
    # amount; null: not known yet, fen
    amount_fen: int | None
    # what it waits for: none, effect, milestone:ID, convert, first_sale
    condition: NotRequired[str]
    # who is owed
    creditor: str
    # who owes
    debtor: str
    # when it falls due; absent: no date
    due: NotRequired[Due]
    # kind of sum
    kind: Literal[
        "lump", "instalment", "entry_fee", "milestone", "conditional", "royalty", "min_royalty",
        "deposit", "expense", "penalty", "interest", "commission", "premium", "distribution",
        "restitution", "purchase_price",
    ]
    # number of the obligation with its owner
    no: int
    # what termination does to it; extinguish by default
    on_termination: NotRequired[Literal["survive", "extinguish", "prorate"]]


class ObligationScheduledEvent(Envelope):
    type: Literal["obligation.scheduled"]
    data: ObligationScheduled


class ObligationSetOff(TypedDict):
    """Set off against a claim of the other side. (抵销)"""

    # amount, fen
    amount_fen: int
    # number of the obligation with its owner
    no: int
    # how the other side was told
    notice: str
    # own claim that is set off
    other: ObligationRef


class ObligationSetOffEvent(Envelope):
    type: Literal["obligation.set_off"]
    data: ObligationSetOff


class ObligationWaived(TypedDict):
    """The creditor waives an amount. (免除)"""

    # amount waived, fen
    amount_fen: int
    # number of the obligation with its owner
    no: int
    # the debtor refused the waiver
    refused: NotRequired[bool]


class ObligationWaivedEvent(Envelope):
    type: Literal["obligation.waived"]
    data: ObligationWaived


class ObligationWrittenOff(TypedDict):
    """The creditor writes it off; the debt stands in law. (坏账核销)"""

    # amount, fen
    amount_fen: int
    # number of the obligation with its owner
    no: int
    # reason
    reason: str


class ObligationWrittenOffEvent(Envelope):
    type: Literal["obligation.written_off"]
    data: ObligationWrittenOff
