// The client without I/O: requests in flight, the greeting, sending again, tails.
//
//   L1  Every accepted request is finished exactly once, with a result or an error.
//   L2  Requests are sent in the order of asking, and again in that order after a connection was
//       lost, byte for byte the same: an append's ids make the second one a dup.
//   L3  The greeting is answered before anything else is sent: a log that was restored from an old
//       backup is sent nothing, and every error comes as a map.
//   L4  Credit of a tail is given back when half of it is used; after a lost connection the tail
//       is asked for again from the first event that was not taken: none is skipped, none comes
//       twice.

import { make, read, Rejected, UnknownOutcome } from './errors.js';
import * as wire from './wire.js';

const UNANSWERED_MAX = 1024;
const UNANSWERED_BYTES_MAX = 64 << 20;
const NEVER_AGAIN = new Set(['tail', 'tail.credit', 'tail.stop', 'rebuild', 'verify', 'load.end']);
const APPENDING = new Set(['append', 'load', 'load.end']);

/** One tail: what came and was not taken, and where to go on. */
export class TailState {
  events = []; // [event, where to go on after it]
  taken = 0; // of `events`, from its beginning
  owed = 0;
  live = false;
  asking = false;
  error = null;
  onChange = () => {};

  constructor(number, start, credit, params) {
    this.number = number;
    this.next = start; // a seq, 'first' or 'head'
    this.credit = credit;
    this.params = params;
  }

  get empty() {
    return this.taken === this.events.length;
  }

  came(events, after) {
    events.forEach((event, i) => {
      this.events.push([event, i + 1 < events.length ? event.seq + 1 : after]);
    });
    if (this.empty) {
      this.next = after; // what lies between did not pass the filter
    }
  }

  /** The oldest event that came; there must be one. */
  take() {
    const [event, after] = this.events[this.taken];
    this.taken += 1;
    this.next = after;
    this.owed += 1;
    if (this.empty) {
      this.clear();
    }
    return event;
  }

  clear() {
    this.events = [];
    this.taken = 0;
  }
}

export class Core {
  unanswered = new Map(); // by number, in the order of asking
  tails = new Map();
  connection = 0;
  connected = false;
  hello = null; // the answer
  helloError = null;
  highestSeq = 0;
  logId = '';
  restored = false;
  progress = 0; // answers and notifications so far
  #bytes = 0; // of `unanswered`
  #held = null; // the answer to the greeting of a log that was restored
  #helloNumber = 0;
  #lastNumber = 0; // 0 is the daemon's, for errors of no request
  #lastTail = 0;

  /** `send` takes bytes for the transport that is up. */
  constructor(name, language, send) {
    this.greeting = { client: name, errors: 'map', lang: language, proto: 1 };
    this.send = send;
  }

  // ---- asking ----

  #number() {
    this.#lastNumber = (this.#lastNumber % 0xffffffff) + 1;
    return this.#lastNumber;
  }

  /** Take a request; `params` is plain. Throws what forbids to send it at all. */
  request(method, params, onDone, ofTail = false) {
    if (this.restored) {
      throw Core.#restoredError();
    }
    const number = this.#number();
    const message = wire.request(number, method, params);
    const count = this.unanswered.size;
    const bytes = this.#bytes + message.length;
    if (!ofTail && (count >= UNANSWERED_MAX || bytes > UNANSWERED_BYTES_MAX)) {
      throw make('OVERLOADED', `${count} requests and ${this.#bytes} bytes are unanswered`);
    }
    const dry = params.dry === true;
    const request = {
      number,
      message,
      dry,
      onDone,
      appends: APPENDING.has(method) && !dry,
      again: ofTail || !NEVER_AGAIN.has(method),
      connection: 0, // on which it was sent last
    };
    this.unanswered.set(number, request);
    this.#bytes = bytes;
    if (this.hello !== null) {
      this.#send(request);
    }
    return request;
  }

  #remove(number) {
    const request = this.unanswered.get(number);
    if (request !== undefined) {
      this.unanswered.delete(number);
      this.#bytes -= request.message.length;
    }
    return request;
  }

  #send(request) {
    request.connection = this.connection;
    this.send(request.message);
  }

  /** Its time is over: finished as what is known of it. */
  giveUp(request, why) {
    if (this.#remove(request.number) !== undefined) {
      const sent = request.appends && request.connection > 0;
      request.onDone(make(sent ? 'UNKNOWN_OUTCOME' : 'UNAVAILABLE', why));
    }
  }

  tail(start, credit, params) {
    this.#lastTail += 1;
    const tail = new TailState(this.#lastTail, start, credit, params);
    this.#askTail(tail);
    this.tails.set(tail.number, tail);
    return tail;
  }

  #askTail(tail) {
    const { next, number, credit } = tail;
    const answered = (error, result) => {
      tail.asking = false;
      if (error) {
        tail.error = error;
      } else if (typeof tail.next === 'string') {
        tail.next = result.from;
      }
      tail.onChange();
    };
    tail.clear();
    tail.owed = 0;
    tail.live = false;
    tail.asking = true;
    tail.request = this.request('tail', { ...tail.params, from: next, sub: number, credit },
      answered, true);
  }

  /** Call after take(); answered by nothing. */
  giveCredit(tail) {
    if (tail.owed * 2 >= tail.credit && this.hello !== null && tail.error === null) {
      this.send(wire.notification('tail.credit', { sub: tail.number, n: tail.owed }));
      tail.owed = 0;
    }
  }

  stopTail(tail) {
    if (this.tails.delete(tail.number)) {
      this.#remove(tail.request.number);
      if (this.hello !== null) {
        this.send(wire.notification('tail.stop', { sub: tail.number }));
      }
    }
  }

  // ---- the connection ----

  /** The transport is there. */
  up() {
    this.connection += 1;
    this.connected = true;
    this.#helloNumber = this.#number();
    this.send(wire.request(this.#helloNumber, 'hello', this.greeting));
  }

  /** The transport is gone. What may be sent again waits for the next one. */
  down() {
    this.connected = false;
    this.hello = null;
    for (const request of [...this.unanswered.values()]) {
      if (!request.again && request.connection > 0) {
        this.giveUp(request, 'connection lost');
      }
    }
  }

  /** A message of the daemon. Throws if it is not of the protocol: close the connection. */
  take(message) {
    if (Array.isArray(message) && message[0] === 1 && message.length === 4) {
      this.#answer(message[1], message[2], message[3]);
    } else if (Array.isArray(message) && message[0] === 2 && message.length === 3) {
      this.progress += 1;
      this.#notification(message[1], message[2]);
    } else {
      throw new Error('a message of an unknown kind');
    }
  }

  #answer(number, error, result) {
    if (number === this.#helloNumber) {
      this.#greeted(error, result);
      return;
    }
    if (number === 0) {
      throw read(error);
    }
    const request = this.#remove(number);
    if (request === undefined) {
      return; // its time was over before
    }
    this.progress += 1;
    if (error !== null) {
      request.onDone(read(error));
      return;
    }
    if (!request.dry) { // its positions are of what was not stored
      this.#see(result.last, result.at, result.head);
    }
    request.onDone(null, result);
  }

  #see(...positions) {
    for (const seq of positions) {
      if (typeof seq === 'number' && seq > this.highestSeq) {
        this.highestSeq = seq;
      }
    }
  }

  #greeted(error, hello) {
    if (error !== null) {
      this.helloError = read(error);
      throw this.helloError;
    }
    if (hello.log_id !== this.logId) {
      this.logId = hello.log_id;
      this.highestSeq = 0; // another log: what was seen of the old one says nothing
    }
    this.restored = hello.at < this.highestSeq;
    if (this.restored) {
      this.#held = hello;
      this.#refuseRestored();
    } else {
      this.#begin(hello);
    }
  }

  #begin(hello) {
    this.#see(hello.at);
    this.hello = hello;
    for (const tail of this.tails.values()) {
      if (!tail.asking && tail.error === null) {
        this.#askTail(tail);
      }
    }
    for (const request of this.unanswered.values()) {
      if (request.connection !== this.connection) {
        this.#send(request);
      }
    }
  }

  static #restoredError(kind = Rejected) {
    return new kind('CORRUPT',
      "the log's head is lower than an answer seen before: it was restored");
  }

  /** What was sent before may stand in the log that is gone. */
  #refuseRestored() {
    for (const request of [...this.unanswered.values()]) {
      this.#remove(request.number);
      const sent = request.appends && request.connection > 0;
      request.onDone(Core.#restoredError(sent ? UnknownOutcome : Rejected));
    }
    for (const tail of this.tails.values()) {
      tail.error = Core.#restoredError();
      tail.onChange();
    }
  }

  /** Go on with a log that was restored; what was seen before is forgotten. */
  acceptRestored() {
    if (this.restored) {
      this.restored = false;
      this.highestSeq = 0;
      if (this.connected) {
        this.#begin(this.#held);
      }
    }
  }

  #notification(method, params) {
    if (!['tail.events', 'tail.live', 'tail.end'].includes(method)) {
      return;
    }
    if (method !== 'tail.end') {
      this.#see(method === 'tail.live' ? params[1] : params[2] - 1);
    }
    const tail = this.tails.get(params[0]);
    if (tail === undefined || tail.error !== null) {
      return;
    }
    if (method === 'tail.events') {
      tail.came(params[1], params[2]);
    } else if (method === 'tail.live') {
      tail.live = true;
      tail.came([], params[1] + 1);
    } else {
      tail.error = make(params[1], 'the daemon ended the tail');
    }
    tail.onChange();
  }
}
