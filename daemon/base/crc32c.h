#ifndef ACCRUE_DAEMON_BASE_CRC32C_H
#define ACCRUE_DAEMON_BASE_CRC32C_H

/* CRC-32C (Castagnoli), as iSCSI, ext4 and XFS use it. Any thread. */

#include "proto/bytes.h"

uint32_t crc32c(struct slice bytes);
/* Of A and then B, where `crc` is that of A; 0 is that of nothing. */
uint32_t crc32c_more(uint32_t crc, struct slice bytes);

/* The same by table alone: what a processor without the instruction gets, and what the tests
 * compare with. */
uint32_t crc32c_portable(struct slice bytes);

#endif
