"""Events that begin with pool.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import MoneyLine, PartyShare, Period


class PoolDistributed(TypedDict):
    """Money of a period is distributed. (收益分配)"""

    # fee of the administrator, fen
    admin_fee_fen: int
    # money received for the period, fen
    gross_fen: int
    # who gets how much
    lines: list[MoneyLine]
    # the period, both days inclusive
    period: Period
    # kept back, fen
    reserve_fen: NotRequired[int]


class PoolDistributedEvent(Envelope):
    type: Literal["pool.distributed"]
    data: PoolDistributed


class PoolFormed(TypedDict):
    """A patent pool is formed. (专利池成立)"""

    # administrator of the pool
    admin: str
    # fee of the administrator, share of the gross, ppm
    admin_fee_ppm: NotRequired[int]
    # name
    name: str
    # period of a distribution
    period: NotRequired[Literal["month", "quarter", "half", "year"]]


class PoolFormedEvent(Envelope):
    type: Literal["pool.formed"]
    data: PoolFormed


class PoolMemberAdmitted(TypedDict):
    """A member joins. (成员加入)"""

    # the day it happened, YYYY-MM-DD
    on: str
    # the party
    party: str


class PoolMemberAdmittedEvent(Envelope):
    type: Literal["pool.member_admitted"]
    data: PoolMemberAdmitted


class PoolMemberLeft(TypedDict):
    """A member leaves. (成员退出)"""

    # the day it happened, YYYY-MM-DD
    on: str
    # the party
    party: str


class PoolMemberLeftEvent(Envelope):
    type: Literal["pool.member_left"]
    data: PoolMemberLeft


class PoolPatentAdmitted(TypedDict):
    """A patent joins the pool. (专利入池)"""

    # the day it happened, YYYY-MM-DD
    on: str
    # member that brings it in
    owner: str
    # the technology
    technology: str
    # weight, 1,000,000 by default, ppm
    weight_ppm: NotRequired[int]


class PoolPatentAdmittedEvent(Envelope):
    type: Literal["pool.patent_admitted"]
    data: PoolPatentAdmitted


class PoolPatentRemoved(TypedDict):
    """A patent leaves the pool; the first day not counted. (专利出池)"""

    # the day it happened, YYYY-MM-DD
    on: str
    # member that it belongs to
    owner: str
    # the technology
    technology: str
    # weight, 1,000,000 by default, ppm
    weight_ppm: NotRequired[int]


class PoolPatentRemovedEvent(Envelope):
    type: Literal["pool.patent_removed"]
    data: PoolPatentRemoved


class PoolRuleSet(TypedDict):
    """How money is shared. (分配规则)"""

    # by patent days or fixed shares
    basis: NotRequired[Literal["patent_days", "fixed_shares"]]
    # licence fees of the pool
    fee_schedule: NotRequired[str]
    # shares
    shares: NotRequired[list[PartyShare]]
    # terms
    terms: NotRequired[str]


class PoolRuleSetEvent(Envelope):
    type: Literal["pool.rule_set"]
    data: PoolRuleSet
