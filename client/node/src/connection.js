// A connection, made again by itself: while anybody waits for an answer or a tail is open it is
// tried after pauses that grow until something is answered, and the core sends the unanswered
// requests again.

import { connect as netConnect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultUrl, parse } from './address.js';
import { Core } from './core.js';
import { make } from './errors.js';
import { eventId } from './ids.js';
import { Tail } from './tail.js';
import { messages, plain, plainEvents } from './wire.js';

const TIMEOUT_MS = 30000;
const PAUSE_FIRST_MS = 10;
const PAUSE_MAX_MS = 1000;
const CREDIT = 1024;

/** Milliseconds to wait after so many attempts that led to nothing. */
function pauseAfter(failures) {
  return Math.min(PAUSE_FIRST_MS * 2 ** Math.min(failures, 10), PAUSE_MAX_MS);
}

/** The events of a request as they are sent; one may stand for itself. */
function withIds(events) {
  const batch = Array.isArray(events) ? events : [events];
  return plainEvents(batch).map((event, index) => {
    if (event === null || typeof event !== 'object' || Array.isArray(event)) {
      throw make('BAD_PARAMS', 'an event is a map', { index });
    }
    return event.id === undefined || event.id === null ? { ...event, id: eventId() } : event;
  });
}

/** Connect to `url` (default: ACCRUE_URL, else the standard socket). Unavailable if nobody answers
 * there; later on, a lost connection is made again by itself. */
export async function connect(url = defaultUrl(), options = {}) {
  const connection = new Connection(url, options);
  await connection.opened;
  return connection;
}

export class Connection {
  #core;
  #target;
  #timeout;
  #socket = null;
  #failures = 0;
  #closed = false;
  #closing = new AbortController();
  #wanted = () => {}; // somebody waits for an answer or an event
  #settle = null; // of `opened`
  #running;

  constructor(url, { timeout = TIMEOUT_MS, language = 'en', name = 'accrue-node' } = {}) {
    this.url = url;
    this.#timeout = timeout;
    this.#core = new Core(name, language, (bytes) => this.#socket?.write(bytes));
    try {
      this.#target = parse(url);
    } catch (error) {
      this.opened = Promise.reject(error);
      return;
    }
    this.opened = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    const timer = setTimeout(() => {
      this.#refuse(make('UNAVAILABLE', `${url}: no greeting in time`));
    }, timeout);
    this.opened.catch(() => {}).finally(() => clearTimeout(timer));
    this.#running = this.#run();
  }

  // ---- the transport ----

  /** The first time nobody is waited for. */
  #refuse(error) {
    this.#settle?.reject(error);
    this.#settle = null;
    this.close();
  }

  async #run() {
    while (!this.#closed) {
      let reason = 'closed';
      try {
        await this.#serve();
      } catch (error) {
        reason = error.message;
      }
      this.#socket?.destroy();
      this.#socket = null;
      this.#core.down();
      if (this.#settle !== null) {
        this.#refuse(this.#core.helloError ?? make('UNAVAILABLE', `${this.url}: ${reason}`));
        return;
      }
      await this.#pause();
    }
  }

  /** One connection, to its end. */
  async #serve() {
    const socket = netConnect(this.#target);
    this.#socket = socket;
    let failed = null;
    socket.on('error', (error) => {
      failed = error;
    });
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('close', () => reject(failed ?? new Error('closed')));
    });
    this.#core.up();
    for await (const message of messages(socket)) {
      const { progress } = this.#core;
      this.#core.take(message);
      if (this.#core.progress !== progress) {
        this.#failures = 0;
      }
      if (this.#settle !== null && this.#core.hello !== null) {
        this.#settle.resolve();
        this.#settle = null;
      }
    }
  }

  /** After a lost connection: wait, and go on only when it is wanted. */
  async #pause() {
    try {
      await sleep(pauseAfter(this.#failures), undefined, { signal: this.#closing.signal });
    } catch {
      return; // it was closed
    }
    this.#failures += 1;
    while (!this.#closed && this.#core.unanswered.size === 0 && this.#core.tails.size === 0) {
      await new Promise((resolve) => {
        this.#wanted = resolve;
      });
    }
  }

  /** What is unanswered fails; tails end with Unavailable. */
  async close() {
    if (!this.#closed) {
      this.#closed = true;
      this.#closing.abort();
      this.#wanted();
      for (const request of [...this.#core.unanswered.values()]) {
        this.#core.giveUp(request, 'the connection is closed');
      }
      for (const tail of this.#core.tails.values()) {
        tail.error ??= make('UNAVAILABLE', 'the connection is closed');
        tail.onChange();
      }
      this.#socket?.destroy();
    }
    await this.#running;
  }

  async [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
    await this.close();
  }

  // ---- calls ----

  #checkOpen() {
    if (this.#closed) {
      throw make('UNAVAILABLE', 'the connection is closed');
    }
  }

  #ask(method, params, timeout = this.#timeout) {
    this.#checkOpen();
    return new Promise((resolve, reject) => {
      let timer;
      const request = this.#core.request(method, params, (error, result) => {
        clearTimeout(timer);
        if (error) {
          reject(error);
        } else {
          resolve(result);
        }
      });
      timer = setTimeout(() => this.#core.giveUp(request, 'no answer in time'), timeout);
      this.#wanted();
    });
  }

  async call(method, params = {}, { timeout } = {}) {
    return this.#ask(method, plain(params), timeout);
  }

  async append(events, { dry, minSeq, timeout } = {}) {
    const batch = withIds(events);
    try {
      const params = plain({ dry: dry || undefined, min_seq: minSeq });
      const answer = await this.#ask('append', { ...params, events: batch }, timeout);
      return { ...answer, events: batch };
    } catch (error) {
      error.events = batch;
      throw error;
    }
  }

  async #question(method, question, options) {
    const { asOf, knownAt, limit, after, minSeq, timeout } = options;
    return this.#ask(method, plain({
      ...question, as_of: asOf, known_at: knownAt, limit, after,
      min_seq: minSeq ?? (this.highestSeq || undefined),
    }), timeout);
  }

  async query(projection, params, options = {}) {
    return this.#question('query', { projection, params }, options);
  }

  async explain(projection, key, params, options = {}) {
    return this.#question('explain', { projection, key, params }, options);
  }

  async get({ seq, id, timeout }) {
    const answer = await this.#ask('get', plain({ seq, id }), timeout);
    return answer.events[0];
  }

  async read({ timeout, ...params } = {}) {
    return this.#ask('read', plain(params), timeout);
  }

  async status({ timeout } = {}) {
    return this.#ask('status', {}, timeout);
  }

  async ping({ timeout } = {}) {
    return (await this.#ask('ping', {}, timeout)).time;
  }

  tail(start = 1, { follow = true, credit = CREDIT, ...filters } = {}) {
    this.#checkOpen();
    const state = this.#core.tail(start, credit, plain(filters));
    this.#wanted();
    return new Tail(this.#core, state, follow);
  }

  // ---- positions ----

  get highestSeq() {
    return this.#core.highestSeq;
  }

  get logId() {
    return this.#core.logId;
  }

  remember(logId, seq) {
    if (this.#core.logId === '' || this.#core.logId === logId) {
      this.#core.logId = logId;
      this.#core.highestSeq = Math.max(this.#core.highestSeq, seq);
    }
  }

  acceptRestored() {
    this.#core.acceptRestored();
  }
}
