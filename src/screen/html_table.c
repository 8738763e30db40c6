/* SPDX-License-Identifier: MIT
 *
 * In: a table. Out: a table, with attributes that old mail programs know beside styles:
 * what heads what, spans, alignment, lines between rows. */
#include "screen/html.h"

enum { CELL_PADDING = 4 };

struct table_writer {
    struct html_writer *w;
    const struct box *table;
    const struct html_around *around;
    const struct html_tail *most; /* behind the points, by column */
    uint32_t rows;   /* of the body, so far */
};

static const char *align_of(const struct html_writer *w, const struct style *s)
{
    bool end = s->align == STYLE_END || s->align == (w->rtl ? STYLE_LEFT : STYLE_RIGHT);
    return s->align == STYLE_CENTER ? "center"
           : end                    ? w->rtl ? "left" : "right"
                                    : NULL;
}

static void put_line(struct buf *css, const char *side, const struct style *s, len width)
{
    if (width > 0) {
        buf_format(css, "border-%s:1px solid", side);
        html_line_color(css, s->rule_color);
    }
}

static void end_css(struct html_writer *w, const struct buf *css)
{
    str text = buf_str(css);
    if (text.n) {
        text.n -= text.p[text.n - 1] == ';';
        buf_format(w->out, " style=\"%.*s\"", STR_ARG(text));
    }
}

/* The styles that make one cell. */
struct cell_style {
    const struct style *cell, *text, *row;
    bool banded;    /* it stands on the table's second colour */
    unsigned given; /* what its element says already */
};

static struct color background_of(const struct table_writer *t,
                                  const struct cell_style *s)
{
    return s->banded ? t->table->style->zebra : s->cell->background;
}

/* Lines between rows, below the head and above the totals belong to cells: rows have
 * none in mail programs. */
static void put_cell_style(struct table_writer *t, const struct cell_style *s)
{
    struct html_writer *w = t->w;
    const struct style *table = t->table->style;
    struct color behind = background_of(t, s);
    struct buf css;
    buf_init(&css, w->a);
    html_characters(w, &css, s->text, table, s->given);
    if (behind.space != COLOR_NONE) {
        buf_puts(&css, "background:");
        color_put_hex(&css, behind);
        buf_char(&css, ';');
        html_text_color(w, &css, s->text->color);
    }
    const struct style *above = s->cell->rule_above ? s->cell : s->row;
    const struct style *below = s->cell->rule_below ? s->cell : s->row;
    put_line(&css, "top", above, above->rule_above);
    put_line(&css, "bottom", below, below->rule_below);
    if (table->row_rule > 0 && !below->rule_below) {
        put_line(&css, "bottom", table, table->row_rule);
    }
    end_css(w, &css);
}

static void open_cell(struct table_writer *t, const struct box *cell, const char *tag)
{
    struct html_writer *w = t->w;
    const struct structure_element *e = &w->t->structure.elements.v[cell->element];
    const struct box *p = cell->first;
    buf_format(w->out, "<%s", tag);
    if (tag[1] == 'h') {
        buf_puts(w->out, e->row_head ? " scope=\"row\"" : " scope=\"col\"");
    }
    if (cell->span_columns > 1) {
        buf_format(w->out, " colspan=\"%u\"", cell->span_columns);
    }
    if (cell->span_rows > 1) {
        buf_format(w->out, " rowspan=\"%u\"", cell->span_rows);
    }
    const char *align = p ? align_of(w, p->style) : NULL;
    if (align || tag[1] == 'h') {
        buf_format(w->out, " align=\"%s\"", align ? align : html_start(w));
    }
}

static void put_cell(struct table_writer *t, const struct box *cell, bool banded)
{
    struct html_writer *w = t->w;
    bool head = structure_role_of(&w->t->structure, cell->element) == STRUCTURE_TH;
    const char *tag = head ? "th" : "td";
    const struct box *p = cell->first;
    bool single = p && !p->next && p->kind == BOX_PARAGRAPH && !screen_marked(p);
    struct html_around in = {single ? p->style : cell->style, t->around->lang};
    struct cell_style style = {cell->style, in.style, cell->parent->style, banded,
                               head ? HTML_BOLD : 0u};
    bool backed = w->backed;
    w->backed = backed || background_of(t, &style).space != COLOR_NONE;
    open_cell(t, cell, tag);
    put_cell_style(t, &style);
    buf_char(w->out, '>');
    if (single) {
        html_words(w, &p->spans, &in);
        if (p->decimal && cell->column < t->table->columns) {
            html_put_tail(w->out, html_cell_tail(w, cell), t->most[cell->column]);
        }
    } else {
        html_children(w, cell, &in);
    }
    buf_format(w->out, "</%s>", tag);
    w->backed = backed;
}

static void put_row(struct table_writer *t, const struct box *row)
{
    bool body = !row->header && !row->foot;
    bool banded = body && t->table->style->zebra.space != COLOR_NONE && t->rows % 2;
    t->rows += body;
    buf_puts(t->w->out, "<tr valign=\"top\">");
    for (const struct box *c = row->first; c; c = c->next) {
        put_cell(t, c, banded);
    }
    buf_puts(t->w->out, "</tr>\n");
}

static void put_data(struct table_writer *t)
{
    const struct box_data *d = t->table->data;
    struct html_writer *w = t->w;
    for (uint32_t r = 0; d && r < d->table->rows; r++, t->rows++) {
        bool banded = t->table->style->zebra.space != COLOR_NONE && t->rows % 2;
        buf_puts(w->out, "<tr valign=\"top\">");
        for (uint32_t c = 0; c < d->table->columns; c++) {
            const char *align = align_of(w, d->columns[c].text);
            buf_puts(w->out, "<td");
            if (align) {
                buf_format(w->out, " align=\"%s\"", align);
            }
            struct cell_style style = {d->columns[c].cell, d->columns[c].text, d->row,
                                       banded, 0};
            bool backed = w->backed;
            w->backed = backed || background_of(t, &style).space != COLOR_NONE;
            put_cell_style(t, &style);
            w->backed = backed;
            buf_char(w->out, '>');
            html_escape(w->out, data_field(d->table, r, c));
            if (c < t->table->columns) {
                html_put_tail(w->out, html_data_tail(d, r, c), t->most[c]);
            }
            buf_puts(w->out, "</td>");
        }
        buf_puts(w->out, "</tr>\n");
    }
}

/* Rows up to the first one that is of another part. */
static const struct box *put_part(struct table_writer *t, const struct box *row,
                                  const char *part)
{
    bool header = part[1] == 'h', foot = part[1] == 'f';
    buf_format(t->w->out, "<%s>\n", part);
    for (; row && row->header == header && row->foot == foot; row = row->next) {
        put_row(t, row);
    }
    if (!header && !foot) {
        put_data(t);
    }
    buf_format(t->w->out, "</%s>\n", part);
    return row;
}

static void open_table(struct table_writer *t)
{
    struct html_writer *w = t->w;
    struct buf css;
    buf_init(&css, w->a);
    buf_format(&css, "border-collapse:collapse;margin:0 0 %dpx;",
               html_behind(w, t->table));
    html_characters(w, &css, t->table->style, t->around->style, 0);
    put_line(&css, "top", t->table->style, t->table->style->rule_above);
    put_line(&css, "bottom", t->table->style, t->table->style->rule_below);
    buf_puts(w->out, "<div style=\"overflow-x:auto\"><table");
    html_id(w, t->table->anchor);
    buf_format(w->out, " border=\"0\" cellspacing=\"0\" cellpadding=\"%d\"",
               CELL_PADDING);
    end_css(w, &css);
    buf_puts(w->out, ">\n");
}

void html_table(struct html_writer *w, const struct box *table,
                const struct html_around *around)
{
    struct table_writer t = {w, table, around, html_most_tails(w, table), 0};
    const struct box *row = table->first;
    open_table(&t);
    if (row && row->header) {
        row = put_part(&t, row, "thead");
    }
    if ((row && !row->foot) || table->data) {
        row = put_part(&t, row, "tbody");
    }
    if (row) {
        put_part(&t, row, "tfoot");
    }
    buf_puts(w->out, "</table></div>\n");
}
