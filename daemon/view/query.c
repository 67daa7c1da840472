/* The envelope of an answer: where it stands, in what unit, and for whom it was asked.
 *
 *   Q4  An answer either fits in `out` whole or is STATUS_TOO_LARGE; rows end early, with
 *       `next`, before that can happen (page.c).
 *   Q5  `label`s are for people and take no part in order, paging or digest. */

#include "daemon/view/query.h"

static void write_stand(const struct query *query, struct writer *out, uint32_t *pairs)
{
    char day[11];
    date_format(query->view.as_of, day);
    write_text(out, "at");
    write_uint(out, query->view.published.seq);
    write_text(out, "as_of");
    write_text(out, day);
    write_text(out, "known_at");
    write_uint(out, query->view.known_at);
    *pairs += 3;
    if (query->known_at_open) {
        write_text(out, "open");
        write_bool(out, true);
        *pairs += 1;
    }
    write_text(out, "unit");
    write_text(out, "fen");
    *pairs += 1;
}

static enum status finish(struct writer *out, size_t mark, uint32_t pairs, enum status status,
                          struct fault *fault)
{
    if (status != STATUS_OK) {
        return status;
    }
    write_map_end(out, mark, pairs);
    return out->full ? fault_set(fault, STATUS_TOO_LARGE, "limit") : STATUS_OK;
}

enum status query_answer(const struct projection *projection, const struct query *query,
                         struct writer *out, struct fault *fault)
{
    uint32_t pairs = 0;
    size_t mark = write_map_begin(out);
    write_stand(query, out, &pairs);
    enum status status = projection->query(query, out, &pairs, fault);
    return finish(out, mark, pairs, status, fault);
}

enum status explain_answer(const struct projection *projection, const struct query *query,
                           struct slice key, struct writer *out, struct fault *fault)
{
    uint32_t pairs = 0;
    if (projection->explain == NULL) {
        fault_set(fault, STATUS_BAD_PARAMS, "projection");
        for (const struct projection *p = projections; p->name != NULL; p++) {
            if (p->explain != NULL) {
                fault_legal(fault, p->name);
            }
        }
        return STATUS_BAD_PARAMS;
    }
    size_t mark = write_map_begin(out);
    write_stand(query, out, &pairs);
    enum status status = projection->explain(query, key, out, &pairs, fault);
    return finish(out, mark, pairs, status, fault);
}
