/* find: whatever has a text in its id, name or number, as a table. */

#include "ops/cli/find/finder.h"
#include "ops/cli/table.h"

#define ROWS_SHOWN 100 /* unless --limit */

static int show(const struct finder *finder)
{
    const struct cli *cli = finder->cli;
    json_t *rows = finder_rows(finder);
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
        result = finder_label(finder, row);
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

int command_find(struct cli *cli)
{
    struct finder finder = {.cli = cli};
    int result;
    if (finder_open(&finder, cli->args.operands[0])) {
        result = finder_search(&finder);
        result = result == EXIT_OK ? show(&finder) : result;
    } else {
        result = usage("find: TEXT");
    }
    finder_close(&finder);
    return result;
}
