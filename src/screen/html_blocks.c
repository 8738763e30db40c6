/* SPDX-License-Identifier: MIT
 *
 * In: boxes. Out: elements. Lists are lists where HTML can number them as the layout
 * does; with other markers, as facts and notes have them, they are tables, which all mail
 * programs align. */
#include "screen/html.h"

static void write_box(struct html_writer *w, const struct box *box,
                      const struct html_around *around);

/* --- Attributes --- */

static str lang_of(const struct html_writer *w, const struct box *box, str around)
{
    const struct text_span *s = box->spans.n ? &box->spans.v[0] : NULL;
    str own = box->element < w->t->structure.elements.n
        ? w->t->structure.elements.v[box->element].more->lang : STR_NONE;
    return own.n ? own : s && s->element == box->element && s->lang.n ? s->lang : around;
}

static void put_style(struct html_writer *w, const struct buf *css)
{
    str text = buf_str(css);
    if (text.n) {
        text.n -= text.p[text.n - 1] == ';';
        buf_format(w->out, " style=\"%.*s\"", STR_ARG(text));
    }
}

static bool is_list(const struct html_writer *w, const struct box *box)
{
    const struct box *item = box->first;
    return screen_role(w->t, box) == STRUCTURE_L && item && item->kind == BOX_STACK &&
           screen_role(w->t, item) == STRUCTURE_LBODY && screen_marked(item);
}

/* Each of its children begins with a marker; not one that only holds such a box. */
static bool all_marked(const struct box *box)
{
    size_t n = 0;
    for (const struct box *item = box->first; item; item = item->next, n++) {
        const struct box *p = screen_marked(item);
        if (item->kind != BOX_STACK || !p || !p->marker.n) {
            return false;
        }
    }
    return n > 1 || (n == 1 && !all_marked(box->first));
}

/* No element of its own: its children stand as if they were its parent's. */
static bool is_open(const struct html_writer *w, const struct box *box)
{
    bool stack = box->kind == BOX_STACK || box->kind == BOX_COLUMNS;
    enum structure_role role = screen_role(w->t, box);
    return stack && role != STRUCTURE_BLOCK_QUOTE && role != STRUCTURE_LI &&
           !style_is_framed(box->style) && !is_list(w, box) && !all_marked(box) &&
           !str_is(box->style->name, "definitions") &&
           !str_is(box->style->name, "definition-body") &&
           !(role == STRUCTURE_LBODY && screen_marked(box));
}

len html_before(const struct html_writer *w, const struct box *box)
{
    len most = 0;
    while (box) {
        most = box->style->space_before > most ? box->style->space_before : most;
        box = is_open(w, box) ? box->first : NULL;
    }
    return most;
}

/* The larger of both spaces, as the layout has it, stands behind the first of two. */
int html_behind(const struct html_writer *w, const struct box *box)
{
    len most = box->style->space_after;
    for (const struct box *b = box; b; b = b->parent) {
        if (b != box && !is_open(w, b)) {
            return 0; /* the last one in it: its own edge follows */
        }
        most = b->style->space_after > most ? b->style->space_after : most;
        if (b->next) {
            len before = html_before(w, b->next);
            return html_pixels(w, before > most ? before : most);
        }
    }
    return html_pixels(w, most);
}

static void put_align(const struct html_writer *w, struct buf *css, const struct style *s,
                      const struct style *around)
{
    if (s->align == around->align || s->align == STYLE_JUSTIFY) {
        return;
    }
    switch (s->align) {
    case STYLE_CENTER: buf_puts(css, "text-align:center;"); break;
    case STYLE_RIGHT: buf_puts(css, "text-align:right;"); break;
    case STYLE_END:
        buf_puts(css, w->rtl ? "text-align:left;" : "text-align:right;");
        break;
    default: break;
    }
}

/* --- Paragraphs --- */

static const char *tag_of(const struct html_writer *w, const struct box *box)
{
    static const char *const HEADINGS[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    enum structure_role role = screen_role(w->t, box);
    if (role >= STRUCTURE_H1 && role <= STRUCTURE_H6) {
        return HEADINGS[role - STRUCTURE_H1];
    }
    if (str_is(box->style->name, "code-block") || box->code) {
        return "pre";
    }
    return str_is(box->style->name, "definition-term") ? "dt" : "p";
}

static bool is_backed(const struct style *s)
{
    return style_is_framed(s) && s->background.space != COLOR_NONE;
}

/* Opens the element of a paragraph, with all that its style says. */
static struct html_around open_paragraph(struct html_writer *w, const struct box *box,
                                         const char *tag,
                                         const struct html_around *around)
{
    struct buf css;
    struct html_around in = {box->style, lang_of(w, box, around->lang)};
    buf_init(&css, w->a);
    w->backed = w->backed || is_backed(box->style);
    buf_format(w->out, "<%s", tag);
    html_id(w, box->anchor);
    html_lang(w, in.lang, around->lang);
    html_margin(&css, html_behind(w, box));
    html_characters(w, &css, box->style, around->style,
                    tag[0] == 'h' ? HTML_BOLD | HTML_LARGE : 0u);
    if (html_is_rtl(in.lang) != html_is_rtl(around->lang)) {
        buf_puts(&css, html_is_rtl(in.lang) ? "text-align:right;" : "text-align:left;");
    }
    put_align(w, &css, box->style, around->style);
    if (tag[1] == 'r') {
        buf_puts(&css, "white-space:pre-wrap;");
    }
    if (style_is_framed(box->style)) {
        html_frame(w, &css, box->style);
    }
    put_style(w, &css);
    buf_char(w->out, '>');
    return in;
}

static void put_mark(struct html_writer *w, const struct box *box)
{
    if (box->mark && box != w->ticked) {
        buf_puts(w->out, box->mark == BOX_DONE ? "\xE2\x98\x91 " : "\xE2\x98\x90 ");
    }
}

static void put_marker(struct html_writer *w, const struct box *box,
                       const struct html_around *around)
{
    if (box->marker.n && box != w->taken) {
        html_words(w, &box->marker, around);
        str all = screen_words(w->r, &box->marker, box->marker.v->style);
        bool blank = screen_marker(w->r, box).n < all.n; /* it ends with one */
        buf_puts(w->out, blank ? "" : " ");
    }
}

static void write_paragraph(struct html_writer *w, const struct box *box,
                            const struct html_around *around)
{
    const char *tag = tag_of(w, box);
    bool backed = w->backed;
    struct html_around in = open_paragraph(w, box, tag, around);
    put_marker(w, box, &in);
    put_mark(w, box);
    html_words(w, &box->spans, &in);
    buf_format(w->out, "</%s>\n", tag);
    w->backed = backed;
}

/* --- Lists --- */

/* 'u': HTML's bullets will do; '1', 'a', 'A', 'i', 'I': its numbers, from `*start`;
 * 0: neither. */
static char list_type(struct html_writer *w, const struct box *list, int *start)
{
    static const char TYPES[] = {[STRUCTURE_DECIMAL] = '1', [STRUCTURE_LOWER_ALPHA] = 'a',
                                 [STRUCTURE_UPPER_ALPHA] = 'A',
                                 [STRUCTURE_LOWER_ROMAN] = 'i',
                                 [STRUCTURE_UPPER_ROMAN] = 'I'};
    uint8_t numbering = w->t->structure.elements.v[list->element].numbering;
    char type = numbering < sizeof TYPES ? TYPES[numbering] : '\0';
    if (!type) {
        return 'u';
    }
    int n = 0;
    for (const struct box *item = list->first; item; item = item->next, n++) {
        const struct box *p = screen_marked(item);
        str marker = p ? screen_marker(w->r, p) : STR_NONE;
        struct buf expected;
        for (int from = 1; n == 0 && from < 1000; from++) {
            buf_init(&expected, w->a);
            layout_count(&expected, from, type);
            buf_char(&expected, '.');
            if (str_eq(buf_str(&expected), marker)) {
                *start = from;
                break;
            }
        }
        buf_init(&expected, w->a);
        layout_count(&expected, *start + n, type);
        buf_char(&expected, '.');
        if (*start == 0 || !str_eq(buf_str(&expected), marker)) {
            return '\0';
        }
    }
    return type;
}

/* What an item holds; a single paragraph as bare words. */
static void write_item(struct html_writer *w, const struct box *item,
                       const struct html_around *around)
{
    const struct box *p = item->first;
    w->taken = screen_marked(item);
    if (p && p->kind == BOX_PARAGRAPH && w->taken == p && (!p->next ||
        p->next->kind == BOX_STACK) && p->style->space_after == 0) {
        struct html_around in = {p->style, lang_of(w, p, around->lang)};
        put_mark(w, p);
        html_words(w, &p->spans, &in);
        for (p = p->next; p; p = p->next) {
            write_box(w, p, around);
        }
        return;
    }
    html_children(w, item, around);
}

static void write_html_list(struct html_writer *w, const struct box *list, char type,
                            int start)
{
    const struct html_around in = {list->style, lang_of(w, list, STR_NONE)};
    bool nested = str_is(list->style->name, "list-nested");
    buf_format(w->out, type == 'u' ? "<ul" : "<ol");
    if (type != 'u' && type != '1') {
        buf_format(w->out, " type=\"%c\"", type);
    }
    if (type != 'u' && start != 1) {
        buf_format(w->out, " start=\"%d\"", start);
    }
    buf_format(w->out, " style=\"margin:0 0 %dpx;padding-%s:28px\">\n",
               nested ? 0 : html_behind(w, list), html_start(w));
    for (const struct box *item = list->first; item; item = item->next) {
        struct html_around inner = {in.style, in.lang.n ? in.lang : w->t->lang};
        int gap = item->next ? html_behind(w, item) : 0;
        buf_puts(w->out, "<li");
        html_id(w, item->anchor);
        if (gap > 0) {
            buf_format(w->out, " style=\"margin-bottom:%dpx\"", gap);
        }
        buf_char(w->out, '>');
        write_item(w, item, &inner);
        buf_puts(w->out, "</li>\n");
    }
    buf_puts(w->out, type == 'u' ? "</ul>\n" : "</ol>\n");
}

/* Its number or bullet, if it has one, and the box of a task. */
static void put_markers(struct html_writer *w, const struct box *p,
                        const struct html_around *around)
{
    struct html_around in = {p->style, around->lang};
    html_words(w, &p->marker, &in);
    if (p->mark) {
        buf_puts(w->out, p->marker.n ? " " : "");
        put_mark(w, p);
        w->ticked = p;
    }
}

/* Markers in a column of their own. */
static void write_marked(struct html_writer *w, const struct box *box,
                         const struct html_around *around)
{
    bool list = screen_role(w->t, box) == STRUCTURE_L;
    buf_format(w->out, "<table role=\"%s\" border=\"0\" cellspacing=\"0\" "
               "cellpadding=\"0\" style=\"margin:0 0 %dpx\">\n",
               list ? "list" : "presentation", html_behind(w, box));
    for (const struct box *item = box->first; item; item = item->next) {
        const struct box *p = screen_marked(item);
        int gap = list && item->next ? html_behind(w, item) : 0;
        buf_format(w->out, "<tr valign=\"top\"%s", list ? " role=\"listitem\"" : "");
        html_id(w, item->anchor);
        buf_format(w->out, "><td style=\"padding-%s:%dpx\">", w->rtl ? "left" : "right",
                   p && p->mark ? 4 : 10);
        if (p) {
            put_markers(w, p, around);
        }
        buf_puts(w->out, "</td><td");
        if (gap > 0) {
            buf_format(w->out, " style=\"padding-bottom:%dpx\"", gap);
        }
        buf_puts(w->out, ">");
        write_item(w, item, around);
        buf_puts(w->out, "</td></tr>\n");
    }
    buf_puts(w->out, "</table>\n");
}

static bool has_tasks(const struct box *list)
{
    for (const struct box *item = list->first; item; item = item->next) {
        const struct box *p = screen_marked(item);
        if (p && p->mark) {
            return true;
        }
    }
    return false;
}

/* Long lines of tasks hang beside their boxes, which no list in HTML does. */
static void write_list(struct html_writer *w, const struct box *box,
                       const struct html_around *around)
{
    int start = 0;
    char type = has_tasks(box) ? '\0' : list_type(w, box, &start);
    if (type) {
        write_html_list(w, box, type, start);
    } else {
        write_marked(w, box, around);
    }
}

/* --- Other blocks --- */

static void write_quote(struct html_writer *w, const struct box *box,
                        const struct html_around *around)
{
    struct html_around in = {around->style, lang_of(w, box, around->lang)};
    buf_puts(w->out, "<blockquote");
    html_lang(w, in.lang, around->lang);
    buf_format(w->out, " style=\"margin:0 0 %dpx;padding-%s:16px;border-%s:3px solid "
               "#bbb\">\n", html_behind(w, box), html_start(w), html_start(w));
    html_children(w, box, &in);
    buf_puts(w->out, "</blockquote>\n");
}

/* A cell, because padding of anything else is not set everywhere. */
static void write_frame(struct html_writer *w, const struct box *box,
                        const struct html_around *around)
{
    struct html_around in = {box->style, around->lang};
    struct buf css;
    bool backed = w->backed;
    buf_init(&css, w->a);
    w->backed = backed || is_backed(box->style);
    html_characters(w, &css, box->style, around->style, 0);
    html_frame(w, &css, box->style);
    buf_format(w->out, "<table role=\"presentation\" width=\"100%%\" border=\"0\" "
               "cellspacing=\"0\" cellpadding=\"0\" style=\"margin:0 0 %dpx\"><tr><td",
               html_behind(w, box));
    put_style(w, &css);
    buf_puts(w->out, ">\n");
    html_children(w, box, &in);
    buf_puts(w->out, "</td></tr></table>\n");
    w->backed = backed;
}

static void write_beside(struct html_writer *w, const struct box *box,
                         const struct html_around *around)
{
    buf_format(w->out, "<table role=\"presentation\" border=\"0\" cellspacing=\"0\" "
               "cellpadding=\"0\" style=\"margin:0 0 %dpx\"><tr valign=\"top\">\n",
               html_behind(w, box));
    bool signatures = str_is(box->style->name, "signatures");
    for (const struct box *child = box->first; child; child = child->next) {
        buf_format(w->out, "<td%s style=\"padding-%s:24px\">",
                   signatures ? " width=\"220\"" : "", w->rtl ? "left" : "right");
        write_box(w, child, around);
        buf_puts(w->out, "</td>\n");
    }
    buf_puts(w->out, "</tr></table>\n");
}

static void write_wrapped(struct html_writer *w, const struct box *box, const char *tag,
                          const struct html_around *around)
{
    struct html_around in = {around->style, lang_of(w, box, around->lang)};
    bool meaning = str_is(box->style->name, "definition-body");
    bool nested = str_is(box->style->name, "facts-nested");
    buf_format(w->out, "<%s", tag);
    html_id(w, box->anchor);
    html_lang(w, in.lang, around->lang);
    if (meaning || nested) {
        buf_format(w->out, " style=\"margin-%s:%dpx;margin-bottom:%dpx\"", html_start(w),
                   20, html_behind(w, box));
    }
    buf_puts(w->out, ">\n");
    html_children(w, box, &in);
    buf_format(w->out, "</%s>\n", tag);
}

static void write_stack(struct html_writer *w, const struct box *box,
                        const struct html_around *around)
{
    enum structure_role role = screen_role(w->t, box);
    str name = box->style->name;
    if (role == STRUCTURE_BLOCK_QUOTE) {
        write_quote(w, box, around);
    } else if (str_is(name, "definitions")) {
        write_wrapped(w, box, "dl", around);
    } else if (str_is(name, "definition-body")) {
        write_wrapped(w, box, "dd", around);
    } else if (is_list(w, box)) {
        write_list(w, box, around);
    } else if (style_is_framed(box->style)) {
        write_frame(w, box, around);
    } else if (all_marked(box)) {
        write_marked(w, box, around);
    } else if (box->anchor || str_is(name, "facts-nested")) {
        write_wrapped(w, box, "div", around);
    } else {
        html_children(w, box, around);
    }
}

static void write_rule(struct html_writer *w, const struct box *box)
{
    if (str_is(box->style->name, "signature-line")) {
        buf_puts(w->out, "<div style=\"height:40px;border-bottom:1px solid #888\"></div>"
                 "\n");
    } else {
        buf_format(w->out, "<hr style=\"border:0;border-top:1px solid #888;"
                   "margin:0 0 %dpx\">\n", html_behind(w, box));
    }
}

static void write_box(struct html_writer *w, const struct box *box,
                      const struct html_around *around)
{
    switch (box->kind) {
    case BOX_STACK: case BOX_COLUMNS: case BOX_ROW: case BOX_CELL:
        write_stack(w, box, around);
        break;
    case BOX_BESIDE: write_beside(w, box, around); break;
    case BOX_PARAGRAPH: write_paragraph(w, box, around); break;
    case BOX_RULE: write_rule(w, box); break;
    case BOX_TABLE: html_table(w, box, around); break;
    case BOX_QR: case BOX_IMAGE: html_image(w, box); break;
    case BOX_PAGE_BREAK: break;
    }
}

void html_children(struct html_writer *w, const struct box *box,
                   const struct html_around *around)
{
    for (const struct box *child = box->first; child; child = child->next) {
        write_box(w, child, around);
    }
}
