/* schema: the vocabulary of this release, from the same table that the daemon checks with. */

#include "proto/schema.h"

#include <stdlib.h>
#include <string.h>

#include "ops/cli/table.h"

#define SCHEMA_BYTES (1 * MIB)

static enum language language_of(const struct cli *cli)
{
    return cli->chinese ? LANGUAGE_ZH : LANGUAGE_EN;
}

static json_t *json_written(const struct writer *out)
{
    return json_of((accrue_value){.data = out->data, .len = out->len});
}

/* "list of ObligationTerm", "id of party", "enum" */
static void type_text(const json_t *field, char *out, size_t size)
{
    const char *type = json_text(field, "type");
    const char *of = json_text(field, "of");
    const char *shape = json_text(field, "shape");
    const char *kind = json_text(field, "kind");
    bool list = *of != '\0';
    const char *held = *shape != '\0' ? shape : list ? of : type;
    (void)snprintf(out, size, "%s%s%s%s", list ? "list of " : "", held, *kind == '\0' ? "" : " of ",
                   kind);
}

/* "yes", "one of them", "if trial is X" */
static void required_text(const struct cli *cli, const json_t *field, char *out, size_t size)
{
    const json_t *when = json_object_get(field, "required_when");
    out[0] = '\0';
    if (json_is_true(json_object_get(field, "required"))) {
        (void)snprintf(out, size, "%s", in_language(cli, "yes", "是"));
    } else if (json_is_true(json_object_get(field, "one_of"))) {
        (void)snprintf(out, size, "%s", in_language(cli, "one of", "其一"));
    } else if (when != NULL) {
        (void)snprintf(out, size, "%s=%s", json_text(when, "field"), json_text(when, "is"));
    }
}

static void print_fields(const struct cli *cli, const json_t *fields)
{
    static const char *const keys[] = {"field_name", "required", "holds",
                                       "meaning",    "values",   NULL};
    json_t *rows = json_array();
    for (size_t i = 0; i < json_array_size(fields); i++) {
        json_t *field = json_array_get(fields, i);
        json_t *row = json_object();
        char text[128];
        json_set_text(row, "field_name", json_text(field, "name"));
        required_text(cli, field, text, sizeof(text));
        json_set_text(row, "required", text);
        type_text(field, text, sizeof(text));
        json_set_text(row, "holds", text);
        json_set_text(row, "meaning", json_text(field, "help"));
        if (json_object_get(field, "values") != NULL) {
            (void)json_object_set(row, "values", json_object_get(field, "values"));
        }
        (void)json_array_append_new(rows, row);
    }
    table_print(cli, rows, keys, NULL);
    json_decref(rows);
}

static void print_type(const struct cli *cli, const struct event_type *type, const json_t *told)
{
    const char *date = json_text(told, "business_date");
    (void)printf("%s  %s\n%s\n", type->name, type->name_zh, json_text(told, "help"));
    (void)printf("%s %s, %s %u%s%s%s%s\n\n", in_language(cli, "aggregate:", "对象:"),
                 type->kind == KIND_NONE ? "kind/id" : kind_name(type->kind),
                 in_language(cli, "level", "级别"), (unsigned)type->level,
                 *date == '\0' ? "" : in_language(cli, ", business date: ", ", 业务日期: "), date,
                 type->creates ? in_language(cli, ", creates its aggregate", ", 创建对象") : "",
                 type->decided ? ""
                               : in_language(cli, ", declared, not decided in this release",
                                             ", 已声明，本版本尚不受理"));
    print_fields(cli, json_object_get(told, "fields"));
}

/* A nested value by its name; NULL if there is none. */
static json_t *shape_named(const struct cli *cli, const char *name, struct writer *out)
{
    schema_write_all(language_of(cli), out);
    json_t *all = json_written(out);
    json_t *shapes = json_object_get(all, "shapes");
    json_t *found = NULL;
    for (size_t i = 0; i < json_array_size(shapes); i++) {
        if (strcmp(json_text(json_array_get(shapes, i), "name"), name) == 0) {
            found = json_incref(json_array_get(shapes, i));
        }
    }
    json_decref(all);
    return found;
}

static int one_shape(const struct cli *cli, const char *name, struct writer *out)
{
    json_t *shape = given(cli, OPTION_EXAMPLE) ? NULL : shape_named(cli, name, out);
    if (shape == NULL) {
        message("%s: %s", name,
                in_language(cli, "there is no such type; see accrue schema",
                            "无此事件类型，参见 accrue schema"));
        return EXIT_NOT_FOUND;
    }
    if (cli->json) {
        json_print(shape);
    } else {
        (void)printf("%s\n\n", name);
        print_fields(cli, json_object_get(shape, "fields"));
    }
    json_decref(shape);
    return EXIT_OK;
}

static int one_type(const struct cli *cli, struct writer *out)
{
    const char *name = cli->args.operands[0];
    const struct event_type *type = event_type_by_name(slice_text(name));
    if (type == NULL) {
        return one_shape(cli, name, out);
    }
    if (given(cli, OPTION_EXAMPLE)) {
        schema_example(type, out);
    } else {
        schema_write_type(type, language_of(cli), out);
    }
    json_t *told = json_written(out);
    if (cli->json || given(cli, OPTION_EXAMPLE)) {
        json_print(told);
    } else {
        print_type(cli, type, told);
    }
    json_decref(told);
    return EXIT_OK;
}

static int all_types(const struct cli *cli, struct writer *out)
{
    if (given(cli, OPTION_EXAMPLE)) {
        return usage("accrue schema TYPE --example");
    }
    if (cli->json) {
        schema_write_all(language_of(cli), out);
        json_print_free(json_written(out));
        return EXIT_OK;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        const char *late = type->decided ? "" : in_language(cli, "not yet", "尚不受理");
        const char *title = cli->chinese ? type->name_zh : "";
        (void)json_array_append_new(
            rows, json_pack("{s:i,s:s,s:s,s:s,s:s}", "level", (int)type->level, "name", type->name,
                            "title", title, "decided", late, "meaning",
                            in_language(cli, type->help_en, type->help_zh)));
    }
    static const char *const keys[] = {"level", "name", "title", "decided", "meaning", NULL};
    table_print(cli, rows, keys, NULL);
    json_decref(rows);
    return EXIT_OK;
}

int command_schema(struct cli *cli)
{
    uint8_t *bytes = malloc(SCHEMA_BYTES);
    if (bytes == NULL) {
        return EXIT_FAILED;
    }
    struct writer out = writer_over(bytes, SCHEMA_BYTES);
    int result = cli->args.operand_count > 0 ? one_type(cli, &out) : all_types(cli, &out);
    free(bytes);
    return result;
}
