/* Small files: FORMAT, the anchor, the poison marker.
 *
 *   F1  A file is replaced by writing another, syncing it, renaming it and syncing the
 *       directory; so whoever reads it sees the old text or the new one.
 *   F2  A rename or a new name is durable only after an fsync of the directory. */

#include "daemon/store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *joined(const char *first, const char *second, const char *third)
{
    size_t lens[3] = {strlen(first), strlen(second), strlen(third)};
    char *text = malloc(lens[0] + lens[1] + lens[2] + 1);
    if (text != NULL) {
        memcpy(text, first, lens[0]);
        memcpy(text + lens[0], second, lens[1]);
        memcpy(text + lens[0] + lens[1], third, lens[2] + 1);
    }
    return text;
}

char *path_of(const char *directory, const char *name)
{
    return joined(directory, "/", name);
}

bool file_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

bool directory_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool synced = fsync(fd) == 0;
    int error = errno;
    (void)close(fd);
    errno = error;
    return synced;
}

bool directory_sync_above(const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    while (len > 0 && path[len - 1] != '/') {
        len--;
    }
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    if (len == 0) {
        return directory_sync(".");
    }
    char *above = strndup(path, len);
    if (above == NULL) {
        return false;
    }
    bool synced = directory_sync(above);
    free(above);
    return synced;
}

bool file_write(const char *path, const char *text, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return false;
    }
    ssize_t written = write(fd, text, len);
    bool good = written == (ssize_t)len;
    if (written >= 0 && !good) {
        errno = ENOSPC;
    }
    good = good && fsync(fd) == 0;
    int error = errno;
    (void)close(fd);
    errno = error;
    return good;
}

bool file_replace(const char *path, const char *text, size_t len)
{
    char *fresh = joined(path, ".new", "");
    if (fresh == NULL) {
        return false;
    }
    bool good = file_write(fresh, text, len);
    if (good) {
        good = rename(fresh, path) == 0 && directory_sync_above(path); /* F1 */
    } else {
        int error = errno;
        (void)unlink(fresh);
        errno = error;
    }
    free(fresh);
    return good;
}

bool file_read(const char *path, char text[FILE_BYTES_MAX])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t len = read(fd, text, FILE_BYTES_MAX);
    int error = errno;
    (void)close(fd);
    errno = len < 0 ? error : EFBIG;
    if (len < 0 || len >= (ssize_t)FILE_BYTES_MAX) {
        return false;
    }
    text[len] = '\0';
    return true;
}

bool file_remove(const char *path)
{
    if (unlink(path) != 0) {
        return errno == ENOENT;
    }
    return directory_sync_above(path); /* F2 */
}

bool line_find(const char *text, const char *key, struct slice *ret_value)
{
    size_t len = strlen(key);
    for (const char *line = text; *line != '\0';) {
        size_t line_len = strcspn(line, "\n");
        if (line_len > len && strncmp(line, key, len) == 0 && line[len] == '=') {
            *ret_value = slice_of(line + len + 1, line_len - len - 1);
            return true;
        }
        line += line_len + (line[line_len] == '\n');
    }
    return false;
}

bool line_number(const char *text, const char *key, uint64_t *ret_value)
{
    struct slice digits;
    uint64_t value = 0;

    if (!line_find(text, key, &digits) || digits.len == 0 || digits.len > 19) {
        return false;
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(digits.data[i] - '0');
    }
    *ret_value = value;
    return true;
}

void hex_write(const uint8_t *bytes, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * len] = '\0';
}

static int hex_digit(uint8_t digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool hex_read(struct slice digits, uint8_t *out, size_t len)
{
    if (digits.len != 2 * len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        int high = hex_digit(digits.data[2 * i]);
        int low = hex_digit(digits.data[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool line_hex(const char *text, const char *key, uint8_t *out, size_t len)
{
    struct slice digits;
    return line_find(text, key, &digits) && hex_read(digits, out, len);
}

int64_t wall_clock_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
