/* SPDX-License-Identifier: MIT
 *
 * In: Markdown. Out: cmark's tree, with `^superscript^`, `~subscript~`, `~~struck~~` and
 * footnote marks in it, and with web addresses kept in one piece.
 *
 * cmark lets tables hold only the node types it knows, and joins neighbouring TEXT nodes.
 * So scripts are EMPH nodes and marks are CODE nodes, told apart by their user data. */
#include "note/syntax.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { MAX_MARK_NAME = 100 };

static const char TAGS[NOTE_SYNTAX_STRIKE + 1];

enum note_syntax note_syntax_of(cmark_node *node)
{
    const char *tag = cmark_node_get_user_data(node);
    return tag ? (enum note_syntax)(tag - TAGS) : NOTE_SYNTAX_NONE;
}

static void set_syntax(cmark_node *node, enum note_syntax syntax)
{
    cmark_node_set_user_data(node, (void *)(uintptr_t)&TAGS[syntax]);
}

static bool is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '-' || c == '_' || c == '.' || c == ':' || (unsigned char)c >= 0x80;
}

size_t note_syntax_mark(str text, size_t at)
{
    if (text.n - at < 4 || text.p[at + 1] != '^' ||
        (text.p[at] != '[' && text.p[at] != NOTE_MARK_BYTE)) {
        return 0;
    }
    size_t end = at + 2;
    while (end < text.n && end - at - 2 < MAX_MARK_NAME && is_name_byte(text.p[end])) {
        end++;
    }
    bool named = end > at + 2 && end < text.n && text.p[end] == ']';
    return named ? end + 1 - at : 0;
}

/* --- Web addresses --- */

static bool address_ends(char c)
{
    return (unsigned char)c <= ' ' || c == '<' || c == '>' || c == '"' || c == '`';
}

/* Without the punctuation that ends a sentence, and without a `)` that was opened
 * outside. */
static size_t without_punctuation(str s, size_t n)
{
    int open = 0;
    for (size_t i = 0; i < n; i++) {
        open += s.p[i] == '(' ? 1 : s.p[i] == ')' ? -1 : 0;
    }
    for (;;) {
        char last = n ? s.p[n - 1] : '\0';
        if (last && strchr("?!.,:;*_~'\"]^", last)) {
            n--;
        } else if (last == ')' && open < 0) {
            open++;
            n--;
        } else {
            return n;
        }
    }
}

size_t note_syntax_address(str s)
{
    static const char *const STARTS[] = {"http://", "https://", "www."};
    size_t prefix = 0;
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++) {
        if (str_starts(s, str_from(STARTS[i]))) {
            prefix = strlen(STARTS[i]);
        }
    }
    size_t n = prefix;
    while (n < s.n && !address_ends(s.p[n])) {
        n++;
    }
    n = prefix ? without_punctuation(s, n) : 0;
    return n > prefix ? n : 0;
}

/* --- Matching --- */

static cmark_node *literal_node(cmark_node_type type, const char *bytes, size_t n)
{
    char *literal = malloc(n + 1);
    if (!literal) {
        oom_report(n + 1);
    }
    memcpy(literal, bytes, n);
    literal[n] = '\0';
    cmark_node *node = cmark_node_new(type);
    cmark_node_set_literal(node, literal);
    free(literal);
    return node;
}

/* The bytes of the paragraph from `at` to its next blank, in a buffer of the caller. */
static size_t copy_word(cmark_inline_parser *p, int at, char *out, size_t room)
{
    size_t n = 0;
    for (; n < room; n++) {
        char c = (char)cmark_inline_parser_peek_at(p, at + (int)n);
        if ((unsigned char)c <= ' ' && c != NOTE_MARK_BYTE) {
            break;
        }
        out[n] = c;
    }
    return n;
}

static cmark_node *match_mark(cmark_syntax_extension *self, cmark_parser *parser,
                              cmark_node *parent, unsigned char c,
                              cmark_inline_parser *p)
{
    (void)self;
    (void)parser;
    (void)parent;
    char word[MAX_MARK_NAME + 4];
    int at = cmark_inline_parser_get_offset(p);
    if (c != NOTE_MARK_BYTE) {
        return NULL;
    }
    size_t n = copy_word(p, at, word, sizeof word);
    size_t length = note_syntax_mark((str){word, n}, 0);
    if (length == 0) {
        return NULL;
    }
    cmark_inline_parser_set_offset(p, at + (int)length);
    cmark_node *node = literal_node(CMARK_NODE_CODE, word + 2, length - 3);
    set_syntax(node, NOTE_SYNTAX_MARK);
    return node;
}

/* A run of `~` or `^` as a delimiter. Scripts are no emphasis: `10^-3^` is one, though
 * the caret stands before punctuation. */
static cmark_node *match_script(unsigned char c, cmark_inline_parser *p)
{
    char run[8];
    int at = cmark_inline_parser_get_offset(p), n = 0;
    while (n < (int)sizeof run && cmark_inline_parser_peek_at(p, at + n) == c) {
        run[n++] = (char)c;
    }
    unsigned char before = at > 0 ? cmark_inline_parser_peek_at(p, at - 1) : ' ';
    unsigned char after = cmark_inline_parser_peek_at(p, at + n);
    cmark_node *node = literal_node(CMARK_NODE_TEXT, run, (size_t)n);
    cmark_inline_parser_set_offset(p, at + n);
    bool can_open = after > ' ' || after == NOTE_MARK_BYTE;
    bool can_close = before > ' ';
    if (n <= (c == '~' ? 2 : 1) && (can_open || can_close)) {
        cmark_inline_parser_push_delimiter(p, c, can_open, can_close, node);
    }
    return node;
}

static bool is_letter(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c >= 0x80;
}

/* At the `:` of "http:" or the first `.` of "www.": the rest of the address as text, so
 * that `~`, `_` and `*` in it are no markup. Links are made of it later. */
static cmark_node *match_address(unsigned char c, cmark_inline_parser *p)
{
    static const char *const BEFORE[] = {"https", "http", "www"};
    char word[2048];
    int at = cmark_inline_parser_get_offset(p);
    for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++) {
        int n = (int)strlen(BEFORE[i]);
        if ((c == '.') != (i == 2) || at < n ||
            (at > n && is_letter(cmark_inline_parser_peek_at(p, at - n - 1)))) {
            continue;
        }
        size_t length = copy_word(p, at - n, word, sizeof word);
        size_t address = str_starts((str){word, length}, str_from(BEFORE[i]))
                             ? note_syntax_address((str){word, length}) : 0;
        if (address > (size_t)n) {
            cmark_inline_parser_set_offset(p, at - n + (int)address);
            return literal_node(CMARK_NODE_TEXT, word + n, address - (size_t)n);
        }
    }
    return NULL;
}

static cmark_node *match_inline(cmark_syntax_extension *self, cmark_parser *parser,
                                cmark_node *parent, unsigned char c,
                                cmark_inline_parser *p)
{
    (void)self;
    (void)parser;
    (void)parent;
    if (c == '~' || c == '^') {
        return match_script(c, p);
    }
    return c == ':' || c == '.' ? match_address(c, p) : NULL;
}

/* --- Pairing --- */

static bool has_blank(cmark_node *from, cmark_node *to)
{
    for (cmark_node *n = cmark_node_next(from); n && n != to; n = cmark_node_next(n)) {
        cmark_node_type type = cmark_node_get_type(n);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            return true;
        }
        if (type == CMARK_NODE_TEXT && strpbrk(cmark_node_get_literal(n), " \t")) {
            return true;
        }
    }
    return false;
}

static size_t run_length(const delimiter *d)
{
    return strlen(cmark_node_get_literal(d->inl_text));
}

static void wrap(delimiter *opener, delimiter *closer, enum note_syntax syntax)
{
    cmark_node *node = opener->inl_text;
    cmark_node *n = cmark_node_next(node);
    if (!cmark_node_set_type(node, CMARK_NODE_EMPH)) {
        return;
    }
    set_syntax(node, syntax);
    while (n && n != closer->inl_text) {
        cmark_node *next = cmark_node_next(n);
        cmark_node_append_child(node, n);
        n = next;
    }
    cmark_node_free(closer->inl_text);
}

/* A pair that cannot be loses its opener; the closer then looks for an earlier one. */
static delimiter *insert_script(cmark_syntax_extension *self, cmark_parser *parser,
                                cmark_inline_parser *p, delimiter *opener,
                                delimiter *closer)
{
    (void)self;
    (void)parser;
    size_t n = run_length(opener);
    bool empty = cmark_node_next(opener->inl_text) == closer->inl_text;
    if (n != run_length(closer) || empty ||
        (n == 1 && has_blank(opener->inl_text, closer->inl_text))) {
        cmark_inline_parser_remove_delimiter(p, opener);
        return closer;
    }
    enum note_syntax syntax = n == 2                      ? NOTE_SYNTAX_STRIKE
                              : opener->delim_char == '^' ? NOTE_SYNTAX_SUPERSCRIPT
                                                          : NOTE_SYNTAX_SUBSCRIPT;
    delimiter *next = closer->next;
    wrap(opener, closer, syntax);
    for (delimiter *d = closer; d && d != opener;) {
        delimiter *previous = d->previous;
        cmark_inline_parser_remove_delimiter(p, d);
        d = previous;
    }
    cmark_inline_parser_remove_delimiter(p, opener);
    return next;
}

/* --- Parsing --- */

static cmark_syntax_extension *extension_new(const char *name, const char *characters,
                                             cmark_match_inline_func match)
{
    cmark_mem *mem = cmark_get_default_mem_allocator();
    cmark_syntax_extension *e = cmark_syntax_extension_new(name);
    cmark_llist *list = NULL;
    for (const char *c = characters; *c; c++) {
        list = cmark_llist_append(mem, list, (void *)(uintptr_t)(unsigned char)*c);
    }
    cmark_syntax_extension_set_special_inline_chars(e, list);
    cmark_syntax_extension_set_match_inline_func(e, match);
    return e;
}

static struct {
    cmark_syntax_extension *marks, *scripts, *table, *task;
} extensions;

/* Made once, for the life of the process: cmark's own are registered in it, too. */
static void make_extensions(void)
{
    static const char MARKS[] = {NOTE_MARK_BYTE, NOTE_INLINE_BYTE, '\0'};
    cmark_gfm_core_extensions_ensure_registered();
    extensions.table = cmark_find_syntax_extension("table");
    extensions.task = cmark_find_syntax_extension("tasklist");
    extensions.marks = extension_new("note-marks", MARKS, match_mark);
    /* Whether emphasis may open or close is decided as if these bytes were not there. */
    cmark_syntax_extension_set_emphasis(extensions.marks, 1);
    extensions.scripts = extension_new("note-scripts", "~^:.", match_inline);
    cmark_syntax_extension_set_inline_from_delim_func(extensions.scripts, insert_script);
}

cmark_node *note_syntax_parse(str text)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    if (!extensions.marks) {
        make_extensions();
    }
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_SOURCEPOS);
    cmark_parser_attach_syntax_extension(parser, extensions.table);
    cmark_parser_attach_syntax_extension(parser, extensions.task);
    cmark_parser_attach_syntax_extension(parser, extensions.marks);
    cmark_parser_attach_syntax_extension(parser, extensions.scripts);
    cmark_parser_feed(parser, text.p, text.n);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    pthread_mutex_unlock(&lock);
    return root;
}
