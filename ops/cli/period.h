#ifndef ACCRUE_OPS_CLI_PERIOD_H
#define ACCRUE_OPS_CLI_PERIOD_H

/* Periods by name: 2025, 2025-Q1, 2025-03 (ruling 26). Days count from 1970-01-01. */

#include <stdbool.h>
#include <stdint.h>

/* The grouping key of statistics that has one row for it: "year", "quarter", "month"; NULL: this
 * names no period. */
const char *period_named(const char *text, int32_t *ret_first, int32_t *ret_last);
/* The same, or FROM..TO with both days in it and in their order. */
bool period_days(const char *text, int32_t *ret_first, int32_t *ret_last);

#endif
