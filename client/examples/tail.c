/* Follow the log: every event from the first on, then as they come.
 *
 *   cc tail.c $(pkg-config --cflags --libs accrue) && ./a.out unix:/run/accrued.sock [COUNT] */

#include <accrue/accrue_sync.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void print_event(accrue_value event)
{
    accrue_value value;
    int64_t seq = 0;
    const char *type = "";
    const char *agg = "";
    size_t type_len = 0;
    size_t agg_len = 0;
    if (accrue_value_find(event, "seq", &value)) {
        (void)accrue_value_int(value, &seq);
    }
    if (accrue_value_find(event, "type", &value)) {
        (void)accrue_value_text(value, &type, &type_len);
    }
    if (accrue_value_find(event, "agg", &value)) {
        (void)accrue_value_text(value, &agg, &agg_len);
    }
    (void)printf("%" PRId64 " %.*s %.*s\n", seq, (int)type_len, type, (int)agg_len, agg);
}

int main(int argc, char **argv)
{
    accrue_connection *connection;
    accrue_value event;
    const accrue_value all = {NULL, 0};
    long left = argc > 2 ? strtol(argv[2], NULL, 10) : -1;
    int status = accrue_open(argc > 1 ? argv[1] : NULL, NULL, 5000, &connection);

    if (status == ACCRUE_OK) {
        status = accrue_tail(connection, 1, all, 5000);
    }
    while (status == ACCRUE_OK && left != 0) {
        status = accrue_tail_next(connection, 60000, &event, NULL);
        if (status == ACCRUE_OK) {
            print_event(event);
            left--;
        } else if (status == ACCRUE_INCOMPLETE) {
            status = ACCRUE_OK; /* nothing new in a minute */
        }
    }
    if (status != ACCRUE_OK && connection != NULL) {
        (void)fprintf(stderr, "%s\n", accrue_last_error(connection)->message);
    }
    accrue_close(connection);
    return status == ACCRUE_OK ? 0 : 1;
}
