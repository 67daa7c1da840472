/* Events of an office as text: ' for ", printed, parsed, appended. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>
#include <stdlib.h>

#define TEXT_ROOM 65536

/* Room for one event as text, and what was printed there as JSON. */
static char *text_room(void)
{
    char *text = malloc(TEXT_ROOM);
    assert_non_null(text);
    return text;
}

static json_t *read_json(char *text, int len)
{
    json_error_t error;
    assert_in_range(len, 1, TEXT_ROOM - 1);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (value == NULL) {
        print_error("%s: %s\n", error.text, text);
    }
    assert_non_null(value);
    free(text);
    return value;
}

static void note_flags(struct office *office)
{
    office->flags = event_row_at(office->fixture.facts, facts_seq(office->fixture.facts))->flags;
}

enum status post_json(struct office *office, json_t *event)
{
    enum status status = ledger_fixture_append(&office->fixture, event, &office->fault);
    if (status == STATUS_OK) {
        note_flags(office);
    }
    json_decref(event);
    return status;
}

enum status post(struct office *office, const char *format, ...)
{
    va_list args;
    char *text = text_room();
    va_start(args, format);
    int len = vsnprintf(text, TEXT_ROOM, format, args);
    va_end(args);
    json_t *event = read_json(text, len);
    return post_json(office, event);
}

enum status post_batch(struct office *office, const char *format, ...)
{
    va_list args;
    char *text = text_room();
    va_start(args, format);
    int len = vsnprintf(text, TEXT_ROOM, format, args);
    va_end(args);
    json_t *events = read_json(text, len);
    enum status status = ledger_fixture_batch(&office->fixture, events, &office->fault);
    json_decref(events);
    return status;
}

json_t *json_of(const char *format, ...)
{
    va_list args;
    char *text = text_room();
    va_start(args, format);
    int len = vsnprintf(text, TEXT_ROOM, format, args);
    va_end(args);
    json_t *value = read_json(text, len);
    return value;
}
