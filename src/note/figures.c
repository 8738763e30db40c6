/* SPDX-License-Identifier: MIT
 *
 * In: `table` blocks. Out: TABLE nodes: a caption, rows of the head, the body and the
 * foot, remarks; how wide its columns are to be. What rows hold is read in cells.c. */
#include "note/cells.h"

struct table {
    const struct value *columns, *align, *widths, *rows, *foot, *caption, *notes, *width;
    enum note_place place;
};

static void table_place(struct note_loader *l, const struct value *v, void *into)
{
    note_read_place(l, v, &((struct table *)into)->place);
}

static const struct note_key TABLE_KEYS[] = {
    {"columns", NOTE_TYPE_LIST, NOTE_REQUIRED, note_keep_value, NOTE_IN(table, columns),
     "The headings of the columns; or a list of rows of headings."},
    {"align", NOTE_TYPE_LIST, 0, note_keep_value, NOTE_IN(table, align),
     "The alignment of each column: none, left, center, right, or decimal: numbers "
     "with their points below each other."},
    {"widths", NOTE_TYPE_LIST, 0, note_keep_value, NOTE_IN(table, widths),
     "The width of each column: a length, `%` of the text's width, or `auto`."},
    {"width", NOTE_TYPE_LENGTH, 0, note_keep_value, NOTE_IN(table, width),
     "The least width of the table; `100%` is all there is."},
    {"rows", NOTE_TYPE_ROWS, NOTE_REQUIRED, note_keep_value, NOTE_IN(table, rows),
     "The rows, each a list of cells: text, or a mapping; or a mapping that names a "
     "file of data."},
    {"foot", NOTE_TYPE_LIST, 0, note_keep_value, NOTE_IN(table, foot),
     "Rows of totals, below the others."},
    {"caption", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(table, caption),
     "A caption, in inline Markdown."},
    {"notes", NOTE_TYPE_TEXTS, 0, note_keep_value, NOTE_IN(table, notes),
     "Remarks below the table, in inline Markdown."},
    {"place", NOTE_TYPE_PLACE, 0, table_place, 0,
     "On `top` or at the `bottom` of this page or a later one; else where it is "
     "written."},
};

const struct note_keys NOTE_TABLE_KEYS = NOTE_KEYS_TABLE("table", "a table", TABLE_KEYS);

/* --- Columns --- */

static void check_count(struct note_loader *l, const struct value *list, const char *what,
                        size_t columns)
{
    if (list->n > columns) {
        diag_report(l->sink, DIAG_BAD_VALUE, list->at, "write one for each column",
                    "%zu %s for %zu columns", list->n, what, columns);
    }
}

static void read_align(struct note_loader *l, const struct value *align,
                       struct note_node *table)
{
    size_t n = table->as.table.columns;
    check_count(l, align, "alignments", n);
    for (size_t i = 0; i < align->n && i < n; i++) {
        if (note_type_check(l, NOTE_TYPE_TEXT, align->items[i], STR("`align`"))) {
            table->as.table.align[i] = note_read_align(l, align->items[i]);
        }
    }
}

static bool read_length(struct note_loader *l, const struct value *v, const char *hint,
                        struct len_spec *out)
{
    enum len_error error = len_parse(v->text, out);
    if (error == LEN_TOO_LARGE || (error == LEN_OK && out->amount <= 0)) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, v->at, hint,
                    "nothing can be `%.*s` wide", STR_ARG(v->text));
        return false;
    }
    if (error != LEN_OK) {
        diag_report(l->sink, DIAG_BAD_UNIT, v->at, hint,
                    error == LEN_NO_UNIT        ? "the width `%.*s` has no unit"
                    : error == LEN_UNKNOWN_UNIT ? "the width `%.*s` has an unknown unit"
                                                : "`%.*s` is not a width",
                    STR_ARG(v->text));
    }
    return error == LEN_OK;
}

/* Percentages of one text's width. */
static void check_sum(struct note_loader *l, const struct value *widths,
                      const struct note_table_widths *w)
{
    enum { WHOLE = 100000 };
    int64_t sum = 0;
    for (size_t i = 0; i < w->n; i++) {
        const struct note_width *column = &w->columns[i];
        bool percent = column->fixed && column->length.unit == LEN_UNIT_PERCENT;
        sum += percent ? column->length.amount : 0;
    }
    if (sum > WHOLE) {
        struct buf b;
        buf_init(&b, l->sink->arena);
        buf_decimal(&b, sum, 3);
        diag_report(l->sink, DIAG_OUT_OF_RANGE, widths->at, "make some narrower",
                    "the columns are %.*s %% of the text's width together",
                    STR_ARG(buf_str(&b)));
    }
}

static void read_widths(struct note_loader *l, const struct value *widths,
                        struct note_table_widths *w)
{
    check_count(l, widths, "widths", w->n);
    for (size_t i = 0; i < widths->n && i < w->n; i++) {
        const struct value *v = widths->items[i];
        struct note_width *column = &w->columns[i];
        column->at = v->at;
        if (note_type_check(l, NOTE_TYPE_LENGTH, v, STR("`widths`")) &&
            !str_is(v->text, "auto")) {
            column->fixed = read_length(l, v, "write `3cm`, `20%` or `auto`",
                                        &column->length);
        }
    }
    check_sum(l, widths, w);
}

static void read_all_widths(struct note_loader *l, const struct table *t,
                            struct note_node *table)
{
    struct note_table_widths *w = NEW(l->arena, struct note_table_widths);
    table->as.table.widths = w;
    w->n = table->as.table.columns;
    w->columns = NEW_ARRAY(l->arena, struct note_width, w->n);
    if (t->widths) {
        read_widths(l, t->widths, w);
    }
    bool free = false;
    for (size_t i = 0; i < w->n; i++) {
        free = free || !w->columns[i].fixed;
    }
    if (t->width && !free) {
        diag_report(l->sink, DIAG_BAD_VALUE, t->width->at,
                    "leave it out, or make one of them `auto`",
                    "`width` and a width for each column");
    } else if (t->width) {
        w->whole.at = t->width->at;
        w->whole.fixed = read_length(l, t->width, "write `12cm` or `100%`",
                                     &w->whole.length);
    }
}

/* --- Rows --- */

/* Headings in several rows, and not one row of headings. */
static bool are_rows(const struct value *columns)
{
    const struct value *first = columns->n ? columns->items[0] : NULL;
    return first && (first->kind == VALUE_SEQUENCE || value_find(first, "cells"));
}

static size_t count_cells(const struct value *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n && n <= NOTE_MAX_COLUMNS; i++) {
        const struct value *span = value_find(row->items[i], "columns");
        int32_t milli = 1000;
        if (span && span->kind == VALUE_SCALAR) {
            len_parse_milli(span->text, &milli);
        }
        n += milli >= 2000 ? (size_t)milli / 1000 : 1;
    }
    return n;
}

/* The first row of the heading says how many columns there are. */
static size_t count_columns(const struct value *columns)
{
    if (!are_rows(columns)) {
        return count_cells(columns);
    }
    const struct value *first = columns->items[0], *cells = value_find(first, "cells");
    cells = cells ? cells : first;
    return cells->kind == VALUE_SEQUENCE ? count_cells(cells) : 0;
}

static void read_head(struct note_loader *l, const struct value *columns,
                      struct note_grid *g)
{
    bool several = are_rows(columns);
    for (size_t i = 0; several && i < columns->n; i++) {
        note_grid_row(l, g, columns->items[i], NOTE_PART_HEAD);
    }
    if (!several) {
        note_grid_row(l, g, columns, NOTE_PART_HEAD);
    }
    note_grid_end(l, g);
}

static void read_rows(struct note_loader *l, const struct value *rows,
                      struct note_grid *g, enum note_part part)
{
    for (size_t i = 0; i < rows->n; i++) {
        note_grid_row(l, g, rows->items[i], part);
    }
    note_grid_end(l, g);
}

/* --- The whole --- */

static struct note_node *add_text(struct note_loader *l, const struct value *v,
                                  struct note_node *table)
{
    struct note_node *node = note_node_new(l, NOTE_PARAGRAPH, v->at);
    note_append(table, node);
    note_markdown_inline(l, v, node);
    return node;
}

static void add_notes(struct note_loader *l, const struct value *notes,
                      struct note_node *table)
{
    if (notes->kind == VALUE_SCALAR) {
        add_text(l, notes, table);
    }
    for (size_t i = 0; notes->kind == VALUE_SEQUENCE && i < notes->n; i++) {
        if (note_type_check(l, NOTE_TYPE_TEXT, notes->items[i], STR("a remark"))) {
            add_text(l, notes->items[i], table);
        }
    }
}

void note_table(struct note_loader *l, const struct value *v, int level,
                struct note_node *into)
{
    struct table t = {0};
    note_keys_read(l, &NOTE_TABLE_KEYS, v, &t);
    if (!t.columns || !t.rows) {
        return;
    }
    size_t columns = count_columns(t.columns);
    if (columns == 0 || columns > NOTE_MAX_COLUMNS) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, t.columns->at, NULL,
                    "a table has 1 to %d columns, not %zu", NOTE_MAX_COLUMNS, columns);
        return;
    }
    struct note_node *table = note_node_new(l, NOTE_TABLE, v->at);
    table->place = t.place;
    table->as.table.columns = columns;
    table->as.table.align = NEW_ARRAY(l->arena, uint8_t, columns);
    note_append(into, table);
    if (t.align) {
        read_align(l, t.align, table);
    }
    if (t.widths || t.width) {
        read_all_widths(l, &t, table);
    }
    if (t.caption) {
        table->as.table.caption = add_text(l, t.caption, table);
    }
    struct note_grid g;
    note_grid_init(l, &g, table, level);
    read_head(l, t.columns, &g);
    if (t.rows->kind == VALUE_MAPPING) {
        table->as.table.data = note_data_rows(l, t.rows, (uint32_t)columns);
    } else {
        read_rows(l, t.rows, &g, NOTE_PART_BODY);
    }
    if (t.foot) {
        read_rows(l, t.foot, &g, NOTE_PART_FOOT);
    }
    if (t.rows->n == 0) {
        diag_report(l->sink, DIAG_EMPTY_VALUE, t.rows->at,
                    "give it rows, or leave it out", "the table has no rows");
        table->first = table->last = NULL; /* a heading of nothing is no table */
        note_dissolve(table);
        return;
    }
    if (t.notes) {
        add_notes(l, t.notes, table);
    }
}
