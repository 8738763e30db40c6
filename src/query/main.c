/* SPDX-License-Identifier: MIT
 *
 * In: two words. Out: rows. */
#include "query/query.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int query_say(int status, const char *format, ...)
{
    va_list arguments;
    fputs("infonote-query: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return status;
}

static bool is_postgres(str database)
{
    return str_starts(database, STR("postgresql://")) ||
           str_starts(database, STR("postgres://"));
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        return query_say(QUERY_WRONG_USE, "write infonote-query DATABASE QUERY");
    }
    struct query q = {.database = argv[1], .text = argv[2]};
    int status = is_postgres(str_from(argv[1])) ? query_postgres(&q) : query_sqlite(&q);
    if (status == QUERY_DONE && (ferror(stdout) || fflush(stdout) != 0)) {
        return query_say(QUERY_FAILED, "cannot write: %s", strerror(errno));
    }
    return status;
}
