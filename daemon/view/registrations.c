/* Applications for registration and their clock, one row a contract.
 *
 *   A1  The latest application counts from the latest refusal or revocation on; without one since,
 *       the row says what was decided last. A contract that neither applied nor was decided on
 *       has no row.
 *   A2  Overdue: pending, and the last day of the clock lies before as_of. Late: decided after it.
 */

#include "daemon/view/registrations.h"

#include "daemon/ledger/registration.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/standing.h"

enum status_of { PENDING, REGISTERED, REJECTED, REVOKED };
static const char *const status_names[] = {"pending", "registered", "rejected", "revoked", NULL};
#define STATUSES 4
const char *const registrations_parameters[] = {"status", "agency", "party", "overdue", NULL};
static const char *const yes_no[] = {"false", "true", NULL};

struct application {
    struct standing standing;
    const struct registration_row *applied, *decided; /* NULL: none */
    enum status_of status;
    int32_t due, days;
    bool overdue, late;
};

struct applications {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    int status, overdue; /* -1: any */
    struct slice agency;
    uint32_t party;
    int64_t count, counts[STATUSES], overdues, lates;
};

static enum status_of status_after(const struct registration_row *row)
{
    switch ((enum registration_action)row->action) {
    case REGISTRATION_REGISTERED:
    case REGISTRATION_CHANGED:
        return REGISTERED;
    case REGISTRATION_REVOKED:
        return REVOKED;
    case REGISTRATION_REFUSED:
        return REJECTED;
    case REGISTRATION_APPLIED:
        break;
    }
    return PENDING;
}

/* A1: rows come newest first. */
static bool read_rows(const struct query *query, uint32_t contract, struct application *application)
{
    uint32_t at;
    const struct registration_row *row =
        facts_first(query->facts, FACT_REGISTRATION, contract, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_REGISTRATION, &query->view, &at)) {
        bool applies = row->action == REGISTRATION_APPLIED;
        if (applies) {
            application->applied = row;
            break;
        }
        if (row->action != REGISTRATION_CHANGED && application->decided == NULL) {
            application->decided = row;
        }
    }
    application->status =
        application->decided == NULL ? PENDING : status_after(application->decided);
    return application->applied != NULL || application->decided != NULL;
}

const struct registration_row *application_pending(const struct query *query, uint32_t contract)
{
    struct application application = {.due = DAY_NONE};
    return read_rows(query, contract, &application) && application.status == PENDING
               ? application.applied
               : NULL;
}

static struct slice agency_of(const struct query *query, const struct application *application)
{
    const struct registration_row *row = application->applied;
    if (row == NULL && application->decided->action == REGISTRATION_REGISTERED) {
        row = application->decided;
    }
    return row == NULL ? slice_of("", 0) : text_of(query->facts, row->agency);
}

static bool application_read(const struct applications *applications, uint64_t index,
                             struct application *ret)
{
    const struct query *query = applications->query;
    const struct contract_row *row = facts_row(query->facts, FACT_CONTRACT, index);
    *ret = (struct application){.due = DAY_NONE};
    if (facts_head(query->facts, FACT_REGISTRATION, row->fact.key, true) == NO_ROW ||
        !standing_read(query, index, &ret->standing) || !read_rows(query, row->fact.key, ret)) {
        return false;
    }
    if (ret->applied != NULL) {
        ret->due = registration_due(query->facts, row->fact.key, ret->applied->reg_date,
                                    &query->view, &ret->days);
        ret->overdue = ret->status == PENDING && ret->due < query->view.as_of; /* A2 */
        ret->late = ret->decided != NULL && ret->decided->fact.valid > ret->due;
    }
    return (applications->status < 0 || (enum status_of)applications->status == ret->status) &&
           (applications->overdue < 0 || (applications->overdue == 1) == ret->overdue) &&
           (applications->agency.len == 0 ||
            slice_equal(applications->agency, agency_of(query, ret))) &&
           (applications->party == AGGREGATE_NONE ||
            standing_has_party(query, &ret->standing, applications->party));
}

static enum status applications_read(struct applications *applications, const struct query *query,
                                     struct fault *fault)
{
    *applications = (struct applications){.query = query};
    enum status status = params_check(query, registrations_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "status", status_names, -1, &applications->status, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "overdue", yes_no, -1, &applications->overdue, fault);
    }
    if (status == STATUS_OK) {
        status = param_text(query, "agency", &applications->agency, fault);
    }
    return status == STATUS_OK
               ? param_aggregate(query, "party", KIND_party, &applications->party, fault)
               : status;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct applications *applications = arg;
    const struct query *query = applications->query;
    struct application application;
    (void)fault;
    if (!application_read(applications, row->payload, &application)) {
        write_nil(out);
        return STATUS_OK;
    }
    const struct registration_row *applied = application.applied;
    const struct registration_row *decided = application.decided;
    size_t mark = write_map_begin(out);
    write_contract_head(query, application.standing.contract, application.standing.row->currency,
                        out);
    write_text(out, "status");
    write_text(out, status_names[application.status]);
    write_text(out, "agency");
    write_str(out, agency_of(query, &application));
    write_text(out, "applicant");
    write_id(out, query->facts, applied == NULL ? AGGREGATE_NONE : applied->applicant);
    write_text(out, "applied_on");
    write_day(out, applied == NULL ? DAY_NONE : applied->reg_date);
    write_text(out, "working_days");
    write_amount(out, applied == NULL ? AMOUNT_UNKNOWN : application.days);
    write_text(out, "due");
    write_day(out, application.due);
    write_text(out, "overdue");
    write_bool(out, application.overdue);
    write_text(out, "decided_on");
    write_day(out, decided == NULL ? DAY_NONE : decided->fact.valid);
    write_text(out, "late");
    write_bool(out, application.late);
    write_text(out, "reason");
    bool refused = decided != NULL && decided->action == REGISTRATION_REFUSED;
    write_str(out, refused ? text_of(query->facts, decided->agency) : slice_of("", 0));
    write_map_end(out, mark, 13);
    return STATUS_OK;
}

static void write_total(const struct applications *applications, struct writer *out)
{
    write_text(out, "total");
    write_array(out, applications->count > 0 ? 1 : 0);
    if (applications->count == 0) {
        return;
    }
    write_map(out, 3 + STATUSES);
    write_text(out, "count");
    write_int(out, applications->count);
    for (int s = 0; s < STATUSES; s++) {
        write_text(out, status_names[s]);
        write_int(out, applications->counts[s]);
    }
    write_text(out, "overdue");
    write_int(out, applications->overdues);
    write_text(out, "late");
    write_int(out, applications->lates);
}

enum status registrations_query(const struct query *query, struct writer *out, uint32_t *pairs,
                                struct fault *fault)
{
    struct applications applications;
    enum status status = applications_read(&applications, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&applications.scratch);
    page_init(&applications.page, &applications.scratch, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        struct application application;
        if (application_read(&applications, i, &application)) {
            applications.count++;
            applications.counts[application.status]++;
            applications.overdues += application.overdue;
            applications.lates += application.late;
            page_offer(&applications.page,
                       aggregate_id(query->facts, application.standing.contract), i);
        }
    }
    status = page_write(&applications.page, write_row, &applications, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(&applications, out);
        *pairs += 1;
    }
    scratch_done(&applications.scratch);
    return status;
}

/* ---- explain: all steps of one contract's registration ---- */

static bool line_of(const struct query *query, const struct fact *fact,
                    struct explanation_line *line)
{
    static const char *const whats[] = {
        [REGISTRATION_REGISTERED] = "registered", [REGISTRATION_CHANGED] = "changed",
        [REGISTRATION_REVOKED] = "revoked",       [REGISTRATION_APPLIED] = "applied",
        [REGISTRATION_REFUSED] = "rejected",
    };
    const struct registration_row *row = (const struct registration_row *)(const void *)fact;
    (void)query;
    line->what = whats[row->action];
    line->amount = row->total_fen;
    return true;
}

enum status registrations_explain(const struct query *query, struct slice key, struct writer *out,
                                  uint32_t *pairs, struct fault *fault)
{
    return explain_contract_rows(query, key, FACT_REGISTRATION, line_of, out, pairs, fault);
}
