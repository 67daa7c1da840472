/* A child is two handles, process and stdout.
 *
 *   C1  Its exit is reported when it has ended and its output has been read to the end, so no
 *       line comes after the exit; it is freed when both handles are closed.
 *   C2  It dies with us: the worker asks the kernel for that itself (PR_SET_PDEATHSIG).
 *   C3  A signal is sent only before its exit is known: after that the number may be another
 *       process's. */

#include "daemon/net/child.h"

#include <signal.h>
#include <stdlib.h>

#include "daemon/base/check.h"

#define ARGUMENTS_MAX 32u

struct child {
    struct list_node link;
    struct children *children;
    void *arg;
    uv_process_t process;
    uv_pipe_t out;
    unsigned open;       /* handles */
    unsigned unfinished; /* exit, end of output */
    int status;
    bool exited;
    uint64_t kill_ms; /* when SIGKILL follows, 0 = not being ended */
    size_t len;
    char line[CHILD_LINE_MAX];
    char chunk[4096];
};

void children_init(struct children *children, uv_loop_t *loop)
{
    *children = (struct children){.loop = loop};
    list_init(&children->running);
}

static void on_closed(uv_handle_t *handle)
{
    struct child *child = handle->data;
    child->open--;
    if (child->open == 0) {
        free(child);
    }
}

static void line_done(struct child *child)
{
    if (child->len > 0) {
        service_child_line(child->children->service, child->arg, slice_of(child->line, child->len));
    }
    child->len = 0;
}

static void part_done(struct child *child)
{
    INVARIANT(child->unfinished > 0);
    child->unfinished--;
    if (child->unfinished > 0) {
        return;
    }
    line_done(child);
    list_remove(&child->link);
    child->children->count--;
    service_child_exit(child->children->service, child->arg, child->status);
    uv_close((uv_handle_t *)&child->process, on_closed);
    uv_close((uv_handle_t *)&child->out, on_closed);
}

/* As a shell has it: the exit status, or 128 and the signal. */
static void on_exit_of(uv_process_t *process, int64_t status, int signal)
{
    struct child *child = process->data;
    child->status = signal != 0 ? 128 + signal : (int)status;
    child->exited = true;
    part_done(child);
}

static void on_space(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_buffer)
{
    struct child *child = handle->data;
    (void)suggested;
    *ret_buffer = uv_buf_init(child->chunk, sizeof(child->chunk));
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
    struct child *child = stream->data;
    if (count < 0) {
        (void)uv_read_stop(stream);
        part_done(child);
        return;
    }
    for (ssize_t i = 0; i < count; i++) {
        if (buffer->base[i] == '\n') {
            line_done(child);
        } else if (child->len < CHILD_LINE_MAX) {
            child->line[child->len++] = buffer->base[i];
        }
    }
}

static enum status start(struct child *child, const char *const *argv)
{
    static char program[] = "/proc/self/exe";
    char *arguments[ARGUMENTS_MAX + 2] = {program};
    size_t count = 0;

    while (argv[count] != NULL) {
        INVARIANT(count < ARGUMENTS_MAX);
        arguments[count + 1] = (char *)(uintptr_t)argv[count]; /* not changed by uv_spawn */
        count++;
    }
    uv_stdio_container_t stdio[3] = {
        {.flags = UV_IGNORE},
        {.flags = (uv_stdio_flags)(UV_CREATE_PIPE | UV_WRITABLE_PIPE),
         .data.stream = (uv_stream_t *)&child->out},
        {.flags = UV_INHERIT_FD, .data.fd = 2},
    };
    const uv_process_options_t options = {
        .exit_cb = on_exit_of,
        .file = program,
        .args = arguments,
        .stdio_count = 3,
        .stdio = stdio,
    };
    if (uv_spawn(child->children->loop, &child->process, &options) != 0) {
        return STATUS_UNAVAILABLE;
    }
    int rc = uv_read_start((uv_stream_t *)&child->out, on_space, on_read);
    INVARIANT(rc == 0);
    return STATUS_OK;
}

enum status children_spawn(struct children *children, const char *const *argv, void *child_arg)
{
    if (children->count >= CHILDREN_MAX) {
        return STATUS_OVERLOADED;
    }
    struct child *child = calloc(1, sizeof(*child));
    if (child == NULL) {
        return STATUS_NOMEM;
    }
    child->children = children;
    child->arg = child_arg;
    child->process.data = child;
    child->out.data = child;
    child->open = 2;
    child->unfinished = 2;
    list_init(&child->link);
    int rc = uv_pipe_init(children->loop, &child->out, 0);
    INVARIANT(rc == 0);
    enum status status = start(child, argv);
    if (status != STATUS_OK) {
        uv_close((uv_handle_t *)&child->process, on_closed); /* uv_spawn has made it a handle */
        uv_close((uv_handle_t *)&child->out, on_closed);
        return status;
    }
    list_push_back(&children->running, &child->link);
    children->count++;
    return STATUS_OK;
}

static void signal_to(struct child *child, int number)
{
    if (!child->exited) { /* C3 */
        (void)uv_process_kill(&child->process, number);
    }
}

void children_end(struct children *children, const void *child_arg)
{
    for (struct list_node *at = children->running.next; at != &children->running; at = at->next) {
        struct child *child = LIST_ELEMENT(at, struct child, link);
        if (child->arg == child_arg && child->kill_ms == 0) {
            signal_to(child, SIGTERM);
            child->kill_ms = uv_now(children->loop) + CHILD_GRACE_MS;
        }
    }
}

void children_tick(struct children *children, uint64_t now_ms)
{
    for (struct list_node *at = children->running.next; at != &children->running; at = at->next) {
        struct child *child = LIST_ELEMENT(at, struct child, link);
        if (child->kill_ms != 0 && child->kill_ms <= now_ms) {
            signal_to(child, SIGKILL);
        }
    }
}

/* A worker changes nothing and has nothing to put away: no grace, which would be the daemon's. */
void children_kill(struct children *children)
{
    for (struct list_node *at = children->running.next; at != &children->running; at = at->next) {
        signal_to(LIST_ELEMENT(at, struct child, link), SIGKILL);
    }
}
