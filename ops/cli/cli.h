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
    OPTION_AGG,
    OPTION_ALL,
    OPTION_AS_OF,
    OPTION_BASIS,
    OPTION_BUCKETS,
    OPTION_BY,
    OPTION_COMPARE,
    OPTION_CREDITOR,
    OPTION_CSV,
    OPTION_DEBTOR,
    OPTION_DRY_RUN,
    OPTION_END,
    OPTION_EXAMPLE,
    OPTION_FOLLOW,
    OPTION_FROM,
    OPTION_HELP,
    OPTION_ID_FROM_CONTENT,
    OPTION_INFLIGHT,
    OPTION_JSON,
    OPTION_KEEP_GOING,
    OPTION_KIND,
    OPTION_KNOWN_AT,
    OPTION_LANG,
    OPTION_LIMIT,
    OPTION_LIST,
    OPTION_PARAM,
    OPTION_PERIOD,
    OPTION_SOCKET,
    OPTION_TIMEOUT,
    OPTION_TO,
    OPTION_TYPE,
    OPTION_UNIT,
    OPTION_URL,
    OPTION_YEAR,
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

struct cli {
    struct args args;
    bool chinese, json, csv;
    int decimals;     /* of the unit: 2 for yuan, 0 for fen */
    int64_t unit_fen; /* fen of one unit: 100, 10^6, 10^10, 1 */
    uint32_t timeout_ms;
    accrue_connection *connection;
};

struct command {
    const char *name;
    const char *operands; /* "SEQ|ID", "" */
    int operands_min, operands_max;
    const char *help_en, *help_zh;
    bool offline;
    enum option_id options[16]; /* besides those of every command */
    int (*run)(struct cli *cli);
};

extern const struct command commands[]; /* ended by name NULL */
/* "as-of", whether it takes a value (its name, or NULL), and its help. */
struct option_rule {
    const char *name, *value, *help_en, *help_zh;
    char letter;
    bool repeats;
};
extern const struct option_rule option_rules[OPTIONS];

int command_append(struct cli *cli);
int command_completion(struct cli *cli);
int command_explain(struct cli *cli);
int command_find(struct cli *cli);
int command_get(struct cli *cli);
int command_history(struct cli *cli);
int command_load(struct cli *cli);
int command_outstanding(struct cli *cli);
int command_query(struct cli *cli);
int command_rebuild(struct cli *cli);
int command_schema(struct cli *cli);
int command_show(struct cli *cli);
int command_stats(struct cli *cli);
int command_status(struct cli *cli);
int command_tail(struct cli *cli);
int command_verify(struct cli *cli);

/* Options and operands of argv[2..]; 0, or EXIT_USAGE with the message printed. */
int args_read(struct args *args, const struct command *command, int argc, char **argv);
void help_command(const struct command *command, bool chinese);
void help_all(bool chinese);

/* Exit code of a library code. */
int exit_of(int code);
/* Print the connection's last error with advice; gives its exit code. */
int report(struct cli *cli, int code);
/* {code, message, field?, state?, index?, legal?}; the caller owns it. */
json_t *error_json(const accrue_error *error);
/* The same for people, on stderr: code, text, field, state, what would be legal, what to do. */
void print_error(const struct cli *cli, const json_t *error, int code);
/* "accrue: TEXT" on stderr; gives EXIT_USAGE. */
int usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *in_language(const struct cli *cli, const char *english, const char *chinese);
int call(struct cli *cli, const char *method, json_t *params, accrue_value *ret_result);

/* ---- json.c ---- */
/* Exact: integers up to 64 bits; a real only if it is an integer. False: not representable. */
bool json_build(accrue_builder *builder, const json_t *value);
/* The caller owns it. Binary becomes hexadecimal text. */
json_t *json_of(accrue_value value);
/* Parse one JSON text; NULL with *error filled. Repeated keys are refused. */
json_t *json_parse(const char *text, size_t len, json_error_t *error);
void json_print(const json_t *value); /* one line */

#endif
