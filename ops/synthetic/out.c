/* Lines: O1 to O3 of out.h. */

#include "ops/synthetic/out.h"

#include <string.h>

#include "ops/synthetic/contracts.h"
#include "ops/synthetic/fatal.h"
#include "ops/synthetic/mix.h"

#define STEP_US 100000
#define OFFICE_US INT64_C(28800000000)      /* 09:00 to 17:00 */
#define OFFICE_OPENS_US INT64_C(3600000000) /* 09:00 +08:00 is 01:00 UTC */
#define DAY_US INT64_C(86400000000)
#define DUPLICATE_STREAM UINT64_C(1000)
#define DUPLICATE_LATER 3u

void out_init(struct out *out, FILE *file, uint64_t seed)
{
    memset(out, 0, offsetof(struct out, held));
    out->file = file;
    out->seed = seed;
}

static void flush(struct out *out)
{
    CHECK(fwrite(out->room, 1, out->len, out->file) == out->len);
    out->len = 0;
}

void out_day(struct out *out, int32_t day)
{
    out->day = day;
    out->of_day = 0;
}

int64_t out_recorded(struct out *out)
{
    int64_t within = (int64_t)out->of_day++ * STEP_US;
    CHECK(within < OFFICE_US);
    return out->day * DAY_US + OFFICE_OPENS_US + within;
}

void out_line_begin(struct out *out)
{
    if (out->len + 3 * (size_t)LINE_MAX_BYTES > sizeof(out->room)) {
        flush(out);
    }
    out->line_start = out->len;
}

static void put_held(struct out *out)
{
    memcpy(out->room + out->len, out->held, out->held_len);
    out->len += out->held_len;
    out->held_len = 0;
}

void out_line_end(struct out *out)
{
    put(out, "}}\n");
    size_t len = out->len - out->line_start;
    CHECK(len <= LINE_MAX_BYTES);
    out->lines++;
    if (out->held_len > 0) {
        if (out->lines >= out->held_until) {
            put_held(out);
        }
    } else if (draw_below(draw(out->seed, DUPLICATE_STREAM, out->lines, DRAW_DUPLICATE), 97) == 0) {
        /* one in 97, since none is chosen while one is held */
        memcpy(out->held, out->room + out->line_start, len);
        out->held_len = len;
        out->held_until = out->lines + DUPLICATE_LATER;
    }
}

void out_finish(struct out *out)
{
    out_line_begin(out);
    put_held(out);
    flush(out);
    CHECK(fflush(out->file) == 0);
}

void put(struct out *out, const char *text)
{
    size_t len = strlen(text);
    memcpy(out->room + out->len, text, len);
    out->len += len;
}

void put_number(struct out *out, int64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);
    CHECK(number >= 0);
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    memcpy(out->room + out->len, digits + at, sizeof(digits) - at);
    out->len += sizeof(digits) - at;
}

void put_padded(struct out *out, uint32_t number, uint32_t digits)
{
    char *at = out->room + out->len + digits;
    out->len += digits;
    for (uint32_t i = 0; i < digits; i++) {
        *--at = (char)('0' + number % 10);
        number /= 10;
    }
    CHECK(number == 0);
}

void put_date(struct out *out, int32_t day)
{
    /* Civil from days, years from March. */
    int32_t z = day + 719468;
    int32_t era = z / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t month = mp < 10 ? mp + 3 : mp - 9;
    int32_t year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    put(out, "\"");
    put_padded(out, (uint32_t)year, 4);
    put(out, "-");
    put_padded(out, (uint32_t)month, 2);
    put(out, "-");
    put_padded(out, (uint32_t)(doy - (153 * mp + 2) / 5 + 1), 2);
    put(out, "\"");
}
