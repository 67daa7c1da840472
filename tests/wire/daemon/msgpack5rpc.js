// hello, append, read, outstanding, an error and a tail, by msgpack5rpc.
'use strict';

const assert = require('assert');
const net = require('net');
const Session = require('msgpack5rpc');

const socket = net.connect(process.env.ACCRUED_SOCKET);
const session = new Session();
session.attach(socket, socket);

const call = (method, params) =>
  new Promise((resolve, reject) => {
    session.request(method, [params], (error, result) => {
      if (error) {
        reject(new Error(error));
      } else {
        resolve(result);
      }
    });
  });

const notified = () =>
  new Promise((resolve) => {
    session.on('notification', (method, params) => {
      if (method === 'tail.events') {
        resolve(params);
      }
    });
  });

async function main() {
  const event = { id: 'from-node', type: 'x.node.note', agg: 'x/n', data: { text: '技术合同' } };
  assert.strictEqual((await call('hello', { client: 'msgpack5rpc' })).proto, 1);
  const stored = await call('append', { events: [event] });
  assert.strictEqual(stored.results[0].dup, false);
  const read = await call('read', { from: stored.first });
  assert.strictEqual(read.events[0].data.text, '技术合同');
  assert.ok(Buffer.isBuffer(read.events[0].hash));
  assert.strictEqual((await call('query', { projection: 'outstanding' })).unit, 'fen');
  await assert.rejects(call('append', { events: [{ id: 'wrong' }] }), /E_MISSING_FIELD/);
  const events = notified();
  await call('tail', { from: stored.first, credit: 10, sub: 5 });
  assert.strictEqual((await events)[1][0].id, 'from-node');
  socket.destroy();
  console.log('msgpack5rpc is content');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
