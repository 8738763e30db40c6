/* SPDX-License-Identifier: MIT
 *
 * In: a table with numbers that are set by their decimal points. Out: what stands behind
 * each number, so that points are below each other where all a mail program can do is to
 * align at the right: a space as wide as a digit for each digit that others have more,
 * and one as wide as a point for the point. */
#include "screen/html.h"

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

static str text_of(struct html_writer *w, const struct box *paragraph)
{
    struct buf b;
    buf_init(&b, w->a);
    for (size_t i = 0; i < paragraph->spans.n; i++) {
        if (!screen_note(w->t, &paragraph->spans.v[i])) {
            buf_put(&b, paragraph->spans.v[i].text);
        }
    }
    return buf_str(&b);
}

int html_cell_digits(struct html_writer *w, const struct box *cell)
{
    const struct box *p = cell->first;
    bool number = p && p->kind == BOX_PARAGRAPH && p->decimal && cell->span_columns == 1;
    return number ? digits_behind(text_of(w, p), w->t->lang) : HTML_NO_NUMBER;
}

int html_data_digits(const struct box_data *d, uint32_t row, uint32_t column)
{
    return d->columns[column].decimal
        ? digits_behind(data_field(d->table, row, column), d->lang) : HTML_NO_NUMBER;
}

int *html_most_digits(struct html_writer *w, const struct box *table)
{
    const struct box_data *d = table->data;
    int *most = NEW_ARRAY(w->a, int, table->columns + 1);
    for (const struct box *row = table->first; row; row = row->next) {
        for (const struct box *c = row->first; c && c->column < table->columns;
             c = c->next) {
            int n = html_cell_digits(w, c);
            most[c->column] = n > most[c->column] ? n : most[c->column];
        }
    }
    for (uint32_t r = 0; d && r < d->table->rows; r++) {
        for (uint32_t i = 0; i < d->table->columns && i < table->columns; i++) {
            int n = html_data_digits(d, r, i);
            most[i] = n > most[i] ? n : most[i];
        }
    }
    return most;
}

void html_put_digits(struct buf *out, int digits, int most)
{
    if (digits == HTML_NO_NUMBER || digits >= most) {
        return;
    }
    buf_puts(out, digits == 0 ? POINT_SPACE : "");
    for (; digits < most; digits++) {
        buf_puts(out, FIGURE_SPACE);
    }
}
