/* completion: scripts for three shells, made from the table of commands.
 *
 *   P1  Texts stand between single quotes in the scripts; a quote or colon in one is left out. */

#include <string.h>

#include "ops/cli/cli.h"

static void print_text(const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("':\\", *text) == NULL) { /* P1 */
            (void)fputc(*text, stdout);
        }
    }
}

static void print_commands(void)
{
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("%s ", command->name);
    }
}

static void print_options(const enum option_id *ids)
{
    for (; *ids != OPTION_NONE; ids++) {
        (void)printf("--%s ", option_rules[*ids].name);
    }
}

/* What may stand as the first operand, where that is one of a few words. */
static void print_operands(const struct command *command)
{
    static const char *const words[][2] = {
        {"completion", "bash zsh fish "},
        {"reconcile", "bank "},
        {"report", "outstanding agenda statistics annual_report "},
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(command->name, words[i][0]) == 0) {
            (void)fputs(words[i][1], stdout);
        }
    }
}

static int bash(void)
{
    (void)puts(
        "# accrue completion for bash\n"
        "_accrue() {\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} i name=\n"
        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "        case ${COMP_WORDS[i]} in\n"
        "        --lang | --url | --socket | --timeout) ((i++)) ;;\n"
        "        -*) ;;\n"
        "        *) name=${COMP_WORDS[i]}; break ;;\n"
        "        esac\n"
        "    done\n"
        "    case $before in");
    for (int id = 1; id < OPTIONS; id++) {
        if (option_rules[id].choices != NULL) {
            (void)printf("    --%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n",
                         option_rules[id].name, option_rules[id].choices);
        }
    }
    (void)printf("    esac\n    local words='");
    print_options(common_options);
    (void)puts("'\n    case $name in");
    (void)printf("    '') words=\"$words ");
    print_commands();
    (void)puts("\" ;;");
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("    %s) words=\"$words ", command->name);
        print_options(command->options);
        print_operands(command);
        (void)puts("\" ;;");
    }
    (void)puts("    esac\n"
               "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
               "}\n"
               "complete -o default -F _accrue accrue");
    return EXIT_OK;
}

static void zsh_options(const enum option_id *ids)
{
    for (; *ids != OPTION_NONE; ids++) {
        const struct option_rule *rule = &option_rules[*ids];
        (void)printf("            '%s--%s[", rule->repeats ? "*" : "", rule->name);
        print_text(rule->help_en);
        (void)fputc(']', stdout);
        if (rule->choices != NULL) {
            (void)printf(":%s:(%s)", rule->name, rule->choices);
        } else if (rule->value != NULL) {
            (void)printf(":%s: ", rule->name);
        }
        (void)puts("' \\");
    }
}

static int zsh(void)
{
    (void)puts("#compdef accrue\n_accrue() {\n    local -a commands\n    commands=(");
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("        '%s:", command->name);
        print_text(command->help_en);
        (void)puts("'");
    }
    (void)puts("    )\n    if ((CURRENT == 2)); then\n        _describe command commands\n"
               "        return\n    fi\n    local name=$words[2]\n    shift words\n"
               "    ((CURRENT--))\n    case $name in");
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("    %s)\n        _arguments \\\n", command->name);
        zsh_options(command->options);
        zsh_options(common_options);
        if (strcmp(command->name, "completion") == 0) {
            (void)puts("            '*:shell:(bash zsh fish)' ;;");
        } else {
            (void)puts("            '*:file:_files' ;;");
        }
    }
    (void)puts("    esac\n}\n_accrue \"$@\"");
    return EXIT_OK;
}

static void fish_options(const char *condition, const enum option_id *ids)
{
    for (; *ids != OPTION_NONE; ids++) {
        const struct option_rule *rule = &option_rules[*ids];
        (void)printf("complete -c accrue%s -l %s", condition, rule->name);
        if (rule->letter != 0) {
            (void)printf(" -s %c", rule->letter);
        }
        if (rule->choices != NULL) {
            (void)printf(" -x -a '%s'", rule->choices);
        } else if (rule->value != NULL) {
            (void)fputs(" -r", stdout);
        }
        (void)fputs(" -d '", stdout);
        print_text(rule->help_en);
        (void)puts("'");
    }
}

static int fish(void)
{
    fish_options("", common_options);
    for (const struct command *command = commands; command->name != NULL; command++) {
        char condition[96];
        (void)printf("complete -c accrue -n __fish_use_subcommand -a %s -d '", command->name);
        print_text(command->help_en);
        (void)puts("'");
        (void)snprintf(condition, sizeof(condition), " -n '__fish_seen_subcommand_from %s'",
                       command->name);
        fish_options(condition, command->options);
    }
    (void)puts("complete -c accrue -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'");
    return EXIT_OK;
}

int command_completion(struct cli *cli)
{
    const char *shell = cli->args.operands[0];
    if (strcmp(shell, "bash") == 0) {
        return bash();
    }
    if (strcmp(shell, "zsh") == 0) {
        return zsh();
    }
    if (strcmp(shell, "fish") == 0) {
        return fish();
    }
    return usage("completion %s: bash, zsh, fish", shell);
}
