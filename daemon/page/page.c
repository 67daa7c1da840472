#include "daemon/page/page.h"

const struct page_file *page_find(struct slice path)
{
    for (const struct page_file *file = page_files; file->path != NULL; file++) {
        if (slice_is(path, file->path)) {
            return file;
        }
    }
    return NULL;
}
