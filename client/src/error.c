/* Codes, what they mean for what was sent, and the error of an answer in both of its forms. */

#include <stdio.h>

#include "client/src/inner.h"
#include "proto/cursor.h"

static bool known(int code)
{
    switch ((enum status)code) {
    case STATUS_OK:
#define X(name, number, english, chinese, advice) case STATUS_##name:
        STATUS_LIST(X)
#undef X
        return true;
    }
    return false;
}

enum accrue_class accrue_class_of(int code)
{
    if (code == ACCRUE_OK) {
        return ACCRUE_CLASS_OK;
    }
    if (code == ACCRUE_UNKNOWN_OUTCOME) {
        return ACCRUE_CLASS_UNKNOWN;
    }
    if (!known(code)) {
        return ACCRUE_CLASS_REJECTED;
    }
    return status_retry((enum status)code) ? ACCRUE_CLASS_UNAVAILABLE : ACCRUE_CLASS_REJECTED;
}

const char *accrue_code_name(int code)
{
    return known(code) ? status_name((enum status)code) : "UNKNOWN";
}

const char *accrue_code_text(int code, const char *language)
{
    if (!known(code)) {
        return "a code that this library does not know";
    }
    bool chinese = language != NULL && strcmp(language, "zh") == 0;
    return chinese ? status_text_zh((enum status)code) : status_text_en((enum status)code);
}

const char *accrue_code_advice(int code)
{
    return known(code) ? status_advice((enum status)code) : "";
}

static void copy_text(struct slice text, char *out, size_t size)
{
    size_t len = text.len < size - 1 ? text.len : size - 1;
    if (len > 0) {
        memcpy(out, text.data, len);
    }
    out[len] = '\0';
}

static struct slice text_in(struct slice map, const char *key)
{
    struct slice value;
    struct slice text;
    if (!map_find(map, key, &value) || !value_text(value, &text)) {
        return slice_of("", 0);
    }
    return text;
}

static int code_by_name(struct slice name)
{
    enum status status = status_from_name((const char *)name.data, name.len);
    return status == STATUS_OK ? ACCRUE_INTERNAL : (int)status;
}

static void read_map(struct slice map, struct error_text *store, accrue_error *error)
{
    struct slice value;
    error->code = code_by_name(text_in(map, "code"));
    copy_text(text_in(map, "message"), store->message, sizeof(store->message));
    copy_text(text_in(map, "field"), store->field, sizeof(store->field));
    copy_text(text_in(map, "state"), store->state, sizeof(store->state));
    if (map_find(map, "index", &value)) {
        (void)value_int(value, &error->index);
    }
    if (map_find(map, "legal", &value)) {
        error->legal = (accrue_value){.data = value.data, .len = value.len};
    }
}

/* One word of `text` from *at on, which ends at a space or a colon before one. */
static struct slice word(struct slice text, size_t *at)
{
    size_t begin = *at;
    size_t end = begin;
    while (end < text.len && text.data[end] != ' ') {
        end++;
    }
    *at = end < text.len ? end + 1 : end;
    if (end > begin && text.data[end - 1] == ':') {
        *at = text.len; /* what follows is for people */
        end--;
    }
    return slice_of(text.data + begin, end - begin);
}

static bool begins(struct slice text, const char *with, struct slice *ret_rest)
{
    size_t len = strlen(with);
    if (text.len < len || memcmp(text.data, with, len) != 0) {
        return false;
    }
    *ret_rest = slice_of(text.data + len, text.len - len);
    return true;
}

/* "CODE index=3 field=data.x: text" */
static void read_text(struct slice text, struct error_text *store, accrue_error *error)
{
    size_t at = 0;
    error->code = code_by_name(word(text, &at));
    copy_text(text, store->message, sizeof(store->message));
    while (at < text.len) {
        struct slice part = word(text, &at);
        struct slice value;
        if (begins(part, "field=", &value)) {
            copy_text(value, store->field, sizeof(store->field));
        } else if (begins(part, "index=", &value) && value.len > 0 && value.len < 10) {
            error->index = 0;
            for (size_t i = 0; i < value.len; i++) {
                error->index = error->index * 10 + (value.data[i] - '0');
            }
        }
    }
}

void error_read(struct slice encoded, enum language language, struct error_text *store,
                accrue_error *ret_error)
{
    struct slice text;
    error_make(ACCRUE_INTERNAL, "", language, store, ret_error);
    if (value_text(encoded, &text)) {
        read_text(text, store, ret_error);
    } else {
        read_map(encoded, store, ret_error);
    }
    ret_error->outcome = accrue_class_of(ret_error->code);
}

void error_make(int code, const char *detail, enum language language, struct error_text *store,
                accrue_error *ret_error)
{
    const char *text = accrue_code_text(code, language == LANGUAGE_ZH ? "zh" : "en");
    (void)snprintf(store->message, sizeof(store->message), "%s %s%s%s", accrue_code_name(code),
                   text, *detail == '\0' ? "" : ": ", detail);
    store->field[0] = '\0';
    store->state[0] = '\0';
    *ret_error = (accrue_error){
        .code = code,
        .outcome = accrue_class_of(code),
        .message = store->message,
        .field = store->field,
        .state = store->state,
        .index = -1,
    };
}
