/* Asking a fixture's facts and comparing what comes back. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "proto/cursor.h"
#include "proto/writer.h"
#include "tests/golden/golden.h"

#define ANSWER_BYTES ((size_t)2 * 1024 * 1024)

static struct slice encode(const json_t *value, uint8_t *room, size_t size, size_t *used)
{
    if (value == NULL) {
        return slice_of("", 0);
    }
    struct writer out = writer_over(room + *used, size - *used);
    json_write(value, &out);
    assert_false(out.full);
    *used += out.len;
    return writer_slice(&out);
}

static struct slice text_at(const json_t *question, const char *name)
{
    const json_t *value = json_object_get(question, name);
    return value == NULL ? slice_of("", 0)
                         : slice_of(json_string_value(value), json_string_length(value));
}

static enum status answer(const struct ledger_fixture *fixture, const json_t *question,
                          struct writer *out, struct fault *fault)
{
    uint8_t room[4096];
    size_t used = 0;
    struct query query = {.facts = fixture->facts, .language = LANGUAGE_EN};
    const struct projection *projection = projection_by_name(text_at(question, "projection"));
    const json_t *limit = json_object_get(question, "limit");
    assert_non_null(projection);
    struct slice as_of = encode(json_object_get(question, "as_of"), room, sizeof(room), &used);
    struct slice known_at =
        encode(json_object_get(question, "known_at"), room, sizeof(room), &used);
    enum status status =
        viewpoint_read(&query, &fixture->published, as_of, known_at, GOLDEN_TODAY, fault);
    if (status != STATUS_OK) {
        return status;
    }
    query.params = encode(json_object_get(question, "params"), room, sizeof(room), &used);
    query.limit = limit == NULL ? 0 : (uint64_t)json_integer_value(limit);
    query.after = text_at(question, "after");
    if (json_object_get(question, "explain") == NULL) {
        return query_answer(projection, &query, out, fault);
    }
    return explain_answer(projection, &query, text_at(question, "explain"), out, fault);
}

json_t *golden_ask(const struct ledger_fixture *fixture, const json_t *question,
                   const char **ret_code)
{
    struct fault fault;
    char message[1024];
    static uint8_t room[ANSWER_BYTES]; /* a sanitizer would fill it for each question */
    struct writer out = writer_over(room, ANSWER_BYTES);
    enum status status = answer(fixture, question, &out, &fault);
    if (ret_code != NULL) {
        *ret_code = status == STATUS_OK ? "" : status_name(status);
    }
    if (status != STATUS_OK) {
        fault_render(&fault, LANGUAGE_EN, message, sizeof(message));
        if (ret_code == NULL) {
            fail_msg("refused: %s", message);
        }
        return NULL;
    }
    return json_read(writer_slice(&out));
}

struct slice golden_answer(const struct ledger_fixture *fixture, const json_t *question,
                           uint8_t *room, size_t size)
{
    struct fault fault;
    char message[1024];
    struct writer out = writer_over(room, size);
    if (answer(fixture, question, &out, &fault) != STATUS_OK) {
        fault_render(&fault, LANGUAGE_EN, message, sizeof(message));
        fail_msg("refused: %s", message);
    }
    assert_false(out.full);
    return writer_slice(&out);
}

static void differ(const char *where, const json_t *expected, const json_t *actual)
{
    char *want = json_dumps(expected, JSON_ENCODE_ANY);
    char *got = actual == NULL ? NULL : json_dumps(actual, JSON_ENCODE_ANY);
    print_error("%s: expected %s, got %s\n", where, want, got == NULL ? "nothing" : got);
    free(want);
    free(got);
    fail();
}

static const json_t *row_with(const json_t *rows, const json_t *wanted)
{
    static const char *const names[] = {"key", "currency", "seq", "obligation"};
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        bool same = true;
        for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
            const json_t *value = json_object_get(wanted, names[n]);
            same = same && (value == NULL || json_equal(value, json_object_get(row, names[n])));
        }
        if (same) {
            return row;
        }
    }
    return NULL;
}

static void compare_rows(const char *where, const json_t *expected, const json_t *actual)
{
    size_t i;
    json_t *row;
    json_array_foreach(expected, i, row)
    {
        const json_t *found = row_with(actual, row);
        if (found == NULL) {
            differ(where, row, actual);
        }
        golden_compare(where, row, found);
    }
}

void golden_compare(const char *where, const json_t *expected, const json_t *actual)
{
    const char *key;
    json_t *value;
    if (json_is_object(expected) && json_is_object(actual)) {
        json_object_foreach((json_t *)(uintptr_t)expected, key, value)
        {
            char inner[512];
            snprintf(inner, sizeof(inner), "%s.%s", where, key);
            if (strcmp(key, "row_count") == 0) { /* how many rows there are in all */
                size_t count = json_array_size(json_object_get(actual, "rows"));
                if (count != (size_t)json_integer_value(value)) {
                    differ(inner, value, json_object_get(actual, "rows"));
                }
                continue;
            }
            golden_compare(inner, value, json_object_get(actual, key));
        }
        return;
    }
    if (json_is_array(expected) && json_is_array(actual) && json_array_size(expected) > 0 &&
        json_is_object(json_array_get(expected, 0))) {
        compare_rows(where, expected, actual);
        return;
    }
    if (actual == NULL || !json_equal(expected, actual)) {
        differ(where, expected, actual);
    }
}
