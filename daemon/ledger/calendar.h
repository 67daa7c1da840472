#ifndef ACCRUE_DAEMON_LEDGER_CALENDAR_H
#define ACCRUE_DAEMON_LEDGER_CALENDAR_H

/* Days, months and working days (Civil Code arts 200-204). Calendar marks and rates obey
 * known_at and not as_of (ruling 16). */

#include "daemon/ledger/facts.h"

struct civil {
    int32_t year;
    uint8_t month, day;
};

struct civil civil_of(int32_t day);
int32_t day_of(int32_t year, unsigned month, unsigned day);

/* Same day number, else the month's last day; always from the anchor (art 202). */
int32_t add_months(int32_t day, int32_t months);

/* 0 = Monday. */
unsigned weekday_of(int32_t day);
bool working_day(const struct facts *facts, int32_t day, const struct viewpoint *view);
/* The day itself, or the next working day (art 203). */
int32_t roll_following(const struct facts *facts, int32_t day, const struct viewpoint *view);

/* Rate of `kind` in force on `day` as known; false if none is known. */
bool rate_at(const struct facts *facts, struct slice kind, int32_t day,
             const struct viewpoint *view, int64_t *ret_ppm);

/* Fold: the newest row of rates has been filled in. */
void rate_link(struct facts *facts, struct rate_row *row);

#endif
