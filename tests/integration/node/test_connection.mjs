// The Node package: what is appended is stored, refused with a reason, read and counted.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, eventId, Rejected, Unavailable } from 'accrue';
import { collect, Daemon, note } from './support.mjs';

let daemon;
let connection;

before(async () => {
  daemon = await Daemon.start('--ephemeral', '--listen', 'tcp:127.0.0.1:0');
  connection = await connect(daemon.socket);
});

after(async () => {
  await connection?.close();
  await daemon?.remove();
});

async function refused(kind, code, promise) {
  const error = await promise.then(() => assert.fail(`no ${code}`), (caught) => caught);
  assert.ok(error instanceof kind, error);
  assert.equal(error.code, code, error);
  return error;
}

const party = (agg) => ({
  type: 'party.registered', agg, data: { name: agg, kind: 'university' },
});

const contract = (agg, debtor) => ({
  type: 'contract.signed',
  agg,
  data: {
    title: '许可', type: 'license', subtype: 'patent', ip_kind: 'invention', field: 'electronics',
    effective_rule: 'immediate', total_basis: 'fixed', sign_date: '2025-01-02',
    term_start: '2025-01-02', currency: 'CNY', total_fen: 100000, pay_mode: 'lump',
    sellers: [{ party: 'seller', share_ppm: 1000000 }],
    buyers: [{ party: debtor, share_ppm: 1000000 }],
    obligations: [{
      no: 1, kind: 'lump', amount_fen: 100000, debtor, creditor: 'seller',
      due: { base: 'date', date: '2025-03-01' },
    }],
  },
});

test('append gives ids that sort by time', async () => {
  const { head } = await connection.status();
  const done = await connection.append(party('bkd'));
  assert.deepEqual([done.first, done.last, connection.highestSeq], [head + 1, head + 1, head + 1]);
  const event = await connection.get({ seq: done.last });
  assert.equal(event.id, done.events[0].id);
  assert.deepEqual(await connection.get({ id: event.id }), event);
  assert.match(event.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const time = Number.parseInt(event.id.replaceAll('-', '').slice(0, 12), 16);
  assert.ok(Math.abs(time - Date.now()) < 60000);
  assert.equal(new Set(Array.from({ length: 1000 }, eventId)).size, 1000);
});

test('the same events again are dups', async () => {
  const done = await connection.append([{ ...note('n-1'), id: undefined }, note('n-2')]);
  const again = await connection.append(done.events);
  assert.deepEqual(done.results.map(({ dup }) => dup), [false, false]);
  assert.deepEqual(again.results.map(({ dup }) => dup), [true, true]);
  assert.deepEqual([again.first, again.last], [done.first, done.last]);
  const other = { ...done.events[1], data: {} };
  assert.equal((await refused(Rejected, 'E_ID_REUSED', connection.append(other))).index, 0);
});

test('a refusal tells all and stores nothing; figures', async () => {
  await connection.append([party('seller'), party('buyer'), contract('c-1', 'buyer')]);
  const { head } = await connection.status();
  const error = await refused(Rejected, 'E_NO_TRIAL', connection.append([party('third'), {
    type: 'trial.converted', agg: 'c-1', data: { on: '2025-02-01', pay_mode: 'lump' },
  }]));
  assert.deepEqual([error.index, error.state], [1, 'contract ACTIVE']);
  assert.ok(error.legal.includes('contract.completed'));
  assert.match(error.message, /^E_NO_TRIAL index=1/);
  assert.equal(error.events.length, 2);
  const bad = await refused(Rejected, 'E_BAD_FIELD', connection.append({
    ...party('fourth'), data: { name: 'x', kind: 'nothing' },
  }));
  assert.deepEqual([bad.index, bad.field], [0, 'data.kind']);
  assert.equal((await connection.status()).head, head);

  const dry = await connection.append(contract('c-2', 'buyer'), { dry: true });
  assert.ok(dry.last > connection.highestSeq);
  assert.ok(Array.isArray(dry.figures) && 'effects' in dry.results[0]);
  const asOf = '2025-03-31';
  const answer = await connection.query('outstanding', { by: 'debtor' }, { asOf });
  assert.equal(answer.at, connection.highestSeq);
  assert.deepEqual(answer.rows.map((row) => [row.key, row.outstanding]), [['buyer', 100000]]);
  const why = await connection.explain('outstanding', 'buyer', { by: 'debtor' }, { asOf });
  assert.deepEqual(why.rows.map((row) => [row.agg, row.amount]), [['c-1', 100000]]);
  await refused(Rejected, 'NOT_FOUND', connection.query('nothing'));
  await refused(Unavailable, 'UNAVAILABLE', connection.query('outstanding', {}, { minSeq: 1e6 }));
});

test('what the wire does not know is not sent', async () => {
  const values = [[1.5, /fen/], [2 ** 53, /2\^53/], [2n ** 60n, /2\^53/], ['\ud800', /Unicode/],
    [new Date(), /Date/], [new Map(), /Map/], [() => 1, /Function/], [NaN, /integer/]];
  for (const [value, why] of values) {
    const error = await refused(Rejected, 'BAD_PARAMS', connection.append([
      note('a'), { ...note('b'), data: { list: [0, value] } }]));
    assert.deepEqual([error.index, error.field], [1, 'data.list[1]']);
    assert.match(error.message, why);
  }
  let deep = [];
  for (let i = 0; i < 20; i += 1) {
    deep = [deep];
  }
  await refused(Rejected, 'TOO_LARGE', connection.append({ ...note('c'), data: { deep } }));
  await refused(Rejected, 'TOO_LARGE', connection.append(
    Array.from({ length: 900 }, (_, i) => note(`big-${i}`, 5000))));
  await refused(Rejected, 'BAD_PARAMS', connection.append(['text']));
  const done = await connection.append({ ...note('d'), data: { n: 7n, bytes: new Uint8Array(3) } });
  const { n, bytes } = (await connection.get({ seq: done.last })).data;
  assert.deepEqual([n, [...bytes]], [7, [0, 0, 0]]);
});

test('keys that mean something to objects are data', async () => {
  const data = JSON.parse('{"__proto__": {"a": [{"__proto__": 1}]}, "constructor": 2, "x": 3}');
  const done = await connection.append({ ...note('p'), data });
  const event = await connection.get({ seq: done.last });
  assert.deepEqual(event.data, data);
  assert.deepEqual(Object.keys(event.data).sort(), ['__proto__', 'constructor', 'x']);
  assert.equal(Object.getPrototypeOf(event.data), Object.prototype);
  const tail = connection.tail(done.last, { follow: false });
  assert.deepEqual(await collect(tail), [event]);
});

test('addresses', async () => {
  const [, tcp] = /socket=(tcp:\S+)/.exec(daemon.ready);
  for (const url of [tcp, `unix:${daemon.socket}`]) {
    const other = await connect(url, { language: 'zh' });
    assert.equal(other.logId, connection.logId);
    assert.match((await refused(Rejected, 'NOT_FOUND', other.get({ id: 'no' }))).text, /[一-鿿]/);
    await other.close();
    await refused(Unavailable, 'UNAVAILABLE', other.status());
  }
  process.env.ACCRUE_URL = daemon.socket;
  const standard = await connect();
  delete process.env.ACCRUE_URL;
  assert.ok(await standard.ping() > 1.7e15);
  await standard.close();
  const wrong = ['tcp:localhost:1', 'tcp:127.0.0.1:0', 'tcp:127.0.0.1', 'unix:', 'tcp:[::1:5'];
  for (const url of wrong) {
    await refused(Rejected, 'BAD_PARAMS', connect(url));
  }
  await refused(Unavailable, 'UNAVAILABLE', connect(`${daemon.socket}-not`));
});

test('read and tail', async () => {
  await connection.append(Array.from({ length: 1000 }, (_, i) => note(`t-${i}`)));
  const wanted = (events) => events.map(({ id }) => id).filter((id) => id.startsWith('t-'));
  const all = Array.from({ length: 1000 }, (_, i) => `t-${i}`);
  let ids = [];
  for (let from = 1; from !== null;) {
    const page = await connection.read({ from, limit: 300, types: 'x.test.*' });
    ids = ids.concat(wanted(page.events));
    from = page.next;
  }
  assert.deepEqual(ids, all);
  const tail = connection.tail(1, { follow: false, credit: 10, types: ['x.test.note'] });
  assert.deepEqual(wanted(await collect(tail)), all);
  assert.equal(tail.position, connection.highestSeq + 1);
  const head = connection.tail('head');
  const next = head.next();
  await connection.status(); // the tail was asked for before
  const done = await connection.append([note('m-1'), note('m-2')]);
  assert.equal((await next).value.id, 'm-1');
  assert.equal(head.position, done.last);
  assert.deepEqual([(await head.next()).value.seq, head.live], [done.last, true]);
  const waiting = head.next();
  head.close();
  assert.equal((await waiting).done, true);
  await refused(Rejected, 'BAD_PARAMS', connection.tail(1, { flavour: 'sweet' }).next());
});
