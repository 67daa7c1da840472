#ifndef ACCRUE_DAEMON_STORE_ANCHOR_H
#define ACCRUE_DAEMON_STORE_ANCHOR_H

/* How far the log is known to have gone, kept outside of data.mdb and by choice outside of the
 * directory. A log that ends below its anchor was rolled back or cut (reliability rule 10).
 *
 *   log_id=<hexadecimal>  seq=<number>  root=<hexadecimal>  time=<microseconds since 1970>
 *   edge=<the tree's edge hashes, hexadecimal, largest subtree first>
 *
 * one a line. The edge is what lets a start go on from here without reading every leaf; the
 * root proves it. */

#include "daemon/audit/tree.h"
#include "daemon/store/format.h"
#include "proto/fault.h"

/* Replace the anchor durably; false if that failed, then the old one is still there. */
bool anchor_write(const char *path, const uint8_t log_id[LOG_ID_BYTES], const struct tree *tree);

/* *ret_tree is the tree at the anchor; an empty tree if there is no anchor.
 *
 *   STATUS_CORRUPT  it is damaged, or another log's
 *   STATUS_IO       it cannot be read */
enum status anchor_read(const char *path, const uint8_t log_id[LOG_ID_BYTES], struct tree *ret_tree,
                        struct fault *fault);

#endif
