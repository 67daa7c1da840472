"""What every event has besides the data of its type (PROTOCOL.md, part 5)."""

from typing import Any, NotRequired, TypedDict

from .shapes import Doc


class Envelope(TypedDict):
    """`type` and `data` are those of the event; an `id` that is not there is given by append()."""

    id: NotRequired[str | None]
    ver: NotRequired[int]
    agg: str
    effective: NotRequired[str]
    actor: NotRequired[str]
    docs: NotRequired[list[Doc]]
    corr: NotRequired[str]
    cause: NotRequired[str]
    corrects: NotRequired[str]
    expect: NotRequired[int]
    private: NotRequired[dict[str, Any]]


class StoredEvent(TypedDict):
    """What is answered. `recorded` is in microseconds since 1970, UTC."""

    id: str
    type: str
    ver: int
    agg: str
    data: dict[str, Any]
    effective: str
    actor: NotRequired[str]
    docs: NotRequired[list[Doc]]
    corr: NotRequired[str]
    cause: NotRequired[str]
    corrects: NotRequired[str]
    seq: int
    agg_seq: int
    recorded: int
    by: str
    flags: list[str]
    rules: int
    effects: list[Any]
    touches: list[Any]
    hash: bytes
