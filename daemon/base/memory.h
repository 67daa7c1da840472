#ifndef ACCRUE_DAEMON_BASE_MEMORY_H
#define ACCRUE_DAEMON_BASE_MEMORY_H

/* Memory for tables. Any thread. */

#include <stddef.h>

/* As malloc(), given back with free(); contents undefined, NULL without memory. What is large asks
 * for huge pages: filling a gigabyte takes 500 page faults then, not 250,000. */
void *memory_for_table(size_t bytes);

#endif
