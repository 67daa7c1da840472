/* completion: scripts for three shells, made from the table of commands. */

#include <stdio.h>
#include <string.h>

#include "ops/cli/cli.h"

static void print_options(const struct command *command, const char *before)
{
    for (const enum option_id *id = command->options; *id != OPTION_NONE; id++) {
        (void)printf("%s--%s", before, option_rules[*id].name);
    }
    (void)printf("%s--json%s--lang%s--url%s--timeout%s--help", before, before, before, before,
                 before);
}

static int bash(void)
{
    (void)printf("# accrue completion for bash: source it, or install it as\n"
                 "# /usr/share/bash-completion/completions/accrue\n"
                 "_accrue() {\n"
                 "    local word=${COMP_WORDS[COMP_CWORD]}\n"
                 "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                 "        COMPREPLY=($(compgen -W \"");
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("%s ", command->name);
    }
    (void)printf("\" -- \"$word\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n");
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("    %s) COMPREPLY=($(compgen -W \"", command->name);
        print_options(command, " ");
        (void)printf("\" -- \"$word\")) ;;\n");
    }
    (void)printf("    esac\n}\ncomplete -o default -F _accrue accrue\n");
    return EXIT_OK;
}

static int zsh(void)
{
    (void)printf("#compdef accrue\n_accrue() {\n    local -a commands\n    commands=(\n");
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("        '%s:%s'\n", command->name, command->help_en);
    }
    (void)printf("    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n"
                 "        return\n    fi\n    case $words[2] in\n");
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("    %s) compadd -- ", command->name);
        print_options(command, " ");
        (void)printf("; _files ;;\n");
    }
    (void)printf("    esac\n}\n_accrue \"$@\"\n");
    return EXIT_OK;
}

static int fish(void)
{
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("complete -c accrue -n __fish_use_subcommand -a %s -d '%s'\n", command->name,
                     command->help_en);
        for (const enum option_id *id = command->options; *id != OPTION_NONE; id++) {
            (void)printf("complete -c accrue -n '__fish_seen_subcommand_from %s' -l %s -d '%s'\n",
                         command->name, option_rules[*id].name, option_rules[*id].help_en);
        }
    }
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
    return usage("completion %s: bash, zsh or fish", shell);
}
