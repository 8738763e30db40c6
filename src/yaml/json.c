/* SPDX-License-Identifier: MIT
 *
 * In: JSON. Out: the same as YAML, which nearly has it as a part: characters beyond
 * U+FFFF, which JSON may write as two escapes, become the one escape that YAML has. */
#include "yaml/value.h"

/* The four hexadecimal digits of `\uXXXX` at `at`; -1 if there is no such escape. */
static int32_t escape_at(str s, size_t at)
{
    int32_t value = 0;
    if (at + 6 > s.n || s.p[at] != '\\' || s.p[at + 1] != 'u') {
        return -1;
    }
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = (char)(s.p[i] | 0x20);
        bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
        if (!digit && !letter) {
            return -1;
        }
        value = value * 16 + (digit ? c - '0' : c - 'a' + 10);
    }
    return value;
}

static bool is_high(int32_t c)
{
    return c >= 0xD800 && c < 0xDC00;
}

static bool is_low(int32_t c)
{
    return c >= 0xDC00 && c < 0xE000;
}

str value_from_json(struct arena *a, str text)
{
    struct buf out;
    size_t done = 0;
    buf_init(&out, a);
    for (size_t i = 0; i + 12 <= text.n; i++) {
        if (text.p[i] != '\\') {
            continue;
        }
        int32_t high = escape_at(text, i), low = escape_at(text, i + 6);
        if (is_high(high) && is_low(low)) {
            buf_put(&out, str_sub(text, done, i));
            buf_format(&out, "\\U%08X",
                       (unsigned)(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)));
            done = i + 12;
            i += 11;
        } else {
            i++; /* over what is escaped, a backslash perhaps */
        }
    }
    buf_put(&out, str_sub(text, done, text.n));
    return done ? str_copy(a, buf_str(&out)) : text;
}
