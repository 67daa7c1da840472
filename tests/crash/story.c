/* The story: a pure function of (seed, seq) for events and of (seed, k) for groups. */

#include "tests/crash/story.h"

#include "daemon/audit/tree.h"
#include "daemon/store/snapshot.h"

#include <stdio.h>
#include <stdlib.h>

#define EVENT_ROOM (EVENT_BYTES_MAX + PRIVATE_BYTES_MAX + PRIVATE_SALT_BYTES)

uint64_t story_random(uint64_t *state)
{
    uint64_t x = (*state += UINT64_C(0x9e3779b97f4a7c15)); /* splitmix64 */
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

size_t story_group(uint64_t seed, uint64_t k)
{
    uint64_t state = seed * 1000003 + k;
    uint64_t r = story_random(&state);
    if (r % 41 == 0) {
        return 150 + (r >> 16) % 250;
    }
    return r % 9 == 0 ? 10 + (r >> 16) % 30 : 1 + (r >> 16) % 5;
}

static size_t stored_len(uint64_t r)
{
    if (r % 499 == 0) {
        return EVENT_BYTES_MAX - (r >> 16) % 1000;
    }
    if (r % 31 == 0) {
        return 2000 + (r >> 16) % 10000;
    }
    return 24 + (r >> 16) % 500;
}

static void fill(uint64_t *state, uint8_t *out, size_t len)
{
    for (size_t i = 0; i < len; i += 8) {
        uint8_t word[8];
        store_u64(word, story_random(state));
        memcpy(out + i, word, len - i < 8 ? len - i : 8);
    }
}

void story_event(uint64_t seed, uint64_t seq, uint8_t *bytes, struct log_event *ret_event)
{
    uint64_t state = seed << 40 ^ seq;
    uint64_t r = story_random(&state);
    size_t len = stored_len(r);
    size_t private_len = seq % 5 == 0 ? PRIVATE_SALT_BYTES + 1 + (r >> 32) % PRIVATE_BYTES_MAX : 0;

    fill(&state, bytes, len);
    fill(&state, bytes + len, private_len);
    *ret_event = (struct log_event){
        .stored = slice_of(bytes, len),
        .private_part = slice_of(bytes + len, private_len),
        .recorded = INT64_C(1700000000000000) + (int64_t)(seq * 1000 + r % 1000),
        .prev_seq = seq > STORY_AGGREGATES ? seq - STORY_AGGREGATES : 0,
        .flags = story_random(&state),
        .aggregate = (uint32_t)(seq % STORY_AGGREGATES),
        .effective = (int32_t)(r % 40000) - 10000,
        .type = (uint16_t)(r >> 48),
    };
    tree_leaf(ret_event->stored, ret_event->leaf);
}

enum status story_append(struct log *log, uint64_t seed, uint64_t k)
{
    size_t count = story_group(seed, k);
    struct log_event *events = calloc(count, sizeof(*events));
    uint8_t *bytes = malloc(count * EVENT_ROOM);
    uint64_t first = log_head(log).seq + 1;
    enum status status = STATUS_NOMEM;

    if (events != NULL && bytes != NULL) {
        for (size_t i = 0; i < count; i++) {
            story_event(seed, first + i, bytes + i * EVENT_ROOM, &events[i]);
        }
        status = log_append(log, events, count);
    }
    free(events);
    free(bytes);
    return status;
}

struct check {
    uint64_t seed;
    uint64_t next;
    bool good;
    uint8_t *bytes;
};

static bool same(const struct log_event *a, const struct log_event *b)
{
    return slice_equal(a->stored, b->stored) && a->recorded == b->recorded &&
           a->prev_seq == b->prev_seq && a->flags == b->flags && a->aggregate == b->aggregate &&
           a->effective == b->effective && a->type == b->type &&
           memcmp(a->leaf, b->leaf, HASH_BYTES) == 0;
}

static bool on_record(void *arg, const struct log_record *record)
{
    struct check *check = arg;
    struct log_event told;

    story_event(check->seed, check->next, check->bytes, &told);
    check->good = record->seq == check->next && slice_equal(record->stored, told.stored) &&
                  same(&record->row, &told);
    check->next++;
    return check->good;
}

static bool privates_hold(struct log *log, struct check *check, uint64_t last)
{
    uint8_t found[PRIVATE_BYTES_MAX + PRIVATE_SALT_BYTES];
    for (uint64_t seq = 1; seq <= last; seq++) {
        struct log_event told;
        size_t len = 0;
        if (seq % 5 != 0) {
            continue;
        }
        story_event(check->seed, seq, check->bytes, &told);
        if (log_private(log, seq, found, sizeof(found), &len) != STATUS_OK ||
            !slice_equal(slice_of(found, len), told.private_part)) {
            return false;
        }
    }
    return true;
}

bool story_holds(struct log *log, uint64_t seed)
{
    struct fault fault = {0};
    struct check check = {.seed = seed, .next = 1, .good = true, .bytes = malloc(EVENT_ROOM)};
    uint64_t last = log_head(log).seq;

    bool good = check.bytes != NULL &&
                log_read(log, 1, UINT64_MAX, on_record, &check, &fault) == STATUS_OK &&
                check.good && check.next == last + 1 && privates_hold(log, &check, last);
    free(check.bytes);
    return good;
}

bool story_boundary(uint64_t seed, uint64_t seq, uint64_t *ret_k)
{
    uint64_t end = 0;
    uint64_t k = 0;
    while (end < seq) {
        end += story_group(seed, k);
        k++;
    }
    *ret_k = k;
    return end == seq;
}

/* ---- snapshots: a column of a number an event, one of three bytes an event ---- */

#define SNAPSHOT_LAYOUT "story"

struct telling {
    uint64_t seed, next;
    bool right;
};

static size_t row_write(uint64_t seed, uint32_t column, uint64_t row, uint8_t out[8])
{
    uint64_t state = seed << 20 ^ row << 1 ^ column;
    store_u64(out, story_random(&state));
    return column == 0 ? 8 : 3;
}

static void give_rows(void *arg, uint32_t column, uint64_t from, uint64_t count, uint8_t *out)
{
    const struct telling *telling = arg;
    for (uint64_t row = from; row < from + count; row++) {
        uint8_t bytes[8];
        size_t len = row_write(telling->seed, column, row, bytes);
        memcpy(out, bytes, len);
        out += len;
    }
}

enum status story_snapshot(struct log *log, uint64_t seed)
{
    static struct snapshot_head head;
    struct telling telling = {.seed = seed};
    struct snapshot_pace pace = {.until_ms = INT64_MAX};
    struct fault fault = {0};
    uint64_t bytes;
    head = (struct snapshot_head){.layout = SNAPSHOT_LAYOUT, .number = seed, .count = 2};
    log_tree(log, &head.tree);
    for (uint32_t i = 0; i < head.count; i++) {
        head.columns[i].row_bytes = i == 0 ? 8 : 3;
        head.columns[i].rows = head.tree.size;
        (void)snprintf(head.columns[i].name, sizeof(head.columns[i].name),
                       i == 0 ? "numbers" : "threes");
    }
    enum status status = snapshot_write(log, &head, give_rows, &telling, &pace, &bytes, &fault);
    if (status != STATUS_OK) {
        (void)fprintf(stderr, "snapshot: %s %s\n", status_name(status), fault.detail);
    }
    return status;
}

static bool take_rows(void *arg, uint32_t column, uint64_t count, const uint8_t *rows)
{
    struct telling *telling = arg;
    for (uint64_t i = 0; i < count; i++) {
        uint8_t bytes[8];
        size_t len = row_write(telling->seed, column, telling->next++, bytes);
        telling->right = telling->right && memcmp(bytes, rows, len) == 0;
        rows += len;
    }
    return telling->right;
}

bool story_snapshot_holds(struct log *log, uint64_t seed, uint64_t *ret_seq)
{
    struct snapshot *snapshot;
    struct fault fault = {0};
    *ret_seq = 0;
    enum status status = snapshot_open(log, SNAPSHOT_LAYOUT, &snapshot, &fault);
    if (status == STATUS_NOT_FOUND) {
        return true;
    }
    if (status == STATUS_OK) {
        *ret_seq = snapshot_head(snapshot)->tree.size;
        for (uint32_t column = 0; status == STATUS_OK && column < 2; column++) {
            struct telling telling = {.seed = seed, .right = true};
            status = snapshot_read(snapshot, column, take_rows, &telling, &fault);
        }
        snapshot_close(snapshot, status == STATUS_OK);
    }
    if (status != STATUS_OK) {
        (void)fprintf(stderr, "snapshot: %s %s\n", status_name(status), fault.detail);
    }
    return status == STATUS_OK;
}
