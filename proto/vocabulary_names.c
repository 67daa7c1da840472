/* Names of kinds and of closed enumerations, and texts that begin with such a name.
 *
 *   Lists are short (17 at most), so a search compares one after the other, by first letter before
 *   all else. */

#include "proto/text.h"
#include "proto/vocabulary.h"

#define X(name) #name,
#define NAMES(list, LIST) const char *const list##_names[] = {LIST(X) NULL};
ENUM_LIST(NAMES)
#undef NAMES
#undef X

static const char *const kind_names[] = {
    "",
#define X(name, number) [number] = #name,
    KIND_LIST(X)
#undef X
        NULL,
};

const char *kind_name(enum aggregate_kind kind)
{
    size_t known = sizeof(kind_names) / sizeof(kind_names[0]) - 1;
    return (size_t)kind < known ? kind_names[kind] : "";
}

enum aggregate_kind kind_by_name(struct slice name)
{
    int index = enum_index(kind_names, name);
    return index > 0 ? (enum aggregate_kind)index : KIND_NONE;
}

int enum_index(const char *const *names, struct slice text)
{
    char first = text.len > 0 ? (char)text.data[0] : '\0';
    for (int i = 0; names[i]; i++) {
        if (names[i][0] == first && slice_is(text, names[i])) {
            return i;
        }
    }
    return -1;
}

/* `name` or, for milestone, `milestone:ID`. */
static int name_or_milestone(const char *const *names, int milestone, struct slice text,
                             struct slice *ret_milestone)
{
    static const char prefix[] = "milestone:";
    size_t len = sizeof(prefix) - 1;

    *ret_milestone = slice_of(NULL, 0);
    if (text.len > len && memcmp(text.data, prefix, len) == 0) {
        struct slice id = slice_of(text.data + len, text.len - len);
        if (!text_is_aggregate_id(id)) {
            return -1;
        }
        *ret_milestone = id;
        return milestone;
    }
    int index = enum_index(names, text);
    return index == milestone ? -1 : index;
}

int due_base_parse(struct slice text, struct slice *ret_milestone)
{
    return name_or_milestone(due_base_names, DUE_BASE_milestone, text, ret_milestone);
}

int condition_parse(struct slice text, struct slice *ret_milestone)
{
    return name_or_milestone(condition_names, CONDITION_milestone, text, ret_milestone);
}

int party_kind_of_code(struct slice legal_code)
{
    static const struct {
        int first, last;
        enum party_kind kind;
    } ranges[] = {
        {10, 14, PARTY_KIND_gov},
        {21, 21, PARTY_KIND_institute},
        {22, 22, PARTY_KIND_university},
        {23, 23, PARTY_KIND_medical},
        {24, 24, PARTY_KIND_inst_other},
        {30, 30, PARTY_KIND_assoc},
        {100, 199, PARTY_KIND_ent_domestic},
        {200, 299, PARTY_KIND_ent_hmt},
        {300, 399, PARTY_KIND_ent_foreign},
        {400, 499, PARTY_KIND_ind_business},
        {500, 500, PARTY_KIND_natural},
        {900, 900, PARTY_KIND_overseas_org},
    };
    int code = 0;
    if (legal_code.len != 3) {
        return -1;
    }
    for (size_t i = 0; i < 3; i++) {
        if (legal_code.data[i] < '0' || legal_code.data[i] > '9') {
            return -1;
        }
        code = code * 10 + (legal_code.data[i] - '0');
    }
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return (int)ranges[i].kind;
        }
    }
    return -1;
}
