#ifndef ACCRUE_DAEMON_AUDIT_TREE_H
#define ACCRUE_DAEMON_AUDIT_TREE_H

/* The Merkle tree of RFC 6962 section 2 as a compact range: only the roots of the perfect
 * subtrees along the right edge, largest first; at most one for each bit of the size.
 *
 *   T1  leaf = SHA-256(0x00 || data), node = SHA-256(0x01 || left || right).
 *   T2  The empty tree's root is SHA-256 of nothing.
 *
 * Values; no allocation; one thread at a time. */

#include "proto/bytes.h"
#include "proto/limits.h"

#define TREE_EDGE_MAX 64u

struct tree {
    uint64_t size;
    uint8_t edge[TREE_EDGE_MAX][HASH_BYTES];
};

void tree_init(struct tree *tree);
void tree_leaf(struct slice data, uint8_t ret_leaf[HASH_BYTES]);
void tree_add(struct tree *tree, const uint8_t leaf[HASH_BYTES]);
void tree_root(const struct tree *tree, uint8_t ret_root[HASH_BYTES]);

#endif
