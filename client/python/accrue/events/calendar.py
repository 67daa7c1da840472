"""Events that begin with calendar.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, TypedDict

from .envelope import Envelope


class CalendarDayMarked(TypedDict):
    """A day is a holiday, or a working day in spite of the weekend. (日历标记)"""

    # the day, YYYY-MM-DD
    day: str
    # holiday or workday
    kind: Literal["holiday", "workday"]


class CalendarDayMarkedEvent(Envelope):
    type: Literal["calendar.day_marked"]
    data: CalendarDayMarked
