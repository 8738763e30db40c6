/* SPDX-License-Identifier: MIT
 *
 * In: a line of a journal. Out: the few members that matter, looked for where they stand:
 * only what journal.c writes itself need be read. */
#include "bulk/journal.h"

/* In a text that a user gave, quotes are escaped: no name can be found there. */
str bulk_journal_member(str line, str name)
{
    size_t at, end = 0;
    if (!str_find(line, name, &at)) {
        return STR_NONE;
    }
    str value = str_sub(line, at + name.n, line.n);
    if (value.n && value.p[0] == '"') {
        value = str_sub(value, 1, value.n);
        while (end < value.n && value.p[end] != '"') {
            end += value.p[end] == '\\' ? 2 : 1;
        }
        return end < value.n ? str_sub(value, 0, end) : STR_NONE;
    }
    while (end < value.n && value.p[end] >= '0' && value.p[end] <= '9') {
        end++;
    }
    return str_sub(value, 0, end);
}

uint64_t bulk_journal_number(str text)
{
    uint64_t n = 0;
    for (size_t i = 0; i < text.n && n < UINT64_MAX / 16; i++) {
        n = n * 10 + (uint64_t)(text.p[i] - '0');
    }
    return n;
}
