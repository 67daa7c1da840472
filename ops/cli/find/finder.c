/* The pass over what is named. See finder.h. */

#include "ops/cli/find/finder.h"

#include <string.h>

static const char *const kinds[] = {"contract", "party", "technology", "payment"};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* Types that name a thing of the kind that their first part says, or a contract. */
static const char *const naming[] = {
    "contract.drafted",   "contract.signed",    "contract.amended",      "contract.registered",
    "contract.filed",     "party.registered",   "party.updated",         "technology.published",
    "technology.granted", "technology.updated", "open_license.accepted", "payment.received",
    "invoice.issued"};

/* How much of a field a text must be to name the thing (N3). */
enum names_by { BY_PART, BY_WHOLE, BY_NOTHING };

static const struct field {
    const char *name;
    enum names_by by;
} fields[] = {
    {"name", BY_PART},          {"title", BY_PART},         {"aliases", BY_PART},
    {"contract_no", BY_WHOLE},  {"refs", BY_WHOLE},         {"uscc", BY_WHOLE},
    {"patent_no", BY_WHOLE},    {"reg_no", BY_WHOLE},       {"filing_no", BY_WHOLE},
    {"project", BY_NOTHING},    {"contract_id", BY_WHOLE},  {"bank_ref", BY_NOTHING},
    {"payer_text", BY_NOTHING}, {"invoice_no", BY_NOTHING},
};

static const struct field field_id = {"id", BY_WHOLE};

struct hit {
    const char *field;
    const char *text;
    size_t len;
    bool whole; /* the text is what was looked for, and nothing else */
};

/* ---- one text, one event ---- */

/* The best hit so far is kept: the first one, or the first one that is whole. */
static void look_in_text(struct finder *finder, const struct field *field, const char *text,
                         size_t len, struct hit *best)
{
    char other[FOLDED_MAX];
    fold_text(text, len, other);
    bool found = strstr(other, finder->text) != NULL;
    bool whole = strcmp(other, finder->text) == 0;
    if (!whole && finder->may_be_patent && strcmp(field->name, "patent_no") == 0 &&
        fold_patent(other)) {
        found = found || strstr(other, finder->patent) != NULL;
        whole = strcmp(other, finder->patent) == 0;
    }
    if (finder->naming) {
        found = field->by == BY_PART ? found : field->by == BY_WHOLE && whole;
    }
    if (found && (best->field == NULL || (whole && !best->whole))) {
        *best = (struct hit){field->name, text, len, whole};
    }
}

/* A text, or each of a list of them. */
static void look_in_value(struct finder *finder, const struct field *field, accrue_value value,
                          struct hit *best)
{
    const char *text;
    size_t len;
    size_t at = 0;
    accrue_value key;
    accrue_value one;
    if (accrue_value_text(value, &text, &len) != 0) {
        look_in_text(finder, field, text, len, best);
        return;
    }
    while (accrue_value_kind(value) == ACCRUE_ARRAY && accrue_value_next(value, &at, &key, &one)) {
        if (accrue_value_text(one, &text, &len) != 0) {
            look_in_text(finder, field, text, len, best);
        }
    }
}

static void look_in_data(struct finder *finder, accrue_value data, struct hit *best)
{
    accrue_value value;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (accrue_value_find(data, fields[i].name, &value)) {
            look_in_value(finder, &fields[i], value, best);
        }
    }
    if (accrue_value_find(data, "changed", &value) || accrue_value_find(data, "changes", &value)) {
        look_in_data(finder, value, best);
    }
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
    struct hit hit = {0};
    if (accrue_value_find(event, "seq", &value) && accrue_value_int(value, &seq)) {
        progress_show(&finder->progress, (uint64_t)seq, finder->known_at,
                      json_object_size(finder->hits));
    }
    if (!accrue_value_find(event, "data", &data) ||
        (text_of(event, "id", &text, &len) &&
         json_object_getn(finder->reversed, text, len) != NULL)) { /* N2 */
        return true;
    }
    if (text_of(event, "effective", &text, &len) && len == strlen(finder->as_of) &&
        memcmp(text, finder->as_of, len) > 0) {
        return true; /* later */
    }
    bool apart = finder->naming && text_of(event, "type", &text, &len) &&
                 is_text(text, len, "open_license.accepted"); /* its agg is the technology */
    if (!apart && text_of(event, "agg", &text, &len)) {
        look_in_text(finder, &field_id, text, len, &hit);
    }
    look_in_data(finder, data, &hit);
    if (hit.field != NULL) {
        keep_hit(finder, event, data, &hit);
    }
    return true;
}

/* ---- the pass ---- */

/* Those that name a thing of the kind, NULL: of any. */
static json_t *types_read(const char *kind)
{
    json_t *types = json_array();
    for (size_t i = 0; i < sizeof(naming) / sizeof(naming[0]); i++) {
        if (kind == NULL || strcmp(kind_of(naming[i], strlen(naming[i])), kind) == 0) {
            (void)json_array_append_new(types, json_string(naming[i]));
        }
    }
    return types;
}

/* Where the answer stands, as a projection resolves it; the caller owns it. */
static json_t *viewpoint(const struct cli *cli, int *ret_exit)
{
    json_t *params = json_pack("{s:s,s:i}", "projection", "contracts", "limit", 1);
    json_set_text(params, "as_of", cli->args.value[OPTION_AS_OF]);
    json_set_text(params, "known_at", cli->args.value[OPTION_KNOWN_AT]);
    return ask(cli, "query", params, ret_exit);
}

bool finder_open(struct finder *finder, const char *text)
{
    finder->hits = json_object();
    finder->reversed = json_object();
    finder->view = NULL;
    fold_text(text, strlen(text), finder->text);
    memcpy(finder->patent, finder->text, sizeof(finder->patent));
    finder->may_be_patent = fold_patent(finder->patent);
    if (!fold_knows_scripts()) {
        message("%s", in_language(finder->cli, "OpenCC's table is missing: scripts are told apart",
                                  "缺少 OpenCC 字表，不作简繁转换"));
    }
    return finder->text[0] != '\0';
}

int finder_search(struct finder *finder)
{
    const struct cli *cli = finder->cli;
    int result;
    finder->view = viewpoint(cli, &result);
    if (finder->view == NULL) {
        return result;
    }
    finder->as_of = json_text(finder->view, "as_of");
    finder->known_at = (uint64_t)json_integer_value(json_object_get(finder->view, "known_at"));
    progress_begin(&finder->progress, cli);
    result = ask_reversed(cli, finder->known_at, finder->reversed);
    if (result == EXIT_OK) {
        result = ask_events(cli,
                            json_pack("{s:o,s:I}", "types", types_read(finder->kind), "to",
                                      (json_int_t)finder->known_at),
                            look_at, finder);
    }
    progress_end(&finder->progress);
    return result;
}

void finder_close(struct finder *finder)
{
    json_decref(finder->view);
    json_decref(finder->reversed);
    json_decref(finder->hits);
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

/* Of an answer a few, so each is asked for. */
int finder_label(const struct finder *finder, json_t *row)
{
    struct naming_pass pass = {finder, row};
    json_t *agg = json_sprintf("%s/%s", json_text(row, "what"), json_text(row, "key"));
    return ask_events(finder->cli,
                      json_pack("{s:o,s:o,s:I}", "agg", agg, "types", types_read(NULL), "to",
                                (json_int_t)finder->known_at),
                      note_name, &pass);
}

json_t *finder_rows(const struct finder *finder)
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
