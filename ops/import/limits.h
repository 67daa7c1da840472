#ifndef ACCRUE_OPS_IMPORT_LIMITS_H
#define ACCRUE_OPS_IMPORT_LIMITS_H

/* Every bound of what `accrue import` reads. A file comes from anybody's desk: whatever it says of
 * itself, it costs no more than this. Beyond a limit the file is refused, by name of the limit. */

#include "proto/limits.h"

/* ---- a sheet of either format ---- */
#define SHEET_ROWS_MAX 1048576u /* what Excel has room for */
#define SHEET_COLUMNS_MAX 1024u
#define SHEET_CELL_BYTES (32 * KIB)
#define SHEET_ROW_BYTES (256 * KIB) /* the text of one row */
#define SHEET_HEADER_ROWS 20u       /* the headings are within the first rows */

/* ---- an XLSX package ---- */
#define XLSX_ENTRIES_MAX 4096
#define XLSX_PART_BYTES (4 * GIB)      /* one part, unpacked; it is streamed */
#define XLSX_RATIO_MAX 1000u           /* unpacked to packed bytes, beyond the first MiB */
#define XLSX_STRINGS_BYTES (128 * MIB) /* the shared strings, which are kept in memory */
#define XLSX_STRINGS_MAX 4194304u
#define XLSX_STYLES_MAX 65536u
#define XLSX_FORMATS_MAX 4096u
#define XLSX_DEPTH_MAX 32u

/* ---- a profile ---- */
#define PROFILE_LINE_BYTES 199u /* inih's */
#define PROFILE_COLUMNS_MAX 128u
#define PROFILE_HEADINGS_MAX 48u /* spellings of one column */
#define PROFILE_WORDS_MAX 512u   /* of all sets together */
#define PROFILE_ENTITIES_MAX 16u
#define PROFILE_EVENTS_MAX 8u
#define PROFILE_FIELDS_MAX 256u /* assignments of all events and entities */
#define PROFILE_NAME_BYTES 64u

/* ---- the run ---- */
#define FAULTS_KEPT_MAX 10000u /* shown; all are counted */
#define CHECK_ROWS 100u        /* rows of a trial request: a dry run looks at 512 objects */
#define POST_INFLIGHT 64u      /* rows under way at once */

#endif
