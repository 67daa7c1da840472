/* Three variables of the environment, so it needs no library: libsystemd would bring four
 * decompressors and a cipher library into the process for them.
 *
 *   Y1  Nothing is guessed: a count, a name or a descriptor that cannot be is an error of whoever
 *       configured it, and the daemon does not start on half of its sockets.
 *   Y2  A LISTEN_PID of somebody else is none of our errors: a variable that a parent forgot. */

#include "daemon/activation.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST_FD 3

static enum status bad(struct fault *fault, const char *variable)
{
    return fault_set(fault, STATUS_BAD_PARAMS, variable);
}

static bool parse_number(const char *text, long *ret_number)
{
    char *end;
    errno = 0;
    *ret_number = strtol(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0;
}

/* Does the next name of `names` (colons between them) say `rpc` or `http`? Moves to the one after
 * it. */
static bool next_is_known(const char **names, bool *ret_http)
{
    size_t len = strcspn(*names, ":");
    bool rpc = len == 3 && memcmp(*names, "rpc", 3) == 0;
    *ret_http = len == 4 && memcmp(*names, "http", 4) == 0;
    *names += len;
    *names += **names == ':' ? 1 : 0;
    return rpc || *ret_http;
}

static enum status read_names(struct activation *activation, const char *names, long count,
                              struct fault *fault)
{
    long named = 1;
    for (const char *at = strchr(names, ':'); at != NULL; at = strchr(at + 1, ':')) {
        named++;
    }
    if (named != count) {
        (void)bad(fault, "LISTEN_FDNAMES");
        fault_detail(fault, "%ld names for %ld sockets", named, count);
        return STATUS_BAD_PARAMS;
    }
    const char *at = names;
    for (long i = 0; i < named; i++) {
        const char *name = at;
        if (!next_is_known(&at, &activation->http[i])) {
            (void)bad(fault, "LISTEN_FDNAMES");
            fault_detail(fault, "FileDescriptorName= must be rpc or http, not %.*s",
                         (int)strcspn(name, ":"), name);
            return STATUS_BAD_PARAMS;
        }
    }
    return STATUS_OK;
}

static enum status take_descriptors(struct activation *activation, long count, struct fault *fault)
{
    for (int fd = FIRST_FD; fd < FIRST_FD + (int)count; fd++) {
        if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
            (void)bad(fault, "LISTEN_FDS");
            fault_detail(fault, "%ld sockets from descriptor %d on, but %d is not open", count,
                         FIRST_FD, fd);
            return STATUS_BAD_PARAMS;
        }
        activation->fds[activation->count++] = fd;
    }
    return STATUS_OK;
}

static enum status take(struct activation *activation, struct fault *fault)
{
    const char *pid_text = getenv("LISTEN_PID");
    const char *count_text = getenv("LISTEN_FDS");
    const char *names = getenv("LISTEN_FDNAMES");
    long pid, count;

    if (pid_text == NULL || count_text == NULL) {
        return STATUS_OK;
    }
    if (!parse_number(pid_text, &pid)) {
        return bad(fault, "LISTEN_PID");
    }
    if (pid != (long)getpid()) { /* Y2 */
        diag(DIAG_WARN, "sockets of another process are not used", "listen_pid=%ld", pid);
        return STATUS_OK;
    }
    if (!parse_number(count_text, &count) || count > (long)LISTEN_MAX) {
        (void)bad(fault, "LISTEN_FDS");
        fault_detail(fault, "a number of sockets, at most %u", LISTEN_MAX);
        return STATUS_BAD_PARAMS;
    }
    if (count == 0) {
        return STATUS_OK;
    }
    enum status status = names != NULL ? read_names(activation, names, count, fault) : STATUS_OK;
    return status != STATUS_OK ? status : take_descriptors(activation, count, fault);
}

enum status activation_take(struct activation *ret_activation, struct fault *fault)
{
    static const char *const variables[] = {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"};
    *ret_activation = (struct activation){0};
    enum status status = take(ret_activation, fault);
    for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
        (void)unsetenv(variables[i]);
    }
    return status;
}
