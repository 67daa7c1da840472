// What may be sent: the values of PROTOCOL.md, part 1. Anything for which the daemon would close
// the connection is refused here, before it is sent.

import { decodeMultiStream, encode } from '@msgpack/msgpack';
import { AccrueError, make } from './errors.js';

const FRAME_BYTES_MAX = 4 << 20;
const FRAME_DEPTH_MAX = 16;
const VALUES_MAX = 524288;

function bad(path, why) {
  return make('BAD_PARAMS', `${path || 'params'}: ${why}`, { field: path || null });
}

/** Assigning to the key `__proto__` would not store it. */
function setOwn(map, key, value) {
  if (key === '__proto__') {
    Object.defineProperty(map, key, {
      value, enumerable: true, writable: true, configurable: true,
    });
  } else {
    map[key] = value;
  }
}

/** A copy of a value that holds only what the wire knows. */
class Plain {
  left = VALUES_MAX - 8; // the message around it

  copy(value, path, depth) {
    this.left -= 1;
    if (this.left < 0) {
      throw make('TOO_LARGE', `more than ${VALUES_MAX} values`);
    }
    if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) {
      return value;
    }
    if (typeof value === 'string') {
      return this.text(value, path);
    }
    if (typeof value === 'number' || typeof value === 'bigint') {
      return this.number(value, path);
    }
    if (depth > FRAME_DEPTH_MAX) {
      throw make('TOO_LARGE', `more than ${FRAME_DEPTH_MAX} levels`);
    }
    if (Array.isArray(value)) {
      return Array.from(value, (inner, i) => this.copy(inner, `${path}[${i}]`, depth + 1));
    }
    return this.map(value, path, depth);
  }

  map(value, path, depth) {
    const prototype = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
    if (prototype !== null && prototype !== Object.prototype) {
      const name = value?.constructor?.name ?? typeof value;
      throw bad(path, `${name} is not a value of the protocol`);
    }
    const copy = {};
    for (const [key, inner] of Object.entries(value)) {
      if (inner !== undefined) {
        this.left -= 1;
        const at = path === '' ? key : `${path}.${key}`;
        setOwn(copy, this.text(key, path), this.copy(inner, at, depth + 1));
      }
    }
    return copy;
  }

  text(value, path) {
    if (!(value.isWellFormed?.() ?? !/\p{Surrogate}/u.test(value))) { // Node 18 has not the first
      throw bad(path, 'text that is not Unicode');
    }
    return value;
  }

  number(value, path) {
    const number = Number(value);
    if (typeof value === 'number' && !Number.isInteger(value)) {
      throw bad(path, 'a number that is not an integer: amounts are in fen');
    }
    if (!Number.isSafeInteger(number)) {
      throw bad(path, 'an integer beyond 2^53-1');
    }
    return number;
  }
}

/** `params` as it can be sent, or Rejected. The message and its list of parameters stand around. */
export function plain(params) {
  return new Plain().copy(params, '', 3);
}

/** Events as they can be sent, or Rejected with the index of the event. */
export function plainEvents(events) {
  const copies = new Plain();
  return events.map((event, index) => {
    try {
      return copies.copy(event, '', 5);
    } catch (error) {
      if (error instanceof AccrueError) {
        throw make(error.code, error.text, { index, field: error.field });
      }
      throw error;
    }
  });
}

/** The bytes of a request; `params` is plain. */
export function request(number, method, params) {
  const message = encode([0, number, method, [params]]);
  if (message.length > FRAME_BYTES_MAX) {
    throw make('TOO_LARGE', `a message of ${message.length} bytes`);
  }
  return message;
}

export function notification(method, params) {
  return encode([2, method, [params]]);
}

// A key `__proto__`, which a log may hold, is refused by the decoder because assigning it to an
// object would not store it. It stands as a symbol until the message is whole.
const PROTO = Symbol('__proto__');
const PROTO_BYTES = Buffer.from('__proto__');

function giveBackProto(value) {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) {
    return;
  }
  Object.values(value).forEach(giveBackProto);
  if (PROTO in value) {
    const inner = value[PROTO];
    delete value[PROTO];
    setOwn(value, '__proto__', inner);
    giveBackProto(inner);
  }
}

/** The messages of a stream, in order. */
export async function* messages(stream) {
  let seen = false;
  const keyDecoder = {
    canBeCached: (length) => length === PROTO_BYTES.length,
    decode: (bytes, begin, length) => {
      const key = Buffer.from(bytes.buffer, bytes.byteOffset + begin, length);
      seen ||= key.equals(PROTO_BYTES);
      return key.equals(PROTO_BYTES) ? PROTO : key.toString();
    },
  };
  for await (const message of decodeMultiStream(stream, {
    keyDecoder, mapKeyConverter: (key) => key,
  })) {
    if (seen) {
      giveBackProto(message);
      seen = false;
    }
    yield message;
  }
}
