/* Blocks: the stored form of the log.
 *
 *   B1  Only one sequence of bytes stands for given events and root: what block_check()
 *       accepts, block_tail_encode() writes again byte for byte.
 *   B2  block_check() reads no byte outside the block and trusts no number in it before it is
 *       compared with the block's length.
 *   B3  A block has at least one event, an event at least one byte, and a block is never longer
 *       than BLOCK_BYTES_MAX, so that it takes 16 pages with the page header. */

#include "daemon/store/block.h"

#include "daemon/base/check.h"
#include "daemon/base/crc32c.h"

enum { AT_FIRST = 4, AT_COUNT = 12, AT_CRC = 16, AT_TREE_SIZE = 20, AT_ROOT = 28 };
enum {
    ROW_TYPE = 4,
    ROW_FLAGS = 6,
    ROW_RECORDED = 14,
    ROW_EFFECTIVE = 22,
    ROW_PREV = 26,
    ROW_LENGTH = 34,
};

_Static_assert(AT_ROOT + HASH_BYTES == BLOCK_HEAD_LEN, "the table in block.h");
_Static_assert(ROW_LENGTH + 4 == BLOCK_ROW_LEN, "the table in block.h");

static uint32_t crc_of(struct slice bytes)
{
    return crc32c(slice_of(bytes.data + AT_CRC + 4, bytes.len - AT_CRC - 4));
}

/* Do the events lie one after the other from the end of the tables to the end of the block? */
static bool events_fill(const struct block *block)
{
    size_t at = BLOCK_HEAD_LEN + (size_t)block->count * BLOCK_EVENT_LEN;
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t len = load_u32(block->rows + (size_t)i * BLOCK_ROW_LEN + ROW_LENGTH);
        if (load_u32(block->offsets + (size_t)i * 4) != at) {
            return false;
        }
        if (len < 1 || len > EVENT_BYTES_MAX || len > block->bytes.len - at) {
            return false;
        }
        at += len;
    }
    return at == block->bytes.len;
}

enum status block_check(struct slice bytes, struct block *ret_block)
{
    struct block block = {.bytes = bytes};

    if (bytes.len < BLOCK_HEAD_LEN || bytes.len > BLOCK_BYTES_MAX) {
        return STATUS_CORRUPT;
    }
    if (load_u32(bytes.data + AT_CRC) != crc_of(bytes)) {
        return STATUS_CORRUPT;
    }
    if (load_u32(bytes.data) != BLOCK_FORMAT) {
        return load_u32(bytes.data) > BLOCK_FORMAT ? STATUS_FORMAT : STATUS_CORRUPT;
    }
    block.first = load_u64(bytes.data + AT_FIRST);
    block.count = load_u32(bytes.data + AT_COUNT);
    block.root = bytes.data + AT_ROOT;
    if (block.count < 1 || block.count > (bytes.len - BLOCK_HEAD_LEN) / BLOCK_EVENT_LEN) {
        return STATUS_CORRUPT; /* B2 */
    }
    if (block.first < 1 || block.first > INT64_MAX) {
        return STATUS_CORRUPT;
    }
    if (load_u64(bytes.data + AT_TREE_SIZE) != block_last(&block)) {
        return STATUS_CORRUPT;
    }
    block.offsets = bytes.data + BLOCK_HEAD_LEN;
    block.rows = block.offsets + (size_t)block.count * 4;
    block.leaves = block.rows + (size_t)block.count * BLOCK_ROW_LEN;
    if (!events_fill(&block)) {
        return STATUS_CORRUPT;
    }
    *ret_block = block;
    return STATUS_OK;
}

void block_event(const struct block *block, uint32_t at, struct log_event *ret_event)
{
    INVARIANT(at < block->count);
    const uint8_t *row = block->rows + (size_t)at * BLOCK_ROW_LEN;
    uint32_t offset = load_u32(block->offsets + (size_t)at * 4);

    ret_event->stored = slice_of(block->bytes.data + offset, load_u32(row + ROW_LENGTH));
    ret_event->private_part = (struct slice){0};
    ret_event->recorded = (int64_t)load_u64(row + ROW_RECORDED);
    ret_event->prev_seq = load_u64(row + ROW_PREV);
    ret_event->flags = load_u64(row + ROW_FLAGS);
    ret_event->aggregate = load_u32(row);
    ret_event->effective = (int32_t)load_u32(row + ROW_EFFECTIVE);
    ret_event->type = load_u16(row + ROW_TYPE);
    memcpy(ret_event->leaf, block->leaves + (size_t)at * HASH_BYTES, HASH_BYTES);
}

void block_tail_init(struct block_tail *tail, uint64_t first)
{
    tail->first = first;
    tail->count = 0;
    tail->stored_len = 0;
}

void block_tail_load(struct block_tail *tail, const struct block *block)
{
    const uint8_t *stored = block->leaves + (size_t)block->count * HASH_BYTES;

    tail->first = block->first;
    tail->count = block->count;
    tail->stored_len = block->bytes.len - (size_t)(stored - block->bytes.data);
    memcpy(tail->rows, block->rows, (size_t)block->count * BLOCK_ROW_LEN);
    memcpy(tail->leaves, block->leaves, (size_t)block->count * HASH_BYTES);
    memcpy(tail->stored, stored, tail->stored_len);
}

size_t block_tail_len(const struct block_tail *tail)
{
    return BLOCK_HEAD_LEN + (size_t)tail->count * BLOCK_EVENT_LEN + tail->stored_len;
}

bool block_tail_add(struct block_tail *tail, const struct log_event *event)
{
    INVARIANT(event->stored.len >= 1); /* B3 */
    INVARIANT(event->stored.len <= EVENT_BYTES_MAX);
    if (block_tail_len(tail) + BLOCK_EVENT_LEN + event->stored.len > BLOCK_BYTES_MAX) {
        return false;
    }
    uint8_t *row = tail->rows + (size_t)tail->count * BLOCK_ROW_LEN;
    store_u32(row, event->aggregate);
    store_u16(row + ROW_TYPE, event->type);
    store_u64(row + ROW_FLAGS, event->flags);
    store_u64(row + ROW_RECORDED, (uint64_t)event->recorded);
    store_u32(row + ROW_EFFECTIVE, (uint32_t)event->effective);
    store_u64(row + ROW_PREV, event->prev_seq);
    store_u32(row + ROW_LENGTH, (uint32_t)event->stored.len);
    memcpy(tail->leaves + (size_t)tail->count * HASH_BYTES, event->leaf, HASH_BYTES);
    memcpy(tail->stored + tail->stored_len, event->stored.data, event->stored.len);
    tail->stored_len += event->stored.len;
    tail->count++;
    return true;
}

void block_tail_encode(const struct block_tail *tail, const uint8_t root[HASH_BYTES], uint8_t *out)
{
    INVARIANT(tail->count >= 1);
    size_t len = block_tail_len(tail);
    size_t event = BLOCK_HEAD_LEN + (size_t)tail->count * BLOCK_EVENT_LEN;
    uint8_t *offsets = out + BLOCK_HEAD_LEN;
    uint8_t *rows = offsets + (size_t)tail->count * 4;
    uint8_t *leaves = rows + (size_t)tail->count * BLOCK_ROW_LEN;

    INVARIANT(len <= BLOCK_BYTES_MAX);
    store_u32(out, BLOCK_FORMAT);
    store_u64(out + AT_FIRST, tail->first);
    store_u32(out + AT_COUNT, tail->count);
    store_u64(out + AT_TREE_SIZE, tail->first + tail->count - 1);
    memcpy(out + AT_ROOT, root, HASH_BYTES);
    memcpy(rows, tail->rows, (size_t)tail->count * BLOCK_ROW_LEN);
    memcpy(leaves, tail->leaves, (size_t)tail->count * HASH_BYTES);
    memcpy(out + event, tail->stored, tail->stored_len);
    for (uint32_t i = 0; i < tail->count; i++) {
        store_u32(offsets + (size_t)i * 4, (uint32_t)event);
        event += load_u32(rows + (size_t)i * BLOCK_ROW_LEN + ROW_LENGTH);
    }
    INVARIANT(event == len);
    store_u32(out + AT_CRC, crc_of(slice_of(out, len)));
}
