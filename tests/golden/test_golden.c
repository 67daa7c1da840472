/* Every file of tests/golden/ NAME.json is one test:
 *
 *   {what, recorded?, events: [event …], questions: [{projection, …, expect | code}],
 *    refusals: [{event, code, field?}]}
 *
 * An event with `repeat` beside it ({event, repeat: N}) is N events, in whose texts {i} is 000001,
 * 000002 …; with `from`, counted from there. An event with `code` beside it ({event, code}) must be
 * refused where it stands. `recorded` of the file dates the events that have none. Figures are
 * worked out by hand or given by the domain; none is copied from an answer of ours. A further
 * golden is a further file. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdlib.h>

#include "tests/golden/golden.h"
#include "tests/support/effort.h"

#define FILES_MAX 256
#define PROMISES_OF_EVERY (SANITIZED ? 4u : 1u) /* so many files, one is looked at for promises */
#define REPEATED_MAX 2000

static const char *folder;

static void expect_refusal(struct ledger_fixture *fixture, const json_t *refusal)
{
    struct fault fault;
    const char *code = json_string_value(json_object_get(refusal, "code"));
    const char *field = json_string_value(json_object_get(refusal, "field"));
    enum status status = ledger_fixture_append(fixture, json_object_get(refusal, "event"), &fault);
    assert_string_equal(status_name(status), code);
    if (field != NULL) {
        assert_string_equal(fault.field, field);
    }
}

static void append(struct ledger_fixture *fixture, json_t *event, const json_t *recorded)
{
    struct fault fault;
    char message[1024];
    if (recorded != NULL && json_object_get(event, "recorded") == NULL) {
        json_object_set(event, "recorded", (json_t *)(uintptr_t)recorded);
    }
    if (ledger_fixture_append(fixture, event, &fault) != STATUS_OK) {
        fault_render(&fault, LANGUAGE_EN, message, sizeof(message));
        char *text = json_dumps(event, 0);
        print_error("%s\n", text);
        free(text);
        fail_msg("%s", message);
    }
}

/* `value` with {i} in every text filled in. */
static json_t *numbered(const json_t *value, unsigned i)
{
    const char *key;
    size_t k;
    json_t *inner;
    json_t *copy = json_copy((json_t *)(uintptr_t)value);
    if (json_is_string(value)) {
        const char *text = json_string_value(value);
        const char *mark = strstr(text, "{i}");
        if (mark != NULL) {
            json_decref(copy);
            copy = json_sprintf("%.*s%06u%s", (int)(mark - text), text, i, mark + 3);
        }
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, inner)
    {
        json_object_set_new(copy, key, numbered(inner, i));
    }
    json_array_foreach(value, k, inner)
    {
        json_array_set_new(copy, k, numbered(inner, i));
    }
    return copy;
}

static void repeat(struct ledger_fixture *fixture, const json_t *item, const json_t *recorded)
{
    const json_t *from = json_object_get(item, "from");
    unsigned first = from == NULL ? 1 : (unsigned)json_integer_value(from);
    unsigned count = (unsigned)json_integer_value(json_object_get(item, "repeat"));
    for (unsigned i = first; i < first + count; i++) {
        json_t *event = numbered(json_object_get(item, "event"), i);
        append(fixture, event, recorded);
        json_decref(event);
    }
}

/* A sanitizer takes minutes for thousands of events that are one event with other numbers. */
static bool too_many(const json_t *events)
{
    json_int_t count = 0;
    size_t i;
    json_t *item;
    json_array_foreach(events, i, item)
    {
        count += json_integer_value(json_object_get(item, "repeat"));
    }
    return SANITIZED && count > REPEATED_MAX;
}

static void ask(const struct ledger_fixture *fixture, const json_t *question)
{
    const char *code;
    const json_t *wanted = json_object_get(question, "code");
    json_t *got = golden_ask(fixture, question, wanted == NULL ? NULL : &code);
    if (wanted != NULL) {
        assert_string_equal(code, json_string_value(wanted));
        return;
    }
    char *where = json_dumps(question, 0);
    char *expect = strstr(where, ", \"expect\"");
    if (expect != NULL) {
        *expect = 0;
    }
    golden_compare(where, json_object_get(question, "expect"), got);
    free(where);
    json_decref(got);
}

static void golden(void **state)
{
    static uint32_t number;
    const char *name = *state;
    char path[1024];
    json_error_t error;
    struct ledger_fixture fixture;
    size_t i;
    json_t *item;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    json_t *file = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (file == NULL) {
        fail_msg("%s:%d: %s", path, error.line, error.text);
    }
    if (too_many(json_object_get(file, "events"))) {
        json_decref(file);
        skip();
    }
    ledger_fixture_init(&fixture);
    json_array_foreach(json_object_get(file, "events"), i, item)
    {
        if (json_object_get(item, "code") != NULL) {
            expect_refusal(&fixture, item);
        } else if (json_object_get(item, "repeat") != NULL) {
            repeat(&fixture, item, json_object_get(file, "recorded"));
        } else {
            append(&fixture, item, json_object_get(file, "recorded"));
        }
    }
    json_array_foreach(json_object_get(file, "questions"), i, item)
    {
        ask(&fixture, item);
    }
    json_array_foreach(json_object_get(file, "refusals"), i, item)
    {
        expect_refusal(&fixture, item);
    }
    if (number++ % PROMISES_OF_EVERY == 0) {
        golden_check_promises(&fixture);
    }
    ledger_fixture_done(&fixture);
    json_decref(file);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

int main(void)
{
    static struct CMUnitTest tests[FILES_MAX];
    static char path[1024];
    size_t count = 0;
    const char *source = getenv("ACCRUE_SOURCE_DIR");
    snprintf(path, sizeof(path), "%s/tests/golden", source == NULL ? "." : source);
    folder = path;
    DIR *files = opendir(folder);
    if (files == NULL) {
        return 1;
    }
    for (struct dirent *entry; (entry = readdir(files)) != NULL;) {
        size_t len = strlen(entry->d_name);
        if (len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0 && count < FILES_MAX) {
            char *name = strdup(entry->d_name);
            tests[count++] =
                (struct CMUnitTest){.name = name, .test_func = golden, .initial_state = name};
        }
    }
    closedir(files);
    qsort(tests, count, sizeof(tests[0]), by_name);
    int failed = _cmocka_run_group_tests("golden", tests, count, NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        free(tests[i].initial_state);
    }
    return count == 0 || failed != 0;
}
