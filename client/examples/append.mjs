// Append one event, in Node with nothing but @msgpack/msgpack: append.mjs SOCKET [PARTY]
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { decodeMultiStream, encode } from '@msgpack/msgpack';

const [path = '/run/accrued.sock', party = 'ustb'] = process.argv.slice(2);
const event = {
  id: randomUUID(), // the same with every retry
  type: 'party.registered',
  agg: party,
  data: { name: '北京科技大学', kind: 'university' },
};
const socket = connect(path);
socket.write(encode([0, 1, 'append', [{ events: [event] }]]));
for await (const [, , error, result] of decodeMultiStream(socket)) {
  if (error !== null) {
    throw new Error(error);
  }
  console.log('durable at seq', result.last);
  break;
}
socket.destroy();
