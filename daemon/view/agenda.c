/* The agenda: see agenda.h. Rows in the order of their dates.
 *
 *   A1  `within` days after as_of, both ends inclusive; what lies before as_of is there too, unless
 *       overdue=no. What it leaves out it does not explain either. */

#include "daemon/view/agenda.h"

#include <inttypes.h>
#include <stdio.h>

#include "daemon/base/column.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

#define WITHIN_DEFAULT 30
#define WITHIN_MAX 3660

static const char *const what_names[] = {
#define X(name, en, zh) #name,
    AGENDA_LIST(X)
#undef X
        NULL};
static const char *const yes_no[] = {"yes", "no", NULL};
const char *const agenda_parameters[] = {"within", "overdue", "what", "party", NULL};

struct agenda {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    struct column entries;
    int32_t until;
    int overdue, what;
    uint32_t party;
    int64_t overdue_count;
    struct slice wanted_key; /* explain: the row; its events gather in `explanation` */
    struct explanation *explanation;
};

int32_t agenda_until(const struct agenda *agenda)
{
    return agenda->until;
}

void agenda_add(struct agenda *agenda, const struct agenda_entry *entry)
{
    char key[KEY_BYTES_MAX + 96];
    char owner[KEY_BYTES_MAX];
    char day[11];
    bool past = entry->day < agenda->query->view.as_of;
    if (entry->day > agenda->until || (past && agenda->overdue != 0) ||
        (agenda->what >= 0 && agenda->what != (int)entry->what) ||
        (agenda->party != AGGREGATE_NONE && agenda->party != entry->party)) {
        return;
    }
    date_format(entry->day, day);
    size_t len = key_owner(agenda->query->facts, entry->aggregate, owner);
    int made = snprintf(key, sizeof(key), "%s %s %.*s/%010u", day, what_names[entry->what],
                        (int)len, owner, entry->no);
    if (entry->apart > 0) {
        made += snprintf(key + made, sizeof(key) - (size_t)made, ".%020" PRIu64, entry->apart);
    }
    if (agenda->explanation != NULL) {
        if (slice_equal(slice_of(key, (size_t)made), agenda->wanted_key)) {
            agenda_explain_entry(agenda->explanation, entry);
        }
        return;
    }
    agenda->overdue_count += past;
    struct agenda_entry *kept = column_push(&agenda->entries);
    *kept = *entry;
    page_offer(&agenda->page, slice_of(key, (size_t)made), agenda->entries.count - 1);
}

static const char *words(enum agenda_what what, enum language language)
{
    static const char *const texts[][2] = {
#define X(name, en, zh) {en, zh},
        AGENDA_LIST(X)
#undef X
    };
    return texts[what][language == LANGUAGE_ZH];
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct agenda *agenda = arg;
    const struct query *query = agenda->query;
    const struct agenda_entry *entry = column_at(&agenda->entries, row->payload);
    char text[KEY_BYTES_MAX];
    bool amount = entry->amount != AMOUNT_UNKNOWN;
    (void)fault;
    write_map(out, 11);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, label_of(query, entry->aggregate));
    write_text(out, "date");
    write_day(out, entry->day);
    write_text(out, "days");
    write_int(out, entry->day - query->view.as_of);
    write_text(out, "what");
    write_text(out, what_names[entry->what]);
    write_text(out, "text");
    write_text(out, words(entry->what, query->language));
    write_text(out, "agg");
    write_str(out, slice_of(text, key_owner(query->facts, entry->aggregate, text)));
    write_text(out, "no");
    if (entry->no > 0) {
        write_uint(out, entry->no);
    } else {
        write_nil(out);
    }
    write_text(out, "party");
    write_id(out, query->facts, entry->party);
    write_text(out, "currency");
    if (amount) {
        write_text(out, currency_code(entry->currency));
    } else {
        write_nil(out);
    }
    write_text(out, "amount");
    write_amount(out, entry->amount);
    return STATUS_OK;
}

static void write_total(const struct agenda *agenda, struct writer *out)
{
    bool any = agenda->entries.count > 0;
    write_text(out, "total");
    write_array(out, any ? 1 : 0);
    if (any) {
        write_map(out, 2);
        write_text(out, "entries");
        write_uint(out, agenda->entries.count);
        write_text(out, "overdue");
        write_int(out, agenda->overdue_count);
    }
}

/* A number of days, also as `30d`. */
static enum status read_within(const struct query *query, int32_t *ret_days, struct fault *fault)
{
    struct param_list list;
    enum status status = param_list(query, "within", &list, fault);
    *ret_days = WITHIN_DEFAULT;
    if (status != STATUS_OK || !list.given) {
        return status;
    }
    int64_t days = list.count == 1 ? list.number[0] : -1;
    if (list.count == 1 && days < 0 && list.text[0].len > 1 &&
        list.text[0].data[list.text[0].len - 1] == 'd') {
        days = 0;
        for (size_t i = 0; i + 1 < list.text[0].len; i++) {
            uint8_t digit = list.text[0].data[i];
            days = digit >= '0' && digit <= '9' && days <= WITHIN_MAX ? days * 10 + (digit - '0')
                                                                      : WITHIN_MAX + 1;
        }
    }
    if (days < 0 || days > WITHIN_MAX) {
        return param_fault(fault, STATUS_BAD_PARAMS, "within");
    }
    *ret_days = (int32_t)days;
    return STATUS_OK;
}

static enum status agenda_read(struct agenda *agenda, const struct query *query,
                               struct fault *fault)
{
    int32_t within = WITHIN_DEFAULT;
    *agenda = (struct agenda){.query = query};
    enum status status = params_check(query, agenda_parameters, fault);
    if (status == STATUS_OK) {
        status = read_within(query, &within, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "overdue", yes_no, 0, &agenda->overdue, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "what", what_names, -1, &agenda->what, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "party", KIND_party, &agenda->party, fault);
    }
    agenda->until = query->view.as_of > DAY_MAX - within ? DAY_MAX : query->view.as_of + within;
    return status;
}

static enum status visit_sources(struct agenda *agenda, struct fault *fault)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && agenda_sources[i] != NULL; i++) {
        status = agenda_sources[i](agenda, agenda->query, fault);
    }
    return status;
}

enum status agenda_query(const struct query *query, struct writer *out, uint32_t *pairs,
                         struct fault *fault)
{
    struct agenda agenda;
    enum status status = agenda_read(&agenda, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&agenda.scratch);
    column_init(&agenda.entries, sizeof(struct agenda_entry));
    page_init(&agenda.page, &agenda.scratch, query);
    status = visit_sources(&agenda, fault);
    if (status == STATUS_OK) {
        status = page_write(&agenda.page, write_row, &agenda, out, pairs, fault);
    }
    if (status == STATUS_OK) {
        write_total(&agenda, out);
        *pairs += 1;
    }
    column_done(&agenda.entries);
    scratch_done(&agenda.scratch);
    return status;
}

enum status agenda_explain(const struct query *query, struct slice key, struct writer *out,
                           uint32_t *pairs, struct fault *fault)
{
    struct agenda agenda;
    struct explanation explanation;
    enum status status = agenda_read(&agenda, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    agenda.explanation = &explanation;
    agenda.wanted_key = key;
    status = visit_sources(&agenda, fault);
    if (status == STATUS_OK) {
        status = explanation_write(&explanation, out, pairs, fault);
    }
    explanation_done(&explanation);
    return status;
}
