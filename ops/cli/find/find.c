/* find: whatever has a text in its id, name or number.
 *
 *   N1  The daemon has no index of texts, and no dictionary of scripts: its answers are the same on
 *       every machine, whatever dictionary that has. So the events that name things are read and
 *       folded here (fold.h), one pass over them for all kinds.
 *   N2  What is found is what stood in the log at the viewpoint: reversed events name nothing, nor
 *       do those of later days. A former name finds, and the newest one is shown. */

#include <string.h>

#include "ops/cli/find/fold.h"
#include "ops/cli/progress.h"
#include "ops/cli/table.h"

#define ROWS_SHOWN 100 /* unless --limit */

static const char *const kinds[] = {"contract", "party", "technology", "payment"};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* Types that name a thing of the kind that their first part says, or a contract. */
static const char *const naming[] = {
    "contract.drafted",   "contract.signed",    "contract.amended",      "contract.registered",
    "contract.filed",     "party.registered",   "party.updated",         "technology.published",
    "technology.granted", "technology.updated", "open_license.accepted", "payment.received",
    "invoice.issued"};

/* Fields that are a name. */
static const char *const fields[] = {
    "name",   "title",     "aliases", "contract_no", "refs",     "uscc",       "patent_no",
    "reg_no", "filing_no", "project", "contract_id", "bank_ref", "payer_text", "invoice_no"};

struct hit {
    const char *field;
    const char *text;
    size_t len;
    bool whole; /* the text is what was looked for, and nothing else */
};

struct finder {
    const struct cli *cli;
    char text[FOLDED_MAX], patent[FOLDED_MAX];
    bool may_be_patent;
    const char *as_of;
    uint64_t known_at;
    json_t *hits;     /* event's id: {what, key, field_name, found, whole} */
    json_t *reversed; /* events' ids, as keys */
    struct progress progress;
};

/* ---- one text, one event ---- */

static bool holds(struct finder *finder, const char *field, const char *text, size_t len,
                  struct hit *ret)
{
    char other[FOLDED_MAX];
    fold_text(text, len, other);
    const char *wanted = finder->text;
    bool found = strstr(other, wanted) != NULL;
    if (!found && finder->may_be_patent && strcmp(field, "patent_no") == 0) {
        wanted = finder->patent;
        found = fold_patent(other) && strstr(other, wanted) != NULL;
    }
    if (found) {
        *ret = (struct hit){field, text, len, strcmp(other, wanted) == 0};
    }
    return found;
}

/* A text, or one of a list of them. */
static bool value_holds(struct finder *finder, const char *field, accrue_value value,
                        struct hit *ret)
{
    const char *text;
    size_t len;
    size_t at = 0;
    accrue_value key;
    accrue_value one;
    if (accrue_value_text(value, &text, &len) != 0) {
        return holds(finder, field, text, len, ret);
    }
    while (accrue_value_kind(value) == ACCRUE_ARRAY && accrue_value_next(value, &at, &key, &one)) {
        if (accrue_value_text(one, &text, &len) != 0 && holds(finder, field, text, len, ret)) {
            return true;
        }
    }
    return false;
}

static bool data_holds(struct finder *finder, accrue_value data, struct hit *ret)
{
    accrue_value value;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (accrue_value_find(data, fields[i], &value) &&
            value_holds(finder, fields[i], value, ret)) {
            return true;
        }
    }
    return (accrue_value_find(data, "changed", &value) ||
            accrue_value_find(data, "changes", &value)) &&
           data_holds(finder, value, ret);
}

static bool text_of(accrue_value map, const char *key, const char **ret_text, size_t *ret_len)
{
    accrue_value value;
    return accrue_value_find(map, key, &value) && accrue_value_text(value, ret_text, ret_len);
}

static bool is_text(const char *text, size_t len, const char *other)
{
    return strlen(other) == len && memcmp(text, other, len) == 0;
}

/* The kind that a type's first part says; "contract" for an open licence that was accepted
 * and for an invoice. */
static const char *kind_of(const char *type, size_t len)
{
    for (size_t i = 0; i < KINDS; i++) {
        size_t own = strlen(kinds[i]);
        if (own < len && memcmp(type, kinds[i], own) == 0 && type[own] == '.') {
            return kinds[i];
        }
    }
    return kinds[0];
}

static void keep_hit(struct finder *finder, accrue_value event, accrue_value data,
                     const struct hit *hit)
{
    const char *id, *type, *key;
    size_t id_len, type_len, key_len;
    if (!text_of(event, "id", &id, &id_len) || !text_of(event, "type", &type, &type_len) ||
        !text_of(event, "agg", &key, &key_len)) {
        return;
    }
    const char *what = kind_of(type, type_len);
    if (is_text(type, type_len, "open_license.accepted")) {
        (void)text_of(data, "contract_id", &key, &key_len);
    }
    json_t *row =
        json_pack("{s:s,s:s%,s:s,s:s,s:s%,s:b}", "what", what, "key", key, key_len, "label", "",
                  "field_name", hit->field, "found", hit->text, hit->len, "whole", (int)hit->whole);
    (void)json_object_setn_new(finder->hits, id, id_len, row);
}

static bool look_at(void *arg, accrue_value event)
{
    struct finder *finder = arg;
    const char *text;
    size_t len;
    int64_t seq = 0;
    accrue_value data;
    accrue_value value;
    struct hit hit;
    if (accrue_value_find(event, "seq", &value) && accrue_value_int(value, &seq)) {
        progress_show(&finder->progress, (uint64_t)seq, finder->known_at,
                      json_object_size(finder->hits));
    }
    if (!accrue_value_find(event, "data", &data) ||
        (text_of(event, "id", &text, &len) &&
         json_object_getn(finder->reversed, text, len) != NULL)) { /* N2 */
        return true;
    }
    bool later = text_of(event, "effective", &text, &len) && len == strlen(finder->as_of) &&
                 memcmp(text, finder->as_of, len) > 0;
    if (!later && ((text_of(event, "agg", &text, &len) && holds(finder, "id", text, len, &hit)) ||
                   data_holds(finder, data, &hit))) {
        keep_hit(finder, event, data, &hit);
    }
    return true;
}

/* ---- the pass ---- */

static json_t *types_read(void)
{
    json_t *types = json_array();
    for (size_t i = 0; i < sizeof(naming) / sizeof(naming[0]); i++) {
        (void)json_array_append_new(types, json_string(naming[i]));
    }
    return types;
}

/* Where the answer stands, as a projection resolves it; the caller owns it. */
static json_t *viewpoint(const struct cli *cli, int *ret_exit)
{
    json_t *params = json_pack("{s:s}", "projection", "contracts");
    json_set_text(params, "as_of", cli->args.value[OPTION_AS_OF]);
    json_set_text(params, "known_at", cli->args.value[OPTION_KNOWN_AT]);
    return ask(cli, "query", params, ret_exit);
}

/* ---- what is shown ---- */

struct naming_pass {
    const struct finder *finder;
    json_t *row;
};

static bool note_name(void *arg, accrue_value value)
{
    struct naming_pass *pass = arg;
    json_t *event = json_of(value);
    const json_t *data = json_object_get(event, "data");
    const json_t *changed = json_object_get(data, "changed");
    const json_t *changes = json_object_get(data, "changes");
    const json_t *named = changed != NULL ? changed : changes != NULL ? changes : data;
    const char *name = json_text(named, "name");
    name = *name == '\0' ? json_text(named, "title") : name;
    name = *name == '\0' ? json_text(named, "payer_text") : name;
    bool later = strcmp(json_text(event, "effective"), pass->finder->as_of) > 0;
    bool reversed = json_object_get(pass->finder->reversed, json_text(event, "id")) != NULL;
    if (*name != '\0' && !later && !reversed) {
        json_set_text(pass->row, "label", name);
    }
    json_decref(event);
    return true;
}

/* The newest name up to the viewpoint: of an answer a few, so each is asked for. */
static int set_label(const struct finder *finder, json_t *row)
{
    struct naming_pass pass = {finder, row};
    json_t *agg = json_sprintf("%s/%s", json_text(row, "what"), json_text(row, "key"));
    return ask_events(finder->cli,
                      json_pack("{s:o,s:o,s:I}", "agg", agg, "types", types_read(), "to",
                                (json_int_t)finder->known_at),
                      note_name, &pass);
}

/* One row a thing, those found whole first, then by kind, in the order of the log. */
static json_t *rows_of(const struct finder *finder)
{
    json_t *rows = json_array();
    json_t *seen = json_object();
    const char *id;
    json_t *hit;
    for (size_t pass = 0; pass < 2 * KINDS; pass++) {
        json_object_foreach(finder->hits, id, hit)
        {
            char place[256];
            bool wanted = json_is_true(json_object_get(hit, "whole")) == (pass < KINDS) &&
                          strcmp(json_text(hit, "what"), kinds[pass % KINDS]) == 0;
            (void)snprintf(place, sizeof(place), "%s/%s", json_text(hit, "what"),
                           json_text(hit, "key"));
            if (wanted && json_object_get(seen, place) == NULL) {
                (void)json_object_set(seen, place, hit);
                (void)json_array_append(rows, hit);
            }
        }
    }
    json_decref(seen);
    return rows;
}

static int show(const struct finder *finder)
{
    const struct cli *cli = finder->cli;
    json_t *rows = rows_of(finder);
    size_t count = json_array_size(rows);
    int64_t limit = ROWS_SHOWN;
    int result = option_number(cli, OPTION_LIMIT, 1, INT32_MAX, &limit) ? EXIT_OK : EXIT_USAGE;
    size_t shown = count < (size_t)limit ? count : (size_t)limit;
    while (json_array_size(rows) > shown) {
        (void)json_array_remove(rows, json_array_size(rows) - 1);
    }
    for (size_t i = 0; i < shown && result == EXIT_OK; i++) {
        json_t *row = json_array_get(rows, i);
        (void)json_object_del(row, "whole");
        result = set_label(finder, row);
    }
    if (result == EXIT_OK && cli->json) {
        json_print_free(json_pack("{s:s,s:I,s:I,s:O}", "as_of", finder->as_of, "known_at",
                                  (json_int_t)finder->known_at, "found", (json_int_t)count, "rows",
                                  rows));
    } else if (result == EXIT_OK) {
        table_print(cli, rows, NULL, NULL);
        if (shown < count) {
            message("%zu %s", count,
                    in_language(cli, "found; --limit shows more", "项匹配，--limit 可显示更多"));
        }
    }
    json_decref(rows);
    return result == EXIT_OK && count == 0 ? EXIT_NOT_FOUND : result;
}

static int search(struct finder *finder, const json_t *view)
{
    const struct cli *cli = finder->cli;
    finder->as_of = json_text(view, "as_of");
    finder->known_at = (uint64_t)json_integer_value(json_object_get(view, "known_at"));
    progress_begin(&finder->progress, cli);
    int result = ask_reversed(cli, finder->known_at, finder->reversed);
    if (result == EXIT_OK) {
        result = ask_events(
            cli, json_pack("{s:o,s:I}", "types", types_read(), "to", (json_int_t)finder->known_at),
            look_at, finder);
    }
    progress_end(&finder->progress);
    return result == EXIT_OK ? show(finder) : result;
}

int command_find(struct cli *cli)
{
    struct finder finder = {.cli = cli, .hits = json_object(), .reversed = json_object()};
    const char *text = cli->args.operands[0];
    int result;
    fold_text(text, strlen(text), finder.text);
    memcpy(finder.patent, finder.text, sizeof(finder.patent));
    finder.may_be_patent = fold_patent(finder.patent);
    if (!fold_knows_scripts()) {
        message("%s", in_language(cli, "OpenCC's table is missing: scripts are told apart",
                                  "缺少 OpenCC 字表，不作简繁转换"));
    }
    json_t *view = NULL;
    if (finder.text[0] == '\0') {
        result = usage("find: TEXT");
    } else {
        view = viewpoint(cli, &result);
    }
    if (view != NULL) {
        result = search(&finder, view);
    }
    json_decref(view);
    json_decref(finder.reversed);
    json_decref(finder.hits);
    return result;
}
