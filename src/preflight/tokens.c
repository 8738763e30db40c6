/* SPDX-License-Identifier: MIT
 *
 * A content stream, token by token. Damaged input gives other tokens, never more than
 * there are bytes. */
#include "preflight/tokens.h"

#include <string.h>

#include "base/buf.h"

struct tokens tokens_open(struct arena *a, str bytes)
{
    return (struct tokens){.arena = a, .rest = bytes};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return c && strchr("()<>[]{}/%", c);
}

static void pass(struct tokens *t, size_t n)
{
    t->rest = str_sub(t->rest, n, t->rest.n);
}

static size_t regular(str s, size_t from)
{
    while (from < s.n && !is_space(s.p[from]) && !is_delimiter(s.p[from])) {
        from++;
    }
    return from;
}

static void pass_blanks(struct tokens *t)
{
    size_t i = 0;
    while (i < t->rest.n) {
        if (t->rest.p[i] == '%') {
            while (i < t->rest.n && t->rest.p[i] != '\n' && t->rest.p[i] != '\r') {
                i++;
            }
        } else if (is_space(t->rest.p[i])) {
            i++;
        } else {
            break;
        }
    }
    pass(t, i);
}

/* Brackets within are balanced, or escaped. */
static size_t string_end(str s)
{
    size_t i = 0;
    int depth = 0;
    for (; i < s.n; i++) {
        if (s.p[i] == '\\') {
            i++;
        } else if (s.p[i] == '(') {
            depth++;
        } else if (s.p[i] == ')' && --depth == 0) {
            return i + 1;
        }
    }
    return s.n;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
        : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "#20" stands for a blank. */
static str decoded(struct arena *a, str name)
{
    size_t at;
    if (!str_find_char(name, '#', &at)) {
        return name;
    }
    struct buf b;
    buf_init(&b, a);
    for (size_t i = 0; i < name.n; i++) {
        bool coded = name.p[i] == '#' && i + 2 < name.n && hex(name.p[i + 1]) >= 0 &&
                     hex(name.p[i + 2]) >= 0;
        buf_char(&b, coded ? (char)(hex(name.p[i + 1]) * 16 + hex(name.p[i + 2]))
                           : name.p[i]);
        i += coded ? 2 : 0;
    }
    return buf_str(&b);
}

/* Digits, a sign before, a point among them: nothing else is a number in PDF. */
bool tokens_number(str s, double *number)
{
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
    double value = 0, scale = 0;
    size_t digits = 0;
    for (; i < s.n; i++) {
        if (s.p[i] == '.' && scale == 0) {
            scale = 1;
        } else if (s.p[i] >= '0' && s.p[i] <= '9') {
            value = value * 10 + (s.p[i] - '0');
            scale *= 10;
            digits++;
        } else {
            return false;
        }
    }
    *number = (s.p[0] == '-' ? -value : value) / (scale > 1 ? scale : 1);
    return digits > 0 && digits < 40;
}

static void read_word(struct tokens *t)
{
    size_t n = regular(t->rest, 0);
    t->text = str_sub(t->rest, 0, n ? n : 1);
    t->kind = n ? TOKEN_OPERATOR : TOKEN_OTHER;
    if (n && tokens_number(t->text, &t->number)) {
        t->kind = TOKEN_NUMBER;
    } else if (str_is(t->text, "true") || str_is(t->text, "false") ||
               str_is(t->text, "null")) {
        t->kind = TOKEN_OTHER;
    }
    pass(t, t->text.n);
}

static size_t dictionary_end(str s)
{
    int depth = 0;
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] == '(') {
            i += string_end(str_sub(s, i, s.n)) - 1;
        } else if (s.p[i] == '<' && s.p[i + 1] == '<') {
            depth++;
            i++;
        } else if (s.p[i] == '>' && s.p[i + 1] == '>') {
            i++;
            if (--depth == 0) {
                return i + 1;
            }
        }
    }
    return s.n;
}

bool tokens_next(struct tokens *t)
{
    pass_blanks(t);
    if (!t->rest.n) {
        return false;
    }
    char c = t->rest.p[0];
    size_t end;
    t->kind = TOKEN_OTHER;
    t->text = STR_NONE;
    if (c == '/') {
        end = regular(t->rest, 1);
        t->kind = TOKEN_NAME;
        t->text = decoded(t->arena, str_sub(t->rest, 1, end));
        pass(t, end);
    } else if (c == '(') {
        pass(t, string_end(t->rest));
    } else if (c == '<' && t->rest.n > 1 && t->rest.p[1] == '<') {
        pass(t, dictionary_end(t->rest));
    } else if (c == '<') {
        pass(t, str_find_char(t->rest, '>', &end) ? end + 1 : t->rest.n);
    } else {
        read_word(t);
    }
    return true;
}

void tokens_pass_image(struct tokens *t)
{
    str s = t->rest;
    for (size_t i = 1; i + 2 < s.n; i++) {
        if (s.p[i] == 'E' && s.p[i + 1] == 'I' && is_space(s.p[i - 1]) &&
            (i + 2 == s.n || is_space(s.p[i + 2]))) {
            pass(t, i);
            return;
        }
    }
    pass(t, s.n);
}
