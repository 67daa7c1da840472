// What can go wrong, in three kinds that say what became of what was sent.

// DISK_FULL, LOG_FULL and READ_ONLY stored nothing either, but last until an operator acts.
const LATER = new Set(['RATE_LIMITED', 'OVERLOADED', 'DEADLINE_EXCEEDED', 'UNAVAILABLE']);

export class AccrueError extends Error {
  constructor(code, text = '', { index = null, field = null, state = null, legal = [] } = {}) {
    const where = (index === null ? '' : ` index=${index}`) + (field ? ` field=${field}` : '');
    super(`${code}${where}${text ? `: ${text}` : ''}${state ? ` (${state})` : ''}`);
    this.name = this.constructor.name;
    this.code = code;
    this.text = text;
    this.index = index;
    this.field = field || null;
    this.state = state || null;
    this.legal = legal;
    this.events = null;
  }
}

/** Certainly not stored, and sending it again changes nothing. */
export class Rejected extends AccrueError {}

/** Certainly not stored; it may work later. */
export class Unavailable extends AccrueError {}

/** It may be stored: append `events` again, unchanged, and the answer will say. */
export class UnknownOutcome extends AccrueError {}

function kindOf(code, later) {
  if (code === 'UNKNOWN_OUTCOME') {
    return UnknownOutcome;
  }
  return later ? Unavailable : Rejected;
}

/** The error of a code, of its kind. */
export function make(code, text, more) {
  return new (kindOf(code, LATER.has(code)))(code, text, more);
}

/** The error of an answer: a map after the greeting, text before. */
export function read(error) {
  if (typeof error === 'string') {
    const code = error.split(' ', 1)[0].replace(/:$/, '');
    return make(code, error.slice(code.length).replace(/^[: ]+/, ''));
  }
  const { code = 'INTERNAL', message = '', index, field, state, legal, retry } = error;
  const more = { index: index ?? null, field, state, legal: legal ?? [] };
  return new (kindOf(code, retry === true))(code, message, more);
}
