/* SPDX-License-Identifier: MIT
 *
 * In: what the next item is drawn with. Out: the operators for what is not so already:
 * text objects, the open TJ array, colour, font, letter and word space, expansion. */
#include "pdf/pen.h"

#include <string.h>

#include "pdf/syntax.h"

static int64_t milli(len64 value)
{
    return len_muldiv(value, 1000, LEN_PT);
}

void pdf_pen_close_string(struct pdf_pen *p)
{
    if (p->in_string) {
        buf_char(p->out, ')');
        p->in_string = false;
    }
}

/* An array of one string is written without its brackets. */
void pdf_pen_close_array(struct pdf_pen *p)
{
    pdf_pen_close_string(p);
    if (!p->in_array) {
        return;
    }
    if (p->has_numbers) {
        buf_puts(p->out, "]TJ\n");
    } else {
        char *start = p->out->p + p->array_start;
        size_t n = p->out->n - p->array_start - 1;
        memmove(start, start + 1, n);
        p->out->n--;
        buf_puts(p->out, "Tj\n");
    }
    p->in_array = false;
}

void pdf_pen_open_array(struct pdf_pen *p)
{
    if (!p->in_array) {
        p->array_start = p->out->n;
        buf_char(p->out, '[');
        p->in_array = true;
        p->has_numbers = false;
    }
}

void pdf_pen_end_text(struct pdf_pen *p)
{
    if (p->in_text) {
        pdf_pen_close_array(p);
        if (p->marked_in_text) {
            pdf_pen_end_mark(p);
        }
        buf_puts(p->out, "ET\n");
        p->in_text = false;
    }
}

void pdf_pen_begin_text(struct pdf_pen *p)
{
    if (!p->in_text) {
        pdf_pen_end_mark(p); /* what began outside must not end inside */
        buf_puts(p->out, "BT\n");
        p->in_text = true;
        p->line_x = p->line_y = 0;
    }
}

struct color pdf_pen_color(struct pdf_pen *p, struct color color)
{
    if (p->c->inks) {
        return pdf_inks_of(p->c->inks, color, &p->shown);
    }
    if (p->c->screen_colors) {
        return color_on_screen(color);
    }
    color.name = 0;
    return color;
}

void pdf_pen_set_overprint(struct pdf_pen *p, bool overprint)
{
    if (p->overprint != overprint) {
        pdf_pen_close_array(p);
        buf_format(p->out, "/O%d gs\n", overprint);
        p->overprint = overprint;
    }
}

void pdf_pen_set_fill(struct pdf_pen *p, struct color color)
{
    color = pdf_pen_color(p, color);
    if (!color_eq(p->fill, color)) {
        pdf_pen_close_array(p);
        pdf_put_fill(p->out, color);
        p->fill = color;
    }
}

void pdf_pen_set_font(struct pdf_pen *p, const struct pdf_font *font, len size)
{
    if (p->font != font || p->size != size) {
        pdf_pen_close_array(p);
        buf_puts(p->out, "/F");
        buf_int(p->out, font->index);
        buf_char(p->out, ' ');
        buf_points(p->out, size);
        buf_puts(p->out, " Tf\n");
        p->font = font;
        p->size = size;
        p->em = milli(size);
    }
}

/* Behind every letter of a line even a little error adds up: it has two places more than
 * other lengths. */
void pdf_pen_set_letter_space(struct pdf_pen *p, len space)
{
    int64_t written = len_muldiv(space, 100 * 1000, LEN_PT);
    if (p->letter_space != space) {
        pdf_pen_close_array(p);
        buf_decimal(p->out, written, 5);
        buf_puts(p->out, " Tc\n");
        p->letter_space = space;
    }
    p->space = len_muldiv(written, PDF_MICRO, p->em * 100);
    p->space_error =
        len_muldiv(space, (int64_t)PDF_MICRO * 1000, p->em * LEN_PT) - p->space;
}

/* All that stands on the line afterwards is wider, word and letter space too. */
void pdf_pen_set_expansion(struct pdf_pen *p, int expansion)
{
    if (p->expansion != expansion) {
        pdf_pen_close_array(p);
        buf_decimal(p->out, (int64_t)TEXT_EXPANSION + expansion, 2);
        buf_puts(p->out, " Tz\n");
        p->expansion = expansion;
    }
}

/* How much the item's first space is wider than its glyph, letter space apart. The
 * others differ by the rounding of layout at most. One at the end holds nothing apart. */
static int64_t stretch(const struct page_item *item)
{
    for (uint32_t i = 0; i + 1 < item->as.text.n; i++) {
        const struct text_piece *piece = &item->as.text.pieces[i];
        if (piece->flags & TEXT_PIECE_SPACE) {
            const struct text_run *run = piece->run;
            int64_t wide = TEXT_EXPANSION + item->as.text.expansion;
            len64 width = len_muldiv(piece->width, TEXT_EXPANSION, wide);
            return milli(width - item->as.text.letter_space -
                         text_scale(run->advance, item->as.text.size, run->face->upem));
        }
    }
    return 0;
}

/* Word spacing stretches the spaces of simple fonts without a number at each. */
void pdf_pen_set_word_space(struct pdf_pen *p, const struct page_item *item)
{
    int64_t word = p->font->simple ? stretch(item) : 0;
    if (p->word != word) {
        pdf_pen_close_array(p);
        buf_decimal(p->out, word, 3);
        buf_puts(p->out, " Tw\n");
        p->word = word;
    }
    p->word_space = len_muldiv(word, PDF_MICRO, p->em);
}

void pdf_pen_set_rise(struct pdf_pen *p, int64_t rise)
{
    if (p->rise != rise) {
        pdf_pen_close_array(p);
        buf_decimal(p->out, rise, 3);
        buf_puts(p->out, " Ts\n");
        p->rise = rise;
    }
}
