"""What can go wrong, in three kinds that say what became of what was sent."""

# DISK_FULL, LOG_FULL and READ_ONLY stored nothing either, but last until an operator acts.
LATER = frozenset(["RATE_LIMITED", "OVERLOADED", "DEADLINE_EXCEEDED", "UNAVAILABLE"])


class Error(Exception):
    """Any failure.

    code      the code of PROTOCOL.md, part 3: "E_SELF_DEAL", "OVERLOADED"; read this, not the text
    message   for people, in the language of the connection
    index     the event of the request that is meant, from 0; or None
    field     path of the field that is meant: "data.obligations[1].amount_fen"; or None
    state     the state that forbids it; or None
    legal     what would be legal there, a list of texts
    events    of an append: what was sent, with the ids that were given to it; else None
    """

    def __init__(self, code, message="", *, index=None, field=None, state=None, legal=()):
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.index = index
        self.field = field
        self.state = state
        self.legal = list(legal)
        self.events = None

    def __str__(self):
        text = self.code
        if self.index is not None:
            text += f" index={self.index}"
        if self.field:
            text += f" field={self.field}"
        text += f": {self.message}" if self.message else ""
        return text + (f" ({self.state})" if self.state else "")


class Rejected(Error):
    """Certainly not stored, and sending it again changes nothing."""


class Unavailable(Error):
    """Certainly not stored; it may work later."""


class UnknownOutcome(Error):
    """It may be stored: append `events` again, unchanged, and the answer will say."""


def make(code, message="", **more):
    """The error of a code, of its kind."""
    if code == "UNKNOWN_OUTCOME":
        kind = UnknownOutcome
    else:
        kind = Unavailable if code in LATER else Rejected
    return kind(code, message, **more)


def read(error):
    """The error of an answer: a map after the greeting, text before."""
    if not isinstance(error, dict):
        text = str(error)
        code = text.split(" ", 1)[0].rstrip(":")
        return make(code, text[len(code):].lstrip(": "))
    code = error.get("code")
    if not isinstance(code, str):
        return Rejected("INTERNAL", "an error without a code")
    if code == "UNKNOWN_OUTCOME":
        kind = UnknownOutcome
    else:
        kind = Unavailable if error.get("retry") is True else Rejected
    legal = error.get("legal")
    return kind(code, str(error.get("message") or ""), index=error.get("index"),
                field=error.get("field"), state=error.get("state"),
                legal=legal if isinstance(legal, list) else ())
