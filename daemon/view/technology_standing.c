/* See technology_standing.h. */

#include "daemon/view/technology_standing.h"

#include <stdlib.h>

#include "daemon/ledger/merger.h"
#include "daemon/ledger/open_license.h"
#include "daemon/ledger/pledge.h"
#include "daemon/ledger/pool.h"
#include "daemon/ledger/technology.h"

const char *const open_offer_names[] = {"none", "open", "ended", "withdrawn", NULL};

static int64_t attribute_or(const struct query *query, uint32_t technology, enum field_id field,
                            int64_t otherwise)
{
    int64_t value;
    return attribute_at(query->facts, technology, field, &query->view, &value) ? value : otherwise;
}

/* S2 */
static enum open_offer offer_of(const struct query *query,
                                const struct technology_standing *technology, int32_t *ret_until)
{
    const struct open_license_row *row =
        open_license_declared(query->facts, technology->technology, &query->view);
    *ret_until = row == NULL ? DAY_NONE : row->term_end;
    if (row != NULL) {
        bool open = open_license_at(query->facts, technology->technology, &query->view) != NULL;
        return open && technology->in_force ? OFFER_OPEN : OFFER_ENDED;
    }
    return state_at(query->facts, MACHINE_OPEN_LICENSE, technology->technology, &query->view) ==
                   OPEN_LICENSE_WITHDRAWN
               ? OFFER_WITHDRAWN
               : NOT_OFFERED;
}

static bool is_in(const struct query *query, uint32_t technology, uint32_t pool)
{
    const struct pool_patent_row *row =
        pool_patent_at(query->facts, pool, technology, &query->view);
    return row != NULL && row->admitted;
}

/* The pool asked for, or any that it is in. */
static uint32_t pool_of(const struct query *query, uint32_t technology, uint32_t pool)
{
    uint32_t at;
    const struct pool_patent_row *row =
        facts_first(query->facts, FACT_POOL_PATENT, technology, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_POOL_PATENT, &query->view, &at)) {
        if ((pool == AGGREGATE_NONE || pool == row->pool) && is_in(query, technology, row->pool)) {
            return row->pool;
        }
    }
    return AGGREGATE_NONE;
}

bool technology_standing_read(const struct query *query, uint32_t aggregate, uint32_t pool,
                              struct technology_standing *ret)
{
    if (aggregate_at(query->facts, aggregate)->kind != KIND_technology) {
        return false;
    }
    *ret = (struct technology_standing){
        .technology = aggregate,
        .state = state_at(query->facts, MACHINE_TECHNOLOGY, aggregate, &query->view),
        .ip_kind = (int)attribute_or(query, aggregate, FIELD_ip_kind, -1),
        .field = (int)attribute_or(query, aggregate, FIELD_field, -1),
        .ask_mode = (int)attribute_or(query, aggregate, FIELD_ask_mode, -1),
        .trl = attribute_or(query, aggregate, FIELD_trl, AMOUNT_UNKNOWN),
        .ask = attribute_or(query, aggregate, FIELD_ask_fen, AMOUNT_UNKNOWN),
        .filed = (int32_t)attribute_or(query, aggregate, FIELD_filed, DAY_NONE),
        .expiry = technology_expiry(query->facts, aggregate, &query->view),
        .pledged = technology_pledged(query->facts, aggregate, &query->view),
        .pool = pool_of(query, aggregate, pool)};
    ret->expired = ret->expiry != DAY_NONE && ret->expiry < query->view.as_of; /* S1 */
    ret->in_force = ret->state == TECHNOLOGY_IN_FORCE && !ret->expired;
    ret->open = offer_of(query, ret, &ret->open_until);
    return ret->state != TECHNOLOGY_NONE;
}

uint32_t technology_owner_shares(const struct query *query, uint32_t technology,
                                 struct scratch *scratch, struct owner_share **ret_owners)
{
    uint32_t rows;
    uint32_t count = 0;
    struct technology_owner *list =
        technology_owners(query->facts, technology, &query->view, &rows);
    struct owner_share *owners = scratch_take(scratch, (rows + 1) * sizeof(*owners));
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t party = party_survivor(query->facts, list[i].party, &query->view);
        uint32_t k = 0;
        while (k < count && owners[k].party != party) {
            k++;
        }
        owners[k].party = party;
        owners[k].ppm += list[i].ppm;
        count += k == count;
    }
    free(list);
    *ret_owners = owners;
    return count;
}

int64_t technology_persons_ppm(const struct query *query, uint32_t technology)
{
    int64_t sum = 0;
    uint32_t at;
    for (const struct owner_row *row =
             facts_first(query->facts, FACT_OWNER, technology, &query->view, &at);
         row != NULL; row = facts_next(query->facts, FACT_OWNER, &query->view, &at)) {
        sum += row->party == AGGREGATE_NONE ? row->delta_ppm : 0;
    }
    return sum;
}
