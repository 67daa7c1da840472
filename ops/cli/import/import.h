#ifndef ACCRUE_OPS_CLI_IMPORT_H
#define ACCRUE_OPS_CLI_IMPORT_H

/* import: a sheet of an office into the log.
 *
 *   M1  Every row is checked, by itself and by a trial run of the daemon, before the first is
 *       posted. With a fault nothing is posted, unless --keep-going leaves the faulty rows out.
 *   M2  A row is one atomic request with everything that it needs. Ids come from its content, so
 *       what was stored before is a dup: a file that was cut off goes on where it stopped.
 *   M3  Memory grows with the parties and technologies of log and file, by 12 bytes a row, and with
 *       nothing else: the sheet is read twice instead. */

#include "ops/cli/feed.h"
#include "ops/cli/progress.h"
#include "ops/import/rows.h"

struct faults {
    json_t *rows; /* {row, column, held, wrong, accepted}, the first FAULTS_KEPT_MAX */
    uint64_t count, faulty_rows;
    FILE *file;    /* --faults, NULL */
    uint8_t *bits; /* a bit a row: not to be posted */
    bool silent;
};

/* A row that waits for its trial run. */
struct waiting {
    struct row_events events;
    json_t *cells; /* what its columns hold, by index: for faults */
    size_t first;  /* of its events in the request, behind what it needs */
};

struct importing {
    struct cli *cli;
    struct profile *profile;
    struct sheet *sheet;
    struct records records;
    struct directory directory;
    struct faults faults;
    struct progress progress;
    bool posting; /* the second pass */
    int result;   /* of the connection: EXIT_OK, or what ended the run */

    struct waiting waiting[CHECK_ROWS];
    size_t waiting_count, waiting_events;

    uint64_t rows, skipped;         /* behind the headings */
    uint64_t fresh, there, changed; /* good rows: new, stored before, and of these: read anew */
    json_t *types;                  /* events that would be new, by type */
    json_t *sums;                   /* changes of figures: currency, then name */

    struct feed feed;
    json_t *sent; /* places whose making event was sent */
    uint64_t posted, dups;
};

/* ---- faults.c ---- */
bool faults_begin(struct importing *importing);
bool faults_end(struct faults *faults); /* false: --faults could not be written */
fault_fn fault_add;                     /* arg: struct importing */
bool row_is_barred(const struct faults *faults, uint64_t row);
void row_bar(struct faults *faults, uint64_t row);
void faults_print(const struct importing *importing);

/* ---- names.c ---- */
/* Learn what the log has. EXIT_OK, or the exit code with the error reported. */
int names_learn(struct importing *importing);
contract_fn log_has_contract; /* arg: struct importing */

/* ---- check.c ---- */
/* A good row; false: the run is to end. */
bool check_row(struct importing *importing, const struct record *record);
/* Those that still wait. */
bool check_waiting(struct importing *importing);
/* Its events behind those that make what it needs, unless `sent` has them; noted there. */
void append_row(const struct importing *importing, const struct row_events *row, json_t *sent,
                json_t *batch);

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
