"""Events that begin with reward.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import MoneyLine


class RewardPaid(TypedDict):
    """Inventors share in the income. (奖酬金)"""

    # the contract
    contract: NotRequired[str]
    # form of the reward
    form: NotRequired[Literal["cash", "equity"]]
    # who gets how much
    lines: list[MoneyLine]
    # net income of the conversion, fen
    net_income_fen: int


class RewardPaidEvent(Envelope):
    type: Literal["reward.paid"]
    data: RewardPaid
