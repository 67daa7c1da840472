#ifndef ACCRUE_DAEMON_STORE_LOG_H
#define ACCRUE_DAEMON_STORE_LOG_H

/* The event log: an append-only sequence of stored events, numbered from 1.
 *
 *   L1  Sequence numbers have no gaps.
 *   L2  An event that was once readable never changes and never goes away.
 *   L3  log_append() returns STATUS_OK only when the whole group is on stable storage.
 *       Otherwise no event of it is readable, now or after a restart.
 *   L4  After any failure of a commit the log is poisoned: every later append is refused,
 *       reads go on at the last durable seq, DIR/poisoned is written (reliability rule 6).
 *   L5  Every block read is checked against its CRC32C; a bad one is STATUS_CORRUPT naming its
 *       seqs in `fault->detail`, never skipped.
 *   L6  A group is started only if used + its worst case fits under the zeroed watermark and
 *       the map (log_room), so that a full disk shows before state is touched.
 *   L7  The caller numbers nothing: events get the next seqs. `recorded` rises strictly and
 *       `prev_seq` lies before the event; anything else is our own bug.
 *
 * The daemon ignores SIGXFSZ and SIGPIPE; without that a file size limit kills the process
 * where it should be STATUS_DISK_FULL.
 *
 * Threads. One thread appends, at any time the same. Any thread may read: readers see the
 * group whole or not at all. No read transaction outlives a call. */

#include "proto/bytes.h"
#include "proto/fault.h"

struct log;

struct log_options {
    bool create;             /* make the directory and an empty log if there is none */
    bool init_load;          /* with create: the log is born loading (design 4) */
    bool after_io_error;     /* accept a poison marker: drop the page cache, verify all, clear it */
    bool read_only;          /* no lock, no zeros, no commit: for verify and audit processes */
    bool ephemeral;          /* tmpfs or any file system is fine; no warning */
    uint64_t map_bytes;      /* 0 = MAP_BYTES */
    uint64_t zero_step;      /* most zeros written ahead at once; 0 = ZERO_AHEAD_BYTES */
    const char *anchor_path; /* file of the anchor; NULL = DIR/anchor (rule 10) */
    const char *run_marker;  /* second place for the poison marker, or NULL */
};

/* One event as it goes into a block; slices borrowed until log_append returns. */
struct log_event {
    struct slice stored;       /* stored form, at most EVENT_BYTES_MAX */
    struct slice private_part; /* canonical private data with its salt before it, or empty */
    int64_t recorded;
    uint64_t prev_seq;  /* previous event of the aggregate, 0 = none */
    uint64_t flags;     /* WARNING_BIT mask */
    uint32_t aggregate; /* dense aggregate number */
    int32_t effective;
    uint16_t type;    /* enum type_id */
    uint8_t leaf[32]; /* SHA-256(0x00 || stored) */
};

/* Where the log stands: the last durable event, and the tree over all of them. */
struct log_head {
    uint64_t seq;
    int64_t recorded;
    uint8_t root[32];
    uint64_t used_bytes, map_bytes, zeroed_bytes;
};

/* Open the log in directory `path`.
 *
 *   STATUS_IO       the directory or file cannot be used; detail says what
 *   STATUS_BUSY     another process holds DIR/LOCK
 *   STATUS_FORMAT   a newer format
 *   STATUS_CORRUPT  not our log, or it fails the start-up checks (rule 7), or it ends below the
 *                   anchor; or a poison marker of this boot without after_io_error
 *   STATUS_NOMEM
 *
 * Call it while the process has one thread: a poison marker is examined in a forked child. */
enum status log_open(const char *path, const struct log_options *options, struct log **ret_log,
                     struct fault *fault);

/* Accepts NULL. No call may be running. Writes the anchor. */
void log_close(struct log *log);

/* Is this an address of the map of the log that the process opened last and has not closed? A
 * SIGBUS there means that the file has become shorter, or that the disk did not give a page. For a
 * signal handler, any thread. */
bool log_map_holds(const void *address);

/* What the operator should be told about where the log lies, or "". */
const char *log_warning(const struct log *log);

/* Random at creation, 16 bytes, as 32 hexadecimal digits and a zero. */
const char *log_id(const struct log *log);
/* Was it born loading and never closed? Only the FORMAT file says so; the end is an event. */
bool log_born_loading(const struct log *log);
int64_t log_created(const struct log *log); /* microseconds UTC */

struct log_head log_head(const struct log *log);
/* What the file system has left for our user. false: it does not say, and errno why. Any thread. */
bool log_free_bytes(const struct log *log, uint64_t *ret_bytes);

/* May a group of at most `events` events be appended, whose stored forms and private parts are
 * at most `bytes` bytes together? Zeroes ahead if it must. STATUS_DISK_FULL or STATUS_LOG_FULL with
 * nothing changed; STATUS_READ_ONLY when poisoned. */
enum status log_room(struct log *log, size_t events, size_t bytes);

/* Append `count` events (at least 1) as one durable group. See L3, L4.
 *
 *   STATUS_DISK_FULL, STATUS_LOG_FULL  no room; nothing changed
 *   STATUS_READ_ONLY  poisoned before, or opened read_only; nothing changed
 *   STATUS_IO         the log is poisoned from now on; what the disk holds is unknown */
enum status log_append(struct log *log, const struct log_event *events, size_t count);

bool log_poisoned(const struct log *log);

/* Keep zeros ahead, a step at a time: called when idle, by any thread. */
enum status log_zero_ahead(struct log *log);

/* An event as read; slices point into the visitor's call only. */
struct log_record {
    uint64_t seq;
    struct slice stored;
    struct log_event row; /* the fixed row; `stored` again, private_part empty */
};

/* false stops the walk (which still gives STATUS_OK). */
typedef bool log_visit_fn(void *arg, const struct log_record *record);

/* Visit from `from` to `to` (inclusive, cut at the head), block by block, each in a read
 * transaction of its own. STATUS_CORRUPT as L5. */
enum status log_read(struct log *log, uint64_t from, uint64_t to, log_visit_fn *visit, void *arg,
                     struct fault *fault);
/* The same from `from` down to `to`. */
enum status log_read_back(struct log *log, uint64_t from, uint64_t to, log_visit_fn *visit,
                          void *arg, struct fault *fault);

/* The salt and private data of `seq`, copied to `out`. STATUS_NOT_FOUND if it has none. */
enum status log_private(struct log *log, uint64_t seq, uint8_t *out, size_t size, size_t *ret_len);

/* Another process that read this log has died in the middle of it: what it read must not stay
 * pinned, or every later commit would take fresh pages. Gives the number of readers freed. Any
 * thread. */
unsigned log_reap_readers(struct log *log);

/* Everything there is to check, reading every byte: keys, counts, checksums, leaves, tree size
 * and root of every block, stamps (seq, recorded strictly increasing), the previous-seq chain.
 * `progress` may be NULL; false from it cancels (STATUS_CANCELLED). */
typedef bool log_progress_fn(void *arg, uint64_t done, uint64_t total);
enum status log_verify(struct log *log, log_progress_fn *progress, void *arg, struct fault *fault);

#endif
