// Client of the accrued daemon: append events, ask for figures, follow the log. Amounts are
// integers in fen, rates in ppm, days text YYYY-MM-DD, times integers in microseconds UTC.

export { connect, Connection } from './connection.js';
export { AccrueError, Rejected, Unavailable, UnknownOutcome } from './errors.js';
export { eventId } from './ids.js';
export { Tail } from './tail.js';
