"""Events that begin with pledge.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class PledgeChanged(TypedDict):
    """A pledge changes. (质押变更)"""

    # who owes
    debtor: NotRequired[str]
    # day the loan falls due, YYYY-MM-DD
    due: NotRequired[str]
    # day of the loan, YYYY-MM-DD
    loan_date: NotRequired[str]
    # loan secured, fen
    loan_fen: NotRequired[int]
    # creditor of the pledge
    pledgee: NotRequired[str]
    # who pledges
    pledgor: NotRequired[str]
    # technologies
    technologies: NotRequired[list[str]]


class PledgeChangedEvent(Envelope):
    type: Literal["pledge.changed"]
    data: PledgeChanged


class PledgeEnforced(TypedDict):
    """The pledge is enforced. (质权实现)"""

    # proceeds, fen
    proceeds_fen: int


class PledgeEnforcedEvent(Envelope):
    type: Literal["pledge.enforced"]
    data: PledgeEnforced


class PledgeLoanRepaid(TypedDict):
    """Part of the loan is repaid. (还款)"""

    # amount, fen
    amount_fen: int
    # the day it happened, YYYY-MM-DD
    on: str


class PledgeLoanRepaidEvent(Envelope):
    type: Literal["pledge.loan_repaid"]
    data: PledgeLoanRepaid


class PledgeRegistered(TypedDict):
    """A pledge is registered; the right begins here. (质押登记)"""

    # who owes
    debtor: NotRequired[str]
    # day the loan falls due, YYYY-MM-DD
    due: str
    # day of the loan, YYYY-MM-DD
    loan_date: str
    # loan secured, fen
    loan_fen: int
    # number of the registration
    pledge_no: str
    # creditor of the pledge
    pledgee: str
    # who pledges
    pledgor: str
    # technologies
    technologies: list[str]


class PledgeRegisteredEvent(Envelope):
    type: Literal["pledge.registered"]
    data: PledgeRegistered


class PledgeReleased(TypedDict):
    """The pledge is released. (质押解除)"""

    # the day it happened, YYYY-MM-DD
    on: str


class PledgeReleasedEvent(Envelope):
    type: Literal["pledge.released"]
    data: PledgeReleased
