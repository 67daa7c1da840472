/* Runs a fuzz target once over every file of its committed corpus.
 *
 * Takes the place of libFuzzer in builds without it, so that an input that once broke a
 * decoder is a regression test with every compiler and sanitizer. The empty input is always
 * tried; a corpus that does not exist yet is an empty one. A file that cannot be read fails
 * the run: a test that silently skips its inputs proves nothing.
 *
 *   fuzz_NAME FILE-OR-DIRECTORY... */

#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PATH_BYTES_MAX 4096

struct replay {
    unsigned long inputs;
    unsigned long failures;
};

static void complain(struct replay *replay, const char *path)
{
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    replay->failures++;
}

/* The input lives in a heap block of its exact size, so that ASan sees one byte too far. */
static void replay_file(struct replay *replay, const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (!file || !data || fread(data, 1, size, file) != size) {
        complain(replay, path);
    } else {
        (void)LLVMFuzzerTestOneInput(data, size);
        replay->inputs++;
    }
    free(data);
    if (file) {
        (void)fclose(file);
    }
}

static void replay_directory(struct replay *replay, const char *path)
{
    DIR *dir = opendir(path);
    if (!dir) {
        complain(replay, path);
        return;
    }
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char child[PATH_BYTES_MAX];
        struct stat info;
        int len = snprintf(child, sizeof(child), "%s/%s", path, entry->d_name);
        if (len < 0 || (size_t)len >= sizeof(child)) {
            errno = ENAMETOOLONG;
            complain(replay, path);
        } else if (stat(child, &info) != 0) {
            complain(replay, child);
        } else if (S_ISREG(info.st_mode)) {
            replay_file(replay, child, (size_t)info.st_size);
        }
    }
    (void)closedir(dir);
}

int main(int argc, char **argv)
{
    struct replay replay = {0};
    uint8_t none = 0;

    (void)LLVMFuzzerTestOneInput(&none, 0);
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (stat(argv[i], &info) != 0) {
            if (errno != ENOENT) {
                complain(&replay, argv[i]);
            }
        } else if (S_ISDIR(info.st_mode)) {
            replay_directory(&replay, argv[i]);
        } else {
            replay_file(&replay, argv[i], (size_t)info.st_size);
        }
    }
    printf("%lu inputs, %lu unreadable\n", replay.inputs, replay.failures);
    return replay.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
