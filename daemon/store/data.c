/* LMDB: opening, codes, and the check before the map.
 *
 *   M1  Flags: NOSUBDIR (one file), NOTLS (a reader's slot goes with the transaction, not with
 *       the thread), NORDAHEAD (a random read brings one block, not its neighbours). Nothing
 *       that trades durability for speed.
 *   M2  A file that is too short for its meta pages is refused before it is mapped.
 *
 * The meta page is read with offsets of LMDB's data version 1 on 64-bit little-endian
 * machines, the only ones this program is built for. */

#include "daemon/store/data.h"

#include "proto/bytes.h"
#include "proto/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(sizeof(size_t) == 8, "integer keys are size_t: 64-bit machines only");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "little-endian machines only");

#define META_MAGIC 0xBEEFC0DEU
#define META_VERSION 1u
#define META_LEN 152u
#define PAGE_LEN_MAX 65536u
#define DATABASES 2u
#define READERS_MAX 1024u
enum { META_AT_MAGIC = 16, META_AT_VERSION = 20, META_AT_PAGE_LEN = 40, META_AT_LAST = 136 };

enum status data_status(int rc)
{
    switch (rc) {
    case MDB_SUCCESS:
        return STATUS_OK;
    case MDB_NOTFOUND:
        return STATUS_NOT_FOUND;
    case MDB_MAP_FULL:
    case MDB_TXN_FULL:
        return STATUS_LOG_FULL;
    case MDB_READERS_FULL:
        return STATUS_OVERLOADED;
    case ENOMEM:
        return STATUS_NOMEM;
    case ENOSPC:
    case EDQUOT:
        return STATUS_DISK_FULL;
    case MDB_CORRUPTED:
    case MDB_INVALID:
    case MDB_PAGE_NOTFOUND:
    case MDB_CURSOR_FULL:
    case MDB_INCOMPATIBLE:
        return STATUS_CORRUPT;
    case MDB_VERSION_MISMATCH:
        return STATUS_FORMAT;
    default:
        return STATUS_IO;
    }
}

enum status data_fault(struct fault *fault, int rc, const char *op)
{
    (void)fault_set(fault, data_status(rc), NULL);
    fault_detail(fault, "op=%s lmdb=%d", op, rc);
    return fault->code;
}

enum status data_open(const char *path, uint64_t map_bytes, bool read_only, MDB_env **ret_env,
                      struct fault *fault)
{
    MDB_env *env;
    unsigned flags = MDB_NOSUBDIR | MDB_NOTLS | MDB_NORDAHEAD; /* M1 */
    const char *op = "mdb_env_create";

    int rc = mdb_env_create(&env);
    if (rc != 0) {
        return data_fault(fault, rc, op);
    }
    rc = mdb_env_set_mapsize(env, map_bytes);
    if (rc == 0) {
        rc = mdb_env_set_maxdbs(env, DATABASES);
    }
    if (rc == 0) {
        rc = mdb_env_set_maxreaders(env, READERS_MAX);
    }
    if (rc == 0) {
        op = "mdb_env_open";
        rc = mdb_env_open(env, path, flags | (read_only ? MDB_RDONLY : 0u), 0600);
    }
    if (rc != 0) {
        mdb_env_close(env);
        return data_fault(fault, rc, op);
    }
    *ret_env = env;
    return STATUS_OK;
}

/* The length that the meta page at `at` asks for, and its page length. */
static bool meta_read(int fd, off_t at, uint64_t *ret_page_len, uint64_t *ret_need)
{
    uint8_t meta[META_LEN];
    if (pread(fd, meta, sizeof(meta), at) != (ssize_t)sizeof(meta)) {
        return false;
    }
    uint64_t page_len = load_u32(meta + META_AT_PAGE_LEN);
    uint64_t last = load_u64(meta + META_AT_LAST);
    if (load_u32(meta + META_AT_MAGIC) != META_MAGIC) {
        return false;
    }
    if (load_u32(meta + META_AT_VERSION) != META_VERSION) {
        return false;
    }
    if (page_len < 512 || page_len > PAGE_LEN_MAX || (page_len & (page_len - 1)) != 0) {
        return false;
    }
    if (last > INT64_MAX / PAGE_LEN_MAX - 1) {
        return false;
    }
    *ret_page_len = page_len;
    *ret_need = (last + 1) * page_len;
    return true;
}

enum status data_check_file(const char *path, struct fault *fault)
{
    struct stat info;
    uint64_t page_len[2] = {0};
    uint64_t need[2] = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || fstat(fd, &info) != 0) {
        (void)fault_set(fault, STATUS_IO, NULL);
        fault_detail(fault, "file=data.mdb errno=%d", errno);
        if (fd >= 0) {
            (void)close(fd);
        }
        return STATUS_IO;
    }
    bool good = meta_read(fd, 0, &page_len[0], &need[0]) &&
                meta_read(fd, (off_t)page_len[0], &page_len[1], &need[1]) &&
                page_len[0] == page_len[1];
    (void)close(fd);
    uint64_t longest = need[0] > need[1] ? need[0] : need[1];
    if (!good || (uint64_t)info.st_size < longest) { /* M2 */
        (void)fault_set(fault, STATUS_CORRUPT, NULL);
        fault_detail(fault, "file=data.mdb bytes=%lld needed=%llu meta=%s", (long long)info.st_size,
                     (unsigned long long)longest, good ? "good" : "bad");
        return STATUS_CORRUPT;
    }
    return STATUS_OK;
}

uint64_t data_used_bytes(MDB_env *env)
{
    MDB_envinfo info;
    MDB_stat stat;
    (void)mdb_env_info(env, &info);
    (void)mdb_env_stat(env, &stat);
    return ((uint64_t)info.me_last_pgno + 1) * stat.ms_psize;
}
