/* Percent-decoding and the query's pairs: see target.h. */

#include "daemon/http/target.h"

#include "proto/text.h"

static int digit_of(uint8_t c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Decode one part into the room; a `+` of the query is a space. */
static bool decode(struct target *target, struct slice part, bool plus, struct slice *ret)
{
    uint8_t *out = target->room + target->used; /* a part is never longer than it was */
    size_t len = 0;
    for (size_t i = 0; i < part.len; i++) {
        uint8_t c = part.data[i];
        if (c == '%') {
            int high = part.len - i > 2 ? digit_of(part.data[i + 1]) : -1;
            int low = part.len - i > 2 ? digit_of(part.data[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            c = (uint8_t)(high << 4 | low);
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        out[len++] = c;
    }
    target->used += len;
    *ret = slice_of(out, len);
    return text_is_plain(*ret, len); /* U1 */
}

static size_t find(struct slice text, uint8_t c)
{
    const uint8_t *at = text.len > 0 ? memchr(text.data, c, text.len) : NULL;
    return at == NULL ? text.len : (size_t)(at - text.data);
}

static struct slice behind(struct slice text, size_t len)
{
    return len < text.len ? slice_of(text.data + len + 1, text.len - len - 1) : slice_of("", 0);
}

static enum status wrong(struct fault *fault, const char *why)
{
    (void)fault_set(fault, STATUS_BAD_REQUEST, NULL);
    fault_detail(fault, "%s", why);
    return STATUS_BAD_REQUEST;
}

static enum status read_pairs(struct target *target, struct slice query, struct fault *fault)
{
    while (query.len > 0) {
        size_t len = find(query, '&');
        struct slice pair = slice_of(query.data, len);
        size_t equals = find(pair, '=');
        query = behind(query, len);
        if (len == 0) {
            continue;
        }
        if (target->count == HTTP_PAIRS_MAX) {
            return wrong(fault, "too many parameters");
        }
        struct target_pair *into = &target->pairs[target->count++];
        if (!decode(target, slice_of(pair.data, equals), true, &into->key) ||
            !decode(target, behind(pair, equals), true, &into->value)) {
            return wrong(fault, "a parameter is not percent-encoded UTF-8 text");
        }
    }
    return STATUS_OK;
}

enum status target_read(struct slice text, struct target *ret_target, struct fault *fault)
{
    ret_target->count = 0;
    ret_target->used = 0;
    if (text.len == 0 || text.data[0] != '/' || text.len > HTTP_HEAD_MAX ||
        find(text, '#') < text.len) {
        return wrong(fault, "a target is a path and a query: no proxy is here");
    }
    size_t path_len = find(text, '?');
    if (!decode(ret_target, slice_of(text.data, path_len), false, &ret_target->path)) {
        return wrong(fault, "the path is not percent-encoded UTF-8 text");
    }
    return read_pairs(ret_target, behind(text, path_len), fault);
}

bool target_find(const struct target *target, const char *key, struct slice *ret_value)
{
    for (unsigned i = 0; i < target->count; i++) {
        if (slice_is(target->pairs[i].key, key)) {
            *ret_value = target->pairs[i].value;
            return true;
        }
    }
    return false;
}
