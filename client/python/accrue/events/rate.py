"""Events that begin with rate.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, TypedDict

from .envelope import Envelope


# A rate holds from a day on. (利率汇率)
RatePublished = TypedDict("RatePublished", {
    # first day, YYYY-MM-DD
    "from": str,
    # lpr_1y, or fx: and a currency
    "kind": str,
    # rate in ppm; exchange rates: CNY a main unit, ppm
    "value_ppm": int,
})


class RatePublishedEvent(Envelope):
    type: Literal["rate.published"]
    data: RatePublished
