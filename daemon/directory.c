/* Two levels deep at most is what lies under a data directory, and links are not followed. */

#include "daemon/directory.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MAX 8

bool directory_make_above(const char *path)
{
    char above[PATH_MAX];
    size_t len = strlen(path);
    if (len >= sizeof(above)) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(above, path, len + 1);
    for (char *slash = strchr(above + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(above, 0700) != 0 && errno != EEXIST) {
            return false;
        }
        *slash = '/';
    }
    return true;
}

bool directory_make_passing(char *out, size_t size)
{
    const char *tmp = getenv("TMPDIR");
    int len = snprintf(out, size, "%s/accrued-XXXXXX", tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
    if (len < 0 || (size_t)len >= size) {
        errno = ENAMETOOLONG;
        return false;
    }
    return mkdtemp(out) != NULL;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void directory_remove(const char *path)
{
    (void)nftw(path, remove_one, DEPTH_MAX, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}
