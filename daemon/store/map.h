#ifndef ACCRUE_DAEMON_STORE_MAP_H
#define ACCRUE_DAEMON_STORE_MAP_H

/* See map.c; log_map_holds() is in log.h. Addresses; {0, 0}: none. */

#include <lmdb.h>
#include <stdint.h>

struct map_range {
    uintptr_t from, to;
};

/* Of the environment that was opened last; before anything is read through it. */
struct map_range map_register(MDB_env *env);
void map_forget(const struct map_range *range);

#endif
