/* The daemon's voice: see D1 to D3 in the header.
 *
 * Under the journal (JOURNAL_STREAM names the device and inode of stderr) the journal adds the
 * time and takes the priority from `<N>`; a terminal or a file gets the time instead. The check
 * compares the inode, since a child may inherit the variable and have another stderr. */

#include "daemon/base/diag.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct {
    const char *name;
    int priority; /* of syslog(3) */
} levels[] = {
    [DIAG_ERROR] = {"error", 3},
    [DIAG_WARN] = {"warn", 4},
    [DIAG_INFO] = {"info", 6},
    [DIAG_DEBUG] = {"debug", 7},
};

static _Atomic int lowest = DIAG_INFO;

void diag_set_level(enum diag_level level)
{
    atomic_store(&lowest, (int)level);
}

bool diag_level_named(const char *name, enum diag_level *ret_level)
{
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        if (strcmp(levels[i].name, name) == 0) {
            *ret_level = (enum diag_level)i;
            return true;
        }
    }
    return false;
}

static bool look_for_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    struct stat info;
    if (stream == NULL || fstat(STDERR_FILENO, &info) != 0) {
        return false;
    }
    char *colon;
    uintmax_t device = strtoumax(stream, &colon, 10);
    if (*colon != ':') {
        return false;
    }
    uintmax_t inode = strtoumax(colon + 1, NULL, 10);
    return device == (uintmax_t)info.st_dev && inode == (uintmax_t)info.st_ino;
}

static bool under_journal(void)
{
    static _Atomic int known = -1; /* asked once; two threads asking get one answer */
    int answer = atomic_load(&known);
    if (answer < 0) {
        answer = look_for_journal() ? 1 : 0;
        atomic_store(&known, answer);
    }
    return answer == 1;
}

static size_t write_head(enum diag_level level, char *line, size_t size)
{
    if (under_journal()) {
        return (size_t)snprintf(line, size, "<%d>", levels[level].priority);
    }
    struct timespec now;
    struct tm parts;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (gmtime_r(&now.tv_sec, &parts) == NULL) {
        return 0;
    }
    size_t len = strftime(line, size, "ts=%Y-%m-%dT%H:%M:%S", &parts);
    len += (size_t)snprintf(line + len, size - len, ".%03ldZ level=%s ", now.tv_nsec / 1000000,
                            levels[level].name);
    return len;
}

void diag(enum diag_level level, const char *text, const char *fields, ...)
{
    char line[DIAG_LINE_MAX];
    size_t room = sizeof(line) - 1; /* for the newline */

    if ((int)level > atomic_load(&lowest)) {
        return;
    }
    size_t len = write_head(level, line, room);
    int more =
        snprintf(line + len, room - len, strchr(text, ' ') != NULL ? "msg=\"%s\"" : "msg=%s", text);
    len += more > 0 ? (size_t)more : 0;
    if (len + 1 < room && fields[0] != '\0') {
        va_list arguments;
        line[len++] = ' ';
        va_start(arguments, fields);
        more = vsnprintf(line + len, room - len, fields, arguments);
        va_end(arguments);
        len += more > 0 ? (size_t)more : 0;
    }
    len = len < room ? len : room - 1;
    line[len++] = '\n';
    ssize_t written = write(STDERR_FILENO, line, len); /* D2 */
    (void)written;                                     /* there is nobody left to tell */
}

const char *diag_text(const char *text, char *out, size_t size)
{
    bool plain = text[0] != '\0';
    for (const char *at = text; plain && *at != '\0'; at++) {
        plain = *at > ' ' && *at != '"' && *at != '=' && *at != '\\' && *at != 0x7f;
    }
    if (plain && strlen(text) < size) {
        memcpy(out, text, strlen(text) + 1);
        return out;
    }
    size_t len = 0;
    out[len++] = '"';
    for (const char *at = text; *at != '\0' && len + 4 < size; at++) {
        if (*at == '"' || *at == '\\') {
            out[len++] = '\\';
        }
        bool control = (unsigned char)*at < ' ' || *at == 0x7f;
        out[len++] = control ? '?' : *at;
    }
    out[len++] = '"';
    out[len] = '\0';
    return out;
}
