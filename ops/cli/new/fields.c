/* Asking for fields: Q2 and Q3 of new.h. */

#include <string.h>

#include "ops/cli/new/new.h"

#define PATH_BYTES 256
#define ITEMS_MAX 64u

bool field_required(const struct field_rule *rule, const json_t *data)
{
    if (rule->when_is != NULL) {
        return strcmp(json_text(data, field_name(rule->when)), rule->when_is) == 0;
    }
    return (rule->flags & FIELD_REQUIRED) != 0;
}

static const char *help_of(const struct asking *asking, const struct field_rule *rule)
{
    return in_language(asking->cli, rule->help_en, rule->help_zh);
}

static bool has_parts(const struct field_rule *rule)
{
    return rule->shape != NULL && (rule->type == VALUE_STRUCT ||
                                   (rule->type == VALUE_LIST && rule->element == VALUE_STRUCT));
}

static bool ask_items(struct asking *asking, const struct field_rule *rule, json_t *list,
                      const char *path, bool required)
{
    for (size_t i = 0; i < ITEMS_MAX; i++) {
        char item_path[PATH_BYTES];
        char answer[ANSWER_BYTES];
        (void)snprintf(item_path, sizeof(item_path), "%.200s[%zu]", path, i);
        if (i > 0 || !required) {
            char question[PATH_BYTES];
            (void)snprintf(question, sizeof(question), "%.200s: %s", item_path,
                           in_language(asking->cli, "one more? yes or no", "再添一项？是或否"));
            question_print(asking, question, false);
            if (!answer_read(asking, answer)) {
                return false;
            }
            if (strcmp(answer, "y") != 0 && strcmp(answer, "yes") != 0 &&
                strcmp(answer, "是") != 0) {
                return true;
            }
        }
        json_t *item = json_object();
        (void)json_array_append_new(list, item);
        if (!fields_ask(asking, rule->shape, item, item_path)) {
            return false;
        }
    }
    return true;
}

static bool ask_parts(struct asking *asking, const struct field_rule *rule, json_t *data,
                      const char *path, bool required)
{
    char note[PATH_BYTES];
    (void)snprintf(note, sizeof(note), "%.120s: %.120s", path, help_of(asking, rule));
    note_print(asking, note);
    json_t *value = rule->type == VALUE_LIST ? json_array() : json_object();
    (void)json_object_set_new(data, field_name(rule->id), value);
    bool good = rule->type == VALUE_LIST ? ask_items(asking, rule, value, path, required)
                                         : fields_ask(asking, rule->shape, value, path);
    if (rule->type == VALUE_LIST && json_array_size(value) == 0) {
        (void)json_object_del(data, field_name(rule->id)); /* none was wanted */
    }
    return good;
}

bool field_ask(struct asking *asking, const struct field_rule *rule, json_t *data, const char *path,
               bool required)
{
    char kind[1024];
    char question[ANSWER_BYTES];
    char answer[ANSWER_BYTES];
    if (has_parts(rule)) {
        return ask_parts(asking, rule, data, path, required);
    }
    value_kind(asking, rule, rule->type, kind, sizeof(kind));
    (void)snprintf(question, sizeof(question), "%.200s  %.300s%s%.1000s%s", path,
                   help_of(asking, rule), *kind == '\0' ? "" : "\n  (", kind,
                   *kind == '\0' ? "" : ")");
    for (;;) {
        question_print(asking, question, required);
        if (!answer_read(asking, answer)) {
            return false;
        }
        if (*answer == '\0') {
            if (!required) {
                (void)json_object_del(data, field_name(rule->id));
                return true;
            }
            continue; /* Q3 */
        }
        json_t *value = value_read(asking, rule, rule->type, answer);
        if (value != NULL && rule->type == VALUE_CURRENCY) {
            (void)snprintf(asking->currency, sizeof(asking->currency), "%s",
                           json_string_value(value));
        }
        if (value != NULL) {
            (void)json_object_set_new(data, field_name(rule->id), value);
            return true;
        }
        if (asking->failed != EXIT_OK) {
            return false;
        }
    }
}

static void make_path(char out[PATH_BYTES], const char *path, const struct field_rule *rule)
{
    (void)snprintf(out, PATH_BYTES, "%.160s%s%.64s", path, *path == '\0' ? "" : ".",
                   field_name(rule->id));
}

/* Of the fields of which one is needed: until there is one. */
static bool ask_one_of(struct asking *asking, const struct value_shape *shape, json_t *data,
                       const char *path)
{
    bool any = false;
    for (size_t i = 0; i < shape->count; i++) {
        const struct field_rule *rule = &shape->fields[i];
        char own[PATH_BYTES];
        if (any || (rule->flags & FIELD_ONE_OF) == 0) {
            continue;
        }
        make_path(own, path, rule);
        if (!field_ask(asking, rule, data, own, false)) {
            return false;
        }
        any = json_object_get(data, field_name(rule->id)) != NULL;
    }
    return true;
}

static void explain_optional(const struct asking *asking, const struct value_shape *shape,
                             const json_t *data)
{
    for (size_t i = 0; i < shape->count; i++) {
        const char *name = field_name(shape->fields[i].id);
        if (json_object_get(data, name) == NULL) {
            (void)fprintf(stderr, "  %-24s %s\n", name, help_of(asking, &shape->fields[i]));
        }
    }
}

/* The names that may still be given, and one line a choice. */
static bool ask_optional(struct asking *asking, const struct value_shape *shape, json_t *data,
                         const char *path)
{
    for (;;) {
        char note[ANSWER_BYTES];
        char answer[ANSWER_BYTES];
        size_t left = 0;
        size_t len = (size_t)snprintf(note, sizeof(note), "%s",
                                      in_language(asking->cli, "may be given:", "选填："));
        for (size_t i = 0; i < shape->count; i++) {
            const char *name = field_name(shape->fields[i].id);
            if (json_object_get(data, name) == NULL && len + 80 < sizeof(note)) {
                len += (size_t)snprintf(note + len, sizeof(note) - len, " %.64s", name);
                left++;
            }
        }
        if (left == 0) {
            return true;
        }
        note_print(asking, note);
        question_print(asking,
                       in_language(asking->cli, "which field, ? explains them, nothing ends",
                                   "字段名，? 查看说明，留空结束"),
                       false);
        if (!answer_read(asking, answer)) {
            return false;
        }
        if (*answer == '\0') {
            return true;
        }
        if (strcmp(answer, "?") == 0) {
            explain_optional(asking, shape, data);
            continue;
        }
        size_t at = 0;
        while (at < shape->count && strcmp(field_name(shape->fields[at].id), answer) != 0) {
            at++;
        }
        char own[PATH_BYTES];
        if (at == shape->count) {
            (void)fprintf(stderr, "  %s\n",
                          in_language(asking->cli, "there is no such field", "无此字段"));
            continue;
        }
        make_path(own, path, &shape->fields[at]);
        bool plain = !has_parts(&shape->fields[at]); /* an empty answer leaves it out */
        if (!field_ask(asking, &shape->fields[at], data, own, !plain)) {
            return false;
        }
    }
}

#define TURNS 3

/* An amount's decimals are the currency's, and some fields are required by what others hold. */
static int turn_of(const struct field_rule *rule)
{
    return rule->type == VALUE_CURRENCY ? 0 : rule->when_is == NULL ? 1 : 2;
}

bool fields_ask(struct asking *asking, const struct value_shape *shape, json_t *data,
                const char *path)
{
    for (int turn = 0; turn < TURNS; turn++) {
        for (size_t i = 0; i < shape->count; i++) {
            const struct field_rule *rule = &shape->fields[i];
            char own[PATH_BYTES];
            if (turn_of(rule) != turn || !field_required(rule, data)) {
                continue;
            }
            make_path(own, path, rule);
            if (!field_ask(asking, rule, data, own, true)) {
                return false;
            }
        }
    }
    return ask_one_of(asking, shape, data, path) && ask_optional(asking, shape, data, path);
}
