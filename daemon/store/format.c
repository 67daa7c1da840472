/* DIR/FORMAT.
 *
 *   O1  A format number above ours is fine as long as minimum_reader is not: a later release
 *       may add what an earlier one need not know.
 *   O2  Lines that we do not know are skipped for the same reason. */

#include "daemon/store/format.h"

#include "daemon/store/file.h"

#include <errno.h>
#include <stdio.h>

size_t format_write(const struct format *format, char *out, size_t size)
{
    char id[2 * LOG_ID_BYTES + 1];
    hex_write(format->id, LOG_ID_BYTES, id);
    int len = snprintf(
        out, size, "format=%u\nminimum_reader=%u\nlog_id=%s\ncreated=%lld\nborn_loading=%d\n",
        STORE_FORMAT, STORE_FORMAT, id, (long long)format->created, format->born_loading ? 1 : 0);
    return (size_t)len;
}

enum status format_read(const char *path, struct format *ret_format, struct fault *fault)
{
    char text[FILE_BYTES_MAX];
    struct format format = {0};
    uint64_t number = 0;
    uint64_t reader = 0;
    uint64_t created = 0;
    uint64_t loading = 0;

    if (!file_read(path, text)) {
        (void)fault_set(fault, STATUS_IO, NULL);
        fault_detail(fault, "file=FORMAT errno=%d", errno);
        return STATUS_IO;
    }
    bool good =
        line_number(text, "format", &number) && line_number(text, "minimum_reader", &reader);
    if (good && reader > STORE_FORMAT) { /* O1 */
        (void)fault_set(fault, STATUS_FORMAT, NULL);
        fault_detail(fault, "format=%llu minimum_reader=%llu ours=%u", (unsigned long long)number,
                     (unsigned long long)reader, STORE_FORMAT);
        return STATUS_FORMAT;
    }
    good = good && number >= 1 && line_hex(text, "log_id", format.id, LOG_ID_BYTES) &&
           line_number(text, "created", &created) && created <= INT64_MAX &&
           line_number(text, "born_loading", &loading) && loading <= 1;
    if (!good) {
        (void)fault_set(fault, STATUS_CORRUPT, NULL);
        fault_detail(fault, "file=FORMAT");
        return STATUS_CORRUPT;
    }
    format.created = (int64_t)created;
    format.born_loading = loading == 1;
    *ret_format = format;
    return STATUS_OK;
}
