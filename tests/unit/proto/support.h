#ifndef TESTS_UNIT_PROTO_SUPPORT_H
#define TESTS_UNIT_PROTO_SUPPORT_H

/* Bytes for the tests of proto/: from hexadecimal, and from JSON, whose order of keys is kept. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* needs those above */

#include "proto/bytes.h"
#include "proto/fault.h"
#include "proto/writer.h"

#include <jansson.h>

#define BUFFER_BYTES ((size_t)128 * 1024)

/* Bytes of its own exact size on the heap, so that ASan sees a read one byte too far. */
struct bytes {
    uint8_t *data;
    size_t len;
};

struct bytes bytes_copy(const void *data, size_t len);
/* Spaces are passed over. */
struct bytes bytes_hex(const char *hex);
struct bytes bytes_json(const char *json);
void bytes_free(struct bytes bytes);

static inline struct slice bytes_slice(struct bytes bytes)
{
    return slice_of(bytes.data, bytes.len);
}

void write_json(struct writer *out, json_t *value);

/* The member of an object as text; fails the test if there is none. */
const char *json_text(const json_t *object, const char *key);

void assert_bytes_equal(struct slice found, struct slice expected);

/* A JSON file of the tree, `tests/vectors/canonical.json`. */
json_t *json_of_tree(const char *path);

#endif
