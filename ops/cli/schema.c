/* schema: the vocabulary of this release, from the same table that the daemon checks with. */

#include "proto/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cli/cli.h"

#define SCHEMA_BYTES (1024 * 1024)

static accrue_value written(const struct writer *out)
{
    return (accrue_value){.data = out->data, .len = out->len};
}

static void print_type(const struct cli *cli, const struct event_type *type)
{
    (void)printf("%s  %s  (%s, %s %u)\n  %s\n", type->name, type->name_zh,
                 type->kind == KIND_NONE ? "kind/id" : kind_name(type->kind),
                 in_language(cli, "level", "级"), (unsigned)type->level,
                 in_language(cli, type->help_en, type->help_zh));
    if (!type->decided) {
        (void)printf("  %s\n", in_language(cli, "declared, not decided in this release",
                                           "已声明，本版本尚不受理"));
    }
    for (size_t i = 0; i < type->data.count; i++) {
        const struct field_rule *rule = &type->data.fields[i];
        (void)printf("  %-18s %s %s", field_name(rule->id),
                     (rule->flags & FIELD_REQUIRED) != 0 ? "*" : " ",
                     in_language(cli, rule->help_en, rule->help_zh));
        for (const char *const *name = rule->names; name != NULL && *name != NULL; name++) {
            (void)printf("%s%s", name == rule->names ? ": " : " | ", *name);
        }
        (void)putchar('\n');
    }
}

static int print_json(accrue_value value)
{
    json_t *json = json_of(value);
    json_print(json);
    json_decref(json);
    return EXIT_OK;
}

static int one_type(const struct cli *cli, struct writer *out)
{
    const char *name = cli->args.operands[0];
    const struct event_type *type = event_type_by_name(slice_text(name));
    if (type == NULL) {
        (void)fprintf(stderr, "accrue: %s %s\n",
                      in_language(cli, "there is no type", "没有此事件类型"), name);
        return EXIT_NOT_FOUND;
    }
    if (cli->args.value[OPTION_EXAMPLE] != NULL) {
        schema_example(type, out);
        return print_json(written(out));
    }
    if (cli->json) {
        schema_write_type(type, cli->chinese ? LANGUAGE_ZH : LANGUAGE_EN, out);
        return print_json(written(out));
    }
    print_type(cli, type);
    return EXIT_OK;
}

static int all_types(const struct cli *cli, struct writer *out)
{
    if (cli->json) {
        schema_write_all(cli->chinese ? LANGUAGE_ZH : LANGUAGE_EN, out);
        return print_json(written(out));
    }
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        (void)printf("%u %s %-34s %s\n", (unsigned)type->level, type->decided ? " " : "-",
                     type->name, in_language(cli, type->help_en, type->help_zh));
    }
    (void)fprintf(stderr, "%s\n",
                  in_language(cli, "level, - = not decided in this release, name, meaning",
                              "级别，- 为本版本尚不受理，名称，含义"));
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
