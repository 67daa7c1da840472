#ifndef ACCRUE_OPS_CLI_CLI_H
#define ACCRUE_OPS_CLI_CLI_H

/* The command `accrue`: what its files share.
 *
 *   C1  Data goes to stdout, messages and progress to stderr, progress only to a terminal.
 *   C2  Commands and their options are one table (commands.c): parsing, --help and shell
 *       completion come from it.
 *   C3  Exit codes: 0 ok, 1 failure, 2 usage, 3 not found, 4 rejected or conflict, 5 forbidden,
 *       6 unavailable or time-out, 7 unknown outcome, 8 verification failed. */

#include <accrue/accrue_sync.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

enum exit_code {
    EXIT_OK = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_NOT_FOUND = 3,
    EXIT_REJECTED = 4,
    EXIT_FORBIDDEN = 5,
    EXIT_UNAVAILABLE = 6,
    EXIT_UNKNOWN_OUTCOME = 7,
    EXIT_NOT_VERIFIED = 8,
};

enum option_id {
    OPTION_NONE,
    OPTION_ACTOR,
    OPTION_AGG,
    OPTION_ALL,
    OPTION_APPLY_TO,
    OPTION_AS_OF,
    OPTION_BASIS,
    OPTION_BUCKETS,
    OPTION_BY,
    OPTION_COMPARE,
    OPTION_CONTRACT,
    OPTION_CREDITOR,
    OPTION_CSV,
    OPTION_CURRENCY,
    OPTION_DAYS,
    OPTION_DEBTOR,
    OPTION_DEPARTMENT,
    OPTION_DRY_RUN,
    OPTION_END,
    OPTION_ENTERED_BY,
    OPTION_EXAMPLE,
    OPTION_FAULTS,
    OPTION_FLAG,
    OPTION_FOLLOW,
    OPTION_FROM,
    OPTION_HELP,
    OPTION_ID_COLUMN,
    OPTION_ID_FROM_CONTENT,
    OPTION_INFLIGHT,
    OPTION_JSON,
    OPTION_KEEP_GOING,
    OPTION_KIND,
    OPTION_KNOWN_AT,
    OPTION_LANG,
    OPTION_LIMIT,
    OPTION_LIST,
    OPTION_N,
    OPTION_NOTE,
    OPTION_OF,
    OPTION_OUTPUT,
    OPTION_OVERDUE,
    OPTION_PAID_BY,
    OPTION_PARAM,
    OPTION_PARTY,
    OPTION_PAYEE,
    OPTION_PAYER,
    OPTION_PERIOD,
    OPTION_PREVIEW,
    OPTION_PRINT,
    OPTION_PROFILE,
    OPTION_QUIET,
    OPTION_REASON,
    OPTION_SEED,
    OPTION_SET,
    OPTION_SHEET,
    OPTION_SOCKET,
    OPTION_TIMEOUT,
    OPTION_TO,
    OPTION_TOTALS,
    OPTION_TYPE,
    OPTION_UNIT,
    OPTION_UNSET,
    OPTION_URL,
    OPTION_WHAT,
    OPTION_WHERE,
    OPTION_WITHIN,
    OPTION_XLSX,
    OPTION_YEAR,
    OPTION_YES,
    OPTIONS
};

#define REPEAT_MAX 32

struct args {
    const char *value[OPTIONS]; /* last one given; "" for a flag; NULL = not given */
    const char *repeated[OPTIONS][REPEAT_MAX];
    int repeats[OPTIONS];
    char **operands;
    int operand_count;
};

/* In what amounts are shown. */
enum unit { UNIT_YUAN, UNIT_WAN, UNIT_YI, UNIT_FEN };

struct cli {
    const struct command *command;
    struct args args;
    bool chinese, json, csv;
    const char *xlsx;   /* the workbook to write, or NULL */
    const char *output; /* the file that takes CSV or HTML, or NULL: stdout */
    bool talkative;     /* stderr is a terminal and nobody said --quiet (C1) */
    enum unit unit;
    uint32_t timeout_ms;
    accrue_connection *connection;
};

struct command {
    const char *name;
    const char *operands; /* "SEQ|ID", "" */
    int operands_min, operands_max;
    const char *help_en, *help_zh; /* a line */
    bool offline;                  /* needs no daemon, or connects by itself once it does */
    enum option_id options[28];    /* besides those of every command */
    int (*run)(struct cli *cli);
    const char *more_en, *more_zh; /* what --help says below, or NULL */
};

extern const struct command commands[]; /* ended by name NULL */
const struct command *command_by_name(const char *name);

/* "as-of", its value's name (NULL: a flag), its help. */
struct option_rule {
    const char *name, *value, *help_en, *help_zh;
    char letter;
    bool repeats;
    const char *choices; /* values that completion offers, or NULL */
};
extern const struct option_rule option_rules[OPTIONS];
extern const enum option_id common_options[]; /* of every command; ended by OPTION_NONE */

int command_append(struct cli *cli);
int command_claim(struct cli *cli);
int command_close(struct cli *cli);
int command_completion(struct cli *cli);
int command_correct(struct cli *cli);
int command_doc(struct cli *cli);
int command_explain(struct cli *cli);
int command_find(struct cli *cli);
int command_get(struct cli *cli);
int command_history(struct cli *cli);
int command_import(struct cli *cli);
int command_late(struct cli *cli);
int command_load(struct cli *cli);
int command_new(struct cli *cli);
int command_outstanding(struct cli *cli);
int command_query(struct cli *cli);
int command_rebuild(struct cli *cli);
int command_reconcile(struct cli *cli);
int command_report(struct cli *cli);
int command_report_page(struct cli *cli);
int command_sample(struct cli *cli);
int command_schema(struct cli *cli);
int command_show(struct cli *cli);
int command_stats(struct cli *cli);
int command_status(struct cli *cli);
int command_tail(struct cli *cli);
int command_verify(struct cli *cli);

/* ---- main.c ---- */

/* cli->connection, closed in the end by main(). EXIT_OK, or the exit code with the error reported.
 */
int connect_first(struct cli *cli);

/* ---- options.c, help.c ---- */

/* The command and its options, wherever they stand; EXIT_OK, or EXIT_USAGE with the message
 * printed. cli->command stays NULL where none was named. */
int args_read(struct cli *cli, int argc, char **argv);
bool given(const struct cli *cli, enum option_id id);
/* Tables on a terminal: neither JSON nor a file for an office? */
bool for_people(const struct cli *cli);
/* A number from min to max; false with the message printed. *ret stays if it was not given. */
bool option_number(const struct cli *cli, enum option_id id, int64_t min, int64_t max,
                   int64_t *ret);
/* All digits, at most 18? */
bool is_number(const char *text);
void help_command(const struct cli *cli, const struct command *command);
void help_all(const struct cli *cli);

/* ---- report.c ---- */

/* Exit code of a library code. */
int exit_of(int code);
/* Print the connection's last error with advice; gives its exit code. */
int report(const struct cli *cli, int code);
/* {code, message, field?, state?, index?, legal?}; the caller owns it. */
json_t *error_json(const accrue_error *error);
/* The same of an error of our own. */
json_t *error_made(const struct cli *cli, int code, const char *detail);
/* For people, on stderr: code, text, field, state, what would be legal, what to do. */
void print_error(const struct cli *cli, const json_t *error, int code, uint64_t line);
/* "accrue: TEXT" on stderr; gives EXIT_USAGE. */
int usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *in_language(const struct cli *cli, const char *english, const char *chinese);
/* What to do about a code, "" if nothing is known. */
const char *advice_of(const struct cli *cli, int code);

/* ---- ask.c ---- */

/* One request; takes `params` over. */
int call(const struct cli *cli, const char *method, json_t *params, accrue_value *ret_result);
/* The same as JSON, owned by the caller; NULL with the error reported and *ret_exit set. */
json_t *ask(const struct cli *cli, const char *method, json_t *params, int *ret_exit);
/* A projection's answer, all its pages as one, --limit and the viewpoint's options applied.
 * Takes `own` (the projection's parameters) over; `key` is explain's, or NULL. */
json_t *ask_rows(const struct cli *cli, const char *method, const char *projection, json_t *own,
                 const char *key, int *ret_exit);
/* Pages of `read`: every event until `take` gives false. Takes `filter` over. */
typedef bool event_fn(void *arg, accrue_value event);
int ask_events(const struct cli *cli, json_t *filter, event_fn *take, void *arg);
/* The ids of events that were reversed up to seq `to` (0: so far), as keys of `ids`. EXIT_OK, or
 * the exit code with the error reported. */
int ask_reversed(const struct cli *cli, uint64_t to, json_t *ids);
/* The last payment.received of a payment, which a correction may have posted anew; the caller's.
 * NULL: *ret_exit has the exit code of the error that was reported, or EXIT_NOT_FOUND. */
json_t *ask_received(const struct cli *cli, const char *payment, int *ret_exit);
uint64_t now_ms(void);
/* The highest seq that the daemon has named. */
uint64_t log_head(const struct cli *cli);

/* ---- show.c ---- */

/* A contract's row of `contracts` at the viewpoint of the options; the caller's. NULL: *ret_exit
 * has the exit code of the error that was reported, or EXIT_NOT_FOUND. */
json_t *contract_row(const struct cli *cli, const char *id, int *ret_exit);

/* ---- query.c ---- */

/* Ask a projection and print its answer. Takes `params` over. `keys` (ended by NULL) are the
 * columns; NULL takes those of the answer. */
/* --param k=v, a list where v holds commas, and --by. The caller owns it; NULL with the message
 * printed. */
json_t *params_given(const struct cli *cli);
int ask_and_show(const struct cli *cli, const char *projection, json_t *params,
                 const char *const *keys);

/* ---- json.c ---- */

/* Exact: integers up to 64 bits; a real only if it is an integer. False: not representable. */
bool json_build(accrue_builder *builder, const json_t *value);
/* The caller owns it. Binary becomes hexadecimal text. */
json_t *json_of(accrue_value value);
/* Parse one JSON text; NULL with *error filled. Repeated keys are refused. */
json_t *json_parse(const char *text, size_t len, json_error_t *error);
void json_print(const json_t *value); /* one line */
/* The same, and lets go of it. */
void json_print_free(json_t *value);
void json_set_text(json_t *object, const char *key, const char *text); /* NULL: nothing */
const char *json_text(const json_t *object, const char *key);          /* never NULL */

/* ---- text.c ---- */

/* Cells of a terminal that UTF-8 text takes: a Chinese character takes two. */
int text_width(const char *text);
/* Copy without what a terminal would obey: control characters become `?`. Cut to fit. */
void text_plain(char *out, size_t size, const char *text);
void print_plain(FILE *out, const char *text);
/* Print padded to `width` cells. */
void print_padded(const char *text, int width, bool right);

#endif
