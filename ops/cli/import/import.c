/* import: the command. See import.h for what it promises. */

#include "ops/cli/import/import.h"

#include <stdlib.h>
#include <string.h>

#define PROFILE_BYTES_MAX ((size_t)1 * MIB)

/* ---- the profile ---- */

/* The text of a profile that ships or of a file; the caller's. NULL with the message printed. */
static char *profile_text(const struct cli *cli, const char *name)
{
    const char *shipped = profile_shipped(name);
    if (shipped != NULL) {
        return strdup(shipped);
    }
    FILE *file = strchr(name, '.') == NULL ? NULL : fopen(name, "rb");
    char *text = file == NULL ? NULL : calloc(1, PROFILE_BYTES_MAX);
    if (text != NULL && fread(text, 1, PROFILE_BYTES_MAX - 1, file) == 0) {
        text[0] = '\0';
    }
    if (file != NULL) {
        (void)fclose(file);
    } else {
        (void)usage("--profile %s: %s", name,
                    in_language(cli, "cn-contract, cn-registration, bank, or a file FILE.ini",
                                "cn-contract、cn-registration、bank 或文件 FILE.ini"));
    }
    return text;
}

/* --set NAME=VALUE: the column holds this in every row. */
static bool set_columns(const struct cli *cli, struct profile *profile)
{
    for (int i = 0; i < cli->args.repeats[OPTION_SET]; i++) {
        const char *text = cli->args.repeated[OPTION_SET][i];
        const char *equals = strchr(text, '=');
        char name[PROFILE_NAME_BYTES] = "";
        if (equals != NULL && (size_t)(equals - text) < sizeof(name)) {
            memcpy(name, text, (size_t)(equals - text));
            name[equals - text] = '\0';
        }
        size_t at = profile_column(profile, name);
        if (at == profile->column_count) {
            (void)usage("--set %s: %s", text,
                        in_language(cli, "the profile has no such column", "配置中无此列"));
            return false;
        }
        struct sheet_column *column = &profile->columns[at];
        for (; column->heading_count > 0; column->heading_count--) {
            free(column->headings[column->heading_count - 1]);
        }
        free(column->fallback);
        column->fallback = strdup(equals + 1);
    }
    return true;
}

struct profile *profile_chosen(const struct cli *cli, const char *name)
{
    char why[PROFILE_WHY_BYTES] = "";
    char *text = profile_text(cli, name);
    struct profile *profile = text == NULL ? NULL : profile_read(name, text, why);
    free(text);
    if (profile == NULL && why[0] != '\0') {
        (void)usage("%s: %s", name, why);
    }
    if (profile != NULL && !set_columns(cli, profile)) {
        profile_free(profile);
        profile = NULL;
    }
    return profile;
}

/* ---- the passes ---- */

static bool take_row(void *arg, const struct sheet_row *row)
{
    struct importing *importing = arg;
    struct record record;
    bool going = true;
    if (!records_is_row(&importing->records, row)) {
        return true;
    }
    bool barred = row_is_barred(&importing->faults, row->number);
    importing->faults.silent = barred; /* told in the first pass */
    enum record_result result = record_read(&importing->records, row, &record);
    importing->faults.silent = false;
    if (!importing->posting) {
        importing->rows++;
        importing->skipped += result == RECORD_SKIPPED;
    }
    if (result == RECORD_GOOD && !barred) {
        going = importing->posting ? post_row(importing, &record) : check_row(importing, &record);
    } else if (result == RECORD_FAULTY && !barred && importing->posting) {
        going = given(importing->cli, OPTION_KEEP_GOING); /* the file is another by now */
    }
    json_decref(record.values);
    progress_show(&importing->progress, sheet_done(importing->sheet), sheet_total(importing->sheet),
                  importing->posting ? importing->posted + importing->dups : importing->rows);
    return going && importing->result == EXIT_OK;
}

static bool pass(struct importing *importing)
{
    char why[SHEET_WHY_BYTES];
    records_again(&importing->records);
    progress_begin(&importing->progress, importing->cli);
    bool good = sheet_read(importing->sheet, take_row, importing, why);
    progress_end(&importing->progress);
    if (!good) {
        message("%s: %s", importing->cli->args.operands[0], why);
        importing->result = EXIT_REJECTED;
    }
    return good && importing->result == EXIT_OK;
}

static bool check_all(struct importing *importing)
{
    char why[SHEET_WHY_BYTES];
    if (!records_begin(&importing->records, importing->sheet, why)) {
        if (why[0] != '\0') {
            message("%s: %s", importing->cli->args.operands[0], why);
            importing->result = EXIT_REJECTED;
        }
        return importing->result == EXIT_OK; /* faults of the headings are told as faults */
    }
    importing->result = names_learn(importing);
    bool good = importing->result == EXIT_OK && pass(importing);
    good = check_waiting(importing) && good;
    return good;
}

static bool is_clean(const struct importing *importing)
{
    return importing->faults.count == 0 && importing->records.heading_row > 0;
}

static int run_passes(struct importing *importing)
{
    const struct cli *cli = importing->cli;
    if (!check_all(importing)) {
        return importing->result;
    }
    bool post = !given(cli, OPTION_DRY_RUN) && importing->fresh > 0 &&
                (is_clean(importing) || given(cli, OPTION_KEEP_GOING));
    if (post) {
        post_begin(importing);
        (void)pass(importing);
        post_end(importing);
    } else if (!given(cli, OPTION_DRY_RUN) && is_clean(importing)) {
        importing->posting = true; /* nothing is left to post */
    }
    summary_print(importing);
    return importing->result != EXIT_OK ? importing->result
           : is_clean(importing)        ? EXIT_OK
                                        : EXIT_REJECTED;
}

static int import_file(struct cli *cli, struct profile *profile, struct sheet *sheet)
{
    static struct importing importing; /* large, and there is one a process */
    importing.cli = cli;
    importing.profile = profile;
    importing.sheet = sheet;
    importing.types = json_object();
    importing.sums = json_object();
    importing.sent = json_object();
    importing.contracts = json_object();
    importing.records = (struct records){.profile = profile,
                                         .chinese = cli->chinese,
                                         .id_column = cli->args.value[OPTION_ID_COLUMN],
                                         .fault = fault_add,
                                         .arg = &importing};
    flags_begin(&importing);
    directory_begin(&importing.directory);
    int result = faults_begin(&importing) ? run_passes(&importing) : EXIT_FAILED;
    if (!faults_end(&importing.faults)) {
        result = EXIT_FAILED;
    }
    directory_end(&importing.directory);
    records_end(&importing.records);
    json_decref(importing.types);
    json_decref(importing.sums);
    json_decref(importing.sent);
    json_decref(importing.contracts);
    json_decref(importing.flagged.rows);
    return result;
}

int command_import(struct cli *cli)
{
    char why[SHEET_WHY_BYTES];
    const char *name = cli->args.value[OPTION_PROFILE];
    if (name == NULL) {
        return usage("accrue import FILE --profile cn-contract|cn-registration|bank|FILE.ini");
    }
    if (given(cli, OPTION_PRINT)) {
        char *text = profile_text(cli, name);
        if (text != NULL) {
            (void)fputs(text, stdout);
        }
        free(text);
        return text == NULL ? EXIT_USAGE : EXIT_OK;
    }
    if (cli->args.operand_count == 0) {
        return usage("%s", in_language(cli, "which FILE?", "缺少文件"));
    }
    struct profile *profile = profile_chosen(cli, name);
    if (profile == NULL) {
        return EXIT_USAGE;
    }
    struct sheet *sheet =
        sheet_open(cli->args.operands[0], cli->args.value[OPTION_SHEET], cli->chinese, why);
    int result = EXIT_REJECTED;
    if (sheet == NULL) {
        message("%s: %s", cli->args.operands[0], why);
    } else {
        result = connect_first(cli);
        result = result == EXIT_OK ? import_file(cli, profile, sheet) : result;
    }
    sheet_close(sheet);
    profile_free(profile);
    return result;
}
