#ifndef ACCRUE_PROTO_CANONICAL_H
#define ACCRUE_PROTO_CANONICAL_H

/* One byte string for one value, so that equal content has equal bytes and one hash.
 *
 *   N1  Map keys are text, unique, sorted by their bytes, at every level.
 *   N2  Integers lie within ±(2^53−1), which every client keeps exact; they, lengths and counts
 *       are minimal; an integral float in that range becomes an integer, any other is refused.
 *   N3  Text is valid UTF-8; there is no ext.
 *   N4  canonical(canonical(x)) = canonical(x).
 * Vectors: tests/vectors/canonical.json. */

#include "proto/cursor.h"
#include "proto/fault.h"
#include "proto/writer.h"

/* Append the canonical form of the one value in `bytes` (already shape-checked) to `out`.
 *
 *   STATUS_E_BAD_FIELD  N1-N3 broken; fault->field is the path below `path`
 *   STATUS_TOO_LARGE    deeper than depth_max, a map of more than MAP_KEYS_MAX keys, or `out`
 *                       is full */
enum status canonical_write(struct slice bytes, uint32_t depth_max, const char *path,
                            struct writer *out, struct fault *fault);

/* Is this exactly one value in canonical form? */
bool canonical_is(struct slice bytes, uint32_t depth_max);

/* Take the next value, or the next integer, if it is in canonical form; *ret are its bytes. After
 * a false the cursor may stand anywhere. */
bool canonical_take(struct cursor *in, uint32_t depth_left, struct slice *ret);
bool canonical_take_int(struct cursor *in, struct slice *ret);

#endif
