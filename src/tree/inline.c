/* SPDX-License-Identifier: MIT
 *
 * Inlines to spans. The walk carries what nests (style, language, link, element); text
 * is made typographic on the way, with one state for the whole paragraph, so that a
 * quote may open in one span and close in another. Footnotes whose first mark was met
 * are built behind the paragraph: that is where a reader wants them. */
#include "tree/build.h"

#include "base/utf8.h"

/* A footnote whose first mark was met, and whether that is new. */
struct met {
    const struct note_footnote *note;
    bool changed;
};

struct inline_walk {
    struct tree_builder *b;
    const struct tree_context *context;
    struct tree_spans *spans;
    struct text_typography typography;
    bool quoted; /* said once more: without marks and links */
    VEC(struct met) footnotes;
};

void tree_add_text(struct tree_builder *b, struct tree_spans *spans,
                   const struct text_span *like, str text)
{
    struct text_span span = *like;
    span.text = text;
    vec_push(b->arena, spans, span);
}

static void add_text(struct inline_walk *w, const struct text_span *like, str text)
{
    bool as_it_is = like->flags & (TEXT_SPAN_VERBATIM | TEXT_SPAN_URL);
    if (like->style->typography && !as_it_is) {
        text = text_make_typographic(text, like->lang, &w->typography, w->b->arena);
    } else if (text.n) {
        size_t at = text.n;
        w->typography.before = utf8_prev(text, &at);
    }
    tree_add_text(w->b, w->spans, like, text);
}

/* A link whose text is its address breaks like one and keeps its characters. */
static bool shows_its_address(const struct note_node *link, struct arena *a)
{
    str text = note_plain_text(link, a);
    str url = link->as.link.url;
    return !link->as.link.internal && text.n > 0 && text.n <= url.n &&
           str_ends(url, text);
}

static uint32_t add_link(struct inline_walk *w, struct tree_link link)
{
    vec_push(w->b->arena, &w->b->tree->links, link);
    return (uint32_t)w->b->tree->links.n;
}

static struct text_span enter_link(struct inline_walk *w, const struct note_node *node,
                                   struct text_span s)
{
    struct tree_builder *b = w->b;
    s.style = tree_style(b, s.style, "link");
    s.element = tree_element(b, STRUCTURE_LINK, s.element);
    if (shows_its_address(node, b->arena)) {
        s.flags |= TEXT_SPAN_URL;
    }
    str text = node->as.link.reference ? tree_reference_contents(b, node, s.lang)
                                       : note_plain_text(node, b->arena);
    struct tree_link link = {
        .contents = node->as.link.title.n ? node->as.link.title
                    : utf8_is_blank(text) ? node->as.link.url
                                          : text,
        .element = s.element,
    };
    if (node->as.link.internal) {
        link.anchor = tree_anchor(b, node->as.link.url);
    } else {
        link.uri = node->as.link.url;
    }
    s.link = add_link(w, link);
    return s;
}

static bool has_number(const struct note_node *mark)
{
    return mark->as.mark.footnote && mark->as.mark.footnote->number;
}

/* Two marks side by side are no number of two digits. */
static void part_marks(struct inline_walk *w, const struct note_node *node,
                       const struct text_span *like)
{
    const struct note_node *before = node->prev;
    if (before && before->kind == NOTE_FOOTNOTE_MARK && has_number(before)) {
        tree_add_text(w->b, w->spans, like, STR(","));
    }
}

/* The mark links to its note; the first mark of a note is where the note links back. */
static void add_mark(struct inline_walk *w, const struct note_node *node,
                     struct text_span s)
{
    struct tree_builder *b = w->b;
    const struct note_footnote *f = node->as.mark.footnote;
    if (!has_number(node)) {
        return; /* reported when the note was read */
    }
    struct tree_met note = tree_note_met(b, node);
    s.style = tree_style(b, s.style, "footnote-mark");
    s.flags |= TEXT_SPAN_VERBATIM | TEXT_SPAN_MARK;
    s.at = node->at;
    part_marks(w, node, &s);
    uint32_t reference = tree_element(b, STRUCTURE_REFERENCE, s.element);
    s.element = tree_element(b, STRUCTURE_LINK, reference);
    str label = tree_note_label(b->layout, note.number, b->arena);
    s.link = add_link(w, (struct tree_link){
        .anchor = tree_anchor(b, tree_note_id(b, "note", note.number)),
        .contents = label,
        .element = s.element,
        .note = note.number,
    });
    if (note.mark == node) {
        s.note = note.number;
        s.anchor = tree_anchor(b, tree_note_id(b, "mark", note.number));
        struct met met = {f, s.flags & TEXT_SPAN_CHANGED};
        vec_push(b->arena, &w->footnotes, met);
    }
    tree_add_text(b, w->spans, &s, label);
    w->typography.before = '1'; /* a quote behind a mark closes */
}

static void add_reference(struct inline_walk *w, const struct note_node *node,
                          const struct text_span *s)
{
    tree_add_reference(w->b, w->spans, s, node, w->typography.before == 0);
    w->typography.before = '1';
}

/* Said once more, a picture is its words. */
static void add_picture(struct inline_walk *w, const struct note_node *node,
                        struct text_span s)
{
    struct tree_builder *b = w->b;
    const struct note_image *about = node->as.image.about;
    s.at = node->at;
    if (w->quoted) {
        add_text(w, &s, about->alt);
        return;
    }
    s.object = tree_picture(b, s.style, about);
    if (!s.object) {
        return;
    }
    if (!about->decorative) {
        s.element = tree_element(b, STRUCTURE_PICTURE, s.element);
        tree_more(b, s.element)->alt = about->alt;
    }
    tree_add_text(b, w->spans, &s, STR("\xEF\xBF\xBC")); /* U+FFFC */
    w->typography.before = '1';
}

static const char *const RULES[NOTE_KIND_COUNT] = {
    [NOTE_EMPHASIS] = "emphasis",
    [NOTE_STRONG] = "strong",
    [NOTE_STRIKE] = "strike",
    [NOTE_SUPERSCRIPT] = "superscript",
    [NOTE_SUBSCRIPT] = "subscript",
    [NOTE_CODE] = "code",
    [NOTE_INSERTED] = "inserted",
    [NOTE_DELETED] = "deleted",
};

/* Words that are repeated elsewhere are not new there. */
static bool is_change(const struct inline_walk *w, const struct note_node *node)
{
    return !w->quoted && (node->kind == NOTE_INSERTED || node->kind == NOTE_DELETED ||
                          node->change == NOTE_CHANGED);
}

/* Lines under or through the text mean something (put in, taken out), so an element
 * tells of them: one that the node has anyway, or a span. */
static void enter_decoration(struct tree_builder *b, const struct text_span *around,
                             struct text_span *s)
{
    bool drawn = (s->style->strike && !around->style->strike) ||
                 (s->style->underline && !around->style->underline);
    if (!drawn) {
        return;
    }
    if (s->element == around->element) {
        s->element = tree_element(b, STRUCTURE_SPAN, s->element);
    }
    tree_decorate(b, s->element, s->style);
}

/* What holds inside `node`, given what holds around it. */
static struct text_span enter(struct inline_walk *w, const struct note_node *node,
                              struct text_span s)
{
    struct tree_builder *b = w->b;
    const struct text_span around = s;
    s.at = node->at;
    if (RULES[node->kind]) {
        s.style = tree_style(b, s.style, RULES[node->kind]);
    }
    if (node->kind == NOTE_LINK && !w->quoted) {
        s = enter_link(w, node, s);
    }
    if (node->kind == NOTE_CODE) {
        s.flags |= TEXT_SPAN_VERBATIM;
        s.element = tree_element(b, STRUCTURE_CODE, s.element);
    }
    if (node->lang.n && !str_eq(node->lang, s.lang)) {
        s.lang = node->lang;
        s.element = tree_element(b, STRUCTURE_SPAN, s.element);
        tree_more(b, s.element)->lang = node->lang;
    }
    if (is_change(w, node)) {
        s.flags |= TEXT_SPAN_CHANGED;
        b->tree->has_changes = true;
    }
    s.style = tree_user_style(b, s.style, node);
    enter_decoration(b, &around, &s);
    return s;
}

/* Depth is bounded by the note's own limit on nesting. */
static void walk(struct inline_walk *w, const struct note_node *parent,
                 const struct text_span *around)
{
    for (const struct note_node *n = parent->first; n; n = n->next) {
        struct text_span s = enter(w, n, *around);
        switch (n->kind) {
        case NOTE_TEXT:
        case NOTE_CODE:
            add_text(w, &s, n->text);
            break;
        case NOTE_LINE_BREAK:
            tree_add_text(w->b, w->spans, &s, STR("\xE2\x80\xA8"));
            w->typography.before = ' ';
            break;
        case NOTE_PICTURE:
            add_picture(w, n, s);
            break;
        case NOTE_FOOTNOTE_MARK:
            if (!w->quoted) {
                add_mark(w, n, *around);
            }
            break;
        case NOTE_LINK:
            if (n->as.link.reference) {
                add_reference(w, n, &s);
                break;
            }
            walk(w, n, &s);
            break;
        default:
            walk(w, n, &s);
        }
    }
}

void tree_collect(struct tree_builder *b, const struct tree_context *c, struct box *box,
                  const struct note_node *node)
{
    struct inline_walk w = {.b = b, .context = c, .spans = &box->spans};
    struct text_span around = {
        .style = box->style,
        .lang = node->lang.n ? node->lang : c->lang,
        .element = box->element,
        .at = node->at,
    };
    if (box->style->strike || box->style->underline) {
        tree_decorate(b, box->element, box->style);
    }
    walk(&w, node, &around);
    for (size_t i = 0; i < w.footnotes.n; i++) {
        bool before = b->changed;
        b->changed = b->changed || w.footnotes.v[i].changed;
        tree_note_of_mark(b, c, w.footnotes.v[i].note);
        tree_end_change(b, before);
    }
}

void tree_collect_quoted(struct tree_builder *b, struct box *box,
                         const struct text_span *around, const struct note_node *node)
{
    struct inline_walk w = {.b = b, .spans = &box->spans, .quoted = true};
    walk(&w, node, around);
}
