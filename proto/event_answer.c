/* An event as it is answered: the body's own pairs and what the daemon adds, merged in the order
 * of the keys' bytes, so that an answer is as canonical as what is stored. */

#include "proto/cursor.h"
#include "proto/event.h"
#include "proto/event_body.h"
#include "proto/writer.h"

/* agg_seq by effects flags hash recorded rules seq touches */
#define ADDED_KEYS 9u

/* The pairs of the body that are not written yet. */
struct rest {
    struct cursor body;
    struct slice key; /* of the next one */
    uint32_t left;    /* with it */
};

static void next_key(struct rest *rest)
{
    if (rest->left > 0) {
        (void)cursor_str(&rest->body, &rest->key);
    }
}

static void write_pair(struct writer *out, struct rest *rest)
{
    struct slice value = {0};
    (void)cursor_value(&rest->body, &value);
    write_str(out, rest->key);
    write_raw(out, value);
    rest->left--;
    next_key(rest);
}

/* Write the pairs of the body that come before `key`, then `key` itself. */
static void write_key(struct writer *out, struct rest *rest, const char *key)
{
    struct slice added = slice_text(key);
    while (rest->left > 0 && slice_compare(rest->key, added) < 0) {
        write_pair(out, rest);
    }
    write_str(out, added);
}

/* The business date of the type is in the data; a body never has it and `effective` both. */
static void write_effective(struct writer *out, const struct event *event)
{
    char text[11];
    int32_t day = shanghai_day(event->recorded);
    struct slice value, date;
    if (event->type && event->type->business_date != FIELD_COUNT &&
        map_find(event->data, field_name(event->type->business_date), &value) &&
        value_text(value, &date)) {
        (void)date_parse(date, &day);
    }
    date_format(day, text);
    write_text(out, text);
}

static void write_list(struct writer *out, struct slice list)
{
    if (list.len > 0) {
        write_raw(out, list);
    } else {
        write_array(out, 0);
    }
}

void event_write_answer(const struct event *event, const uint8_t hash[HASH_BYTES],
                        struct writer *out)
{
    struct rest rest = {.body = cursor_over(event->body)};
    uint32_t body_pairs = 0;
    (void)cursor_map(&rest.body, &body_pairs);
    rest.left = body_pairs;
    next_key(&rest);

    write_map(out, body_pairs + ADDED_KEYS + (event->has_effective ? 0 : 1));
    write_key(out, &rest, "agg_seq");
    write_uint(out, event->agg_seq);
    write_key(out, &rest, "by");
    write_str(out, event->by);
    if (!event->has_effective) {
        write_key(out, &rest, "effective");
        write_effective(out, event);
    }
    write_key(out, &rest, "effects");
    write_list(out, event->effects);
    write_key(out, &rest, "flags");
    event_write_flags(out, event->flags);
    write_key(out, &rest, "hash");
    write_bin(out, slice_of(hash, HASH_BYTES));
    write_key(out, &rest, "recorded");
    write_int(out, event->recorded);
    write_key(out, &rest, "rules");
    write_uint(out, event->rules);
    write_key(out, &rest, "seq");
    write_uint(out, event->seq);
    write_key(out, &rest, "touches");
    write_list(out, event->touches);
    while (rest.left > 0) { /* type, ver */
        write_pair(out, &rest);
    }
}
