/* SPDX-License-Identifier: MIT
 *
 * In:  a word's bytes in one face, script and direction. Out: a run in font units.
 *
 * Characters go to HarfBuzz one by one with their byte offset as cluster, so that text
 * in capitals keeps pointing at the letters that the author wrote. */
#include "text/engine.h"

#include <string.h>
#include <unicase.h>

#include "base/utf8.h"
#include "text/pairs.h"

static void add_upper(hb_buffer_t *b, uint32_t c, uint32_t at, const struct text_font *f)
{
    char base[9];
    str lang = text_lang_base(f->lang, base);
    ucs4_t one = c, out[8];
    size_t n = sizeof out / sizeof *out;
    ucs4_t *upper = u32_toupper(&one, 1, lang.n == 2 ? lang.p : NULL, NULL, out, &n);
    if (upper != out) { /* more than any character becomes: cannot be */
        hb_buffer_add(b, c, at);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        hb_buffer_add(b, out[i], at);
    }
}

static void fill(struct text_engine *e, const struct text_shape *shape, str text)
{
    hb_buffer_t *b = e->buffer;
    hb_buffer_clear_contents(b);
    hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
    if (shape->font->caps == STYLE_CAPS_UPPER) {
        for (size_t i = 0; i < text.n;) {
            uint32_t at = (uint32_t)i;
            add_upper(b, utf8_next(text, &i), at, shape->font);
        }
    } else {
        hb_buffer_add_utf8(b, text.p, (int)text.n, 0, (int)text.n);
    }
    hb_buffer_set_direction(b, shape->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b, shape->script);
    hb_buffer_set_language(b, shape->font->hb_lang);
    hb_buffer_set_flags(b, (hb_buffer_flags_t)(HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES |
                                               HB_BUFFER_FLAG_BOT | HB_BUFFER_FLAG_EOT));
    hb_shape(text_face_font(shape->face), b, shape->font->features,
             shape->font->n_features);
    if (!hb_buffer_allocation_successful(b)) {
        oom_report(text.n);
    }
}

static void note_missing(struct text_word *w, uint32_t c)
{
    for (unsigned i = 0; i < w->n_missing; i++) {
        if (w->missing[i] == c) {
            return;
        }
    }
    if (w->n_missing < TEXT_MAX_MISSING) {
        w->missing[w->n_missing++] = c;
    }
}

/* What stands for a character that no face has: its report is an error, so nobody sees
 * the page, but a page must never hold glyph 0. Gives 0 if there is nothing at all. */
static uint16_t replacement_glyph(const struct text_face *face)
{
    static const uint32_t INSTEAD[] = {UTF8_REPLACEMENT, '?', ' '};
    for (size_t i = 0; i < sizeof INSTEAD / sizeof *INSTEAD; i++) {
        hb_codepoint_t glyph;
        if (hb_font_get_nominal_glyph(text_face_font(face), INSTEAD[i], &glyph) &&
            glyph) {
            return (uint16_t)glyph;
        }
    }
    return 0;
}

static int16_t offset16(hb_position_t v)
{
    return (int16_t)(v < INT16_MIN ? INT16_MIN : v > INT16_MAX ? INT16_MAX : v);
}

static uint32_t copy_glyphs(struct text_glyph *out, hb_buffer_t *b, struct text_run *run,
                            struct text_word *report)
{
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(b, &n);
    uint32_t kept = 0;
    for (unsigned i = 0; i < n; i++) {
        uint16_t glyph = (uint16_t)info[i].codepoint;
        int32_t advance = pos[i].x_advance;
        if (glyph == 0) {
            size_t at = info[i].cluster;
            if (report && at < run->text.n) {
                note_missing(report, utf8_next(run->text, &at));
            }
            glyph = replacement_glyph(run->face);
            advance = hb_font_get_glyph_h_advance(text_face_font(run->face), glyph);
        }
        if (glyph == 0) {
            continue;
        }
        bool unsafe =
            hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK;
        out[kept++] = (struct text_glyph){
            glyph, unsafe ? TEXT_UNSAFE_TO_BREAK : 0, info[i].cluster, advance,
            offset16(pos[i].x_offset), offset16(pos[i].y_offset)};
        run->advance += advance;
    }
    return kept;
}

static bool is_plain(const struct text_run *run)
{
    if (run->rtl || run->n != run->text.n) {
        return false;
    }
    for (uint32_t i = 0; i < run->n; i++) {
        const struct text_glyph *g = &run->glyphs[i];
        if (g->cluster != i || g->dx || g->dy || (unsigned char)run->text.p[i] > 127) {
            return false;
        }
    }
    return true;
}

struct text_shaped *text_shape_whole(struct text_engine *e,
                                     const struct text_shape *shape, str text,
                                     struct text_word *report)
{
    fill(e, shape, text);
    struct text_shaped *s = NEW(&e->words, struct text_shaped);
    struct text_glyph *glyphs =
        NEW_ARRAY(&e->words, struct text_glyph, hb_buffer_get_length(e->buffer));
    s->shape = *shape;
    s->run = (struct text_run){.face = shape->face, .text = text, .rtl = shape->rtl,
                               .glyphs = glyphs};
    s->run.n = copy_glyphs(glyphs, e->buffer, &s->run, report);
    s->run.plain = is_plain(&s->run);
    return s;
}

struct text_shaped *text_shape_run(struct text_engine *e, const struct text_shape *shape,
                                   str text, struct text_word *report)
{
    struct text_shaped *s = text_pairs_shape(e, shape, text);
    if (!s) {
        s = text_shape_whole(e, shape, text, report);
        text_pairs_learn(e, s);
    }
    return s;
}

uint32_t text_glyph_at(const struct text_run *run, uint32_t at)
{
    uint32_t i = 0;
    if (run->rtl) {
        while (i < run->n && run->glyphs[i].cluster >= at) {
            i++;
        }
    } else {
        while (i < run->n && run->glyphs[i].cluster < at) {
            i++;
        }
    }
    return i;
}

bool text_cut_is_clean(const struct text_run *run, uint32_t at)
{
    if (at == 0 || at >= run->text.n) {
        return true;
    }
    uint32_t i = text_glyph_at(run, at);
    if (run->rtl) { /* the glyphs of the cluster stand before the boundary */
        if (i == 0) {
            return false;
        }
        i--;
    }
    return i < run->n && run->glyphs[i].cluster == at &&
           !(run->glyphs[i].flags & TEXT_UNSAFE_TO_BREAK);
}

int64_t text_advance(const struct text_run *run, uint32_t from, uint32_t to)
{
    int64_t sum = 0;
    for (uint32_t i = from; i < to; i++) {
        sum += run->glyphs[i].advance;
    }
    return sum;
}
