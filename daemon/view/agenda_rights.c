/* The agenda of registrations, filings, reports on use, and of technologies.
 *
 *   R1  What the office or the licensee has to do stays after its day until it is done, or the
 *       contract has ended. What ends by itself (an open licence, management by an operator) goes
 *       when it has ended.
 *   R2  The fee of a year of the right is due before that year begins (Patent Law rules r. 98): so
 *       after the fee of year N, N years after filing, rolled. A year is counted from the filing;
 *       from 1000 on it is the calendar year in which the year of the right begins. Without a fee
 *       on record nothing is said: the log does not follow that right's fees. */

#include "daemon/view/agenda.h"

#include <stdlib.h>

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/entrustment.h"
#include "daemon/ledger/open_license.h"
#include "daemon/ledger/registration.h"
#include "daemon/ledger/technology.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/filings.h"
#include "daemon/view/registrations.h"
#include "daemon/view/royalty_reports.h"

/* ---- contracts ---- */

struct reporting {
    struct agenda *agenda;
    struct agenda_entry entry;
};

static void add_report(void *arg, int32_t period_end, int32_t due)
{
    struct reporting *reporting = arg;
    (void)period_end;
    reporting->entry.day = due;
    agenda_add(reporting->agenda, &reporting->entry);
}

static void add_reports(struct agenda *agenda, const struct query *query,
                        const struct standing *standing)
{
    const struct royalty_row *terms =
        royalty_terms_at(query->facts, standing->contract, &query->view);
    struct reporting reporting = {
        .agenda = agenda,
        .entry = {.what = AGENDA_royalty_report,
                  .aggregate = standing->contract,
                  .party = first_party(query->facts, standing->row->buyers),
                  .amount = AMOUNT_UNKNOWN}};
    if (terms != NULL) {
        royalty_reports_missing(query, standing, terms, agenda_until(agenda), add_report,
                                &reporting);
    }
}

static void add_registration(struct agenda *agenda, const struct query *query,
                             const struct standing *standing)
{
    int32_t days;
    const struct registration_row *applied = application_pending(query, standing->contract);
    if (applied != NULL) {
        struct agenda_entry entry = {.day =
                                         registration_due(query->facts, standing->contract,
                                                          applied->reg_date, &query->view, &days),
                                     .what = AGENDA_registration,
                                     .aggregate = standing->contract,
                                     .from = &applied->fact,
                                     .party = applied->applicant,
                                     .amount = AMOUNT_UNKNOWN};
        agenda_add(agenda, &entry);
    }
}

enum status agenda_contract_rights(struct agenda *agenda, const struct query *query,
                                   struct fault *fault)
{
    (void)fault;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        struct standing standing;
        if (!standing_read(query, i, &standing)) {
            continue;
        }
        if (standing.state != CONTRACT_VOID) {
            add_registration(agenda, query, &standing);
        }
        add_reports(agenda, query, &standing);
        bool alive = standing.state >= CONTRACT_SIGNED && standing.state <= CONTRACT_SUSP;
        struct agenda_entry entry = {.day = alive ? filing_missing(query, &standing) : DAY_NONE,
                                     .what = AGENDA_filing,
                                     .aggregate = standing.contract,
                                     .party = first_party(query->facts, standing.row->sellers),
                                     .amount = AMOUNT_UNKNOWN};
        if (entry.day != DAY_NONE) {
            agenda_add(agenda, &entry);
        }
    }
    return STATUS_OK;
}

/* ---- technologies ---- */

static uint32_t first_owner(const struct query *query, uint32_t technology)
{
    uint32_t count;
    struct technology_owner *owners =
        technology_owners(query->facts, technology, &query->view, &count);
    uint32_t first = count > 0 ? owners[0].party : AGGREGATE_NONE;
    free(owners);
    return first;
}

enum status agenda_open_licenses(struct agenda *agenda, const struct query *query,
                                 struct fault *fault)
{
    (void)fault;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_OPEN_LICENSE]; i++) {
        const struct open_license_row *row = facts_row(query->facts, FACT_OPEN_LICENSE, i);
        uint32_t technology = row->fact.key;
        if (open_license_at(query->facts, technology, &query->view) == row) {
            struct agenda_entry entry = {.day = row->term_end,
                                         .what = AGENDA_open_license_end,
                                         .aggregate = technology,
                                         .from = &row->fact,
                                         .party = first_owner(query, technology),
                                         .amount = AMOUNT_UNKNOWN};
            agenda_add(agenda, &entry);
        }
    }
    return STATUS_OK;
}

enum status agenda_entrustments(struct agenda *agenda, const struct query *query,
                                struct fault *fault)
{
    (void)fault;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_ENTRUSTMENT]; i++) {
        const struct entrustment_row *row = facts_row(query->facts, FACT_ENTRUSTMENT, i);
        if (!fact_counts(&row->fact, &query->view) || row->to == DAY_NONE ||
            row->to < query->view.as_of || !entrustment_is_open(query->facts, row, &query->view)) {
            continue;
        }
        struct agenda_entry entry = {.day = row->to,
                                     .what = AGENDA_entrustment_end,
                                     .aggregate = row->fact.key,
                                     .from = &row->fact,
                                     .apart = row->fact.seq,
                                     .party = row->operator_party,
                                     .amount = AMOUNT_UNKNOWN};
        agenda_add(agenda, &entry);
    }
    return STATUS_OK;
}

/* R2: the year of the right that a fee was for. */
static int32_t year_of_right(int32_t year, int32_t filed)
{
    return year < 1000 ? year : year - civil_of(filed).year + 1;
}

/* The last year that is paid for at the viewpoint; `fee` is the newest row of its technology that
 * counts. */
static int32_t paid_until(const struct query *query, const struct fee_row *fee, int32_t filed)
{
    int32_t last = 0;
    uint32_t at;
    const struct fee_row *row =
        facts_first(query->facts, FACT_FEE, fee->fact.key, &query->view, &at);
    if (row != fee) {
        return 0; /* another row speaks for it */
    }
    for (; row != NULL; row = facts_next(query->facts, FACT_FEE, &query->view, &at)) {
        int32_t year = year_of_right(row->year, filed);
        last = year > last ? year : last;
    }
    return last;
}

enum status agenda_annual_fees(struct agenda *agenda, const struct query *query,
                               struct fault *fault)
{
    (void)fault;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_FEE]; i++) {
        const struct fee_row *fee = facts_row(query->facts, FACT_FEE, i);
        uint32_t technology = fee->fact.key;
        int64_t filed;
        if (!fact_counts(&fee->fact, &query->view) ||
            state_at(query->facts, MACHINE_TECHNOLOGY, technology, &query->view) !=
                TECHNOLOGY_IN_FORCE ||
            !attribute_at(query->facts, technology, FIELD_filed, &query->view, &filed)) {
            continue;
        }
        int32_t year = paid_until(query, fee, (int32_t)filed);
        int32_t expiry = technology_expiry(query->facts, technology, &query->view);
        int32_t begins = add_months((int32_t)filed, 12 * year);
        if (year > 0 && (expiry == DAY_NONE || begins < expiry)) {
            struct agenda_entry entry = {.day = roll_following(query->facts, begins, &query->view),
                                         .what = AGENDA_annual_fee,
                                         .aggregate = technology,
                                         .party = first_owner(query, technology),
                                         .amount = AMOUNT_UNKNOWN};
            agenda_add(agenda, &entry);
        }
    }
    return STATUS_OK;
}
