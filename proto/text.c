/* Rules of texts, character by character: see text.h.
 *
 *   T1  What is refused here is refused for good reasons only: a control character breaks
 *       lists and terminals, a space or `/` in an id breaks `kind/id` and columns. Everything
 *       else that people write in ids (`北科转〔2024〕017号`) is kept as it is. */

#include "proto/text.h"

#include "proto/cursor.h"
#include "proto/limits.h"

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

/* Unicode's Zs, Zl and Zp. */
static bool is_space(uint32_t point)
{
    return point == 0x20 || point == 0xa0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
           point == 0x202f || point == 0x205f || point == 0x3000;
}

/* Eight bytes of ASCII without a control character: no high bit, none below 0x20 (then taking
 * 0x20 away would borrow from the high bit put there), none 0x7f (adding one gives the high bit).
 */
static bool word_is_plain(const uint8_t *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof(word));
    uint64_t below = ~((word | EACH_BYTE(0x80)) - EACH_BYTE(0x20));
    return ((word | below | (word + EACH_BYTE(0x01))) & EACH_BYTE(0x80)) == 0;
}

bool text_is_plain(struct slice text, size_t bytes_max)
{
    size_t at = 0;
    if (text.len > bytes_max) {
        return false;
    }
    while (at < text.len) {
        if (text.len - at >= sizeof(uint64_t) && word_is_plain(text.data + at)) {
            at += sizeof(uint64_t);
            continue;
        }
        uint32_t point = text.data[at];
        size_t len = point < 0x80 ? 1 : utf8_next(text, at, &point);
        if (len == 0 || is_control(point)) {
            return false;
        }
        at += len;
    }
    return true;
}

bool text_is_event_id(struct slice text)
{
    return text.len > 0 && text_is_plain(text, EVENT_ID_MAX);
}

bool text_is_aggregate_id(struct slice text)
{
    size_t at = 0;
    if (text.len == 0 || !text_is_plain(text, AGGREGATE_ID_MAX)) {
        return false;
    }
    while (at < text.len) {
        uint32_t point = text.data[at];
        at += point < 0x80 ? 1 : utf8_next(text, at, &point);
        if (point == '/' || is_space(point)) {
            return false;
        }
    }
    return true;
}
