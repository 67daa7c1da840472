"""The same for asyncio: many requests may be under way on one connection.

One task holds the transport. It makes a lost connection again while anybody waits for an answer or
a tail is open, after pauses that grow until something is answered; the core sends the unanswered
requests again. A connection belongs to one event loop.
"""

import asyncio
import socket

from . import address, errors, wire
from .calls import Calls
from .core import Core
from .sync import CHUNK, CREDIT, TIMEOUT, pause_after


class Connection(Calls):
    """As accrue.Connection; made by connect(). Every call gives something to await."""

    def __init__(self, url, timeout, language, name):
        self.url = url or address.default()
        self.timeout = timeout
        self._family, self._address = address.parse(self.url)
        self._core = Core(name, language)
        self._writer = None
        self._task = None
        self._wanted = asyncio.Event()  # somebody waits for an answer or an event
        self._flushing = False
        self._ready = None  # a future: the first greeting
        self._failures = 0
        self._closed = False

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.close()

    async def close(self):
        self._closed = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for request in list(self._core.unanswered.values()):
            self._core.give_up(request, "the connection is closed")
        for tail in list(self._core.tails.values()):
            tail.error = tail.error or errors.make("UNAVAILABLE", "the connection is closed")
            tail.changed()

    # ---- the transport ----

    async def _open(self):
        self._ready = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run())
        try:
            async with asyncio.timeout(self.timeout):
                await self._ready
        except TimeoutError:
            raise errors.make("UNAVAILABLE", f"{self.url}: no greeting in time") from None

    async def _run(self):
        while True:
            try:
                reader = await self._connect()
                self._core.up()
                self._flush()
                await self._receive(reader)
                reason = "closed"
            except (OSError, ValueError) as error:
                reason = str(error)
            finally:
                if self._writer is not None:
                    self._writer.close()
                    self._writer = None
                self._core.down()
            if not self._ready.done():  # the first time nobody is waited for
                self._ready.set_exception(self._core.hello_error or errors.make(
                    "UNAVAILABLE", f"{self.url}: {reason}"))
                return
            await asyncio.sleep(pause_after(self._failures))
            self._failures += 1
            while not self._core.unanswered and not self._core.tails:
                self._wanted.clear()
                await self._wanted.wait()

    async def _connect(self):
        if self._family == socket.AF_UNIX:
            reader, writer = await asyncio.open_unix_connection(self._address, limit=CHUNK)
        else:
            reader, writer = await asyncio.open_connection(
                *self._address, family=self._family, limit=CHUNK)
        self._writer = writer
        return reader

    async def _receive(self, reader):
        while data := await reader.read(CHUNK):
            progress = self._core.progress
            self._core.feed(data)
            if self._core.progress != progress:
                self._failures = 0
            if not self._ready.done() and self._core.hello is not None:
                self._ready.set_result(None)
            self._flush()

    def _flush(self):
        """Hand to the transport what the core has for it, once a turn of the loop; unanswered
        requests bound how much."""
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._write)

    def _write(self):
        self._flushing = False
        if self._writer is not None and not self._writer.is_closing() and self._core.out:
            self._writer.write(bytes(self._core.out))
            self._core.out.clear()

    # ---- calls ----

    def _ask(self, method, params):
        if self._closed:
            raise errors.make("UNAVAILABLE", "the connection is closed")
        request = self._core.request(method, params)
        self._wanted.set()
        self._flush()
        return request

    async def _wait(self, request, timeout):
        future = asyncio.get_running_loop().create_future()
        before = request.on_done

        def done(_):
            if before is not None:
                before(request)
            if not future.done():
                future.set_result(None)

        request.on_done = done
        try:
            async with asyncio.timeout(self.timeout if timeout is None else timeout):
                await future
        except TimeoutError:
            self._core.give_up(request, "no answer in time")
        finally:
            self._core.forget(request)
        if request.error is not None:
            raise request.error
        return request.result

    async def _call(self, method, params, timeout, then=None, events=None):
        try:
            result = await self._wait(self._ask(method, params), timeout)
        except errors.Error as error:
            error.events = events
            raise
        return result if then is None else then(result)

    async def tail(self, start=1, *, follow=True, credit=CREDIT, timeout=None, **filters):
        """Follow the log from a seq, "first" or "head" on; gives a Tail. With `follow=False` it
        ends where the log ends. The filters are those of read()."""
        if self._closed:
            raise errors.make("UNAVAILABLE", "the connection is closed")
        state = self._core.tail(start, credit, wire.plain(filters))
        tail = Tail(self, state, follow)
        self._wanted.set()
        self._flush()
        try:
            await self._wait(state.request, timeout)
        except BaseException:
            tail.close()
            raise
        return tail


class Tail:
    """Iterates over events, none skipped and none twice, also over lost connections; it waits for
    ever, so put asyncio.timeout() around what must not."""

    def __init__(self, connection, state, follow):
        self._connection = connection
        self._core = connection._core
        self._state = state
        self._follow = follow
        self._changed = asyncio.Event()
        state.on_change = self._changed.set

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        self.close()

    def __aiter__(self):
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
        self._connection._flush()

    async def __anext__(self):
        state = self._state
        while not state.events:
            if state.error is not None:
                raise state.error
            if state.live and not self._follow:
                raise StopAsyncIteration
            self._changed.clear()
            await self._changed.wait()
        event = state.take()
        self._core.give_credit(state)
        self._connection._flush()
        return event


class _Connecting:
    """`await connect(…)`, or `async with connect(…) as connection`."""

    def __init__(self, connection):
        self._connection = connection

    def __await__(self):
        return self._open().__await__()

    async def _open(self):
        try:
            await self._connection._open()
        except BaseException:
            await self._connection.close()
            raise
        return self._connection

    async def __aenter__(self):
        return await self._open()

    async def __aexit__(self, *_):
        await self._connection.close()


def connect(url=None, *, timeout=TIMEOUT, language="en", name="accrue-python"):
    """A Connection; Unavailable if nobody answers there."""
    return _Connecting(Connection(url, timeout, language, name))
