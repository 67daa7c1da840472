/* Process-wide matters, before anything else runs: what signals mean, and that no privilege is
 * ever gained.
 *
 *   M1  SIGPIPE and SIGXFSZ are ignored here, whatever a parent left us: a peer that is gone and
 *       a file at its limit are errors of a call, not the end of the process.
 *   M2  SIGBUS in the map of the log (the file was cut, or the disk did not give a page) is a
 *       corrupt log: the process says so and ends with 75. There is nothing to unwind: what was
 *       acknowledged is durable. Anywhere else it is what it is, and ends the process as ever.
 *   M3  A worker is this program too, and dies with the daemon that started it. */

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "daemon/activation.h"
#include "daemon/options.h"
#include "daemon/server.h"
#include "daemon/service/worker.h"
#include "proto/limits.h"

#define EXIT_CORRUPT 75

static void on_bus_error(int number, siginfo_t *info, void *context)
{
    static const char text[] = "<2>CORRUPT: the log's file cannot be read where it is mapped\n";
    (void)context;
    if (info->si_code == BUS_ADRERR && log_map_holds(info->si_addr)) { /* M2 */
        ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);
        (void)written;
        _exit(EXIT_CORRUPT);
    }
    struct sigaction plain = {.sa_handler = SIG_DFL};
    (void)sigaction(number, &plain, NULL);
    (void)raise(number); /* blocked until we return, and then deadly */
}

static void set_signals(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}; /* M1 */
    struct sigaction bus = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};
    (void)sigemptyset(&ignore.sa_mask);
    (void)sigemptyset(&bus.sa_mask);
    (void)sigaction(SIGPIPE, &ignore, NULL);
    (void)sigaction(SIGXFSZ, &ignore, NULL);
    (void)sigaction(SIGBUS, &bus, NULL);
}

int main(int argc, char **argv)
{
    struct activation activation;
    struct options options;
    struct fault fault;
    char text[ERROR_TEXT_MAX];
    char quoted[ERROR_TEXT_MAX + 2];

    set_signals();
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    enum status status = activation_take(&activation, &fault);
    if (status == STATUS_OK) {
        status = options_read(argc, argv, activation.count > 0, &options, &fault);
    }
    if (status != STATUS_OK) {
        (void)fault_render(&fault, LANGUAGE_EN, text, sizeof(text));
        diag(DIAG_ERROR, "the configuration is not good", "reason=%s",
             diag_text(text, quoted, sizeof(quoted)));
        return 2;
    }
    diag_set_level(options.config.level);
    if (options.worker != NULL) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* M3 */
        return service_worker(options.worker, options.config.data, options.words);
    }
    if (options.check_config) {
        diag(DIAG_INFO, "the configuration is good", "sockets=%u", options.config.listen_count);
        return EXIT_SUCCESS;
    }
    return server_run(&options.config, &activation, options.ready_fd);
}
