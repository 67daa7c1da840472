"""Events that begin with need.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class NeedClosed(TypedDict):
    """The need is closed. (需求关闭)"""

    # reason
    reason: NotRequired[str]


class NeedClosedEvent(Envelope):
    type: Literal["need.closed"]
    data: NeedClosed


class NeedPublished(TypedDict):
    """Somebody looks for a technology. (需求发布)"""

    # open call with a bounty
    bounty: NotRequired[bool]
    # budget, fen
    budget_fen: NotRequired[int]
    # field of technology
    field: NotRequired[Literal[
        "electronics", "aerospace", "adv_manufacturing", "bio_medical", "new_materials",
        "new_energy", "environment", "nuclear", "agriculture", "transport", "urban_social",
    ]]
    # the party
    party: str
    # text
    text: str


class NeedPublishedEvent(Envelope):
    type: Literal["need.published"]
    data: NeedPublished
