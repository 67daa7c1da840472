/* Files that appear whole or not at all (F2): written beside their place, then renamed. What is
 * there and no regular file (a device, a pipe) is never replaced. */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/cli/export/export.h"

static bool ends_with(const char *text, const char *ending)
{
    size_t len = strlen(text);
    size_t own = strlen(ending);
    return len > own && strcmp(text + len - own, ending) == 0;
}

int output_choose(struct cli *cli)
{
    const char *path = cli->args.value[OPTION_OUTPUT];
    cli->xlsx = cli->args.value[OPTION_XLSX];
    cli->output = path;
    bool report = strcmp(cli->command->name, "report") == 0;
    if (path != NULL && !report && ends_with(path, ".xlsx")) {
        cli->xlsx = path;
        cli->output = NULL;
    } else if (path != NULL && !report && ends_with(path, ".csv")) {
        cli->csv = true;
    } else if (path != NULL && (!report || !ends_with(path, ".html"))) {
        return usage("-o %s: %s", path, report ? "FILE.html" : "FILE.xlsx, FILE.csv");
    }
    if (cli->json + cli->csv + (cli->xlsx != NULL) > 1) {
        return usage("%s", in_language(cli, "one of --json, --csv and --xlsx",
                                       "--json、--csv、--xlsx 只能取一"));
    }
    if (given(cli, OPTION_TOTALS) && !cli->csv) {
        return usage("%s", in_language(cli, "--totals is for --csv; a workbook has them",
                                       "--totals 仅用于 --csv；工作簿自带合计"));
    }
    return EXIT_OK;
}

static bool failed(const char *path, const char *why)
{
    message("%s: %s", path, why);
    return false;
}

bool output_begin(struct output *output, const char *path, bool open)
{
    struct stat there;
    *output = (struct output){.file = stdout, .path = path};
    if (path == NULL) {
        return true;
    }
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
        return failed(path, "not a regular file");
    }
    int len = snprintf(output->part, sizeof(output->part), "%s.%ld.part", path, (long)getpid());
    if (len < 0 || (size_t)len >= sizeof(output->part)) {
        return failed(path, strerror(ENAMETOOLONG));
    }
    output->file = open ? fopen(output->part, "wbx") : NULL;
    return !open || output->file != NULL || failed(output->part, strerror(errno));
}

bool output_end(struct output *output, bool whole)
{
    if (output->path == NULL) {
        return whole; /* main() looks after stdout */
    }
    if (output->file != NULL) {
        whole = ferror(output->file) == 0 && whole;
        whole = fclose(output->file) == 0 && whole;
    }
    if (whole && rename(output->part, output->path) == 0) {
        return true;
    }
    int error = errno;
    (void)unlink(output->part);
    return whole ? failed(output->path, strerror(error))
                 : failed(output->path, "could not be written");
}
