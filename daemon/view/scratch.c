/* Memory of one question.
 *
 *   S1  Nothing is freed before scratch_done(), so what was taken never moves.
 *   S2  No question takes memory row by row from the system: blocks are 64 KiB at least.
 *   S3  Running out of memory ends the process, as in column.h (K3). */

#include "daemon/view/scratch.h"

#include <stdlib.h>

#include "daemon/base/check.h"

#define BLOCK_BYTES ((size_t)64 * 1024)
#define ALIGNMENT ((size_t)16)

struct scratch_block {
    struct scratch_block *older;
    size_t size; /* of the bytes behind this head */
};

_Static_assert(sizeof(struct scratch_block) % ALIGNMENT == 0, "what follows the head is aligned");

void scratch_init(struct scratch *scratch)
{
    *scratch = (struct scratch){.blocks = NULL, .left = 0};
}

void scratch_done(struct scratch *scratch)
{
    while (scratch->blocks != NULL) {
        struct scratch_block *block = scratch->blocks;
        scratch->blocks = block->older;
        free(block);
    }
    scratch->left = 0;
}

void *scratch_take(struct scratch *scratch, size_t bytes)
{
    size_t need = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (scratch->blocks == NULL || need > scratch->left) {
        size_t size = need > BLOCK_BYTES ? need : BLOCK_BYTES;
        struct scratch_block *block = calloc(1, sizeof(*block) + size);
        INVARIANT(block != NULL); /* S3 */
        block->older = scratch->blocks;
        block->size = size;
        scratch->blocks = block;
        scratch->left = size;
    }
    struct scratch_block *block = scratch->blocks;
    uint8_t *piece = (uint8_t *)(block + 1) + (block->size - scratch->left);
    scratch->left -= need;
    return piece;
}

struct slice scratch_copy(struct scratch *scratch, struct slice bytes)
{
    if (bytes.len == 0) {
        return slice_of("", 0);
    }
    uint8_t *copy = scratch_take(scratch, bytes.len);
    memcpy(copy, bytes.data, bytes.len);
    return slice_of(copy, bytes.len);
}
