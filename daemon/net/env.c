/* The service's struct env, as the daemon has it: clocks of the system, randomness of the kernel,
 * sessions, jobs, the writer's wake-up, children.
 *
 * What the service asks for here is only noted down; it is done in net_turn(), outside of the
 * service's own calls (N1). */

#include <stdlib.h>
#include <time.h>

#include "daemon/base/check.h"
#include "daemon/net/net_inner.h"
#include "daemon/net/session_http.h"

static int64_t wall_us(void *arg)
{
    struct timespec now;
    (void)arg;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t mono_us(void *arg)
{
    (void)arg;
    return (int64_t)(uv_hrtime() / 1000);
}

static void fill_random(void *arg, void *out, size_t len)
{
    (void)arg;
    int rc = uv_random(NULL, NULL, out, len, 0, NULL);
    INVARIANT(rc == 0); /* a kernel without getrandom is none that we run on */
}

static bool send_to(void *arg, struct peer *peer, struct slice message)
{
    struct session *session = peer->transport;
    (void)arg;
    return session->http != NULL ? session_http_heard(session, message)
                                 : session_send(session, message);
}

static void close_peer(void *arg, struct peer *peer)
{
    (void)arg;
    session_finish(peer->transport);
}

static size_t unsent_of(void *arg, const struct peer *peer)
{
    struct session *session = peer->transport;
    (void)arg;
    return outbox_unsent(&session->outbox, &session->uv.stream);
}

static void start_job(void *arg, struct job *job)
{
    struct net *net = arg;
    jobs_start(&net->jobs, job);
}

static void wake_writer(void *arg)
{
    struct net *net = arg;
    net->write_wanted = true;
}

static void wake_loop(void *arg)
{
    struct net *net = arg;
    uv_thread_t self = uv_thread_self();
    if (uv_thread_equal(&self, &net->loop_thread) != 0) {
        net->collect_wanted = true; /* written inline */
        return;
    }
    int rc = uv_async_send(&net->written);
    INVARIANT(rc == 0);
}

static enum status spawn(void *arg, const char *const *argv, void *child_arg)
{
    struct net *net = arg;
    return children_spawn(&net->children, argv, child_arg);
}

static void end_child(void *arg, void *child_arg)
{
    struct net *net = arg;
    children_end(&net->children, child_arg);
}

void net_fill_env(struct net *net)
{
    net->env = (struct env){
        .arg = net,
        .wall_us = wall_us,
        .mono_us = mono_us,
        .random = fill_random,
        .send = send_to,
        .close = close_peer,
        .unsent = unsent_of,
        .start_job = start_job,
        .wake_writer = wake_writer,
        .wake_loop = wake_loop,
        .spawn = spawn,
        .end_child = end_child,
    };
}
