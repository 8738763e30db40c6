/* SPDX-License-Identifier: MIT
 *
 * The page list as text: one item a line, integer units, in the order of the list.
 *
 *     page 1 609562x862195 label "1" body 73728,73728 462106x714739
 *       font GentiumPlus 11264
 *       color rgb 122,306,475 plates 1
 *       text 73728,768000 w=18821 84.72.69 _3021 70.82 (The fo) @3:5 P#4
 *       rule 73728,700416 448000x512 @5:1 decoration
 *       link 73728,760000 18821x11264 -> https://example.org/
 *       path 73728,700416 stroke 512 rgb 122,306,475 M0,0 L640,640 Z @7:3 Lbl#9
 *     anchor "objectives" page 1 73728,768000
 *     outline 1 "Objectives" page 1 768000
 *     element 4 P in 1
 *     grid g0 100x8 in 4
 *     plates 1 "accent" cmyk 1000,600,0,100
 *
 * `font` and `color` stand where they change, from no font and black at the start of a
 * page. Pieces are separated by spaces, a word space is `_` and its width; `>x` stands
 * before a piece that does not begin where the one before it ends. In the text, `~` is
 * a hyphen that the line break put in. */
#include "page/page.h"

#include "base/utf8.h"

struct state { /* what the lines before have set */
    const struct text_face *face;
    len size, letter_space;
    struct color color;
};

static void put_color_value(struct buf *out, struct color color)
{
    static const struct { const char *name; int parts; } SPACES[] = {
        [COLOR_GRAY] = {"gray", 1}, [COLOR_RGB] = {"rgb", 3}, [COLOR_CMYK] = {"cmyk", 4},
    };
    buf_puts(out, SPACES[color.space].name);
    for (int i = 0; i < SPACES[color.space].parts; i++) {
        buf_format(out, "%c%d", i ? ',' : ' ', color.part[i]);
    }
    if (color.name) {
        buf_format(out, " plates %u", color.name);
    }
}

static void put_color(struct buf *out, struct state *now, struct color color)
{
    if (color_eq(now->color, color)) {
        return;
    }
    now->color = color;
    buf_puts(out, "  color ");
    put_color_value(out, color);
    buf_char(out, '\n');
}

static void put_font(struct buf *out, struct state *now, const struct page_item *item)
{
    const struct text_face *face = item->as.text.face;
    if (now->face == face && now->size == item->as.text.size &&
        now->letter_space == item->as.text.letter_space) {
        return;
    }
    now->face = face;
    now->size = item->as.text.size;
    now->letter_space = item->as.text.letter_space;
    buf_format(out, "  font %.*s %d", STR_ARG(face->name), now->size);
    if (now->letter_space) {
        buf_format(out, " letter-space %d", now->letter_space);
    }
    buf_char(out, '\n');
}

/* Where the item comes from and what it belongs to. */
static void put_origin(struct buf *out, const struct page_list *l,
                       const struct page_item *item)
{
    static const char *const ARTIFACTS[] = {
        [STRUCTURE_HEADER] = "header", [STRUCTURE_FOOTER] = "footer",
        [STRUCTURE_WATERMARK] = "watermark", [STRUCTURE_PAGINATION] = "pagination",
        [STRUCTURE_AID] = "aid", [STRUCTURE_DECORATION] = "decoration",
    };
    if (item->at.line) {
        buf_format(out, " @%u:%u", item->at.line, item->at.column);
    }
    if (item->artifact != STRUCTURE_CONTENT) {
        buf_format(out, " %s", ARTIFACTS[item->artifact]);
    } else if (structure_grid_of(&l->structure, item->element)) {
        enum structure_role role = structure_role_of(&l->structure, item->element);
        buf_format(out, " %s#g%u", structure_role_name(role),
                   item->element - STRUCTURE_GRIDS);
    } else if (item->element < l->structure.elements.n) {
        enum structure_role role = l->structure.elements.v[item->element].role;
        buf_format(out, " %s#%u", structure_role_name(role), item->element);
    } else {
        buf_format(out, " ?#%u", item->element);
    }
    buf_char(out, '\n');
}

/* The characters that glyphs [from, to) show. Glyphs stand in visual order, so clusters
 * descend where text runs from right to left. */
static str piece_text(const struct text_piece *piece)
{
    const struct text_run *run = piece->run;
    const struct text_glyph *g = run->glyphs;
    if (piece->from >= piece->to || piece->to > run->n) {
        return STR_NONE;
    }
    if (run->rtl) {
        size_t end = piece->from ? g[piece->from - 1].cluster : run->text.n;
        return str_sub(run->text, g[piece->to - 1].cluster, end);
    }
    size_t end = piece->to < run->n ? g[piece->to].cluster : run->text.n;
    return str_sub(run->text, g[piece->from].cluster, end);
}

static void put_characters(struct buf *out, str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c == 0xAD) {
            buf_char(out, '~');
        } else if (c == '(' || c == ')' || c == '\\' || c == '~') {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
            buf_format(out, "\\u{%X}", c);
        } else {
            buf_code_point(out, c);
        }
    }
}

/* ` 84.72.69`, ` _3021`, ` >40960`. Gives where the piece ends. */
static len put_glyphs(struct buf *out, const struct text_piece *piece, len expected)
{
    if (piece->x != expected) {
        buf_format(out, " >%d", piece->x);
    }
    if (piece->flags & TEXT_PIECE_SPACE) {
        buf_format(out, " _%d", piece->width);
        return piece->x + piece->width;
    }
    for (uint32_t i = piece->from; i < piece->to && i < piece->run->n; i++) {
        buf_format(out, "%c%u", i > piece->from ? '.' : ' ', piece->run->glyphs[i].id);
    }
    return piece->x + piece->width;
}

static void put_text(struct buf *out, const struct page_list *l, struct state *now,
                     const struct page_item *item)
{
    const struct text_piece *pieces = item->as.text.pieces;
    uint32_t n = item->as.text.n;
    put_font(out, now, item);
    put_color(out, now, item->as.text.color);
    len start = n ? pieces[0].x : 0;
    len end = n ? pieces[n - 1].x + pieces[n - 1].width : 0;
    buf_format(out, "  text %d,%d w=%d", item->as.text.x, item->as.text.y, end - start);
    len x = 0;
    for (uint32_t i = 0; i < n; i++) {
        x = put_glyphs(out, &pieces[i], x);
    }
    buf_puts(out, " (");
    for (uint32_t i = 0; i < n; i++) {
        if (pieces[i].flags & TEXT_PIECE_HYPHEN) {
            buf_char(out, '~');
        } else {
            put_characters(out, piece_text(&pieces[i]));
        }
    }
    buf_char(out, ')');
    if (item->as.text.angle) {
        buf_format(out, " turned=%d", item->as.text.angle);
    }
    if (item->as.text.lang.n) {
        buf_format(out, " lang=%.*s", STR_ARG(item->as.text.lang));
    }
    put_origin(out, l, item);
}

static void put_rect(struct buf *out, const char *what, struct page_rect r)
{
    buf_format(out, "  %s %d,%d %dx%d", what, r.x, r.y, r.width, r.height);
}

static void put_link(struct buf *out, const struct page_list *l,
                     const struct page_item *item)
{
    uint32_t number = item->as.link.link;
    put_rect(out, "link", item->as.link.rect);
    if (number == 0 || number > l->links.n) {
        buf_puts(out, " -> ?");
    } else {
        const struct page_link *link = &l->links.v[number - 1];
        bool known = link->anchor > 0 && link->anchor <= l->anchors.n;
        str id = known ? l->anchors.v[link->anchor - 1].id : STR("?");
        buf_puts(out, link->uri.n ? " -> " : " -> #");
        buf_put(out, link->uri.n ? link->uri : id);
    }
    put_origin(out, l, item);
}

static void put_segment(struct buf *out, const struct page_segment *s)
{
    static const char LETTERS[] = {
        [PAGE_MOVE] = 'M', [PAGE_LINE] = 'L', [PAGE_CURVE] = 'C', [PAGE_CLOSE] = 'Z',
    };
    buf_format(out, " %c", LETTERS[s->kind]);
    if (s->kind == PAGE_CURVE) {
        buf_format(out, "%d,%d,%d,%d,", s->x1, s->y1, s->x2, s->y2);
    }
    if (s->kind != PAGE_CLOSE) {
        buf_format(out, "%d,%d", s->x, s->y);
    }
}

static void put_path(struct buf *out, const struct page_list *l,
                     const struct page_item *item)
{
    static const char *const CAPS[] = {
        [PAGE_CAP_BUTT] = "", [PAGE_CAP_ROUND] = " round-cap",
        [PAGE_CAP_SQUARE] = " square-cap",
    };
    static const char *const JOINS[] = {
        [PAGE_JOIN_MITER] = "", [PAGE_JOIN_ROUND] = " round-join",
        [PAGE_JOIN_BEVEL] = " bevel-join",
    };
    const struct page_path *path = &item->as.path;
    buf_format(out, "  path %d,%d", path->x, path->y);
    if (path->fill) {
        buf_puts(out, path->even_odd ? " fill even-odd " : " fill ");
        put_color_value(out, path->fill_color);
    }
    if (path->stroke) {
        buf_format(out, " stroke %d%s%s ", path->stroke_width, CAPS[path->cap],
                   JOINS[path->join]);
        put_color_value(out, path->stroke_color);
    }
    for (uint32_t i = 0; i < path->n; i++) {
        put_segment(out, &path->segments[i]);
    }
    put_origin(out, l, item);
}

/* Where more of the picture would be than is seen of it, that stands in brackets. */
static void put_image(struct buf *out, const struct page_list *l,
                      const struct page_item *item)
{
    const struct image *image = item->as.image.image;
    struct page_rect r = item->as.image.rect, w = item->as.image.whole;
    put_rect(out, "image", r);
    if (r.x != w.x || r.y != w.y || r.width != w.width || r.height != w.height) {
        buf_format(out, " [%d,%d %dx%d]", w.x, w.y, w.width, w.height);
    }
    buf_char(out, ' ');
    buf_json_string(out, image->name);
    buf_format(out, " %ux%u", image_width(image), image_height(image));
    put_origin(out, l, item);
}

static void put_item(struct buf *out, const struct page_list *l, struct state *now,
                     const struct page_item *item)
{
    switch (item->kind) {
    case PAGE_TEXT:
        put_text(out, l, now, item);
        break;
    case PAGE_RULE:
        put_color(out, now, item->as.rule.color);
        put_rect(out, "rule", item->as.rule.rect);
        put_origin(out, l, item);
        break;
    case PAGE_LINK:
        put_link(out, l, item);
        break;
    case PAGE_PATH:
        put_path(out, l, item);
        break;
    case PAGE_IMAGE:
        put_image(out, l, item);
        break;
    }
}

static void put_page(struct buf *out, const struct page_list *l, size_t number)
{
    struct arena made;
    arena_init(&made);
    struct page room;
    const struct page *p = page_open(&l->pages.v[number], &made, &room);
    buf_format(out, "page %zu %dx%d label ", number + 1, p->width, p->height);
    buf_json_string(out, p->label);
    buf_format(out, " body %d,%d %dx%d\n", p->body.x, p->body.y, p->body.width,
               p->body.height);
    struct state now = {.color = COLOR_BLACK};
    for (size_t i = 0; i < p->items.n; i++) {
        put_item(out, l, &now, &p->items.v[i]);
    }
    arena_done(&made);
}

static void put_metadata(struct buf *out, const struct page_list *l)
{
    const struct { const char *name; str value; } FIELDS[] = {
        {"lang", l->lang}, {"title", l->title}, {"authors", l->authors},
        {"subject", l->subject}, {"keywords", l->keywords}, {"date", l->date},
    };
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        if (FIELDS[i].value.n) {
            buf_format(out, "%s ", FIELDS[i].name);
            buf_json_string(out, FIELDS[i].value);
            buf_char(out, '\n');
        }
    }
}

static void put_places(struct buf *out, const struct page_list *l)
{
    for (size_t i = 0; i < l->anchors.n; i++) {
        const struct page_anchor *anchor = &l->anchors.v[i];
        buf_puts(out, "anchor ");
        buf_json_string(out, anchor->id);
        if (anchor->placed) {
            buf_format(out, " page %u %d,%d\n", anchor->page + 1, anchor->x, anchor->y);
        } else {
            buf_puts(out, " not placed\n");
        }
    }
    for (size_t i = 0; i < l->outline.n; i++) {
        const struct page_outline *entry = &l->outline.v[i];
        buf_format(out, "outline %d ", entry->level);
        buf_json_string(out, entry->title);
        buf_format(out, " page %u %d\n", entry->page + 1, entry->y);
    }
}

static void put_heads(struct buf *out, const struct structure_heads *heads)
{
    for (uint32_t i = 0; i < heads->n; i++) {
        buf_format(out, "%s%u", i ? "," : " heads=", heads->v[i]);
    }
}

static void put_element(struct buf *out, const struct structure *s, size_t number)
{
    static const char *const NUMBERINGS[] = {
        [STRUCTURE_UNORDERED] = "", [STRUCTURE_DISC] = " disc",
        [STRUCTURE_DECIMAL] = " decimal", [STRUCTURE_LOWER_ALPHA] = " lower-alpha",
        [STRUCTURE_UPPER_ALPHA] = " upper-alpha",
        [STRUCTURE_LOWER_ROMAN] = " lower-roman",
        [STRUCTURE_UPPER_ROMAN] = " upper-roman",
    };
    static const char *const DECORATIONS[] = {
        [STRUCTURE_UNDECORATED] = "", [STRUCTURE_UNDERLINE] = " underline",
        [STRUCTURE_LINE_THROUGH] = " line-through",
    };
    const struct structure_element *e = &s->elements.v[number];
    buf_format(out, "element %zu %s in %u", number, structure_role_name(e->role),
               e->parent);
    buf_puts(out, e->role == STRUCTURE_L ? NUMBERINGS[e->numbering] : "");
    buf_puts(out, DECORATIONS[e->decoration]);
    put_heads(out, &e->more->heads);
    if (e->more->lang.n) {
        buf_format(out, " lang=%.*s", STR_ARG(e->more->lang));
    }
    if (e->more->alt.n) {
        buf_puts(out, " alt ");
        buf_json_string(out, e->more->alt);
    }
    if (e->more->title.n) {
        buf_puts(out, " title ");
        buf_json_string(out, e->more->title);
    }
    buf_char(out, '\n');
}

static void put_palette(struct buf *out, const struct color_palette *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct color_plates *c = &p->v[i];
        buf_format(out, "plates %zu ", i + 1);
        buf_json_string(out, c->name);
        buf_format(out, " cmyk %d,%d,%d,%d", c->ink[0], c->ink[1], c->ink[2], c->ink[3]);
        if (c->spot.n) {
            buf_puts(out, " spot ");
            buf_json_string(out, c->spot);
            buf_format(out, " %d", c->tint);
        }
        buf_char(out, '\n');
    }
}

void page_dump(const struct page_list *l, struct buf *out)
{
    put_metadata(out, l);
    for (size_t i = 0; i < l->pages.n; i++) {
        put_page(out, l, i);
    }
    put_places(out, l);
    for (size_t i = 0; i < l->structure.elements.n; i++) {
        put_element(out, &l->structure, i);
    }
    for (size_t i = 0; i < l->structure.grids.n; i++) {
        const struct structure_grid *g = &l->structure.grids.v[i];
        buf_format(out, "grid g%u %ux%u in %u", g->first - STRUCTURE_GRIDS, g->rows,
                   g->columns, g->parent);
        for (uint32_t k = 0; g->heads && k < g->columns; k++) {
            put_heads(out, &g->heads[k]);
        }
        buf_char(out, '\n');
    }
    put_palette(out, &l->palette);
}
