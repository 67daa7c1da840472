"""Events that begin with milestone.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class MilestoneMissed(TypedDict):
    """A milestone is missed; what waits for it is extinguished. (里程碑未达成)"""

    # what proves it
    evidence: NotRequired[str]
    # id of the milestone; delivery, acceptance and first_sale are always known
    milestone: str
    # the day it happened, YYYY-MM-DD
    on: str


class MilestoneMissedEvent(Envelope):
    type: Literal["milestone.missed"]
    data: MilestoneMissed


class MilestoneReached(TypedDict):
    """A milestone is reached; what waits for it falls due. (里程碑达成)"""

    # what proves it
    evidence: NotRequired[str]
    # id of the milestone; delivery, acceptance and first_sale are always known
    milestone: str
    # the day it happened, YYYY-MM-DD
    on: str


class MilestoneReachedEvent(Envelope):
    type: Literal["milestone.reached"]
    data: MilestoneReached
