/* SPDX-License-Identifier: MIT
 *
 * Rows from data on pages. Placing them only notes which rows stand where; the items,
 * which would be most of the program's memory, are made when a reader of the page list
 * opens the page, as often as one does. Then the rows become lines like those of other
 * tables for as long as that takes, with all but their texts. */
#include "flow/data.h"

/* Rows one below the other. */
struct part {
    const struct flow_data *data;
    uint32_t first, n;
    len x, y, height;
};

/* What a part is made with. */
struct making {
    const struct part *part;
    const struct flow_data *data;
    struct flow_setting setting;
    struct page *page;
    struct flow_row *rows;
    struct flow_line *lines;
    len *tops;
};

static enum flow_data_kind kind_of(const struct flow_data *d, uint32_t row)
{
    return row == 0                        ? FLOW_DATA_FIRST
           : row + 1 == flow_data_count(d) ? FLOW_DATA_LAST
                                           : FLOW_DATA_INNER;
}

/* The rows as lines of cells without texts. */
static void make_lines(struct making *k)
{
    const struct flow_data *d = k->data;
    const struct part *part = k->part;
    struct arena *a = k->setting.f.arena;
    len y = part->y;
    k->rows = NEW_ARRAY(a, struct flow_row, part->n);
    k->lines = NEW_ARRAY(a, struct flow_line, part->n);
    k->tops = NEW_ARRAY(a, len, part->n);
    for (uint32_t i = 0; i < part->n; i++) {
        uint32_t row = part->first + i;
        k->rows[i] = d->rows[kind_of(d, row)];
        k->rows[i].background = d->backgrounds[row % 2];
        k->lines[i].kind = FLOW_ROW;
        k->lines[i].box = d->box;
        k->lines[i].row = &k->rows[i];
        k->lines[i].width = d->table.width;
        k->lines[i].height = d->heights[row];
        k->tops[i] = y;
        y += d->heights[row];
    }
}

static len x_of_text(const struct flow_data_column *c, len width, len before)
{
    enum style_align align = c->text->align;
    if (c->decimal) {
        return c->width - c->after - before;
    }
    len room = c->width - width;
    bool right = align == STYLE_RIGHT || align == STYLE_END;
    return align == STYLE_CENTER ? room / 2 : right ? room : 0;
}

static void add_item(struct making *k, const struct text_line *line, uint32_t row,
                     uint32_t column)
{
    const struct flow_data *d = k->data;
    const struct style *s = d->columns[column].text;
    const struct data_table *t = d->data->table;
    struct page_item *item = page_add_item(k->setting.f.pages, k->page, PAGE_TEXT);
    item->element = d->data->first + row * (d->table.n + 1) + 1 + column;
    item->at = (struct place){t->source, t->lines[row], 1, 0};
    item->as.text.face = line->pieces[0].run->face;
    item->as.text.size = s->size;
    item->as.text.color = s->color;
    item->as.text.pieces = line->pieces;
    item->as.text.n = line->n;
    item->as.text.lang = str_eq(d->data->lang, d->tree->lang) ? STR_NONE : d->data->lang;
}

/* False if the cell is not plain text on one line. */
static bool make_plain(struct making *k, uint32_t row, uint32_t column, len y)
{
    const struct flow_data *d = k->data;
    const struct flow_data_column *c = &d->columns[column];
    struct flow *f = &k->setting.f;
    str text = flow_data_text(d, row, column, f->arena);
    struct text_line line;
    if (!c->simple || !text_plain_set(c->plain, text, f->arena, &line) ||
        line.width > c->width) {
        return false;
    }
    if (line.n > 0) {
        len before = c->decimal ? flow_data_before_point(f, d, column, text) : 0;
        add_item(k, &line, row, column);
        struct page_item *item = &k->page->items.v[k->page->items.n - 1];
        item->as.text.x = k->part->x + c->x + x_of_text(c, line.width, before);
        item->as.text.y = y + c->cell->space_before + c->baseline;
    }
    return true;
}

static void make_texts(struct making *k, uint32_t i)
{
    uint32_t row = k->part->first + i;
    len y = k->tops[i] + k->rows[i].rule_above;
    for (uint32_t column = 0; column < k->data->table.n; column++) {
        if (!make_plain(k, row, column, y)) {
            struct flow_cell cell;
            flow_data_cell(&k->setting.f, k->data, row, column, &cell);
            flow_place_lines(&k->setting.f, k->page, &cell.lines, k->part->x + cell.x,
                             y + cell.y);
        }
    }
}

static void make_part(const void *what, struct page_list *list, struct page *p)
{
    const struct part *part = what;
    struct making k = {.part = part, .data = part->data, .page = p};
    struct diag_sink sink; /* what is wrong was reported when the rows were measured */
    diag_init(&sink, list->arena);
    flow_data_set_up(&k.setting, part->data, &sink);
    k.setting.f.arena = list->arena;
    k.setting.f.pages = list;
    make_lines(&k);
    struct flow_lines lines = {k.lines, part->n, part->n};
    flow_place_tables(&k.setting.f, p, &(struct flow_framed){
        &lines, {0, part->n}, k.tops, part->x, 0});
    for (uint32_t i = 0; i < part->n; i++) {
        k.rows[i].n = 0; /* only its rules */
        flow_place_row(&k.setting.f, p, &k.lines[i], part->x, k.tops[i]);
        make_texts(&k, i);
    }
    flow_data_done(&k.setting);
}

/* What is noted last, if the line goes on below it. */
static struct part *part_above(const struct page *p, const struct flow_line *l, len x,
                               len y)
{
    if (p->later.n == 0) {
        return NULL;
    }
    const struct page_later *last = &p->later.v[p->later.n - 1];
    struct part *part = (struct part *)(uintptr_t)last->what;
    bool below = last->make == make_part && last->before == p->items.n &&
                 part->data == l->data && part->x == x && part->y + part->height == y &&
                 part->first + part->n == l->data_row;
    return below ? part : NULL;
}

void flow_place_data(struct flow *f, struct page *p, const struct flow_line *l, len x,
                     len y)
{
    struct part *above = part_above(p, l, x, y);
    if (above) {
        above->n++;
        above->height += l->height;
        return;
    }
    struct part *part = NEW(f->arena, struct part);
    *part = (struct part){l->data, l->data_row, 1, x, y, l->height};
    page_add_later(f->pages, p, (struct page_later){.what = part, .make = make_part});
}
