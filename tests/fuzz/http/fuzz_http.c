/* The bytes of one HTTP connection. However they are cut into pieces, the same requests come out of
 * them; what is asked of the service is a message that the service can read; every answer begins
 * like one; and what the service may say in return, made of the same bytes, can be said. */

#include "tests/fuzz/fuzz.h"

#include "daemon/http/http.h"
#include "daemon/http/translate.h"
#include "proto/cursor.h"
#include "proto/rpc.h"
#include "proto/shape.h"

#define DEEDS_MAX 64u

/* What became of the bytes. */
struct story {
    unsigned count;
    struct {
        enum http_deed deed;
        enum http_end end;
        size_t used;
        uint64_t hash; /* of the message that was asked, or of the answer's head and body */
    } deeds[DEEDS_MAX];
};

static struct http_world world;

static uint64_t hash_of(uint64_t hash, struct slice bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        hash = (hash ^ bytes.data[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static void check_question(void)
{
    struct rpc_message message;
    struct slice bytes = writer_slice(&world.rpc);
    FUZZ_EXPECT(!world.rpc.full);
    FUZZ_EXPECT(shape_check(bytes, FRAME_DEPTH_MAX) == STATUS_OK);
    enum status status = rpc_read(bytes, &message);
    FUZZ_EXPECT(status == STATUS_OK || status == STATUS_BAD_PARAMS);
    FUZZ_EXPECT(message.kind == RPC_REQUEST && message.id == HTTP_CALL_ID);
}

static void check_answer(void)
{
    struct slice head = buffer_slice(&world.head);
    FUZZ_EXPECT(!world.head.full && head.len > 16);
    FUZZ_EXPECT(memcmp(head.data, "HTTP/1.1 ", 9) == 0);
    FUZZ_EXPECT(memcmp(head.data + head.len - 4, "\r\n\r\n", 4) == 0);
    for (size_t i = 0; i + 4 < head.len; i++) { /* nobody writes a line of it but we */
        FUZZ_EXPECT(memcmp(head.data + i, "\r\n\r\n", 4) != 0);
        FUZZ_EXPECT(head.data[i] != '\0' && head.data[i] < 0x80);
    }
    FUZZ_EXPECT(utf8_valid(world.body) || world.body.data != (const uint8_t *)world.text.data);
}

/* The service answers: a result, an error, or a tail's notifications, of the message itself. */
static void answer(struct http *http, struct slice asked)
{
    static uint8_t bytes[FRAME_BYTES_MAX + 64];
    struct writer out = writer_over(bytes, sizeof(bytes));
    struct fault fault;
    if (asked.len % 3 == 0) {
        (void)fault_set(&fault, STATUS_E_BAD_FIELD, "data");
        fault_field_key(&fault, asked);
        rpc_write_error(&out, HTTP_CALL_ID, &fault, true, http->language);
    } else {
        rpc_write_result(&out, HTTP_CALL_ID, asked);
    }
    http_heard(http, &world, writer_slice(&out));
    check_answer();
    if (http->streaming) {
        out.len = 0;
        write_array(&out, 1);
        write_raw(&out, asked);
        struct slice list = writer_slice(&out);
        struct writer told = writer_over(bytes + list.len, sizeof(bytes) - list.len);
        write_array(&told, 3);
        write_uint(&told, RPC_NOTIFICATION);
        write_text(&told, "tail.events");
        write_array(&told, 3);
        write_uint(&told, 1);
        write_raw(&told, list);
        write_uint(&told, 2);
        http_heard(http, &world, writer_slice(&told));
        FUZZ_EXPECT(http_credit(http, &world) && !http_credit(http, &world));
    }
}

static void note(struct story *story, const struct http *http, enum http_deed deed, size_t used,
                 uint64_t hash)
{
    FUZZ_EXPECT(story->count < DEEDS_MAX);
    story->deeds[story->count].deed = deed;
    story->deeds[story->count].end = http->end;
    story->deeds[story->count].used = used;
    story->deeds[story->count].hash = hash;
    story->count++;
}

/* Feed the bytes, `step` more at a time, as a session does. */
static void tell(struct slice bytes, size_t step, struct story *story)
{
    struct http http;
    size_t begin = 0, end = 0;
    http_init(&http);
    *story = (struct story){0};
    while (end < bytes.len && story->count < DEEDS_MAX - 2 && http_ready(&http)) {
        end = bytes.len - end < step ? bytes.len : end + step;
        bool more = false;
        while (!more && begin < end && http_ready(&http) && story->count < DEEDS_MAX - 2) {
            size_t used = 0;
            struct slice here = slice_of(bytes.data + begin, end - begin);
            enum http_deed deed = http_take(&http, &world, here, &used);
            FUZZ_EXPECT(used <= here.len);
            more = deed == HTTP_FEED_MORE || deed == HTTP_TELL;
            if (deed == HTTP_ASK) {
                check_question();
                struct slice asked = writer_slice(&world.rpc);
                note(story, &http, deed, used, hash_of(1, asked));
                answer(&http, asked);
            } else if (deed == HTTP_ANSWERED) {
                check_answer();
                bool whole = http.end == HTTP_GOES_ON; /* else as much as was there is dropped */
                note(story, &http, deed, whole ? used : 0, hash_of(2, world.body));
            }
            begin += used;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    struct story whole, pieces;
    struct slice bytes = slice_of(data, size);
    if (!ready) {
        struct fault fault;
        ready = http_world_init(&world);
        FUZZ_EXPECT(ready);
        FUZZ_EXPECT(http_world_add_host(&world, "ledger.example", &fault) == STATUS_OK);
    }
    world.now_us = INT64_C(1790000000000000);
    tell(bytes, size + 1, &whole);
    tell(bytes, 1 + size % 7, &pieces);
    FUZZ_EXPECT(whole.count == pieces.count);
    for (unsigned i = 0; i < whole.count; i++) {
        FUZZ_EXPECT(whole.deeds[i].deed == pieces.deeds[i].deed);
        FUZZ_EXPECT(whole.deeds[i].end == pieces.deeds[i].end);
        FUZZ_EXPECT(whole.deeds[i].used == pieces.deeds[i].used);
        FUZZ_EXPECT(whole.deeds[i].hash == pieces.deeds[i].hash);
    }
    return 0;
}
