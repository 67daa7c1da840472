"""Parts that several types of events have.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict


class AllocLine(TypedDict):
    """Part of the data of events."""

    # amount, fen
    amount_fen: int
    # number of the obligation with its owner
    no: int
    # owner of the obligation, kind/id; plain means contract
    owner: str


class Deduction(TypedDict):
    """Part of the data of events."""

    # amount, fen
    amount_fen: int
    # packing, freight, tax, advertising, trade discount or other
    kind: str


class Doc(TypedDict):
    """Part of the data of events."""

    # size of the paper
    bytes: NotRequired[int]
    # kind of paper: contract, certificate, receipt, report
    kind: NotRequired[str]
    # name
    name: NotRequired[str]
    # SHA-256 of the paper
    sha256: str


class Due(TypedDict):
    """Part of the data of events."""

    # day it counts from: date, sign, effective, term_end, delivery, acceptance, milestone:ID,
    # evaluation, trial_end, convert, period_end, statement
    base: str
    # the day, with base date, YYYY-MM-DD; required if base is date
    date: NotRequired[str]
    # number of units after the base
    n: NotRequired[int]
    # what a day off does; following by default
    roll: NotRequired[Literal["following", "none"]]
    # d, m or y; d by default
    unit: NotRequired[Literal["d", "m", "y"]]


class Effect(TypedDict):
    """Part of the data of events."""

    # day by which it should be evaluated, YYYY-MM-DD
    by: NotRequired[str]
    # what must be reached
    criterion: str
    # who evaluates
    evaluator: NotRequired[str]


class LateTerm(TypedDict):
    """Part of the data of events."""

    # what a payment takes first; interest_first by default
    alloc: NotRequired[Literal["interest_first", "principal_first"]]
    # late interest a year, simple, ppm
    annual_ppm: NotRequired[int]
    # upper limit of late interest, share of the scheduled amount, ppm
    cap_ppm_of_principal: NotRequired[int]
    # late interest a day, simple, ppm
    daily_ppm: NotRequired[int]
    # days of a year for annual rates
    day_count: NotRequired[Literal["act365", "act360"]]
    # late interest as a multiple of the one-year loan prime rate; 1,500,000 = 1.5 times, ppm
    lpr_x_ppm: NotRequired[int]


class Milestone(TypedDict):
    """Part of the data of events."""

    # what must be reached
    criterion: NotRequired[str]
    # planned day, YYYY-MM-DD
    due: NotRequired[str]
    # id of the milestone
    id: str
    # title
    title: NotRequired[str]


class MoneyLine(TypedDict):
    """Part of the data of events."""

    # amount, fen
    amount_fen: int
    # the party
    party: str


class ObligationRef(TypedDict):
    """Part of the data of events."""

    # number of the obligation with its owner
    no: int
    # owner of the obligation, kind/id; plain means contract
    owner: str


class ObligationTerm(TypedDict):
    """Part of the data of events."""

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


class ObligationChanges(TypedDict):
    """Part of the data of events."""

    # new obligations
    add: NotRequired[list[ObligationTerm]]
    # numbers of obligations that are cancelled
    cancel: NotRequired[list[int]]
    # obligations with new terms, by number
    replace: NotRequired[list[ObligationTerm]]


class OpenRoyalty(TypedDict):
    """Part of the data of events."""

    # what the rate applies to
    base: Literal["units", "gross_sales", "net_sales", "new_output", "profit"]
    # rate, ppm
    rate_ppm: int


class PartyChanges(TypedDict):
    """Part of the data of events."""

    # other names, former names
    aliases: NotRequired[list[str]]
    # country code, three digits; 156 is China
    country: NotRequired[str]
    # recognised high-tech enterprise
    hi_tech: NotRequired[bool]
    # kind of party, where the legal code is not known
    kind: NotRequired[Literal[
        "gov", "institute", "university", "medical", "inst_other", "assoc", "ent_domestic",
        "ent_hmt", "ent_foreign", "ind_business", "natural", "overseas_org",
    ]]
    # legal code of the registration form, three digits
    legal_code: NotRequired[str]
    # name
    name: NotRequired[str]
    # party that it belongs to
    parent: NotRequired[str]
    # six digits of GB/T 2260; 000000 abroad
    region: NotRequired[str]
    # size of the enterprise
    size: NotRequired[Literal["large", "medium", "small", "micro"]]
    # technology-based small or medium enterprise
    sme_tech: NotRequired[bool]
    # staff number
    staff_no: NotRequired[str]
    # unified social credit code, 18 characters
    uscc: NotRequired[str]
    # development zone
    zone: NotRequired[str]


class PartyShare(TypedDict):
    """Part of the data of events."""

    # the party
    party: str
    # share, ppm
    share_ppm: int


class Period(TypedDict):
    """Part of the data of events."""

    # last day, inclusive, YYYY-MM-DD
    end: str
    # first day, YYYY-MM-DD
    start: str


# Part of the data of events.
PolicyChanges = TypedDict("PolicyChanges", {
    # who is paid by the insurer
    "beneficiary": NotRequired[str],
    # contracts covered
    "contracts": NotRequired[list[str]],
    # share of the loss that is paid, ppm
    "cover_ppm": NotRequired[int],
    # loss that the insured bears, fen
    "deductible_fen": NotRequired[int],
    # first day, YYYY-MM-DD
    "from": NotRequired[str],
    # insured parties
    "insured": NotRequired[list[str]],
    # premium, fen
    "premium_fen": NotRequired[int],
    # premium borne by a public body, fen
    "subsidy_fen": NotRequired[int],
    # sum insured, fen
    "sum_fen": NotRequired[int],
    # technologies
    "technologies": NotRequired[list[str]],
    # last day, inclusive, YYYY-MM-DD
    "to": NotRequired[str],
})


class TechnologyChanges(TypedDict):
    """Part of the data of events."""

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
    # number of the patent or application
    patent_no: NotRequired[str]
    # public programme it comes from
    program: NotRequired[Literal["national", "ministry", "province", "city_county", "none"]]
    # project it comes from
    project: NotRequired[str]
    # title
    title: NotRequired[str]
    # technology readiness level, 1 to 9
    trl: NotRequired[int]


class Tier(TypedDict):
    """Part of the data of events."""

    # royalty a unit, fen
    per_unit_fen: NotRequired[int]
    # rate, ppm
    rate_ppm: NotRequired[int]
    # upper end of the tier; null: no end, fen
    upto_fen: NotRequired[int | None]


class RoyaltyTerm(TypedDict):
    """Part of the data of events."""

    # what the rate applies to
    base: Literal["units", "gross_sales", "net_sales", "new_output", "profit"]
    # upper limit of all royalties, fen
    cap_life_fen: NotRequired[int]
    # upper limit of a contract year, fen
    cap_year_fen: NotRequired[int]
    # the entry fee counts against royalties
    entry_creditable: NotRequired[bool]
    # minimum royalty of a contract year, fen
    min_year_fen: NotRequired[int]
    # days from statement to payment
    pay_days: NotRequired[int]
    # period of a report
    period: Literal["month", "quarter", "half", "year"]
    # days from period end to report
    report_days: NotRequired[int]
    # over what tiers add up; contract_year by default
    tier_scope: NotRequired[Literal["contract_year", "period", "lifetime"]]
    # tiers, upwards
    tiers: NotRequired[list[Tier]]
    # rates by contract year, rising or falling, ppm
    year_rates_ppm: NotRequired[list[int]]


class Trial(TypedDict):
    """Part of the data of events."""

    # last day, inclusive, YYYY-MM-DD
    end: NotRequired[str]
    # what silence at the end means; pending by default
    on_silence: NotRequired[Literal["pending", "convert", "decline"]]
    # first day, YYYY-MM-DD
    start: NotRequired[str]


class ContractChanges(TypedDict):
    """Part of the data of events."""

    # number printed on the contract
    contract_no: NotRequired[str]
    # department that handles it
    department: NotRequired[str]
    # expected effect on which a fee depends
    effect: NotRequired[Effect]
    # field of technology
    field: NotRequired[Literal[
        "electronics", "aerospace", "adv_manufacturing", "bio_medical", "new_materials",
        "new_energy", "environment", "nuclear", "agriculture", "transport", "urban_social",
    ]]
    # kind of licence; ordinary when silent
    grant: NotRequired[Literal["exclusive", "sole", "ordinary", "cross", "open", "pool"]]
    # guarantors
    guarantors: NotRequired[list[str]]
    # kind of intellectual property
    ip_kind: NotRequired[Literal[
        "none", "know_how", "invention", "utility_model", "design", "software", "ic_layout",
        "plant_variety", "bio_medicine", "patent_application", "other",
    ]]
    # late interest; absent: none
    late: NotRequired[LateTerm]
    # milestones of the contract
    milestones: NotRequired[list[Milestone]]
    # what happens to later dues when the right is invalidated
    on_invalid: NotRequired[Literal["stop", "survive"]]
    # who operates it
    operator: NotRequired[str]
    # framework contract
    parent: NotRequired[str]
    # way of paying
    pay_mode: NotRequired[Literal[
        "free", "lump", "instalment", "deferred", "conditional", "milestone", "royalty",
        "entry_plus_royalty", "equity", "pending", "mixed", "other",
    ]]
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
    term_start: NotRequired[str]
    # territory
    territory: NotRequired[str]
    # title
    title: NotRequired[str]
    # how firm the total is
    total_basis: NotRequired[Literal["fixed", "estimated", "undetermined"]]
    # total, fen
    total_fen: NotRequired[int]
    # free trial
    trial: NotRequired[Trial]
    # type of contract
    type: NotRequired[Literal["development", "transfer", "license", "consulting", "service"]]
