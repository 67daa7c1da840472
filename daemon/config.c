/* The configuration file is INI: [store] data, map_bytes, snapshot_events, scrub, scrub_after,
 * ephemeral; [net] listen and http_host, which may be repeated, tcp_idle; [diag] level.
 *
 *   F1  What is not known is refused with its line: a misspelt key is a wish not granted.
 *   F2  A file is checked whole before anything starts (--check-config does only that).
 *   F3  `listen` on the command line replaces the file's; otherwise the last word counts. */

#include "daemon/config.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "proto/limits.h"

static const char *const keys[][2] = {
    {"store", "data"},  {"store", "map_bytes"},   {"store", "snapshot_events"},
    {"store", "scrub"}, {"store", "scrub_after"}, {"store", "ephemeral"},
    {"net", "listen"},  {"net", "tcp_idle"},      {"net", "http_host"},
    {"diag", "level"},
};

void config_init(struct config *config)
{
    memset(config, 0, sizeof(*config));
    config->level = DIAG_INFO;
    config->snapshot_events = SNAPSHOT_EVENTS;
    config->scrub = true;
    config->tcp_idle_s = TCP_IDLE_MS / 1000;
    config->scrub_after_s = SCRUB_AFTER_S;
}

static enum status bad(struct fault *fault, const char *key, const char *why)
{
    (void)fault_set(fault, STATUS_BAD_PARAMS, key);
    fault_detail(fault, "%s", why);
    return STATUS_BAD_PARAMS;
}

static enum status set_listen(struct config *config, const char *value, struct fault *fault)
{
    struct address address;
    enum status status = address_parse(value, &address, fault);
    if (status != STATUS_OK) {
        return status;
    }
    if (config->listen_count == LISTEN_MAX) {
        return bad(fault, "listen", "too many addresses");
    }
    /* An address that parses is shorter: a path of 107 bytes and its prefix. */
    (void)snprintf(config->listen[config->listen_count], ADDRESS_TEXT_MAX, "%s", value);
    config->listen_count++;
    return STATUS_OK;
}

static enum status add_http_host(struct config *config, const char *value, struct fault *fault)
{
    if (config->http_host_count == HTTP_HOSTS_MAX) {
        return bad(fault, "http_host", "too many names");
    }
    if (value[0] == '\0' || strlen(value) > HTTP_HOST_BYTES_MAX ||
        strpbrk(value, "/: \t") != NULL) {
        return bad(fault, "http_host", "a name without scheme and port");
    }
    (void)snprintf(config->http_host[config->http_host_count++], HTTP_HOST_BYTES_MAX + 1, "%s",
                   value);
    return STATUS_OK;
}

static bool parse_bytes(const char *text, uint64_t *ret_bytes)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || errno != 0) {
        return false;
    }
    static const char units[] = "KMGT";
    const char *unit = *end != '\0' ? strchr(units, *end) : NULL;
    unsigned shift = unit != NULL ? 10u * ((unsigned)(unit - units) + 1) : 0;
    if ((unit != NULL ? end[1] : end[0]) != '\0' || value > (UINT64_MAX >> shift)) {
        return false;
    }
    *ret_bytes = (uint64_t)value << shift;
    return true;
}

static bool parse_yes_no(const char *text, bool *ret_yes)
{
    *ret_yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
    return *ret_yes || strcmp(text, "no") == 0 || strcmp(text, "false") == 0;
}

enum status config_set(struct config *config, const char *key, const char *value,
                       struct fault *fault)
{
    if (strcmp(key, "data") == 0) {
        if (value[0] == '\0' || strlen(value) >= sizeof(config->data)) {
            return bad(fault, key, "not a path");
        }
        (void)snprintf(config->data, sizeof(config->data), "%s", value);
    } else if (strcmp(key, "map_bytes") == 0) {
        if (!parse_bytes(value, &config->map_bytes)) {
            return bad(fault, key, "a number of bytes, or with K, M, G or T after it");
        }
    } else if (strcmp(key, "snapshot_events") == 0) {
        if (!parse_bytes(value, &config->snapshot_events)) {
            return bad(fault, key, "a number of events, K or M may follow; 0 for no snapshots");
        }
    } else if (strcmp(key, "ephemeral") == 0) {
        if (!parse_yes_no(value, &config->ephemeral)) {
            return bad(fault, key, "yes or no");
        }
    } else if (strcmp(key, "scrub") == 0) {
        if (!parse_yes_no(value, &config->scrub)) {
            return bad(fault, key, "yes or no");
        }
    } else if (strcmp(key, "scrub_after") == 0) {
        if (!parse_bytes(value, &config->scrub_after_s) || config->scrub_after_s < 1 ||
            config->scrub_after_s > SCRUB_AFTER_S_MAX) {
            return bad(fault, key, "seconds, from 1 to 86400");
        }
    } else if (strcmp(key, "tcp_idle") == 0) {
        if (!parse_bytes(value, &config->tcp_idle_s) || config->tcp_idle_s < 1 ||
            config->tcp_idle_s > TCP_IDLE_MS / 1000) {
            return bad(fault, key, "seconds, from 1 to 600");
        }
    } else if (strcmp(key, "http_host") == 0) {
        return add_http_host(config, value, fault);
    } else if (strcmp(key, "listen") == 0) {
        return set_listen(config, value, fault);
    } else if (strcmp(key, "level") == 0) {
        if (!diag_level_named(value, &config->level)) {
            return bad(fault, key, "error, warn, info or debug");
        }
    } else {
        return bad(fault, key, "no such key");
    }
    return STATUS_OK;
}

struct reading {
    struct config *config;
    struct fault *fault;
    enum status status;
};

/* inih: 0 is an error, and ini_parse() will give the line of the first. */
static int on_key(void *arg, const char *section, const char *name, const char *value)
{
    struct reading *reading = arg;
    if (reading->status != STATUS_OK) {
        return 0;
    }
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(keys[i][0], section) == 0 && strcmp(keys[i][1], name) == 0) {
            reading->status = config_set(reading->config, name, value, reading->fault);
            return reading->status == STATUS_OK;
        }
    }
    reading->status = bad(reading->fault, name, "no such key"); /* F1 */
    fault_detail(reading->fault, "section=[%s]", section);
    return 0;
}

enum status config_read(struct config *config, const char *path, struct fault *fault)
{
    struct reading reading = {.config = config, .fault = fault, .status = STATUS_OK};
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        (void)fault_set(fault, STATUS_IO, "config");
        fault_detail(fault, "%s: %s", path, strerror(errno));
        return STATUS_IO;
    }
    int line = ini_parse_file(file, on_key, &reading);
    (void)fclose(file);
    if (line == 0) {
        return STATUS_OK;
    }
    if (reading.status == STATUS_OK) { /* inih itself did not like it */
        reading.status = bad(fault, "config", "neither [section] nor key = value");
    }
    fault_detail(fault, "%s:%d", path, line);
    return reading.status;
}

static enum status default_data(struct config *config, struct fault *fault)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int len;

    if (geteuid() == 0) {
        len = snprintf(config->data, sizeof(config->data), "/var/lib/accrued");
    } else if (state != NULL && state[0] == '/') {
        len = snprintf(config->data, sizeof(config->data), "%s/accrued", state);
    } else if (home != NULL && home[0] == '/') {
        len = snprintf(config->data, sizeof(config->data), "%s/.local/state/accrued", home);
    } else {
        return bad(fault, "data", "neither XDG_STATE_HOME nor HOME says where; use --data");
    }
    return len > 0 && (size_t)len < sizeof(config->data) ? STATUS_OK
                                                         : bad(fault, "data", "path too long");
}

static enum status default_listen(struct config *config, struct fault *fault)
{
    const char *run = getenv("XDG_RUNTIME_DIR");
    char text[ADDRESS_TEXT_MAX];
    int len;

    if (geteuid() == 0) {
        len = snprintf(text, sizeof(text), "unix:/run/accrued.sock");
    } else if (run != NULL && run[0] == '/') {
        len = snprintf(text, sizeof(text), "unix:%s/accrued.sock", run);
    } else {
        return bad(fault, "listen", "XDG_RUNTIME_DIR does not say where; use --listen unix:PATH");
    }
    if (len < 0 || (size_t)len >= sizeof(text)) {
        return bad(fault, "listen", "path too long");
    }
    return set_listen(config, text, fault);
}

enum status config_complete(struct config *config, bool listening, struct fault *fault)
{
    if (config->data[0] == '\0' && !config->ephemeral) {
        enum status status = default_data(config, fault);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return config->listen_count == 0 && !listening ? default_listen(config, fault) : STATUS_OK;
}
