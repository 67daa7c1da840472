#ifndef ACCRUE_DAEMON_VIEW_DIGEST_H
#define ACCRUE_DAEMON_VIEW_DIGEST_H

/* One fact row as a canonical array without process-local numbers. */

#include "daemon/ledger/facts.h"
#include "proto/writer.h"

#define DIGEST_ROW_BYTES (16 * KIB) /* what a row takes, lists and attributes aside */
#define DIGEST_SHARE_BYTES (AGGREGATE_ID_MAX + AGGREGATE_KIND_MAX + 32)
#define DIGEST_KINDS 32u

/* What the number in an attribute's row stands for, by kind of aggregate and field. */
enum attribute_form { FORM_UNKNOWN, FORM_NUMBER, FORM_TEXT, FORM_AGGREGATE };
struct digest_forms {
    uint8_t of[DIGEST_KINDS][FIELD_COUNT]; /* enum attribute_form */
};

/* From the vocabulary: the type that makes an aggregate of the kind first, then the others. */
void digest_forms_init(struct digest_forms *forms);

/* Bytes that are enough for this row. */
size_t digest_row_bytes(enum fact_table table, const void *row);
void digest_row_write(const struct facts *facts, const struct digest_forms *forms,
                      enum fact_table table, const void *row, struct writer *out);

#endif
