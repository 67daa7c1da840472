/* The vocabulary, told: Y1 and Y2 of schema.h. */

#include "proto/schema.h"

#include "proto/vocabulary_rules.h"

static const char *value_type_name(enum value_type type)
{
    static const char *const names[] = {
        [VALUE_TEXT] = "text",         [VALUE_ID] = "id",
        [VALUE_EVENT_ID] = "event_id", [VALUE_DATE] = "date",
        [VALUE_FEN] = "fen",           [VALUE_FEN_SIGNED] = "fen_signed",
        [VALUE_PPM] = "ppm",           [VALUE_PPM_WIDE] = "ppm_wide",
        [VALUE_INT] = "int",           [VALUE_BOOL] = "bool",
        [VALUE_ENUM] = "enum",         [VALUE_CURRENCY] = "currency",
        [VALUE_REGION] = "region",     [VALUE_SHA256] = "sha256",
        [VALUE_USCC] = "uscc",         [VALUE_STRUCT] = "struct",
        [VALUE_LIST] = "list",         [VALUE_MAP_FREE] = "map",
        [VALUE_CHANGES] = "changes",
    };
    return names[type];
}

static const char *text_format_name(enum text_format format)
{
    static const char *const names[] = {
        [TEXT_FORMAT_FREE] = "",
        [TEXT_FORMAT_DIGITS3] = "three digits",
        [TEXT_FORMAT_LEGAL_CODE] = "legal code",
        [TEXT_FORMAT_REG_NO] = "14 or 16 digits",
        [TEXT_FORMAT_LABEL] = "id",
        [TEXT_FORMAT_DUE_BASE] = "due base or milestone:ID",
        [TEXT_FORMAT_CONDITION] = "condition or milestone:ID",
        [TEXT_FORMAT_TARGET_PERIOD] = "annual:YYYY, cumulative:DATE..DATE or point:DATE",
        [TEXT_FORMAT_CLOSED_PERIOD] = "YYYY, YYYY-Qn or YYYY-MM",
        [TEXT_FORMAT_RATE_KIND] = "lpr_1y or fx:CUR",
    };
    return names[format];
}

/* A map whose keys are counted while it is written. */
struct told {
    struct writer *out;
    size_t mark;
    uint32_t pairs;
};

static struct told told_begin(struct writer *out)
{
    return (struct told){.out = out, .mark = write_map_begin(out)};
}

static void told_end(const struct told *told)
{
    write_map_end(told->out, told->mark, told->pairs);
}

static void tell_key(struct told *told, const char *key)
{
    write_text(told->out, key);
    told->pairs++;
}

static void tell_text(struct told *told, const char *key, const char *text)
{
    tell_key(told, key);
    write_text(told->out, text);
}

static void tell_int(struct told *told, const char *key, int64_t value)
{
    tell_key(told, key);
    write_int(told->out, value);
}

static void tell_true(struct told *told, const char *key, bool value)
{
    if (value) {
        tell_key(told, key);
        write_bool(told->out, true);
    }
}

static void tell_names(struct told *told, const char *key, const char *const *names)
{
    uint32_t count = 0;
    tell_key(told, key);
    size_t mark = write_array_begin(told->out);
    while (names[count]) {
        write_text(told->out, names[count++]);
    }
    write_array_end(told->out, mark, count);
}

static void tell_when(struct told *told, const struct field_rule *rule)
{
    tell_key(told, "required_when");
    write_map(told->out, 2);
    write_text(told->out, "field");
    write_text(told->out, field_name(rule->when));
    write_text(told->out, "is");
    write_text(told->out, rule->when_is);
}

static void write_field(const struct field_rule *rule, enum language language, struct writer *out)
{
    struct told told = told_begin(out);
    enum value_type held = rule->type == VALUE_LIST ? rule->element : rule->type;

    if (rule->format != TEXT_FORMAT_FREE) {
        tell_text(&told, "format", text_format_name(rule->format));
    }
    tell_text(&told, "help", language == LANGUAGE_ZH ? rule->help_zh : rule->help_en);
    if (held == VALUE_ID) {
        tell_text(&told, "kind", rule->kind == KIND_NONE ? "any" : kind_name(rule->kind));
    }
    if (rule->max != 0) {
        tell_int(&told, "max", rule->max);
        tell_int(&told, "min", rule->flags & FIELD_POSITIVE ? 1 : rule->min);
    }
    tell_text(&told, "name", field_name(rule->id));
    tell_true(&told, "nullable", rule->flags & FIELD_NULLABLE);
    if (rule->type == VALUE_LIST) {
        tell_text(&told, "of", value_type_name(rule->element));
    }
    tell_true(&told, "one_of", rule->flags & FIELD_ONE_OF);
    tell_true(&told, "personal", rule->flags & FIELD_PERSONAL);
    tell_true(&told, "required", rule->flags & FIELD_REQUIRED);
    if (rule->when_is) {
        tell_when(&told, rule);
    }
    if (rule->shape) {
        tell_text(&told, "shape", rule->shape->name);
    }
    tell_text(&told, "type", value_type_name(rule->type));
    if (rule->names) {
        tell_names(&told, "values", rule->names);
    }
    told_end(&told);
}

static void tell_fields(struct told *told, const struct value_shape *shape, enum language language)
{
    tell_key(told, "fields");
    write_array(told->out, (uint32_t)shape->count);
    for (size_t i = 0; i < shape->count; i++) {
        write_field(&shape->fields[i], language, told->out);
    }
}

static void tell_kinds(struct told *told, unsigned kinds)
{
    uint32_t count = 0;
    tell_key(told, "kinds");
    size_t mark = write_array_begin(told->out);
    for (unsigned kind = 1; kind < 32; kind++) {
        if (kinds & 1U << kind) {
            write_text(told->out, kind_name((enum aggregate_kind)kind));
            count++;
        }
    }
    write_array_end(told->out, mark, count);
}

void schema_write_type(const struct event_type *type, enum language language, struct writer *out)
{
    struct told told = told_begin(out);
    if (type->business_date != FIELD_COUNT) {
        tell_text(&told, "business_date", field_name(type->business_date));
    }
    tell_true(&told, "creates", type->creates);
    tell_true(&told, "decided", type->decided);
    tell_fields(&told, &type->data, language);
    tell_true(&told, "future", type->future);
    tell_text(&told, "help", language == LANGUAGE_ZH ? type->help_zh : type->help_en);
    if (type->kind != KIND_NONE) {
        tell_text(&told, "kind", kind_name(type->kind));
    } else if (type->kinds != 0) {
        tell_kinds(&told, type->kinds);
    } else {
        tell_text(&told, "kind", "any");
    }
    tell_int(&told, "level", type->level);
    tell_text(&told, "name", type->name);
    tell_int(&told, "number", type->id);
    tell_text(&told, "title", type->name_zh);
    told_end(&told);
}

static void tell_shapes(struct told *told, enum language language)
{
    uint32_t count = 0;
    tell_key(told, "shapes");
    size_t mark = write_array_begin(told->out);
    while (value_shapes[count]) {
        struct told shape = told_begin(told->out);
        tell_fields(&shape, value_shapes[count], language);
        tell_text(&shape, "name", value_shapes[count]->name);
        told_end(&shape);
        count++;
    }
    write_array_end(told->out, mark, count);
}

void schema_write_all(enum language language, struct writer *out)
{
    struct told told = told_begin(out);

    tell_key(&told, "kinds");
    struct told kinds = told_begin(out);
#define X(name, number) tell_int(&kinds, #name, number);
    KIND_LIST(X)
#undef X
    told_end(&kinds);

    tell_shapes(&told, language);

    tell_key(&told, "types");
    write_array(out, (uint32_t)event_type_count());
    for (size_t i = 0; i < event_type_count(); i++) {
        schema_write_type(event_type_at(i), language, out);
    }
    told_end(&told);
}
