/* SPDX-License-Identifier: MIT
 *
 * Renders every note named on standard input (one path a line) beside itself, all with one
 * engine, as a program does that makes many. For each it prints `STATUS PAGES WARNINGS
 * PATH` on a line; what is reported goes to standard error. The notes' pages are checked
 * (INFONOTE_CHECK=1). */
#include "infonote.h"

#include <stdlib.h>
#include <string.h>

static void render(infonote_engine *engine, const char *path)
{
    char out[4096];
    const char *dot = strrchr(path, '.');
    int stem = dot ? (int)(dot - path) : (int)strlen(path);
    snprintf(out, sizeof out, "%.*s.pdf", stem, path);
    infonote_note *note = infonote_note_load(engine, path, NULL);
    infonote_status status = infonote_write_file(note, out);
    infonote_print_reports(note, stderr, INFONOTE_TEXT);
    fflush(stderr);
    printf("%d %zu %zu %s\n", (int)status, infonote_page_count(note),
           infonote_report_count(note), path);
    fflush(stdout);
    infonote_note_free(note);
}

int main(void)
{
    char line[4096];
    setenv("INFONOTE_CHECK", "1", 1);
    infonote_engine *engine = infonote_engine_new(NULL);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        render(engine, line);
    }
    infonote_engine_free(engine);
    return 0;
}
