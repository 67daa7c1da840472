/* Whatever the framer accepts, msgpack-c decodes to the last byte, as our cursor reads it, and
 * any split of the stream gives the same frames and the same refusal. */

#include "tests/fuzz/fuzz.h"

#include "proto/limits.h"
#include "proto/shape.h"
#include "tests/unit/proto/same_value.h"

/* Pieces of pseudo-random sizes; `seed` 0: byte by byte. */
static enum status feed(struct slice bytes, uint32_t seed, size_t *ret_len)
{
    struct framer framer;
    enum status status = STATUS_INCOMPLETE;
    size_t have = 0;
    framer_init(&framer);
    while (have < bytes.len && status == STATUS_INCOMPLETE) {
        seed = seed == 0 ? 0 : seed * 1664525 + 1013904223;
        size_t piece = 1 + (seed >> 16) % 9;
        have = have + piece < bytes.len ? have + piece : bytes.len;
        status = framer_next(&framer, slice_of(bytes.data, have), ret_len);
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = slice_of(data, size);
    struct framer framer;
    enum status status = STATUS_OK;
    framer_init(&framer);
    while (rest.len > 0 && status == STATUS_OK) {
        size_t len = 0;
        status = framer_next(&framer, rest, &len);
        for (uint32_t seed = 0; seed < 3; seed++) {
            size_t split = 0;
            FUZZ_EXPECT(feed(rest, seed, &split) == status);
            FUZZ_EXPECT(split == len);
        }
        if (status != STATUS_OK) {
            FUZZ_EXPECT(shape_check(rest, FRAME_DEPTH_MAX) != STATUS_OK);
            break;
        }
        struct slice frame = slice_of(rest.data, len);
        FUZZ_EXPECT(len > 0 && len <= rest.len && len <= FRAME_BYTES_MAX);
        FUZZ_EXPECT(shape_check(frame, FRAME_DEPTH_MAX) == STATUS_OK);
        FUZZ_EXPECT(reads_alike(frame));
        rest = slice_of(rest.data + len, rest.len - len);
    }
    return 0;
}
