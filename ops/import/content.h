#ifndef ACCRUE_OPS_IMPORT_CONTENT_H
#define ACCRUE_OPS_IMPORT_CONTENT_H

/* Ids from content: SHA-256. */

#include <stddef.h>

#define CONTENT_HASH_BYTES 32
#define CONTENT_HEX_BYTES (2 * CONTENT_HASH_BYTES + 1)

void content_hash(const void *bytes, size_t len, char out[CONTENT_HASH_BYTES]);
/* 64 hexadecimal digits and a zero. */
void content_hex(const void *bytes, size_t len, char out[CONTENT_HEX_BYTES]);

#endif
