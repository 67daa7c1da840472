/* Answers are written into one buffer and handed to the transport, which copies them: nothing is
 * allocated, and an answer that does not fit in a frame becomes an error instead. */

#include "daemon/service/service_inner.h"

void write_result_head(struct writer *out, uint32_t id)
{
    write_array(out, 4);
    write_uint(out, RPC_RESPONSE);
    write_uint(out, id);
    write_nil(out);
}

void write_notification_head(struct writer *out, const char *method)
{
    write_array(out, 3);
    write_uint(out, RPC_NOTIFICATION);
    write_text(out, method);
}

struct writer *answer_begin(struct service *service, uint32_t id)
{
    service->out.len = 0;
    service->out.full = false;
    write_result_head(&service->out, id);
    return &service->out;
}

bool send_message(struct service *service, struct peer *peer, struct slice message)
{
    if (peer->closing) {
        return false;
    }
    if (!service->env.send(service->env.arg, peer, message)) {
        peer->closing = true;
        return false;
    }
    return true;
}

void answer_send(struct service *service, struct peer *peer, uint32_t id)
{
    if (service->out.full) {
        struct fault fault;
        (void)fault_set(&fault, STATUS_TOO_LARGE, NULL);
        fault_detail(&fault, "answer max=%zu", FRAME_BYTES_MAX);
        answer_fault(service, peer, id, &fault);
        return;
    }
    (void)send_message(service, peer, writer_slice(&service->out));
}

void answer_fault(struct service *service, struct peer *peer, uint32_t id,
                  const struct fault *fault)
{
    service->out.len = 0;
    service->out.full = false;
    rpc_write_error(&service->out, id, fault, peer->errors_as_map, peer->language);
    (void)send_message(service, peer, writer_slice(&service->out));
}

void write_flags(struct writer *out, uint64_t flags)
{
    write_array(out, (uint32_t)__builtin_popcountll(flags));
    for (unsigned bit = 0; bit < 64; bit++) {
        if ((flags >> bit & 1) != 0) {
            const char *name = warning_name(bit);
            write_text(out, name != NULL ? name : "W_?");
        }
    }
}
