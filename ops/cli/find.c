/* find: whatever has a text in its id, name, title or number.
 *
 *   N1  The daemon has no index of texts: contracts come from their projection at the viewpoint
 *       asked for, parties and technologies from the events that named them. */

#include <string.h>

#include "ops/cli/table.h"

struct finding {
    const struct cli *cli;
    const char *text, *kind;
    json_t *found;  /* rows */
    json_t *places; /* kind/id: its row */
};

static void add_row(struct finding *finding, const char *kind, const char *key, const char *label)
{
    char place[256];
    (void)snprintf(place, sizeof(place), "%s/%s", kind, key);
    json_t *row = json_object_get(finding->places, place);
    if (row == NULL) {
        row = json_pack("{s:s,s:s,s:s}", "what", kind, "key", key, "label", label);
        (void)json_object_set(finding->places, place, row);
        (void)json_array_append_new(finding->found, row);
    } else if (*label != '\0') {
        json_set_text(row, "label", label); /* the newest name */
    }
}

/* Any text below `value` that holds what is looked for. */
static bool holds(const json_t *value, const char *text)
{
    const char *key;
    json_t *member;
    if (json_is_string(value)) {
        return strstr(json_string_value(value), text) != NULL;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (holds(json_array_get(value, i), text)) {
            return true;
        }
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        if (holds(member, text)) {
            return true;
        }
    }
    return false;
}

static int find_contracts(struct finding *finding)
{
    static const char *const keys[] = {"key", "label", "contract_no"};
    int result;
    json_t *answer = ask_rows(finding->cli, "query", "contracts",
                              json_pack("{s:s}", "by", "contract"), NULL, &result);
    const json_t *rows = json_object_get(answer, "rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
            if (holds(json_object_get(row, keys[k]), finding->text)) {
                add_row(finding, "contract", json_text(row, "key"), json_text(row, "label"));
                break;
            }
        }
    }
    json_decref(answer);
    return result;
}

static bool look_at(void *arg, accrue_value value)
{
    struct finding *finding = arg;
    json_t *event = json_of(value);
    const char *agg = json_text(event, "agg");
    const json_t *data = json_object_get(event, "data");
    const json_t *changed = json_object_get(data, "changed");
    const json_t *named = changed == NULL ? data : changed;
    const char *label = json_text(named, strcmp(finding->kind, "party") == 0 ? "name" : "title");
    char place[256];
    (void)snprintf(place, sizeof(place), "%s/%s", finding->kind, agg);
    if (strstr(agg, finding->text) != NULL || holds(named, finding->text) ||
        json_object_get(finding->places, place) != NULL) {
        add_row(finding, finding->kind, agg, label);
    }
    json_decref(event);
    return true;
}

static int find_in_events(struct finding *finding, const char *kind, const char *first,
                          const char *later)
{
    finding->kind = kind;
    return ask_events(finding->cli, json_pack("{s:[s,s]}", "types", first, later), look_at,
                      finding);
}

int command_find(struct cli *cli)
{
    struct finding finding = {
        .cli = cli, .text = cli->args.operands[0], .found = json_array(), .places = json_object()};
    int result = find_contracts(&finding);
    if (result == EXIT_OK) {
        result = find_in_events(&finding, "party", "party.registered", "party.updated");
    }
    if (result == EXIT_OK) {
        result =
            find_in_events(&finding, "technology", "technology.published", "technology.updated");
    }
    if (result == EXIT_OK) {
        if (cli->json) {
            json_print_free(json_pack("{s:O}", "rows", finding.found));
        } else {
            table_print(cli, finding.found, NULL, NULL);
        }
        result = json_array_size(finding.found) > 0 ? EXIT_OK : EXIT_NOT_FOUND;
    }
    json_decref(finding.places);
    json_decref(finding.found);
    return result;
}
