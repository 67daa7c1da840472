/* Faults: F1 of fault.h. Every text goes in through append(), which cleans what it was given
 * and cuts between characters, so that no later step has to care where the bytes came from. */

#include "proto/fault.h"

#include "proto/cursor.h"

#include <stdarg.h>
#include <stdio.h>

/* Bytes of the printable character at `at`, 0 if it is none. */
static size_t printable_len(const uint8_t *at, size_t left)
{
    size_t len = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    if (left < len || at[0] < 0x20 || at[0] == 0x7f || !utf8_valid(slice_of(at, len))) {
        return 0;
    }
    bool c1_control = at[0] == 0xc2 && at[1] < 0xa0;
    return c1_control ? 0 : len;
}

static void append(char *field, size_t size, struct slice text)
{
    size_t used = strlen(field);
    size_t at = 0;
    while (at < text.len) {
        size_t len = printable_len(text.data + at, text.len - at);
        const void *from = len > 0 ? (const void *)(text.data + at) : "?";
        size_t take = len > 0 ? len : 1;
        if (take >= size - used) {
            break;
        }
        memcpy(field + used, from, take);
        used += take;
        at += take;
    }
    field[used] = '\0';
}

enum status fault_set(struct fault *fault, enum status code, const char *field)
{
    fault->code = code;
    fault->index = FAULT_NO_INDEX;
    fault->field[0] = '\0';
    fault->state[0] = '\0';
    fault->legal[0] = '\0';
    fault->detail[0] = '\0';
    if (field) {
        append(fault->field, sizeof(fault->field), slice_text(field));
    }
    return code;
}

void fault_field_key(struct fault *fault, struct slice key)
{
    if (fault->field[0] != '\0') {
        append(fault->field, sizeof(fault->field), slice_text("."));
    }
    append(fault->field, sizeof(fault->field), key);
}

void fault_field_index(struct fault *fault, uint32_t index)
{
    char text[16];
    int len = snprintf(text, sizeof(text), "[%u]", (unsigned)index);
    append(fault->field, sizeof(fault->field), slice_of(text, (size_t)len));
}

void fault_detail(struct fault *fault, const char *format, ...)
{
    char text[sizeof(fault->detail)];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (len < 0) {
        return;
    }
    if (fault->detail[0] != '\0') {
        append(fault->detail, sizeof(fault->detail), slice_text(" "));
    }
    append(fault->detail, sizeof(fault->detail), slice_text(text));
}

void fault_state(struct fault *fault, const char *machine, const char *name)
{
    fault->state[0] = '\0';
    append(fault->state, sizeof(fault->state), slice_text(machine));
    append(fault->state, sizeof(fault->state), slice_text(" "));
    append(fault->state, sizeof(fault->state), slice_text(name));
}

/* All of `what` or nothing: half a name would be a wrong one. */
void fault_legal(struct fault *fault, const char *what)
{
    const char *separator = fault->legal[0] == '\0' ? "" : ", ";
    size_t needed = strlen(fault->legal) + strlen(separator) + strlen(what);
    if (needed < sizeof(fault->legal)) {
        append(fault->legal, sizeof(fault->legal), slice_text(separator));
        append(fault->legal, sizeof(fault->legal), slice_text(what));
    }
}

static void add(char *out, size_t size, const char *text)
{
    append(out, size, slice_text(text));
}

static const char *text_in(const struct fault *fault, enum language language)
{
    return language == LANGUAGE_ZH ? status_text_zh(fault->code) : status_text_en(fault->code);
}

size_t fault_render(const struct fault *fault, enum language language, char *out, size_t size)
{
    out[0] = '\0';
    add(out, size, status_name(fault->code));
    if (fault->index != FAULT_NO_INDEX) {
        char index[24];
        (void)snprintf(index, sizeof(index), " index=%u", (unsigned)fault->index);
        add(out, size, index);
    }
    if (fault->field[0] != '\0') {
        add(out, size, " field=");
        add(out, size, fault->field);
    }
    add(out, size, ": ");
    add(out, size, text_in(fault, language));

    const char *before = " (";
    if (fault->detail[0] != '\0') {
        add(out, size, before);
        add(out, size, fault->detail);
        before = "; ";
    }
    if (fault->state[0] != '\0') {
        add(out, size, before);
        add(out, size, "state ");
        add(out, size, fault->state);
        before = "; ";
    }
    if (fault->legal[0] != '\0') {
        add(out, size, before);
        add(out, size, "legal: ");
        add(out, size, fault->legal);
        before = "; ";
    }
    if (before[0] == ';') {
        add(out, size, ")");
    }
    return strlen(out);
}

size_t fault_message(const struct fault *fault, enum language language, char *out, size_t size)
{
    out[0] = '\0';
    add(out, size, text_in(fault, language));
    if (fault->detail[0] != '\0') {
        add(out, size, " (");
        add(out, size, fault->detail);
        add(out, size, ")");
    }
    return strlen(out);
}
