"""Events that begin with open_license.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import OpenRoyalty


class OpenLicenseAccepted(TypedDict):
    """A licensee accepts; this makes a contract. (接受开放许可)"""

    # id of the contract that this creates
    contract_id: str
    # licensee
    licensee: str
    # day of the notice, YYYY-MM-DD
    notice_date: str


class OpenLicenseAcceptedEvent(Envelope):
    type: Literal["open_license.accepted"]
    data: OpenLicenseAccepted


class OpenLicenseDeclared(TypedDict):
    """An open licence is offered to everybody. (开放许可声明)"""

    # how the open licence is paid
    fee_mode: Literal["fixed", "royalty", "entry_plus_royalty", "free"]
    # fixed fee, fen
    fixed_fen: NotRequired[int]
    # the pledgee has consented
    pledgee_consent: NotRequired[bool]
    # number of the evaluation report
    report_no: NotRequired[str]
    # declared royalty
    royalty: NotRequired[OpenRoyalty]
    # last day of the term, YYYY-MM-DD
    term_end: str


class OpenLicenseDeclaredEvent(Envelope):
    type: Literal["open_license.declared"]
    data: OpenLicenseDeclared


class OpenLicenseWithdrawn(TypedDict):
    """The offer ends; those who accepted keep their licence. (声明撤回)"""

    # day of the notice, YYYY-MM-DD
    notice_date: str


class OpenLicenseWithdrawnEvent(Envelope):
    type: Literal["open_license.withdrawn"]
    data: OpenLicenseWithdrawn
