"""Events that begin with usage.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import Deduction


class UsageReported(TypedDict):
    """Use or sales of a period are reported. (使用报告)"""

    # base of the period before deductions, fen
    base_fen: NotRequired[int]
    # deductions that the contract allows
    deductions: NotRequired[list[Deduction]]
    # last day of the period, YYYY-MM-DD
    period_end: str
    # first day of the period, YYYY-MM-DD
    period_start: str
    # number of units
    units: NotRequired[int]


class UsageReportedEvent(Envelope):
    type: Literal["usage.reported"]
    data: UsageReported
