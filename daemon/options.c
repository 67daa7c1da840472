/* argp collects, config_set() judges: an option and its key in the file are one thing. The file
 * is read after the command line has been seen, and the command line is laid over it. */

#include "daemon/options.h"

#include <argp.h>
#include <stdlib.h>

#define GIVEN_MAX 16u

enum {
    KEY_CHECK = 0x100,
    KEY_INIT_LOAD,
    KEY_AFTER_IO_ERROR,
    KEY_ACCEPT_CLOCK,
    KEY_READY_FD,
    KEY_WORKER,
    KEY_MAP,
    KEY_SNAPSHOT,
    KEY_SCRUB,
    KEY_SCRUB_AFTER,
    KEY_EPHEMERAL,
    KEY_HTTP_HOST,
    KEY_LEVEL
};

static const struct argp_option table[] = {
    {"data", 'd', "DIR", 0, "Where the log lives", 0},
    {"listen", 'l', "ADDRESS", 0,
     "unix:PATH or tcp:127.0.0.1:PORT (numeric, loopback); for HTTP and the web page "
     "http:127.0.0.1:PORT or http+unix:PATH; may be repeated",
     0},
    {"http-host", KEY_HTTP_HOST, "NAME", 0,
     "A name, besides localhost, under which HTTP is served; may be repeated", 0},
    {"config", 'c', "FILE", 0, "Read this configuration file", 0},
    {"check-config", KEY_CHECK, NULL, 0, "Say whether the configuration is good, and end", 0},
    {"ephemeral", KEY_EPHEMERAL, NULL, 0,
     "Any file system is fine; without --data, in a directory that is removed at the end", 0},
    {"map-bytes", KEY_MAP, "N", 0, "Address space of the log, with K, M, G or T after it", 0},
    {"snapshot-events", KEY_SNAPSHOT, "N", 0,
     "Keep what was folded every N new events, so that the next start is fast; 0 for never", 0},
    {"scrub", KEY_SCRUB, "YES|NO", 0, "Read and check everything once a day, slowly; default yes",
     0},
    {"scrub-after", KEY_SCRUB_AFTER, "SECONDS", 0, "The first time so long after the start", 0},
    {"init-load", KEY_INIT_LOAD, NULL, 0, "Make a new log that is being loaded (accrue load)", 1},
    {"after-io-error", KEY_AFTER_IO_ERROR, NULL, 0,
     "Accept a log whose last commit failed, after verifying all of it", 1},
    {"accept-clock", KEY_ACCEPT_CLOCK, NULL, 0,
     "The clock is right, though it differs much from the log's last event", 1},
    {"level", KEY_LEVEL, "LEVEL", 0, "error, warn, info (default) or debug", 2},
    {"ready-fd", KEY_READY_FD, "N", 0, "Write a line to this descriptor when ready", 2},
    {"worker", KEY_WORKER, "NAME", OPTION_HIDDEN, NULL, 3},
    {0},
};

struct given {
    struct options *options;
    const char *config_path;
    bool listen_given;
    struct {
        const char *key, *value;
    } set[GIVEN_MAX];
    unsigned count;
};

static void give(struct given *given, const char *key, const char *value,
                 const struct argp_state *state)
{
    if (given->count == GIVEN_MAX) {
        argp_error(state, "too many options");
    }
    given->set[given->count].key = key;
    given->set[given->count].value = value;
    given->count++;
}

static int descriptor_of(const char *text, const struct argp_state *state)
{
    char *end;
    long fd = strtol(text, &end, 10);
    if (*end != '\0' || end == text || fd < 0 || fd > 1024) {
        argp_error(state, "--ready-fd: not a descriptor: %s", text);
    }
    return (int)fd;
}

static error_t on_option(int key, char *value, struct argp_state *state)
{
    struct given *given = state->input;
    struct options *options = given->options;
    switch (key) {
    case 'd':
        give(given, "data", value, state);
        break;
    case 'l':
        given->listen_given = true;
        give(given, "listen", value, state);
        break;
    case 'c':
        given->config_path = value;
        break;
    case KEY_MAP:
        give(given, "map_bytes", value, state);
        break;
    case KEY_SNAPSHOT:
        give(given, "snapshot_events", value, state);
        break;
    case KEY_SCRUB:
        give(given, "scrub", value, state);
        break;
    case KEY_SCRUB_AFTER:
        give(given, "scrub_after", value, state);
        break;
    case KEY_HTTP_HOST:
        give(given, "http_host", value, state);
        break;
    case KEY_EPHEMERAL:
        give(given, "ephemeral", "yes", state);
        break;
    case KEY_LEVEL:
        give(given, "level", value, state);
        break;
    case KEY_CHECK:
        options->check_config = true;
        break;
    case KEY_INIT_LOAD:
        options->config.init_load = true;
        break;
    case KEY_AFTER_IO_ERROR:
        options->config.after_io_error = true;
        break;
    case KEY_ACCEPT_CLOCK:
        options->config.accept_clock = true;
        break;
    case KEY_READY_FD:
        options->ready_fd = descriptor_of(value, state);
        break;
    case KEY_WORKER:
        options->worker = value;
        break;
    case ARGP_KEY_ARGS:
        if (options->worker == NULL) {
            argp_error(state, "not an option: %s", state->argv[state->next]);
        }
        options->words = (const char *const *)state->argv + state->next;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static enum status lay_over(struct given *given, struct config *config, struct fault *fault)
{
    if (given->listen_given) {
        config->listen_count = 0;
    }
    for (unsigned i = 0; i < given->count; i++) {
        enum status status = config_set(config, given->set[i].key, given->set[i].value, fault);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

enum status options_read(int argc, char **argv, bool listening, struct options *ret_options,
                         struct fault *fault)
{
    static const struct argp argp = {
        .options = table,
        .parser = on_option,
        .doc = "Append-only, event-sourced transaction log daemon for technology-transfer "
               "contracts.\vThe manual is accrued(8); the file's keys are in accrued.conf(5).",
    };
    static const char *const no_words[] = {NULL};
    struct given given = {.options = ret_options};

    *ret_options = (struct options){.ready_fd = -1, .words = no_words};
    config_init(&ret_options->config);
    argp_program_version = "accrued " ACCRUE_VERSION;
    argp_err_exit_status = 2;
    error_t error = argp_parse(&argp, argc, argv, 0, NULL, &given);
    if (error != 0) {
        return fault_set(fault, STATUS_BAD_PARAMS, "options");
    }
    struct config *config = &ret_options->config;
    enum status status = STATUS_OK;
    if (given.config_path != NULL) {
        status = config_read(config, given.config_path, fault);
    }
    if (status == STATUS_OK) {
        status = lay_over(&given, config, fault);
    }
    if (status == STATUS_OK && ret_options->worker == NULL) {
        status = config_complete(config, listening, fault);
    }
    return status;
}
