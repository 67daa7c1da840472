// Event ids: UUID version 7 (RFC 9562, section 5.7), 48 bits of milliseconds and then chance, so
// that the ids of one client sort by time.

import { randomBytes } from 'node:crypto';

/** A new id. The same one must go with every retry of the same event. */
export function eventId() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
