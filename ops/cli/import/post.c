/* The second pass: every good row as one atomic request, many under way (M2 of import.h).
 *
 *   O1  What makes a party goes with every request that needs it until one of them is stored: the
 *       row that made it first may be refused.
 *   O2  After a refusal nothing more is posted, unless --keep-going. */

#include "ops/cli/import/import.h"

#define UNDER_WAY_MAX (POST_INFLIGHT + 1)

static struct waiting *under_way(struct importing *importing, size_t index)
{
    return &importing->under_way[(importing->first_under_way + index) % UNDER_WAY_MAX];
}

static void count_stored(struct importing *importing, const struct waiting *row,
                         const json_t *answer)
{
    const json_t *results = json_object_get(answer, "results");
    size_t count = json_array_size(results);
    bool dup = json_is_true(json_object_get(json_array_get(results, count - 1), "dup"));
    importing->posted += !dup;
    importing->dups += dup;
    flags_note(importing, row, results);
    note_sent(row, importing->sent);
}

static void tell_row(struct feed *feed, const struct slot *slot)
{
    struct importing *importing = feed->arg;
    struct waiting *row = under_way(importing, 0);
    if (slot->code == ACCRUE_OK) {
        count_stored(importing, row, slot->answer);
    } else if (exit_of(slot->code) == EXIT_REJECTED) {
        bool silent = importing->faults.silent; /* of the row that is being read */
        importing->faults.silent = false;
        refusal_tell(importing, row, slot->events, slot->answer, slot->code);
        importing->faults.silent = silent;
    } else {
        progress_end(&importing->progress);
        print_error(importing->cli, slot->answer, slot->code, slot->line);
    }
    waiting_drop(row);
    importing->first_under_way = (importing->first_under_way + 1) % UNDER_WAY_MAX;
    importing->under_way_count--;
}

void post_begin(struct importing *importing)
{
    importing->posting = true;
    json_object_clear(importing->sent);
    directory_forget(&importing->directory, 0); /* M4 */
    flags_begin(importing);                     /* L1 of flags.c */
    importing->feed = (struct feed){.cli = importing->cli,
                                    .method = "append",
                                    .keep_going = given(importing->cli, OPTION_KEEP_GOING),
                                    .inflight = POST_INFLIGHT,
                                    .tell = tell_row,
                                    .arg = importing};
}

bool post_row(struct importing *importing, const struct record *record)
{
    struct waiting row = {.record = record_keep(&importing->records, record)};
    if (!waiting_make(importing, &row)) {
        waiting_drop(&row);
        return given(importing->cli, OPTION_KEEP_GOING);
    }
    json_t *batch = json_array();
    append_row(importing, &row, importing->sent, batch);
    *under_way(importing, importing->under_way_count++) = row;
    bool going = feed_send(&importing->feed, batch, true, record->row);
    if (importing->under_way_count > importing->feed.count) { /* it had stopped before this one */
        waiting_drop(under_way(importing, --importing->under_way_count));
    }
    return going;
}

void post_end(struct importing *importing)
{
    feed_finish(&importing->feed);
    if (importing->result == EXIT_OK) { /* else the file could not be read to its end */
        importing->result = importing->feed.worst;
    }
}
