#ifndef ACCRUE_DAEMON_STORE_BLOCK_H
#define ACCRUE_DAEMON_STORE_BLOCK_H

/* A block: some consecutive events as the log stores them, under the key `first`.
 * All numbers little-endian.
 *
 *     0  u32  format, BLOCK_FORMAT
 *     4  u64  first, the seq of the first event, from 1
 *    12  u32  count, from 1
 *    16  u32  CRC-32C of every byte after it
 *    20  u64  tree size after the last event: first + count - 1
 *    28  32B  tree root after the last event
 *    60       count x u32    offset of each event, from the block's first byte
 *             count x 38 B   rows
 *             count x 32 B   leaf hashes
 *             the events, without gaps, to the end
 *
 *   a row:
 *     0  u32  dense aggregate number
 *     4  u16  type
 *     6  u64  flags
 *    14  i64  recorded, microseconds since 1970 UTC
 *    22  i32  effective, days since 1970
 *    26  u64  previous event of the aggregate, 0 = none
 *    34  u32  length of the event
 *
 * The bytes before the checksum are covered too: `first` is also the key, and the count follows
 * from the tree size, which the checksum covers.
 *
 * To change this layout:
 *   1. add 1 to BLOCK_FORMAT, and never reuse a number;
 *   2. keep block_check() and block_event() for the old one under a name with its number;
 *   3. choose between them by the format in block_check();
 *   4. add a directory written by the old release to tests/vectors/.
 * Blocks are never rewritten but for the last, so every old reader stays for good. */

#include "daemon/store/log.h"
#include "proto/limits.h"

#define BLOCK_FORMAT 1u
#define BLOCK_HEAD_LEN 60u
#define BLOCK_ROW_LEN 38u
#define BLOCK_EVENT_LEN (4u + BLOCK_ROW_LEN + HASH_BYTES) /* of an event besides its bytes */
#define BLOCK_EVENTS_MAX ((BLOCK_BYTES_MAX - BLOCK_HEAD_LEN) / (BLOCK_EVENT_LEN + 1u))

_Static_assert(BLOCK_HEAD_LEN + BLOCK_EVENT_LEN + EVENT_BYTES_MAX <= BLOCK_BYTES_MAX,
               "the largest event fits in a block of its own");

/* A block that block_check() has accepted, borrowed from its bytes. */
struct block {
    struct slice bytes;
    uint64_t first;
    uint32_t count;
    const uint8_t *root;
    const uint8_t *offsets, *rows, *leaves;
};

static inline uint64_t block_last(const struct block *block)
{
    return block->first + block->count - 1;
}

/* Is this a whole and unharmed block? Any bytes are safe to ask about.
 *
 *   STATUS_FORMAT   a format of a later release
 *   STATUS_CORRUPT  anything else that is wrong */
enum status block_check(struct slice bytes, struct block *ret_block);

/* The event at `at` < count; private_part is empty. Slices borrowed from the block's bytes. */
void block_event(const struct block *block, uint32_t at, struct log_event *ret_event);

/* The block under construction: the last one of the log, kept in parts so that it can grow. */
struct block_tail {
    uint64_t first;
    uint32_t count;
    size_t stored_len;
    uint8_t rows[BLOCK_EVENTS_MAX * BLOCK_ROW_LEN];
    uint8_t leaves[BLOCK_EVENTS_MAX * HASH_BYTES];
    uint8_t stored[BLOCK_BYTES_MAX];
};

void block_tail_init(struct block_tail *tail, uint64_t first);
/* Take over what a block holds, so that more can be added. */
void block_tail_load(struct block_tail *tail, const struct block *block);
/* Bytes of the block as it stands; BLOCK_HEAD_LEN when empty. */
size_t block_tail_len(const struct block_tail *tail);
/* false: it does not fit, nothing changed. */
bool block_tail_add(struct block_tail *tail, const struct log_event *event);
/* Write block_tail_len() bytes to `out`. The tail has at least one event. */
void block_tail_encode(const struct block_tail *tail, const uint8_t root[HASH_BYTES], uint8_t *out);

#endif
