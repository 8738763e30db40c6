/* preflight/tokens.h: a content stream, token by token (ISO 32000-1, 7.2 and 7.8.2).
 *
 *     struct tokens t = tokens_open(arena, bytes);
 *     while (tokens_next(&t)) use(t.kind, t.text, t.number);
 *
 * Strings and dictionaries are skipped: nothing that preflight asks is in them. */
#ifndef INFONOTE_PREFLIGHT_TOKENS_H
#define INFONOTE_PREFLIGHT_TOKENS_H

#include "base/str.h"

enum token_kind {
    TOKEN_NUMBER, TOKEN_NAME, TOKEN_OPERATOR,
    TOKEN_OTHER, /* a string, an array's bracket, a dictionary */
};

struct tokens {
    struct arena *arena;
    str rest;
    enum token_kind kind;
    str text;      /* NAME: without its slash, decoded; OPERATOR */
    double number;
};

struct tokens tokens_open(struct arena *a, str bytes);
bool tokens_next(struct tokens *t); /* false: the end */

/* A number as PDF writes them, whatever the locale; false: it is none. */
bool tokens_number(str s, double *number);

/* Behind ID: what is before EI is passed over. */
void tokens_pass_image(struct tokens *t);

#endif
