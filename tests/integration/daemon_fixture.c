/* The process half: see the header. */

#include "tests/integration/daemon_fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

#define ARGUMENTS_MAX 24

void daemon_make(struct daemon *daemon)
{
    memset(daemon, 0, sizeof(*daemon));
    (void)snprintf(daemon->dir, sizeof(daemon->dir), "/tmp/accrued-test-XXXXXX");
    assert_non_null(mkdtemp(daemon->dir));
    (void)snprintf(daemon->data, sizeof(daemon->data), "%s/data", daemon->dir);
    (void)snprintf(daemon->socket, sizeof(daemon->socket), "%s/s", daemon->dir);
    (void)snprintf(daemon->errors, sizeof(daemon->errors), "%s/stderr", daemon->dir);
}

static void exec_daemon(const struct daemon *daemon, const char *const *arguments, unsigned files)
{
    char program[512];
    const char *argv[ARGUMENTS_MAX] = {"accrued"};
    size_t count = 1;

    (void)snprintf(program, sizeof(program), "%s/accrued", getenv("ACCRUE_BIN_DIR"));
    while (arguments[count - 1] != NULL && count < ARGUMENTS_MAX - 1) {
        argv[count] = arguments[count - 1];
        count++;
    }
    int fd = open(daemon->errors, O_WRONLY | O_CREAT | O_APPEND, 0600);
    (void)dup2(fd, 2);
    if (files != 0) {
        const struct rlimit limit = {.rlim_cur = files, .rlim_max = files};
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    (void)execv(program, (char *const *)(uintptr_t)argv);
    _exit(127);
}

int daemon_wait(struct daemon *daemon)
{
    int status;
    assert_int_equal(waitpid(daemon->pid, &status, 0), daemon->pid);
    daemon->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void print_errors(const struct daemon *daemon)
{
    char text[4096];
    int fd = open(daemon->errors, O_RDONLY);
    ssize_t len = fd >= 0 ? read(fd, text, sizeof(text)) : 0;
    if (len > 0) {
        print_error("%.*s\n", (int)len, text);
    }
    (void)close(fd);
}

static void await_ready(struct daemon *daemon, int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    if (poll(&ready, 1, PATIENCE_MS) != 1) {
        print_errors(daemon);
        fail_msg("not ready in time");
    }
    ssize_t len = read(fd, daemon->ready, sizeof(daemon->ready) - 1);
    (void)close(fd);
    if (len <= 0) {
        (void)daemon_wait(daemon);
        print_errors(daemon);
        fail_msg("it did not start");
    }
    daemon->ready[len] = '\0';
}

void daemon_start(struct daemon *daemon, const char *const *more, unsigned files)
{
    char listen[80], ready[16];
    int pipe_fds[2];
    const char *arguments[ARGUMENTS_MAX] = {"--listen", listen, "--ready-fd", ready};
    size_t count = 4;

    (void)snprintf(listen, sizeof(listen), "unix:%s", daemon->socket);
    if (daemon->data[0] != '\0') {
        arguments[count++] = "--data";
        arguments[count++] = daemon->data;
    }
    for (size_t i = 0; more != NULL && more[i] != NULL; i++) {
        arguments[count++] = more[i];
    }
    assert_int_equal(pipe(pipe_fds), 0);
    (void)snprintf(ready, sizeof(ready), "%d", pipe_fds[1]);
    daemon->pid = fork();
    assert_true(daemon->pid >= 0);
    if (daemon->pid == 0) {
        (void)close(pipe_fds[0]);
        exec_daemon(daemon, arguments, files);
    }
    (void)close(pipe_fds[1]);
    await_ready(daemon, pipe_fds[0]);
}

int daemon_run(struct daemon *daemon, const char *const *arguments)
{
    pid_t running = daemon->pid;
    daemon->pid = fork();
    assert_true(daemon->pid >= 0);
    if (daemon->pid == 0) {
        (void)alarm(PATIENCE_MS / 1000);
        exec_daemon(daemon, arguments, 0);
    }
    int status = daemon_wait(daemon);
    daemon->pid = running;
    return status;
}

int daemon_stop(struct daemon *daemon, int number)
{
    assert_true(daemon->pid > 0);
    assert_int_equal(kill(daemon->pid, number), 0);
    return daemon_wait(daemon);
}

bool daemon_said(const struct daemon *daemon, const char *text)
{
    char line[2048];
    bool found = false;
    FILE *file = fopen(daemon->errors, "r");
    while (file != NULL && !found && fgets(line, sizeof(line), file) != NULL) {
        found = strstr(line, text) != NULL;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return found;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define INSTRUMENTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define INSTRUMENTED 1
#endif
#endif

size_t daemon_memory_kib(const struct daemon *daemon)
{
#ifdef INSTRUMENTED
    (void)daemon;
    return 0;
#else
    char path[64], line[256];
    size_t kib = 0;
    (void)snprintf(path, sizeof(path), "/proc/%d/status", (int)daemon->pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof(line), file) != NULL) {
        if (strncmp(line, "RssAnon:", 8) == 0) {
            kib = strtoul(line + 8, NULL, 10);
        }
    }
    (void)fclose(file);
    return kib;
#endif
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void daemon_remove(struct daemon *daemon)
{
    if (daemon->pid > 0) {
        (void)kill(daemon->pid, SIGKILL);
        (void)daemon_wait(daemon);
    }
    (void)nftw(daemon->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
