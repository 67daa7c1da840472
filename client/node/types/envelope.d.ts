// What every event has besides the data of its type (PROTOCOL.md, part 5).

import type { Doc } from './events.js';

/** `type` and `data` are those of the event; an `id` that is not there is given by append(). */
export interface Envelope {
  id?: string | null;
  ver?: number;
  agg: string;
  /** YYYY-MM-DD */
  effective?: string;
  actor?: string;
  docs?: Doc[];
  corr?: string;
  cause?: string;
  corrects?: string;
  /** agg_seq of the aggregate before this event; 0: it must not exist */
  expect?: number;
  private?: Record<string, unknown>;
}

/** What is answered. */
export interface StoredEvent {
  id: string;
  type: string;
  ver: number;
  agg: string;
  data: Record<string, any>;
  effective: string;
  actor?: string;
  docs?: Doc[];
  corr?: string;
  cause?: string;
  corrects?: string;
  seq: number;
  agg_seq: number;
  /** microseconds since 1970, UTC */
  recorded: number;
  by: string;
  flags: string[];
  rules: number;
  effects: unknown[];
  touches: unknown[];
  /** 32 bytes */
  hash: Uint8Array;
}
