#ifndef ACCRUE_DAEMON_VIEW_STATISTICS_H
#define ACCRUE_DAEMON_VIEW_STATISTICS_H

/* What the files statistics*.c share: a question read, its cells, and how contracts get into
 * them.
 *
 *   S1  A contract counts in the period of its registration date and nowhere else (domain 4.12),
 *       but for the bases `flow` and `received`, which say when something became known or paid.
 *   S2  Values of the grouping keys are small numbers; texts are made for the rows of a page.
 *   S3  Dimensions are the grouping keys and, behind them, the keys that only filter. */

#include "daemon/base/column.h"
#include "daemon/base/index_table.h"
#include "daemon/view/explain.h"
#include "daemon/view/page.h"
#include "daemon/view/query.h"
#include "daemon/view/registered.h"

/* X(name, whose): whose attribute it is: time, contract, seller, buyer or both parties' */
#define STATISTICS_KEY_LIST(X)                                                                     \
    X(year, TIME)                                                                                  \
    X(quarter, TIME)                                                                               \
    X(month, TIME)                                                                                 \
    X(type, CONTRACT)                                                                              \
    X(subtype, CONTRACT)                                                                           \
    X(region_out, SELLER)                                                                          \
    X(region_in, BUYER)                                                                            \
    X(local, BOTH)                                                                                 \
    X(kind_out, SELLER)                                                                            \
    X(kind_in, BUYER)                                                                              \
    X(pay_mode, CONTRACT)                                                                          \
    X(field, CONTRACT)                                                                             \
    X(ip_kind, CONTRACT)                                                                           \
    X(program, CONTRACT)                                                                           \
    X(grant, CONTRACT)                                                                             \
    X(agency, CONTRACT)                                                                            \
    X(department, CONTRACT)                                                                        \
    X(operator, CONTRACT)                                                                          \
    X(district, SELLER)                                                                            \
    X(zone, SELLER)                                                                                \
    X(size, SELLER)                                                                                \
    X(sme_tech, SELLER)                                                                            \
    X(hi_tech, SELLER)

enum statistics_key {
#define X(name, whose) KEY_##name,
    STATISTICS_KEY_LIST(X)
#undef X
        STATISTICS_KEYS
};
extern const char *const statistics_key_names[];

#define BY_MAX 12u
#define WHERE_MAX 8u
#define DIMENSIONS_MAX (BY_MAX + WHERE_MAX)
#define WHERE_VALUES_MAX 16u
#define VALUE_NONE (-1)
#define VALUE_TEXT_MAX (2 * TEXT_MAX + 3) /* every byte escaped, and a separator */
#define STATISTICS_YEARS_MAX 32u

enum basis { BASIS_RESTATED, BASIS_ORIGINAL, BASIS_FLOW, BASIS_RECEIVED };
/* The finest time key: period numbers count years, quarters or months from year 0. */
enum granule { GRANULE_WHOLE, GRANULE_YEAR, GRANULE_QUARTER, GRANULE_MONTH };
enum comparison { COMPARE_NONE, COMPARE_BEFORE, COMPARE_LAST_YEAR };

struct figures {
    int64_t count, turnover, tech;
};

enum measure { MEASURE_TURNOVER, MEASURE_TECH, MEASURE_COUNT };

/* Only contracts, or parts of them, whose key has one of these values. */
struct where {
    uint32_t dimension, count;
    int32_t values[WHERE_VALUES_MAX];
};

struct statistics_cell {
    int32_t values[BY_MAX];
    struct figures own, before;
    bool has_own, has_before;
};

struct statistics {
    const struct query *query;
    struct scratch scratch;
    enum basis basis;
    enum comparison comparison;
    enum granule granule;
    uint32_t by_count, dimension_count;
    uint8_t by[DIMENSIONS_MAX]; /* enum statistics_key; S3 */
    uint32_t where_count;
    struct where where[WHERE_MAX];
    bool by_seller, by_buyer;
    uint32_t year_count;
    int32_t years[STATISTICS_YEARS_MAX];
    bool has_period;
    int32_t from, to;

    struct column cells; /* struct statistics_cell */
    struct index_table cell_index;
    struct column texts; /* struct slice: agencies, departments, zones … met */
    struct index_table text_index;
    struct figures total, total_before;
    bool has_before;
    struct column no_rate; /* uint32_t: contracts left out */
    bool overflow;

    uint8_t *text_room; /* BY_MAX * VALUE_TEXT_MAX */
    int64_t *weights, *seller_totals, *seller_techs, *buyer_totals, *buyer_techs;

    struct slice wanted_key; /* explain: the row; what is `explained` gathers in `matched` */
    bool explaining;
    enum measure explained; /* turnover, unless a metric wants another */
    int64_t matched;
    struct explanation *explanation;
};

/* One contract to be added: amounts may be negative (flow). `own` and `before`: which side of a
 * comparison it may stand on. */
struct contribution {
    const struct registered *registered;
    const struct viewpoint *view;
    int32_t day;
    struct figures figures; /* fen of CNY */
    bool own, before;
    bool total_only, rows_only; /* basis `received`, which counts a contract once in the total */
};

/* ---- statistics_keys.c ---- */
int32_t period_of(enum granule granule, int32_t day);
/* First day of the period. */
int32_t period_start(enum granule granule, int32_t period);
/* Values that do not depend on a party or on time. */
void keys_of_contract(struct statistics *statistics, const struct contribution *contribution,
                      int32_t *values);
void keys_of_parties(struct statistics *statistics, const struct contribution *contribution,
                     uint32_t seller, uint32_t buyer, int32_t *values);
void keys_of_day(const struct statistics *statistics, int32_t day, int32_t *values);
/* `2024`, `2024-Q1`, `2024-03`: also the id of what period.closed closes. */
void period_text(enum granule granule, int32_t period, char out[16]);
/* The row's key, in text_room until the next call: values joined by `|`, a `|` or `\` within one
 * escaped by `\`. */
struct slice key_text(struct statistics *statistics, const int32_t *values);
/* Names of a key whose values are enumerated, else NULL. */
const char *const *key_names(enum statistics_key key);
struct slice key_label(struct statistics *statistics, const int32_t *values);
void key_write(struct statistics *statistics, uint32_t at, int32_t value, struct writer *out);

/* ---- statistics_where.c ---- */
/* `where`: KEY=VALUE[|VALUE…], one or several; adds their dimensions. STATUS_BAD_PARAMS names what
 * is not a key or no value of it. */
enum status where_read(struct statistics *statistics, struct fault *fault);
/* One of them in hand. */
enum status where_add(struct statistics *statistics, struct slice key, struct slice values,
                      struct fault *fault);
bool where_holds(const struct statistics *statistics, const int32_t *values);

/* ---- statistics.c ---- */
/* A question without parameters, all of restated; where_add() and the fields may narrow it. */
struct statistics *statistics_new(const struct query *query);
void statistics_free(struct statistics *statistics);
/* Adds a dimension by which nothing is grouped; false if there are too many. */
bool statistics_filter_by(struct statistics *statistics, enum statistics_key key,
                          uint32_t *ret_dimension);

/* ---- statistics_cells.c ---- */
int64_t measure_of(const struct figures *figures, enum measure measure);
bool statistics_in_filter(const struct statistics *statistics, int32_t day);
void statistics_add(struct statistics *statistics, const struct contribution *contribution);
int32_t text_number(struct statistics *statistics, struct slice text);
struct slice numbered_text(const struct statistics *statistics, int32_t number);

/* ---- statistics_basis.c ---- */
void statistics_run(struct statistics *statistics);
/* Rate of the contract's currency on its registration date; false: listed as left out. */
bool statistics_rate(struct statistics *statistics, const struct registered *registered,
                     const struct viewpoint *view, int64_t *ret_rate, int *ret_exponent);
/* Minor units of a currency to fen of CNY, rounded half away from zero. */
int64_t statistics_fen(int64_t amount, int64_t rate_ppm, int exponent);

/* ---- statistics_received.c ---- */
void statistics_run_received(struct statistics *statistics);

#endif
