/* The anchor file.
 *
 *   N1  Only durable events are anchored: the file never runs ahead of the log.
 *   N2  A damaged anchor is refused, not ignored: an ignored one would protect nothing. It is
 *       replaced by rename, so a crash does not damage it. */

#include "daemon/store/anchor.h"

#include "daemon/store/file.h"

#include <errno.h>
#include <stdio.h>

bool anchor_write(const char *path, const uint8_t log_id[LOG_ID_BYTES], const struct tree *tree)
{
    char text[FILE_BYTES_MAX];
    char id[2 * LOG_ID_BYTES + 1];
    char hash[2 * HASH_BYTES + 1];
    uint8_t root[HASH_BYTES];
    unsigned edges = (unsigned)__builtin_popcountll(tree->size);

    tree_root(tree, root);
    hex_write(log_id, LOG_ID_BYTES, id);
    hex_write(root, HASH_BYTES, hash);
    int len = snprintf(text, sizeof(text), "log_id=%s\nseq=%llu\nroot=%s\ntime=%lld\nedge=", id,
                       (unsigned long long)tree->size, hash, (long long)wall_clock_us());
    size_t at = (size_t)len;
    for (unsigned i = 0; i < edges; i++) {
        hex_write(tree->edge[i], HASH_BYTES, text + at);
        at += 2 * (size_t)HASH_BYTES;
    }
    text[at++] = '\n';
    return file_replace(path, text, at);
}

static enum status damaged(struct fault *fault, const char *what)
{
    (void)fault_set(fault, STATUS_CORRUPT, NULL);
    fault_detail(fault, "file=anchor what=%s", what);
    return STATUS_CORRUPT;
}

enum status anchor_read(const char *path, const uint8_t log_id[LOG_ID_BYTES], struct tree *ret_tree,
                        struct fault *fault)
{
    char text[FILE_BYTES_MAX];
    uint8_t id[LOG_ID_BYTES];
    uint8_t given[HASH_BYTES];
    uint8_t root[HASH_BYTES];
    struct slice edge;
    struct tree tree;

    tree_init(&tree);
    if (!file_read(path, text)) {
        if (errno == ENOENT) {
            *ret_tree = tree;
            return STATUS_OK;
        }
        (void)fault_set(fault, STATUS_IO, NULL);
        fault_detail(fault, "file=anchor errno=%d", errno);
        return STATUS_IO;
    }
    if (!line_hex(text, "log_id", id, LOG_ID_BYTES) || !line_number(text, "seq", &tree.size) ||
        !line_hex(text, "root", given, HASH_BYTES) || !line_find(text, "edge", &edge)) {
        return damaged(fault, "damaged"); /* N2 */
    }
    if (memcmp(id, log_id, LOG_ID_BYTES) != 0) {
        return damaged(fault, "of_another_log");
    }
    size_t edges = (size_t)__builtin_popcountll(tree.size);
    if (edge.len != edges * 2 * HASH_BYTES) {
        return damaged(fault, "damaged");
    }
    for (size_t i = 0; i < edges; i++) {
        struct slice digits = slice_of(edge.data + i * 2 * HASH_BYTES, 2 * (size_t)HASH_BYTES);
        if (!hex_read(digits, tree.edge[i], HASH_BYTES)) {
            return damaged(fault, "damaged");
        }
    }
    tree_root(&tree, root);
    if (memcmp(root, given, HASH_BYTES) != 0) {
        return damaged(fault, "damaged");
    }
    *ret_tree = tree;
    return STATUS_OK;
}
