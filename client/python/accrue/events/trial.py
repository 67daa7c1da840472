"""Events that begin with trial.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import ObligationTerm, RoyaltyTerm


class TrialConverted(TypedDict):
    """The licensee decides to pay and go on. (试用转正)"""

    # what the trial becomes
    into: NotRequired[Literal["license", "transfer"]]
    # sums that are owed
    obligations: NotRequired[list[ObligationTerm]]
    # the day it happened, YYYY-MM-DD
    on: str
    # way of paying
    pay_mode: Literal[
        "free", "lump", "instalment", "deferred", "conditional", "milestone", "royalty",
        "entry_plus_royalty", "equity", "pending", "mixed", "other",
    ]
    # royalty terms
    royalty: NotRequired[RoyaltyTerm]
    # total, fen
    total_fen: NotRequired[int]


class TrialConvertedEvent(Envelope):
    type: Literal["trial.converted"]
    data: TrialConverted


class TrialDeclined(TypedDict):
    """The licensee decides against it. (试用放弃)"""

    # the day it happened, YYYY-MM-DD
    on: str
    # reason
    reason: str
    # last day of use, YYYY-MM-DD
    stop_use_by: NotRequired[str]


class TrialDeclinedEvent(Envelope):
    type: Literal["trial.declined"]
    data: TrialDeclined


class TrialExtended(TypedDict):
    """The free trial is extended. (试用延长)"""

    # new last day, inclusive, YYYY-MM-DD
    new_end: str


class TrialExtendedEvent(Envelope):
    type: Literal["trial.extended"]
    data: TrialExtended


class TrialStarted(TypedDict):
    """The free trial starts. (试用开始)"""

    # last day, inclusive, YYYY-MM-DD
    end: str
    # first day, YYYY-MM-DD
    start: str


class TrialStartedEvent(Envelope):
    type: Literal["trial.started"]
    data: TrialStarted
