/* SPDX-License-Identifier: MIT
 *
 * In: the rows of a table from data. Out: what its columns need; then, once they have
 * their widths, how high each row is. Nearly every cell is plain text on one line, whose
 * width is looked up; where all cells of a column fit on one line, none is set to find a
 * row's height. */
#include "flow/data.h"

/* --- Setting a cell the common way --- */

void flow_data_set_up(struct flow_setting *s, const struct flow_data *d,
                      struct diag_sink *sink)
{
    *s = (struct flow_setting){0};
    s->f = (struct flow){.tree = d->tree, .layout = d->layout, .engine = d->engine,
                         .sink = sink};
    arena_init(&s->arena);
    arena_init(&s->f.scratch);
    arena_init(&s->f.work);
}

void flow_data_forget(struct flow_setting *s)
{
    arena_reset(&s->arena);
    arena_reset(&s->f.work);
}

void flow_data_done(struct flow_setting *s)
{
    arena_done(&s->arena);
    arena_done(&s->f.scratch);
    arena_done(&s->f.work);
}

/* True if something in the text is set as something else. */
static bool is_special(str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : 0;
        if (c == '"' || c == '\'' || c == '\n' || c == '\r' ||
            ((c == '-' || c == '.') && next == c)) {
            return true;
        }
    }
    return false;
}

/* Lines of a field are lines of the cell. */
static str with_line_breaks(str text, struct arena *a)
{
    struct buf b;
    buf_init(&b, a);
    text = str_trim(text);
    for (size_t i = 0; i < text.n; i++) {
        bool two = text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
        if (text.p[i] == '\n' || (text.p[i] == '\r' && !two)) {
            buf_code_point(&b, 0x2028);
        } else if (!two) {
            buf_char(&b, text.p[i]);
        }
    }
    return buf_str(&b);
}

str flow_data_text(const struct flow_data *d, uint32_t row, uint32_t column,
                   struct arena *a)
{
    str text = data_field(d->data->table, row, column);
    if (!d->special || !is_special(text)) {
        return text;
    }
    text = with_line_breaks(text, a);
    if (d->columns[column].text->typography) {
        struct text_typography state = {0};
        text = text_make_typographic(text, d->data->lang, &state, a);
    }
    return text;
}

static struct place place_of(const struct flow_data *d, uint32_t row)
{
    const struct data_table *t = d->data->table;
    return (struct place){t->source, t->lines[row], 1, 0};
}

/* A paragraph for a text of a column. */
static struct box *make_box(struct arena *a, const struct flow_data *d, uint32_t row,
                            uint32_t column, str text)
{
    struct box *box = NEW(a, struct box);
    box->kind = BOX_PARAGRAPH;
    box->style = d->columns[column].text;
    box->at = place_of(d, row);
    box->element = d->data->first + row * (d->table.n + 1) + 1 + column;
    box->decimal = d->columns[column].decimal;
    struct text_span span = {.text = text, .style = box->style, .lang = d->data->lang,
                             .element = box->element, .at = box->at};
    vec_push(a, &box->spans, span);
    return box;
}

len flow_data_before_point(struct flow *f, const struct flow_data *d, uint32_t column,
                           str text)
{
    const struct flow_data_column *c = &d->columns[column];
    struct text_plain_size size;
    str head = str_sub(text, 0, text_find_point(text, d->data->lang));
    if (c->simple && text_plain_measure(c->plain, head, &size)) {
        return size.width;
    }
    return flow_paragraph_needs(f, make_box(f->arena, d, 0, column, head)).most;
}

void flow_data_cell(struct flow *f, const struct flow_data *d, uint32_t row,
                    uint32_t column, struct flow_cell *out)
{
    const struct flow_data_column *c = &d->columns[column];
    str text = flow_data_text(d, row, column, f->arena);
    *out = d->cells[column];
    struct measure inside = {.f = f, .out = &out->lines, .full = c->width,
                             .width = c->width};
    flow_measure_box(&inside, make_box(f->arena, d, row, column, text));
    if (c->decimal && out->lines.n == 1) {
        len before = flow_data_before_point(f, d, column, text);
        out->lines.v[0].x = c->width - c->after - before;
    }
}

/* --- What columns need --- */

static bool is_simple(const struct style *s)
{
    return s->indent_start == 0 && s->indent_end == 0 && s->indent_first == 0 &&
           s->rule_above == 0 && s->rule_below == 0 && s->rise == 0 && !s->underline &&
           !s->strike && !style_is_framed(s);
}

/* Height and baseline are those that a line has which is set the common way. */
static void measure_sample(struct flow *f, const struct flow_data *d, uint32_t column)
{
    struct flow_data_column *c = &d->columns[column];
    struct flow_lines lines = {0};
    struct measure inside = {.f = f, .out = &lines, .full = LEN_MAX / 4,
                             .width = LEN_MAX / 4};
    flow_measure_box(&inside, make_box(f->arena, d, 0, column, STR("0")));
    c->leading = (len)flow_height(&lines, 0, lines.n);
    c->baseline = lines.n ? lines.v[0].baseline : 0;
}

static struct box *sample_row(struct arena *a, const struct box *table)
{
    struct box *row = NEW(a, struct box);
    *row = (struct box){.kind = BOX_ROW, .style = table->data->row, .at = table->at,
                        .element = table->element};
    for (uint32_t i = 0; i < table->columns; i++) {
        struct box *cell = NEW(a, struct box);
        *cell = (struct box){.kind = BOX_CELL, .style = table->data->columns[i].cell,
                             .at = table->at, .element = table->element, .parent = row,
                             .column = i, .span_columns = 1, .span_rows = 1};
        if (row->last) {
            row->last->next = cell;
        } else {
            row->first = cell;
        }
        row->last = cell;
    }
    return row;
}

static struct flow_data *new_data(struct flow *f, const struct box *box)
{
    struct flow_data *d = NEW(f->arena, struct flow_data);
    d->box = box;
    d->data = box->data;
    d->tree = f->tree;
    d->layout = f->layout;
    d->engine = f->engine;
    d->table.n = box->columns;
    d->sample = sample_row(f->arena, box);
    d->cells = NEW_ARRAY(f->arena, struct flow_cell, box->columns);
    d->columns = NEW_ARRAY(f->arena, struct flow_data_column, box->columns);
    for (uint32_t i = 0; i < box->columns; i++) {
        struct flow_data_column *c = &d->columns[i];
        c->cell = box->data->columns[i].cell;
        c->text = box->data->columns[i].text;
        c->decimal = box->data->columns[i].decimal;
        c->simple = is_simple(c->text);
        c->plain = text_plain_new(f->engine, c->text, box->data->lang, f->arena);
    }
    const struct data_table *t = d->data->table;
    d->special = is_special((str){t->text, t->ends[(size_t)t->rows * t->columns - 1]});
    return d;
}

static len larger(len64 a, len b)
{
    return a > b ? (len)(a < LEN_MAX / 4 ? a : LEN_MAX / 4) : b;
}

/* A word in a column of given width. */
struct narrowness {
    len64 missing;
    struct place at;
};

/* A column takes what a cell asks for; or the cell must do with what there is. */
static void widen(struct flow_setting *s, struct flow_data *d, struct flow_column *c,
                  const uint32_t at[2], struct narrowness *narrow)
{
    struct flow_data_column *own = &d->columns[at[1]];
    str text = flow_data_text(d, at[0], at[1], s->f.arena);
    struct text_plain_size size;
    bool plain = own->simple && text_plain_measure(own->plain, text, &size);
    if (!plain) {
        struct box *box = make_box(s->f.arena, d, at[0], at[1], text);
        struct flow_needs need = flow_paragraph_needs(&s->f, box);
        size = (struct text_plain_size){need.most, need.least};
        own->common = true;
    }
    own->most = size.width > own->most ? size.width : own->most;
    if (own->decimal) {
        len before = flow_data_before_point(&s->f, d, at[1], text);
        c->before = larger(before, c->before);
        c->after = larger(size.width - before, c->after);
        size.width = size.least = c->before + c->after;
    }
    len beside = own->cell->indent_start + own->cell->indent_end;
    if (!c->fixed) {
        c->least = larger((len64)size.least + beside, c->least);
        c->most = larger((len64)size.width + beside, c->most);
    } else if (size.least + beside > c->width + LEN_PT / 16) {
        struct box *box = make_box(s->f.arena, d, at[0], at[1], text);
        len64 tight = flow_paragraph_needs(&s->f, box).tight + (len64)beside;
        if (tight - c->width > LEN_PT / 16 && tight - c->width > narrow->missing) {
            *narrow = (struct narrowness){tight - c->width, box->at};
        }
    }
    if (!plain || d->special) {
        flow_data_forget(s);
    }
}

void flow_data_widen(struct measure *m, struct flow_table *t,
                     void (*report)(struct measure *m, const struct box *cell,
                                    const struct flow_table *t, len64 missing))
{
    struct flow_data *d = t->data = new_data(m->f, t->box);
    struct narrowness *narrow = NEW_ARRAY(&m->f->work, struct narrowness, t->n);
    struct flow_setting s;
    flow_data_set_up(&s, d, m->f->sink);
    s.f.arena = &s.arena;
    for (uint32_t i = 0; i < t->n; i++) {
        measure_sample(&s.f, d, i);
    }
    for (uint32_t row = 0; row < flow_data_count(d); row++) {
        for (uint32_t i = 0; i < t->n; i++) {
            widen(&s, d, &t->columns[i], (uint32_t[]){row, i}, &narrow[i]);
        }
    }
    flow_data_done(&s);
    for (uint32_t i = 0; i < t->n; i++) {
        if (narrow[i].missing > 0) {
            struct box cell = {.at = narrow[i].at, .column = i};
            report(m, &cell, t, narrow[i].missing);
            t->columns[i].width += (len)narrow[i].missing; /* told once */
        }
    }
}

/* --- Rows --- */

void flow_data_begin(struct measure *m, const struct flow_table *t)
{
    struct flow_data *d = t->data;
    d->table = *t;
    d->table.columns = NEW_ARRAY(m->f->arena, struct flow_column, t->n);
    const struct box *box = d->sample->first;
    for (uint32_t i = 0; i < t->n; i++, box = box->next) {
        struct flow_data_column *c = &d->columns[i];
        const struct flow_column *column = &t->columns[i];
        const struct style *s = c->cell;
        d->table.columns[i] = *column;
        c->x = t->rtl ? t->width - column->x - column->width + s->indent_end
                      : column->x + s->indent_start;
        c->width = column->width - s->indent_start - s->indent_end;
        c->after = column->after;
        d->cells[i] = (struct flow_cell){.box = box, .x = c->x, .width = c->width,
                                         .y = s->space_before, .below = s->space_after};
    }
    d->heights = NEW_ARRAY(m->f->arena, len, flow_data_count(d));
}

/* True if no cell of the column needs to be set to know its height. */
static bool is_even(const struct flow_data_column *c)
{
    return c->simple && !c->common && c->most <= c->width;
}

static bool fits_on_a_line(struct flow *f, const struct flow_data *d, uint32_t row,
                           uint32_t column)
{
    const struct flow_data_column *c = &d->columns[column];
    struct text_plain_size size;
    return is_even(c) ||
           (c->simple &&
            text_plain_measure(c->plain, flow_data_text(d, row, column, f->arena),
                               &size) && size.width <= c->width);
}

len flow_data_height(struct flow_setting *s, struct flow_data *d, uint32_t row)
{
    len64 height = 0;
    bool any = d->special;
    for (uint32_t i = 0; i < d->table.n; i++) {
        const struct flow_data_column *c = &d->columns[i];
        len64 own = (len64)c->cell->space_before + c->leading + c->cell->space_after;
        if (!fits_on_a_line(&s->f, d, row, i)) {
            struct flow_cell cell;
            flow_data_cell(&s->f, d, row, i, &cell);
            own = (len64)cell.y + flow_height(&cell.lines, 0, cell.lines.n) + cell.below;
            any = true;
        }
        height = own > height ? own : height;
    }
    if (any) {
        flow_data_forget(s);
    }
    return (len)(height < LEN_MAX / 2 ? height : LEN_MAX / 2);
}

struct box *flow_data_boxes(struct measure *m, const struct flow_data *d, uint32_t row)
{
    struct arena *a = m->f->arena;
    struct box *boxes = sample_row(a, d->box);
    boxes->at = place_of(d, row);
    bool last = row + 1 == flow_data_count(d);
    boxes->next = last ? d->sample->next : d->sample;
    uint32_t i = 0;
    for (struct box *cell = boxes->first; cell; cell = cell->next, i++) {
        cell->first = cell->last = make_box(a, d, row, i, flow_data_text(d, row, i, a));
        cell->at = boxes->at;
    }
    return boxes;
}
