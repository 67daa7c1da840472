"""Events that begin with party.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import PartyChanges


class PartyAccreditationEnded(TypedDict):
    """A qualification ends. (资质终止)"""

    # kind of qualification that ends
    kind: str
    # reason
    reason: NotRequired[str]


class PartyAccreditationEndedEvent(Envelope):
    type: Literal["party.accreditation_ended"]
    data: PartyAccreditationEnded


# A qualification begins. (资质认定)
PartyAccredited = TypedDict("PartyAccredited", {
    # first day, YYYY-MM-DD
    "from": str,
    # grade
    "grade": NotRequired[str],
    # tech_manager, transfer_body, broker, expert, patent_agency, poc_center,
    # open_innovation_center, assessor, registry or another
    "kind": str,
})


class PartyAccreditedEvent(Envelope):
    type: Literal["party.accredited"]
    data: PartyAccredited


class PartyMerged(TypedDict):
    """The party goes on as another; its id becomes an alias. (主体合并)"""

    # party that goes on
    survivor: str


class PartyMergedEvent(Envelope):
    type: Literal["party.merged"]
    data: PartyMerged


class PartyRegistered(TypedDict):
    """A party becomes known. (主体登记)"""

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
    # name; of a natural person: personal
    name: str
    # party that it belongs to
    parent: NotRequired[str]
    # the party; may be left out, agg holds it
    party_id: NotRequired[str]
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


class PartyRegisteredEvent(Envelope):
    type: Literal["party.registered"]
    data: PartyRegistered


class PartyUpdated(TypedDict):
    """Attributes of a party change from the effective date on. (主体变更)"""

    # attributes that change, at least one
    changed: PartyChanges
    # the party; may be left out, agg holds it
    party_id: NotRequired[str]


class PartyUpdatedEvent(Envelope):
    type: Literal["party.updated"]
    data: PartyUpdated
