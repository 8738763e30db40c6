/* SPDX-License-Identifier: MIT
 *
 * In: boxes. Out: lines of text. What stands before each line (blanks of a list, `>` of a
 * quotation) nests in a prefix; a marker takes its place before the first line. Space
 * between blocks is a blank line where the style has a third of a line or more. */
#include "screen/screen.h"

struct text_writer {
    const struct screen_request *r;
    const struct tree *t;
    struct arena *a;
    struct buf *out;
    int width;
    str prefix;              /* before every line */
    str first;               /* instead, before the next one */
    bool has_first, any;     /* any: something was written */
    bool parted;             /* the last line is a blank one between blocks */
    len gap;                 /* wanted before the next line */
    const struct box *taken; /* its marker is in `first` */
    const struct box *room_of; /* whose children's markers are `room` wide */
    int room;
};

static void write_box(struct text_writer *w, const struct box *box);

/* --- Lines --- */

static str spaces(struct text_writer *w, int n)
{
    return str_format(w->a, "%*s", n > 0 ? n : 0, "");
}

static void put_line(struct text_writer *w, str text)
{
    str before = w->has_first ? w->first : w->prefix;
    while (!text.n && before.n && before.p[before.n - 1] == ' ') {
        before.n--;
    }
    buf_put(w->out, before);
    buf_put(w->out, text);
    buf_char(w->out, '\n');
    w->has_first = w->parted = false;
    w->any = true;
}

static void begin(struct text_writer *w, const struct style *style)
{
    bool blank = w->gap * 3 >= style->leading;
    if (w->any && blank && !w->parted) {
        bool had = w->has_first;
        w->has_first = false;
        put_line(w, STR_NONE);
        w->has_first = had;
        w->parted = true;
    }
    w->gap = 0;
}

static void put_text(struct text_writer *w, str text, const struct style *style)
{
    struct screen_lines lines = {0};
    screen_break(text, w->width - screen_width(w->prefix), w->a, &lines);
    begin(w, style);
    for (size_t i = 0; i < lines.all.n; i++) {
        put_line(w, lines.all.v[i]);
    }
}

static void want(struct text_writer *w, len gap)
{
    w->gap = gap > w->gap ? gap : w->gap;
}

/* --- Markers --- */

static str marker_of(struct text_writer *w, const struct box *p)
{
    str words = screen_marker(w->r, p);
    const char *mark = p->mark == BOX_DONE ? "[x]" : p->mark == BOX_TO_DO ? "[ ]" : "";
    return str_format(w->a, "%.*s%s%s", STR_ARG(words), words.n && *mark ? " " : "",
                      mark);
}

/* So wide are the markers of a list that its texts begin below each other. */
static int room_for_markers(struct text_writer *w, const struct box *item)
{
    const struct box *b = item->parent ? item->parent->first : item;
    int most = 0;
    if (item->parent && w->room_of == item->parent) {
        return w->room;
    }
    for (; b; b = b->next) {
        const struct box *p = screen_marked(b);
        int width = p && b->kind == item->kind ? screen_width(marker_of(w, p)) : 0;
        most = width > most ? width : most;
    }
    w->room_of = item->parent;
    w->room = most > w->width / 3 ? w->width / 3 : most;
    return w->room;
}

/* From here on lines are further in, the first one behind `marker`. */
static void hang(struct text_writer *w, str marker, int room)
{
    int pad = room - screen_width(marker);
    if (!w->has_first) {
        w->first = w->prefix;
    }
    w->first = str_format(w->a, "%.*s%.*s%.*s", STR_ARG(w->first), STR_ARG(marker),
                          STR_ARG(spaces(w, !marker.n ? 0 : pad > 1 ? pad : 1)));
    w->has_first = true;
    w->prefix = str_format(w->a, "%.*s%.*s", STR_ARG(w->prefix),
                           STR_ARG(spaces(w, room)));
}

/* --- Blocks --- */

static void underline(struct text_writer *w, const struct box *box, str text)
{
    enum structure_role role = screen_role(w->t, box);
    struct screen_lines lines = {0};
    int width = 0;
    if (role != STRUCTURE_H1 && role != STRUCTURE_H2) {
        return;
    }
    screen_break(text, w->width - screen_width(w->prefix), w->a, &lines);
    for (size_t i = 0; i < lines.all.n; i++) {
        int one = screen_width(lines.all.v[i]);
        width = one > width ? one : width;
    }
    struct buf rule;
    buf_init(&rule, w->a);
    buf_repeat(&rule, role == STRUCTURE_H1 ? '=' : '-', (size_t)width);
    put_line(w, buf_str(&rule));
}

static void write_heading(struct text_writer *w, const struct box *box)
{
    str number = screen_marker(w->r, box);
    str text = str_trim(screen_words(w->r, &box->spans, box->style));
    want(w, box->style->leading);
    if (number.n) {
        text = str_format(w->a, "%.*s %.*s", STR_ARG(number), STR_ARG(text));
    }
    put_text(w, text, box->style);
    underline(w, box, text);
    want(w, box->style->leading);
}

/* A line is a line, however long it is. */
static void write_code(struct text_writer *w, const struct box *box)
{
    str rest = screen_words(w->r, &box->spans, box->style), outer = w->prefix;
    str bare = rest.n >= 2 && rest.p[0] == '`' ? str_sub(rest, 1, rest.n - 1) : rest;
    begin(w, box->style);
    hang(w, STR("   "), 4);
    while (bare.n) {
        put_line(w, str_cut(bare, '\n', &bare));
    }
    w->prefix = outer;
}

static bool is_heading(const struct text_writer *w, const struct box *box)
{
    enum structure_role role = screen_role(w->t, box);
    return role >= STRUCTURE_H1 && role <= STRUCTURE_H6;
}

static void write_paragraph(struct text_writer *w, const struct box *box)
{
    str outer = w->prefix;
    if (is_heading(w, box)) {
        write_heading(w, box);
        return;
    }
    if (box->code || str_is(box->style->name, "code-block")) {
        write_code(w, box);
        return;
    }
    if (screen_marked(box) && w->taken != box) {
        begin(w, box->style);
        hang(w, marker_of(w, box), screen_width(marker_of(w, box)) + 1);
    }
    str text = str_trim(screen_words(w->r, &box->spans, box->style));
    if (text.n || w->has_first) {
        put_text(w, text, box->style);
    }
    w->prefix = outer;
}

static void write_children(struct text_writer *w, const struct box *box)
{
    for (const struct box *child = box->first; child; child = child->next) {
        write_box(w, child);
    }
}

/* What stands before the lines of a stack. */
static void enter(struct text_writer *w, const struct box *box)
{
    const struct box *marked = screen_marked(box);
    enum structure_role role = screen_role(w->t, box);
    bool meaning = str_is(box->style->name, "definition-body");
    bool fact = str_is(box->style->name, "fact-value");
    bool begins = marked && marked != w->taken && !is_heading(w, marked);
    if (role == STRUCTURE_LBODY && !meaning && begins) {
        begin(w, box->style);
        hang(w, marker_of(w, marked), room_for_markers(w, box) + 1);
        w->taken = marked;
    } else if (role == STRUCTURE_BLOCK_QUOTE) {
        begin(w, box->style);
        w->prefix = str_format(w->a, "%.*s> ", STR_ARG(w->prefix));
    } else if (style_is_framed(box->style)) {
        begin(w, box->style);
        w->prefix = str_format(w->a, "%.*s| ", STR_ARG(w->prefix));
    } else if (fact || meaning) {
        begin(w, box->style);
        hang(w, meaning ? STR("   ") : STR_NONE, 4);
    }
}

static void write_stack(struct text_writer *w, const struct box *box)
{
    str outer = w->prefix;
    enter(w, box);
    write_children(w, box);
    w->prefix = outer;
    w->has_first = false;
}

/* What it shows, in words. */
static void write_figure(struct text_writer *w, const struct box *box)
{
    str alt = str_trim(screen_alt(w->t, box->element)), more = STR_NONE;
    size_t at;
    if (box->qr && !str_find(alt, box->qr->wanted->text, &at)) {
        more = box->qr->wanted->text;
    }
    if (alt.n || more.n) {
        put_text(w, str_format(w->a, "[%.*s]%s%.*s", STR_ARG(alt), more.n ? " " : "",
                               STR_ARG(more)), box->style);
    }
}

static void write_table(struct text_writer *w, const struct box *box)
{
    struct screen_lines lines = {0};
    screen_table(w->r, box, w->width - screen_width(w->prefix), &lines);
    begin(w, box->style);
    for (size_t i = 0; i < lines.all.n; i++) {
        put_line(w, lines.all.v[i]);
    }
}

static void write_rule(struct text_writer *w, const struct box *box)
{
    bool to_sign = str_is(box->style->name, "signature-line");
    if (to_sign) {
        want(w, box->style->leading);
    }
    put_text(w, to_sign ? STR("______________________________") : STR("* * *"),
             box->style);
}

static void write_box(struct text_writer *w, const struct box *box)
{
    want(w, box->style->space_before);
    switch (box->kind) {
    case BOX_STACK: case BOX_COLUMNS: case BOX_BESIDE: case BOX_ROW: case BOX_CELL:
        write_stack(w, box);
        break;
    case BOX_PARAGRAPH: write_paragraph(w, box); break;
    case BOX_RULE: write_rule(w, box); break;
    case BOX_TABLE: write_table(w, box); break;
    case BOX_QR: case BOX_IMAGE: write_figure(w, box); break;
    case BOX_PAGE_BREAK: break;
    }
    want(w, box->style->space_after);
}

str screen_box_text(const struct screen_request *r, const struct box *box, int width)
{
    struct buf out;
    struct text_writer w = {.r = r, .t = r->tree, .a = r->arena, .out = &out,
                            .width = width};
    buf_init(&out, r->arena);
    write_children(&w, box);
    return buf_str(&out);
}

/* --- The note --- */

static void write_plain(struct text_writer *w, str text)
{
    const struct style *style = w->t->body->style;
    if (text.n) {
        want(w, style->leading);
        put_text(w, text, style);
        want(w, style->leading);
    }
}

static void write_notes(struct text_writer *w)
{
    const struct tree *t = w->t;
    if (!t->notes.n) {
        return;
    }
    write_plain(w, STR("--------------------"));
    w->gap = 0;
    for (size_t i = 0; i < t->notes.n; i++) {
        const struct box *box = t->notes.v[i].box;
        str marker = str_format(w->a, "[%zu]", i + 1);
        w->prefix = STR_NONE;
        hang(w, marker, t->notes.n > 9 ? 5 : 4);
        w->taken = t->notes.v[i].first ? t->notes.v[i].first : screen_marked(box);
        write_children(w, box);
        w->prefix = STR_NONE;
        w->has_first = false;
    }
    want(w, t->body->style->leading);
}

static void write_front(struct text_writer *w)
{
    const struct box *parts[SCREEN_LETTER_PARTS];
    size_t n = screen_letter(w->r, parts);
    write_plain(w, screen_banner(w->r));
    write_plain(w, screen_letterhead(w->r));
    for (size_t i = 0; i < n; i++) {
        want(w, w->t->body->style->leading);
        write_box(w, parts[i]);
        want(w, w->t->body->style->leading);
    }
    write_box(w, w->t->front);
    want(w, w->t->body->style->leading);
}

void screen_text(const struct screen_request *r, struct buf *out)
{
    struct text_writer w = {.r = r, .t = r->tree, .a = r->arena, .out = out,
                            .width = SCREEN_COLUMNS};
    if (!r->bare) {
        write_front(&w);
    }
    write_box(&w, r->tree->body);
    if (!r->bare && r->tree->disclaimer) {
        want(&w, r->tree->body->style->leading);
        write_box(&w, r->tree->disclaimer);
    }
    write_notes(&w);
}
