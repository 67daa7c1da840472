/* A minimal event of a type, made from its rules alone.
 *
 *   Z1  What is required is there, and nothing else; of fields of which one is required, the
 *       first. Values are chosen by type, format and name, never by type of event, so that a
 *       new type has an example without anybody writing one. */

#include "proto/schema.h"
#include "proto/vocabulary_rules.h"

#include <stdio.h>

static const char *text_sample(const struct field_rule *rule)
{
    static const char *const samples[] = {
        [TEXT_FORMAT_FREE] = "example",       [TEXT_FORMAT_DIGITS3] = "156",
        [TEXT_FORMAT_LEGAL_CODE] = "150",     [TEXT_FORMAT_REG_NO] = "2026120000000001",
        [TEXT_FORMAT_LABEL] = "m1",           [TEXT_FORMAT_DUE_BASE] = "sign",
        [TEXT_FORMAT_CONDITION] = "none",     [TEXT_FORMAT_TARGET_PERIOD] = "annual:2027",
        [TEXT_FORMAT_CLOSED_PERIOD] = "2025", [TEXT_FORMAT_RATE_KIND] = "lpr_1y",
    };
    return samples[rule->format];
}

/* Later than the date that opens the pair or the deed. */
static const char *date_sample(const struct field_rule *rule)
{
    static const enum field_id later[] = {FIELD_end,    FIELD_to,  FIELD_term_end, FIELD_period_end,
                                          FIELD_expiry, FIELD_due, FIELD_new_due,  FIELD_new_end};
    for (size_t i = 0; i < COUNT_OF(later); i++) {
        if (rule->id == later[i]) {
            return "2026-12-31";
        }
    }
    return "2026-01-15";
}

static int64_t number_sample(const struct field_rule *rule, enum value_type type)
{
    if (rule->id == FIELD_year) {
        return 2026;
    }
    if (type == VALUE_FEN) {
        return 10000000; /* 100,000.00 */
    }
    if (type == VALUE_INT) {
        return 1;
    }
    return type == VALUE_FEN_SIGNED ? 0 : PPM_ONE;
}

/* Parties are named after the part they play, so that no deal is a deal with oneself. */
static void write_id(const struct field_rule *rule, const char *within, struct writer *out)
{
    char text[AGGREGATE_ID_MAX];
    const char *role = rule->kind == KIND_NONE    ? "contract"
                       : rule->kind != KIND_party ? kind_name(rule->kind)
                       : within                   ? within
                                                  : field_name(rule->id);
    (void)snprintf(text, sizeof(text), "%s-1", role);
    write_text(out, text);
}

static void write_shape(const struct value_shape *shape, const char *within, struct writer *out);

static void write_changes(const struct value_shape *shape, struct writer *out);

static void write_sample(const struct field_rule *rule, enum value_type type, const char *within,
                         struct writer *out)
{
    switch (type) {
    case VALUE_TEXT:
        write_text(out, text_sample(rule));
        break;
    case VALUE_ID:
        write_id(rule, within, out);
        break;
    case VALUE_EVENT_ID:
        write_text(out, "example-1");
        break;
    case VALUE_DATE:
        write_text(out, date_sample(rule));
        break;
    case VALUE_FEN:
    case VALUE_FEN_SIGNED:
    case VALUE_PPM:
    case VALUE_PPM_WIDE:
    case VALUE_INT:
        write_int(out, number_sample(rule, type));
        break;
    case VALUE_BOOL:
        write_bool(out, true);
        break;
    case VALUE_ENUM:
        write_text(out, rule->names[0]);
        break;
    case VALUE_CURRENCY:
        write_text(out, "CNY");
        break;
    case VALUE_REGION:
        write_text(out, "120000");
        break;
    case VALUE_SHA256:
        write_text(out, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        break;
    case VALUE_USCC:
        write_text(out, "91350100M000100Y43");
        break;
    case VALUE_STRUCT:
        write_shape(rule->shape, field_name(rule->id), out);
        break;
    case VALUE_LIST:
        write_array(out, 1);
        write_sample(rule, rule->element, within, out);
        break;
    case VALUE_MAP_FREE:
        write_map(out, 0);
        break;
    case VALUE_CHANGES:
        write_changes(rule->shape, out);
        break;
    }
}

static void write_changes(const struct value_shape *shape, struct writer *out)
{
    write_map(out, 1);
    write_text(out, field_name(shape->fields[0].id));
    write_sample(&shape->fields[0], shape->fields[0].type, NULL, out);
}

static bool is_needed(const struct value_shape *shape, size_t at)
{
    if (shape->fields[at].flags & FIELD_REQUIRED) {
        return true;
    }
    if ((shape->fields[at].flags & FIELD_ONE_OF) == 0) {
        return false;
    }
    for (size_t i = 0; i < at; i++) {
        if (shape->fields[i].flags & FIELD_ONE_OF) {
            return false;
        }
    }
    return true;
}

static void write_shape(const struct value_shape *shape, const char *within, struct writer *out)
{
    uint32_t needed = 0;
    for (size_t i = 0; i < shape->count; i++) {
        needed += is_needed(shape, i);
    }
    write_map(out, needed);
    for (size_t i = 0; i < shape->count; i++) {
        if (is_needed(shape, i)) {
            write_text(out, field_name(shape->fields[i].id));
            write_sample(&shape->fields[i], shape->fields[i].type, within, out);
        }
    }
}

void schema_example(const struct event_type *type, struct writer *out)
{
    char text[AGGREGATE_ID_MAX];

    write_map(out, 4);
    write_text(out, "agg");
    if (type->kind == KIND_period) {
        write_text(out, "2025"); /* its id is the period */
    } else {
        enum aggregate_kind kind = type->kind == KIND_NONE ? KIND_contract : type->kind;
        (void)snprintf(text, sizeof(text), "%s-1", kind_name(kind));
        write_text(out, text);
    }
    write_text(out, "data");
    write_shape(&type->data, NULL, out);
    write_text(out, "id");
    (void)snprintf(text, sizeof(text), "example-%s", type->name);
    write_text(out, text);
    write_text(out, "type");
    write_text(out, type->name);
}
