/* The text of a note that need not say its language, where a test is about something
 * else: `lang: en` is added below it, so that no place in it moves. */
#ifndef INFONOTE_TESTS_IN_ENGLISH_H
#define INFONOTE_TESTS_IN_ENGLISH_H

#include <string.h>

#include "base/str.h"

static inline str in_english(struct arena *a, const char *yaml)
{
    size_t n = strlen(yaml);
    bool said = strncmp(yaml, "lang:", 5) == 0 || strstr(yaml, "\nlang:");
    return said || yaml[0] == '{' || yaml[0] == '-'
        ? str_from(yaml)
        : str_format(a, "%s%slang: en\n", yaml, n && yaml[n - 1] == '\n' ? "" : "\n");
}

#endif
