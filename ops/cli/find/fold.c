#include "ops/cli/find/fold.h"

#include <opencc/opencc.h>
#include <stdint.h>
#include <string.h>

#include "proto/cursor.h"

/* Unified ideographs with extension A; and what a folded one is, 0 as long as nobody asked. */
#define HAN_FIRST 0x3400u
#define HAN_LAST 0x9fffu

static opencc_t converter(void)
{
    static opencc_t opened;
    if (opened == NULL) {
        opened = opencc_open("t2s.json");
    }
    return opened == (opencc_t)-1 ? NULL : opened; // NOLINT(performance-no-int-to-ptr): its way
}

bool fold_knows_scripts(void)
{
    return converter() != NULL;
}

/* Each character is asked for once: a log says the same few thousand again and again. */
static uint32_t simplified(uint32_t point)
{
    static uint32_t known[HAN_LAST - HAN_FIRST + 1];
    uint32_t *entry = &known[point - HAN_FIRST];
    if (*entry == 0) {
        char text[4];
        size_t len = utf8_put(point, text);
        opencc_t table = converter();
        char *other = table == NULL ? NULL : opencc_convert_utf8(table, text, len);
        *entry = point;
        if (other != NULL) {
            (void)utf8_next(slice_text(other), 0, entry);
            opencc_convert_utf8_free(other);
        }
    }
    return *entry;
}

static bool is_among(uint32_t point, const uint32_t *set, size_t count)
{
    size_t i = 0;
    while (i < count && set[i] != point) {
        i++;
    }
    return i < count;
}
#define IS_AMONG(point, set) is_among(point, set, sizeof(set) / sizeof((set)[0]))

/* 0: the character goes (Z1). */
static uint32_t folded(uint32_t point)
{
    static const uint32_t opening[] = {'[', '{', 0x2985, 0x3008, 0x3010, 0x3014, 0x3016, 0x3018};
    static const uint32_t closing[] = {']', '}', 0x2986, 0x3009, 0x3011, 0x3015, 0x3017, 0x3019};
    static const uint32_t gone[] = {' ',    '"',    '\'',   0xa0,   0xb7,   0x2018, 0x2019,
                                    0x201c, 0x201d, 0x2022, 0x2027, 0x3000, 0x300a, 0x300b,
                                    0x300c, 0x300d, 0x300e, 0x300f, 0x30fb, 0xff65};
    if (point >= 0xff01 && point <= 0xff5e) {
        point -= 0xfee0;
    }
    if (point >= 'A' && point <= 'Z') {
        return point - 'A' + 'a';
    }
    if (point >= HAN_FIRST && point <= HAN_LAST) {
        return simplified(point);
    }
    if (IS_AMONG(point, gone)) {
        return 0;
    }
    if ((point >= 0x2010 && point <= 0x2015) || point == 0x2212) {
        return '-';
    }
    return IS_AMONG(point, opening) ? '(' : IS_AMONG(point, closing) ? ')' : point;
}

void fold_text(const char *text, size_t len, char out[FOLDED_MAX])
{
    struct slice bytes = slice_of(text, len);
    size_t written = 0;
    for (size_t at = 0; at < len && written + 4 < FOLDED_MAX;) {
        uint32_t point;
        size_t taken = utf8_next(bytes, at, &point);
        if (taken == 0) { /* what is no UTF-8 folds to itself */
            out[written++] = text[at++];
            continue;
        }
        at += taken;
        point = folded(point);
        written += point == 0 ? 0 : utf8_put(point, out + written);
    }
    out[written] = '\0';
}

char *fold_copy(const char *text)
{
    char out[FOLDED_MAX];
    fold_text(text, strlen(text), out);
    return strdup(out);
}

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

bool fold_patent(char text[FOLDED_MAX])
{
    char number[FOLDED_MAX];
    const char *at = text;
    size_t len = 0;
    while (strncmp(at, "zl", 2) == 0 || strncmp(at, "cn", 2) == 0) {
        at += 2;
    }
    bool point = strchr(at, '.') != NULL;
    for (; *at != '\0'; at++) {
        if (*at != '.' && *at != '-') {
            number[len++] = *at;
        }
    }
    number[len] = '\0';
    size_t digits = digits_at(number);
    if (digits < 4 || digits + 2 < len) { /* a publication ends in a letter and a digit */
        return false;
    }
    /* 12 digits since 2003, 8 before, then the check digit; a publication's 9 have no point. */
    size_t own = len == 13 ? 12 : len == 9 && point ? 8 : len;
    number[own] = '\0';
    memcpy(text, number, own + 1);
    return true;
}
