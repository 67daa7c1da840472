/* The table of types, and how to look up a type or a field.
 *
 *   V1-V3 of vocabulary.h.
 *   V4  Types are declared by TYPE_LIST and defined in vocabulary_<group>.c; a type without a
 *       definition does not link.
 *   V5  Lookups search sorted constant tables: no start-up code, no hash that a new name could
 *       spoil. Fields go by first letter (N3): a few lengths are compared, then as a rule one
 *       name.
 *   V6  Since every key of every event is looked up, where a name was found is remembered by a
 *       mix of its length and bytes. What is remembered is compared with the name like any other
 *       candidate, so two names in one place cost a search and nothing else, and threads that
 *       race for it may do so. */

#include "proto/vocabulary.h"

#include <stdatomic.h>

#include "proto/fields_check.h"
#include "proto/vocabulary_rules.h"

/* In byte order of their names, as TYPE_LIST is. */
static const struct event_type *const types[] = {
#define X(group, verb, number) &type_##group##_##verb,
    TYPE_LIST(X)
#undef X
};

static const uint8_t type_lens[] = {
#define X(group, verb, number) sizeof(#group "." #verb) - 1,
    TYPE_LIST(X)
#undef X
};

static const struct event_type *const types_by_number[] = {
#define X(group, verb, number) [number] = &type_##group##_##verb,
    TYPE_LIST(X)
#undef X
};

static const char *const field_names[] = {
#define X(name) #name,
    FIELD_LIST(X)
#undef X
};

/* Apart from the names, so that a search stays in one cache line. */
static const uint8_t field_lens[] = {
#define X(name) sizeof(#name) - 1,
    FIELD_LIST(X)
#undef X
};

/* clang-format off */
/* Where each letter's fields begin, added up by the compiler: LETTER_c is LETTER_b plus one for
 * each name of FIELD_LIST_b. */
#define X(name) +1 /* NOLINT(bugprone-macro-parentheses): a term of the sum, not a value */
#define LETTER(this, next) LETTER_##next = LETTER_##this FIELD_LIST_##this(X)
enum {
    LETTER_a = 0,
    LETTER(a, b), LETTER(b, c), LETTER(c, d), LETTER(d, e), LETTER(e, f), LETTER(f, g),
    LETTER(g, h), LETTER(h, i), LETTER(i, j), LETTER(j, k), LETTER(k, l), LETTER(l, m),
    LETTER(m, n), LETTER(n, o), LETTER(o, p), LETTER(p, q), LETTER(q, r), LETTER(r, s),
    LETTER(s, t), LETTER(t, u), LETTER(u, v), LETTER(v, w), LETTER(w, x), LETTER(x, y),
    LETTER(y, z), LETTER(z, end)
};
#undef LETTER
#undef X

static const uint16_t letter_starts[] = {
    LETTER_a, LETTER_b, LETTER_c, LETTER_d, LETTER_e, LETTER_f, LETTER_g, LETTER_h, LETTER_i,
    LETTER_j, LETTER_k, LETTER_l, LETTER_m, LETTER_n, LETTER_o, LETTER_p, LETTER_q, LETTER_r,
    LETTER_s, LETTER_t, LETTER_u, LETTER_v, LETTER_w, LETTER_x, LETTER_y, LETTER_z, LETTER_end,
};
/* clang-format on */

_Static_assert((int)LETTER_end == (int)FIELD_COUNT,
               "every field is in the list of its first letter");
_Static_assert(FIELD_COUNT < 512, "struct fields is on the stack and cleared for each event");

#define PLACES 4096u
_Static_assert(FIELD_COUNT < UINT16_MAX, "a field's number + 1 is kept in 16 bits");

/* V6: the field found there last, + 1, and the type; 0 none. */
static _Atomic uint16_t field_places[PLACES];
static _Atomic uint16_t type_places[PLACES];

static unsigned place_of(struct slice name)
{
    uint32_t first = 0;
    uint32_t last = 0;
    if (name.len >= 4) {
        memcpy(&first, name.data, 4);
        memcpy(&last, name.data + name.len - 4, 4);
    } else if (name.len > 0) {
        first = (uint32_t)name.data[0] << 8 | name.data[name.len - 1];
        last = name.data[name.len / 2];
    }
    uint32_t mixed = (first * UINT32_C(0x9e3779b1) ^ last * UINT32_C(0x85ebca77)) +
                     (uint32_t)name.len * UINT32_C(0xc2b2ae3d);
    return (mixed ^ mixed >> 15) % PLACES;
}

static const struct event_type *type_search(struct slice name)
{
    size_t low = 0;
    size_t high = COUNT_OF(types);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(name, slice_of(types[middle]->name, type_lens[middle]));
        if (order == 0) {
            return types[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

const struct event_type *event_type_by_name(struct slice name)
{
    _Atomic uint16_t *place = &type_places[place_of(name)];
    const struct event_type *type =
        event_type_by_id((enum type_id)atomic_load_explicit(place, memory_order_relaxed));
    if (type && slice_is(name, type->name)) {
        return type;
    }
    type = type_search(name);
    if (type) {
        atomic_store_explicit(place, (uint16_t)type->id, memory_order_relaxed);
    }
    return type;
}

const struct event_type *event_type_by_id(enum type_id id)
{
    size_t number = (size_t)id;
    return number < COUNT_OF(types_by_number) ? types_by_number[number] : NULL;
}

const struct event_type *event_type_at(size_t index)
{
    for (unsigned level = 1; level <= 2; level++) {
        for (size_t i = 0; i < COUNT_OF(types); i++) {
            if (types[i]->level == level && index-- == 0) {
                return types[i];
            }
        }
    }
    return NULL;
}

size_t event_type_count(void)
{
    return COUNT_OF(types);
}

bool type_is_user(struct slice name)
{
    if (name.len < 3 || name.len > TYPE_NAME_MAX || name.data[0] != 'x' || name.data[1] != '.') {
        return false;
    }
    bool part_open = false; /* at the first character of a part: none may be empty */
    for (size_t i = 2; i < name.len; i++) {
        uint8_t c = name.data[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (!word && (c != '.' || !part_open)) {
            return false;
        }
        part_open = word;
    }
    return part_open;
}

const char *field_name(enum field_id id)
{
    return id < FIELD_COUNT ? field_names[id] : "";
}

static bool is_field(unsigned id, struct slice name)
{
    return field_lens[id] == name.len &&
           bytes_equal((const uint8_t *)field_names[id], name.data, name.len);
}

static enum field_id field_search(struct slice name)
{
    if (name.len == 0 || name.data[0] < 'a' || name.data[0] > 'z') {
        return FIELD_COUNT;
    }
    const uint16_t *start = &letter_starts[name.data[0] - 'a'];
    for (unsigned i = start[0]; i < start[1]; i++) {
        if (is_field(i, name)) {
            return (enum field_id)i;
        }
    }
    return FIELD_COUNT;
}

enum field_id field_by_name(struct slice name)
{
    _Atomic uint16_t *place = &field_places[place_of(name)];
    unsigned known = atomic_load_explicit(place, memory_order_relaxed);
    if (known != 0 && is_field(known - 1, name)) {
        return (enum field_id)(known - 1);
    }
    enum field_id id = field_search(name);
    if (id != FIELD_COUNT) {
        atomic_store_explicit(place, (uint16_t)(id + 1), memory_order_relaxed);
    }
    return id;
}

struct slice field_name_slice(enum field_id id)
{
    return slice_of(field_names[id], field_lens[id]);
}
