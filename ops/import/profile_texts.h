#ifndef ACCRUE_OPS_IMPORT_PROFILE_TEXTS_H
#define ACCRUE_OPS_IMPORT_PROFILE_TEXTS_H

/* The files of profiles/, each with a zero behind it: the build makes them. */

extern const unsigned char profile_cn_contract[];
extern const unsigned char profile_cn_registration[];
extern const unsigned char profile_bank[];

#endif
