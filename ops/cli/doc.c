/* doc: which events cite a paper.
 *
 *   D1  A paper is its SHA-256. The file stays where it is: its digest is made here.
 *   D2  An event cites it in `docs`, or in a field of its data that holds a digest. The log has no
 *       index of papers: every event is read. */

#include <errno.h>
#include <openssl/evp.h>
#include <string.h>

#include "ops/cli/events.h"
#include "ops/cli/export/export.h"
#include "ops/cli/progress.h"

#define DIGEST_BYTES ((size_t)32)
#define DIGEST_DIGITS (2 * DIGEST_BYTES)

struct citing {
    const struct cli *cli;
    char digest[DIGEST_DIGITS + 1];
    int64_t left;
    uint64_t head, seen;
    json_t *rows;
    struct progress progress;
};

static bool digest_of(FILE *file, char out[DIGEST_DIGITS + 1])
{
    static const char digits[] = "0123456789abcdef";
    static unsigned char part[65536];
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
    size_t len = 1;
    while (good && len > 0) {
        len = fread(part, 1, sizeof(part), file);
        good = ferror(file) == 0 && EVP_DigestUpdate(context, part, len) == 1;
    }
    good = good && EVP_DigestFinal_ex(context, digest, NULL) == 1;
    EVP_MD_CTX_free(context);
    for (size_t i = 0; good && i < DIGEST_BYTES; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[good ? DIGEST_DIGITS : 0] = '\0';
    return good;
}

/* The operand: 64 hexadecimal digits, or a file. */
static int read_paper(struct citing *citing, const char *paper)
{
    if (strlen(paper) == DIGEST_DIGITS &&
        strspn(paper, "0123456789abcdefABCDEF") == DIGEST_DIGITS) {
        for (size_t i = 0; i < DIGEST_DIGITS; i++) { /* the log has lower case alone */
            bool upper = paper[i] >= 'A' && paper[i] <= 'F';
            citing->digest[i] = (char)(upper ? paper[i] - 'A' + 'a' : paper[i]);
        }
        return EXIT_OK;
    }
    errno = 0;
    FILE *file = fopen(paper, "rb");
    bool good = file != NULL && digest_of(file, citing->digest);
    if (!good) {
        message("%s: %s", paper, strerror(errno));
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return good ? EXIT_OK : EXIT_NOT_FOUND;
}

/* The name of a field that holds the digest, at any depth; NULL: none. */
static const char *field_with(const json_t *value, const char *digest)
{
    const char *key;
    json_t *member;
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *found = field_with(json_array_get(value, i), digest);
        if (found != NULL) {
            return found;
        }
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        const char *text = json_string_value(member);
        const char *found = text == NULL                ? field_with(member, digest)
                            : strcmp(text, digest) == 0 ? key
                                                        : NULL;
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static void add_row(struct citing *citing, const json_t *event, const char *field,
                    const json_t *paper)
{
    json_t *row = event_row(event);
    json_set_text(row, "field_name", field);
    json_set_text(row, "document", json_text(paper, "name"));
    json_set_text(row, "document_kind", json_text(paper, "kind"));
    (void)json_array_append_new(citing->rows, row);
    citing->left--;
}

static void look_into(struct citing *citing, const json_t *event)
{
    const json_t *docs = json_object_get(event, "docs");
    bool cited = false;
    for (size_t i = 0; i < json_array_size(docs) && !cited; i++) {
        const json_t *paper = json_array_get(docs, i);
        cited = strcmp(json_text(paper, "sha256"), citing->digest) == 0;
        if (cited) {
            add_row(citing, event, "docs", paper);
        }
    }
    const char *field = cited ? NULL : field_with(json_object_get(event, "data"), citing->digest);
    if (field != NULL) {
        add_row(citing, event, field, NULL);
    }
}

/* Are the digits anywhere in the event as it is stored? Most are passed over by this. */
static bool holds_digits(accrue_value value, const char *digest)
{
    const uint8_t *at = value.data;
    const uint8_t *end = value.data + value.len;
    while ((size_t)(end - at) >= DIGEST_DIGITS) {
        at = memchr(at, digest[0], (size_t)(end - at) - DIGEST_DIGITS + 1);
        if (at == NULL) {
            return false;
        }
        if (memcmp(at, digest, DIGEST_DIGITS) == 0) {
            return true;
        }
        at++;
    }
    return false;
}

static bool take(void *arg, accrue_value value)
{
    struct citing *citing = arg;
    citing->seen++;
    if (holds_digits(value, citing->digest)) {
        json_t *event = json_of(value);
        look_into(citing, event);
        json_decref(event);
    }
    progress_show(&citing->progress, citing->seen, citing->head, citing->seen);
    return citing->left > 0;
}

static int show(const struct citing *citing)
{
    static const char *const keys[] = {"seq",        "recorded", "effective",     "type",  "agg",
                                       "field_name", "document", "document_kind", "actor", NULL};
    const struct cli *cli = citing->cli;
    json_t *answer = json_pack("{s:s,s:O}", "sha256", citing->digest, "rows", citing->rows);
    if (cli->json) {
        json_print_free(answer);
        return EXIT_OK;
    }
    if (for_people(cli)) {
        (void)printf("SHA-256 %s\n", citing->digest);
    }
    int result = answer_out(cli, answer, keys);
    json_decref(answer);
    return result;
}

int command_doc(struct cli *cli)
{
    struct citing citing = {.cli = cli, .left = INT64_MAX};
    if (!option_number(cli, OPTION_LIMIT, 1, INT64_MAX, &citing.left)) {
        return EXIT_USAGE;
    }
    int result = read_paper(&citing, cli->args.operands[0]);
    if (result != EXIT_OK) {
        return result;
    }
    citing.rows = json_array();
    citing.head = log_head(cli);
    progress_begin(&citing.progress, cli);
    result = ask_events(cli, json_object(), take, &citing);
    progress_end(&citing.progress);
    if (result == EXIT_OK) {
        result = show(&citing);
        if (result == EXIT_OK && json_array_size(citing.rows) == 0) {
            result = EXIT_NOT_FOUND;
        }
    }
    json_decref(citing.rows);
    return result;
}
