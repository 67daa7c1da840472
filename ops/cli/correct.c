/* correct: an accepted event said something wrong. 红字冲销 + 蓝字重填: the event and all that
 * stands on it are reversed, newest first, and posted again, oldest first, with the change; one
 * atomic request.
 *
 *   C1  What stands on the event is what the daemon says: it is asked, by dry runs, until nothing
 * is missing. Nothing is guessed here. C2  Every event posted again names the one that it corrects,
 * and says what that one said but for
 *       --set, --unset. Its id is new.
 *   C3  The figures that change are shown before anything is posted; with --preview nothing is.
 *   C4  Personal data cannot be read back and so not be posted again: such a chain is refused. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/append.h"
#include "ops/cli/correction.h"
#include "ops/cli/table.h"

/* One row a figure: what it is, and how it was and would be. */
static json_t *figure_rows(const struct cli *cli, const json_t *figures)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < json_array_size(figures); i++) {
        static const char *const names[] = {
            "scheduled", "contingent",  "outstanding", "disputed",         "paid",
            "waived",    "written_off", "set_off",     "extinguished",     "interest_due",
            "due",       "total_fen",   "tech_fen",    "unapplied_credit", NULL};
        const json_t *figure = json_array_get(figures, i);
        json_t *before = json_object_get(figure, "before");
        json_t *after = json_object_get(figure, "after");
        for (size_t n = 0; names[n] != NULL; n++) {
            char title[CELL_MAX];
            json_t *was = json_object_get(before, names[n]);
            json_t *is = json_object_get(after, names[n]);
            if ((was == NULL && is == NULL) || json_equal(was, is) ||
                (!cell_says(was) && !cell_says(is))) {
                continue;
            }
            column_title(names[n], cli->chinese, title, sizeof(title));
            json_t *row =
                json_pack("{s:O,s:s,s:O}", "key", json_object_get(figure, "key"), "figure", title,
                          "currency", json_object_get(figure, "currency"));
            (void)json_object_set(row, "figure_before", was == NULL ? json_null() : was);
            (void)json_object_set(row, "figure_after", is == NULL ? json_null() : is);
            (void)json_array_append_new(rows, row);
        }
    }
    return rows;
}

void figures_show(const struct cli *cli, const json_t *answer)
{
    static const char *const columns[] = {"key",           "figure",       "currency",
                                          "figure_before", "figure_after", NULL};
    json_t *rows = figure_rows(cli, json_object_get(answer, "figures"));
    if (json_array_size(rows) == 0) {
        message("%s", in_language(cli, "no figure changes", "无数字变动"));
    } else {
        table_print(cli, rows, columns, NULL);
    }
    if (json_is_true(json_object_get(answer, "figures_cut"))) {
        message("%s", in_language(cli, "more figures change than are shown", "变动未全部列出"));
    }
    json_decref(rows);
}

static void show_chain(const struct cli *cli, const struct correction *correction)
{
    for (size_t i = 0; i < json_array_size(correction->originals); i++) {
        const json_t *event = json_array_get(correction->originals, i);
        message("%s %lld %s %s", in_language(cli, "reverses and posts again", "冲销并重新登记"),
                (long long)json_integer_value(json_object_get(event, "seq")),
                json_text(event, "type"), json_text(event, "agg"));
    }
}

static int show_preview(const struct cli *cli, const struct correction *correction,
                        const json_t *answer)
{
    if (cli->json) {
        json_print_free(json_pack("{s:O,s:O,s:O,s:b}", "batch", correction->batch, "figures",
                                  json_object_get(answer, "figures"), "figures_cut",
                                  json_object_get(answer, "figures_cut"), "posted", 0));
        return EXIT_OK;
    }
    show_chain(cli, correction);
    figures_show(cli, answer);
    return EXIT_OK;
}

static int post(const struct cli *cli, const struct correction *correction, const json_t *preview)
{
    int result;
    if (!cli->json) {
        (void)show_preview(cli, correction, preview);
    }
    json_t *answer = ask(cli, "append", json_pack("{s:O}", "events", correction->batch), &result);
    if (answer == NULL) {
        return result;
    }
    if (cli->json) {
        (void)json_object_set(answer, "figures", json_object_get(preview, "figures"));
        json_print(answer);
    } else {
        message("%s %lld..%lld", in_language(cli, "posted as seq", "已登记，序号"),
                (long long)json_integer_value(json_object_get(answer, "first")),
                (long long)json_integer_value(json_object_get(answer, "last")));
    }
    json_decref(answer);
    return EXIT_OK;
}

int command_correct(struct cli *cli)
{
    struct correction correction;
    json_t *preview = NULL;
    if (cli->args.repeats[OPTION_SET] == 0 && cli->args.repeats[OPTION_UNSET] == 0) {
        return usage("%s", in_language(cli, "nothing to change: --set KEY=VALUE or --unset KEY",
                                       "未指明变更：--set 名称=取值 或 --unset 名称"));
    }
    int result = correction_make(cli, &correction, &preview);
    if (result == EXIT_OK) {
        result = given(cli, OPTION_PREVIEW) ? show_preview(cli, &correction, preview)
                                            : post(cli, &correction, preview);
    }
    json_decref(preview);
    correction_done(&correction);
    return result;
}
