/* SPDX-License-Identifier: MIT
 *
 * In: a span of a paragraph, when its first character is met. Out: what its words and
 * spaces need: font, flags, the widths of space and hyphen. */
#include "text/para.h"

static void report_no_patterns(struct text_builder *b, uint32_t span, str lang)
{
    struct arena_mark mark = arena_mark(&b->e->scratch);
    str message = str_format(&b->e->scratch,
                             "there are no hyphenation patterns for `%.*s`",
                             STR_ARG(lang));
    if (!text_reported(b->sink, DIAG_NO_HYPHENATION, message)) {
        diag_report(b->sink, DIAG_NO_HYPHENATION, b->request->spans[span].at,
                    "install its hyphen-* package, or set `hyphenate: false`", "%.*s",
                    STR_ARG(message));
    }
    arena_rewind(&b->e->scratch, mark);
}

static uint8_t word_flags(struct text_builder *b, uint32_t span, struct text_font *font)
{
    const struct text_span *s = &b->request->spans[span];
    if (s->flags & TEXT_SPAN_VERBATIM) {
        return TEXT_WORD_VERBATIM;
    }
    if (s->flags & TEXT_SPAN_URL) {
        return TEXT_WORD_URL;
    }
    if (!b->request->hyphenate || !s->style->hyphenate) {
        return 0;
    }
    if (!font->patterns_tried) {
        font->patterns_tried = true;
        font->patterns = text_patterns_find(b->e, font->lang);
    }
    if (!font->patterns && font->lang.n && text_script_hyphenates(font->lang_script)) {
        report_no_patterns(b, span, font->lang);
    }
    return !font->patterns ? 0
           : b->capitals ? TEXT_WORD_HYPHENATE | TEXT_WORD_CAPITALS : TEXT_WORD_HYPHENATE;
}

static void measure_spaces(struct text_builder *b, struct text_span_info *info,
                           const struct style *style)
{
    const struct text_face *face = info->font->face;
    struct text_shape shape = {info->font, face, info->font->lang_script, false};
    info->upem = face->upem;
    info->space = text_piece_find(b->e, &shape, STR(" "));
    info->hyphen = text_piece_find(b->e, &shape, text_face_covers(face, 0x2010)
                                                     ? STR("\xE2\x80\x90") : STR("-"));
    len natural = text_scale(info->space->advance, info->size, info->upem);
    info->space_width = natural + info->letter_space;
    info->space_stretch = (len)len_muldiv(natural, style->word_stretch, 1000);
    info->space_shrink = (len)len_muldiv(natural, style->word_shrink, 1000);
    if (style->sentence_space && text_parts_sentences(info->font->lang)) {
        info->sentence_space = (len)len_muldiv(natural, style->sentence_space, 1000);
    }
    info->hyphen_width =
        text_scale(info->hyphen->advance, info->size, info->upem) + info->letter_space;
}

struct text_span_info *text_span_info(struct text_builder *b, uint32_t span)
{
    struct text_span_info *info = &b->infos[span];
    if (info->ready) {
        return info;
    }
    const struct text_span *s = &b->request->spans[span];
    info->ready = true;
    info->font = text_font_find(b->e, s->style, s->lang.n ? s->lang : b->request->lang);
    info->size = s->style->size;
    info->letter_space = s->style->letter_space;
    info->flags = word_flags(b, span, info->font);
    if (info->font->face) {
        measure_spaces(b, info, s->style);
    } else {
        text_font_report(b->e, info->font, s->style, s->at, b->sink);
    }
    return info;
}
