"""Events that begin with venture.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope


class VentureFounded(TypedDict):
    """A venture is founded on a technology. (企业设立)"""

    # the company
    company: str
    # natural persons who found it
    founders: NotRequired[list[str]]
    # technologies
    technologies: NotRequired[list[str]]


class VentureFoundedEvent(Envelope):
    type: Literal["venture.founded"]
    data: VentureFounded
