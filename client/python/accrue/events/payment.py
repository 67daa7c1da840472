"""Events that begin with payment.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import AllocLine


class PaymentApplied(TypedDict):
    """Unapplied credit is applied. (预收核销)"""

    # which obligation gets how much
    alloc: list[AllocLine]
    # who paid, where the receipt did not say
    payer: NotRequired[str]


class PaymentAppliedEvent(Envelope):
    type: Literal["payment.applied"]
    data: PaymentApplied


# Money arrived. (到账)
PaymentReceived = TypedDict("PaymentReceived", {
    # which obligation gets how much; absent: the daemon appropriates, []: all is credit
    "alloc": NotRequired[list[AllocLine]],
    # amount received, more than zero, fen
    "amount_fen": int,
    # reference of the bank; seen before is flagged
    "bank_ref": NotRequired[str],
    # currency, ISO 4217
    "currency": str,
    # contract that the payer named, a hint
    "for": NotRequired[str],
    # who received the money
    "payee": str,
    # who paid
    "payer": NotRequired[str],
    # payer as the bank names it, not yet identified
    "payer_text": NotRequired[str],
    # day the money moved, YYYY-MM-DD
    "value_date": str,
})


class PaymentReceivedEvent(Envelope):
    type: Literal["payment.received"]
    data: PaymentReceived


# Part of the money is paid back. (退款)
PaymentRefunded = TypedDict("PaymentRefunded", {
    # amount paid back, fen
    "amount_fen": int,
    # from credit, the default, or from what an obligation got
    "from": NotRequired[Literal["credit", "obligation"]],
    # number of that obligation
    "no": NotRequired[int],
    # obligation that it is taken from, with no
    "owner": NotRequired[str],
    # what was paid is owed again
    "reopen": NotRequired[bool],
})


class PaymentRefundedEvent(Envelope):
    type: Literal["payment.refunded"]
    data: PaymentRefunded


class PaymentReturned(TypedDict):
    """The whole payment went back. (付款退回)"""

    # reason
    reason: str
    # day the money went back, YYYY-MM-DD
    value_date: str


class PaymentReturnedEvent(Envelope):
    type: Literal["payment.returned"]
    data: PaymentReturned


class PaymentUnapplied(TypedDict):
    """Lines of a payment go back to credit. (撤销核销)"""

    # lines that are taken back
    alloc: list[AllocLine]


class PaymentUnappliedEvent(Envelope):
    type: Literal["payment.unapplied"]
    data: PaymentUnapplied
