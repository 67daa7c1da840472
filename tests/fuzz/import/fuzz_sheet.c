/* Any bytes as a sheet: they are read or refused in words, twice the same, and no cell of them
 * becomes an amount or a day that there is not. */

#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "ops/import/sheet.h"
#include "ops/import/values.h"

static void look_at(const struct cell *cell, bool since_1904)
{
    char text[256];
    int64_t number = 0;
    int32_t day = 0;
    bool sheet = cell->kind == CELL_NUMBER;
    FUZZ_EXPECT(cell->kind == CELL_EMPTY || cell->text[0] != '\0');
    if (amount_parse(cell->text, SCALE_YUAN, "CNY", sheet, true, &number) == VALUE_GOOD) {
        FUZZ_EXPECT(number >= -AMOUNT_FEN_MAX && number <= AMOUNT_FEN_MAX);
    }
    if (share_parse(cell->text, true, sheet, &number) == VALUE_GOOD) {
        FUZZ_EXPECT(number >= 0 && number <= PPM_ONE);
    }
    if (day_parse(cell->text, since_1904, &day) == VALUE_GOOD) {
        FUZZ_EXPECT(day >= DAY_MIN && day <= DAY_MAX);
    }
    if (text_normal(cell->text, text, sizeof(text))) {
        FUZZ_EXPECT(strpbrk(text, "\t\r\n") == NULL);
    }
}

/* Adds up rows and cells, to compare one pass with the next. */
static bool take(void *arg, const struct sheet_row *row)
{
    uint64_t *sum = arg;
    FUZZ_EXPECT(row->count > 0 && row->count <= SHEET_COLUMNS_MAX);
    for (size_t i = 0; i < row->count; i++) {
        look_at(&row->cells[i], row->since_1904);
        *sum = *sum * 31 + strlen(row->cells[i].text) + (uint64_t)row->cells[i].kind;
    }
    *sum += row->number;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char why[SHEET_WHY_BYTES] = "";
    if (size == 0) {
        return 0;
    }
    struct sheet *sheet = sheet_open_bytes(data, size, NULL, false, why);
    if (sheet == NULL) {
        FUZZ_EXPECT(why[0] != '\0');
        return 0;
    }
    uint64_t sums[2] = {0, 0};
    bool good[2];
    for (int pass = 0; pass < 2; pass++) {
        why[0] = '\0';
        good[pass] = sheet_read(sheet, take, &sums[pass], why);
        FUZZ_EXPECT(good[pass] || why[0] != '\0');
    }
    FUZZ_EXPECT(sums[0] == sums[1] && good[0] == good[1]);
    sheet_close(sheet);
    return 0;
}
