// Follow the log, in Node with nothing but @msgpack/msgpack: tail.mjs SOCKET [COUNT]
import { connect } from 'node:net';
import { decodeMultiStream, encode } from '@msgpack/msgpack';

const [path = '/run/accrued.sock', count = '-1'] = process.argv.slice(2);
const socket = connect(path);
let left = Number(count);
socket.write(encode([0, 1, 'tail', [{ from: 1, credit: 256, sub: 1 }]]));
for await (const message of decodeMultiStream(socket)) {
  if (message[0] === 1 && message[2] !== null) {
    throw new Error(message[2]);
  }
  if (message[0] !== 2 || message[1] !== 'tail.events') {
    continue;
  }
  const [, events] = message[2];
  for (const event of events.slice(0, left < 0 ? events.length : left)) {
    console.log(`${event.seq} ${event.type} ${event.agg}`);
    left -= 1;
  }
  if (left === 0) {
    break;
  }
  const credit = { sub: 1, n: events.length }; // as many as were used up
  socket.write(encode([2, 'tail.credit', [credit]]));
}
socket.destroy();
