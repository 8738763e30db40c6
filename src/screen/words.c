/* SPDX-License-Identifier: MIT
 *
 * In: the spans of a paragraph. Out: its words as people write them in a terminal:
 * *strong* and _emphasised_, `code`, a link's address behind its words, [1] for a
 * footnote. */
#include "screen/screen.h"

#include <string.h>
#include <unilbrk.h>
#include <uniwidth.h>

#include "base/utf8.h"

#define JOINER "\xE2\x81\xA0" /* no line ends at it */

enum { MIN_PART = 3 }; /* letters that stand alone beside a hyphen at a line's end */

enum mark { STRONG = 1, EMPHASIS = 2, STRUCK = 4, CODE = 8 };

struct words {
    const struct screen_request *r;
    const struct style *around;
    struct buf out;
    unsigned marks;   /* that are open */
    uint32_t link;    /* that the last words are of */
    size_t link_from; /* where they begin */
    bool blank;       /* a blank was the last character */
};

/* --- Characters --- */

static const char *const SUPER[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
static const char *const SUB[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};

/* A raised or lowered character as one of its own; NULL: there is none. */
static const char *shifted(uint32_t c, bool raised)
{
    if (c >= '0' && c <= '9') {
        return (raised ? SUPER : SUB)[c - '0'];
    }
    switch (c) {
    case '+': return raised ? "⁺" : "₊";
    case '-': case 0x2212: return raised ? "⁻" : "₋";
    case '=': return raised ? "⁼" : "₌";
    case '(': return raised ? "⁽" : "₍";
    case ')': return raised ? "⁾" : "₎";
    case 'n': return raised ? "ⁿ" : NULL;
    default: return NULL;
    }
}

static bool all_shifted(str text, bool raised)
{
    for (size_t at = 0; at < text.n;) {
        if (!shifted(utf8_next(text, &at), raised)) {
            return false;
        }
    }
    return text.n > 0;
}

static void put_shifted(struct buf *out, str text, bool raised)
{
    if (!all_shifted(text, raised)) {
        buf_format(out, "%s%.*s%s", raised ? "^" : "_", STR_ARG(text),
                   utf8_count(text) > 1 ? (raised ? "^" : "_") : "");
        return;
    }
    for (size_t at = 0; at < text.n;) {
        buf_puts(out, shifted(utf8_next(text, &at), raised));
    }
}

/* Runs of blanks are one; what only helps a typesetter goes; U+2028 ends a line. */
static void put_text(struct words *w, str text, bool verbatim)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (c == 0x2028) {
            buf_char(&w->out, '\n');
            w->blank = !verbatim;
        } else if (blank && !verbatim) {
            buf_repeat(&w->out, ' ', !w->blank);
            w->blank = true;
        } else if (c != 0xAD && c != 0x200B && c != 0x2060 && c != 0xFFFC) {
            buf_put(&w->out, str_sub(text, from, at));
            w->blank = false;
        }
    }
}

/* --- Marks --- */

static void put_marks(struct words *w, unsigned marks)
{
    static const char *const SIGNS[] = {"*", "_", "~~", "`"};
    unsigned close = w->marks & ~marks, open = marks & ~w->marks;
    bool inside = close && !(close & CODE) && w->out.n &&
                  w->out.p[w->out.n - 1] == ' ';
    w->out.n -= inside; /* marks stand close to words; a blank in code is code */
    for (int i = 3; i >= 0; i--) {
        buf_puts(&w->out, close & (1u << i) ? SIGNS[i] : "");
    }
    buf_repeat(&w->out, ' ', inside);
    for (int i = 0; i < 4; i++) {
        buf_puts(&w->out, open & (1u << i) ? SIGNS[i] : "");
    }
    w->marks = marks;
}

static unsigned marks_of(const struct words *w, const struct text_span *s)
{
    enum structure_role role = structure_role_of(&w->r->tree->structure, s->element);
    unsigned marks = 0;
    if (role == STRUCTURE_LBL || (s->flags & TEXT_SPAN_MARK)) {
        return 0;
    }
    marks |= s->style->weight > w->around->weight + 100 && role != STRUCTURE_CAPTION
        ? STRONG : 0u;
    marks |= s->style->italic && !w->around->italic ? EMPHASIS : 0u;
    marks |= s->style->strike && !w->around->strike ? STRUCK : 0u;
    return marks | (role == STRUCTURE_CODE ? CODE : 0u);
}

/* Behind the words of a link its address, unless they say it. */
static void end_link(struct words *w)
{
    const struct tree *t = w->r->tree;
    str uri = w->link ? t->links.v[w->link - 1].uri : STR_NONE;
    str shown = str_sub(buf_str(&w->out), w->link_from, w->out.n);
    str bare = str_starts(uri, STR("mailto:")) ? str_sub(uri, 7, uri.n) : uri;
    w->link = 0;
    if (uri.n && !(shown.n && str_ends(uri, str_trim(shown)))) {
        buf_format(&w->out, " <%.*s>", STR_ARG(bare));
        w->blank = false;
    }
}

static void put_span(struct words *w, const struct text_span *s)
{
    uint32_t note = screen_note(w->r->tree, s);
    len rise = s->style->rise - w->around->rise;
    if (s->link != w->link) {
        put_marks(w, 0);
        end_link(w);
        w->link = note ? 0 : s->link;
        w->link_from = w->out.n;
    }
    put_marks(w, marks_of(w, s));
    if (note) {
        buf_format(&w->out, JOINER "[%u]", note);
        w->blank = false;
    } else if (s->flags & TEXT_SPAN_MARK) {
        w->blank = false; /* what parts two marks: brackets do */
    } else if (s->page_of) {
        put_text(w, screen_page(w->r, s), false);
    } else if (s->object) {
        str alt = screen_alt(w->r->tree, s->element);
        buf_format(&w->out, alt.n ? "[%.*s]" : "%.*s", STR_ARG(alt));
        w->blank = w->blank && !alt.n;
    } else if (rise && str_trim(s->text).n) {
        put_shifted(&w->out, s->text, rise > 0);
        w->blank = false;
    } else {
        put_text(w, s->text, s->flags & TEXT_SPAN_VERBATIM);
    }
}

str screen_words(const struct screen_request *r, const struct tree_spans *spans,
                 const struct style *around)
{
    struct words w = {.r = r, .around = around, .blank = true};
    buf_init(&w.out, r->arena);
    for (size_t i = 0; i < spans->n; i++) {
        put_span(&w, &spans->v[i]);
    }
    put_marks(&w, 0);
    end_link(&w);
    return buf_str(&w.out);
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F;
}

str screen_marker(const struct screen_request *r, const struct box *p)
{
    str words = p->marker.n ? screen_words(r, &p->marker, p->marker.v->style) : STR_NONE;
    for (size_t at = words.n; at > 0;) {
        if (!is_blank(utf8_prev(words, &at))) {
            break;
        }
        words.n = at;
    }
    return words;
}

/* --- Lines --- */

int screen_width(str line)
{
    return u8_width((const uint8_t *)line.p, line.n, "UTF-8");
}

/* Blanks that no line may end at are plain ones, once lines are broken. */
static str finish(str line, struct arena *a)
{
    struct buf out;
    while (line.n && line.p[line.n - 1] == ' ') {
        line.n--;
    }
    buf_init(&out, a);
    for (size_t at = 0; at < line.n;) {
        size_t from = at;
        uint32_t c = utf8_next(line, &at);
        if (c == 0xA0 || c == 0x202F || c == 0x2007) {
            buf_char(&out, ' ');
        } else if (c == 0x2011) {
            buf_char(&out, '-');
        } else if (c != 0x2060) {
            buf_put(&out, str_sub(line, from, at));
        }
    }
    return buf_str(&out);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool screen_is_address(str word)
{
    size_t at, from = 0;
    while (from < word.n && !is_letter(word.p[from])) {
        from++; /* brackets, quotation marks, and the marks of what is strong */
    }
    return str_starts(str_sub(word, from, word.n), STR("www.")) ||
           str_find(word, STR("://"), &at) ||
           (str_find_char(word, '@', &at) && at > 0 && at + 1 < word.n);
}

/* Scripts that have no blanks have wide letters, between which lines end: they are no
 * part of an address, though they may stand close to it. */
static size_t end_of_word(str text, size_t at)
{
    while (at < text.n) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (c == ' ' || uc_width(c, "UTF-8") > 1) {
            return from;
        }
    }
    return at;
}

/* How many letters stand before or behind a hyphen, up to the next one or to a blank; or
 * enough of them. */
static int part_at(str text, size_t at, bool before)
{
    int n = 0;
    while (n < MIN_PART && (before ? at > 0 : at < text.n)) {
        uint32_t c = before ? utf8_prev(text, &at) : utf8_next(text, &at);
        if (c == '-' || is_blank(c)) {
            break;
        }
        n++;
    }
    return n;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Nobody ends a line with `e-`, nor divides a telephone number. */
static void keep_hyphens(str text, char *keep)
{
    for (size_t i = 1; i + 1 < text.n; i++) {
        if (text.p[i] == '-' && ((is_digit(text.p[i - 1]) && is_digit(text.p[i + 1])) ||
                                 part_at(text, i, true) < MIN_PART ||
                                 part_at(text, i + 1, false) < MIN_PART)) {
            keep[i + 1] = UC_BREAK_PROHIBITED;
        }
    }
}

/* Mail programs take the first line of an address for all of it: no line ends inside. */
static const char *keep_together(str text, struct arena *a)
{
    char *keep = arena_alloc(a, text.n + 1);
    memset(keep, UC_BREAK_UNDEFINED, text.n + 1);
    for (size_t from = 0; from < text.n;) {
        size_t end = end_of_word(text, from);
        if (screen_is_address(str_sub(text, from, end))) {
            memset(keep + from + 1, UC_BREAK_PROHIBITED, end - from - 1);
        }
        from = end;
        if (from < text.n) {
            utf8_next(text, &from);
        }
    }
    keep_hyphens(text, keep);
    return keep;
}

static void break_line(str text, int width, struct arena *a, struct screen_lines *lines)
{
    char *ends = arena_alloc(a, text.n + 1);
    size_t from = 0;
    u8_width_linebreaks((const uint8_t *)text.p, text.n, width, 0, 0,
                        keep_together(text, a), "UTF-8", ends);
    for (size_t i = 1; i <= text.n; i++) {
        bool may = i < text.n && (ends[i] == UC_BREAK_POSSIBLE ||
                                  ends[i] == UC_BREAK_MANDATORY);
        if (i == text.n || may) {
            vec_push(a, &lines->all, finish(str_sub(text, from, i), a));
            from = i;
        }
    }
    if (!text.n) {
        vec_push(a, &lines->all, STR_NONE);
    }
}

void screen_break(str text, int width, struct arena *a, struct screen_lines *lines)
{
    do {
        str line = str_cut(text, '\n', &text);
        break_line(line, width < 1 ? 1 : width, a, lines);
    } while (text.n);
}
