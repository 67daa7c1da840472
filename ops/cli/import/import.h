#ifndef ACCRUE_OPS_CLI_IMPORT_H
#define ACCRUE_OPS_CLI_IMPORT_H

/* import: a sheet of an office into the log.
 *
 *   M1  Every row is checked, by itself and by a trial run of the daemon, before the first is
 *       posted. With a fault nothing is posted, unless --keep-going leaves the faulty rows out.
 *       What is refused all the same, because somebody else wrote meanwhile, is a fault too.
 *   M2  A row is one atomic request with everything that it needs. Ids come from its content, so
 *       what was stored before is a dup: a file that was cut off goes on where it stopped.
 *   M3  Memory grows with what the profile looks up, the parties, technologies and contracts of log
 *       and file, and by 16 to 48 bytes a row for its key and as many for each column that is
 *       `unique`; with nothing else: the sheet is read twice instead.
 *   M4  Both passes make the same events of a row: what a row makes is known from that row on. */

#include "ops/cli/export/export.h"
#include "ops/cli/feed.h"
#include "ops/cli/progress.h"
#include "ops/import/rows.h"

struct faults {
    json_t *rows; /* {row, column, held, wrong, accepted}, the first FAULTS_KEPT_MAX */
    uint64_t count, faulty_rows;
    struct output output; /* --faults; no path: there is none */
    uint8_t *bits;        /* a bit a row: not to be posted */
    bool silent;          /* told already, or to be told */
};

struct flagged {
    json_t *rows;          /* {sheet_row, flag, text}, the first FAULTS_KEPT_MAX */
    uint64_t count, flags; /* rows that have one; of all of them */
};

/* A row that waits for its trial run, or for its answer. */
struct waiting {
    struct record record; /* kept */
    struct row_events events;
    size_t mark;  /* of the directory, before it */
    size_t first; /* of its events in the request, behind what it needs */
};

struct importing {
    struct cli *cli;
    struct profile *profile;
    struct sheet *sheet;
    struct records records;
    struct directory directory;
    struct faults faults;
    struct flagged flagged;
    struct progress progress;
    bool posting; /* the second pass */
    int result;   /* of the connection: EXIT_OK, or what ended the run */

    struct waiting waiting[CHECK_ROWS];
    size_t waiting_count, waiting_events;

    uint64_t rows, skipped;         /* behind the headings */
    uint64_t fresh, there, changed; /* good rows: new, stored before, and of these: read anew */
    json_t *types;                  /* events that would be new, by type */
    json_t *sums;                   /* changes of figures: currency, then name */
    json_t *contracts;              /* asked for by number: is it there? (M4) */

    struct feed feed;
    struct waiting under_way[POST_INFLIGHT + 1]; /* as in the feed, a ring */
    size_t first_under_way, under_way_count;
    json_t *sent;          /* places whose making event is stored */
    uint64_t posted, dups; /* rows */
};

/* ---- faults.c ---- */
bool faults_begin(struct importing *importing);
bool faults_end(struct faults *faults); /* false: --faults could not be written, which is told */
fault_fn fault_add;                     /* arg: struct importing */
bool row_is_barred(const struct faults *faults, uint64_t row);
void row_bar(struct faults *faults, uint64_t row);
void faults_print(const struct importing *importing);

/* ---- flags.c ---- */
/* None yet, of this pass; and those of a row that was accepted. */
void flags_begin(struct importing *importing);
void flags_note(struct importing *importing, const struct waiting *waiting, const json_t *results);
void flags_print(const struct importing *importing);

/* ---- names.c ---- */
/* Learn what the log has. EXIT_OK, or the exit code with the error reported. */
int names_learn(struct importing *importing);
contract_fn log_has_contract; /* arg: struct importing */
/* Was the row stored, today or years ago? The log is asked for the ids of its events, which come
 * from what the row says (E1 of rows.h) and need no name to be found. False with `result` set: it
 * could not be asked. */
bool log_has_row(struct importing *importing, const struct record *record);

/* ---- check.c ---- */
/* A good row; false: the run is to end. */
bool check_row(struct importing *importing, const struct record *record);
/* Those that still wait. */
bool check_waiting(struct importing *importing);
/* Makes the row's events from its record; false: its faults are told. To be dropped in any case. */
bool waiting_make(struct importing *importing, struct waiting *waiting);
void waiting_drop(struct waiting *waiting);
/* Its events behind those that make what it needs, unless `sent` has them; and note those there. */
void append_row(const struct importing *importing, struct waiting *waiting, const json_t *sent,
                json_t *batch);
void note_sent(const struct waiting *waiting, json_t *sent);

/* ---- refusal.c ---- */
/* `error` of the request `batch` as a fault of this row. */
void refusal_tell(struct importing *importing, const struct waiting *waiting, const json_t *batch,
                  const json_t *error, int code);

/* ---- post.c ---- */
void post_begin(struct importing *importing);
bool post_row(struct importing *importing, const struct record *record);
void post_end(struct importing *importing);

/* ---- summary.c ---- */
void summary_print(const struct importing *importing);

/* ---- import.c ---- */
/* A profile that ships, or of a file; --set is done. NULL with the message printed. */
struct profile *profile_chosen(const struct cli *cli, const char *name);

#endif
