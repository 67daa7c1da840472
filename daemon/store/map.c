/* Where the file of the log is mapped, for whoever handles SIGBUS.
 *
 *   M3  LMDB does not tell, so the kernel is asked: the one mapping of its length, shared, from
 *       the beginning of a file of that name. If it cannot be found, every address may be it:
 *       rather a fault of something else called a corrupt log than the other way round.
 *   M4  The answer is two atomic loads, fit for a signal handler. */

#include "daemon/store/map.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/store/log.h"

static _Atomic uintptr_t map_from, map_to;
_Static_assert(ATOMIC_POINTER_LOCK_FREE == 2, "M4");

/* "7f..-7f.. r--s 00000000 fe:00 123    /path/data.mdb", " (deleted)" perhaps behind it. */
static bool is_map(const char *line, uint64_t length, struct map_range *ret_range)
{
    static const char shared[] = " r--s 00000000 ";
    char *end;
    ret_range->from = strtoull(line, &end, 16);
    if (*end != '-') {
        return false;
    }
    ret_range->to = strtoull(end + 1, &end, 16);
    return strncmp(end, shared, sizeof(shared) - 1) == 0 && strstr(end, "/data.mdb") != NULL &&
           ret_range->to - ret_range->from == length;
}

struct map_range map_register(MDB_env *env)
{
    struct map_range range = {0, UINTPTR_MAX};
    MDB_envinfo info;
    char *line = NULL;
    size_t size = 0;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    FILE *maps = fopen("/proc/self/maps", "re");

    (void)mdb_env_info(env, &info);
    uint64_t length = (info.me_mapsize + page - 1) / page * page;
    while (maps != NULL && getline(&line, &size, maps) > 0) {
        struct map_range found;
        if (is_map(line, length, &found)) {
            range = found;
        }
    }
    free(line);
    if (maps != NULL) {
        (void)fclose(maps);
    }
    atomic_store(&map_from, range.from);
    atomic_store(&map_to, range.to);
    return range;
}

void map_forget(const struct map_range *range)
{
    uintptr_t to = range->to; /* another log's may have been registered after it */
    if (atomic_load(&map_from) == range->from) {
        (void)atomic_compare_exchange_strong(&map_to, &to, 0);
    }
}

bool log_map_holds(const void *address)
{
    uintptr_t at = (uintptr_t)address;
    return at >= atomic_load(&map_from) && at < atomic_load(&map_to);
}
