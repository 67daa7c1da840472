"""The client without I/O: requests in flight, the greeting, sending again, tails.

  L1  Every accepted request is finished exactly once, with a result or an error.
  L2  Requests are sent in the order of asking, and again in that order after a connection was lost,
      byte for byte the same: an append's ids make the second one a dup.
  L3  The greeting is answered before anything else is sent: a log that was restored from an old
      backup is sent nothing, and every error comes as a map.
  L4  Credit of a tail is given back when half of it is used; after a lost connection the tail is
      asked for again from the first event that was not taken: none is skipped, none comes twice.
"""

import collections

import msgpack

from . import errors, wire

UNANSWERED_MAX = 1024
UNANSWERED_BYTES_MAX = 64 << 20
NEVER_AGAIN = frozenset(["tail", "tail.credit", "tail.stop", "rebuild", "verify", "load.end"])
APPENDING = frozenset(["append", "load", "load.end"])


class Request:
    def __init__(self, number, method, params):
        self.number = number
        self.method = method
        self.message = wire.request(number, method, params)
        self.dry = params.get("dry") is True
        self.appends = method in APPENDING and not self.dry
        self.tail = None  # the tail that asks, again on every connection
        self.connection = None  # on which it was sent last
        self.done = False
        self.result = None
        self.error = None
        self.on_done = None

    def finish(self, result=None, error=None):
        self.done = True
        self.result = result
        self.error = error
        if self.on_done is not None:
            self.on_done(self)


class TailState:
    """One tail: what came and was not taken, and where to go on."""

    def __init__(self, number, start, credit, params):
        self.number = number
        self.next = start  # a seq, "first" or "head"
        self.credit = credit
        self.params = params
        self.events = collections.deque()  # (event, where to go on after it)
        self.owed = 0
        self.live = False
        self.request = None  # unanswered
        self.error = None
        self.on_change = None

    def changed(self):
        if self.on_change is not None:
            self.on_change()

    def came(self, events, after):
        self.events.extend((event, event["seq"] + 1) for event in events[:-1])
        self.events.extend((event, after) for event in events[-1:])
        if not self.events:
            self.next = after  # what lies between did not pass the filter

    def take(self):
        """The oldest event that came; there must be one."""
        event, self.next = self.events.popleft()
        self.owed += 1
        return event


class Core:
    def __init__(self, name, language):
        self.greeting = {"client": name, "errors": "map", "lang": language, "proto": 1}
        self.out = bytearray()
        self.unanswered = {}  # by number, in the order of asking
        self._bytes = 0  # of them
        self.tails = {}
        self.connection = 0
        self.connected = False
        self.hello = None  # the answer
        self.hello_error = None
        self.highest_seq = 0
        self.log_id = ""
        self.restored = False
        self.progress = 0  # answers and notifications so far
        self._held = None  # the answer to the greeting of a log that was restored
        self._hello_number = None
        self._last_number = 0  # 0 is the daemon's, for errors of no request
        self._last_tail = 0
        self._unpacker = wire.unpacker()

    # ---- asking ----

    def _number(self):
        self._last_number = self._last_number % 0xFFFFFFFF + 1
        return self._last_number

    def request(self, method, params, tail=None, on_done=None):
        """Take a request; `params` is plain. Raises what forbids to send it at all."""
        if self.restored:
            raise self._restored_error()
        request = Request(self._number(), method, params)
        size = self._bytes + len(request.message)
        if tail is None and (len(self.unanswered) >= UNANSWERED_MAX or size > UNANSWERED_BYTES_MAX):
            raise errors.make("OVERLOADED", f"{len(self.unanswered)} requests and "
                                            f"{self._bytes} bytes are unanswered")
        request.tail = tail
        request.on_done = on_done
        self.unanswered[request.number] = request
        self._bytes = size
        if self.hello is not None:
            self._send(request)
        return request

    def _send(self, request):
        request.connection = self.connection
        self.out += request.message

    def give_up(self, request, why):
        """Its time is over: finished as what is known of it."""
        if self._remove(request.number) is not None:
            request.finish(error=self._unanswered_error(request, why))

    def forget(self, request):
        """Nobody waits for it any more."""
        self._remove(request.number)

    def _remove(self, number):
        request = self.unanswered.pop(number, None)
        if request is not None:
            self._bytes -= len(request.message)
        return request

    @staticmethod
    def _unanswered_error(request, why):
        sent = request.appends and request.connection is not None
        return errors.make("UNKNOWN_OUTCOME" if sent else "UNAVAILABLE", why)

    def tail(self, start, credit, params):
        self._last_tail += 1
        tail = TailState(self._last_tail, start, credit, params)
        self.ask_tail(tail)
        self.tails[tail.number] = tail
        return tail

    def ask_tail(self, tail):
        tail.events.clear()
        tail.owed = 0
        tail.live = False
        tail.request = self.request("tail", {**tail.params, "from": tail.next, "sub": tail.number,
                                             "credit": tail.credit}, tail, self._tail_answered)

    def _tail_answered(self, request):
        tail = request.tail
        tail.request = None
        if request.error is not None:
            tail.error = request.error
        elif isinstance(tail.next, str):
            tail.next = request.result["from"]
        tail.changed()

    def give_credit(self, tail):
        """Call after take(); answered by nothing."""
        if tail.owed * 2 >= tail.credit and self.hello is not None and tail.error is None:
            self.out += wire.notification("tail.credit", {"sub": tail.number, "n": tail.owed})
            tail.owed = 0

    def stop_tail(self, tail):
        if self.tails.pop(tail.number, None) is None:
            return
        if tail.request is not None:
            self.forget(tail.request)
        if self.hello is not None:
            self.out += wire.notification("tail.stop", {"sub": tail.number})

    # ---- the connection ----

    def up(self):
        """The transport is there."""
        self.connection += 1
        self.connected = True
        self._unpacker = wire.unpacker()
        self._hello_number = self._number()
        self.out[:] = wire.request(self._hello_number, "hello", self.greeting)

    def down(self):
        """The transport is gone. What may be sent again waits for the next one."""
        self.connected = False
        self.hello = None
        self.out.clear()
        for request in list(self.unanswered.values()):
            if (request.method in NEVER_AGAIN and request.tail is None
                    and request.connection is not None):
                self.give_up(request, "connection lost")

    def feed(self, data):
        """Bytes of the daemon. ValueError if they are not of the protocol: close the connection."""
        try:
            self._unpacker.feed(data)
            for message in self._unpacker:
                self._message(message)
        except (msgpack.UnpackException, msgpack.BufferFull, TypeError, AttributeError,
                LookupError) as error:
            raise ValueError(f"not an answer of the protocol: {error!r}") from error

    def _message(self, message):
        if not isinstance(message, list) or not message:
            raise ValueError("a message that is not an array")
        if message[0] == 1 and len(message) == 4:
            self._answer(*message[1:])
        elif message[0] == 2 and len(message) == 3:
            self.progress += 1
            self._notification(message[1], message[2])
        else:
            raise ValueError("a message of an unknown kind")

    def _answer(self, number, error, result):
        if number == self._hello_number:
            self._hello_number = None
            self._greeted(error, result)
            return
        if number == 0:
            raise ValueError(errors.read(error))
        request = self._remove(number)
        if request is None:
            return  # its time was over before
        self.progress += 1
        if error is not None:
            request.finish(error=errors.read(error))
            return
        if not request.dry:  # its positions are of what was not stored
            self._see(*(result.get(key) for key in ("last", "at", "head")))
        request.finish(result=result)

    def _see(self, *positions):
        for seq in positions:
            if isinstance(seq, int) and seq > self.highest_seq:
                self.highest_seq = seq

    def _greeted(self, error, hello):
        if error is not None:
            self.hello_error = errors.read(error)
            raise ValueError(self.hello_error)
        if hello["log_id"] != self.log_id:
            self.log_id = hello["log_id"]
            self.highest_seq = 0  # another log: what was seen of the old one says nothing
        self.restored = hello["at"] < self.highest_seq
        if self.restored:
            self._held = hello
            self._refuse_restored()
        else:
            self._begin(hello)

    def _begin(self, hello):
        self._see(hello["at"])
        self.hello = hello
        for tail in self.tails.values():
            if tail.request is None and tail.error is None:
                self.ask_tail(tail)
        for request in self.unanswered.values():
            if request.connection != self.connection:
                self._send(request)

    @staticmethod
    def _restored_error(kind=errors.Rejected):
        return kind("CORRUPT",
                    "the log's head is lower than an answer seen before: it was restored")

    def _refuse_restored(self):
        """What was sent before may stand in the log that is gone."""
        for request in list(self.unanswered.values()):
            self._remove(request.number)
            sent = request.appends and request.connection is not None
            request.finish(error=self._restored_error(
                errors.UnknownOutcome if sent else errors.Rejected))
        for tail in self.tails.values():
            tail.error = self._restored_error()
            tail.changed()

    def accept_restored(self):
        """Go on with a log that was restored; what was seen before is forgotten."""
        if not self.restored:
            return
        self.restored = False
        self.highest_seq = 0
        if self.connected:
            self._begin(self._held)

    def _notification(self, method, params):
        if method not in ("tail.events", "tail.live", "tail.end"):
            return
        if method == "tail.events":
            self._see(params[2] - 1)
        elif method == "tail.live":
            self._see(params[1])
        tail = self.tails.get(params[0])
        if tail is None or tail.error is not None:
            return
        if method == "tail.events":
            tail.came(params[1], params[2])
        elif method == "tail.live":
            tail.live = True
            tail.came([], params[1] + 1)
        else:
            tail.error = errors.make(params[1], "the daemon ended the tail")
        tail.changed()
