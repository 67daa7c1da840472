#ifndef ACCRUE_PROTO_LIMITS_H
#define ACCRUE_PROTO_LIMITS_H

/* Every bound of the system, with its unit, and what must hold between them.
 * A limit that an operator may lower is a default of the configuration; these
 * are the ceilings. Memory at full load can be added up from this file. */

#include <stddef.h>
#include <stdint.h>

#define KIB ((size_t)1024)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)

/* ---- the wire ---- */
#define FRAME_BYTES_MAX (4 * MIB) /* one message, either way */
#define FRAME_DEPTH_MAX 16u       /* nested arrays and maps in a message */
#define FRAME_NODES_MAX 524288u   /* values in a message */
#define REQUEST_EVENTS_MAX 1000u  /* events in one append */
#define METHOD_NAME_MAX 32u       /* bytes */
#define ERROR_TEXT_MAX 1024u      /* bytes of a rendered error */

/* ---- an event ---- */
#define EVENT_DEPTH_MAX 8u             /* of a body, its own map counted; stored form: one more */
#define EVENT_BYTES_MAX (48 * KIB)     /* stored form */
#define EVENT_ID_MAX 64u               /* bytes */
#define AGGREGATE_ID_MAX 96u           /* bytes */
#define AGGREGATE_KIND_MAX 16u         /* bytes of a kind's name */
#define TYPE_NAME_MAX 64u              /* bytes */
#define TEXT_MAX 512u                  /* bytes of a text field */
#define LIST_ITEMS_MAX 1024u           /* items of a list field */
#define MAP_KEYS_MAX 1024u             /* keys of one map, sorted on the stack */
#define PRIVATE_BYTES_MAX (4 * KIB)    /* canonical form of `private` */
#define USER_DATA_BYTES_MAX (16 * KIB) /* data of an x.* event */
#define ACTOR_MAX 128u                 /* bytes of actor, corr, cause, by */
#define DOCS_MAX 64u                   /* papers an event may name */
#define PRIVATE_SALT_BYTES 16u
#define HASH_BYTES 32u

/* ---- numbers ---- */
#define WIRE_INT_MAX INT64_C(9007199254740991)   /* 2^53 - 1: what every client keeps exact */
#define AMOUNT_FEN_MAX INT64_C(9000000000000000) /* an amount, and any total of a currency */
#define PPM_ONE 1000000
#define PPM_WIDE_MAX 100000000 /* weights, exchange rates, multiples of a rate */
#define DAY_MIN (-25567)       /* 1900-01-01, days since 1970-01-01 */
#define DAY_MAX 84005          /* 2199-12-31 */

/* ---- a connection and all of them ---- */
#define CONNECTIONS_MAX 10240u
#define INFLIGHT_REQUESTS_MAX 1024u    /* a connection's unanswered requests */
#define INFLIGHT_BYTES_MAX (8 * MIB)   /* and their bytes */
#define INFLIGHT_TOTAL_MAX (256 * MIB) /* of all connections, then OVERLOADED */
#define IN_TOTAL_MAX (256 * MIB)       /* unfinished messages of all: then the largest goes */
#define OUT_BYTES_PAUSE (4 * MIB)      /* a connection's unsent answers: stop reading it */
#define OUT_BYTES_MAX (16 * MIB)       /* then close it */
#define OUT_TOTAL_MAX (256 * MIB)      /* of all, then the largest is closed */
#define OUT_STALL_MS 30000u            /* without progress, then close */
#define FRAME_DEADLINE_MS 10000u       /* from a message's first byte to its last */
#define TCP_IDLE_MS 600000u            /* TCP without a tail */
#define TAILS_MAX 64u                  /* subscriptions of a connection */
#define TAIL_CREDIT_MAX 100000u        /* events a tail may be owed */
#define TAIL_SCAN_MAX 100000u          /* events looked at in one turn */
#define TAIL_BATCH_EVENTS 256u         /* events in one notification */
#define TAIL_BATCH_BYTES (256 * KIB)
#define READ_EVENTS_MAX 1000u /* events of one answer */
#define QUERY_ROWS_MAX 10000u /* rows of one answer, then `next` */

/* ---- HTTP: a request is a message, and so also under what stands above ---- */
#define HTTP_HEAD_MAX (8 * KIB)
#define HTTP_PAIRS_MAX 64u       /* of one query string */
#define HTTP_HOSTS_MAX 16u       /* names besides the loopback's */
#define HTTP_HOST_BYTES_MAX 253u /* of a name in DNS */
#define HTTP_STREAM_CREDIT 512u  /* events that an event stream may be owed */
#define HTTP_LINGER_MS 2000u     /* for reading a refusal */

/* ---- the commit path ---- */
#define GROUP_EVENTS_MAX 4096u /* one sync */
#define GROUP_BYTES_MAX (1 * MIB)
#define GROUP_QUANTUM (64 * KIB) /* a connection's turn in the round robin */
#define READER_JOBS_RUNNING 2u
#define READER_JOBS_WAITING 64u
#define REVERSAL_FACTS_MAX 4096u /* facts looked at for dependants */
#define DEPENDANTS_LISTED 32u
#define TOUCHES_MAX 2100u /* accounts one event may change */

/* ---- the store ---- */
#define BLOCK_BYTES_MAX 65520u      /* 16 pages less the page header */
#define BLOCK_TAIL_BYTES (16 * KIB) /* the last block is rewritten below this */
#define MAP_BYTES (1024 * GIB)      /* address space, not memory */
#define ZERO_AHEAD_BYTES (64 * MIB) /* written zeros kept ready past the log's end */

_Static_assert(EVENT_BYTES_MAX + 1024 < BLOCK_BYTES_MAX, "an event must fit in a block of its own");
_Static_assert(EVENT_BYTES_MAX < GROUP_BYTES_MAX, "a group must hold an event");
_Static_assert(REQUEST_EVENTS_MAX <= GROUP_EVENTS_MAX, "a group must hold a request");
_Static_assert(FRAME_BYTES_MAX <= INFLIGHT_BYTES_MAX,
               "a connection must be able to send a message");
_Static_assert(OUT_BYTES_PAUSE < OUT_BYTES_MAX, "pause before closing");
_Static_assert(TAIL_BATCH_EVENTS <= TAIL_CREDIT_MAX, "a batch must fit in the credit");

#endif
