/* show: one contract or party, put together from what the daemon answers.
 *
 *   U1  A contract: its row of `contracts`, its obligations, its registrations. A party: what it
 *       was registered with and what changed, what it owes and is owed. Anything else: its
 *       events. */

#include <string.h>

#include "ops/cli/events.h"
#include "ops/cli/table.h"
#include "proto/cursor.h"

/* The largest text before `id` that no id is likely to be: its last character less one, then the
 * last character of all. Asking for rows behind it begins with `id`. */
static void text_before(const char *id, char *out, size_t size)
{
    struct slice bytes = slice_text(id);
    size_t at = 0;
    size_t last = 0;
    uint32_t point = 0;
    while (at < bytes.len) {
        last = at;
        size_t len = utf8_next(bytes, at, &point);
        at += len == 0 ? 1 : len;
    }
    size_t used = last + 8 < size ? last : 0;
    memcpy(out, id, used);
    point = point == 0xe000 ? 0xd7ff : point > 0 ? point - 1 : 0; /* past the surrogates */
    if (point < 0x80) {
        out[used++] = (char)point;
    } else if (point < 0x800) {
        out[used++] = (char)(0xc0 | point >> 6);
        out[used++] = (char)(0x80 | (point & 0x3f));
    } else {
        if (point < 0x10000) {
            out[used++] = (char)(0xe0 | point >> 12);
        } else {
            out[used++] = (char)(0xf0 | point >> 18);
            out[used++] = (char)(0x80 | (point >> 12 & 0x3f));
        }
        out[used++] = (char)(0x80 | (point >> 6 & 0x3f));
        out[used++] = (char)(0x80 | (point & 0x3f));
    }
    (void)snprintf(out + used, size - used, "\xf4\x8f\xbf\xbf");
}

json_t *contract_row(const struct cli *cli, const char *id, int *ret_exit)
{
    char before[256];
    text_before(id, before, sizeof(before));
    json_t *params = json_pack("{s:s,s:{s:s},s:s,s:i}", "projection", "contracts", "params", "by",
                               "contract", "after", before, "limit", 1);
    json_set_text(params, "as_of", cli->args.value[OPTION_AS_OF]);
    json_set_text(params, "known_at", cli->args.value[OPTION_KNOWN_AT]);
    json_t *answer = ask(cli, "query", params, ret_exit);
    json_t *row = json_incref(json_array_get(json_object_get(answer, "rows"), 0));
    json_decref(answer);
    if (*ret_exit == EXIT_OK && strcmp(json_text(row, "key"), id) != 0) {
        *ret_exit = EXIT_NOT_FOUND;
    }
    if (*ret_exit != EXIT_OK) {
        json_decref(row);
        return NULL;
    }
    return row;
}

static bool keep_event(void *arg, accrue_value event)
{
    (void)json_array_append_new(arg, json_of(event));
    return true;
}

static json_t *events_of(const struct cli *cli, const char *agg, const char *types, int *ret_exit)
{
    json_t *events = json_array();
    json_t *filter = json_pack("{s:s}", "agg", agg);
    if (types != NULL) {
        (void)json_object_set_new(filter, "types", json_pack("[s]", types));
    }
    *ret_exit = ask_events(cli, filter, keep_event, events);
    return events;
}

static void print_events(const struct cli *cli, const json_t *events, const char *title)
{
    if (json_array_size(events) > 0) {
        (void)printf("\n%s\n", title);
    }
    for (size_t i = 0; i < json_array_size(events); i++) {
        event_print_json(cli, json_array_get(events, i));
    }
}

static int show_contract(const struct cli *cli, const char *id)
{
    static const char *const keys[] = {"no",        "kind",         "debtor",     "creditor",
                                       "due",       "state",        "bucket",     "waits_for",
                                       "scheduled", "paid",         "contingent", "outstanding",
                                       "disputed",  "interest_due", NULL};
    int result;
    json_t *row = contract_row(cli, id, &result);
    if (row == NULL) {
        if (result == EXIT_NOT_FOUND) {
            message("%s: %s", id, in_language(cli, "there is no such contract", "无此合同"));
        }
        return result;
    }
    json_t *items =
        ask_rows(cli, "query", "open_items", json_pack("{s:s}", "contract", id), NULL, &result);
    json_t *registered = NULL;
    if (result == EXIT_OK) {
        registered = events_of(cli, id, "contract.regist*", &result);
    }
    if (result == EXIT_OK && cli->json) {
        json_print_free(json_pack("{s:O,s:O,s:O,s:O}", "contract", row, "open_items",
                                  json_object_get(items, "rows"), "total",
                                  json_object_get(items, "total"), "registrations", registered));
    } else if (result == EXIT_OK) {
        pairs_print(cli, row);
        (void)printf("\n%s%s%s\n", in_language(cli, "Obligations", "款项"),
                     in_language(cli, ", ", "，"), unit_text(cli));
        table_print(cli, json_object_get(items, "rows"), keys, json_object_get(items, "total"));
        print_events(cli, registered, in_language(cli, "Registration", "认定登记"));
    }
    json_decref(registered);
    json_decref(items);
    json_decref(row);
    return result;
}

static json_t *owed(const struct cli *cli, const char *id, const char *side, int *ret_exit)
{
    return ask_rows(cli, "query", "outstanding", json_pack("{s:s,s:s}", "by", "contract", side, id),
                    NULL, ret_exit);
}

static void print_owed(const struct cli *cli, const json_t *answer, const char *title)
{
    const json_t *rows = json_object_get(answer, "rows");
    if (json_array_size(rows) > 0) {
        (void)printf("\n%s%s%s\n", title, in_language(cli, ", ", "，"), unit_text(cli));
        table_print(cli, rows, NULL, json_object_get(answer, "total"));
    }
}

/* Attributes as the events left them: later ones over earlier ones. */
static json_t *attributes_of(const json_t *events)
{
    json_t *whole = json_object();
    for (size_t i = 0; i < json_array_size(events); i++) {
        json_t *data = json_object_get(json_array_get(events, i), "data");
        json_t *changed = json_object_get(data, "changed");
        (void)json_object_update(whole, changed == NULL ? data : changed);
    }
    return whole;
}

static int show_party(const struct cli *cli, const char *agg, const char *id)
{
    int result;
    json_t *events = events_of(cli, agg, "party.*", &result);
    json_t *owes = NULL;
    json_t *owned = NULL;
    if (result == EXIT_OK && json_array_size(events) == 0) {
        message("%s: %s", id, in_language(cli, "there is no such party", "无此主体"));
        result = EXIT_NOT_FOUND;
    }
    if (result == EXIT_OK) {
        owes = owed(cli, id, "debtor", &result);
    }
    if (result == EXIT_OK) {
        owned = owed(cli, id, "creditor", &result);
    }
    json_t *attributes = attributes_of(events);
    if (result == EXIT_OK && cli->json) {
        json_print_free(json_pack("{s:O,s:O,s:O}", "party", attributes, "owes",
                                  json_object_get(owes, "rows"), "is_owed",
                                  json_object_get(owned, "rows")));
    } else if (result == EXIT_OK) {
        pairs_print(cli, attributes);
        print_owed(cli, owes, in_language(cli, "Owes", "应付"));
        print_owed(cli, owned, in_language(cli, "Is owed", "应收"));
    }
    json_decref(attributes);
    json_decref(owned);
    json_decref(owes);
    json_decref(events);
    return result;
}

static int show_events(struct cli *cli, const char *agg)
{
    int result;
    json_t *events = events_of(cli, agg, NULL, &result);
    if (result == EXIT_OK && json_array_size(events) == 0) {
        message("%s: %s", agg, in_language(cli, "there is nothing of this id", "无此对象"));
        result = EXIT_NOT_FOUND;
    } else if (result == EXIT_OK && cli->json) {
        json_print_free(json_pack("{s:O}", "events", events));
    } else if (result == EXIT_OK) {
        print_events(cli, events, agg);
    }
    json_decref(events);
    return result;
}

int command_show(struct cli *cli)
{
    const char *agg = cli->args.operands[0];
    if (strncmp(agg, "contract/", 9) == 0) {
        return show_contract(cli, agg + 9);
    }
    if (strncmp(agg, "party/", 6) == 0) {
        return show_party(cli, agg, agg + 6);
    }
    return strchr(agg, '/') == NULL ? show_contract(cli, agg) : show_events(cli, agg);
}
