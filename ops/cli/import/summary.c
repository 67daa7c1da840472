/* What a run found, and what it did. */

#include <inttypes.h>

#include "ops/cli/import/import.h"
#include "ops/cli/table.h"

/* Headings of the sheet that the profile does not read. */
static json_t *unread(const struct importing *importing)
{
    json_t *list = json_array();
    for (size_t c = 0; c < SHEET_COLUMNS_MAX; c++) {
        const char *heading = importing->records.headings[c];
        if (heading != NULL && !importing->records.used[c]) {
            (void)json_array_append_new(list, json_string(heading));
        }
    }
    return list;
}

static json_t *figure_rows(const struct importing *importing)
{
    json_t *rows = json_array();
    const char *currency;
    json_t *names;
    json_object_foreach(importing->sums, currency, names)
    {
        const char *name;
        json_t *change;
        json_object_foreach(names, name, change)
        {
            char title[TITLE_MAX];
            column_title(name, importing->cli->chinese, title, sizeof(title));
            if (json_integer_value(change) != 0) {
                (void)json_array_append_new(
                    rows, json_pack("{s:s,s:s,s:O}", "currency", currency, "figure",
                                    importing->cli->json ? name : title, "figure_change", change));
            }
        }
    }
    return rows;
}

static void print_json(const struct importing *importing)
{
    bool posted = importing->posting;
    json_print_free(json_pack(
        "{s:s,s:s,s:s,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:O,s:o,s:o,s:O,s:I,s:O,s:b,s:I}", "file",
        importing->cli->args.operands[0], "format", sheet_format(importing->sheet), "profile",
        importing->profile->name, "heading_row", (json_int_t)importing->records.heading_row, "rows",
        (json_int_t)importing->rows, "new", (json_int_t)importing->fresh, "there",
        (json_int_t)importing->there, "changed", (json_int_t)importing->changed, "faulty",
        (json_int_t)importing->faults.faulty_rows, "passed_over", (json_int_t)importing->skipped,
        "fault_count", (json_int_t)importing->faults.count, "events", importing->types, "figures",
        figure_rows(importing), "not_read", unread(importing), "faults", importing->faults.rows,
        "flagged", (json_int_t)importing->flagged.count, "flagged_rows", importing->flagged.rows,
        "posted", posted, "posted_rows", (json_int_t)importing->posted));
}

static void print_list(const struct importing *importing, const char *english, const char *chinese,
                       json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        (void)fputs(i == 0 ? in_language(importing->cli, english, chinese) : ", ", stdout);
        print_plain(stdout, json_string_value(json_array_get(list, i)));
    }
    if (json_array_size(list) > 0) {
        (void)fputc('\n', stdout);
    }
    json_decref(list);
}

static void print_types(const struct importing *importing)
{
    const char *type;
    json_t *count;
    bool first = true;
    json_object_foreach(importing->types, type, count)
    {
        (void)printf("%s%lld ", first ? in_language(importing->cli, "events: ", "事件：") : ", ",
                     (long long)json_integer_value(count));
        print_plain(stdout, type);
        first = false;
    }
    if (!first) {
        (void)fputc('\n', stdout);
    }
}

static void print_figures(const struct importing *importing)
{
    static const char *const keys[] = {"currency", "figure", "figure_change", NULL};
    json_t *rows = figure_rows(importing);
    if (json_array_size(rows) > 0) {
        table_print(importing->cli, rows, keys, NULL);
    }
    json_decref(rows);
}

static void print_rows(const struct importing *importing)
{
    const struct cli *cli = importing->cli;
    if (cli->chinese) {
        (void)printf("%" PRIu64 " 行：新增 %" PRIu64 "，已在日志中 %" PRIu64 "，有问题 %" PRIu64
                     "（%" PRIu64 " 处），略过 %" PRIu64 "\n",
                     importing->rows, importing->fresh, importing->there,
                     importing->faults.faulty_rows, importing->faults.count, importing->skipped);
    } else {
        (void)printf("%" PRIu64 " rows: %" PRIu64 " new, %" PRIu64 " there before, %" PRIu64
                     " with faults (%" PRIu64 "), %" PRIu64 " passed over\n",
                     importing->rows, importing->fresh, importing->there,
                     importing->faults.faulty_rows, importing->faults.count, importing->skipped);
    }
    if (importing->flagged.count > 0) {
        (void)printf(
            "%" PRIu64 " %s\n", importing->flagged.count,
            in_language(cli, "flagged, and accepted all the same", "行有警示，不影响登记"));
    }
    if (importing->changed > 0) {
        message("%" PRIu64 " %s", importing->changed,
                in_language(cli,
                            "of the rows there before read otherwise today (a party known by now, "
                            "say): left as they are",
                            "行此前已导入，现内容有别（如主体已可识别）：保持原样"));
    }
}

static void print_end(const struct importing *importing)
{
    const struct cli *cli = importing->cli;
    if (importing->posting) {
        (void)printf("%" PRIu64 " %s, %" PRIu64 " %s\n", importing->posted,
                     in_language(cli, "rows posted", "行已登记"), importing->feed.stored,
                     in_language(cli, "events stored", "个事件已存储"));
    } else if (!given(cli, OPTION_DRY_RUN)) {
        message("%s", in_language(cli, "nothing was posted; --keep-going posts the good rows",
                                  "未登记任何内容；--keep-going 登记无问题的行"));
    }
}

void summary_print(const struct importing *importing)
{
    if (importing->cli->json) {
        print_json(importing);
        return;
    }
    (void)printf("%s  %s  %s %" PRIu64 "  %s %s\n", importing->cli->args.operands[0],
                 sheet_format(importing->sheet),
                 in_language(importing->cli, "headings in row", "表头行"),
                 importing->records.heading_row, in_language(importing->cli, "profile", "配置"),
                 importing->profile->name);
    print_list(importing, "not read: ", "未读取的列：", unread(importing));
    faults_print(importing);
    flags_print(importing);
    print_rows(importing);
    print_types(importing);
    print_figures(importing);
    print_end(importing);
}
