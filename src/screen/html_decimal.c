/* SPDX-License-Identifier: MIT
 *
 * In: a table with numbers that are set by their decimal points. Out: what stands behind
 * each number, so that points are below each other where all a mail program can do is to
 * align at the right: a space as wide as a digit for each digit that others have more,
 * and one as wide as a point for the point. Marks of footnotes are such digits, smaller
 * ones. */
#include "screen/html.h"

#include "base/utf8.h"

static const char FIGURE_SPACE[] = "\u2007", POINT_SPACE[] = "\u2008";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits behind the point, 0 without one; HTML_NO_NUMBER. */
static int digits_behind(str text, str lang)
{
    size_t at = text_find_point(text, lang), n = 0;
    if (at == 0 || at > text.n || !is_digit(text.p[at - 1])) {
        return HTML_NO_NUMBER;
    }
    while (at + 1 + n < text.n && is_digit(text.p[at + 1 + n])) {
        n++;
    }
    return (int)n;
}

/* The cell's text, and how many letters its marks have. */
static str text_of(struct html_writer *w, const struct box *paragraph, int *marks)
{
    struct buf b;
    buf_init(&b, w->a);
    *marks = 0;
    for (size_t i = 0; i < paragraph->spans.n; i++) {
        const struct text_span *s = &paragraph->spans.v[i];
        if (s->flags & TEXT_SPAN_MARK) {
            *marks += (int)utf8_count(s->text);
        } else {
            buf_put(&b, s->text);
        }
    }
    return buf_str(&b);
}

struct html_tail html_cell_tail(struct html_writer *w, const struct box *cell)
{
    const struct box *p = cell->first;
    struct html_tail tail = {HTML_NO_NUMBER, 0};
    if (p && p->kind == BOX_PARAGRAPH && p->decimal && cell->span_columns == 1) {
        tail.digits = digits_behind(text_of(w, p, &tail.marks), w->t->lang);
    }
    return tail;
}

struct html_tail html_data_tail(const struct box_data *d, uint32_t row, uint32_t column)
{
    int digits = d->columns[column].decimal
        ? digits_behind(data_field(d->table, row, column), d->lang) : HTML_NO_NUMBER;
    return (struct html_tail){digits, 0};
}

static void widen(struct html_tail *most, struct html_tail own)
{
    if (own.digits != HTML_NO_NUMBER) {
        most->digits = own.digits > most->digits ? own.digits : most->digits;
        most->marks = own.marks > most->marks ? own.marks : most->marks;
    }
}

struct html_tail *html_most_tails(struct html_writer *w, const struct box *table)
{
    const struct box_data *d = table->data;
    struct html_tail *most = NEW_ARRAY(w->a, struct html_tail, table->columns + 1);
    for (const struct box *row = table->first; row; row = row->next) {
        for (const struct box *c = row->first; c && c->column < table->columns;
             c = c->next) {
            widen(&most[c->column], html_cell_tail(w, c));
        }
    }
    for (uint32_t r = 0; d && r < d->table->rows; r++) {
        for (uint32_t i = 0; i < d->table->columns && i < table->columns; i++) {
            widen(&most[i], html_data_tail(d, r, i));
        }
    }
    return most;
}

static void put_spaces(struct buf *out, int n)
{
    for (; n > 0; n--) {
        buf_puts(out, FIGURE_SPACE);
    }
}

void html_put_tail(struct buf *out, struct html_tail own, struct html_tail most)
{
    if (own.digits == HTML_NO_NUMBER) {
        return;
    }
    buf_puts(out, own.digits == 0 && most.digits ? POINT_SPACE : "");
    put_spaces(out, most.digits - own.digits);
    if (most.marks > own.marks) { /* as wide as marks are */
        buf_puts(out, "<sup style=\"" HTML_RAISED "\">");
        put_spaces(out, most.marks - own.marks);
        buf_puts(out, "</sup>");
    }
}
