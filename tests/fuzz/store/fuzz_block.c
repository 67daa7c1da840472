/* Any bytes may be asked whether they are a block. What is accepted gives its events from within
 * itself, and encoded again it is the same bytes. The checksum is put right first, or no invented
 * input would ever get past it. */

#include "tests/fuzz/fuzz.h"

#include "daemon/base/crc32c.h"
#include "daemon/store/block.h"

static void check_events(const struct block *block)
{
    for (uint32_t i = 0; i < block->count; i++) {
        struct log_event event;
        block_event(block, i, &event);
        FUZZ_EXPECT(event.stored.data >= block->bytes.data);
        FUZZ_EXPECT(event.stored.data + event.stored.len <= block->bytes.data + block->bytes.len);
    }
}

static void check_again(const struct block *block)
{
    static struct block_tail tail;
    static uint8_t out[BLOCK_BYTES_MAX];
    block_tail_load(&tail, block);
    FUZZ_EXPECT(block_tail_len(&tail) == block->bytes.len);
    block_tail_encode(&tail, block->root, out);
    FUZZ_EXPECT(slice_equal(slice_of(out, block->bytes.len), block->bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t bytes[BLOCK_BYTES_MAX];
    struct block block;
    if (block_check(slice_of(data, size), &block) == STATUS_OK) {
        check_events(&block);
        check_again(&block);
    }
    if (size < BLOCK_HEAD_LEN || size > sizeof(bytes)) {
        return 0;
    }
    memcpy(bytes, data, size);
    store_u32(bytes + 16, crc32c(slice_of(bytes + 20, size - 20)));
    if (block_check(slice_of(bytes, size), &block) == STATUS_OK) {
        check_events(&block);
        check_again(&block);
    }
    return 0;
}
