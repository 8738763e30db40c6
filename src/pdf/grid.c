/* SPDX-License-Identifier: MIT
 *
 * The elements of tables from data, which may be a million: nothing is kept of them but
 * the marks of the pages. In: those marks, in drawing order. Out: a TR for each row, a TD
 * for each cell with its marks, each written as it is made; and the arrays of the
 * ParentTree as objects of their own, so that they need not wait together either.
 *
 * Marks are put into a list for each element, from the last mark to the first, so that
 * every list is in order without its end being known. */
#include "pdf/structure.h"
#include "pdf/syntax.h"

static const struct structure *structure_of(const struct pdf_structure *s)
{
    return &s->pages->structure;
}

static uint32_t size_of(const struct structure_grid *g)
{
    return g->rows * (g->columns + 1);
}

/* How many objects say what heads the cells of a column, one for each column. */
static uint32_t heads_of(const struct structure_grid *g)
{
    return g->heads ? g->columns : 0;
}

uint32_t pdf_grids_number(struct pdf_structure *s, uint32_t number)
{
    const struct structure *all = structure_of(s);
    if (!all->grids.n) {
        return number;
    }
    s->grids = NEW_ARRAY(s->arena, uint32_t, all->grids.n);
    for (size_t i = 0; i < all->grids.n; i++) {
        if (s->nodes[all->grids.v[i].parent].attached) {
            s->grids[i] = number + 1;
            number += size_of(&all->grids.v[i]) + heads_of(&all->grids.v[i]);
        }
    }
    s->arrays = number + 1;
    return number + (uint32_t)s->page_starts.n;
}

void pdf_grid_put_kids(const struct pdf_structure *s, struct buf *b, uint32_t element)
{
    const struct structure *all = structure_of(s);
    for (size_t i = 0; i < all->grids.n; i++) {
        const struct structure_grid *g = &all->grids.v[i];
        if (g->parent != element) {
            continue;
        }
        buf_puts(b, "/K[");
        for (uint32_t row = 0; row < g->rows; row++) {
            pdf_put_ref(b, s->grids[i] + row * (g->columns + 1));
        }
        buf_char(b, ']');
    }
}

/* The marks of each element of a grid: 1-based, 0 ends a list. */
struct marks {
    uint32_t *first; /* by element, from the grid's first */
    uint32_t *next;  /* by mark */
};

static void list_marks(const struct pdf_structure *s, const struct structure_grid *g,
                       struct marks *m)
{
    for (size_t i = s->marks.n; i-- > 0;) {
        uint32_t e = s->marks.v[i] - g->first;
        if (s->marks.v[i] >= g->first && e < size_of(g)) {
            m->next[i] = m->first[e];
            m->first[e] = (uint32_t)i + 1;
        }
    }
}

/* The page of a mark; the last answer is nearly always the next one. */
static uint32_t page_of(const struct pdf_structure *s, uint32_t mark, uint32_t page)
{
    while (page > 0 && mark < s->page_starts.v[page]) {
        page--;
    }
    while (page + 1 < s->page_starts.n && mark >= s->page_starts.v[page + 1]) {
        page++;
    }
    return page;
}

static void put_row(struct buf *b, const struct structure_grid *g, uint32_t number,
                    uint32_t parent)
{
    buf_puts(b, "<</S/TR/P");
    pdf_put_ref(b, parent);
    buf_puts(b, "/K[");
    for (uint32_t i = 1; i <= g->columns; i++) {
        pdf_put_ref(b, number + i);
    }
    buf_puts(b, "]>>");
}

/* What a cell is written with. */
struct cell_writer {
    const struct pdf_structure *s;
    const uint32_t *page_numbers;
    struct marks marks;
    uint32_t page;           /* of the mark before */
    uint32_t heads, columns; /* the object of the first column's heads, or 0 */
};

static void put_mark(struct cell_writer *w, struct buf *b, uint32_t mark, uint32_t page)
{
    uint32_t own = page_of(w->s, mark, w->page);
    uint32_t number = mark - w->s->page_starts.v[own];
    w->page = own;
    if (own == page) {
        buf_char(b, ' ');
        buf_int(b, number);
        return;
    }
    buf_puts(b, "<</Type/MCR/Pg");
    pdf_put_ref(b, w->page_numbers[own]);
    buf_puts(b, "/MCID ");
    buf_int(b, number);
    buf_puts(b, ">>");
}

static void put_cell(struct cell_writer *w, struct buf *b, uint32_t element,
                     uint32_t parent)
{
    uint32_t mark = w->marks.first[element];
    buf_puts(b, "<</S/TD/P");
    pdf_put_ref(b, parent);
    if (w->heads) {
        buf_puts(b, "/A");
        pdf_put_ref(b, w->heads + element % (w->columns + 1) - 1);
    }
    if (mark) {
        uint32_t page = w->page = page_of(w->s, mark - 1, w->page);
        bool several = w->marks.next[mark - 1] != 0;
        buf_puts(b, "/Pg");
        pdf_put_ref(b, w->page_numbers[page]);
        buf_puts(b, several ? "/K[" : "/K");
        for (; mark; mark = w->marks.next[mark - 1]) {
            put_mark(w, b, mark - 1, page);
        }
        buf_puts(b, several ? "]" : "");
    }
    buf_puts(b, ">>");
}

static void save_grid(struct cell_writer *w, const struct structure_grid *g,
                      uint32_t number, struct pdf_save *save)
{
    const struct pdf_structure *s = w->s;
    struct buf b;
    buf_init(&b, s->arena);
    w->heads = heads_of(g) ? number + size_of(g) : 0;
    w->columns = g->columns;
    for (uint32_t e = 0; e < size_of(g); e++) {
        uint32_t column = e % (g->columns + 1);
        buf_clear(&b);
        if (column == 0) {
            put_row(&b, g, number + e, s->nodes[g->parent].number);
        } else {
            put_cell(w, &b, e, number + e - column);
        }
        pdf_save_object(save, number + e, buf_str(&b));
    }
    for (uint32_t i = 0; i < heads_of(g); i++) {
        buf_clear(&b);
        buf_puts(&b, "<</O/Table");
        pdf_structure_put_heads(s, &b, &g->heads[i]);
        buf_puts(&b, ">>");
        pdf_save_object(save, number + size_of(g) + i, buf_str(&b));
    }
}

static void save_arrays(const struct pdf_structure *s, struct pdf_save *save)
{
    struct buf b;
    buf_init(&b, s->arena);
    for (uint32_t page = 0; page < s->page_starts.n; page++) {
        buf_clear(&b);
        pdf_structure_put_marks(s, &b, page);
        pdf_save_object(save, s->arrays + page, buf_str(&b));
    }
}

void pdf_grids_save(const struct pdf_structure *s, const uint32_t *page_numbers,
                    struct pdf_save *save)
{
    const struct structure *all = structure_of(s);
    if (!all->grids.n) {
        return;
    }
    struct cell_writer w = {.s = s, .page_numbers = page_numbers};
    struct arena lists;
    arena_init(&lists);
    w.marks.next = NEW_ARRAY(&lists, uint32_t, s->marks.n + 1);
    for (size_t i = 0; i < all->grids.n; i++) {
        const struct structure_grid *g = &all->grids.v[i];
        if (s->grids[i]) {
            w.marks.first = NEW_ARRAY(&lists, uint32_t, size_of(g));
            list_marks(s, g, &w.marks);
            save_grid(&w, g, s->grids[i], save);
        }
    }
    arena_done(&lists);
    save_arrays(s, save);
}
