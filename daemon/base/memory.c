/* Where the kernel gives huge pages only to those who ask (the usual setting), tables ask. */

#include "daemon/base/memory.h"

#include <stdlib.h>
#include <sys/mman.h>

#define HUGE_PAGE_BYTES ((size_t)2 << 20)

void *memory_for_table(size_t bytes)
{
    if (bytes < HUGE_PAGE_BYTES) {
        return malloc(bytes);
    }
    size_t whole = (bytes + HUGE_PAGE_BYTES - 1) & ~(HUGE_PAGE_BYTES - 1);
    void *memory = aligned_alloc(HUGE_PAGE_BYTES, whole);
    if (memory != NULL) {
        (void)madvise(memory, whole, MADV_HUGEPAGE); /* a wish */
    }
    return memory;
}
