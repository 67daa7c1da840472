/* See history.h. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "proto/vocabulary.h"
#include "tests/model/view/history.h"

#define TEXT_BYTES 256
#define DAYS_ALONE 30 /* from the first day to the first that is recorded */
#define DAYS_TOGETHER 330

/* What the letters stand for all through one event. */
struct drawn {
    char contract[8];
    int32_t day, period;
    uint32_t amount, number, earlier, money;
};

static json_t *part_of_file(const char *part)
{
    static json_t *file; /* for life */
    char path[1024];
    json_error_t error;
    if (file == NULL) {
        const char *source = getenv("ACCRUE_SOURCE_DIR");
        snprintf(path, sizeof(path), "%s/tests/model/view/history.json",
                 source == NULL ? "." : source);
        file = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        if (file == NULL) {
            fail_msg("%s:%d: %s", path, error.line, error.text);
        }
    }
    return json_object_get(file, part);
}

static struct drawn draw_letters(struct history *history)
{
    static const char *const contracts[] = {"C0", "C0", "C0", "C0", "C1", "C2", "R", "Q"};
    static const uint32_t numbers[] = {1, 1, 1, 1, 2, 3, 4, 5};
    struct chance *chance = &history->chance;
    struct drawn drawn = {
        .day = history->recorded - (int32_t)pick(chance, 90),
        .period = HISTORY_DAY_FIRST + 30 * (int32_t)pick(chance, 12),
        .amount = 1 + pick(chance, 300000),
        .number = numbers[pick(chance, 8)],
        .money = pick(chance, 8),
        .earlier = pick(chance, history->serial + 1),
    };
    snprintf(drawn.contract, sizeof(drawn.contract), "%c%s", history->world,
             contracts[pick(chance, 8)]);
    return drawn;
}

static bool number_of(struct history *history, const struct drawn *drawn, char letter,
                      uint32_t *ret_number)
{
    switch (letter) {
    case 'a':
        *ret_number = drawn->amount;
        return true;
    case 'b':
        *ret_number = drawn->amount / 2;
        return true;
    case 'A':
        *ret_number = 1 + pick(&history->chance, 1000000);
        return true;
    case 'c':
        *ret_number = 1 + pick(&history->chance, 3000);
        return true;
    case 'n':
        *ret_number = drawn->number;
        return true;
    default:
        return false;
    }
}

static void text_of(struct history *history, const struct drawn *drawn, char letter, char *to,
                    size_t size)
{
    static const char parties[] = "UEIJ";
    struct chance *chance = &history->chance;
    char day[11] = "";
    switch (letter) {
    case 'd':
        date_format(drawn->day, day);
        break;
    case 'f':
        date_format(drawn->day + 1 + (int32_t)pick(chance, 200), day);
        break;
    case 'x':
        date_format(drawn->period, day);
        break;
    case 'y':
        date_format(drawn->period + 29, day);
        break;
    case 'w':
        snprintf(to, size, "%c", history->world);
        return;
    case 'C':
        snprintf(to, size, "%s", drawn->contract);
        return;
    case 'u':
        snprintf(to, size, "%s", strcmp(drawn->contract + 1, "C1") == 0 ? "USD" : "CNY");
        return;
    case 'p':
        snprintf(to, size, "%c%c", history->world, parties[pick(chance, 4)]);
        return;
    case 'k':
        snprintf(to, size, "%u", pick(chance, 3));
        return;
    case 'm':
        snprintf(to, size, "%u", drawn->money);
        return;
    case 'i':
        snprintf(to, size, "%u", history->serial);
        return;
    case 'j':
        snprintf(to, size, "%u", drawn->earlier);
        return;
    case 's':
        snprintf(to, size, "%012u%02u", history->serial, (unsigned)history->world % 100);
        return;
    default:
        fail_msg("no letter: %c", letter);
    }
    snprintf(to, size, "%s", day);
}

static json_t *fill_text(struct history *history, const struct drawn *drawn, const char *text)
{
    char to[TEXT_BYTES];
    size_t len = 0;
    uint32_t number;
    if (text[0] == '$' && strlen(text) == 2 && number_of(history, drawn, text[1], &number)) {
        return json_integer(number);
    }
    for (; *text != 0; text++) {
        assert_true(len + 32 < sizeof(to));
        if (*text == '$') {
            text_of(history, drawn, *++text, to + len, sizeof(to) - len);
            len += strlen(to + len);
        } else {
            to[len++] = *text;
        }
    }
    return json_stringn(to, len);
}

static json_t *fill_in(struct history *history, const struct drawn *drawn, const json_t *value)
{
    const char *key;
    size_t i;
    json_t *inner;
    json_t *filled;
    if (json_is_string(value)) {
        return fill_text(history, drawn, json_string_value(value));
    }
    if (json_is_object(value)) {
        filled = json_object();
        json_object_foreach((json_t *)(uintptr_t)value, key, inner)
        {
            json_object_set_new(filled, key, fill_in(history, drawn, inner));
        }
        return filled;
    }
    if (json_is_array(value)) {
        filled = json_array();
        json_array_foreach(value, i, inner)
        {
            json_array_append_new(filled, fill_in(history, drawn, inner));
        }
        return filled;
    }
    return json_copy((json_t *)(uintptr_t)value);
}

static json_t *event_of(struct history *history, const json_t *kind)
{
    char text[32];
    struct drawn drawn = draw_letters(history);
    json_t *event = fill_in(history, &drawn, kind);
    json_object_del(event, "weight");
    json_object_del(event, "shared");
    snprintf(text, sizeof(text), "%c%u", history->world, history->serial++);
    json_object_set_new(event, "id", json_string(text));
    if (history->alone) {
        date_format(history->recorded, text);
        json_object_set_new(event, "recorded", json_string(text));
    }
    return event;
}

void history_init(struct history *history, uint64_t seed, char world, bool alone)
{
    *history =
        (struct history){.chance = {.state = seed},
                         .world = world,
                         .alone = alone,
                         .recorded = HISTORY_DAY_FIRST + (alone ? DAYS_ALONE : DAYS_TOGETHER)};
}

json_t *history_opening(struct history *history, size_t i)
{
    const json_t *opening = part_of_file("opening");
    return i < json_array_size(opening) ? event_of(history, json_array_get(opening, i)) : NULL;
}

static uint32_t weight_of(const struct history *history, const json_t *kind)
{
    bool shared = json_is_true(json_object_get(kind, "shared"));
    return shared && !history->alone
               ? 0
               : (uint32_t)json_integer_value(json_object_get(kind, "weight"));
}

json_t *history_draw(struct history *history, size_t *ret_kind)
{
    const json_t *kinds = part_of_file("kinds");
    uint32_t sum = 0;
    size_t i;
    json_t *kind;
    json_array_foreach(kinds, i, kind)
    {
        sum += weight_of(history, kind);
    }
    uint32_t left = pick(&history->chance, sum);
    for (i = 0; left >= weight_of(history, json_array_get(kinds, i)); i++) {
        left -= weight_of(history, json_array_get(kinds, i));
    }
    if (history->alone) {
        history->recorded += (int32_t)pick(&history->chance, 6);
    }
    *ret_kind = i;
    return event_of(history, json_array_get(kinds, i));
}

size_t history_kinds(void)
{
    return json_array_size(part_of_file("kinds"));
}

const char *history_kind_name(size_t kind)
{
    return json_string_value(json_object_get(json_array_get(part_of_file("kinds"), kind), "type"));
}
