/* Calls in flight: what a peer is owed.
 *
 *   S5  An id that is unanswered at its peer cannot be used again. Clients count upwards, so an
 *       id above all before it needs no search; any other is looked for among the unanswered. */

#include "daemon/base/check.h"
#include "daemon/service/service_inner.h"

void call_begin(struct ask *ask, struct call *call, int64_t deadline)
{
    struct peer *peer = ask->peer;
    *call = (struct call){.peer = peer,
                          .bytes = ask->bytes,
                          .arrived = ask->now,
                          .deadline = deadline,
                          .id = ask->id,
                          .method = ask->method};
    ask->called = true;
    list_push_back(&peer->calls, &call->link);
    peer->inflight++;
    peer->inflight_bytes += ask->bytes;
    if (call->id > peer->id_max) {
        peer->id_max = call->id;
    }
}

struct peer *call_end(struct call *call)
{
    struct peer *peer = call->peer;
    if (peer == NULL) {
        return NULL;
    }
    INVARIANT(peer->inflight > 0 && peer->inflight_bytes >= call->bytes);
    list_remove(&call->link);
    peer->inflight--;
    peer->inflight_bytes -= call->bytes;
    if (peer->inflight == 0) {
        peer->id_max = 0;
    }
    call->peer = NULL;
    return peer->gone ? NULL : peer;
}

bool call_in_flight(const struct peer *peer, uint32_t id)
{
    if (peer->inflight == 0 || id > peer->id_max) {
        return false;
    }
    for (struct list_node *node = peer->calls.next; node != &peer->calls; node = node->next) {
        if (LIST_ELEMENT(node, struct call, link)->id == id) {
            return true;
        }
    }
    return false;
}

int64_t ask_deadline(const struct ask *ask, const struct params *params)
{
    return params->deadline_ms < 0 ? INT64_MAX : ask->now + params->deadline_ms * 1000;
}

void service_peer_open(struct service *service, struct peer *peer)
{
    peer->errors_as_map = false;
    peer->language = LANGUAGE_EN;
    peer->inflight = 0;
    peer->inflight_bytes = 0;
    peer->tails = 0;
    peer->closing = false;
    peer->gone = false;
    peer->id_max = 0;
    list_init(&peer->calls);
    list_init(&peer->tail_list);
    lane_init(&peer->lane);
    service->peers++;
    service->peers_http += peer->http;
}

void service_peer_closed(struct service *service, struct peer *peer)
{
    INVARIANT(!peer->gone);
    peer->gone = true;
    peer->closing = true;
    service->peers--;
    service->peers_http -= peer->http;
    tails_peer_closed(service, peer);
    tasks_peer_closed(service, peer);
    readers_start(service); /* what it held back ends here */
}

bool service_peer_idle(const struct peer *peer)
{
    return peer->inflight == 0;
}

bool service_may_read(struct service *service, const struct peer *peer)
{
    return !peer->closing && peer->inflight < INFLIGHT_REQUESTS_MAX &&
           peer->inflight_bytes < INFLIGHT_BYTES_MAX &&
           service->env.unsent(service->env.arg, peer) < OUT_BYTES_PAUSE;
}
