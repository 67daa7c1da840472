/* RFC 6962 section 2, incrementally.
 *
 *   T3  The number of edge hashes is the number of one bits of `size`; edge[i] belongs to the
 *       i-th highest one bit.
 *   T4  Adding a leaf merges as often as `size` ends in one bits: two hashes a leaf on average. */

#include "daemon/audit/tree.h"

#include "daemon/base/check.h"
#include "daemon/base/sha256.h"

static unsigned edge_count(uint64_t size)
{
    return (unsigned)__builtin_popcountll(size);
}

static void join(const uint8_t left[HASH_BYTES], const uint8_t right[HASH_BYTES],
                 uint8_t ret_node[HASH_BYTES])
{
    uint8_t both[1 + 2 * HASH_BYTES];
    both[0] = 0x01;
    memcpy(both + 1, left, HASH_BYTES);
    memcpy(both + 1 + HASH_BYTES, right, HASH_BYTES);
    sha256_of(slice_of(both, sizeof(both)), slice_of(both, 0), ret_node);
}

void tree_init(struct tree *tree)
{
    memset(tree, 0, sizeof(*tree));
}

void tree_leaf(struct slice data, uint8_t ret_leaf[HASH_BYTES])
{
    static const uint8_t prefix = 0x00;
    sha256_of(slice_of(&prefix, 1), data, ret_leaf);
}

void tree_add(struct tree *tree, const uint8_t leaf[HASH_BYTES])
{
    uint8_t node[HASH_BYTES];
    unsigned count = edge_count(tree->size);
    memcpy(node, leaf, HASH_BYTES);
    for (uint64_t rest = tree->size; (rest & 1) != 0; rest >>= 1) { /* T4 */
        INVARIANT(count > 0);
        count--;
        join(tree->edge[count], node, node);
    }
    memcpy(tree->edge[count], node, HASH_BYTES);
    tree->size++;
}

void tree_root(const struct tree *tree, uint8_t ret_root[HASH_BYTES])
{
    unsigned count = edge_count(tree->size);
    if (count == 0) {
        sha256_of(slice_of("", 0), slice_of("", 0), ret_root); /* T2 */
        return;
    }
    memcpy(ret_root, tree->edge[count - 1], HASH_BYTES);
    for (unsigned i = count - 1; i > 0; i--) {
        join(tree->edge[i - 1], ret_root, ret_root);
    }
}
