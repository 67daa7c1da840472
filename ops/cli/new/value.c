/* An answer as a value: what offices write, and JSON where a value has parts. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/new/new.h"
#include "ops/cli/table.h"
#include "ops/import/values.h"

static json_t *refused(const struct asking *asking, const char *wrong, const char *accepted)
{
    (void)fprintf(stderr, "  %s", wrong);
    if (*accepted != '\0') {
        (void)fprintf(stderr, "; %s: %s", in_language(asking->cli, "accepted", "可接受"), accepted);
    }
    (void)fputc('\n', stderr);
    return NULL;
}

static json_t *valued(const struct asking *asking, enum value_fault fault, json_t *value)
{
    if (fault == VALUE_GOOD) {
        return value;
    }
    json_decref(value);
    return refused(asking, value_wrong(fault, asking->cli->chinese),
                   value_accepted(fault, asking->cli->chinese));
}

/* A code, its number in the list, or its Chinese name. */
static json_t *read_enum(const struct asking *asking, const struct field_rule *rule,
                         const char *text)
{
    char shown[CELL_MAX];
    long number = is_number(text) ? strtol(text, NULL, 10) : 0;
    for (int i = 0; rule->names[i] != NULL; i++) {
        value_shown(field_name(rule->id), rule->names[i], true, shown, sizeof(shown));
        if (number == i + 1 || strcmp(text, rule->names[i]) == 0 || strcmp(text, shown) == 0) {
            return json_string(rule->names[i]);
        }
    }
    return refused(asking, in_language(asking->cli, "none of the list", "不在列表中"), "");
}

static json_t *read_day(const struct asking *asking, const char *text)
{
    int32_t day = 0;
    char iso[11] = "";
    enum value_fault fault = day_parse(text, false, &day);
    if (fault == VALUE_GOOD) {
        date_format(day, iso);
    }
    return valued(asking, fault, json_string(iso));
}

/* A code of the table, in letters of any size: what amounts are read in must be known. */
static json_t *read_currency(const struct asking *asking, const char *text)
{
    char code[CURRENCY_BYTES] = "";
    for (size_t i = 0; i < 3 && text[i] != '\0'; i++) {
        code[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    }
    if (strlen(text) != 3 || currency_index(slice_text(code)) < 0) {
        return refused(asking, in_language(asking->cli, "no currency", "不是币种"),
                       in_language(asking->cli, "ISO 4217: CNY, USD, EUR, JPY …",
                                   "ISO 4217 代码：CNY、USD、EUR、JPY 等"));
    }
    return json_string(code);
}

static json_t *read_json(const struct asking *asking, const char *text)
{
    json_error_t error;
    json_t *value = json_parse(text, strlen(text), &error);
    return value != NULL ? value
                         : refused(asking, error.text, in_language(asking->cli, "JSON", "JSON"));
}

/* a, b、c */
static json_t *read_list(struct asking *asking, const struct field_rule *rule, const char *text)
{
    json_t *list = json_array();
    while (*text != '\0') {
        char item[ANSWER_BYTES];
        const char *comma = strstr(text, "、");
        size_t len = strcspn(text, ",");
        size_t skip = 1;
        if (comma != NULL && (size_t)(comma - text) < len) {
            len = (size_t)(comma - text);
            skip = strlen("、");
        }
        memcpy(item, text, len);
        item[len] = '\0';
        text += len + (text[len] == '\0' ? 0 : skip);
        char plain[ANSWER_BYTES];
        (void)text_normal(item, plain, sizeof(plain));
        json_t *value = value_read(asking, rule, rule->element, plain);
        if (value == NULL) {
            json_decref(list);
            return NULL;
        }
        (void)json_array_append_new(list, value);
    }
    return list;
}

/* An id, or what stands for it; but for the event's own id in a field. */
static json_t *read_id(struct asking *asking, const struct field_rule *rule, const char *text)
{
    char id[ANSWER_BYTES];
    if (rule->id == FIELD_party_id || rule->id == FIELD_contract_id) {
        return json_string(text);
    }
    return reference_read(asking, rule->kind, field_name(rule->id), text, id) ? json_string(id)
                                                                              : NULL;
}

json_t *value_read(struct asking *asking, const struct field_rule *rule, enum value_type type,
                   const char *text)
{
    int64_t number = 0;
    bool yes = false;
    enum value_fault fault;
    if ((*text == '{' || *text == '[') && type >= VALUE_STRUCT) {
        return read_json(asking, text);
    }
    if ((rule->flags & FIELD_NULLABLE) != 0 &&
        (strcmp(text, "null") == 0 || strcmp(text, "未定") == 0)) {
        return json_null();
    }
    switch ((int)type) {
    case VALUE_FEN:
    case VALUE_FEN_SIGNED:
        fault = amount_parse(text, SCALE_YUAN, asking->currency, false, type == VALUE_FEN_SIGNED,
                             &number);
        return valued(asking, fault, json_integer(number));
    case VALUE_PPM:
        fault = share_parse(text, false, false, &number);
        return valued(asking, fault, json_integer(number));
    case VALUE_INT:
    case VALUE_PPM_WIDE:
        fault = integer_parse(text, &number);
        return valued(asking, fault, json_integer(number));
    case VALUE_DATE:
        return read_day(asking, text);
    case VALUE_BOOL:
        fault = yes_parse(text, &yes);
        return valued(asking, fault, json_boolean(yes));
    case VALUE_ENUM:
        return read_enum(asking, rule, text);
    case VALUE_CURRENCY:
        return read_currency(asking, text);
    case VALUE_ID:
        return read_id(asking, rule, text);
    case VALUE_LIST:
        return read_list(asking, rule, text);
    case VALUE_STRUCT:
    case VALUE_MAP_FREE:
    case VALUE_CHANGES:
        return read_json(asking, text);
    default: /* texts, which the daemon judges */
        return json_string(text);
    }
}

static void enum_kind(const struct asking *asking, const struct field_rule *rule, char *out,
                      size_t size)
{
    size_t len = 0;
    out[0] = '\0';
    for (int i = 0; rule->names[i] != NULL && len + CELL_MAX / 4 < size; i++) {
        char shown[CELL_MAX / 4];
        value_shown(field_name(rule->id), rule->names[i], asking->cli->chinese, shown,
                    sizeof(shown));
        bool named = strcmp(shown, rule->names[i]) != 0;
        int put = snprintf(out + len, size - len, "%s%d %.60s%s%.60s", i == 0 ? "" : "  ", i + 1,
                           rule->names[i], named ? " " : "", named ? shown : "");
        len += put > 0 ? (size_t)put : 0;
    }
}

static void amount_kind(const struct asking *asking, char *out, size_t size)
{
    bool yuan = strcmp(asking->currency, "CNY") == 0;
    (void)snprintf(out, size, "%s%s%s", in_language(asking->cli, "amount in ", "金额（"),
                   yuan ? "元" : asking->currency,
                   in_language(asking->cli, ": 12000, 2万", "）：12000、2万"));
}

void value_kind(const struct asking *asking, const struct field_rule *rule, enum value_type type,
                char *out, size_t size)
{
    const struct cli *cli = asking->cli;
    const char *kind = "";
    switch ((int)type) {
    case VALUE_FEN:
    case VALUE_FEN_SIGNED:
        amount_kind(asking, out, size);
        return;
    case VALUE_PPM:
        kind = in_language(cli, "per cent: 5%", "百分比：5%");
        break;
    case VALUE_INT:
    case VALUE_PPM_WIDE:
        kind = in_language(cli, "whole number", "整数");
        break;
    case VALUE_DATE:
        kind = in_language(cli, "date: 2024-03-05", "日期：2024-03-05");
        break;
    case VALUE_BOOL:
        kind = in_language(cli, "yes or no", "是或否");
        break;
    case VALUE_ENUM:
        enum_kind(asking, rule, out, size);
        return;
    case VALUE_LIST:
        kind = in_language(cli, "list, commas between", "列表，逗号分隔");
        break;
    case VALUE_MAP_FREE:
    case VALUE_CHANGES:
        kind = in_language(cli, "JSON: {\"name\": \"value\"}", "JSON：{\"名称\": \"取值\"}");
        break;
    case VALUE_ID:
        reference_kind(asking, rule->kind, out, size);
        return;
    case VALUE_CURRENCY:
        kind = "CNY, USD, EUR, JPY";
        break;
    default:
        break;
    }
    (void)snprintf(out, size, "%s", kind);
}
