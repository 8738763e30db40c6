/* SPDX-License-Identifier: MIT
 *
 * In: an element of the structure tree. Out: what it says of itself beside its parent and
 * kids: its language, the text instead of it, its identifier, and its attributes (ISO
 * 32000-1, 14.8.5). Each owner's attributes are a dictionary; where there are several,
 * they stand in an array. */
#include "pdf/structure.h"

#include <stdlib.h>

#include "pdf/syntax.h"

static const char *const NUMBERINGS[] = {
    [STRUCTURE_UNORDERED] = NULL,
    [STRUCTURE_DISC] = "Disc",
    [STRUCTURE_DECIMAL] = "Decimal",
    [STRUCTURE_LOWER_ALPHA] = "LowerAlpha",
    [STRUCTURE_UPPER_ALPHA] = "UpperAlpha",
    [STRUCTURE_LOWER_ROMAN] = "LowerRoman",
    [STRUCTURE_UPPER_ROMAN] = "UpperRoman",
};

static const char *const DECORATIONS[] = {
    [STRUCTURE_UNDERLINE] = "Underline",
    [STRUCTURE_LINE_THROUGH] = "LineThrough",
};

/* What the attributes of an element are made of. */
struct about {
    const struct pdf_structure *s;
    const struct structure_element *x;
    const struct pdf_box *box; /* of a figure; or NULL */
};

static int compare_boxes(const void *left, const void *right)
{
    const struct pdf_box *a = left, *b = right;
    return (a->element > b->element) - (a->element < b->element);
}

void pdf_structure_sort_boxes(struct pdf_structure *s)
{
    if (s->boxes.n) {
        qsort(s->boxes.v, s->boxes.n, sizeof *s->boxes.v, compare_boxes);
    }
}

/* Identifiers have one width, so that their order is that of their numbers. */
void pdf_structure_put_id(struct buf *b, uint32_t id)
{
    buf_format(b, "(n%07u)", id);
}

/* Notes must have one; heads, where cells name them. */
bool pdf_structure_has_id(const struct structure_element *x)
{
    return x->role == STRUCTURE_NOTE || x->more->is_head;
}

static bool has_list(const struct about *a)
{
    return a->x->role == STRUCTURE_L && NUMBERINGS[a->x->numbering];
}

static void put_list(const struct about *a, struct buf *b)
{
    buf_format(b, "<</O/List/ListNumbering/%s>>", NUMBERINGS[a->x->numbering]);
}

static bool has_cell(const struct about *a)
{
    const struct structure_element *x = a->x;
    return x->role == STRUCTURE_TH || x->columns > 1 || x->rows > 1 || x->more->heads.n;
}

void pdf_structure_put_heads(const struct pdf_structure *s, struct buf *b,
                             const struct structure_heads *heads)
{
    for (uint32_t i = 0; i < heads->n; i++) {
        buf_puts(b, i ? "" : "/Headers[");
        pdf_structure_put_id(b, s->first_id + heads->v[i]);
    }
    buf_puts(b, heads->n ? "]" : "");
}

static void put_cell(const struct about *a, struct buf *b)
{
    const struct structure_element *x = a->x;
    buf_puts(b, "<</O/Table");
    if (x->role == STRUCTURE_TH) {
        buf_puts(b, x->row_head ? "/Scope/Row" : "/Scope/Column");
    }
    if (x->columns > 1) {
        buf_format(b, "/ColSpan %u", x->columns);
    }
    if (x->rows > 1) {
        buf_format(b, "/RowSpan %u", x->rows);
    }
    pdf_structure_put_heads(a->s, b, &x->more->heads);
    buf_puts(b, ">>");
}

static bool has_layout(const struct about *a)
{
    return a->box || a->x->decoration;
}

static void put_layout(const struct about *a, struct buf *b)
{
    buf_puts(b, "<</O/Layout");
    if (a->x->decoration) {
        buf_format(b, "/TextDecorationType/%s", DECORATIONS[a->x->decoration]);
    }
    if (a->box && a->x->role == STRUCTURE_FIGURE) {
        buf_puts(b, "/Placement/Block");
    }
    for (int i = 0; a->box && i < 4; i++) {
        buf_puts(b, i ? " " : "/BBox[");
        buf_points(b, a->box->edges[i]);
    }
    buf_puts(b, a->box ? "]>>" : ">>");
}

static const struct {
    bool (*has)(const struct about *a);
    void (*put)(const struct about *a, struct buf *b);
} OWNERS[] = {{has_list, put_list}, {has_cell, put_cell}, {has_layout, put_layout}};

enum { OWNER_COUNT = sizeof OWNERS / sizeof *OWNERS };

static void put_attributes(const struct about *a, struct buf *b)
{
    int n = 0;
    for (int i = 0; i < OWNER_COUNT; i++) {
        n += OWNERS[i].has(a);
    }
    buf_puts(b, n == 0 ? "" : n == 1 ? "/A" : "/A[");
    for (int i = 0; i < OWNER_COUNT; i++) {
        if (OWNERS[i].has(a)) {
            OWNERS[i].put(a, b);
        }
    }
    buf_puts(b, n > 1 ? "]" : "");
}

static const struct pdf_box *find_box(const struct pdf_structure *s, uint32_t e)
{
    const struct pdf_box key = {.element = e};
    return s->boxes.n ? bsearch(&key, s->boxes.v, s->boxes.n, sizeof key, compare_boxes)
                      : NULL;
}

void pdf_structure_put_about(const struct pdf_structure *s, struct buf *b, uint32_t e)
{
    const struct structure_element *x = &s->pages->structure.elements.v[e];
    str lang = x->more->lang;
    if (e == 0 && s->parent && !lang.n && !str_eq(s->pages->lang, s->lang)) {
        lang = s->pages->lang;
    }
    if (lang.n) {
        buf_puts(b, "/Lang");
        pdf_put_text(b, lang);
    }
    if (x->more->alt.n) {
        buf_puts(b, "/Alt");
        pdf_put_text(b, x->more->alt);
    }
    if (pdf_structure_has_id(x)) {
        buf_puts(b, "/ID");
        pdf_structure_put_id(b, s->first_id + e);
    }
    bool figure = x->role == STRUCTURE_FIGURE || x->role == STRUCTURE_PICTURE;
    struct about a = {s, x, figure ? find_box(s, e) : NULL};
    put_attributes(&a, b);
}
