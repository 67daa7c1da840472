"""Events that begin with system.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, TypedDict

from .envelope import Envelope


class SystemLoadEnded(TypedDict):
    """Bulk loading is over for good. (导入结束)"""



class SystemLoadEndedEvent(Envelope):
    type: Literal["system.load_ended"]
    data: SystemLoadEnded


class SystemRulesAdopted(TypedDict):
    """A set of rules is adopted. (规则启用)"""

    # number of the rules
    rules: int


class SystemRulesAdoptedEvent(Envelope):
    type: Literal["system.rules_adopted"]
    data: SystemRulesAdopted


class SystemStarted(TypedDict):
    """The daemon started. (系统启动)"""

    # release of the daemon
    release: str
    # number of the rules
    rules: int


class SystemStartedEvent(Envelope):
    type: Literal["system.started"]
    data: SystemStarted
