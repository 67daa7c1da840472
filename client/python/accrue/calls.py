"""What every connection can be asked, whatever it waits with. `_call` is the connection's: it gives
the answer, or something to await that does; what is made of an answer is `_then`."""

import dataclasses

from . import errors, wire
from .ids import event_id


@dataclasses.dataclass(frozen=True)
class Appended:
    """first, last   positions of the first and the last event of the request
    results       a map for each event: seq, agg_seq, dup, flags, hash (of a dry run: effects)
    events        what was sent, with the ids that were given to it
    figures       of a dry run: what of the accounts touched would change; else None
    """

    first: int
    last: int
    results: list
    events: list
    figures: list | None = None


def _given(**params):
    return {key: value for key, value in params.items() if value is not None}


def _with_ids(events):
    """The events of a request as they are sent; one may stand for itself."""
    one = isinstance(events, dict)
    batch = [events] if one else list(events)
    for event in batch:
        if not isinstance(event, dict):
            raise errors.make("BAD_PARAMS", f"an event is a map, not {type(event).__name__}")
    return [event if event.get("id") is not None else {**event, "id": event_id()}
            for event in batch]


class Calls:
    """Methods of PROTOCOL.md, part 4. `timeout` is in seconds, None for the connection's own."""

    _core: object

    def _call(self, method, params, timeout, then=None, events=None):
        raise NotImplementedError

    def call(self, method, params=None, *, timeout=None):
        """Any method by its name, with one map of parameters; gives the answer's map."""
        return self._call(method, wire.plain(params or {}), timeout)

    def append(self, events, *, dry=False, min_seq=None, timeout=None):
        """Append one event (a map) or a list of 1 to 1,000 as one atomic request; durable when it
        returns. An event without an `id` gets one, time-ordered; the same bytes are sent again
        after a lost connection, so that it is stored once. Gives an Appended.

        Rejected, Unavailable: nothing was stored. UnknownOutcome: append the error's `events`
        again, and the answer will say.
        """
        batch = wire.plain_events(_with_ids(events))
        params = _given(events=batch, dry=dry or None, min_seq=min_seq)
        return self._call("append", params, timeout, lambda answer: Appended(
            answer["first"], answer["last"], answer["results"], batch, answer.get("figures")),
                          batch)

    def query(self, projection, params=None, *, as_of=None, known_at=None, limit=None, after=None,
              min_seq=None, timeout=None):
        """The rows of a projection, as of a date and as known at a position or a time. It is asked
        to stand on at least the highest seq that this connection has seen, so that what was
        written is in what is read; `min_seq` asks for another one."""
        return self._call("query", self._question(
            projection, params, as_of=as_of, known_at=known_at, limit=limit, after=after,
            min_seq=min_seq), timeout)

    def explain(self, projection, key, params=None, *, as_of=None, known_at=None, limit=None,
                after=None, min_seq=None, timeout=None):
        """The events behind the figures of one row, by its `key`."""
        return self._call("explain", self._question(
            projection, params, key=key, as_of=as_of, known_at=known_at, limit=limit, after=after,
            min_seq=min_seq), timeout)

    def _question(self, projection, params, min_seq, **more):
        if min_seq is None:
            min_seq = self._core.highest_seq or None
        return wire.plain(_given(projection=projection, params=params, min_seq=min_seq, **more))

    def get(self, *, seq=None, id=None, timeout=None):
        """One event, by its seq or its id; Rejected with NOT_FOUND."""
        return self._call("get", wire.plain(_given(seq=seq, id=id)), timeout,
                          lambda answer: answer["events"][0])

    def read(self, start=None, *, to=None, limit=None, reverse=None, timeout=None, **filters):
        """Events in order of seq, a page: `events` and `next`, where to go on, or None. The filters
        are agg, types, effective, recorded, flags, actor."""
        return self._call("read", wire.plain({**_given(to=to, limit=limit, reverse=reverse),
                                              "from": start, **filters}), timeout)

    def status(self, *, timeout=None):
        return self._call("status", {}, timeout)

    def ping(self, *, timeout=None):
        """The daemon's time, in microseconds since 1970."""
        return self._call("ping", {}, timeout, lambda answer: answer["time"])

    # ---- positions ----

    @property
    def highest_seq(self):
        """The highest seq that any answer of this log has shown."""
        return self._core.highest_seq

    @property
    def log_id(self):
        return self._core.log_id

    def remember(self, log_id, seq):
        """What an earlier connection, or another process, has seen of a log: a daemon that greets
        with a lower head was restored from an old backup, and is sent nothing (CORRUPT)."""
        if self._core.log_id in ("", log_id):
            self._core.log_id = log_id
            self._core.highest_seq = max(self._core.highest_seq, seq)

    def accept_restored(self):
        """Go on with a log that was restored; what was seen before is forgotten."""
        self._core.accept_restored()
