/* The second pass: every good row as one atomic request, many under way (M2 of import.h). */

#include "ops/cli/import/import.h"

static void tell_row(struct feed *feed, const struct slot *slot)
{
    struct importing *importing = feed->arg;
    if (slot->code == ACCRUE_OK) {
        const json_t *results = json_object_get(slot->answer, "results");
        size_t count = json_array_size(results);
        bool dup = json_is_true(json_object_get(json_array_get(results, count - 1), "dup"));
        importing->posted += !dup;
        importing->dups += dup;
        return;
    }
    progress_end(&importing->progress);
    print_error(importing->cli, slot->answer, slot->code, slot->line);
}

void post_begin(struct importing *importing)
{
    importing->posting = true;
    importing->faults.silent = true;
    json_object_clear(importing->sent);
    importing->feed = (struct feed){.cli = importing->cli,
                                    .method = "append",
                                    .keep_going = given(importing->cli, OPTION_KEEP_GOING),
                                    .inflight = POST_INFLIGHT,
                                    .tell = tell_row,
                                    .arg = importing};
}

bool post_row(struct importing *importing, const struct record *record)
{
    struct row_events row;
    json_t *batch = json_array();
    bool good = row_make(&importing->records, &importing->directory, log_has_contract, importing,
                         record, &row);
    if (good) {
        append_row(importing, &row, importing->sent, batch);
        good = feed_send(&importing->feed, batch, true, record->row);
    } else {
        json_decref(batch);
        good = true; /* told in the first pass */
    }
    row_free(&row);
    return good;
}

void post_end(struct importing *importing)
{
    feed_finish(&importing->feed);
    importing->result = importing->feed.worst;
}
