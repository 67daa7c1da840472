#ifndef ACCRUE_OPS_SYNTHETIC_OUT_H
#define ACCRUE_OPS_SYNTHETIC_OUT_H

/* Lines of NDJSON.
 *
 *   O1  `recorded` rises by 100 ms an event from 09:00 to 17:00 +08:00 of its day.
 *   O2  One line in a hundred stands once more, a few lines later, byte for byte: what a client
 *       sends that has not heard the answer.
 *   O3  No text needs escaping. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define LINE_MAX_BYTES 8192u

struct out {
    FILE *file;
    uint64_t seed;
    int32_t day;
    uint32_t of_day; /* events of the day so far */
    uint64_t lines;  /* without what stands twice */
    size_t len, line_start, held_len;
    uint64_t held_until;
    char held[LINE_MAX_BYTES];
    char room[1 << 20];
};

void out_init(struct out *out, FILE *file, uint64_t seed);
void out_day(struct out *out, int32_t day);
/* Microseconds UTC for the next event of the day (O1). */
int64_t out_recorded(struct out *out);
void out_line_begin(struct out *out);
void out_line_end(struct out *out); /* O2 */
/* Everything that is still held or not written. Ends the program if it cannot be written. */
void out_finish(struct out *out);

void put(struct out *out, const char *text);
void put_number(struct out *out, int64_t number);
/* With leading zeros. */
void put_padded(struct out *out, uint32_t number, uint32_t digits);
/* "2019-12-31", with the quotes. */
void put_date(struct out *out, int32_t day);

#endif
