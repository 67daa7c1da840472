#ifndef TESTS_UNIT_STORE_FAILING_DISK_H
#define TESTS_UNIT_STORE_FAILING_DISK_H

/* A disk that fails: stands before pwrite, writev and fdatasync of the whole program, LMDB's
 * calls included. */

enum failing_call { FAIL_NOTHING, FAIL_PWRITE, FAIL_WRITEV, FAIL_FDATASYNC, FAIL_META };

/* Fail the n-th such call from now on, counting from 1, and every one after it, with `error`.
 * FAIL_META is a pwrite of less than 512 bytes: a meta page of LMDB. */
void failing_disk_arm(enum failing_call call, unsigned from, int error);
/* Calls of the armed kind since then. */
unsigned failing_disk_calls(void);

#endif
