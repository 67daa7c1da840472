#ifndef ACCRUE_DAEMON_STORE_DATA_H
#define ACCRUE_DAEMON_STORE_DATA_H

/* What the rest of the store needs of LMDB besides lmdb.h. */

#include "proto/fault.h"

#include <lmdb.h>
#include <sys/types.h>

/* The only place where an LMDB code becomes ours. */
enum status data_status(int rc);

/* The same as a fault: `op` is the call that gave `rc`. */
enum status data_fault(struct fault *fault, int rc, const char *op);

/* Open the environment in file `path` with the only flags we use. */
enum status data_open(const char *path, uint64_t map_bytes, bool read_only, MDB_env **ret_env,
                      struct fault *fault);

/* Does the file hold every page that its two meta pages speak of? Asked by reading, before
 * anything is mapped: behind the end of a file a map gives SIGBUS. */
enum status data_check_file(const char *path, struct fault *fault);

/* Bytes up to the last page ever used. */
uint64_t data_used_bytes(MDB_env *env);

#endif
