/* Temporary directories and child processes for the store's tests. */

#include "tests/unit/store/place.h"

#include "tests/crash/story.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

void place_make(struct place *place)
{
    const char *base = getenv("TMPDIR");
    memset(place, 0, sizeof(*place));
    (void)snprintf(place->root, sizeof(place->root), "%.40s/accrue-store-XXXXXX",
                   base != NULL ? base : "/tmp");
    assert_non_null(mkdtemp(place->root));
    (void)snprintf(place->log, sizeof(place->log), "%s/log", place->root);
    place->options = (struct log_options){
        .create = true, .ephemeral = true, .map_bytes = GIB, .zero_step = 64 * KIB};
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

void place_remove(struct place *place)
{
    (void)nftw(place->root, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

const char *place_file(const char *name, struct place *place)
{
    static char path[192];
    (void)snprintf(path, sizeof(path), "%s/%.80s", place->log, name);
    return path;
}

struct log *place_open(struct place *place, enum status expected)
{
    struct log *log = NULL;
    memset(&place->fault, 0, sizeof(place->fault));
    enum status status = log_open(place->log, &place->options, &log, &place->fault);
    if (status != expected) {
        print_message("%s: %s\n", status_name(status), place->fault.detail);
    }
    assert_int_equal(status, expected);
    return log;
}

void place_fill(struct place *place, unsigned groups)
{
    struct log *log = place_open(place, STATUS_OK);
    for (unsigned k = 0; k < groups; k++) {
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
    }
    log_close(log);
}

int place_child(int (*body)(void *arg), void *arg)
{
    int how = 0;
    (void)fflush(stdout);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)alarm(20);
        _exit(body(arg));
    }
    assert_int_equal(waitpid(pid, &how, 0), pid);
    return WIFEXITED(how) ? WEXITSTATUS(how) : 1000 + WTERMSIG(how);
}

size_t place_read(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t len = read(fd, text, size - 1);
    assert_true(len >= 0);
    text[len] = '\0';
    (void)close(fd);
    return (size_t)len;
}

void place_write(const char *path, const void *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (ssize_t)len);
    (void)close(fd);
}
