/* See replay.h. */

#include "daemon/ledger/replay.h"

#include <stdlib.h>

#include "proto/cursor.h"

#define ACCOUNTS_ASKED 8u /* of an event; most touch three */

/* Steps of Y2, by how many events ago it was taken. */
#define ROWS_AFTER 3u
#define IDS_AFTER 6u
_Static_assert(IDS_AFTER < REPLAY_AHEAD, "every step is taken before the fold");

struct taken {
    struct event event;
    uint32_t count;
    uint64_t hashes[ACCOUNTS_ASKED];
    uint32_t rows[ACCOUNTS_ASKED];
    uint8_t stored[EVENT_BYTES_MAX];
};

struct replay {
    struct ledger *ledger;
    struct facts *facts;
    uint64_t folded, next; /* seqs: the last one folded, the next one to take */
    struct taken taken[REPLAY_AHEAD];
};

struct replay *replay_new(struct ledger *ledger)
{
    struct replay *replay = malloc(sizeof(*replay));
    if (replay != NULL) {
        replay->ledger = ledger;
        replay->facts = ledger_facts(ledger);
        replay->folded = facts_seq(replay->facts);
        replay->next = replay->folded + 1;
    }
    return replay;
}

void replay_free(struct replay *replay)
{
    free(replay);
}

static struct taken *taken_at(struct replay *replay, uint64_t seq)
{
    return &replay->taken[seq % REPLAY_AHEAD];
}

static void ask_slots(struct replay *replay, struct taken *taken)
{
    struct cursor in = cursor_over(taken->event.touches);
    uint32_t count, pair;
    struct slice text, id;
    taken->count = 0;
    if (!cursor_array(&in, &count)) {
        return;
    }
    count = count < ACCOUNTS_ASKED ? count : ACCOUNTS_ASKED;
    while (taken->count < count && cursor_array(&in, &pair) && cursor_str(&in, &text) &&
           cursor_skip(&in)) {
        enum aggregate_kind kind = account_split(text, &id);
        taken->hashes[taken->count++] = aggregate_ask_slot(replay->facts, kind, id);
    }
}

static void ask_rows(struct replay *replay, struct taken *taken)
{
    for (uint32_t i = 0; i < taken->count; i++) {
        taken->rows[i] = aggregate_ask_row(replay->facts, taken->hashes[i]);
    }
}

static void ask_ids(struct replay *replay, const struct taken *taken)
{
    for (uint32_t i = 0; i < taken->count; i++) {
        if (taken->rows[i] != AGGREGATE_NONE) {
            aggregate_ask_id(replay->facts, taken->rows[i]);
        }
    }
}

static void fold_to(struct replay *replay, uint64_t seq)
{
    while (replay->folded < seq) {
        replay->folded++;
        ledger_fold(replay->ledger, &taken_at(replay, replay->folded)->event);
    }
}

enum status replay_take(struct replay *replay, struct slice stored, const struct event **ret_event)
{
    uint64_t seq = replay->next;
    struct taken *taken = taken_at(replay, seq);
    if (stored.len > sizeof(taken->stored)) {
        return STATUS_CORRUPT;
    }
    if (seq > REPLAY_AHEAD) {
        fold_to(replay, seq - REPLAY_AHEAD);
    }
    memcpy(taken->stored, stored.data, stored.len); /* Y3 */
    enum status status = event_from_stored(slice_of(taken->stored, stored.len), &taken->event);
    if (status != STATUS_OK || taken->event.seq != seq) {
        return STATUS_CORRUPT;
    }
    ask_slots(replay, taken);
    if (seq > replay->folded + ROWS_AFTER) {
        ask_rows(replay, taken_at(replay, seq - ROWS_AFTER));
    }
    if (seq > replay->folded + IDS_AFTER) {
        ask_ids(replay, taken_at(replay, seq - IDS_AFTER));
    }
    replay->next++;
    *ret_event = &taken->event;
    return STATUS_OK;
}

void replay_end(struct replay *replay)
{
    fold_to(replay, replay->next - 1);
}
