/* Names and texts of every status and warning, looked up in tables that the X-macros make.
 *
 * A number outside the tables can only come from a peer of another release; it gets a name
 * that says so, never NULL (warning bits excepted: there NULL is how one asks). */

#include "proto/status.h"

#include <string.h>

struct status_row {
    enum status status;
    const char *name, *english, *chinese, *advice;
};

static const struct status_row rows[] = {{STATUS_OK, "OK", "done", "完成", "nothing to do"},
#define X(name, number, english, chinese, advice) {STATUS_##name, #name, english, chinese, advice},
                                         STATUS_LIST(X)
#undef X
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct status_row unknown = {STATUS_INTERNAL, "UNKNOWN", "a code of another release",
                                          "其他版本的状态码", "compare the releases"};

/* Refusals are rare enough for a walk of 70 rows. */
static const struct status_row *row_of(enum status status)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].status == status) {
            return &rows[i];
        }
    }
    return &unknown;
}

const char *status_name(enum status status)
{
    return row_of(status)->name;
}

const char *status_text_en(enum status status)
{
    return row_of(status)->english;
}

const char *status_text_zh(enum status status)
{
    return row_of(status)->chinese;
}

const char *status_advice(enum status status)
{
    return row_of(status)->advice;
}

enum status status_from_name(const char *name, size_t len)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (strlen(rows[i].name) == len && memcmp(rows[i].name, name, len) == 0) {
            return rows[i].status;
        }
    }
    return STATUS_OK;
}

/* DISK_FULL, LOG_FULL and READ_ONLY stored nothing either, but last until an operator acts. */
bool status_retry(enum status status)
{
    return status == STATUS_RATE_LIMITED || status == STATUS_OVERLOADED ||
           status == STATUS_DEADLINE_EXCEEDED || status == STATUS_UNAVAILABLE;
}

struct warning_row {
    const char *name, *english, *chinese;
};

/* By bit; a gap is a bit without a name. */
static const struct warning_row warnings[64] = {
#define X(name, bit, english, chinese) [bit] = {"W_" #name, english, chinese},
    WARNING_LIST(X)
#undef X
};

const char *warning_name(unsigned bit)
{
    return bit < 64 ? warnings[bit].name : NULL;
}

const char *warning_text_en(unsigned bit)
{
    return bit < 64 ? warnings[bit].english : NULL;
}

const char *warning_text_zh(unsigned bit)
{
    return bit < 64 ? warnings[bit].chinese : NULL;
}

int warning_from_name(const char *name, size_t len)
{
    for (int bit = 0; bit < 64; bit++) {
        const char *known = warnings[bit].name;
        if (known && strlen(known) == len && memcmp(known, name, len) == 0) {
            return bit;
        }
    }
    return -1;
}
