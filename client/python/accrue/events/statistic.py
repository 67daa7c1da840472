"""Events that begin with statistic.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class StatisticPublished(TypedDict):
    """A figure that somebody published. (公布数据)"""

    # day of publication, YYYY-MM-DD
    at: NotRequired[str]
    # decimals of the published value
    decimals: int
    # what is counted: dimension = value
    filter: NotRequired[dict[str, str]]
    # what is measured
    metric: str
    # annual:2027, cumulative:2024-01-01..2027-12-31 or point:2027-12-31
    period: NotRequired[str]
    # source
    source: str
    # unit
    unit: NotRequired[str]
    # value without its decimal point
    value: int


class StatisticPublishedEvent(Envelope):
    type: Literal["statistic.published"]
    data: StatisticPublished
