/* SPDX-License-Identifier: MIT
 *
 * In: texts. Out: values of headers. Words of plain ASCII stay as they are, as long as
 * lines can be folded between them; what stands between the first and the last word that
 * is none becomes encoded words, in Q where people can read it, else in B. */
#include "mail/header.h"

#include <glib.h>
#include <string.h>
#include <unigbrk.h>

#include "base/utf8.h"

enum {
    LINE = 76,        /* of a line with an encoded word */
    WORD = 75,        /* an encoded word */
    FRAME = 12,       /* =?utf-8?q?…?= */
    TRIPLE = 3,       /* bytes that base64 makes 4 characters of */
};

static const char HEX[] = "0123456789ABCDEF";

void header_begin(struct header *h, struct arena *a, const char *name)
{
    buf_init(&h->out, a);
    buf_char(&h->out, ' ');
    h->column = strlen(name) + 2; /* with its colon */
    h->any = false;
    h->arena = a;
}

str header_end(struct header *h)
{
    buf_puts(&h->out, "\n");
    str value = buf_str(&h->out);
    buf_char(&h->out, '\0');
    return (str){h->out.p, value.n};
}

static void put(struct header *h, str text)
{
    buf_put(&h->out, text);
    h->column += text.n;
}

/* The blanks begin the next line: who unfolds it gets them back. */
static void fold(struct header *h, str blanks)
{
    buf_char(&h->out, '\n');
    h->column = 0;
    put(h, blanks);
}

void header_put_value(struct header *h, str value)
{
    put(h, value);
}

/* --- Words --- */

static bool is_alphanumeric(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t blanks_of(str text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] == ' ') {
        n++;
    }
    return n;
}

static size_t word_of(str text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] != ' ') {
        n++;
    }
    return n;
}

/* Can stand as it is: no reader takes it for an encoded word. */
static bool is_plain(str word)
{
    size_t at;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < 0x20 || word.p[i] > 0x7E) {
            return false;
        }
    }
    return word.n < WORD && !str_find(word, STR("=?"), &at);
}

/* Where the first word that is not plain begins, the last one ends; false: all are. */
static bool find_special(str text, size_t *from, size_t *to)
{
    bool found = false;
    for (size_t at = 0; at < text.n;) {
        at += blanks_of(str_sub(text, at, text.n));
        str word = str_sub(text, at, at + word_of(str_sub(text, at, text.n)));
        if (!is_plain(word)) {
            *from = found ? *from : at;
            *to = at + word.n;
            found = true;
        }
        at += word.n;
    }
    return found;
}

static void put_plain(struct header *h, str text)
{
    while (text.n) {
        size_t blank = blanks_of(text);
        size_t word = word_of(str_sub(text, blank, text.n));
        str blanks = str_sub(text, 0, blank);
        if (blank && word && h->column + blank + word > LINE) {
            fold(h, blanks);
        } else {
            put(h, blanks);
        }
        put(h, str_sub(text, blank, blank + word));
        text = str_sub(text, blank + word, text.n);
    }
}

/* --- Encoded words --- */

/* What stands for itself in Q wherever an encoded word may be, also in names. */
static bool is_literal(unsigned char c)
{
    return is_alphanumeric(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

static size_t letters_of(str text, bool base64)
{
    if (base64) {
        return (text.n + TRIPLE - 1) / TRIPLE * 4;
    }
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        n += is_literal(c) || c == ' ' ? 1 : 3;
    }
    return n;
}

static void put_word(struct header *h, str text, bool base64)
{
    put(h, base64 ? STR("=?utf-8?b?") : STR("=?utf-8?q?"));
    size_t from = h->out.n;
    for (size_t i = 0; !base64 && i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (is_literal(c) || c == ' ') {
            buf_char(&h->out, c == ' ' ? '_' : (char)c);
        } else {
            buf_format(&h->out, "=%c%c", HEX[c >> 4], HEX[c & 15]);
        }
    }
    if (base64) {
        char *letters = g_base64_encode((const unsigned char *)text.p, text.n);
        buf_puts(&h->out, letters);
        g_free(letters);
    }
    h->column += h->out.n - from;
    put(h, STR("?="));
}

/* The longest beginning of `text` that fits; `breaks`: where it may end. */
static size_t fitting(str text, const char *breaks, bool base64, size_t room)
{
    size_t good = 0;
    for (size_t n = 1; n <= text.n; n++) {
        bool ends = n == text.n || breaks[n];
        if (ends && letters_of(str_sub(text, 0, n), base64) > room) {
            break;
        }
        good = ends ? n : good;
    }
    return good;
}

/* What is seen as one character may be longer than a word: it is divided between those
 * that it is made of. */
static size_t fitting_part(str text, bool base64, size_t room)
{
    size_t good = 0;
    for (size_t at = 0; at < text.n;) {
        utf8_next(text, &at);
        if (letters_of(str_sub(text, 0, at), base64) > room) {
            break;
        }
        good = at;
    }
    return good;
}

static size_t room_in(const struct header *h)
{
    size_t left = h->column < LINE ? LINE - h->column : 0;
    left = left < WORD ? left : WORD;
    return left > FRAME ? left - FRAME : 0;
}

/* Q can be read by people where most of it is ASCII: it may be half as long again. */
static bool wants_base64(str text)
{
    return letters_of(text, true) * 3 < letters_of(text, false) * 2;
}

static void put_encoded(struct header *h, str text, str blanks)
{
    bool base64 = wants_base64(text);
    char *breaks = NEW_ARRAY(h->arena, char, text.n + 1);
    u8_grapheme_breaks((const uint8_t *)text.p, text.n, breaks);
    put(h, blanks);
    for (bool first = true; text.n; first = false) {
        size_t n = fitting(text, breaks, base64, room_in(h));
        if (!n && first && blanks.n) { /* nothing of it fits behind what is there */
            h->out.n -= blanks.n;
            fold(h, blanks);
            n = fitting(text, breaks, base64, room_in(h));
        }
        n = n ? n : fitting_part(text, base64, room_in(h));
        put_word(h, str_sub(text, 0, n), base64);
        text = str_sub(text, n, text.n);
        breaks += n;
        if (text.n) {
            fold(h, STR(" "));
        }
    }
}

void header_put_text(struct header *h, str text)
{
    size_t from, to;
    if (!find_special(text, &from, &to)) {
        put_plain(h, text);
        return;
    }
    size_t plain = from;
    while (plain && text.p[plain - 1] == ' ') {
        plain--;
    }
    put_plain(h, str_sub(text, 0, plain));
    put_encoded(h, str_sub(text, from, to), str_sub(text, plain, from));
    put_plain(h, str_sub(text, to, text.n));
}

/* --- Addresses --- */

static bool is_atoms(str name)
{
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        bool blank = c == ' ' && i && i + 1 < name.n && name.p[i + 1] != ' ';
        if (!blank && !is_alphanumeric(c) && !(c && strchr("!#$%&'*+-/=?^_`{|}~", c))) {
            return false;
        }
    }
    return true;
}

/* A name in quotes, if it needs them. */
static str quoted(struct header *h, str name)
{
    struct buf out;
    if (is_atoms(name)) {
        return name;
    }
    buf_init(&out, h->arena);
    buf_char(&out, '"');
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"' || name.p[i] == '\\') {
            buf_char(&out, '\\');
        }
        buf_char(&out, name.p[i]);
    }
    buf_char(&out, '"');
    return buf_str(&out);
}

/* Behind a name on its line, or on the next. */
static void put_mailbox(struct header *h, str mailbox)
{
    str blank = STR(" ");
    if (h->column + blank.n + mailbox.n + 3 > LINE) { /* < and >, and a comma */
        fold(h, blank);
    } else {
        put(h, blank);
    }
    put(h, STR("<"));
    put(h, mailbox);
    put(h, STR(">"));
}

void header_put_address(struct header *h, str name, str mailbox)
{
    size_t from, to;
    bool special = find_special(name, &from, &to);
    str shown = special ? STR_NONE : quoted(h, name);
    size_t whole = special  ? letters_of(name, false) + FRAME + mailbox.n + 4
                   : name.n ? shown.n + mailbox.n + 4
                            : mailbox.n + 1;
    str blank = STR(" ");
    if (h->any) {
        put(h, STR(","));
        if (h->column + 1 + whole > LINE) {
            fold(h, blank);
        } else {
            put(h, blank);
        }
    }
    h->any = true;
    if (!name.n) {
        put(h, mailbox);
        return;
    }
    if (special) {
        put_encoded(h, name, STR_NONE);
    } else {
        put_plain(h, shown);
    }
    put_mailbox(h, mailbox);
}
