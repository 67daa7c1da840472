#ifndef ACCRUE_OPS_IMPORT_PROFILE_CHECK_H
#define ACCRUE_OPS_IMPORT_PROFILE_CHECK_H

#include "ops/import/profile.h"

/* P1 of profile.h; false with the reason in `why`. */
bool profile_check(const struct profile *profile, char why[PROFILE_WHY_BYTES]);

#endif
