"""Blocking calls on one connection.

  Y1  A lost connection is made again while the call has time, after pauses that grow until
      something is answered; the core sends the unanswered requests again.
  Y2  Every wait has a deadline; nothing is retried for ever.
  Y3  A connection belongs to one thread at a time.
"""

import errno
import select
import socket
import time

from . import address, errors, wire
from .calls import Calls
from .core import Core

TIMEOUT = 30.0
PAUSE_FIRST = 0.01
PAUSE_MAX = 1.0
CHUNK = 1 << 18
CREDIT = 1024


def pause_after(failures):
    """Seconds to wait after so many attempts that led to nothing."""
    return min(PAUSE_FIRST * 2 ** min(failures, 10), PAUSE_MAX)


class Connection(Calls):
    """Connect to `url` (default: ACCRUE_URL, else the standard socket). Unavailable if nobody
    answers there; later on, a lost connection is made again by itself.

    timeout   seconds that a call may take, unless it says otherwise
    language  "en" or "zh", of messages and labels
    """

    def __init__(self, url=None, *, timeout=TIMEOUT, language="en", name="accrue-python"):
        self.url = url or address.default()
        self.timeout = timeout
        self._family, self._address = address.parse(self.url)
        self._core = Core(name, language)
        self._socket = None
        self._failures = 0
        self._retry_at = 0.0
        self._closed = False
        self._was_up = False
        deadline = time.monotonic() + timeout
        try:
            while self._core.hello is None:
                if self._failures > 0:
                    raise self._no_connection("no greeting")
                if not self._turn(deadline):
                    raise self._no_connection("no greeting in time")
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._closed = True
        if self._socket is not None:
            self._socket.close()
            self._socket = None
            self._core.down()

    # ---- one turn: connect, write, read ----

    def _no_connection(self, reason):
        return self._core.hello_error or errors.make("UNAVAILABLE", f"{self.url}: {reason}")

    def _failed(self):
        self._retry_at = time.monotonic() + pause_after(self._failures)
        self._failures += 1

    def _drop(self):
        self._socket.close()
        self._socket = None
        self._core.down()
        self._failed()

    def _connect(self, deadline):
        """Make the connection; Unavailable when there is no time left."""
        reason = "connection lost"
        while self._socket is None:
            now = time.monotonic()
            if now < self._retry_at:
                time.sleep(max(min(self._retry_at, deadline) - now, 0))
                if self._retry_at >= deadline:
                    raise self._no_connection(reason)
            made = socket.socket(self._family, socket.SOCK_STREAM)
            try:
                if self._family != socket.AF_UNIX:
                    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                made.settimeout(max(deadline - time.monotonic(), 0.001))
                made.connect(self._address)
                made.setblocking(False)
            except OSError as error:
                made.close()
                reason = error.strerror or str(error)
                if not self._was_up and error.errno != errno.EAGAIN:
                    raise self._no_connection(reason) from error  # nobody is waited for
                self._failed()
                continue
            self._socket = made
            self._was_up = True
            self._core.up()

    def _turn(self, deadline):
        """Write and read once. False when the time is over."""
        if self._closed:
            raise errors.make("UNAVAILABLE", "the connection is closed")
        self._connect(deadline)
        out = self._core.out
        poll = select.poll()
        poll.register(self._socket, select.POLLIN | (select.POLLOUT if out else 0))
        left = deadline - time.monotonic()
        ready = poll.poll(max(left, 0) * 1000)
        if not ready:
            return left > 0
        events = ready[0][1]
        try:
            if events & select.POLLOUT and out:
                sent = self._socket.send(out)
                del out[:sent]
            if events & ~select.POLLOUT:
                self._receive()
        except BlockingIOError:
            pass
        except (OSError, ValueError):
            self._drop()
            if self._core.hello_error is not None:
                raise self._core.hello_error from None
        return True

    def _receive(self):
        data = self._socket.recv(CHUNK)
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "closed")
        progress = self._core.progress
        self._core.feed(data)
        if self._core.progress != progress:
            self._failures = 0  # Y1

    def _notice(self):
        """What came meanwhile, above all the end: what is asked next then waits for a connection
        instead of being lost with this one."""
        if self._socket is None:
            return
        try:
            self._receive()
        except BlockingIOError:
            pass
        except (OSError, ValueError):
            self._drop()

    # ---- calls ----

    def _call(self, method, params, timeout, then=None, events=None):
        deadline = time.monotonic() + (self.timeout if timeout is None else timeout)
        try:
            self._notice()
            request = self._core.request(method, params)
            self._wait(request, deadline)
            if request.error is not None:
                raise request.error
        except errors.Error as error:
            error.events = events
            raise
        return request.result if then is None else then(request.result)

    def _wait(self, request, deadline):
        try:
            while not request.done:
                if not self._turn(deadline) and not request.done:
                    self._core.give_up(request, "no answer in time")
        except errors.Error as error:
            if not request.done:
                self._core.give_up(request, error.message)
        finally:
            self._core.forget(request)

    # ---- following the log ----

    def tail(self, start=1, *, follow=True, credit=CREDIT, timeout=None, **filters):
        """Follow the log from a seq, "first" or "head" on: an iterator of events, a Tail. With
        `follow=False` it ends where the log ends. The filters are those of read()."""
        return Tail(self, start, follow, credit, timeout, wire.plain(filters))


class Tail:
    """Iterates over events, none skipped and none twice, also over lost connections. The iterator
    waits for ever for an event, and for a lost connection as long as the connection's time-out;
    after an Unavailable it may be asked again."""

    def __init__(self, connection, start, follow, credit, timeout, filters):
        self._connection = connection
        self._core = connection._core
        self._follow = follow
        deadline = time.monotonic() + (connection.timeout if timeout is None else timeout)
        self._state = self._core.tail(start, credit, filters)
        request = self._state.request
        connection._wait(request, deadline)
        if request.error is not None:
            self.close()
            raise request.error

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __iter__(self):
        return self

    @property
    def position(self):
        """The seq to go on from, here or in another process: what lies before it was taken."""
        return self._state.next

    @property
    def live(self):
        """Everything that was stored when the tail began has been taken."""
        return self._state.live and not self._state.events

    def close(self):
        self._core.stop_tail(self._state)

    def next(self, timeout):
        """The next event, or None when there is none within so many seconds."""
        return self._next(time.monotonic() + timeout)

    def _next(self, deadline, until_live=False):
        state = self._state
        while not state.events:
            if state.error is not None:
                raise state.error
            if until_live and state.live:
                return None
            patience = time.monotonic() + self._connection.timeout
            if not self._connection._turn(patience if deadline is None else deadline):
                if deadline is not None:
                    return None
        event = state.take()
        self._core.give_credit(state)
        return event

    def __next__(self):
        event = self._next(None, not self._follow)
        if event is None:
            raise StopIteration
        return event
