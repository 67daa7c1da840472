/* query and explain: the parameters that all projections share; the rest is theirs (view/).
 *
 *   S24 A question is copied whole before it waits: the frame that it came in is gone by then.
 *   S25 `min_seq` past the head is UNAVAILABLE: an answer never stands on less than was asked. */

#include <stdlib.h>

#include "daemon/service/service_inner.h"
#include "daemon/view/query.h"

enum { PROJECTION, AS_OF, KNOWN_AT, PARAMS, LIMIT, AFTER, MIN_SEQ, KEY };
static const char *const query_names[] = {"projection", "as_of", "known_at", "params",
                                          "limit",      "after", "min_seq",  NULL};
static const char *const explain_names[] = {"projection", "as_of",   "known_at", "params", "limit",
                                            "after",      "min_seq", "key",      NULL};

struct question {
    struct reader reader;
    const struct projection *projection;
    struct slice as_of, known_at, params, after, key;
    int64_t limit, min_seq;
    int32_t today;
    bool explain;
    enum language language;
    uint8_t bytes[];
};

static enum status run_question(struct reader *reader, struct writer *out, struct fault *fault)
{
    struct question *question = LIST_ELEMENT(reader, struct question, reader);
    struct query query = {.facts = reader->service->committer.apply.facts,
                          .params = question->params,
                          .limit = (uint64_t)question->limit,
                          .after = question->after,
                          .language = question->language};
    if ((uint64_t)question->min_seq > reader->published.seq) { /* S25 */
        (void)fault_set(fault, STATUS_UNAVAILABLE, "min_seq");
        fault_detail(fault, "head=%llu", (unsigned long long)reader->published.seq);
        return STATUS_UNAVAILABLE;
    }
    enum status status = viewpoint_read(&query, &reader->published, question->as_of,
                                        question->known_at, question->today, fault);
    if (status != STATUS_OK) {
        return status;
    }
    write_result_head(out, reader->call.id);
    return question->explain
               ? explain_answer(question->projection, &query, question->key, out, fault)
               : query_answer(question->projection, &query, out, fault);
}

static enum status read_projection(const struct params *params, struct question *question,
                                   struct fault *fault)
{
    struct slice name = {0};
    enum status status = param_str(params, PROJECTION, query_names, 64, &name, fault);
    if (status != STATUS_OK) {
        return status;
    }
    if (name.data == NULL) {
        return param_missing(fault, "projection");
    }
    question->projection = projection_by_name(name);
    if (question->projection == NULL) {
        (void)fault_set(fault, STATUS_NOT_FOUND, "projection");
        for (const struct projection *p = projections; p->name != NULL; p++) {
            fault_legal(fault, p->name);
        }
        return STATUS_NOT_FOUND;
    }
    return STATUS_OK;
}

static enum status read_question(const struct params *params, const char *const *names,
                                 struct question *question, struct fault *fault)
{
    enum status status = read_projection(params, question, fault);
    question->limit = QUERY_ROWS_MAX;
    if (status == STATUS_OK) {
        status = param_int(params, LIMIT, names, 1, QUERY_ROWS_MAX, &question->limit, fault);
    }
    if (status == STATUS_OK) {
        status = param_int(params, MIN_SEQ, names, 0, WIRE_INT_MAX, &question->min_seq, fault);
    }
    if (status == STATUS_OK) {
        status = param_str(params, AFTER, names, TEXT_MAX, &question->after, fault);
    }
    if (status == STATUS_OK && question->explain) {
        status = param_str(params, KEY, names, TEXT_MAX, &question->key, fault);
        if (status == STATUS_OK && question->key.data == NULL) {
            status = param_missing(fault, "key");
        }
    }
    if (status != STATUS_OK) {
        return status;
    }
    struct cursor in = cursor_over(params->at[PARAMS]);
    if (params->at[PARAMS].data != NULL && cursor_peek(&in) != CURSOR_MAP) {
        return param_wrong(fault, "params", "map");
    }
    question->as_of = params->at[AS_OF];
    question->known_at = params->at[KNOWN_AT];
    question->params = params->at[PARAMS];
    return STATUS_OK;
}

static enum status ask_question(struct ask *ask, bool explain, struct fault *fault)
{
    const char *const *names = explain ? explain_names : query_names;
    struct service *service = ask->service;
    struct params params;
    struct question *question = calloc(1, sizeof(*question) + ask->params.len);
    if (question == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    struct slice copy = slice_of(question->bytes, ask->params.len); /* S24 */
    if (copy.len > 0) {
        memcpy(question->bytes, ask->params.data, copy.len);
    }
    question->reader.run = run_question;
    question->reader.finish = reader_finish_and_free;
    question->explain = explain;
    question->language = ask->peer->language;
    question->today = shanghai_day(service->env.wall_us(service->env.arg));
    enum status status = params_read(copy, names, &params, fault);
    if (status == STATUS_OK) {
        status = read_question(&params, names, question, fault);
    }
    if (status == STATUS_OK) {
        status = reader_submit(ask, &question->reader, ask_deadline(ask, &params), fault);
    }
    if (status != STATUS_OK) {
        free(question);
    }
    return status;
}

enum status method_query(struct ask *ask, struct fault *fault)
{
    return ask_question(ask, false, fault);
}

enum status method_explain(struct ask *ask, struct fault *fault)
{
    return ask_question(ask, true, fault);
}
