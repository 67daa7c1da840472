"""Events that begin with contract.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import (
    ContractChanges, Effect, LateTerm, Milestone, ObligationChanges, ObligationTerm, PartyShare,
    RoyaltyTerm, Trial,
)


class ContractAmended(TypedDict):
    """Terms change by agreement. (变更)"""

    # number of the amendment
    amend_no: str
    # terms that change, at least one
    changes: ContractChanges
    # change of the contract's total, fen
    delta_total_fen: NotRequired[int]
    # obligations that are added, cancelled, replaced
    obligations: NotRequired[ObligationChanges]


class ContractAmendedEvent(Envelope):
    type: Literal["contract.amended"]
    data: ContractAmended


class ContractCompleted(TypedDict):
    """The contract is performed; what is owed stays owed. (履行完毕)"""

    # day of acceptance, YYYY-MM-DD
    accepted_on: NotRequired[str]


class ContractCompletedEvent(Envelope):
    type: Literal["contract.completed"]
    data: ContractCompleted


class ContractDrafted(TypedDict):
    """A contract is being negotiated; nothing is owed. (洽谈)"""

    # number printed on the contract
    contract_no: NotRequired[str]
    # department that handles it
    department: NotRequired[str]
    # estimated amount, fen
    est_fen: NotRequired[int]
    # guarantors
    guarantors: NotRequired[list[str]]
    # who operates it
    operator: NotRequired[str]
    # parties that negotiate
    parties: NotRequired[list[str]]
    # the pledgee has consented
    pledgee_consent: NotRequired[bool]
    # other numbers under which it is known
    refs: NotRequired[list[str]]
    # own labels: name = value
    tags: NotRequired[dict[str, str]]
    # territory
    territory: NotRequired[str]
    # title
    title: NotRequired[str]
    # type of contract
    type: NotRequired[Literal["development", "transfer", "license", "consulting", "service"]]


class ContractDraftedEvent(Envelope):
    type: Literal["contract.drafted"]
    data: ContractDrafted


class ContractFiled(TypedDict):
    """A licence is filed: effective EE01, changed EM01, cancelled EC01. (许可备案)"""

    # what is filed
    action: Literal["effective", "changed", "cancelled"]
    # number of the filing
    filing_no: str


class ContractFiledEvent(Envelope):
    type: Literal["contract.filed"]
    data: ContractFiled


# One side is taken over by another party, open obligations with it. (概括转让)
ContractNovated = TypedDict("ContractNovated", {
    # party that leaves
    "from": str,
    # side that changes
    "role": Literal["seller", "buyer"],
    # party that takes its place
    "to": str,
})


class ContractNovatedEvent(Envelope):
    type: Literal["contract.novated"]
    data: ContractNovated


class ContractRegistered(TypedDict):
    """The contract is registered and counts in the statistics. (认定登记)"""

    # registration office
    agency: str
    # equipment, instruments, parts, raw material in the total, fen
    equipment_fen: NotRequired[int]
    # way of paying on the registration form
    pay_form: NotRequired[Literal["once", "instalment", "royalty", "other"]]
    # day of registration, YYYY-MM-DD
    reg_date: str
    # registration number, 14 or 16 digits
    reg_no: str
    # part of the total paid for technology, fen
    tech_fen: int
    # total, fen
    total_fen: int
    # type of contract
    type: Literal["development", "transfer", "license", "consulting", "service"]


class ContractRegisteredEvent(Envelope):
    type: Literal["contract.registered"]
    data: ContractRegistered


class ContractRegistrationApplied(TypedDict):
    """Registration is applied for; the clock of 15 or 30 working days starts. (申请登记)"""

    # registration office
    agency: str
    # who applies: a domestic seller, or a buyer when all sellers are abroad
    applicant: str
    # the day it happened, YYYY-MM-DD
    on: str


class ContractRegistrationAppliedEvent(Envelope):
    type: Literal["contract.registration_applied"]
    data: ContractRegistrationApplied


class ContractRegistrationChanged(TypedDict):
    """Registered figures change. (变更登记)"""

    # equipment, instruments, parts, raw material in the total, fen
    equipment_fen: NotRequired[int]
    # part of the total paid for technology, fen
    tech_fen: NotRequired[int]
    # total, fen
    total_fen: NotRequired[int]
    # type of contract
    type: NotRequired[Literal["development", "transfer", "license", "consulting", "service"]]


class ContractRegistrationChangedEvent(Envelope):
    type: Literal["contract.registration_changed"]
    data: ContractRegistrationChanged


class ContractRegistrationRejected(TypedDict):
    """Registration is refused. (不予登记)"""

    # reason
    reason: str


class ContractRegistrationRejectedEvent(Envelope):
    type: Literal["contract.registration_rejected"]
    data: ContractRegistrationRejected


class ContractRegistrationRevoked(TypedDict):
    """The registration is cancelled. (注销登记)"""

    # reason
    reason: str


class ContractRegistrationRevokedEvent(Envelope):
    type: Literal["contract.registration_revoked"]
    data: ContractRegistrationRevoked


class ContractResumed(TypedDict):
    """Performance goes on. (恢复)"""

    # reason
    reason: NotRequired[str]


class ContractResumedEvent(Envelope):
    type: Literal["contract.resumed"]
    data: ContractResumed


class ContractSigned(TypedDict):
    """A contract is signed. (签订)"""

    # buyers or licensees; shares sum to 1,000,000
    buyers: list[PartyShare]
    # number printed on the contract
    contract_no: NotRequired[str]
    # currency, ISO 4217
    currency: str
    # department that handles it
    department: NotRequired[str]
    # expected effect on which a fee depends
    effect: NotRequired[Effect]
    # when the contract takes effect
    effective_rule: Literal["immediate", "approval", "payment"]
    # field of technology
    field: Literal[
        "electronics", "aerospace", "adv_manufacturing", "bio_medical", "new_materials",
        "new_energy", "environment", "nuclear", "agriculture", "transport", "urban_social",
    ]
    # kind of licence; ordinary when silent
    grant: NotRequired[Literal["exclusive", "sole", "ordinary", "cross", "open", "pool"]]
    # guarantors
    guarantors: NotRequired[list[str]]
    # kind of intellectual property
    ip_kind: Literal[
        "none", "know_how", "invention", "utility_model", "design", "software", "ic_layout",
        "plant_variety", "bio_medicine", "patent_application", "other",
    ]
    # late interest; absent: none
    late: NotRequired[LateTerm]
    # milestones of the contract
    milestones: NotRequired[list[Milestone]]
    # sums that are owed
    obligations: NotRequired[list[ObligationTerm]]
    # what happens to later dues when the right is invalidated
    on_invalid: NotRequired[Literal["stop", "survive"]]
    # who operates it
    operator: NotRequired[str]
    # how the contract came about
    origin: NotRequired[Literal["direct", "match", "open", "pool", "listing", "auction"]]
    # the match, pool or listing it comes from
    origin_ref: NotRequired[str]
    # framework contract
    parent: NotRequired[str]
    # way of paying
    pay_mode: Literal[
        "free", "lump", "instalment", "deferred", "conditional", "milestone", "royalty",
        "entry_plus_royalty", "equity", "pending", "mixed", "other",
    ]
    # the pledgee has consented
    pledgee_consent: NotRequired[bool]
    # public programme it comes from
    program: NotRequired[Literal["national", "ministry", "province", "city_county", "none"]]
    # other numbers under which it is known
    refs: NotRequired[list[str]]
    # rounding; half_up by default
    round: NotRequired[Literal["half_up", "half_even", "down"]]
    # royalty terms
    royalty: NotRequired[RoyaltyTerm]
    # sellers or licensors; shares sum to 1,000,000
    sellers: list[PartyShare]
    # day of signing, YYYY-MM-DD
    sign_date: str
    # subtype of the contract
    subtype: NotRequired[Literal[
        "commissioned", "cooperative", "patent", "patent_application", "know_how", "other_ip",
        "general", "training", "intermediary",
    ]]
    # own labels: name = value
    tags: NotRequired[dict[str, str]]
    # technologies
    technologies: NotRequired[list[str]]
    # last day of the term, YYYY-MM-DD
    term_end: NotRequired[str]
    # first day of the term, YYYY-MM-DD
    term_start: str
    # territory
    territory: NotRequired[str]
    # title
    title: str
    # how firm the total is
    total_basis: Literal["fixed", "estimated", "undetermined"]
    # total; null or absent: not known yet, fen
    total_fen: NotRequired[int | None]
    # free trial
    trial: NotRequired[Trial]
    # type of contract
    type: Literal["development", "transfer", "license", "consulting", "service"]


class ContractSignedEvent(Envelope):
    type: Literal["contract.signed"]
    data: ContractSigned


class ContractSuspended(TypedDict):
    """Performance is suspended. (中止)"""

    # reason
    reason: NotRequired[str]


class ContractSuspendedEvent(Envelope):
    type: Literal["contract.suspended"]
    data: ContractSuspended


class ContractTerminated(TypedDict):
    """The contract is ended before its time. (解除)"""

    # ground
    basis: Literal["agreed", "breach", "force_majeure", "failure", "tech_public"]
    # party that ends it
    by: NotRequired[str]
    # day on which the contract ends, YYYY-MM-DD
    eff_date: str
    # day of the notice, YYYY-MM-DD
    notice_date: NotRequired[str]


class ContractTerminatedEvent(Envelope):
    type: Literal["contract.terminated"]
    data: ContractTerminated


class ContractTookEffect(TypedDict):
    """A signed contract takes effect. (生效)"""

    # reason
    reason: NotRequired[str]


class ContractTookEffectEvent(Envelope):
    type: Literal["contract.took_effect"]
    data: ContractTookEffect


class ContractVoided(TypedDict):
    """A court or body finds it void. (无效)"""

    # day of the ruling, YYYY-MM-DD
    date: str
    # ruling or decision
    ruling: str


class ContractVoidedEvent(Envelope):
    type: Literal["contract.voided"]
    data: ContractVoided
