"""Events that begin with note.

Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from typing import Literal, NotRequired, TypedDict

from .envelope import Envelope
from .shapes import Doc


class NoteAdded(TypedDict):
    """A note, without effect. (备注)"""

    # papers, by hash
    docs: NotRequired[list[Doc]]
    # the note
    text: str


class NoteAddedEvent(Envelope):
    type: Literal["note.added"]
    data: NoteAdded
