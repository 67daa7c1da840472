/* Faults: F1 of fault.h. Every text goes in through append(), which cleans what it was given
 * and cuts between characters, so that no later step has to care where the bytes came from. */

#include "proto/fault.h"

#include "proto/cursor.h"

#include <stdarg.h>
#include <stdio.h>

static void append(char *field, size_t size, struct slice text)
{
    size_t used = strlen(field);
    size_t at = 0;
    while (at < text.len) {
        uint32_t point = 0;
        size_t len = utf8_next(text, at, &point);
        bool printable = len > 0 && point >= 0x20 && (point < 0x7f || point > 0x9f);
        size_t take = printable ? len : 1;
        if (take >= size - used) {
            break;
        }
        memcpy(field + used, printable ? (const char *)text.data + at : "?", take);
        used += take;
        at += len > 0 ? len : 1;
    }
    field[used] = '\0';
}

void fault_begin(struct fault *fault, enum status code, const char *field)
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
