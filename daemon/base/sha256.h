#ifndef ACCRUE_DAEMON_BASE_SHA256_H
#define ACCRUE_DAEMON_BASE_SHA256_H

/* SHA-256 by OpenSSL, with the digest fetched once and a context per object: the one-shot
 * call costs three times as much (measured). */

#include "proto/bytes.h"

struct sha256; /* one thread at a time */

/* Ends the process if OpenSSL has no SHA-256: nothing of ours works without. */
struct sha256 *sha256_new(void);
void sha256_free(struct sha256 *hash);
void sha256_begin(struct sha256 *hash);
void sha256_add(struct sha256 *hash, struct slice bytes);
void sha256_end(struct sha256 *hash, uint8_t ret_digest[32]);

/* With a context of the calling thread. */
void sha256_of(struct slice first, struct slice second, uint8_t ret_digest[32]);

#endif
