/* Does a profile say what can be done? P1 of profile.h. */

#include "ops/import/profile_check.h"

#include <stdio.h>
#include <string.h>

#include "ops/import/text.h"
#include "proto/vocabulary.h"

static bool fail(char why[PROFILE_WHY_BYTES], const char *what, const char *which)
{
    (void)snprintf(why, PROFILE_WHY_BYTES, "%.80s: %.120s", what, which);
    return false;
}

static bool is_name(const struct profile *profile, const char *name)
{
    for (size_t i = 0; i < profile->entity_count; i++) {
        if (strcmp(profile->entities[i].name, name) == 0) {
            return true;
        }
    }
    return strcmp(name, "row") == 0 || profile_column(profile, name) < profile->column_count;
}

static bool check_expression(const struct profile *profile, const struct expression *expression,
                             char why[PROFILE_WHY_BYTES])
{
    char name[PROFILE_NAME_BYTES];
    for (size_t i = 0; i < expression->condition_count; i++) {
        if (!is_name(profile, expression->conditions[i].name)) {
            return fail(why, "no column of this name", expression->conditions[i].name);
        }
    }
    if (expression->text[0] == '$' && expression->text[1] != '{') {
        return is_name(profile, expression->text + 1) ||
               fail(why, "no column of this name", expression->text + 1);
    }
    for (const char *at = strstr(expression->text, "${"); at != NULL; at = strstr(at + 2, "${")) {
        const char *end = strchr(at, '}');
        if (end == NULL || (size_t)(end - at) >= sizeof(name)) {
            return fail(why, "${NAME} is not closed", expression->text);
        }
        text_cut(name, sizeof(name), at + 2, (size_t)(end - at) - 2);
        if (!is_name(profile, name)) {
            return fail(why, "no column of this name", name);
        }
    }
    return true;
}

static const struct field_rule *rule_of(const struct value_shape *shape, const char *name,
                                        size_t len)
{
    for (size_t i = 0; shape != NULL && i < shape->count; i++) {
        const char *known = field_name(shape->fields[i].id);
        if (strlen(known) == len && strncmp(known, name, len) == 0) {
            return &shape->fields[i];
        }
    }
    return NULL;
}

/* "sellers[0].party" in the shape of the data; the last field's rule in *ret. */
static bool find_rule(const struct value_shape *shape, const char *path,
                      const struct field_rule **ret)
{
    for (;;) {
        size_t len = strcspn(path, ".[");
        *ret = NULL;
        if (strncmp(path, "x_", 2) == 0) {
            return true; /* the users' own */
        }
        const struct field_rule *rule = rule_of(shape, path, len);
        if (rule == NULL) {
            return false;
        }
        path += len;
        if (*path == '[') {
            size_t digits = strspn(path + 1, "0123456789");
            if (digits == 0 || path[1 + digits] != ']' || rule->type != VALUE_LIST) {
                return false;
            }
            path += digits + 2;
        }
        *ret = rule;
        if (*path == '\0') {
            return true;
        }
        if (*path != '.' || rule->type == VALUE_MAP_FREE) {
            return rule->type == VALUE_MAP_FREE;
        }
        shape = rule->shape;
        path++;
    }
}

/* A word's code must be one of the enumeration that its column fills. */
static bool check_codes(const struct profile *profile, const struct assignment *assignment,
                        const struct field_rule *rule, char why[PROFILE_WHY_BYTES])
{
    const char *text = assignment->value.text;
    if (rule == NULL || rule->type != VALUE_ENUM || assignment->guard) {
        return true;
    }
    if (text[0] != '$') {
        return enum_index(rule->names, slice_text(text)) >= 0 ||
               fail(why, "the enumeration has no such code", text);
    }
    size_t at = profile_column(profile, text + 1);
    for (size_t i = 0; at < profile->column_count && i < profile->word_count; i++) {
        const struct word *word = &profile->words[i];
        if (strcmp(word->set, profile->columns[at].words) == 0 && word->code[0] != '\0' &&
            enum_index(rule->names, slice_text(word->code)) < 0) {
            return fail(why, "the enumeration has no such code", word->code);
        }
    }
    return true;
}

/* Amounts are read in what the column `currency` says, without one in CNY: an event must say the
 * same, or its amounts would be those of another currency. */
static bool check_currency(const struct profile *profile, const struct assignment *assignment,
                           const struct field_rule *rule, char why[PROFILE_WHY_BYTES])
{
    const struct expression *value = &assignment->value;
    if (rule == NULL || rule->type != VALUE_CURRENCY || assignment->guard ||
        strcmp(value->text, "$currency") == 0) {
        return true;
    }
    bool without = profile_column(profile, "currency") == profile->column_count;
    for (size_t i = 0; i < value->condition_count; i++) {
        without = without || (value->conditions[i].unless &&
                              strcmp(value->conditions[i].name, "currency") == 0);
    }
    return (without && strcmp(value->text, "CNY") == 0) ||
           fail(why, "currency: $currency of a [column currency], whose default may be",
                value->text);
}

static bool check_fields(const struct profile *profile, const struct event_type *type, size_t first,
                         size_t count, char why[PROFILE_WHY_BYTES])
{
    for (size_t i = first; i < first + count; i++) {
        const struct assignment *assignment = &profile->assignments[i];
        const char *path = assignment->path;
        const struct field_rule *rule = NULL;
        bool envelope = *path == '\0' || strcmp(path, "agg") == 0 || strcmp(path, "id") == 0 ||
                        strcmp(path, "effective") == 0;
        if (!envelope && !find_rule(&type->data, path, &rule)) {
            return fail(why, type->name, path);
        }
        if (!check_expression(profile, &assignment->value, why) ||
            !check_codes(profile, assignment, rule, why) ||
            !check_currency(profile, assignment, rule, why)) {
            return false;
        }
    }
    return true;
}

static bool check_columns(const struct profile *profile, char why[PROFILE_WHY_BYTES])
{
    for (size_t i = 0; i < profile->column_count; i++) {
        const struct sheet_column *column = &profile->columns[i];
        bool found = column->words[0] == '\0';
        for (size_t k = 0; k < profile->word_count && !found; k++) {
            found = strcmp(profile->words[k].set, column->words) == 0;
        }
        if (!found) {
            return fail(why, "no words of this name", column->words);
        }
        if (column->type == TYPE_AS_WORD && column->words[0] == '\0') {
            return fail(why, "a column of kind word without words", column->name);
        }
        if (column->heading_count == 0 && column->fallback == NULL) {
            return fail(why, "a column without heading", column->name);
        }
    }
    return true;
}

bool profile_check(const struct profile *profile, char why[PROFILE_WHY_BYTES])
{
    static const char *const made_by[] = {"party.registered", "technology.published",
                                          "contract.signed"};
    if (profile->column_count == 0 || profile->event_count == 0) {
        return fail(why, "no [column NAME] or no [event TYPE]", profile->name);
    }
    if (!check_columns(profile, why)) {
        return false;
    }
    for (size_t i = 0; i < profile->entity_count; i++) {
        const struct entity *entity = &profile->entities[i];
        const struct event_type *type = event_type_by_name(slice_text(made_by[entity->type]));
        if (entity->type == ENTITY_CONTRACT && entity->missing == MISSING_CREATE) {
            return fail(why, "a contract is made by an event: missing = fault or leave",
                        entity->name);
        }
        if (!check_fields(profile, type, entity->first, entity->count, why)) {
            return false;
        }
    }
    for (size_t i = 0; i < profile->event_count; i++) {
        const struct made_event *event = &profile->events[i];
        const struct event_type *type = event_type_by_name(slice_text(event->type));
        if (type == NULL || !type->decided) {
            return fail(why, "no such event type", event->type);
        }
        if (!check_fields(profile, type, event->first, event->count, why)) {
            return false;
        }
    }
    for (size_t i = 0; i < profile->skip_count; i++) {
        if (!check_expression(profile, &profile->assignments[profile->skip_first + i].value, why)) {
            return false;
        }
    }
    return true;
}
