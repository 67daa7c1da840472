"""Events that begin with target.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class TargetRevised(TypedDict):
    """A target is revised. (调整目标)"""

    # the target; may be left out, agg holds it
    target_id: NotRequired[str]
    # value
    value: int


class TargetRevisedEvent(Envelope):
    type: Literal["target.revised"]
    data: TargetRevised


class TargetSet(TypedDict):
    """A target is set. (设定目标)"""

    # figure at the start of the period
    baseline: NotRequired[int]
    # when the target is met
    comparator: Literal["gt", "ge", "lt", "le"]
    # what is counted: dimension = value
    filter: NotRequired[dict[str, str]]
    # what is measured
    metric: str
    # annual:2027, cumulative:2024-01-01..2027-12-31 or point:2027-12-31
    period: str
    # the target; may be left out, agg holds it
    target_id: NotRequired[str]
    # unit
    unit: NotRequired[str]
    # value
    value: int


class TargetSetEvent(Envelope):
    type: Literal["target.set"]
    data: TargetSet
