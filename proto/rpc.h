#ifndef ACCRUE_PROTO_RPC_H
#define ACCRUE_PROTO_RPC_H

/* MessagePack-RPC messages (github.com/msgpack-rpc/msgpack-rpc, spec.md), with one map as the
 * only parameter. Shared by daemon, client library, fuzzer and tests; no I/O. */

#include "proto/fault.h"
#include "proto/writer.h"

enum rpc_kind { RPC_REQUEST = 0, RPC_RESPONSE = 1, RPC_NOTIFICATION = 2 };

struct rpc_message {
    enum rpc_kind kind;
    uint32_t id;         /* request, response */
    struct slice method; /* request, notification */
    struct slice params; /* request: the one map, or empty for [] ; notification: the array */
    struct slice error;  /* response: encoded value, nil when it succeeded */
    struct slice result; /* response: encoded value */
};

/* `frame` is one shape-checked value. STATUS_BAD_REQUEST if it is not such a message;
 * STATUS_BAD_PARAMS (with kind, id and method set) if only the parameters are wrong. */
enum status rpc_read(struct slice frame, struct rpc_message *ret_message);

void rpc_write_request(struct writer *out, uint32_t id, const char *method, struct slice map);
void rpc_write_result(struct writer *out, uint32_t id, struct slice result);
/* The error as a string, or as the map {code, message, index, field, state, legal, retry}. */
void rpc_write_error(struct writer *out, uint32_t id, const struct fault *fault, bool as_map,
                     enum language language);
void rpc_write_notification(struct writer *out, const char *method, struct slice params);

#endif
