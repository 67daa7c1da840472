/* daemon/view/query.h with one projection, which counts events: enough to ask and to rebuild. */

#include "daemon/base/sha256.h"
#include "daemon/view/query.h"
#include "proto/writer.h"

static enum status count_events(const struct query *query, struct writer *out, uint32_t *pairs,
                                struct fault *fault)
{
    (void)fault;
    write_text(out, "rows");
    write_array(out, 1);
    write_map(out, 1);
    write_text(out, "count");
    write_uint(out, query->view.known_at);
    *pairs += 1;
    return STATUS_OK;
}

const struct projection projections[] = {
    {.name = "events", .help_en = "events", .help_zh = "事件", .query = count_events},
    {.name = NULL},
};

const struct projection *projection_by_name(struct slice name)
{
    return slice_is(name, "events") ? &projections[0] : NULL;
}

enum status query_answer(const struct projection *projection, const struct query *query,
                         struct writer *out, struct fault *fault)
{
    uint32_t pairs = 1;
    size_t mark = write_map_begin(out);
    write_text(out, "at");
    write_uint(out, query->view.published.seq);
    enum status status = projection->query(query, out, &pairs, fault);
    write_map_end(out, mark, pairs);
    return status;
}

enum status explain_answer(const struct projection *projection, const struct query *query,
                           struct slice key, struct writer *out, struct fault *fault)
{
    (void)key;
    return query_answer(projection, query, out, fault);
}

enum status viewpoint_read(struct query *query, const struct published *published,
                           struct slice as_of, struct slice known_at, int32_t today,
                           struct fault *fault)
{
    (void)as_of;
    (void)known_at;
    (void)fault;
    query->known_at_open = false;
    query->view =
        (struct viewpoint){.known_at = published->seq, .as_of = today, .published = *published};
    return STATUS_OK;
}

void projection_digest(const struct projection *projection, const struct facts *facts,
                       const struct published *published, uint64_t seq, uint8_t ret_digest[32])
{
    struct sha256 *hash = sha256_new();
    (void)projection;
    (void)published;
    sha256_begin(hash);
    for (uint64_t at = 1; at <= seq; at++) {
        const struct event_row *row = event_row_at(facts, at);
        uint64_t numbers[6] = {(uint64_t)row->recorded, row->prev_seq, row->flags,
                               row->aggregate,          row->agg_seq,  row->type};
        sha256_add(hash, slice_of(numbers, sizeof(numbers)));
        sha256_add(hash, aggregate_id(facts, row->aggregate));
    }
    sha256_end(hash, ret_digest);
    sha256_free(hash);
}
