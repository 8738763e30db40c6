/* SPDX-License-Identifier: MIT
 *
 * In: a face and its used glyphs. Out: a font program with only these. HarfBuzz subsets;
 * what only a rasteriser for screens or a shaper would use is dropped, because the file
 * holds placed glyphs: hints, layout tables, names, character maps. TrueType outlines
 * stay a font file, CFF outlines become the bare table. A simple font is given a
 * character map from its codes, the smallest there is. */
#include "pdf/font.h"

#include <hb-ot.h>
#include <hb-subset.h>

#include "pdf/cff.h"

enum {
    WIDTH_STEP = 100, /* widths are written in tenths of 1/1000 em: the rounding of a
                         whole line stays below what a TJ number can say */
};

static const hb_tag_t DROPPED[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('k', 'e', 'r', 'n'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('c', 'm', 'a', 'p'),
    HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'), HB_TAG('g', 'a', 's', 'p'),
    HB_TAG('D', 'S', 'I', 'G'), HB_TAG('B', 'A', 'S', 'E'), HB_TAG('J', 'S', 'T', 'F'),
    HB_TAG('M', 'A', 'T', 'H'), HB_TAG('C', 'O', 'L', 'R'), HB_TAG('C', 'P', 'A', 'L'),
    HB_TAG('V', 'O', 'R', 'G'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
    HB_TAG('h', 'd', 'm', 'x'), HB_TAG('V', 'D', 'M', 'X'), HB_TAG('L', 'T', 'S', 'H'),
    HB_TAG('P', 'C', 'L', 'T'), HB_TAG('m', 'e', 't', 'a'), HB_TAG('S', 'V', 'G', ' '),
    HB_TAG('S', 'T', 'A', 'T'), HB_TAG('c', 'v', 't', ' '), HB_TAG('f', 'p', 'g', 'm'),
    HB_TAG('p', 'r', 'e', 'p'),
};

static const hb_tag_t KEPT[] = { /* of TrueType: what draws glyphs */
    HB_TAG('g', 'l', 'y', 'f'), HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
    HB_TAG('h', 'm', 't', 'x'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('m', 'a', 'x', 'p'),
};

static hb_subset_input_t *subset_input(const struct pdf_font *font)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input) {
        oom_report(1);
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof DROPPED / sizeof *DROPPED; i++) {
        hb_set_add(drop, DROPPED[i]);
    }
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (size_t i = 0; i < font->glyphs.n; i++) {
        hb_set_add(glyphs, font->ids[i]);
    }
    return input;
}

/* The face with its outlines alone. The subsetter reads a whole font to plan for it,
 * tables that are dropped in the end too; here that would be most of its time. */
static hb_face_t *outlines_of(const struct text_face *face)
{
    if (face->cff) { /* its metrics may be needed to read it */
        return hb_face_reference(face->hb);
    }
    hb_face_t *bare = hb_face_builder_create();
    for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++) {
        hb_blob_t *table = hb_face_reference_table(face->hb, KEPT[i]);
        hb_face_builder_add_table(bare, KEPT[i], table);
        hb_blob_destroy(table);
    }
    return bare;
}

static int32_t per_em(int64_t units, uint16_t upem, int32_t whole)
{
    return (int32_t)len_muldiv(units, whole, upem);
}

static void measure(struct pdf_glyph *g, const struct text_face *face, hb_font_t *metrics,
                    uint32_t id)
{
    g->advance = hb_font_get_glyph_h_advance(metrics, id);
    g->width = per_em(g->advance, face->upem, PDF_EM / WIDTH_STEP) * WIDTH_STEP;
    g->error = per_em(g->advance, face->upem, PDF_EM) - g->width;
}

/* HarfBuzz keeps the order of glyphs, so the new numbers ascend as the old ones do. */
static void number_glyphs(struct pdf_font *font, const hb_map_t *to_new, struct arena *a,
                          struct pdf_subset *out)
{
    hb_font_t *metrics = hb_font_create(font->face->hb);
    hb_font_set_scale(metrics, font->face->upem, font->face->upem);
    out->glyphs = NEW_ARRAY(a, struct pdf_glyph *, font->glyphs.n);
    for (size_t i = 0; i < font->glyphs.n; i++) {
        struct pdf_glyph *g = pdf_glyph(font, font->ids[i]);
        g->id = (uint16_t)hb_map_get(to_new, font->ids[i]);
        measure(g, font->face, metrics, font->ids[i]);
        out->glyphs[out->n++] = g;
    }
    hb_font_destroy(metrics);
}

/* A table of one map, Macintosh Roman, format 0: a byte of glyph number for each code.
 * That is what a symbolic TrueType font is read by (ISO 32000-1, 9.6.6.4). */
static hb_blob_t *character_map(const struct pdf_subset *s)
{
    enum { HEAD = 18, SIZE = HEAD + PDF_CODES };
    char table[SIZE] = {0, 0, 0, 1, /* one map */
                        0, 1, 0, 0, 0, 0, 0, 12, /* Macintosh, Roman, at byte 12 */
                        0, 0, 1, 6, 0, 0}; /* format 0, 262 bytes, no language */
    for (size_t i = 0; i < s->n; i++) {
        table[HEAD + s->glyphs[i]->code] = (char)s->glyphs[i]->id;
    }
    return hb_blob_create(table, SIZE, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
}

static hb_blob_t *with_character_map(hb_face_t *face, const struct pdf_subset *s)
{
    hb_face_t *builder = hb_face_builder_create();
    for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++) {
        hb_blob_t *table = hb_face_reference_table(face, KEPT[i]);
        hb_face_builder_add_table(builder, KEPT[i], table);
        hb_blob_destroy(table);
    }
    hb_blob_t *map = character_map(s);
    hb_face_builder_add_table(builder, HB_TAG('c', 'm', 'a', 'p'), map);
    hb_blob_destroy(map);
    hb_blob_t *program = hb_face_reference_blob(builder);
    hb_face_destroy(builder);
    return program;
}

static hb_blob_t *program_of(struct pdf_font *font, hb_face_t *face,
                             const struct pdf_subset *s)
{
    if (font->face->cff) {
        return hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
    }
    /* Parts of composite glyphs may push numbers beyond a byte. */
    font->simple = font->simple && hb_face_get_glyph_count(face) <= PDF_CODES;
    return font->simple ? with_character_map(face, s) : hb_face_reference_blob(face);
}

/* Codes of two bytes are glyph numbers; CID-keyed CFF has its own. */
static void set_wide_codes(const struct pdf_font *font, const struct pdf_subset *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct pdf_glyph *g = s->glyphs[i];
        g->code = font->face->cff ? pdf_cff_cid(s->program, g->id) : g->id;
    }
}

bool pdf_subset_make(struct pdf_font *font, struct arena *a, struct pdf_subset *out)
{
    *out = (struct pdf_subset){0};
    hb_subset_input_t *input = subset_input(font);
    hb_face_t *outlines = outlines_of(font->face);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(outlines, input);
    hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (face) {
        number_glyphs(font, hb_subset_plan_old_to_new_glyph_mapping(plan), a, out);
        out->blob = program_of(font, face, out);
        unsigned n;
        const char *p = hb_blob_get_data(out->blob, &n);
        out->program = (str){p, n};
        out->size = n;
        out->hash = str_hash(out->program);
        if (!font->simple) {
            set_wide_codes(font, out);
        }
    }
    hb_face_destroy(face);
    hb_face_destroy(outlines);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return out->program.n > 0;
}

void pdf_subset_done(struct pdf_subset *s)
{
    hb_blob_destroy(s->blob);
}
