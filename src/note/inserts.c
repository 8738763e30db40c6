/* SPDX-License-Identifier: MIT
 *
 * In: a merged scalar. Out: one that cmark may see, in which a mark stands for each value
 * of a field; and back again. A mark is made of code points that are no characters, which
 * no text holds, since the reader of YAML refuses them; to cmark they are letters. So no
 * byte of a value is ever looked at as markup, and the marks' own bytes are none.
 *
 *     mark: U+FDE0, digits of its number (U+FDD0 to U+FDDF), U+FDE1 */
#include "note/load.h"

#include <string.h>

#include "base/utf8.h"

#define MARK_BEGIN "\xEF\xB7\xA0"
#define MARK_END "\xEF\xB7\xA1"

enum { MARK_LEAD = 0xEF, MARK_SECOND = 0xB7, MARK_DIGIT = 0x90, MARK_MAX_DIGITS = 8 };

/* --- What a value may do to the text around it --- */

enum bidi { BIDI_NONE, BIDI_EMBED, BIDI_ISOLATE, BIDI_POP_EMBED, BIDI_POP_ISOLATE };

static enum bidi bidi_of(uint32_t c)
{
    return c == 0x202C                   ? BIDI_POP_EMBED
           : c == 0x2069                 ? BIDI_POP_ISOLATE
           : c >= 0x202A && c <= 0x202E  ? BIDI_EMBED
           : c >= 0x2066 && c <= 0x2068  ? BIDI_ISOLATE
                                         : BIDI_NONE;
}

static bool holds_bidi(str s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        if (s.p[i] == '\xE2' && (s.p[i + 1] == '\x80' || s.p[i + 1] == '\x81')) {
            return true;
        }
    }
    return false;
}

/* The text with its marks of direction in pairs: what it opens it closes, what it has
 * not opened it cannot close. Deeper than 60 they are left out. */
static str paired(struct arena *a, str s)
{
    enum { DEEPEST = 60 };
    enum bidi open[DEEPEST];
    size_t n = 0, at = 0;
    struct buf out;
    if (!holds_bidi(s)) {
        return s;
    }
    buf_init(&out, a);
    while (at < s.n) {
        size_t from = at;
        enum bidi b = bidi_of(utf8_next(s, &at));
        bool opens = b == BIDI_EMBED || b == BIDI_ISOLATE;
        bool closes = n > 0 && ((b == BIDI_POP_EMBED && open[n - 1] == BIDI_EMBED) ||
                                (b == BIDI_POP_ISOLATE && open[n - 1] == BIDI_ISOLATE));
        if (opens && n < DEEPEST) {
            open[n++] = b;
        } else if (closes) {
            n--;
        } else if (b != BIDI_NONE) {
            continue;
        }
        buf_put(&out, str_sub(s, from, at));
    }
    while (n > 0) {
        buf_code_point(&out, open[--n] == BIDI_EMBED ? 0x202C : 0x2069);
    }
    return str_copy(a, buf_str(&out));
}

static void put_value(struct buf *out, str value, bool lines)
{
    if (lines) {
        buf_put(out, value);
        return;
    }
    value = str_trim(value);
    if (value.n == 0) {
        return;
    }
    char *p = buf_room(out, value.n);
    for (size_t i = 0; i < value.n; i++) {
        p[i] = value.p[i] == '\n' || value.p[i] == '\t' ? ' ' : value.p[i];
    }
    out->n += value.n;
}

/* --- There --- */

static void put_mark(struct note_loader *l, struct buf *out, str value)
{
    char digits[MARK_MAX_DIGITS];
    size_t number = l->inserts.n, n = 0;
    vec_push(l->arena, &l->inserts, paired(l->arena, value));
    do {
        digits[n++] = (char)(number % 16);
        number /= 16;
    } while (number && n < MARK_MAX_DIGITS);
    buf_puts(out, MARK_BEGIN);
    while (n > 0) {
        buf_char(out, (char)MARK_LEAD);
        buf_char(out, (char)MARK_SECOND);
        buf_char(out, (char)(MARK_DIGIT + digits[--n]));
    }
    buf_puts(out, MARK_END);
}

/* The part of a merged text that run `i` is. */
static str part_of(const struct value *v, size_t i)
{
    const struct value_merged *m = v->merged;
    return str_sub(v->text, m->runs[i].at, i + 1 < m->n ? m->runs[i + 1].at : v->text.n);
}

const struct value *note_inserts_hide(struct note_loader *l, const struct value *v)
{
    const struct value_merged *m = v->merged;
    if (!m) {
        return v;
    }
    struct value *made = NEW(l->arena, struct value);
    struct value_merged *merged = NEW(l->arena, struct value_merged);
    struct value_run *runs = NEW_ARRAY(l->arena, struct value_run, m->n);
    struct buf text;
    buf_init(&text, l->arena);
    for (size_t i = 0; i < m->n; i++) {
        runs[i] = m->runs[i];
        runs[i].at = text.n;
        if (m->runs[i].inert) {
            put_mark(l, &text, part_of(v, i));
        } else {
            buf_put(&text, part_of(v, i));
        }
    }
    *made = *v;
    *merged = (struct value_merged){m->template, runs, m->n};
    made->text = str_copy(l->arena, buf_str(&text));
    made->merged = merged;
    return made;
}

bool note_inserts_plain(struct note_loader *l, const struct value *v, str *text)
{
    const struct value_merged *m = v->merged;
    for (size_t i = 0; i < m->n; i++) {
        if (!m->runs[i].inert && !note_markdown_is_plain(part_of(v, i))) {
            return false;
        }
    }
    struct buf out;
    buf_init(&out, l->arena);
    for (size_t i = 0; i < m->n; i++) {
        if (m->runs[i].inert) {
            put_value(&out, paired(l->arena, part_of(v, i)), false);
        } else {
            buf_put(&out, part_of(v, i));
        }
    }
    *text = str_trim(buf_str(&out));
    return text->n > 0;
}

/* --- And back --- */

static bool is_mark_byte(str s, size_t at, unsigned char third)
{
    return at + 2 < s.n && (unsigned char)s.p[at] == MARK_LEAD &&
           (unsigned char)s.p[at + 1] == MARK_SECOND &&
           (unsigned char)s.p[at + 2] == third;
}

/* The bytes of the mark at `at`, or 0; its number. */
static size_t read_mark(str s, size_t at, size_t *number)
{
    size_t from = at;
    *number = 0;
    if (!is_mark_byte(s, at, (unsigned char)MARK_BEGIN[2])) {
        return 0;
    }
    for (at += 3; at + 2 < s.n && at - from <= 3 * MARK_MAX_DIGITS; at += 3) {
        unsigned digit = (unsigned char)s.p[at + 2] - (unsigned)MARK_DIGIT;
        if (digit > 15 || !is_mark_byte(s, at, (unsigned char)s.p[at + 2])) {
            break;
        }
        *number = *number * 16 + digit;
    }
    return is_mark_byte(s, at, (unsigned char)MARK_END[2]) ? at + 3 - from : 0;
}

bool note_find_insert(str s, size_t from, size_t *at, size_t *n)
{
    size_t number, ahead;
    for (; str_find_char(str_sub(s, from, s.n), (char)MARK_LEAD, &ahead); from++) {
        from += ahead;
        *n = read_mark(s, from, &number);
        if (*n) {
            *at = from;
            return true;
        }
    }
    return false;
}

str note_inserts_restore(struct note_loader *l, str s, bool lines)
{
    size_t at, n, number, done = 0;
    struct buf out;
    if (l->inserts.n == 0 || !note_find_insert(s, 0, &at, &n)) {
        return s;
    }
    buf_init(&out, l->arena);
    do {
        read_mark(s, at, &number);
        if (number < l->inserts.n) {
            buf_put(&out, str_sub(s, done, at));
            put_value(&out, l->inserts.v[number], lines);
            done = at + n;
        }
    } while (note_find_insert(s, at + n, &at, &n));
    buf_put(&out, str_sub(s, done, s.n));
    return str_copy(l->arena, buf_str(&out));
}
