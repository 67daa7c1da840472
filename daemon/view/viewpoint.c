/* Where a question stands in the two times.
 *
 *   P1  known_at becomes a seq: a time is the last event recorded at or before it, found by
 *       bisection, since recorded times rise strictly with seq.
 *   P2  What the log may still come to know is open: a position past the head gives the head,
 *       and the answer says so. */

#include "daemon/view/viewpoint.h"

#include "daemon/view/query.h"
#include "proto/cursor.h"

#define SECOND_US INT64_C(1000000)
#define DAY_US (INT64_C(86400) * SECOND_US)
#define SHANGHAI_US (INT64_C(8) * 3600 * SECOND_US)

/* Two digits at `at`, at most `most`; -1 if they are not. */
static int two_digits(const uint8_t *at, int most)
{
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9') {
        return -1;
    }
    int number = (at[0] - '0') * 10 + (at[1] - '0');
    return number <= most ? number : -1;
}

/* `Z` or `+08:00`: its distance to UTC. */
static bool parse_offset(struct slice text, int64_t *ret_us)
{
    if (text.len == 1 && (text.data[0] == 'Z' || text.data[0] == 'z')) {
        *ret_us = 0;
        return true;
    }
    if (text.len != 6 || (text.data[0] != '+' && text.data[0] != '-') || text.data[3] != ':') {
        return false;
    }
    int hours = two_digits(text.data + 1, 23);
    int minutes = two_digits(text.data + 4, 59);
    if (hours < 0 || minutes < 0) {
        return false;
    }
    *ret_us = (hours * INT64_C(60) + minutes) * 60 * SECOND_US;
    if (text.data[0] == '-') {
        *ret_us = -*ret_us;
    }
    return true;
}

/* RFC 3339, digits beyond the microsecond cut off. */
static bool parse_time(struct slice text, int64_t *ret_us)
{
    int32_t day;
    int64_t offset;
    int64_t fraction = 0;
    if (text.len < 20 || !date_parse(slice_of(text.data, 10), &day) ||
        (text.data[10] != 'T' && text.data[10] != 't') || text.data[13] != ':' ||
        text.data[16] != ':') {
        return false;
    }
    int hours = two_digits(text.data + 11, 23);
    int minutes = two_digits(text.data + 14, 59);
    int seconds = two_digits(text.data + 17, 60);
    if (hours < 0 || minutes < 0 || seconds < 0) {
        return false;
    }
    size_t at = 19;
    if (text.data[at] == '.') {
        int64_t unit = SECOND_US;
        size_t first = ++at;
        for (; at < text.len && text.data[at] >= '0' && text.data[at] <= '9'; at++) {
            unit /= 10;
            fraction += unit * (text.data[at] - '0');
        }
        if (at == first) {
            return false;
        }
    }
    if (!parse_offset(slice_of(text.data + at, text.len - at), &offset)) {
        return false;
    }
    *ret_us = day * DAY_US + ((hours * INT64_C(60) + minutes) * 60 + seconds) * SECOND_US +
              fraction - offset;
    return true;
}

uint64_t seq_recorded_by(const struct facts *facts, uint64_t head, int64_t recorded)
{
    uint64_t low = 0; /* recorded at or before, or none */
    uint64_t high = head + 1;
    while (high - low > 1) { /* P1 */
        uint64_t middle = low + (high - low) / 2;
        if (event_row_at(facts, middle)->recorded <= recorded) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

int64_t day_end_us(int32_t day)
{
    return (day + INT64_C(1)) * DAY_US - SHANGHAI_US - 1;
}

static bool absent(struct slice value)
{
    struct cursor cursor = cursor_over(value);
    return value.len == 0 || cursor_peek(&cursor) == CURSOR_NIL;
}

static bool parse_seq(struct slice text, uint64_t *ret_seq)
{
    uint64_t seq = 0;
    if (text.len == 0 || text.len > 18) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        seq = seq * 10 + (uint64_t)(text.data[i] - '0');
    }
    *ret_seq = seq;
    return true;
}

static bool read_known_at(const struct facts *facts, const struct published *published,
                          struct slice value, uint64_t *ret_seq, bool *ret_open)
{
    int64_t number;
    int32_t day;
    struct slice text;
    if (value_int(value, &number)) {
        *ret_seq = (uint64_t)number;
        *ret_open = *ret_seq > published->seq;
        return number >= 0;
    }
    if (!value_text(value, &text)) {
        return false;
    }
    if (parse_seq(text, ret_seq)) {
        *ret_open = *ret_seq > published->seq;
        return true;
    }
    if (date_parse(text, &day)) {
        number = day_end_us(day);
    } else if (!parse_time(text, &number)) {
        return false;
    }
    *ret_seq = seq_recorded_by(facts, published->seq, number);
    *ret_open = *ret_seq == published->seq && (published->seq == 0 || number > published->recorded);
    return true;
}

enum status viewpoint_read(struct query *query, const struct published *published,
                           struct slice as_of, struct slice known_at, int32_t today,
                           struct fault *fault)
{
    struct slice text;
    int32_t day = today;
    uint64_t seq = published->seq;
    bool open = false;
    if (!absent(as_of) && (!value_text(as_of, &text) || !date_parse(text, &day))) {
        return fault_set(fault, STATUS_BAD_PARAMS, "as_of");
    }
    if (!absent(known_at) && !read_known_at(query->facts, published, known_at, &seq, &open)) {
        return fault_set(fault, STATUS_BAD_PARAMS, "known_at");
    }
    query->view = (struct viewpoint){
        .known_at = seq < published->seq ? seq : published->seq, /* P2 */
        .as_of = day,
        .writer = false,
        .published = *published,
    };
    query->known_at_open = open;
    return STATUS_OK;
}
