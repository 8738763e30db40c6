/* SPDX-License-Identifier: MIT
 *
 * In: fields. Out: CSV (RFC 4180) on standard output. */
#include "query/query.h"

#include <csv.h>
#include <stdio.h>
#include <string.h>

static bool begun; /* the row has a field */

void query_put(const char *bytes, size_t n)
{
    if (begun) {
        putchar(',');
    }
    begun = true;
    csv_fwrite(stdout, bytes ? bytes : "", bytes ? n : 0);
}

void query_end_row(void)
{
    begun = false;
    fputs("\r\n", stdout);
}

bool query_check_names(const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!names[i] || !*names[i]) {
            query_say(QUERY_INVALID, "column %zu has no name; write `AS name`", i + 1);
            return false;
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(names[i], names[k]) == 0) {
                query_say(QUERY_INVALID, "two columns are named `%s`; write `AS name`",
                          names[i]);
                return false;
            }
        }
    }
    return true;
}
