/* SPDX-License-Identifier: MIT
 *
 * In: addresses, and text that may hold some. Out: links of the kinds that a note may
 * have; everything else is reported. Addresses leave here in ASCII, percent-encoded, as
 * PDF wants them. */
#include "note/markdown.h"

#include <string.h>

#include "base/utf8.h"

#include "note/syntax.h"

static const char *const SCHEMES[] = {"http", "https", "mailto", "tel"};

enum { N_SCHEMES = sizeof SCHEMES / sizeof *SCHEMES };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "https" of "https:…", in lower case; empty when there is none. */
static str scheme_of(struct arena *a, str url)
{
    size_t n = 0;
    while (n < url.n && (is_letter(url.p[n]) ||
                         (n && (is_digit(url.p[n]) || strchr("+.-", url.p[n]))))) {
        n++;
    }
    if (n == 0 || n >= url.n || url.p[n] != ':') {
        return STR_NONE;
    }
    char *p = arena_copy(a, url.p, n);
    for (size_t i = 0; i < n; i++) {
        p[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + ('a' - 'A') : p[i]);
    }
    return (str){p, n};
}

static str encoded(struct arena *a, str url)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c <= ' ' || c >= 0x7F || strchr("<>\"\\^`{|}", c)) {
            buf_format(&out, "%%%02X", c);
        } else {
            buf_char(&out, (char)c);
        }
    }
    return str_copy(a, buf_str(&out));
}

static const char *hint_for(struct note_loader *l, str url, str scheme)
{
    size_t at;
    if (scheme.n) {
        str hint = diag_suggest(l->sink->arena, scheme, SCHEMES, N_SCHEMES);
        return hint.n ? hint.p : "links may begin with http:, https:, mailto:, tel: or #";
    }
    if (str_find_char(url, '@', &at)) {
        return str_format(l->sink->arena, "did you mean `mailto:%.*s`?", STR_ARG(url)).p;
    }
    if (str_find_char(url, '.', &at)) {
        return str_format(l->sink->arena, "write the whole address, such as "
                          "`https://%.*s`", STR_ARG(url)).p;
    }
    return "write an address, or `#` and the id of a heading";
}

void markdown_link(struct markdown *m, struct note_node *node, str url)
{
    struct note_loader *l = m->l;
    if (str_starts(url, STR("#")) && url.n > 1) {
        node->as.link.internal = true;
        node->as.link.url = str_sub(url, 1, url.n);
        vec_push(l->arena, &l->links, node);
        return;
    }
    str scheme = scheme_of(l->arena, url);
    node->as.link.url = encoded(l->arena, url);
    for (size_t i = 0; i < N_SCHEMES; i++) {
        size_t least = strlen(SCHEMES[i]) + (i < 2 ? 3 : 1);
        if (str_is(scheme, SCHEMES[i]) && url.n > least) {
            return;
        }
    }
    diag_report(l->sink, DIAG_BAD_LINK, node->at, hint_for(l, url, scheme),
                url.n ? "a note cannot link to `%.*s`" : "a link without an address%.*s",
                STR_ARG(url));
}

/* --- Links without text --- */

/* The words that stand for a reference's form, in a link's title. */
static const char *const FORMS[] = {"number", "title", "page"};

enum { N_FORMS = sizeof FORMS / sizeof *FORMS };

static void read_form(struct note_loader *l, struct note_node *node)
{
    str form = node->as.link.title;
    node->as.link.reference = NOTE_REF_AUTO;
    for (int i = 0; i < N_FORMS && form.n; i++) {
        if (str_is(form, FORMS[i])) {
            node->as.link.reference = (enum note_reference)((int)NOTE_REF_NUMBER + i);
            form = node->as.link.title = STR_NONE;
        }
    }
    if (form.n) {
        str hint = diag_suggest(l->sink->arena, form, FORMS, N_FORMS);
        diag_report(l->sink, DIAG_BAD_VALUE, node->at,
                    hint.n ? hint.p : "write `\"number\"`, `\"title\"` or `\"page\"`, or "
                                      "a text between the brackets",
                    "a reference has no form `%.*s`", STR_ARG(form));
    }
}

void markdown_empty_link(struct markdown *m, struct note_node *node)
{
    if (node->as.link.internal) {
        read_form(m->l, node);
    } else if (node->as.link.url.n) {
        struct note_node *text = note_node_new(m->l, NOTE_TEXT, node->at);
        text->text = node->as.link.url;
        note_append(node, text);
    }
}

/* --- Addresses in running text --- */

static bool is_local_byte(char c)
{
    return is_letter(c) || is_digit(c) || (c != '\0' && strchr(".+-_", c));
}

/* Bytes of the domain at the start of `s`: labels with a dot between two of them. */
static size_t domain_length(str s)
{
    size_t n = 0, end = 0;
    bool dot = false;
    while (n < s.n && (is_letter(s.p[n]) || is_digit(s.p[n]) || s.p[n] == '-' ||
                       s.p[n] == '.')) {
        if (s.p[n] == '.') {
            bool good = n > 0 && s.p[n - 1] != '.' && n + 1 < s.n &&
                        (is_letter(s.p[n + 1]) || is_digit(s.p[n + 1]));
            if (!good) {
                break;
            }
            dot = true;
        }
        end = ++n;
    }
    while (end > 0 && s.p[end - 1] == '-') {
        end--;
    }
    return dot ? end : 0;
}

struct address {
    size_t from, to;
    const char *prefix; /* to make an address of it */
};

/* A mail address around the `@` at `at`, not reaching back over `from`. */
static bool find_mail(str text, size_t from, size_t at, struct address *out)
{
    size_t start = at;
    while (start > from && is_local_byte(text.p[start - 1])) {
        start--;
    }
    while (start < at && text.p[start] == '.') {
        start++;
    }
    size_t domain = domain_length(str_sub(text, at + 1, text.n));
    bool glued = start > 0 && (unsigned char)text.p[start - 1] >= 0x80;
    if (start == at || text.p[at - 1] == '.' || domain == 0 || glued) {
        return false;
    }
    *out = (struct address){start, at + 1 + domain, "mailto:"};
    return true;
}

static bool find_web(str text, size_t at, struct address *out)
{
    bool inside = at > 0 && (is_letter(text.p[at - 1]) || is_digit(text.p[at - 1]) ||
                             (unsigned char)text.p[at - 1] >= 0x80);
    size_t n = inside ? 0 : note_syntax_address(str_sub(text, at, text.n));
    *out = (struct address){at, at + n, text.p[at] == 'w' ? "http://" : ""};
    return n > 0;
}

/* The next address at or behind `from`. */
static bool find_address(str text, size_t from, struct address *out)
{
    for (size_t i = from; i < text.n; i++) {
        char c = text.p[i];
        if ((c == 'h' || c == 'w') && find_web(text, i, out)) {
            return true;
        }
        if (c == '@' && find_mail(text, from, i, out)) {
            return true;
        }
    }
    return false;
}

/* Nearly all text holds none: no address is without one of these. */
static bool may_hold_address(str text)
{
    size_t at;
    if (str_find_char(text, '@', NULL) || str_find_char(text, ':', NULL)) {
        return true;
    }
    for (; str_find_char(text, '.', &at); text = str_sub(text, at + 1, text.n)) {
        if (at > 0 && text.p[at - 1] == 'w') {
            return true;
        }
    }
    return false;
}

/* Walks over the pending text; columns count on from the start of each piece. */
struct walk {
    str text;
    size_t piece, at;
    struct place place;
};

static struct place walk_to(const struct markdown *m, struct walk *w, size_t at)
{
    while (w->piece < m->pieces.n && m->pieces.v[w->piece].at <= at) {
        w->at = m->pieces.v[w->piece].at;
        w->place = m->pieces.v[w->piece++].place;
    }
    w->place.column += (uint32_t)utf8_count(str_sub(w->text, w->at, at));
    w->at = at;
    return w->place;
}

static void add_text(struct markdown *m, struct note_node *parent, struct walk *w,
                     size_t from, size_t to)
{
    if (to > from) {
        struct place at = walk_to(m, w, from);
        str text = note_inserts_restore(m->l, str_sub(w->text, from, to), false);
        if (text.n) {
            struct note_node *node = note_node_new(m->l, NOTE_TEXT, at);
            node->text = text;
            note_append(parent, node);
        }
    }
}

void markdown_linkify(struct markdown *m, str text)
{
    size_t done = 0;
    struct walk w = {.text = text};
    struct address found;
    bool any = m->links == 0 && may_hold_address(text);
    while (any && find_address(text, done, &found)) {
        str shown = str_sub(text, found.from, found.to);
        add_text(m, m->at, &w, done, found.from);
        struct note_node *link =
            markdown_add(m, NOTE_LINK, walk_to(m, &w, found.from));
        str url = str_format(m->l->arena, "%s%.*s", found.prefix, STR_ARG(shown));
        markdown_link(m, link, note_inserts_restore(m->l, url, false));
        add_text(m, link, &w, found.from, found.to);
        done = found.to;
    }
    add_text(m, m->at, &w, done, text.n);
}
