#ifndef ACCRUE_PROTO_VOCABULARY_H
#define ACCRUE_PROTO_VOCABULARY_H

/* The event vocabulary as one table: encoder, checker, `accrue schema`, the documents and the
 * types of other languages all come from it.
 *
 *   V1  A type's number and an aggregate kind's number are stored: append only, never reused.
 *   V2  The fields of a type are sorted by the bytes of their names, as a canonical map is.
 *   V3  A type that is declared but not `decided` is refused as E_UNKNOWN_TYPE, and says so.
 *
 * Static data; any thread. */

#include "proto/bytes.h"
#include "proto/fault.h"
#include "proto/limits.h"
#include "proto/vocabulary_names.h" /* FIELD_LIST, TYPE_LIST, KIND_LIST, the ENUM lists */

/* Every key name that any type or nested value knows, in byte order. */
enum field_id {
#define X(name) FIELD_##name,
    FIELD_LIST(X)
#undef X
        FIELD_COUNT
};

enum aggregate_kind {
    KIND_NONE = 0,
#define X(name, number) KIND_##name = (number),
    KIND_LIST(X)
#undef X
};

/* TYPE_contract_signed for "contract.signed". */
enum type_id {
    TYPE_NONE = 0,
#define X(group, verb, number) TYPE_##group##_##verb = (number),
    TYPE_LIST(X)
#undef X
        TYPE_USER = 65535 /* x.*: the users' own */
};

enum value_type {
    VALUE_TEXT,       /* UTF-8, no control characters, at most TEXT_MAX bytes; see `format` */
    VALUE_ID,         /* an aggregate's id, of `kind`; KIND_NONE: `kind/id`, plain is a contract */
    VALUE_EVENT_ID,   /* 1..EVENT_ID_MAX bytes */
    VALUE_DATE,       /* YYYY-MM-DD */
    VALUE_FEN,        /* 0..AMOUNT_FEN_MAX */
    VALUE_FEN_SIGNED, /* -AMOUNT_FEN_MAX..AMOUNT_FEN_MAX */
    VALUE_PPM,        /* 0..PPM_ONE */
    VALUE_PPM_WIDE,   /* 0..PPM_WIDE_MAX */
    VALUE_INT,        /* min..max, which PPM, FEN and so on have by their type */
    VALUE_BOOL,
    VALUE_ENUM,     /* one of `names` */
    VALUE_CURRENCY, /* three capital letters of the table of currencies */
    VALUE_REGION,   /* six digits */
    VALUE_SHA256,   /* 64 hexadecimal digits */
    VALUE_USCC,     /* 18 characters, GB 32100 check character */
    VALUE_STRUCT,   /* a map of `shape` */
    VALUE_LIST,     /* of `element`, at most LIST_ITEMS_MAX */
    VALUE_MAP_FREE, /* keys and values of the user's: text, integer, bool */
    VALUE_CHANGES,  /* a map of any field of `shape`, at least one: party.updated */
};

/* What a text must look like besides. */
enum text_format {
    TEXT_FORMAT_FREE,
    TEXT_FORMAT_DIGITS3,       /* three digits: a country */
    TEXT_FORMAT_LEGAL_CODE,    /* three digits that party_kind_of_code() knows */
    TEXT_FORMAT_REG_NO,        /* 14 or 16 digits */
    TEXT_FORMAT_LABEL,         /* as an aggregate's id: the id of a milestone */
    TEXT_FORMAT_DUE_BASE,      /* a due_base; milestone is `milestone:ID` */
    TEXT_FORMAT_CONDITION,     /* a condition; milestone is `milestone:ID` */
    TEXT_FORMAT_TARGET_PERIOD, /* annual:2027, cumulative:DATE..DATE, point:DATE */
    TEXT_FORMAT_CLOSED_PERIOD, /* 2024, 2024-Q1, 2024-03 */
    TEXT_FORMAT_RATE_KIND,     /* lpr_1y, fx:USD */
};

#define FIELD_REQUIRED 1u
#define FIELD_NULLABLE 2u /* nil is a value of its own: a total that is not known yet */
#define FIELD_PERSONAL 4u
#define FIELD_POSITIVE 8u /* more than zero */
#define FIELD_ONE_OF 16u  /* of the fields so marked in a shape at least one is required */

struct value_shape;

struct field_rule {
    enum field_id id;
    enum value_type type;
    unsigned flags;
    enum aggregate_kind kind;        /* VALUE_ID */
    const char *const *names;        /* VALUE_ENUM, ended by NULL */
    const struct value_shape *shape; /* VALUE_STRUCT, VALUE_CHANGES, or a VALUE_LIST of them */
    enum value_type element;         /* VALUE_LIST */
    int64_t min, max;                /* VALUE_INT, or a VALUE_LIST of them */
    enum text_format format;         /* VALUE_TEXT */
    enum field_id when;              /* with `when_is`: required if that enum has this value */
    const char *when_is;             /* NULL: no such condition */
    const char *help_en, *help_zh;   /* one line each, never NULL */
};

/* A nested value, or the data of a type. */
struct value_shape {
    const char *name;                /* "ObligationTerm" */
    const struct field_rule *fields; /* V2 */
    size_t count;
};

struct event_type {
    enum type_id id;
    const char *name, *name_zh;
    enum aggregate_kind kind;    /* KIND_NONE: `agg` may be written kind/id, plain is a contract */
    unsigned kinds;              /* bit set of the kinds allowed when kind is KIND_NONE; 0 = any */
    uint8_t level;               /* 1 daily, 2 law */
    bool decided;                /* V3 */
    bool creates;                /* makes its aggregate, rates and calendar if not yet there */
    bool future;                 /* effective may lie in the future */
    enum field_id business_date; /* FIELD_COUNT: none, the envelope's `effective` */
    struct value_shape data;
    const char *help_en, *help_zh;
};

/* NULL if there is none of this name; x.* gives NULL too, ask type_is_user(). */
const struct event_type *event_type_by_name(struct slice name);
const struct event_type *event_type_by_id(enum type_id id);
/* All of them, level 1 first, then by name; for schema and docs. */
const struct event_type *event_type_at(size_t index);
size_t event_type_count(void);
bool type_is_user(struct slice name); /* "x." and at least one more part of a-z0-9_ */

const char *field_name(enum field_id id);
/* FIELD_COUNT if no rule knows this key. Fast: called for every key of every event. */
enum field_id field_by_name(struct slice name);

const char *kind_name(enum aggregate_kind kind);     /* "contract"; "" for KIND_NONE */
enum aggregate_kind kind_by_name(struct slice name); /* KIND_NONE if unknown */

/* Index of `text` in a NULL-ended list of names, or -1. */
int enum_index(const char *const *names, struct slice text);

#define FIELDS_LISTED 64u

/* The values of a map, by field. */
struct fields {
    struct slice at[FIELD_COUNT]; /* the encoded value; .data NULL if absent */
    uint16_t set[FIELDS_LISTED];  /* which of `at` are there, as far as they are listed */
    uint32_t set_count;           /* more than FIELDS_LISTED: not all are */
};

/* Put a map's values in `fields`; unknown keys (x_…) are passed over. False: not a map. */
bool fields_parse(struct slice map, struct fields *ret_fields);
/* The same where `fields` holds a map already, or zeros: clears what that had set and no more. */
bool fields_parse_next(struct slice map, struct fields *fields);

/* Typed access to a value that fields_check has passed; absent or nil gives `otherwise`, and
 * for a date so does what is none. */
static inline bool field_present(const struct fields *fields, enum field_id id)
{
    struct slice value = fields->at[id];
    return value.data && value.data[0] != 0xc0; /* there and not nil */
}
struct slice field_text(const struct fields *fields, enum field_id id); /* absent: empty */
int64_t field_int(const struct fields *fields, enum field_id id, int64_t otherwise);
bool field_bool(const struct fields *fields, enum field_id id);
int32_t field_date(const struct fields *fields, enum field_id id, int32_t otherwise);
int field_enum(const struct fields *fields, enum field_id id, const char *const *names,
               int otherwise);

/* Is `data` (canonical) what `shape` says? Missing fields first, nested ones too; then type,
 * enum, format and range in field order; then the order of the pairs start/end, from/to,
 * term_start/term_end, period_start/period_end, accrual_from/accrual_to, where both are dates.
 * nil is the same as absent, unless FIELD_NULLABLE. A required text or list is not empty.
 * `path` is the prefix of field names in faults, "data".
 *   STATUS_E_MISSING_FIELD, STATUS_E_BAD_FIELD, STATUS_E_RANGE, STATUS_E_DATE_ORDER,
 *   STATUS_E_PERSONAL_ID  a text holds a valid resident identity number */
enum status fields_check(const struct value_shape *shape, struct slice data, const char *path,
                         struct fault *fault);

/* Is `data` canonical, at most `depth_max` deep, and what `shape` says, found in one pass? True:
 * canonical_write() would give these very bytes and fields_check() would pass. False says
 * nothing: ask those two. */
bool fields_fit(const struct value_shape *shape, struct slice data, uint32_t depth_max);

extern const struct value_shape shape_doc; /* an item of the envelope's `docs` */

/* A due base or a condition: its number, and *ret_milestone is the id in `milestone:ID`, else
 * empty. -1 if it is none. */
int due_base_parse(struct slice text, struct slice *ret_milestone);
int condition_parse(struct slice text, struct slice *ret_milestone);
/* Party kind of a legal code of the registration form, -1 if there is none such. */
int party_kind_of_code(struct slice legal_code);

/* Days since 1970-01-01 of exactly YYYY-MM-DD between DAY_MIN and DAY_MAX. */
bool date_parse(struct slice text, int32_t *ret_day);
/* Writes ten characters and a zero. */
void date_format(int32_t day, char out[11]);
/* A valid resident identity number, not within a longer run of digits? */
bool personal_id_found(struct slice text);
/* 18 characters of GB 32100 with the right check character? */
bool uscc_valid(struct slice text);
/* Minor units of a currency of the table (CNY 2, JPY 0); -1 if unknown. */
int currency_exponent(struct slice code);
/* Currencies as small numbers for facts: index into the table, -1 if unknown. */
int currency_index(struct slice code);
const char *currency_code(int index);

/* The names of a closed enumeration, in the order of its C enum, ended by NULL. */
#define X(list) extern const char *const list##_names[];
ENUM_NAMES_LIST(X)
#undef X

#endif
