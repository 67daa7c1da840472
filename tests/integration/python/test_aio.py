#!/usr/bin/python3
"""The Python package for asyncio: many requests at once, through lost connections too."""

import asyncio
import unittest

import places  # noqa: F401  finds the packages below
import accrue
from accrue import aio
from accrued import Daemon, note
from proxy import Proxy


class Asynchronous(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.remove)

    def through(self, *plan, **more):
        self.proxy = Proxy(self.daemon.directory, self.daemon.socket, plan)
        self.addCleanup(self.proxy.close)
        return aio.connect(self.proxy.url, **more)

    async def ids(self):
        async with aio.connect(self.daemon.socket) as connection:
            return [event["id"] async for event in await connection.tail(follow=False,
                                                                         types="x.test.*")]

    async def test_many_at_once_through_cuts(self):
        async with self.through(("from", 100), ("to", 50), ("from", 1), ("from", 30),
                                None) as connection:
            done = await asyncio.gather(*(connection.append(note(f"n-{i}")) for i in range(300)))
            self.assertEqual([a.last for a in done], sorted({a.last for a in done}))
            self.assertEqual(connection.highest_seq, done[-1].last)
        self.assertEqual(await self.ids(), [f"n-{i}" for i in range(300)])

    async def test_refusals_and_questions(self):
        connection = await aio.connect(self.daemon.socket)
        with self.assertRaises(accrue.Rejected) as caught:
            await connection.append([note("a"), {"type": "no.such", "agg": "x/y", "data": {}}])
        self.assertEqual((caught.exception.code, caught.exception.index), ("E_UNKNOWN_TYPE", 1))
        self.assertEqual(caught.exception.events[0]["id"], "a")
        done = await connection.append({**note("b"), "id": None})
        self.assertEqual((await connection.get(seq=done.last))["id"], done.events[0]["id"])
        answer = await connection.query("contracts")
        self.assertEqual((answer["rows"], answer["at"]), ([], done.last))
        with self.assertRaises(accrue.Unavailable):
            await connection.query("contracts", min_seq=done.last + 1)
        await connection.close()
        with self.assertRaises(accrue.Unavailable):
            await connection.status()

    async def test_outcomes(self):
        async with self.through(("hold", 1)) as connection:
            with self.assertRaises(accrue.UnknownOutcome) as caught:
                await connection.append(note("c"), timeout=0.3)
            self.assertEqual(caught.exception.events, [note("c")])
            with self.assertRaises(accrue.Unavailable):
                await connection.status(timeout=0.1)
            waiting = asyncio.create_task(connection.append(note("d")))
            await asyncio.sleep(0.05)
            waiting.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await waiting
            waiting = asyncio.create_task(connection.append(note("e")))
            await asyncio.sleep(0.05)
        with self.assertRaises(accrue.UnknownOutcome):  # it was closed
            await waiting
        with self.assertRaises(accrue.Unavailable):
            await aio.connect(self.daemon.socket + "-not")

    async def test_a_tail_through_cuts_and_a_restart(self):
        async with aio.connect(self.daemon.socket) as direct:
            await direct.append([note(f"n-{i}") for i in range(900)])
        ids = []
        async with self.through(("from", 3), ("from", 1), ("from", 2), None) as connection:
            async with await connection.tail(types=["x.test.note"], credit=100) as tail:
                async for event in tail:
                    ids.append(event["id"])
                    if len(ids) == 900:
                        break
                self.daemon.stop()
                self.daemon.start()
                await connection.append(note("n-900"))
                ids.append((await anext(tail))["id"])
                position = tail.position
            self.assertEqual(position, connection.highest_seq + 1)
        self.assertGreaterEqual(len(self.proxy.requests), 4)
        self.assertEqual(ids, [f"n-{i}" for i in range(901)])

    async def test_what_is_unanswered_is_bounded(self):
        connection = await aio.connect(self.daemon.socket)
        self.daemon.stop()
        large = [note(f"n-{i}", fill=4400) for i in range(900)]
        for ask, taken in ((connection.status, 1024), (lambda: connection.append(large), 16)):
            asked = [asyncio.create_task(ask()) for _ in range(taken)]
            await asyncio.sleep(0)
            with self.assertRaises(accrue.Unavailable) as caught:
                await ask()
            self.assertEqual(caught.exception.code, "OVERLOADED")
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
        self.daemon.start()
        self.assertEqual((await connection.status())["state"], "ready")  # there is room again
        await connection.close()

    async def test_a_tail_that_is_refused(self):
        async with aio.connect(self.daemon.socket) as connection:
            with self.assertRaises(accrue.Rejected):
                await connection.tail(flavour="sweet")
            self.assertEqual((await connection.status())["tails"], 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
