/* SPDX-License-Identifier: MIT
 *
 * In: the spans of a paragraph. Out: words with elements around them. Neighbours that
 * would be alike share theirs. */
#include "screen/html.h"

#include "base/utf8.h"

void html_escape(struct buf *out, str text)
{
    size_t from = 0;
    for (size_t i = 0; i <= text.n; i++) {
        char c = i < text.n ? text.p[i] : '\0';
        const char *as = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;"
                         : c == '"' ? "&quot;" : NULL;
        if (as || i == text.n) {
            buf_put(out, str_sub(text, from, i));
            buf_puts(out, as ? as : "");
            from = i + 1;
        }
    }
}

bool html_is_rtl(str lang)
{
    static const char *const TAGS[] = {"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug",
                                       "ckb", "dv", "syr"};
    size_t at;
    if (str_find(lang, STR("-Latn"), &at)) {
        return false;
    }
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++) {
        str tag = str_from(TAGS[i]);
        if (str_starts(lang, tag) && (lang.n == tag.n || lang.p[tag.n] == '-')) {
            return true;
        }
    }
    return str_find(lang, STR("-Arab"), &at) || str_find(lang, STR("-Hebr"), &at);
}

static void put_lang(struct buf *out, str lang, str around)
{
    buf_format(out, " lang=\"%.*s\"", STR_ARG(lang));
    if (html_is_rtl(lang) != html_is_rtl(around)) {
        buf_puts(out, html_is_rtl(lang) ? " dir=\"rtl\"" : " dir=\"ltr\"");
    }
}

bool html_lang(struct html_writer *w, str lang, str around)
{
    if (!lang.n || str_eq(lang, around)) {
        return false;
    }
    put_lang(w->out, lang, around);
    return true;
}

/* Ids of the tree hold colons, which mail programs do not keep. */
static void put_id(struct buf *out, str id)
{
    for (size_t i = 0; i < id.n; i++) {
        buf_char(out, id.p[i] == ':' || id.p[i] == '"' || id.p[i] == '<' ||
                      id.p[i] == '&' || id.p[i] == ' ' ? '-' : id.p[i]);
    }
}

void html_id(struct html_writer *w, uint32_t anchor)
{
    if (anchor) {
        buf_puts(w->out, " id=\"");
        put_id(w->out, w->t->anchors.v[anchor - 1]);
        buf_char(w->out, '"');
    }
}

/* What no line of the source may hold raw; U+2028 is a line break. */
static void put_text(struct html_writer *w, str text, bool code)
{
    size_t from = 0;
    for (size_t at = 0; at < text.n;) {
        size_t before = at;
        uint32_t c = utf8_next(text, &at);
        bool gone = c == 0xAD || c == 0x2028 || c == 0xFFFC;
        if (gone) {
            html_escape(w->out, str_sub(text, from, before));
            buf_puts(w->out, c != 0x2028 ? "" : code ? "\n" : "<br>");
            from = at;
        }
    }
    html_escape(w->out, str_sub(text, from, text.n));
}

/* --- Elements around a span --- */

/* Opening and closing tags, as text. */
struct tags {
    struct buf open, close; /* `close` is written backwards, piece by piece */
};

static void add(struct tags *g, struct arena *a, const char *name, str attributes)
{
    buf_format(&g->open, "<%s%.*s>", name, STR_ARG(attributes));
    str before = str_copy(a, buf_str(&g->close));
    buf_clear(&g->close);
    buf_format(&g->close, "</%s>%.*s", name, STR_ARG(before));
}

static str style_attribute(struct arena *a, const struct buf *css)
{
    str text = buf_str(css);
    if (!text.n) {
        return STR_NONE;
    }
    text.n -= text.p[text.n - 1] == ';';
    return str_format(a, " style=\"%.*s\"", STR_ARG(text));
}

static str link_attributes(struct html_writer *w, const struct text_span *s,
                           const struct style *around)
{
    const struct tree_link *link = &w->t->links.v[s->link - 1];
    struct buf out, css;
    buf_init(&out, w->a);
    buf_init(&css, w->a);
    buf_puts(&out, " href=\"");
    if (link->anchor) {
        buf_char(&out, '#');
        put_id(&out, w->t->anchors.v[link->anchor - 1]);
    } else {
        html_escape(&out, link->uri);
    }
    buf_char(&out, '"');
    bool colored = !color_eq(s->style->color, around->color);
    bool mark = screen_note(w->t, s);
    if (colored) {
        html_text_color(w, &css, s->style->color);
    } else if (mark || (link->anchor && !s->style->underline)) {
        buf_puts(&css, "color:inherit;");
    }
    if (mark || (link->anchor && !s->style->underline)) {
        buf_puts(&css, "text-decoration:none;");
    }
    buf_put(&out, style_attribute(w->a, &css));
    return buf_str(&out);
}

static bool is_raised(const struct text_span *s, const struct style *around)
{
    return s->style->rise != around->rise;
}

/* Which elements say what the style says. */
static unsigned add_elements(struct html_writer *w, struct tags *g,
                             const struct text_span *s, const struct style *around)
{
    const struct style *style = s->style;
    unsigned given = 0;
    enum structure_role role = structure_role_of(&w->t->structure, s->element);
    if (is_raised(s, around)) {
        add(g, w->a, style->rise > around->rise ? "sup" : "sub",
            STR(" style=\"" HTML_RAISED "\""));
        given |= HTML_SIZE;
    }
    if (role == STRUCTURE_CODE) {
        add(g, w->a, "code", STR_NONE);
    }
    if (style->strike && !around->strike) {
        add(g, w->a, str_is(style->name, "deleted") ? "del" : "s", STR_NONE);
        given |= HTML_STRUCK;
    }
    if (style->underline && !around->underline && str_is(style->name, "inserted")) {
        add(g, w->a, "ins", STR_NONE);
        given |= HTML_UNDERLINED;
    }
    if (style->weight > 550 && around->weight <= 550) {
        add(g, w->a, role == STRUCTURE_LBL ? "b" : "strong", STR_NONE);
        given |= HTML_BOLD;
    }
    if (style->italic && !around->italic) {
        add(g, w->a, str_is(style->name, "emphasis") ? "em" : "i", STR_NONE);
        given |= HTML_ITALIC;
    }
    return given;
}

static void add_rest(struct html_writer *w, struct tags *g, const struct text_span *s,
                     const struct html_around *around, unsigned given)
{
    struct buf css, attributes;
    struct style before = *around->style;
    buf_init(&css, w->a);
    buf_init(&attributes, w->a);
    if (s->link) { /* its own element has said it */
        before.color = s->style->color;
        before.underline = s->style->underline;
    }
    html_characters(w, &css, s->style, &before, given);
    if (!str_eq(s->lang, around->lang)) {
        put_lang(&attributes, s->lang, around->lang);
    }
    buf_put(&attributes, style_attribute(w->a, &css));
    if (attributes.n) {
        add(g, w->a, "span", buf_str(&attributes));
    }
}

static struct tags tags_of(struct html_writer *w, const struct text_span *s,
                           const struct html_around *around)
{
    struct tags g;
    buf_init(&g.open, w->a);
    buf_init(&g.close, w->a);
    unsigned given = 0;
    if (is_raised(s, around->style)) { /* a mark's link stands inside what raises it */
        given = add_elements(w, &g, s, around->style);
    }
    if (s->link) {
        str id = STR_NONE;
        if (s->anchor) {
            struct buf b;
            buf_init(&b, w->a);
            buf_puts(&b, " id=\"");
            put_id(&b, w->t->anchors.v[s->anchor - 1]);
            buf_char(&b, '"');
            id = buf_str(&b);
        }
        str attributes = link_attributes(w, s, around->style);
        add(&g, w->a, "a", str_format(w->a, "%.*s%.*s", STR_ARG(id),
                                      STR_ARG(attributes)));
    }
    if (!is_raised(s, around->style)) {
        given = add_elements(w, &g, s, around->style);
    }
    add_rest(w, &g, s, around, given);
    return g;
}

static void put_picture(struct html_writer *w, const struct text_span *s)
{
    const struct tree_picture *p = &w->t->pictures.v[s->object->number - 1];
    str id = html_picture(w, p->image);
    str alt = screen_alt(w->t, s->element);
    if (!id.n) {
        html_escape(w->out, alt);
        return;
    }
    buf_format(w->out, "<img src=\"cid:%.*s\" height=\"%d\" style=\"height:", STR_ARG(id),
               html_pixels(w, s->object->height));
    buf_decimal(w->out, len_muldiv(s->object->height, 100, s->style->size), 2);
    buf_puts(w->out, "em;width:auto;border:0\" alt=\"");
    html_escape(w->out, alt);
    buf_puts(w->out, "\">");
}

static void put_span(struct html_writer *w, const struct text_span *s, bool code)
{
    uint32_t note = screen_note(w->t, s);
    if (s->object) {
        put_picture(w, s);
    } else if (s->page_of) {
        html_escape(w->out, screen_page(w->r, s));
    } else if (note && w->t->layout->notes.restart == LAYOUT_PER_PAGE) {
        buf_format(w->out, "%u", note);
    } else {
        put_text(w, s->text, code);
    }
}

void html_words(struct html_writer *w, const struct tree_spans *spans,
                const struct html_around *around)
{
    str open = STR_NONE, close = STR_NONE;
    bool code = str_is(around->style->name, "code-block");
    uint32_t anchor = 0;
    for (size_t i = 0; i < spans->n; i++) {
        const struct text_span *s = &spans->v[i];
        struct tags g = tags_of(w, s, around);
        bool same = str_eq(open, buf_str(&g.open)) && s->anchor == anchor;
        if (!same) {
            buf_put(w->out, close);
            buf_put(w->out, buf_str(&g.open));
            open = buf_str(&g.open);
            close = buf_str(&g.close);
            anchor = s->anchor;
        }
        put_span(w, s, code);
    }
    buf_put(w->out, close);
}
