/* What a reviewer should look at: the warnings of accepted events (domain 10, P5).
 *
 *   W1  A row is one warning of one event, in the order of the log; an event that was reversed has
 *       none. By flag, actor or type the rows are counts. Explained, each warning is a line, named
 * by its code. W2  Who entered an event is what the client said (`actor`); the connection's
 * identity is in the log. */

#include <inttypes.h>
#include <stdio.h>

#include "daemon/base/index_table.h"
#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

#define SEED UINT64_C(0xf1d)

enum by { BY_EVENT, BY_FLAG, BY_ACTOR, BY_TYPE };
static const char *const by_names[] = {"event", "flag", "actor", "type", NULL};
const char *const findings_parameters[] = {"by", "flag", "actor", "period", NULL};

struct group {
    struct slice key;
    int64_t count;
    uint64_t first_seq, last_seq;
};

struct finding {
    const struct flagged_row *row;
    unsigned bit;
};

struct findings {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    enum by by;
    int flag; /* -1: any */
    struct slice actor;
    bool has_period;
    int32_t from, to;
    struct column groups;
    struct index_table group_index;
    int64_t total;
    struct slice wanted_key; /* explain: the row; its events gather in `explanation` */
    struct explanation *explanation;
};

static enum status findings_read(struct findings *findings, const struct query *query,
                                 struct fault *fault)
{
    int by = BY_EVENT;
    struct slice flag;
    *findings = (struct findings){.query = query, .flag = -1};
    enum status status = params_check(query, findings_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_EVENT, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_text(query, "flag", &flag, fault);
    }
    if (status == STATUS_OK && flag.len > 0) {
        findings->flag = warning_from_name((const char *)flag.data, flag.len);
        if (findings->flag < 0) {
            return param_fault(fault, STATUS_BAD_PARAMS, "flag");
        }
    }
    if (status == STATUS_OK) {
        status = param_text(query, "actor", &findings->actor, fault);
    }
    if (status == STATUS_OK) {
        status = param_period(query, "period", &findings->from, &findings->to,
                              &findings->has_period, fault);
    }
    findings->by = (enum by)by;
    return status;
}

/* ---- counting ---- */

#define FINDING_KEY_BYTES 64u

/* Of the row that the finding is in; one of its own is written into `room`. */
static struct slice row_key(const struct findings *findings, const struct finding *finding,
                            char room[FINDING_KEY_BYTES])
{
    const struct facts *facts = findings->query->facts;
    if (findings->by == BY_EVENT) {
        int len = snprintf(room, FINDING_KEY_BYTES, "%016" PRIu64 " %s", finding->row->fact.seq,
                           warning_name(finding->bit));
        return slice_of(room, (size_t)len);
    }
    if (findings->by == BY_FLAG) {
        return slice_text(warning_name(finding->bit));
    }
    if (findings->by == BY_ACTOR) {
        return text_of(facts, finding->row->actor);
    }
    const struct event_row *event = event_row_at(facts, finding->row->fact.seq);
    const struct event_type *type = event_type_by_id((enum type_id)event->type);
    return slice_text(type != NULL ? type->name : "x");
}

static uint64_t group_hash(const void *arg, uint64_t number)
{
    const struct findings *findings = arg;
    const struct group *group = column_at(&findings->groups, number);
    return hash_bytes(group->key, SEED);
}

static void count(struct findings *findings, const struct finding *finding, struct slice key)
{
    uint64_t number;
    struct group *group = NULL;
    uint64_t hash = hash_bytes(key, SEED);
    struct index_probe probe = index_probe_begin(&findings->group_index, hash);
    while (group == NULL && index_probe_next(&probe, &number)) {
        struct group *one = column_at(&findings->groups, number);
        group = slice_equal(one->key, key) ? one : NULL;
    }
    if (group == NULL) {
        number = findings->groups.count;
        group = column_push(&findings->groups);
        group->key = key;
        group->first_seq = finding->row->fact.seq;
        index_table_insert(&findings->group_index, hash, number, group_hash, findings);
    }
    group->count++;
    group->last_seq = finding->row->fact.seq;
}

static void explain(struct findings *findings, const struct finding *finding, struct slice key)
{
    const struct explanation_line line = {.seq = finding->row->fact.seq,
                                          .amount = AMOUNT_UNKNOWN,
                                          .what = warning_name(finding->bit)};
    if (slice_equal(key, findings->wanted_key)) {
        explanation_add(findings->explanation, &line);
    }
}

static void take(struct findings *findings, uint64_t index, const struct finding *finding)
{
    char room[FINDING_KEY_BYTES];
    if (findings->flag >= 0 && (unsigned)findings->flag != finding->bit) {
        return;
    }
    struct slice key = row_key(findings, finding, room);
    findings->total++;
    if (findings->explanation != NULL) {
        explain(findings, finding, key);
    } else if (findings->by == BY_EVENT) {
        page_offer(&findings->page, key, index * 64 + finding->bit);
    } else {
        count(findings, finding, key);
    }
}

static void run(struct findings *findings)
{
    const struct query *query = findings->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_FLAGGED]; i++) {
        struct finding finding = {.row = facts_row(query->facts, FACT_FLAGGED, i)};
        const struct fact *fact = &finding.row->fact;
        if (!fact_counts(fact, &query->view) ||
            (findings->has_period &&
             (fact->valid < findings->from || fact->valid > findings->to)) ||
            (findings->actor.len > 0 &&
             !slice_equal(findings->actor, text_of(query->facts, finding.row->actor)))) {
            continue;
        }
        for (finding.bit = 0; finding.bit < 64; finding.bit++) {
            if ((finding.row->flags >> finding.bit & 1u) != 0) {
                take(findings, i, &finding);
            }
        }
    }
}

/* ---- rows ---- */

static void write_words(const struct findings *findings, unsigned bit, struct writer *out)
{
    bool chinese = findings->query->language == LANGUAGE_ZH;
    write_text(out, chinese ? warning_text_zh(bit) : warning_text_en(bit));
}

static void write_event(struct findings *findings, const struct page_row *row, struct writer *out)
{
    char text[KEY_BYTES_MAX];
    const struct facts *facts = findings->query->facts;
    const struct flagged_row *flagged = facts_row(facts, FACT_FLAGGED, row->payload / 64);
    unsigned bit = (unsigned)(row->payload % 64);
    const struct event_row *event = event_row_at(facts, flagged->fact.seq);
    const struct event_type *type = event_type_by_id((enum type_id)event->type);
    write_map(out, 9);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_words(findings, bit, out);
    write_text(out, "flag");
    write_text(out, warning_name(bit));
    write_text(out, "seq");
    write_uint(out, flagged->fact.seq);
    write_text(out, "type");
    write_text(out, type != NULL ? type->name : "x");
    write_text(out, "agg");
    write_str(out, slice_of(text, key_owner(facts, event->aggregate, text)));
    write_text(out, "effective");
    write_day(out, event->effective);
    write_text(out, "recorded");
    write_day(out, shanghai_day(event->recorded));
    write_text(out, "actor");
    write_str(out, text_of(facts, flagged->actor));
}

static void write_group(struct findings *findings, const struct page_row *row, struct writer *out)
{
    const struct group *group = column_at(&findings->groups, row->payload);
    write_map(out, 5);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    if (findings->by == BY_FLAG) {
        int bit = warning_from_name((const char *)row->key.data, row->key.len);
        write_words(findings, (unsigned)bit, out);
    } else {
        write_str(out, row->key);
    }
    write_text(out, "count");
    write_int(out, group->count);
    write_text(out, "first_seq");
    write_uint(out, group->first_seq);
    write_text(out, "last_seq");
    write_uint(out, group->last_seq);
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct findings *findings = arg;
    (void)fault;
    if (findings->by == BY_EVENT) {
        write_event(findings, row, out);
    } else {
        write_group(findings, row, out);
    }
    return STATUS_OK;
}

static void write_total(const struct findings *findings, struct writer *out)
{
    write_text(out, "total");
    write_array(out, findings->total > 0 ? 1 : 0);
    if (findings->total > 0) {
        write_map(out, 1);
        write_text(out, "count");
        write_int(out, findings->total);
    }
}

enum status findings_query(const struct query *query, struct writer *out, uint32_t *pairs,
                           struct fault *fault)
{
    struct findings findings;
    enum status status = findings_read(&findings, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&findings.scratch);
    column_init(&findings.groups, sizeof(struct group));
    index_table_init(&findings.group_index);
    page_init(&findings.page, &findings.scratch, query);
    run(&findings);
    for (uint64_t i = 0; i < findings.groups.count; i++) {
        const struct group *group = column_at(&findings.groups, i);
        page_offer(&findings.page, group->key, i);
    }
    status = page_write(&findings.page, write_row, &findings, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(&findings, out);
        *pairs += 1;
    }
    index_table_done(&findings.group_index);
    column_done(&findings.groups);
    scratch_done(&findings.scratch);
    return status;
}

enum status findings_explain(const struct query *query, struct slice key, struct writer *out,
                             uint32_t *pairs, struct fault *fault)
{
    struct findings findings;
    struct explanation explanation;
    enum status status = findings_read(&findings, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    findings.explanation = &explanation;
    findings.wanted_key = key;
    run(&findings);
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
