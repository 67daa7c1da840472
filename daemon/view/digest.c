/* The digest of a projection at a position (P8): what a rebuild from zero must reproduce.
 *
 *   D4  It covers fact rows, not answers: all valid dates at once, whatever is asked of them.
 *   D5  Tables in the order of enum fact_table, rows in the order of seq; both are functions of
 *       the log alone (F5 of facts.h). */

#include "daemon/view/digest.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/base/sha256.h"
#include "daemon/view/query.h"
#include "daemon/view/scratch.h"

#define ROOM_BYTES ((size_t)256 * 1024)

static enum attribute_form form_of(enum value_type type)
{
    switch (type) {
    case VALUE_TEXT:
    case VALUE_EVENT_ID:
    case VALUE_CURRENCY:
    case VALUE_REGION:
    case VALUE_SHA256:
    case VALUE_USCC:
    case VALUE_STRUCT:
    case VALUE_LIST:
    case VALUE_MAP_FREE:
    case VALUE_CHANGES:
        return FORM_TEXT;
    case VALUE_ID:
        return FORM_AGGREGATE;
    case VALUE_DATE:
    case VALUE_FEN:
    case VALUE_FEN_SIGNED:
    case VALUE_PPM:
    case VALUE_PPM_WIDE:
    case VALUE_INT:
    case VALUE_BOOL:
    case VALUE_ENUM:
        break;
    }
    return FORM_NUMBER;
}

static void take_shape(uint8_t *forms, const struct value_shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field_rule *rule = &shape->fields[i];
        if (forms[rule->id] == FORM_UNKNOWN) {
            forms[rule->id] = (uint8_t)form_of(rule->type);
        }
        if (rule->type == VALUE_CHANGES) {
            take_shape(forms, rule->shape);
        }
    }
}

void digest_forms_init(struct digest_forms *forms)
{
    memset(forms, 0, sizeof(*forms));
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < event_type_count(); i++) {
            const struct event_type *type = event_type_at(i);
            INVARIANT(type->kind < DIGEST_KINDS);
            if (type->creates == (pass == 0)) {
                take_shape(forms->of[type->kind], &type->data);
            }
        }
    }
}

struct hashing {
    const struct facts *facts;
    struct sha256 *hash;
    struct digest_forms *forms;
    uint8_t *room; /* rows not yet hashed */
    size_t size, used;
};

static void flush(struct hashing *hashing)
{
    sha256_add(hashing->hash, slice_of(hashing->room, hashing->used));
    hashing->used = 0;
}

static void add_row(struct hashing *hashing, enum fact_table table, const void *row)
{
    size_t need = digest_row_bytes(table, row);
    if (need > hashing->size - hashing->used) {
        flush(hashing);
    }
    if (need > hashing->size) {
        free(hashing->room);
        hashing->room = malloc(need);
        INVARIANT(hashing->room != NULL);
        hashing->size = need;
    }
    struct writer writer =
        writer_over(hashing->room + hashing->used, hashing->size - hashing->used);
    digest_row_write(hashing->facts, hashing->forms, table, row, &writer);
    INVARIANT(!writer.full);
    hashing->used += writer.len;
}

void projection_digest(const struct projection *projection, const struct facts *facts,
                       const struct published *published, uint64_t seq, uint8_t ret_digest[32])
{
    struct viewpoint view = {.known_at = seq, .as_of = DAY_MAX, .published = *published};
    struct scratch scratch;
    struct hashing hashing = {.facts = facts, .hash = sha256_new()};
    hashing.size = ROOM_BYTES;
    hashing.room = malloc(hashing.size);
    INVARIANT(hashing.room != NULL);
    scratch_init(&scratch);
    hashing.forms = scratch_take(&scratch, sizeof(*hashing.forms));
    digest_forms_init(hashing.forms);
    sha256_begin(hashing.hash);
    for (unsigned t = 0; t < FACT_TABLES; t++) { /* D5 */
        enum fact_table table = (enum fact_table)t;
        for (uint64_t i = 0; (projection->tables >> t & 1u) != 0 && i < published->rows[t]; i++) {
            const struct fact *fact = facts_row(facts, table, i);
            if (fact->seq > seq) {
                break;
            }
            if (fact_known(fact, &view)) {
                add_row(&hashing, table, fact);
            }
        }
    }
    flush(&hashing);
    sha256_end(hashing.hash, ret_digest);
    sha256_free(hashing.hash);
    free(hashing.room);
    scratch_done(&scratch);
}
