/* SPDX-License-Identifier: MIT
 *
 * In: a shaped word and the places where it may be divided. Out: its items in the
 * paragraph, boxes and breaks. */
#include "text/para.h"

#include <string.h>

#include "text/cuts.h"

struct text_item *text_add_item(struct text_builder *b)
{
    struct text_para *p = b->para;
    p->items = vec_room(b->a, p->items, p->n, &b->cap, sizeof *p->items);
    struct text_item *item = &p->items[p->n++];
    memset(item, 0, sizeof *item);
    return item;
}

static uint32_t paragraph_byte(const struct text_word_place *place, uint32_t at)
{
    return place->map ? place->map[at] : (uint32_t)place->from + at;
}

void text_add_cut(struct text_builder *b, const struct text_cut *cut,
                  const struct text_word_place *place)
{
    const struct text_span_info *info = &b->infos[place->span];
    struct text_cut_meaning meaning = TEXT_CUT_MEANING[cut->kind];
    struct text_item *item = text_add_item(b);
    item->kind = TEXT_BREAK;
    item->flags = meaning.flags;
    item->level = place->level;
    item->span = place->span;
    item->from = item->to = paragraph_byte(place, cut->at);
    item->before = meaning.flags & TEXT_BREAK_HYPHEN ? info->hyphen_width : 0;
    if (cut->before || cut->after) {
        item->before += text_scale(cut->before, info->size, cut->upem);
        item->after = text_scale(cut->after, info->size, cut->upem);
    }
    item->penalty = meaning.penalty;
    b->para->has_emergency |= (item->flags & TEXT_BREAK_EMERGENCY) != 0;
}

/* Glyphs from boundary `g` on, up to `to`, that show bytes [from, until) of the run. */
static void add_box(struct text_builder *b, const struct text_segment *s,
                    const struct text_word_place *place, const uint32_t bytes[2],
                    const uint32_t glyphs[2])
{
    const struct text_span_info *info = &b->infos[place->span];
    const struct text_run *run = s->run;
    struct text_item *item = text_add_item(b);
    bool rtl = run->rtl;
    item->kind = TEXT_BOX;
    item->level = place->level;
    item->span = place->span;
    item->from = paragraph_byte(place, s->from + bytes[0]);
    item->to = paragraph_byte(place, s->from + bytes[1]);
    item->run = run;
    item->run_from = bytes[0];
    item->run_to = bytes[1];
    item->glyph_from = rtl ? glyphs[1] : glyphs[0];
    item->glyph_to = rtl ? glyphs[0] : glyphs[1];
    uint32_t n = item->glyph_to - item->glyph_from;
    int64_t units = n == run->n ? run->advance
                                : text_advance(run, item->glyph_from, item->glyph_to);
    item->width = text_scale(units, info->size, run->face->upem) +
                  info->letter_space * (len)n;
}

void text_add_word(struct text_builder *b, const struct text_word *w,
                   const struct text_cut *cuts, uint32_t n_cuts,
                   const struct text_word_place *place)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < w->n_segments; i++) {
        const struct text_segment *s = &w->segments[i];
        uint32_t n = (uint32_t)s->run->text.n, from = 0;
        uint32_t glyph = s->run->rtl ? s->run->n : 0;
        for (; k < n_cuts && cuts[k].segment == i; k++) {
            uint32_t at = cuts[k].at - s->from;
            add_box(b, s, place, (uint32_t[]){from, at},
                    (uint32_t[]){glyph, cuts[k].glyph});
            text_add_cut(b, &cuts[k], place);
            from = at;
            glyph = cuts[k].glyph;
        }
        if (from < n) {
            uint32_t end = s->run->rtl ? 0 : s->run->n;
            add_box(b, s, place, (uint32_t[]){from, n}, (uint32_t[]){glyph, end});
        }
    }
    for (uint8_t i = 0; i < w->n_missing; i++) {
        text_font_report_missing(b->e, b->infos[place->span].font, w->missing[i],
                                 b->request->spans[place->span].at, b->sink);
    }
}
