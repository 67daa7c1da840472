/* Families, one after the other. A histogram whose name ends in _seconds comes in microseconds and
 * goes out in seconds, as decimals: no figure passes through a binary fraction. */

#include "daemon/http/exposition.h"

#include "proto/cursor.h"

struct family {
    struct slice name;
    bool seconds;
};

static void put_number(struct buffer *out, int64_t value, bool seconds)
{
    if (seconds) {
        buffer_format(out, "%lld.%06lld", (long long)(value / 1000000),
                      (long long)(value % 1000000));
    } else {
        buffer_int(out, value);
    }
}

/* `{a="b",le="c"}`, or nothing. Values are names of ours: they need no escapes. */
static void put_labels(struct buffer *out, struct slice labels, const char *bound)
{
    struct cursor in = cursor_over(labels);
    struct slice name, value;
    uint32_t pairs = 0;
    (void)cursor_map(&in, &pairs);
    if (pairs == 0 && bound == NULL) {
        return;
    }
    buffer_text(out, "{");
    for (uint32_t i = 0; i < pairs && cursor_text(&in, &name) && cursor_text(&in, &value); i++) {
        buffer_text(out, i > 0 ? "," : "");
        buffer_put(out, name);
        buffer_text(out, "=\"");
        buffer_put(out, value);
        buffer_text(out, "\"");
    }
    if (bound != NULL) {
        buffer_format(out, "%sle=\"%s\"", pairs > 0 ? "," : "", bound);
    }
    buffer_text(out, "}");
}

static void put_line(struct buffer *out, const struct family *family, const char *suffix,
                     struct slice labels, const char *bound)
{
    buffer_put(out, family->name);
    buffer_text(out, suffix);
    put_labels(out, labels, bound);
    buffer_text(out, " ");
}

static int64_t number_at(struct slice map, const char *key)
{
    struct slice value;
    int64_t number = 0;
    if (map_find(map, key, &value)) {
        (void)value_int(value, &number);
    }
    return number;
}

static void put_bucket(struct buffer *out, const struct family *family, struct slice labels,
                       struct cursor *in)
{
    char text[32];
    struct buffer bound = {.data = text, .size = sizeof(text) - 1, .max = sizeof(text) - 1};
    uint32_t items = 0;
    int64_t most = 0, count = 0;
    (void)cursor_array(in, &items);
    (void)cursor_int(in, &most);
    (void)cursor_int(in, &count);
    put_number(&bound, most, family->seconds);
    text[bound.len] = '\0';
    put_line(out, family, "_bucket", labels, text);
    buffer_int(out, count);
    buffer_text(out, "\n");
}

static void put_histogram(struct buffer *out, const struct family *family, struct slice labels,
                          struct slice histogram)
{
    struct slice buckets = {0};
    uint32_t count = 0;
    (void)map_find(histogram, "buckets", &buckets);
    struct cursor in = cursor_over(buckets);
    (void)cursor_array(&in, &count);
    for (uint32_t i = 0; i < count && !in.bad; i++) {
        put_bucket(out, family, labels, &in);
    }
    put_line(out, family, "_bucket", labels, "+Inf");
    buffer_int(out, number_at(histogram, "count"));
    buffer_text(out, "\n");
    put_line(out, family, "_sum", labels, NULL);
    put_number(out, number_at(histogram, "sum"), family->seconds);
    buffer_text(out, "\n");
    put_line(out, family, "_count", labels, NULL);
    buffer_int(out, number_at(histogram, "count"));
    buffer_text(out, "\n");
}

static void put_sample(struct buffer *out, const struct family *family, struct slice sample)
{
    struct slice labels = {0}, value = {0};
    int64_t number = 0;
    (void)map_find(sample, "labels", &labels);
    (void)map_find(sample, "value", &value);
    if (value_int(value, &number)) {
        put_line(out, family, "", labels, NULL);
        buffer_int(out, number);
        buffer_text(out, "\n");
    } else {
        put_histogram(out, family, labels, value);
    }
}

static struct slice text_at(struct slice map, const char *key)
{
    struct slice value, text = slice_text("");
    if (map_find(map, key, &value)) {
        (void)value_text(value, &text);
    }
    return text;
}

static void put_family(struct buffer *out, struct slice told)
{
    static const char unit[] = "_seconds";
    const size_t unit_len = sizeof(unit) - 1;
    struct family family = {.name = text_at(told, "name")};
    struct slice samples = {0}, sample;
    uint32_t count = 0;
    family.seconds = family.name.len > unit_len &&
                     memcmp(family.name.data + family.name.len - unit_len, unit, unit_len) == 0;
    buffer_text(out, "# HELP ");
    buffer_put(out, family.name);
    buffer_text(out, " ");
    buffer_put(out, text_at(told, "help"));
    buffer_text(out, "\n# TYPE ");
    buffer_put(out, family.name);
    buffer_text(out, " ");
    buffer_put(out, text_at(told, "kind"));
    buffer_text(out, "\n");
    (void)map_find(told, "samples", &samples);
    struct cursor in = cursor_over(samples);
    (void)cursor_array(&in, &count);
    for (uint32_t i = 0; i < count && cursor_value(&in, &sample); i++) {
        put_sample(out, &family, sample);
    }
}

void exposition_write(struct buffer *out, struct slice result)
{
    struct slice families = {0}, family;
    uint32_t count = 0;
    (void)map_find(result, "families", &families);
    struct cursor in = cursor_over(families);
    (void)cursor_array(&in, &count);
    for (uint32_t i = 0; i < count && cursor_value(&in, &family); i++) {
        put_family(out, family);
    }
}
