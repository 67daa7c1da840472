/* A place in a JSON value: `obligations[1].amount_fen`, as the daemon names fields in errors. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/correction.h"

#define STEP_MAX 128u

/* The next step of the path: a key, or an index (then *ret_index >= 0). NULL: malformed. */
static const char *next_step(const char *path, char key[STEP_MAX], long *ret_index)
{
    *ret_index = -1;
    if (*path == '[') {
        char *end;
        if (path[1] < '0' || path[1] > '9') {
            return NULL;
        }
        *ret_index = strtol(path + 1, &end, 10);
        return *end == ']' ? end + 1 : NULL;
    }
    size_t len = strcspn(path, ".[");
    if (len == 0 || len >= STEP_MAX) {
        return NULL;
    }
    memcpy(key, path, len);
    key[len] = '\0';
    return path + len;
}

static bool put(json_t *root, const char *key, long index, json_t *value)
{
    if (index >= 0) {
        size_t at = (size_t)index;
        if (!json_is_array(root) || at >= json_array_size(root)) {
            json_decref(value);
            return false;
        }
        return value == NULL ? json_array_remove(root, at) == 0
                             : json_array_set_new(root, at, value) == 0;
    }
    if (!json_is_object(root)) {
        json_decref(value);
        return false;
    }
    return value == NULL ? json_object_del(root, key) == 0
                         : json_object_set_new(root, key, value) == 0;
}

bool json_path_set(json_t *root, const char *path, json_t *value)
{
    for (;;) {
        char key[STEP_MAX];
        long index;
        path = next_step(path, key, &index);
        if (path == NULL || root == NULL) {
            json_decref(value);
            return false;
        }
        if (*path == '\0') {
            return put(root, key, index, value);
        }
        root = index >= 0 ? json_array_get(root, (size_t)index) : json_object_get(root, key);
        path += *path == '.';
    }
}
