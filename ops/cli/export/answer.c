/* An answer goes out in one of the forms that are not JSON. */

#include "ops/cli/export/export.h"

const json_t *answer_total(const json_t *answer)
{
    const json_t *total = json_object_get(answer, "total");
    return json_is_array(total) ? total : NULL;
}

int answer_out(const struct cli *cli, const json_t *answer, const char *const *keys)
{
    bool good = true;
    if (cli->xlsx != NULL) {
        good = xlsx_write(cli, answer, keys);
    } else if (cli->csv) {
        good = csv_write(cli, answer, keys);
    } else {
        table_print(cli, json_object_get(answer, "rows"), keys, answer_total(answer));
    }
    return good ? EXIT_OK : EXIT_FAILED;
}

int answer_of(const struct cli *cli, const char *projection, const json_t *params,
              const json_t *answer, const char *const *keys)
{
    struct headings headings;
    if (keys == NULL && json_array_size(json_object_get(answer, "rows")) == 0 &&
        headings_find(&headings, projection, params)) {
        keys = headings.keys;
    }
    return answer_out(cli, answer, keys);
}
