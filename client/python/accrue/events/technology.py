"""Events that begin with technology.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import PartyShare, TechnologyChanges


class TechnologyCommercialized(TypedDict):
    """It is put to use. (实施转化)"""

    # the contract
    contract: NotRequired[str]
    # way of conversion
    mode: Literal["self", "transfer", "license", "cooperate", "equity", "other"]
    # status
    status: NotRequired[Literal["started", "done"]]


class TechnologyCommercializedEvent(Envelope):
    type: Literal["technology.commercialized"]
    data: TechnologyCommercialized


# An operator takes it under management. (受托运营)
TechnologyEntrusted = TypedDict("TechnologyEntrusted", {
    # the contract
    "contract": NotRequired[str],
    # nobody else may operate it
    "exclusive": NotRequired[bool],
    # first day, YYYY-MM-DD
    "from": str,
    # who operates it
    "operator": str,
    # share of the revenue, ppm
    "revenue_share_ppm": NotRequired[int],
    # scope
    "scope": NotRequired[str],
    # last day, inclusive, YYYY-MM-DD
    "to": NotRequired[str],
})


class TechnologyEntrustedEvent(Envelope):
    type: Literal["technology.entrusted"]
    data: TechnologyEntrusted


class TechnologyEntrustmentEnded(TypedDict):
    """Management by an operator ends. (受托结束)"""

    # who operates it
    operator: str
    # scope
    scope: NotRequired[str]


class TechnologyEntrustmentEndedEvent(Envelope):
    type: Literal["technology.entrustment_ended"]
    data: TechnologyEntrustmentEnded


class TechnologyFeePaid(TypedDict):
    """An annual fee is paid. (年费缴纳)"""

    # amount, fen
    amount_fen: int
    # the day it happened, YYYY-MM-DD
    on: str
    # year
    year: int


class TechnologyFeePaidEvent(Envelope):
    type: Literal["technology.fee_paid"]
    data: TechnologyFeePaid


class TechnologyGranted(TypedDict):
    """A patent is granted. (授权公告)"""

    # last day of the right, YYYY-MM-DD
    expiry: str
    # day of the grant, YYYY-MM-DD
    granted: str
    # number of the patent or application
    patent_no: str


class TechnologyGrantedEvent(Envelope):
    type: Literal["technology.granted"]
    data: TechnologyGranted


class TechnologyInvalidated(TypedDict):
    """The right is invalidated from its beginning; what was performed stands. (宣告无效)"""

    # day of the decision, YYYY-MM-DD
    decision_date: str
    # no appeal is open
    final: NotRequired[bool]
    # the whole right or part of it
    scope: Literal["whole", "part"]


class TechnologyInvalidatedEvent(Envelope):
    type: Literal["technology.invalidated"]
    data: TechnologyInvalidated


class TechnologyLapsed(TypedDict):
    """The right ends: fee CF01, expiry CX01, abandon AV01. (权利终止)"""

    # why it ended
    reason: Literal["fee", "expiry", "abandon"]


class TechnologyLapsedEvent(Envelope):
    type: Literal["technology.lapsed"]
    data: TechnologyLapsed


class TechnologyPublished(TypedDict):
    """A technology or patent becomes known. (成果发布)"""

    # asking price, fen
    ask_fen: NotRequired[int]
    # way of paying that is asked for
    ask_mode: NotRequired[Literal[
        "free", "lump", "instalment", "deferred", "conditional", "milestone", "royalty",
        "entry_plus_royalty", "equity", "pending", "mixed", "other",
    ]]
    # field of technology
    field: NotRequired[Literal[
        "electronics", "aerospace", "adv_manufacturing", "bio_medical", "new_materials",
        "new_energy", "environment", "nuclear", "agriculture", "transport", "urban_social",
    ]]
    # day of filing, YYYY-MM-DD
    filed: NotRequired[str]
    # day of the grant, YYYY-MM-DD
    granted: NotRequired[str]
    # inventors
    inventors: NotRequired[list[str]]
    # kind of intellectual property
    ip_kind: Literal[
        "none", "know_how", "invention", "utility_model", "design", "software", "ic_layout",
        "plant_variety", "bio_medicine", "patent_application", "other",
    ]
    # owners; shares sum to 1,000,000
    owners: list[PartyShare]
    # number of the patent or application
    patent_no: NotRequired[str]
    # public programme it comes from
    program: NotRequired[Literal["national", "ministry", "province", "city_county", "none"]]
    # project it comes from
    project: NotRequired[str]
    # title
    title: str
    # technology readiness level, 1 to 9
    trl: NotRequired[int]


class TechnologyPublishedEvent(Envelope):
    type: Literal["technology.published"]
    data: TechnologyPublished


class TechnologyRestored(TypedDict):
    """A right that lapsed for a fee is restored. (权利恢复)"""



class TechnologyRestoredEvent(Envelope):
    type: Literal["technology.restored"]
    data: TechnologyRestored


class TechnologyRightsGranted(TypedDict):
    """Persons are given ownership or long use. (赋权)"""

    # natural persons
    persons: list[str]
    # share of the revenue, ppm
    revenue_share_ppm: NotRequired[int]
    # right that is granted
    right: Literal["ownership", "long_use"]
    # share, ppm
    share_ppm: NotRequired[int]
    # years
    years: NotRequired[int]


class TechnologyRightsGrantedEvent(Envelope):
    type: Literal["technology.rights_granted"]
    data: TechnologyRightsGranted


class TechnologySeparatelyManaged(TypedDict):
    """The asset is kept in a book of its own. (单列管理)"""

    # book in which the asset is kept apart
    book: str


class TechnologySeparatelyManagedEvent(Envelope):
    type: Literal["technology.separately_managed"]
    data: TechnologySeparatelyManaged


# A share passes from one owner to another. (权属转移)
TechnologyTransferred = TypedDict("TechnologyTransferred", {
    # the contract
    "contract": NotRequired[str],
    # party that gives the share
    "from": str,
    # share, ppm
    "share_ppm": int,
    # party that takes the share
    "to": str,
})


class TechnologyTransferredEvent(Envelope):
    type: Literal["technology.transferred"]
    data: TechnologyTransferred


class TechnologyUpdated(TypedDict):
    """Attributes of a technology change from the effective date on. (成果变更)"""

    # attributes that change, at least one
    changed: TechnologyChanges


class TechnologyUpdatedEvent(Envelope):
    type: Literal["technology.updated"]
    data: TechnologyUpdated


class TechnologyValued(TypedDict):
    """A technology is valued or evaluated. (价值评估)"""

    # amount, fen
    amount_fen: NotRequired[int]
    # who valued it
    appraiser: NotRequired[str]
    # valuation of a price or evaluation of merit
    kind: NotRequired[Literal["valuation", "evaluation"]]
    # method of valuation
    method: NotRequired[str]


class TechnologyValuedEvent(Envelope):
    type: Literal["technology.valued"]
    data: TechnologyValued
