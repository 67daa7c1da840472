/* sample: a monetary-unit sample, the same one for the same seed.
 *
 *   N1  Systematic selection with integers alone. The items lie one behind another, each as long as
 *       its amount; the total is T. A number `start` is drawn evenly from 0..T-1. For k = 0..n-1
 * the unit floor((k * T + start) / n) is selected, and with it the item that holds it. So every
 *       unit is as likely as any other, the interval is T / n without rounding, and an item longer
 *       than the interval is selected for certain.
 *   N2  `start` is the first output x of SplitMix64(seed) with x >= 2^64 mod T, modulo T: no
 *       remainder is likelier than another.
 *   N3  The order is that of the projection's keys, or of the log for payments. Amounts of other
 *       currencies cannot be added and are left out, and counted. */

#include <string.h>
#include <time.h>

#include "ops/cli/export/export.h"
#include "ops/cli/progress.h"
#include "proto/event.h"
#include "proto/vocabulary.h"

#define SAMPLE_MAX 100000

struct population {
    const struct cli *cli;
    const char *currency;
    json_t *items;    /* rows with `amount` and `cumulative` */
    json_t *reversed; /* ids, as keys */
    int64_t total;
    size_t left_out; /* of other currencies */
    bool too_much;
};

struct choice {
    int64_t count, seed, start;
};

/* ---- the population ---- */

/* Takes `row` over. */
static void add_item(struct population *population, json_t *row, const json_t *amount)
{
    int64_t units = json_integer_value(amount);
    if (units > 0 && strcmp(json_text(row, "currency"), population->currency) != 0) {
        population->left_out++;
    } else if (units > 0 && units > INT64_MAX - population->total) {
        population->too_much = true;
    } else if (units > 0) {
        population->total += units;
        (void)json_object_set_new(row, "amount", json_integer(units));
        (void)json_object_set_new(row, "cumulative", json_integer(population->total));
        (void)json_array_append(population->items, row);
    }
    json_decref(row);
}

static int read_open_items(struct population *population, json_t **ret_view)
{
    const struct cli *cli = population->cli;
    static const enum option_id filters[] = {OPTION_DEBTOR, OPTION_CREDITOR, OPTION_CONTRACT,
                                             OPTION_KIND};
    int result;
    json_t *params = json_object();
    for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
        json_set_text(params, option_rules[filters[i]].name, cli->args.value[filters[i]]);
    }
    json_t *answer = ask_rows(cli, "query", "open_items", params, NULL, &result);
    const json_t *rows = json_object_get(answer, "rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        json_t *item = json_object();
        json_set_text(item, "key", json_text(row, "key"));
        json_set_text(item, "label", json_text(row, "label"));
        json_set_text(item, "debtor", json_text(row, "debtor"));
        json_set_text(item, "due", json_text(row, "due"));
        json_set_text(item, "currency", json_text(row, "currency"));
        add_item(population, item, json_object_get(row, "outstanding"));
    }
    if (answer != NULL) {
        *ret_view = json_pack("{s:O,s:O}", "as_of", json_object_get(answer, "as_of"), "known_at",
                              json_object_get(answer, "known_at"));
    }
    json_decref(answer);
    return result;
}

static bool note_reversed(void *arg, accrue_value value)
{
    struct population *population = arg;
    json_t *event = json_of(value);
    const char *id = json_text(json_object_get(event, "data"), "event_id");
    (void)json_object_set_new(population->reversed, id, json_true());
    json_decref(event);
    return true;
}

static bool take_payment(void *arg, accrue_value value)
{
    struct population *population = arg;
    json_t *event = json_of(value);
    const json_t *data = json_object_get(event, "data");
    if (json_object_get(population->reversed, json_text(event, "id")) == NULL) {
        json_t *item = json_object();
        (void)json_object_set(item, "seq", json_object_get(event, "seq"));
        json_set_text(item, "key", json_text(event, "agg"));
        json_set_text(item, "payer", json_text(data, "payer"));
        json_set_text(item, "effective", json_text(event, "effective"));
        json_set_text(item, "currency", json_text(data, "currency"));
        add_item(population, item, json_object_get(data, "amount_fen"));
    }
    json_decref(event);
    return true;
}

/* As known now: payments of the log that nothing has reversed. */
static int read_payments(struct population *population, json_t **ret_view)
{
    const struct cli *cli = population->cli;
    char today[11];
    date_format(shanghai_day((int64_t)time(NULL) * 1000000), today);
    const char *as_of = given(cli, OPTION_AS_OF) ? cli->args.value[OPTION_AS_OF] : today;
    int result =
        ask_events(cli, json_pack("{s:[s]}", "types", "event.reversed"), note_reversed, population);
    if (result == EXIT_OK) {
        result = ask_events(
            cli,
            json_pack("{s:[s],s:{s:s}}", "types", "payment.received", "effective", "to", as_of),
            take_payment, population);
    }
    *ret_view = json_pack("{s:s}", "as_of", as_of);
    return result;
}

/* ---- the choice ---- */

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t draw_start(int64_t seed, int64_t total) /* N2 */
{
    uint64_t state = (uint64_t)seed;
    uint64_t range = (uint64_t)total;
    uint64_t least = (UINT64_MAX % range + 1) % range; /* 2^64 mod T */
    uint64_t drawn = splitmix64(&state);
    while (drawn < least) {
        drawn = splitmix64(&state);
    }
    return (int64_t)(drawn % range);
}

/* The k-th unit selected: floor((k * T + start) / n), without k * T (N1). */
static int64_t unit_at(const struct choice *choice, int64_t total, int64_t k)
{
    int64_t n = choice->count;
    int64_t part = k * (total % n); /* below SAMPLE_MAX squared */
    int64_t whole = choice->start / n + (choice->start % n + part) / n;
    return k * (total / n) + whole;
}

/* The items that hold a selected unit, each once, with how many it holds; the caller's. */
static json_t *choose(const struct population *population, const struct choice *choice)
{
    json_t *rows = json_array();
    int64_t k = 0;
    for (size_t i = 0; i < json_array_size(population->items) && k < choice->count; i++) {
        json_t *item = json_array_get(population->items, i);
        int64_t end = json_integer_value(json_object_get(item, "cumulative"));
        int64_t first = unit_at(choice, population->total, k);
        int64_t hits = 0;
        while (k < choice->count && unit_at(choice, population->total, k) < end) {
            hits++;
            k++;
        }
        if (hits > 0) {
            (void)json_object_set_new(item, "unit_selected", json_integer(first));
            (void)json_object_set_new(item, "hits", json_integer(hits));
            (void)json_array_append(rows, item);
        }
    }
    return rows;
}

static int show(const struct population *population, const struct choice *choice,
                const json_t *answer)
{
    static const char *const item_keys[] = {"key",      "label",  "debtor",     "due",
                                            "currency", "amount", "cumulative", "unit_selected",
                                            "hits",     NULL};
    static const char *const payment_keys[] = {"seq",      "key",    "payer",      "effective",
                                               "currency", "amount", "cumulative", "unit_selected",
                                               "hits",     NULL};
    const struct cli *cli = population->cli;
    if (cli->json) {
        json_print(answer);
        return EXIT_OK;
    }
    if (for_people(cli)) {
        char total[48], interval[48];
        money_text(cli, population->total, population->currency, total);
        money_text(cli, population->total / choice->count, population->currency, interval);
        (void)printf("%s %s, %zu %s %s, %s %s, %s %lld, %s\n", in_language(cli, "as of", "截至"),
                     json_text(answer, "as_of"), json_array_size(population->items),
                     in_language(cli, "items of", "项，合计"), total,
                     in_language(cli, "interval", "间隔"), interval,
                     in_language(cli, "seed", "种子"), (long long)choice->seed, unit_text(cli));
    }
    bool payments = strcmp(json_text(answer, "of"), "payments") == 0;
    int result = answer_out(cli, answer, payments ? payment_keys : item_keys);
    if (population->left_out > 0) {
        message("%s %zu", in_language(cli, "left out, in other currencies:", "其他币种未计入："),
                population->left_out);
    }
    return result;
}

static int sample(struct population *population, const char *of, struct choice *choice)
{
    json_t *answer = NULL;
    bool payments = strcmp(of, "payments") == 0;
    int result =
        payments ? read_payments(population, &answer) : read_open_items(population, &answer);
    if (result == EXIT_OK && population->too_much) {
        message("%s", in_language(population->cli, "the total is too large", "合计过大"));
        result = EXIT_FAILED;
    }
    if (result == EXIT_OK) {
        int64_t total = population->total;
        choice->start = total > 0 ? draw_start(choice->seed, total) : 0;
        json_t *rows = total > 0 ? choose(population, choice) : json_array();
        json_t *more =
            json_pack("{s:s,s:s,s:I,s:I,s:I,s:I,s:I,s:I,s:O}", "of", of, "currency",
                      population->currency, "items", (json_int_t)json_array_size(population->items),
                      "left_out", (json_int_t)population->left_out, "total", (json_int_t)total, "n",
                      (json_int_t)choice->count, "seed", (json_int_t)choice->seed, "start",
                      (json_int_t)choice->start, "rows", rows);
        (void)json_object_update(answer, more);
        result = show(population, choice, answer);
        json_decref(more);
        json_decref(rows);
    }
    json_decref(answer);
    return result;
}

/* Without the options that this population cannot obey (O1). */
static bool options_fit(const struct cli *cli, const char *of)
{
    static const enum option_id others[] = {OPTION_DEBTOR, OPTION_CREDITOR, OPTION_CONTRACT,
                                            OPTION_KIND, OPTION_KNOWN_AT};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (strcmp(of, "payments") == 0 && given(cli, others[i])) {
            (void)usage("--%s: %s", option_rules[others[i]].name,
                        in_language(cli, "only with --of open_items", "仅用于 --of open_items"));
            return false;
        }
    }
    return true;
}

int command_sample(struct cli *cli)
{
    const char *const *value = cli->args.value;
    const char *of = given(cli, OPTION_OF) ? value[OPTION_OF] : "open_items";
    struct choice choice = {.count = 60};
    if (given(cli, OPTION_BY) && strcmp(value[OPTION_BY], "amount") != 0) {
        return usage("--by %s: amount", value[OPTION_BY]);
    }
    if (strcmp(of, "open_items") != 0 && strcmp(of, "payments") != 0) {
        return usage("--of %s: open_items, payments", of);
    }
    if (!given(cli, OPTION_SEED)) {
        return usage("--seed: %s", in_language(cli, "a sample needs one, to be drawn again",
                                               "抽样须指明种子，以便重现"));
    }
    if (!options_fit(cli, of) || !option_number(cli, OPTION_N, 1, SAMPLE_MAX, &choice.count) ||
        !option_number(cli, OPTION_SEED, 0, INT64_MAX, &choice.seed)) {
        return EXIT_USAGE;
    }
    struct population population = {
        .cli = cli,
        .currency = given(cli, OPTION_CURRENCY) ? value[OPTION_CURRENCY] : "CNY",
        .items = json_array(),
        .reversed = json_object(),
    };
    int result = sample(&population, of, &choice);
    json_decref(population.reversed);
    json_decref(population.items);
    return result;
}
