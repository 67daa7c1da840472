"""Events that begin with invoice.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class InvoiceCancelled(TypedDict):
    """An invoice is cancelled; its number stays used. (作废)"""

    # number of the invoice
    invoice_no: str
    # who issues the invoice
    issuer: str
    # reason
    reason: str


class InvoiceCancelledEvent(Envelope):
    type: Literal["invoice.cancelled"]
    data: InvoiceCancelled


class InvoiceIssued(TypedDict):
    """An invoice is issued; no effect on the ledger. (开票)"""

    # amount, fen
    amount_fen: int
    # number of the invoice
    invoice_no: str
    # who issues the invoice
    issuer: str
    # kind of invoice
    kind: Literal["special", "ordinary", "other"]
    # numbers of the obligations invoiced
    obligations: NotRequired[list[int]]
    # tax included, fen
    tax_fen: NotRequired[int]


class InvoiceIssuedEvent(Envelope):
    type: Literal["invoice.issued"]
    data: InvoiceIssued
