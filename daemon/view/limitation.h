#ifndef ACCRUE_DAEMON_VIEW_LIMITATION_H
#define ACCRUE_DAEMON_VIEW_LIMITATION_H

/* When the claim to a debt becomes time-barred (Civil Code arts 188, 195; domain 4.13): for
 * information, nothing is decided by it. */

#include "daemon/ledger/obligation.h"
#include "daemon/view/query.h"

#define LIMITATION_MONTHS 36

/* The last day of limitation at the viewpoint; DAY_NONE where nothing is owed or nothing says when
 * it is due. */
int32_t limitation_day(const struct query *query, uint32_t obligation,
                       const struct obligation_figures *figures);

#endif
