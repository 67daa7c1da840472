#ifndef ACCRUE_DAEMON_VIEW_STANDING_H
#define ACCRUE_DAEMON_VIEW_STANDING_H

/* How one contract stands at a viewpoint: its stored state, its terms as amended, and what
 * follows from dates alone (domain 3.1). */

#include "daemon/ledger/states.h"
#include "daemon/view/query.h"

enum standing_flag {
    FLAG_EXPIRED,
    FLAG_TRIAL_LAPSED,
    FLAG_EVALUATION_OVERDUE,
    FLAG_IN_DEFAULT,
    STANDING_FLAGS
};
extern const char *const standing_flag_names[]; /* ended by NULL */

struct standing {
    const struct contract_row *row;
    uint32_t contract;
    uint8_t state;                           /* enum contract_state */
    int32_t since;                           /* the day of that state */
    int32_t term_start, term_end, trial_end; /* DAY_NONE if there is none */
    int64_t total_fen;
    bool flags[STANDING_FLAGS];
};

/* The contract of row `index` of FACT_CONTRACT; false if it is not there at the viewpoint, or
 * another row of it speaks for it. */
bool standing_read(const struct query *query, uint64_t index, struct standing *ret_standing);

/* Is the party one of its sellers or buyers at the viewpoint, as itself or merged (merger.h)? */
bool standing_has_party(const struct query *query, const struct standing *standing, uint32_t party);

#endif
