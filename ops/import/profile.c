/* Reading a profile: see profile.h for what one says. What it means is checked in
 * profile_check.c. */

#include "ops/import/profile.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "ops/import/profile_check.h"
#include "ops/import/text.h"

struct reading {
    struct profile *profile;
    const char *at; /* text not read yet */
    char section[PROFILE_NAME_BYTES];
    char *why;
    bool failed;
};

static int fail(struct reading *reading, const char *what, const char *which)
{
    if (!reading->failed) {
        reading->failed = true;
        (void)snprintf(reading->why, PROFILE_WHY_BYTES, "%.40s: %.120s", what, which);
    }
    return 0; /* inih keeps the line of the first */
}

static bool name_fits(const char *name)
{
    return *name != '\0' && strlen(name) < PROFILE_NAME_BYTES;
}

static void keep_name(char out[PROFILE_NAME_BYTES], const char *name)
{
    text_cut(out, PROFILE_NAME_BYTES, name, strlen(name));
}

/* ---- expressions ---- */

/* Cuts " when $NAME" and " unless $NAME" off the end, the last one first. */
static bool read_conditions(struct expression *expression)
{
    for (;;) {
        char *dollar = strrchr(expression->text, '$');
        bool unless = false;
        char *word = NULL;
        if (dollar != NULL && dollar - expression->text >= 6 &&
            strncmp(dollar - 6, " when ", 6) == 0) {
            word = dollar - 6;
        } else if (dollar != NULL && dollar - expression->text >= 8 &&
                   strncmp(dollar - 8, " unless ", 8) == 0) {
            word = dollar - 8;
            unless = true;
        }
        if (word == NULL) {
            return true;
        }
        size_t count = expression->condition_count++;
        if (!name_fits(dollar + 1) ||
            count == sizeof(expression->conditions) / sizeof(expression->conditions[0])) {
            return false;
        }
        keep_name(expression->conditions[count].name, dollar + 1);
        expression->conditions[count].unless = unless;
        *word = '\0';
    }
}

static int add_assignment(struct reading *reading, const char *key, const char *text)
{
    struct profile *profile = reading->profile;
    if (profile->assignment_count == PROFILE_FIELDS_MAX) {
        return fail(reading, "too many fields", key);
    }
    struct assignment *assignment = &profile->assignments[profile->assignment_count++];
    assignment->path = strdup(key);
    assignment->value.text = strdup(text);
    if (assignment->path == NULL || assignment->value.text == NULL) {
        return fail(reading, "memory is short", key);
    }
    size_t len = strlen(assignment->path);
    if (len > 0 && assignment->path[len - 1] == '?') {
        assignment->path[len - 1] = '\0';
        assignment->guard = true;
    }
    return read_conditions(&assignment->value) ? 1 : fail(reading, "too many conditions", key);
}

/* ---- [column NAME] ---- */

static int one_of(struct reading *reading, const char *key, const char *text,
                  const char *const *names, int *ret)
{
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], text) == 0) {
            *ret = i;
            return 1;
        }
    }
    return fail(reading, key, text);
}

static int yes_or_no(struct reading *reading, const char *key, const char *text, bool *ret)
{
    return yes_parse(text, ret) == VALUE_GOOD ? 1 : fail(reading, key, text);
}

/* "合同金额 | 合同总金额 | amount" */
static int add_headings(struct reading *reading, struct sheet_column *column, const char *text)
{
    while (*text != '\0') {
        char heading[PROFILE_LINE_BYTES + 1];
        size_t len = strcspn(text, "|");
        char part[PROFILE_LINE_BYTES + 1];
        text_cut(part, sizeof(part), text, len);
        text += len + (text[len] == '|');
        if (!text_normal(part, heading, sizeof(heading)) || *heading == '\0') {
            continue;
        }
        if (column->heading_count == PROFILE_HEADINGS_MAX) {
            return fail(reading, "too many headings", column->name);
        }
        column->headings[column->heading_count++] = strdup(heading);
    }
    return 1;
}

static int on_column(struct reading *reading, const char *key, const char *text)
{
    static const char *const kinds[] = {"text",    "id",     "amount", "date",   "share",
                                        "integer", "yes_no", "word",   "region", NULL};
    static const char *const negatives[] = {"fault", "skip", NULL};
    static const char *const zeros[] = {"keep", "empty", NULL};
    static const char *const matches[] = {"whole", "contains", NULL};
    struct sheet_column *column = &reading->profile->columns[reading->profile->column_count - 1];
    int chosen = 0;
    int good = 0;
    if (strcmp(key, "heading") == 0) {
        good = add_headings(reading, column, text);
    } else if (strcmp(key, "kind") == 0) {
        good = one_of(reading, key, text, kinds, &chosen);
        column->type = (enum column_type)chosen;
    } else if (strcmp(key, "words") == 0) {
        good = name_fits(text) ? 1 : fail(reading, key, text);
        keep_name(column->words, text);
    } else if (strcmp(key, "match") == 0) {
        good = one_of(reading, key, text, matches, &chosen);
        column->contains = chosen == 1;
    } else if (strcmp(key, "unit") == 0) {
        good = scale_parse(text, &column->scale) ? 1 : fail(reading, key, text);
    } else if (strcmp(key, "required") == 0) {
        good = yes_or_no(reading, key, text, &column->required);
    } else if (strcmp(key, "unique") == 0) {
        good = yes_or_no(reading, key, text, &column->unique);
    } else if (strcmp(key, "negative") == 0) {
        good = one_of(reading, key, text, negatives, &chosen);
        column->skip_negative = chosen == 1;
    } else if (strcmp(key, "zero") == 0) {
        good = one_of(reading, key, text, zeros, &chosen);
        column->zero_empty = chosen == 1;
    } else if (strcmp(key, "default") == 0) {
        free(column->fallback);
        column->fallback = strdup(text);
        good = 1;
    } else {
        good = fail(reading, "a column has no such key", key);
    }
    return good;
}

static int on_word(struct reading *reading, const char *set, const char *key, const char *text)
{
    struct profile *profile = reading->profile;
    char folded[PROFILE_LINE_BYTES + 1];
    if (profile->word_count == PROFILE_WORDS_MAX || !text_folded(key, folded, sizeof(folded))) {
        return fail(reading, "too many words", key);
    }
    struct word *word = &profile->words[profile->word_count++];
    keep_name(word->set, set);
    word->text = strdup(key);
    word->folded = strdup(folded);
    word->code = strdup(strcmp(text, "-") == 0 ? "" : text);
    return word->text != NULL && word->folded != NULL && word->code != NULL
               ? 1
               : fail(reading, "memory is short", key);
}

static int on_entity(struct reading *reading, const char *key, const char *text)
{
    static const char *const choices[] = {"create", "fault", "leave", NULL};
    struct entity *entity = &reading->profile->entities[reading->profile->entity_count - 1];
    int chosen = 0;
    if (strcmp(key, "missing") == 0) {
        int good = one_of(reading, key, text, choices, &chosen);
        entity->missing = (enum missing)chosen;
        return good;
    }
    entity->count++;
    return add_assignment(reading, key, text);
}

static int on_profile(struct reading *reading, const char *key, const char *text)
{
    if (strcmp(key, "title") != 0) {
        return fail(reading, "a profile has no such key", key);
    }
    free(reading->profile->title);
    reading->profile->title = strdup(text);
    return 1;
}

/* ---- sections ---- */

static int open_section(struct reading *reading, const char *kind, const char *name)
{
    static const char *const entities[] = {"party", "technology", "contract", NULL};
    struct profile *profile = reading->profile;
    int chosen = 0;
    if (strcmp(kind, "column") == 0 && name_fits(name)) {
        if (profile->column_count == PROFILE_COLUMNS_MAX ||
            profile_column(profile, name) < profile->column_count) {
            return fail(reading, "a column twice, or too many", name);
        }
        keep_name(profile->columns[profile->column_count++].name, name);
        return 1;
    }
    if (strcmp(kind, "event") == 0 && name_fits(name)) {
        if (profile->event_count == PROFILE_EVENTS_MAX) {
            return fail(reading, "too many events", name);
        }
        struct made_event *event = &profile->events[profile->event_count++];
        text_cut(event->type, sizeof(event->type), name, strlen(name));
        event->first = profile->assignment_count;
        return 1;
    }
    if (strcmp(kind, "skip") == 0) {
        profile->skip_first = profile->assignment_count;
        return 1;
    }
    if (strcmp(kind, "profile") == 0 || (strcmp(kind, "words") == 0 && name_fits(name))) {
        return 1;
    }
    if (!name_fits(name) || one_of(reading, "no such section", kind, entities, &chosen) == 0 ||
        profile->entity_count == PROFILE_ENTITIES_MAX) {
        return fail(reading, "no such section", kind);
    }
    struct entity *entity = &profile->entities[profile->entity_count++];
    keep_name(entity->name, name);
    entity->type = (enum entity_type)chosen;
    entity->first = profile->assignment_count;
    return 1;
}

static int on_key(void *arg, const char *section, const char *key, const char *text)
{
    struct reading *reading = arg;
    char kind[PROFILE_NAME_BYTES];
    const char *space = strchr(section, ' ');
    const char *name = space == NULL ? "" : space + 1;
    text_cut(kind, sizeof(kind), section, strcspn(section, " "));
    if (reading->failed) {
        return 0;
    }
    if (strcmp(reading->section, section) != 0) {
        keep_name(reading->section, section);
        if (open_section(reading, kind, name) == 0) {
            return 0;
        }
    }
    if (strcmp(kind, "column") == 0) {
        return on_column(reading, key, text);
    }
    if (strcmp(kind, "words") == 0) {
        return on_word(reading, name, key, text);
    }
    if (strcmp(kind, "event") == 0) {
        reading->profile->events[reading->profile->event_count - 1].count++;
        return add_assignment(reading, key, text);
    }
    if (strcmp(kind, "skip") == 0) {
        reading->profile->skip_count++;
        return add_assignment(reading, key, text);
    }
    return strcmp(kind, "profile") == 0 ? on_profile(reading, key, text)
                                        : on_entity(reading, key, text);
}

#define NAME_BYTES 49 /* inih's */

static bool name_is_short(const char *line, size_t len)
{
    size_t name = 0;
    while (name < len && line[name] != '=' && line[name] != ':' && line[name] != ']') {
        name++;
    }
    return name <= NAME_BYTES || line[0] == ';' || line[0] == ' ';
}

/* inih would cut a longer line and read its rest as another, and cut a longer name. */
static char *next_line(char *out, int size, void *arg)
{
    struct reading *reading = arg;
    size_t len = strcspn(reading->at, "\n");
    if (*reading->at == '\0') {
        return NULL;
    }
    if (len > PROFILE_LINE_BYTES - 1 || !name_is_short(reading->at, len)) {
        char start[24];
        text_cut(start, sizeof(start), reading->at, 20);
        (void)fail(reading, "a line of over 198 bytes or name of 49", start);
        return NULL;
    }
    text_cut(out, (size_t)size - 1, reading->at, len);
    out[len] = '\n';
    out[len + 1] = '\0';
    reading->at += len + (reading->at[len] == '\n');
    return out;
}

struct profile *profile_read(const char *name, const char *text, char why[PROFILE_WHY_BYTES])
{
    struct profile *profile = calloc(1, sizeof(*profile));
    struct reading reading = {.profile = profile, .at = text, .why = why};
    if (profile == NULL) {
        (void)snprintf(why, PROFILE_WHY_BYTES, "memory is short");
        return NULL;
    }
    keep_name(profile->name, name);
    int line = ini_parse_stream(next_line, &reading, on_key, &reading);
    if (line != 0 || reading.failed) {
        char told[PROFILE_WHY_BYTES - 32];
        (void)snprintf(told, sizeof(told), "%s", reading.failed ? why : "neither key nor section");
        (void)snprintf(why, PROFILE_WHY_BYTES, line > 0 ? "line %d: %s" : "%.0d%s", line, told);
        profile_free(profile);
        return NULL;
    }
    if (!profile_check(profile, why)) {
        profile_free(profile);
        return NULL;
    }
    return profile;
}

void profile_free(struct profile *profile)
{
    for (size_t i = 0; i < profile->column_count; i++) {
        for (size_t k = 0; k < profile->columns[i].heading_count; k++) {
            free(profile->columns[i].headings[k]);
        }
        free(profile->columns[i].fallback);
    }
    for (size_t i = 0; i < profile->word_count; i++) {
        free(profile->words[i].text);
        free(profile->words[i].folded);
        free(profile->words[i].code);
    }
    for (size_t i = 0; i < profile->assignment_count; i++) {
        free(profile->assignments[i].path);
        free(profile->assignments[i].value.text);
    }
    free(profile->title);
    free(profile);
}

size_t profile_column(const struct profile *profile, const char *name)
{
    size_t i = 0;
    while (i < profile->column_count && strcmp(profile->columns[i].name, name) != 0) {
        i++;
    }
    return i;
}
