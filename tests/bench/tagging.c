/* SPDX-License-Identifier: MIT
 *
 * tagging RUNS NOTE: writes a note with and without its structure tree, in turn, in one
 * warm process, and prints one line: the least processor time of each in microseconds, the
 * bytes of each. The least, because what other programs do only adds to it. */
#include "infonote.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct least {
    long time;
    size_t bytes;
};

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void render(infonote_engine *engine, const char *path, bool untagged,
                   struct least *least)
{
    infonote_options options = {.untagged = untagged};
    const char *bytes;
    long start = now();
    infonote_note *note = infonote_note_load(engine, path, &options);
    if (infonote_write_bytes(note, &bytes, &least->bytes) != INFONOTE_OK) {
        infonote_print_reports(note, stderr, INFONOTE_TEXT);
        exit(1);
    }
    infonote_note_free(note);
    long time = now() - start;
    least->time = time < least->time ? time : least->time;
}

int main(int n, char **arguments)
{
    if (n != 3) {
        return 2;
    }
    struct least with = {.time = LONG_MAX}, without = {.time = LONG_MAX};
    infonote_engine *engine = infonote_engine_new(NULL);
    for (int i = atoi(arguments[1]); i > 0; i--) {
        render(engine, arguments[2], false, &with);
        render(engine, arguments[2], true, &without);
    }
    infonote_engine_free(engine);
    printf("%ld %ld %zu %zu\n", with.time, without.time, with.bytes, without.bytes);
    return 0;
}
