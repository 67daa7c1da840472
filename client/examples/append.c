/* Append one event and say where it went: the shortest useful program.
 *
 *   cc append.c $(pkg-config --cflags --libs accrue) && ./a.out unix:/run/accrued.sock */

#include <accrue/accrue_sync.h>
#include <inttypes.h>
#include <stdio.h>

static int build_party(accrue_builder *event, const char *id)
{
    char event_id[37];
    int status = accrue_event_id(event_id);
    accrue_build_map(event);
    accrue_build_key(event, "id");
    accrue_build_text(event, event_id); /* the same id with every retry */
    accrue_build_key(event, "type");
    accrue_build_text(event, "party.registered");
    accrue_build_key(event, "agg");
    accrue_build_text(event, id);
    accrue_build_key(event, "data");
    accrue_build_map(event);
    accrue_build_key(event, "name");
    accrue_build_text(event, "北京科技大学");
    accrue_build_key(event, "kind");
    accrue_build_text(event, "university");
    accrue_build_end(event);
    accrue_build_end(event);
    return status;
}

int main(int argc, char **argv)
{
    accrue_connection *connection;
    accrue_builder *event = accrue_builder_new();
    accrue_value value = {0};
    int64_t seq = 0;
    int status = accrue_open(argc > 1 ? argv[1] : NULL, NULL, 5000, &connection);

    if (status == ACCRUE_OK && event != NULL) {
        status = build_party(event, argc > 2 ? argv[2] : "ustb");
    }
    if (status == ACCRUE_OK) {
        status = accrue_build_done(event, &value);
    }
    if (status == ACCRUE_OK) {
        status = accrue_append(connection, value, 5000, &value);
    }
    if (status == ACCRUE_OK && accrue_value_find(value, "last", &value) &&
        accrue_value_int(value, &seq)) {
        (void)printf("durable at seq %" PRId64 "\n", seq);
    } else if (connection != NULL) {
        const accrue_error *error = accrue_last_error(connection);
        (void)fprintf(stderr, "%s\n", error->message);
        if (error->outcome == ACCRUE_CLASS_UNKNOWN) {
            (void)fprintf(stderr, "run it again with the same id to find out\n");
        }
    }
    accrue_builder_free(event);
    accrue_close(connection);
    return status == ACCRUE_OK ? 0 : 1;
}
