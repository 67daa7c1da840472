// The Node package through connections that are lost at every place: an event is stored once, a
// tail neither skips nor repeats, and what is unknown is called so.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { connect, Rejected, Unavailable, UnknownOutcome } from 'accrue';
import { collect, Daemon, note, Proxy } from './support.mjs';

let daemon;
let proxy;
let connection;

beforeEach(async () => {
  daemon = await Daemon.start();
});

afterEach(async () => {
  await connection?.close();
  proxy?.close();
  await daemon.remove();
});

async function through(...plan) {
  proxy = await Proxy.start(daemon, ...plan);
  connection = await connect(proxy.url);
  return connection;
}

async function stored() {
  const direct = await connect(daemon.socket);
  const events = await collect(direct.tail(1, { follow: false }));
  await direct.close();
  return events;
}

async function ids() {
  return (await stored()).filter(({ type }) => type === 'x.test.note').map(({ id }) => id);
}

const numbered = (count, begin = 0) => Array.from({ length: count }, (_, i) => `n-${begin + i}`);

test('cut before the request arrives', async () => {
  const done = await (await through(['to', 1], null)).append([note('a-0'), note('a-1')]);
  assert.equal(done.results[0].dup, false);
  assert.deepEqual(await ids(), ['a-0', 'a-1']);
  assert.deepEqual(proxy.requests[0][1], proxy.requests[1][1]);
});

test('cut before the answer arrives', async () => {
  const done = await (await through(['from', 1], null)).append({ ...note(''), id: null });
  assert.equal(done.results[0].dup, true);
  assert.deepEqual(await ids(), [done.events[0].id]);
});

test('many at once, cut again and again', async () => {
  await through(['from', 100], ['to', 0], ['to', 50], ['from', 0], ['from', 30], null);
  const done = await Promise.all(numbered(300).map((id) => connection.append(note(id))));
  const seqs = done.map(({ last }) => last);
  assert.deepEqual(seqs, [...new Set(seqs)].sort((a, b) => a - b));
  assert.deepEqual(await ids(), numbered(300));
  assert.equal(proxy.requests.length, 6);
});

test('no answer is an unknown outcome, of an append only', async () => {
  await through(['hold', 1]);
  const error = await connection.append({ ...note(''), id: null }, { timeout: 300 })
    .catch((caught) => caught);
  assert.ok(error instanceof UnknownOutcome, error);
  const direct = await connect(daemon.socket);
  assert.equal((await direct.append(error.events)).results[0].dup, true);
  await direct.close();
  await assert.rejects(connection.query('outstanding', {}, { timeout: 100 }), Unavailable);
  await assert.rejects(connection.append(note('d'), { dry: true, timeout: 100 }), Unavailable);
  const waiting = connection.append(note('e'));
  const refused = assert.rejects(waiting, UnknownOutcome);
  await connection.close();
  await refused;
});

test('a peer that always closes is not hammered', async () => {
  await through(['from', 1]);
  await assert.rejects(connection.append(note('e-0'), { timeout: 1000 }), UnknownOutcome);
  assert.ok(proxy.requests.length < 12);
  assert.deepEqual(await ids(), ['e-0']);
});

test('what must not be repeated is not', async () => {
  await through(['from', 1], null);
  await assert.rejects(connection.call('verify'), Unavailable);
  assert.equal((await connection.status()).state, 'ready');
});

test('what is unanswered is bounded', async () => {
  await through(null);
  await daemon.stop();
  const large = Array.from({ length: 900 }, (_, i) => note(`n-${i}`, 4400));
  const timeout = 1000;
  for (const [ask, taken] of [[() => connection.status({ timeout }), 1024],
    [() => connection.append(large, { timeout }), 16]]) {
    const asked = Array.from({ length: taken }, ask);
    const settled = Promise.allSettled(asked);
    await assert.rejects(ask(), { code: 'OVERLOADED' });
    assert.ok((await settled).every(({ reason }) => reason.code === 'UNAVAILABLE'));
  }
  await daemon.launch();
  assert.equal((await connection.status()).state, 'ready'); // there is room again
});

test('a tail through cuts', async () => {
  const direct = await connect(daemon.socket);
  for (let begin = 0; begin < 3000; begin += 500) {
    await direct.append(numbered(500, begin).map((id) => note(id)));
  }
  await direct.close();
  const whole = await stored();
  await through(['from', 3], ['from', 1], ['from', 2], ['from', 5], null);
  const got = await collect(connection.tail(), whole.length);
  assert.deepEqual(got.map(({ seq }) => seq), whole.map(({ seq }) => seq));
  assert.ok(proxy.requests.length >= 5);
});

test('over a restart of the daemon', async () => {
  await through(null);
  await connection.append(numbered(10).map((id) => note(id)));
  const tail = connection.tail(1, { types: 'x.*' });
  const got = [];
  while (got.length < 5) {
    got.push((await tail.next()).value.id);
  }
  await daemon.stop();
  await assert.rejects(connection.append(note('n-10'), { timeout: 100 }), Unavailable);
  await daemon.launch();
  await connection.append(numbered(10, 10).map((id) => note(id)));
  while (got.length < 15) {
    got.push((await tail.next()).value.id);
  }
  const rest = await collect(connection.tail(tail.position, { follow: false, types: 'x.*' }));
  assert.deepEqual([...got, ...rest.map(({ id }) => id)], numbered(20));
});

test('a log that was restored is sent nothing', async () => {
  await through(null);
  const { last } = await connection.append(note('g-0'));
  connection.remember(connection.logId, last + 5); // seen by another process
  await daemon.stop();
  await daemon.launch();
  for (let i = 0; i < 2; i += 1) {
    const error = await connection.append(note('g-1')).catch((caught) => caught);
    assert.ok(error instanceof Rejected, error);
    assert.equal(error.code, 'CORRUPT');
  }
  assert.deepEqual(await ids(), ['g-0']);
  connection.acceptRestored();
  await connection.append(note('g-1'));
  assert.deepEqual(await ids(), ['g-0', 'g-1']);
});
