"""Events that begin with effect.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class EffectEvaluated(TypedDict):
    """The agreed effect is judged. (效果评价)"""

    # how the verdict came about
    basis: NotRequired[Literal["tested", "agreed", "adjudged", "deemed_159"]]
    # who evaluates
    evaluator: str
    # the day it happened, YYYY-MM-DD
    on: str
    # share that counts as reached, ppm; required if verdict is partial
    share_ppm: NotRequired[int]
    # verdict
    verdict: Literal["reached", "not_reached", "partial"]


class EffectEvaluatedEvent(Envelope):
    type: Literal["effect.evaluated"]
    data: EffectEvaluated
