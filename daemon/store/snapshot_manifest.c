/* The manifest: lines of key=value, the last one the checksum of those before it.
 *
 *   format=1
 *   layout=<what the rows mean>
 *   log_id=<hexadecimal>  seq=<number>  root=<hexadecimal>  edge=<as in the anchor>
 *   number=<number>  time=<microseconds since 1970>
 *   column=<name> <bytes of a row> <rows> <CRC-32C of the rows, hexadecimal>     and so on
 *   crc32c=<hexadecimal> */

#include "daemon/store/file.h"
#include "daemon/store/snapshot_files.h"

#include "daemon/base/crc32c.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CRC_LINE_LEN (sizeof("crc32c=01234567\n") - 1)

char *snapshot_path(const struct log *log, const char *name, const char *suffix)
{
    char relative[64];
    (void)snprintf(relative, sizeof(relative), SNAPSHOT_DIRECTORY "/%s%s", name, suffix);
    return path_of(log->directory, relative);
}

#define COLUMN_LINE_MAX (SNAPSHOT_NAME_MAX + 56u)
_Static_assert(512 + 2 * HASH_BYTES * TREE_EDGE_MAX + COLUMN_LINE_MAX < FILE_BYTES_MAX,
               "the head fits whatever the tree");

static void crc_line(const char *text, size_t len, char out[CRC_LINE_LEN + 1])
{
    (void)snprintf(out, CRC_LINE_LEN + 1, "crc32c=%08x\n", (unsigned)crc32c(slice_of(text, len)));
}

/* ---- writing ---- */

static size_t put_head(const struct log *log, const struct snapshot_head *head, char *out)
{
    char id[2 * LOG_ID_BYTES + 1];
    char hash[2 * HASH_BYTES + 1];
    uint8_t root[HASH_BYTES];
    unsigned edges = (unsigned)__builtin_popcountll(head->tree.size);
    tree_root(&head->tree, root);
    hex_write(log->format.id, LOG_ID_BYTES, id);
    hex_write(root, HASH_BYTES, hash);
    size_t at = (size_t)snprintf(
        out, 512, "format=%u\nlayout=%s\nlog_id=%s\nseq=%llu\nroot=%s\nnumber=%llu\ntime=%lld\n",
        SNAPSHOT_FORMAT, head->layout, id, (unsigned long long)head->tree.size, hash,
        (unsigned long long)head->number, (long long)head->time);
    at += (size_t)snprintf(out + at, 512 - at, "edge=");
    for (unsigned i = 0; i < edges; i++) {
        hex_write(head->tree.edge[i], HASH_BYTES, out + at);
        at += 2 * (size_t)HASH_BYTES;
    }
    out[at++] = '\n';
    return at;
}

/* All of it to `text`; 0 if it is longer than what manifest_read() takes. */
static size_t put_all(const struct log *log, const struct snapshot_manifest *manifest,
                      char text[FILE_BYTES_MAX])
{
    const size_t most = FILE_BYTES_MAX - CRC_LINE_LEN - COLUMN_LINE_MAX;
    char line[CRC_LINE_LEN + 1];
    size_t at = put_head(log, &manifest->head, text);
    for (uint32_t i = 0; i < manifest->head.count; i++) {
        const struct snapshot_column *column = &manifest->head.columns[i];
        if (at > most) {
            return 0;
        }
        at += (size_t)snprintf(text + at, COLUMN_LINE_MAX, "column=%s %u %llu %08x\n", column->name,
                               (unsigned)column->row_bytes, (unsigned long long)column->rows,
                               (unsigned)manifest->crc[i]);
    }
    crc_line(text, at, line);
    memcpy(text + at, line, CRC_LINE_LEN);
    return at + CRC_LINE_LEN;
}

bool manifest_write(const struct log *log, const struct snapshot_manifest *manifest)
{
    char *text = malloc(FILE_BYTES_MAX);
    char *path = snapshot_path(log, "manifest", "");
    size_t len = text != NULL && path != NULL ? put_all(log, manifest, text) : 0;
    bool good = len > 0 && len < FILE_BYTES_MAX;
    if (good) {
        good = file_replace(path, text, len);
    } else {
        errno = EFBIG;
    }
    int error = errno;
    free(path);
    free(text);
    errno = error;
    return good;
}

/* ---- reading ---- */

static enum status odd(struct fault *fault, const char *what)
{
    (void)fault_set(fault, STATUS_CORRUPT, NULL);
    fault_detail(fault, "file=facts/manifest what=%s", what);
    return STATUS_CORRUPT;
}

static bool take_layout(const char *text, char out[SNAPSHOT_LAYOUT_MAX + 1])
{
    struct slice value;
    if (!line_find(text, "layout", &value) || value.len > SNAPSHOT_LAYOUT_MAX) {
        return false;
    }
    memcpy(out, value.data, value.len);
    out[value.len] = '\0';
    return true;
}

static bool take_tree(const char *text, struct tree *tree)
{
    uint8_t given[HASH_BYTES];
    uint8_t root[HASH_BYTES];
    struct slice edge;
    tree_init(tree);
    if (!line_number(text, "seq", &tree->size) || !line_hex(text, "root", given, HASH_BYTES) ||
        !line_find(text, "edge", &edge)) {
        return false;
    }
    size_t edges = (size_t)__builtin_popcountll(tree->size);
    if (tree->size == 0 || edge.len != edges * 2 * HASH_BYTES) {
        return false;
    }
    for (size_t i = 0; i < edges; i++) {
        struct slice digits = slice_of(edge.data + i * 2 * HASH_BYTES, 2 * (size_t)HASH_BYTES);
        if (!hex_read(digits, tree->edge[i], HASH_BYTES)) {
            return false;
        }
    }
    tree_root(tree, root);
    return memcmp(root, given, HASH_BYTES) == 0;
}

/* Digits up to `end`, which is stepped over. */
static bool take_digits(const char **at, int base, char end, uint64_t *ret)
{
    char *after;
    if (strchr("0123456789abcdef", **at) == NULL) {
        return false;
    }
    errno = 0;
    *ret = strtoull(*at, &after, base);
    bool good = errno == 0 && *after == end;
    *at = after + 1;
    return good;
}

/* One `column=` line; NULL if it is none. Gives where the next one begins. */
static const char *take_column(const char *line, struct snapshot_manifest *manifest)
{
    static const char key[] = "column=";
    struct snapshot_head *head = &manifest->head;
    struct snapshot_column *column = &head->columns[head->count];
    uint64_t row_bytes;
    uint64_t crc;
    const char *at = line + sizeof(key) - 1;
    if (head->count == SNAPSHOT_COLUMNS_MAX || strncmp(line, key, sizeof(key) - 1) != 0) {
        return NULL;
    }
    size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyz_");
    if (len == 0 || len > SNAPSHOT_NAME_MAX || at[len] != ' ') {
        return NULL;
    }
    memcpy(column->name, at, len);
    at += len + 1;
    if (!take_digits(&at, 10, ' ', &row_bytes) || !take_digits(&at, 10, ' ', &column->rows) ||
        !take_digits(&at, 16, '\n', &crc) || row_bytes == 0 || row_bytes > SNAPSHOT_PIECE_BYTES ||
        column->rows > INT64_MAX / row_bytes || crc > UINT32_MAX) {
        return NULL;
    }
    column->row_bytes = (uint32_t)row_bytes;
    manifest->crc[head->count++] = (uint32_t)crc;
    return at;
}

static bool take_columns(const char *text, struct snapshot_manifest *manifest)
{
    const char *line = strstr(text, "\ncolumn=");
    const char *end = text + strlen(text) - CRC_LINE_LEN;
    line = line != NULL ? line + 1 : end;
    while (line != NULL && line < end) {
        line = take_column(line, manifest);
    }
    return line == end;
}

static enum status take_all(const struct log *log, const char *text,
                            struct snapshot_manifest *manifest, struct fault *fault)
{
    uint8_t id[LOG_ID_BYTES];
    uint64_t format;
    uint64_t time;
    char line[CRC_LINE_LEN + 1];
    size_t len = strlen(text);
    struct snapshot_head *head = &manifest->head;

    memset(manifest, 0, sizeof(*manifest));
    if (len <= CRC_LINE_LEN) {
        return odd(fault, "cut");
    }
    crc_line(text, len - CRC_LINE_LEN, line);
    if (strcmp(text + len - CRC_LINE_LEN, line) != 0) {
        return odd(fault, "damaged");
    }
    if (!line_number(text, "format", &format) || format != SNAPSHOT_FORMAT) {
        return odd(fault, "of_another_format");
    }
    if (!line_hex(text, "log_id", id, LOG_ID_BYTES) ||
        memcmp(id, log->format.id, LOG_ID_BYTES) != 0) {
        return odd(fault, "of_another_log");
    }
    if (!take_layout(text, head->layout) || !take_tree(text, &head->tree) ||
        !line_number(text, "number", &head->number) || !line_number(text, "time", &time) ||
        !take_columns(text, manifest)) {
        return odd(fault, "not_understood");
    }
    head->time = (int64_t)time;
    return STATUS_OK;
}

enum status manifest_read(const struct log *log, struct snapshot_manifest *ret_manifest,
                          struct fault *fault)
{
    char *text = malloc(FILE_BYTES_MAX);
    char *path = snapshot_path(log, "manifest", "");
    enum status status;
    if (text == NULL || path == NULL) {
        status = fault_set(fault, STATUS_NOMEM, NULL);
    } else if (file_read(path, text)) {
        status = take_all(log, text, ret_manifest, fault);
    } else if (errno == ENOENT) {
        status = fault_set(fault, STATUS_NOT_FOUND, NULL);
    } else {
        status = odd(fault, "cannot_be_read");
    }
    free(path);
    free(text);
    return status;
}

/* ---- deleting ---- */

static bool of_snapshots(const char *name)
{
    size_t len = strlen(name);
    return strncmp(name, "manifest", 8) == 0 ||
           (len > 5 && len < 32 && strcmp(name + len - 5, ".rows") == 0);
}

bool snapshot_delete(const struct log *log)
{
    char *manifest = snapshot_path(log, "manifest", "");
    char *directory = path_of(log->directory, SNAPSHOT_DIRECTORY);
    bool gone = manifest != NULL && directory != NULL;
    DIR *files = gone ? opendir(directory) : NULL;
    if (gone && files != NULL) {
        gone = file_remove(manifest); /* first: what it names is about to go */
        for (const struct dirent *file; gone && (file = readdir(files)) != NULL;) {
            if (of_snapshots(file->d_name)) {
                char *path = snapshot_path(log, file->d_name, "");
                (void)(path != NULL && unlink(path) == 0);
                free(path);
            }
        }
        (void)closedir(files);
    } else if (gone) {
        gone = errno == ENOENT;
    }
    free(directory);
    free(manifest);
    return gone;
}
