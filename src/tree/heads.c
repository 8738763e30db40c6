/* SPDX-License-Identifier: MIT
 *
 * In: the rows and cells of a table. Out: for each cell the cells that head it, named one
 * by one, if the table has heads of which Scope does not say enough: several rows of
 * them, some over several columns or rows, several in a row, rows of nothing but heads
 * between the others. A simple table gets nothing, so that its cells stay small.
 *
 * Rows are met from the top. Over each column stand the heads of the table's head, and
 * the last heads that had rows of their own. In a row, the heads before a cell head it,
 * those behind another cell only if no nearer one is of the same rows (as in HTML); where
 * none is before it, those behind. Empty heads say nothing, and are nobody's. */
#include "tree/build.h"

enum { MOST_HEADS = 64 }; /* of a cell; in a table with more nobody names any */

struct cells {
    VEC(const struct box *) v;
};

struct row_of { /* a row, and which of `heads` begin in it */
    const struct box *row;
    size_t from, to;
};

struct reaching {
    const struct box *head;
    size_t until; /* the first row that it does not reach */
};

struct head_walk {
    struct tree_builder *b;
    struct arena *a;               /* for what is not kept */
    const struct box *table;
    VEC(struct row_of) rows;
    struct cells heads;            /* that head their rows */
    struct cells *above;           /* by column: those of the table's head */
    struct cells *group;           /* by column: those in rows of their own */
    bool grouping;                 /* the row before was such a row */
    VEC(struct reaching) active;   /* heads that reach into this row from above */
    uint32_t ids[MOST_HEADS];      /* of the cell at hand */
    uint32_t n;
    bool too_many;
};

static bool is_head(const struct head_walk *w, const struct box *cell)
{
    return w->b->tree->structure.elements.v[cell->element].role == STRUCTURE_TH;
}

static bool is_empty(const struct box *cell)
{
    const struct box *only = cell->first;
    if (!only || only->next || only->kind != BOX_PARAGRAPH) {
        return !only;
    }
    for (size_t i = 0; i < only->spans.n; i++) {
        if (only->spans.v[i].text.n) {
            return false;
        }
    }
    return true;
}

/* A row of nothing but heads, none of which is beside another row, too: they head what is
 * below, as far as the next such row. */
static bool is_group(const struct head_walk *w, const struct box *row)
{
    uint32_t columns = 0;
    for (const struct box *c = row->first; c; c = c->next) {
        columns += is_head(w, c) && c->span_rows == 1 ? c->span_columns : 0;
    }
    return !row->header && !row->foot && columns == w->table->columns;
}

static bool is_plain_head(const struct head_walk *w, const struct box *cell)
{
    bool spans = cell->span_rows > 1 || (cell->parent->header && cell->span_columns > 1);
    bool first = cell->parent->header || cell->column == 0;
    return !is_head(w, cell) || (first && !spans);
}

/* True if Scope does not say what heads what. */
static bool is_intricate(const struct head_walk *w)
{
    uint32_t head_rows = 0;
    for (const struct box *row = w->table->first; row; row = row->next) {
        head_rows += row->header;
        if (head_rows > 1 || is_group(w, row)) {
            return true;
        }
        for (const struct box *c = row->first; c; c = c->next) {
            if (!is_plain_head(w, c)) {
                return true;
            }
        }
    }
    return false;
}

static void push(struct head_walk *w, struct cells *to, const struct box *cell)
{
    if (!is_empty(cell)) {
        vec_push(w->a, &to->v, cell);
    }
}

/* Over each of the cell's columns. */
static void push_columns(struct head_walk *w, struct cells *columns,
                         const struct box *cell)
{
    for (uint32_t i = 0; i < cell->span_columns; i++) {
        push(w, &columns[cell->column + i], cell);
    }
}

static void list_rows(struct head_walk *w)
{
    for (const struct box *row = w->table->first; row; row = row->next) {
        struct row_of r = {row, w->heads.v.n, 0};
        bool heads_columns = row->header || is_group(w, row);
        for (const struct box *c = row->first; c && !heads_columns; c = c->next) {
            if (is_head(w, c)) {
                push(w, &w->heads, c);
            }
        }
        r.to = w->heads.v.n;
        vec_push(w->a, &w->rows, r);
    }
}

static void name(struct head_walk *w, const struct box *head)
{
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->ids[i] == head->element) {
            return;
        }
    }
    if (w->n == MOST_HEADS) {
        w->too_many = true;
        return;
    }
    w->ids[w->n++] = head->element;
}

static void name_columns(struct head_walk *w, const struct cells *columns,
                         const struct box *cell)
{
    for (uint32_t i = 0; i < cell->span_columns && !w->too_many; i++) {
        const struct cells *c = &columns[cell->column + i];
        for (size_t k = 0; k < c->v.n; k++) {
            name(w, c->v.v[k]);
        }
    }
}

/* The heads of one row, in the order of their columns. */
struct in_row {
    const struct box *v[MOST_HEADS];
    size_t n;
};

static void insert(struct head_walk *w, struct in_row *in, const struct box *head)
{
    if (in->n == MOST_HEADS) {
        w->too_many = true;
        return;
    }
    size_t at = in->n++;
    for (; at > 0 && in->v[at - 1]->column > head->column; at--) {
        in->v[at] = in->v[at - 1];
    }
    in->v[at] = head;
}

static bool touch(const struct box *left, const struct box *right)
{
    return left->column + left->span_columns == right->column;
}

static bool same_rows(const struct box *a, const struct box *b)
{
    return a->parent == b->parent && a->span_rows == b->span_rows;
}

/* Those before a cell: `n` heads that end at `end`. Behind another cell
 * stands one only if none of the same rows is nearer. */
static void name_before(struct head_walk *w, const struct box *const *end, size_t n)
{
    bool touching = true, counts[MOST_HEADS + 1];
    for (size_t i = 1; i <= n; i++) {
        const struct box *head = *(end - i);
        touching = i == 1 || (touching && touch(head, *(end - i + 1)));
        bool nearer = false;
        for (size_t k = 1; k < i && !touching; k++) {
            nearer = nearer || same_rows(*(end - k), head);
        }
        counts[i] = !nearer;
    }
    for (size_t i = n; i > 0; i--) { /* as they stand */
        if (counts[i]) {
            name(w, *(end - i));
        }
    }
}

/* The heads of a row before `column`; if there are none, the first ones behind it. */
static void name_beside(struct head_walk *w, const struct in_row *in, uint32_t column)
{
    size_t n = 0;
    while (n < in->n && in->v[n]->column < column) {
        n++;
    }
    name_before(w, in->v + n, n);
    for (size_t i = 0; n == 0 && i < in->n; i++) {
        if (i > 0 && !touch(in->v[i - 1], in->v[i])) {
            break;
        }
        name(w, in->v[i]);
    }
}

/* What heads a cell in its rows: in the first those that begin above it, too. */
static void name_rows(struct head_walk *w, size_t row, const struct box *cell)
{
    for (size_t r = row; r < w->rows.n && r < row + cell->span_rows; r++) {
        struct in_row in = {.n = 0};
        for (size_t i = 0; r == row && i < w->active.n; i++) {
            insert(w, &in, w->active.v[i].head);
        }
        for (size_t i = w->rows.v[r].from; i < w->rows.v[r].to; i++) {
            if (w->heads.v.v[i] != cell) {
                insert(w, &in, w->heads.v.v[i]);
            }
        }
        if (w->too_many) {
            return;
        }
        while (is_head(w, cell) && in.n && in.v[in.n - 1]->column > cell->column) {
            in.n--; /* what is behind a head does not head it */
        }
        name_beside(w, &in, cell->column);
    }
}

/* What was named, to stay; the named know that they are. */
static struct structure_heads keep(struct head_walk *w)
{
    uint32_t *ids = NEW_ARRAY(w->b->arena, uint32_t, w->n);
    for (uint32_t i = 0; i < w->n; i++) {
        ids[i] = w->ids[i];
        const struct structure_element *head =
            &w->b->tree->structure.elements.v[ids[i]];
        if (!head->more->is_head) {
            tree_more(w->b, ids[i])->is_head = true;
        }
    }
    return (struct structure_heads){ids, w->n};
}

static void visit_cell(struct head_walk *w, size_t row, const struct box *cell)
{
    w->n = 0;
    name_columns(w, w->above, cell);
    if (!cell->parent->header) {
        if (!cell->parent->foot) {
            name_columns(w, w->group, cell);
        }
        name_rows(w, row, cell);
    }
    if (w->n && !w->too_many) {
        struct structure_heads heads = keep(w);
        tree_more(w->b, cell->element)->heads = heads;
    }
}

/* The heads of a row of their own take the place of those before. */
static void visit_group(struct head_walk *w, const struct box *row)
{
    if (!w->grouping) {
        for (uint32_t i = 0; i < w->table->columns; i++) {
            w->group[i].v.n = 0;
        }
    }
    for (const struct box *c = row->first; c; c = c->next) {
        push_columns(w, w->group, c);
        w->b->tree->structure.elements.v[c->element].row_head = false;
    }
}

/* Drops the heads that end above row `at`, and adds those that begin in it and go on. */
static void go_down(struct head_walk *w, size_t at)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->active.n; i++) {
        if (w->active.v[i].until > at) {
            w->active.v[kept++] = w->active.v[i];
        }
    }
    w->active.n = kept;
    for (size_t i = w->rows.v[at - 1].from; i < w->rows.v[at - 1].to; i++) {
        const struct box *head = w->heads.v.v[i];
        if (head->span_rows > 1) {
            struct reaching r = {head, at - 1 + head->span_rows};
            vec_push(w->a, &w->active, r);
        }
    }
}

static void visit_row(struct head_walk *w, size_t at)
{
    const struct box *row = w->rows.v[at].row;
    if (at > 0) {
        go_down(w, at);
    }
    bool group = is_group(w, row);
    if (group) {
        visit_group(w, row);
    }
    w->grouping = group;
    for (const struct box *c = row->first; c && !group && !w->too_many; c = c->next) {
        visit_cell(w, at, c);
        if (row->header) {
            push_columns(w, w->above, c);
        }
    }
}

/* Rows of data have the heads of their columns alone. */
static void head_data(struct head_walk *w)
{
    struct structure *all = &w->b->tree->structure;
    uint32_t columns = w->table->columns;
    struct structure_heads *heads = NEW_ARRAY(w->b->arena, struct structure_heads,
                                              columns);
    for (uint32_t i = 0; i < columns; i++) {
        const struct box cell = {.column = i, .span_columns = 1};
        w->n = 0;
        name_columns(w, w->above, &cell);
        heads[i] = keep(w);
    }
    all->grids.v[all->grids.n - 1].heads = heads;
}

static void forget(struct head_walk *w)
{
    for (const struct box *row = w->table->first; row; row = row->next) {
        for (const struct box *c = row->first; c; c = c->next) {
            struct structure_more *more = tree_more(w->b, c->element);
            more->heads.n = 0;
            more->is_head = false;
        }
    }
}

void tree_heads(struct tree_builder *b, struct box *table)
{
    struct head_walk w = {.b = b, .a = &b->scratch, .table = table};
    if (!is_intricate(&w)) {
        return;
    }
    w.above = NEW_ARRAY(w.a, struct cells, table->columns);
    w.group = NEW_ARRAY(w.a, struct cells, table->columns);
    list_rows(&w);
    for (size_t i = 0; i < w.rows.n && !w.too_many; i++) {
        visit_row(&w, i);
    }
    if (table->data && !w.too_many) {
        head_data(&w);
    }
    if (w.too_many) {
        forget(&w);
    }
    arena_reset(&b->scratch);
}
