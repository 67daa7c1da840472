// What src/index.js has.

import type { Event } from './events.js';
import type { Envelope, StoredEvent } from './envelope.js';

export type * from './events.js';
export type { Envelope, StoredEvent } from './envelope.js';

/** An event of a type of your own, which is stored and never judged. */
export interface OwnEvent extends Envelope {
  type: `x.${string}`;
  data: Record<string, unknown>;
}

export type Appendable = Event | OwnEvent;

export interface ConnectOptions {
  /** milliseconds that a call may take, unless it says otherwise; 30,000 */
  timeout?: number;
  /** of messages and labels */
  language?: 'en' | 'zh';
  /** shown in the daemon's status */
  name?: string;
}

export interface CallOptions {
  /** milliseconds */
  timeout?: number;
}

export interface Result {
  seq: number;
  agg_seq: number;
  /** it was stored before, at this position */
  dup: boolean;
  flags: string[];
  hash?: Uint8Array;
  /** of a dry run */
  effects?: unknown[];
}

export interface Appended<E = Appendable> {
  first: number;
  last: number;
  results: Result[];
  /** what was sent, with the ids that were given to it */
  events: (E & { id: string })[];
  /** of a dry run */
  figures?: Record<string, unknown>[];
}

export interface Question extends CallOptions {
  /** YYYY-MM-DD */
  asOf?: string;
  /** a seq, a date or an RFC 3339 time */
  knownAt?: number | string;
  limit?: number;
  /** the `next` of the answer before */
  after?: unknown;
  /** by default the highest seq that this connection has seen, so that what was written is read */
  minSeq?: number;
}

export type Row = Record<string, any>;

export interface Answer {
  at: number;
  as_of: string;
  known_at: number;
  open: boolean;
  unit: 'fen';
  rows: Row[];
  total?: Row[];
  next?: unknown;
}

export interface Filter {
  agg?: string;
  types?: string | string[];
  effective?: { from?: string; to?: string };
  recorded?: { from?: number | string; to?: number | string };
  flags?: string[];
  actor?: string;
}

export interface ReadParams extends Filter, CallOptions {
  from?: number;
  to?: number;
  limit?: number;
  reverse?: boolean;
}

export interface Page {
  events: StoredEvent[];
  next: number | null;
  head: number;
  at: number;
}

export interface TailOptions extends Filter {
  /** false: end where the log ends */
  follow?: boolean;
  /** events that may come before they are taken; 1,024 */
  credit?: number;
}

export class AccrueError extends Error {
  /** of PROTOCOL.md, part 3; read this, not the text */
  readonly code: string;
  /** for people, in the language of the connection */
  readonly text: string;
  /** the event of the request that is meant, from 0 */
  readonly index: number | null;
  /** "data.obligations[1].amount_fen" */
  readonly field: string | null;
  /** the state that forbids it */
  readonly state: string | null;
  /** what would be legal there */
  readonly legal: string[];
  /** of an append: what was sent, with the ids that were given to it */
  readonly events: (Appendable & { id: string })[] | null;
}
/** Certainly not stored, and sending it again changes nothing. */
export class Rejected extends AccrueError {}
/** Certainly not stored; it may work later. */
export class Unavailable extends AccrueError {}
/** It may be stored: append `events` again, unchanged, and the answer will say. */
export class UnknownOutcome extends AccrueError {}

/** Events, none skipped and none twice, also over lost connections. It waits for ever. */
export class Tail implements AsyncIterableIterator<StoredEvent> {
  private constructor();
  /** The seq to go on from, here or in another process: what lies before it was taken. */
  readonly position: number | 'first' | 'head';
  /** Everything that was stored when the tail began has been taken. */
  readonly live: boolean;
  next(): Promise<IteratorResult<StoredEvent, undefined>>;
  return(): Promise<IteratorResult<StoredEvent, undefined>>;
  [Symbol.asyncIterator](): this;
  close(): void;
}

export class Connection {
  private constructor();
  readonly url: string;
  /** the highest seq that any answer of this log has shown */
  readonly highestSeq: number;
  readonly logId: string;
  /** Any method by its name, with one map of parameters. */
  call(method: string, params?: Record<string, unknown>, options?: CallOptions):
    Promise<Record<string, any>>;
  /** Append one event or 1 to 1,000 as one atomic request; durable when it resolves. An event
   * without an `id` gets one; the same bytes are sent again after a lost connection. */
  append<E extends Appendable>(events: E | readonly E[],
    options?: CallOptions & { dry?: boolean; minSeq?: number }): Promise<Appended<E>>;
  query(projection: string, params?: Record<string, unknown>, options?: Question): Promise<Answer>;
  /** The events behind the figures of one row, by its `key`. */
  explain(projection: string, key: string, params?: Record<string, unknown>, options?: Question):
    Promise<Answer>;
  /** One event; Rejected with NOT_FOUND. */
  get(which: ({ seq: number } | { id: string }) & CallOptions): Promise<StoredEvent>;
  read(params?: ReadParams): Promise<Page>;
  status(options?: CallOptions): Promise<Record<string, any>>;
  /** The daemon's time, in microseconds since 1970. */
  ping(options?: CallOptions): Promise<number>;
  /** Follow the log. What forbids it is thrown by the first next(). */
  tail(start?: number | 'first' | 'head', options?: TailOptions): Tail;
  /** What an earlier connection, or another process, has seen of a log: a daemon that greets with
   * a lower head was restored from an old backup, and is sent nothing (CORRUPT). */
  remember(logId: string, seq: number): void;
  /** Go on with a log that was restored; what was seen before is forgotten. */
  acceptRestored(): void;
  close(): Promise<void>;
}

/** Connect to `url` (default: ACCRUE_URL, else the standard socket). Unavailable if nobody answers
 * there; later on, a lost connection is made again by itself. */
export function connect(url?: string, options?: ConnectOptions): Promise<Connection>;

/** A new event id, UUIDv7. The same one must go with every retry of the same event. */
export function eventId(): string;
