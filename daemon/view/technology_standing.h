#ifndef ACCRUE_DAEMON_VIEW_TECHNOLOGY_STANDING_H
#define ACCRUE_DAEMON_VIEW_TECHNOLOGY_STANDING_H

/* How one technology stands at a viewpoint, with what follows from dates alone.
 *
 *   S1  Being past its last day follows from as_of; in force is IN_FORCE and not expired.
 *   S2  An open licence is open as long as the offer is (open_license.h) and the right in force;
 *       ended when it was not withdrawn and is no longer open.
 *   S3  Owners are parties that hold a share, merged ones once. */

#include "daemon/ledger/states.h"
#include "daemon/view/query.h"
#include "daemon/view/scratch.h"

enum open_offer { NOT_OFFERED, OFFER_OPEN, OFFER_ENDED, OFFER_WITHDRAWN };
extern const char *const open_offer_names[]; /* ended by NULL */

struct technology_standing {
    uint32_t technology;
    uint8_t state;                     /* enum technology_state, as stored */
    int ip_kind, field, ask_mode;      /* -1: not said */
    int64_t trl, ask;                  /* AMOUNT_UNKNOWN: not said; ask in fen, CNY */
    int32_t filed, expiry, open_until; /* DAY_NONE: not known */
    enum open_offer open;
    bool expired, in_force, pledged;
    uint32_t pool; /* one that it is in; AGGREGATE_NONE */
};

/* False if the aggregate is no technology that is there at the viewpoint. `pool`: the only one that
 * is looked at, AGGREGATE_NONE for any. */
bool technology_standing_read(const struct query *query, uint32_t aggregate, uint32_t pool,
                              struct technology_standing *ret_standing);

struct owner_share {
    uint32_t party;
    int64_t ppm;
};

/* Parties that hold a share, in the order in which they came to one; gives how many. */
uint32_t technology_owner_shares(const struct query *query, uint32_t technology,
                                 struct scratch *scratch, struct owner_share **ret_owners);
/* What persons hold who are known by name only, ppm. */
int64_t technology_persons_ppm(const struct query *query, uint32_t technology);

#endif
