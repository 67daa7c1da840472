/* Ids by name: Q4 of new.h. What is no id of the log is looked for as `find` does (N3 of finder.h):
 * things that are called so, else those of whose name it is a part. In a pipe nobody sees which
 * thing is taken: a mistyped id must not be a part of somebody's name, so names are whole there. */

#include <string.h>

#include "ops/cli/find/finder.h"
#include "ops/cli/new/new.h"
#include "proto/cursor.h"

#define CHOICES_SHOWN 20

static bool is_named(enum aggregate_kind kind)
{
    return kind == KIND_party || kind == KIND_contract || kind == KIND_technology;
}

static bool is_looked_up(const struct asking *asking, enum aggregate_kind kind)
{
    return is_named(kind) && !given(asking->cli, OPTION_PRINT);
}

void reference_kind(const struct asking *asking, enum aggregate_kind kind, char *out, size_t size)
{
    const char *others;
    enum aggregate_kind plain = kind == KIND_NONE ? KIND_contract : kind;
    if (!is_looked_up(asking, plain)) {
        others = "";
    } else if (plain == KIND_party) {
        others = in_language(asking->cli, ": id, name, alias or uscc",
                             "：编号、名称、别名或统一社会信用代码");
    } else if (plain == KIND_technology) {
        others = in_language(asking->cli, ": id, title or patent number", "：编号、名称或专利号");
    } else {
        others = in_language(asking->cli, ": id, title or number of a contract",
                             "：编号、合同名称或合同号");
    }
    (void)snprintf(out, size, "%s%s", kind == KIND_NONE ? "kind/id" : kind_name(kind), others);
}

/* Is there an event of it? EXIT_OK, or the exit code with the error reported. */
static int is_in_log(const struct cli *cli, enum aggregate_kind kind, const char *id, bool *ret)
{
    int result = EXIT_OK;
    *ret = false;
    if (strlen(id) > AGGREGATE_ID_MAX) {
        return EXIT_OK;
    }
    json_t *answer =
        ask(cli, "read",
            json_pack("{s:o,s:i}", "agg", json_sprintf("%s/%s", kind_name(kind), id), "limit", 1),
            &result);
    *ret = json_array_size(json_object_get(answer, "events")) > 0;
    json_decref(answer);
    return result;
}

/* The answer is refused: on a terminal it is asked for again (false), a pipe ends. */
static bool refuse(struct asking *asking, const char *field, const char *answer, const char *why)
{
    if (asking->terminal) {
        (void)fprintf(stderr, "  %s\n", why);
    } else {
        asking->failed = usage("%s: %s: %s", field, answer, why);
    }
    return false;
}

static void show_row(const json_t *row)
{
    (void)fputs("  ", stderr);
    print_plain(stderr, json_text(row, "key"));
    (void)fputs("  ", stderr);
    print_plain(stderr, json_text(row, "label"));
    (void)fputc('\n', stderr);
}

/* The first `count`, labelled. False: asking->failed. */
static bool show_rows(struct asking *asking, const struct finder *finder, const json_t *rows,
                      size_t count)
{
    for (size_t i = 0; i < count && i < CHOICES_SHOWN; i++) {
        json_t *row = json_array_get(rows, i);
        asking->failed = finder_label(finder, row);
        if (asking->failed != EXIT_OK) {
            return false;
        }
        show_row(row);
    }
    if (count > CHOICES_SHOWN) {
        (void)fprintf(stderr, "  … %zu\n", count);
    }
    return true;
}

/* How many are called so: they are the first. */
static size_t called_so(const json_t *rows)
{
    size_t whole = 0;
    while (json_is_true(json_object_get(json_array_get(rows, whole), "whole"))) {
        whole++;
    }
    return whole;
}

static const char *why_not(const struct asking *asking, size_t whole, size_t count)
{
    if (count == 0) {
        return in_language(asking->cli, "nothing in the log has this id, name or number",
                           "日志中无此编号、名称或号码");
    }
    if (whole == 0 && !asking->terminal) {
        return in_language(asking->cli, "only a part of a name; give the whole name or the id",
                           "只是名称的一部分，请填完整名称或编号");
    }
    return in_language(asking->cli, "several have this name; give the id of one",
                       "有多个匹配，请填其中之一的编号");
}

static bool choose(struct asking *asking, const struct finder *finder, const char *field,
                   const char *answer, char out[ANSWER_BYTES])
{
    json_t *rows = finder_rows(finder);
    size_t whole = called_so(rows);
    size_t count = whole > 0 ? whole : json_array_size(rows);
    bool good = count == 1 && (whole == 1 || asking->terminal);
    if (good) {
        (void)snprintf(out, ANSWER_BYTES, "%s", json_text(json_array_get(rows, 0), "key"));
        good = show_rows(asking, finder, rows, count);
    } else {
        (void)refuse(asking, field, answer, why_not(asking, whole, count));
        int failed = asking->failed;
        if (show_rows(asking, finder, rows, count)) {
            asking->failed = failed;
        }
    }
    json_decref(rows);
    return good;
}

static bool look_up(struct asking *asking, enum aggregate_kind kind, const char *field,
                    const char *answer, char out[ANSWER_BYTES])
{
    struct finder finder = {.cli = asking->cli, .kind = kind_name(kind), .naming = true};
    bool found = finder_open(&finder, answer); /* false: nothing to look for, so nothing is found */
    asking->failed = found ? finder_search(&finder) : EXIT_OK;
    bool good = asking->failed == EXIT_OK && choose(asking, &finder, field, answer, out);
    finder_close(&finder);
    return good;
}

bool reference_read(struct asking *asking, enum aggregate_kind kind, const char *field,
                    const char *answer, char out[ANSWER_BYTES])
{
    const char *slash = strchr(answer, '/');
    enum aggregate_kind prefix =
        slash == NULL
            ? KIND_NONE
            : kind_by_name((struct slice){(const uint8_t *)answer, (size_t)(slash - answer)});
    bool prefixed = prefix != KIND_NONE && (kind == KIND_NONE || kind == prefix);
    enum aggregate_kind own = prefixed ? prefix : kind == KIND_NONE ? KIND_contract : kind;
    const char *text = prefixed ? slash + 1 : answer;
    char id[ANSWER_BYTES];
    bool known = false;
    if (!utf8_valid(slice_text(text))) {
        return refuse(asking, field, "", in_language(asking->cli, "not UTF-8", "不是 UTF-8"));
    }
    if (!is_looked_up(asking, own)) {
        (void)snprintf(out, ANSWER_BYTES, "%s", answer);
        return true;
    }
    asking->failed = is_in_log(asking->cli, own, text, &known);
    if (asking->failed != EXIT_OK) {
        return false;
    }
    (void)snprintf(id, sizeof(id), "%s", text);
    if (!known && !look_up(asking, own, field, text, id)) {
        return false;
    }
    bool keep = prefixed && kind == KIND_NONE;
    (void)snprintf(out, ANSWER_BYTES, "%s%s%.4000s", keep ? kind_name(own) : "", keep ? "/" : "",
                   id);
    return true;
}
