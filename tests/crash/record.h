#ifndef TESTS_CRASH_RECORD_H
#define TESTS_CRASH_RECORD_H

/* What the recorder writes and the replayer reads: one entry for each call that changes what a
 * disk holds. A head of RECORD_HEAD_LEN bytes, little-endian, then `len` bytes.
 *
 *     0  u8   op
 *     1  u8   durable: the file was opened with O_DSYNC
 *     2  u64  inode of the file or directory
 *    10  u64  inode of the parent directory (CREATE, RENAME), offset (WRITE), length (TRUNCATE),
 *             number (ACK)
 *    18  u32  len: of the name (CREATE, RENAME), of the bytes (WRITE) */

#define RECORD_HEAD_LEN 22u

enum record_op {
    RECORD_ROOT = 1, /* the directory that everything lies in */
    RECORD_CREATE,
    RECORD_MKDIR,
    RECORD_RENAME,
    RECORD_REMOVE,
    RECORD_WRITE,
    RECORD_TRUNCATE,
    RECORD_SYNC,
    RECORD_ACK, /* a write to standard output that begins with "ACK " */
};

#endif
