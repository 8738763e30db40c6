/* SPDX-License-Identifier: MIT
 *
 * In: faces and their used glyphs. Out: subset font programs, and the dictionaries around
 * them. HarfBuzz subsets; what only a rasteriser for screens or a shaper would use is
 * dropped, because the file holds placed glyphs: hints, layout tables, names, character
 * maps. Glyphs are renumbered from 1; their codes are these numbers. TrueType outlines
 * are embedded as a font file, CFF outlines as the bare table. */
#include "pdf/font.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <string.h>

#include "pdf/cff.h"
#include "pdf/syntax.h"

enum {
    TAG_LETTERS = 6,
    WIDTH_STEP = 100, /* widths are written in tenths of 1/1000 em: the rounding of a whole
                         line stays below what a TJ number can say */
    GAP_MAX = 4,      /* so many default widths are cheaper written than skipped */
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

struct subset {
    str program;                        /* the file's bytes; borrowed from `blob` */
    hb_blob_t *blob;
    const struct pdf_glyph **by_code;   /* the used glyphs, ascending by code */
    size_t n;
    uint16_t highest;                   /* code */
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
    for (uint32_t i = 0; i < font->face->n_glyphs; i++) {
        if (font->glyphs[i].used) {
            hb_set_add(glyphs, i);
        }
    }
    return input;
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

/* Gives the used glyphs their codes and widths; lists them by code. HarfBuzz keeps the
 * order of glyphs, so that ascending numbers give ascending codes. */
static void number_glyphs(struct pdf_font *font, const hb_map_t *to_new, struct arena *a,
                          struct subset *out)
{
    hb_font_t *metrics = hb_font_create(font->face->hb);
    hb_font_set_scale(metrics, font->face->upem, font->face->upem);
    out->by_code = NEW_ARRAY(a, const struct pdf_glyph *, font->face->n_glyphs);
    for (uint32_t i = 0; i < font->face->n_glyphs; i++) {
        struct pdf_glyph *g = &font->glyphs[i];
        if (!g->used) {
            continue;
        }
        g->code = (uint16_t)hb_map_get(to_new, i);
        measure(g, font->face, metrics, i);
        out->by_code[out->n++] = g;
        out->highest = g->code;
    }
    hb_font_destroy(metrics);
}

static bool make_subset(struct pdf_font *font, struct arena *a, struct subset *out)
{
    *out = (struct subset){0};
    hb_subset_input_t *input = subset_input(font);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font->face->hb, input);
    hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (face) {
        number_glyphs(font, hb_subset_plan_old_to_new_glyph_mapping(plan), a, out);
        out->blob = font->face->cff
                        ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
                        : hb_face_reference_blob(face);
        unsigned n;
        const char *p = hb_blob_get_data(out->blob, &n);
        out->program = (str){p, n};
    }
    hb_face_destroy(face);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return out->program.n > 0;
}

/* "ABCDEF+Name": the letters tell apart subsets of one font, so they come from the
 * subset's bytes. */
static str tagged_name(const struct text_face *face, str program, struct arena *a)
{
    char tag[TAG_LETTERS];
    uint64_t hash = str_hash(program);
    for (int i = 0; i < TAG_LETTERS; i++) {
        tag[i] = (char)('A' + hash % 26);
        hash /= 26;
    }
    return str_format(a, "%.*s+%.*s", TAG_LETTERS, tag, STR_ARG(face->name));
}

static int32_t thousandths(int32_t units, const struct text_face *face)
{
    return per_em(units, face->upem, 1000);
}

static int32_t descriptor_flags(const struct text_face *face)
{
    enum { FIXED_PITCH = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
    /* Symbolic: the program has no standard encoding, its codes are glyph numbers. */
    return SYMBOLIC | (face->fixed_pitch ? FIXED_PITCH : 0) | (face->serif ? SERIF : 0) |
           (face->italic ? ITALIC : 0);
}

static struct pdf_dict *write_program(const struct text_face *face, str program,
                                      struct pdf_haru *h, struct pdf_save *save)
{
    struct pdf_dict *stream = pdf_dict_new(h);
    if (face->cff) {
        pdf_dict_name(stream, "Subtype", "CIDFontType0C");
    } else {
        pdf_dict_int(stream, "Length1", (int32_t)program.n);
    }
    pdf_save_stream(save, stream, program);
    return stream;
}

static struct pdf_dict *write_descriptor(const struct text_face *face, str name,
                                         struct pdf_dict *program, struct pdf_haru *h)
{
    struct pdf_dict *d = pdf_dict_new(h);
    pdf_dict_name(d, "Type", "FontDescriptor");
    pdf_dict_name(d, "FontName", name.p);
    pdf_dict_int(d, "Flags", descriptor_flags(face));
    pdf_dict_int(d, "Ascent", thousandths(face->ascender, face));
    pdf_dict_int(d, "Descent", thousandths(face->descender, face));
    pdf_dict_int(d, "CapHeight", thousandths(face->cap_height, face));
    pdf_dict_int(d, "StemV", thousandths(face->stem_v, face));
    struct buf *body = pdf_dict_body(d);
    buf_format(body, "/FontBBox[%d %d %d %d]/ItalicAngle ",
               thousandths(face->bbox[0], face), thousandths(face->bbox[1], face),
               thousandths(face->bbox[2], face), thousandths(face->bbox[3], face));
    buf_decimal(body, face->italic_angle, 3);
    pdf_dict_ref(d, face->cff ? "FontFile3" : "FontFile2", program);
    return d;
}

/* The most frequent width, the smallest of several. */
static int32_t default_width(const struct subset *s)
{
    int32_t best = 0;
    size_t best_count = 0;
    for (size_t i = 0; i < s->n; i++) {
        int32_t width = s->by_code[i]->width;
        size_t count = 0;
        for (size_t k = 0; k < s->n; k++) {
            count += s->by_code[k]->width == width;
        }
        if (count > best_count || (count == best_count && width < best)) {
            best = width;
            best_count = count;
        }
    }
    return best;
}

static void put_width(struct buf *b, int32_t width)
{
    buf_decimal(b, width / WIDTH_STEP, 1);
}

/* True if a run of consecutive codes goes on from entry `i`: through short stretches of
 * default widths, but not through codes that are not used. */
static bool run_goes_on(const struct subset *s, size_t i, int32_t normal)
{
    for (size_t k = i + 1; k < s->n && k <= i + GAP_MAX; k++) {
        if (s->by_code[k]->code != s->by_code[k - 1]->code + 1) {
            return false;
        }
        if (s->by_code[k]->width != normal) {
            return true;
        }
    }
    return false;
}

static void put_widths(struct buf *b, const struct subset *s)
{
    int32_t normal = default_width(s);
    buf_puts(b, "/DW ");
    put_width(b, normal);
    buf_puts(b, "/W[");
    bool open = false;
    for (size_t i = 0; i < s->n; i++) {
        const struct pdf_glyph *g = s->by_code[i];
        if (!open && g->width == normal) {
            continue;
        }
        if (open) {
            buf_char(b, ' ');
        } else {
            buf_int(b, g->code);
            buf_char(b, '[');
        }
        put_width(b, g->width);
        open = run_goes_on(s, i, normal);
        if (!open) {
            buf_char(b, ']');
        }
    }
    buf_char(b, ']');
}

static struct pdf_dict *write_descendant(const struct text_face *face, str name,
                                         const struct subset *s,
                                         struct pdf_dict *descriptor, struct pdf_haru *h)
{
    struct pdf_dict *d = pdf_dict_new(h);
    pdf_dict_name(d, "Type", "Font");
    pdf_dict_name(d, "Subtype", face->cff ? "CIDFontType0" : "CIDFontType2");
    pdf_dict_name(d, "BaseFont", name.p);
    pdf_dict_ref(d, "FontDescriptor", descriptor);
    struct buf *body = pdf_dict_body(d);
    buf_puts(body, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    put_widths(body, s);
    if (!face->cff) {
        buf_puts(body, "/CIDToGIDMap/Identity");
    }
    return d;
}

static struct pdf_dict *write_to_unicode(const struct subset *s, struct pdf_haru *h,
                                         struct pdf_save *save, struct arena *a)
{
    struct buf cmap;
    buf_init(&cmap, a);
    pdf_cmap_write(&cmap, s->by_code, s->n);
    struct pdf_dict *d = pdf_dict_new(h);
    pdf_save_stream(save, d, buf_str(&cmap));
    return d;
}

static void write_font(struct pdf_font *font, const struct subset *s, struct pdf_haru *h,
                       struct pdf_save *save, struct arena *a)
{
    const struct text_face *face = font->face;
    str name = tagged_name(face, s->program, a);
    struct pdf_dict *program = write_program(face, s->program, h, save);
    struct pdf_dict *descriptor = write_descriptor(face, name, program, h);
    struct pdf_dict *descendant = write_descendant(face, name, s, descriptor, h);
    font->dict = pdf_dict_new(h);
    pdf_dict_name(font->dict, "Type", "Font");
    pdf_dict_name(font->dict, "Subtype", "Type0");
    pdf_dict_name(font->dict, "BaseFont", name.p);
    pdf_dict_name(font->dict, "Encoding", "Identity-H");
    pdf_dict_ref(font->dict, "ToUnicode", write_to_unicode(s, h, save, a));
    struct buf *body = pdf_dict_body(font->dict);
    buf_puts(body, "/DescendantFonts[");
    pdf_put_ref(body, pdf_dict_number(descendant));
    buf_char(body, ']');
}

/* CID-keyed CFF shows characters by the numbers in its charset, not by glyph numbers. */
static void use_cids(struct pdf_font *font, str program)
{
    for (uint32_t i = 0; i < font->face->n_glyphs; i++) {
        struct pdf_glyph *g = &font->glyphs[i];
        if (g->used) {
            g->code = pdf_cff_cid(program, g->code);
        }
    }
}

bool pdf_fonts_write(struct pdf_fonts *fonts, struct pdf_haru *h, struct pdf_save *save,
                     struct diag_sink *sink)
{
    bool ok = true;
    for (size_t i = 0; i < fonts->list.n; i++) {
        struct pdf_font *font = fonts->list.v[i];
        const struct text_face *face = font->face;
        struct subset s = {0};
        if (!face->embeddable) {
            diag_report(sink, DIAG_BAD_FONT, PLACE_NONE, "choose another family",
                        "the licence of font %.*s forbids embedding", STR_ARG(face->name));
            ok = false;
        } else if (!make_subset(font, fonts->arena, &s)) {
            diag_report(sink, DIAG_BAD_FONT, PLACE_NONE, "choose another family",
                        "font %.*s cannot be subset", STR_ARG(face->name));
            ok = false;
        } else {
            if (face->cff) {
                use_cids(font, s.program);
            }
            write_font(font, &s, h, save, fonts->arena);
        }
        hb_blob_destroy(s.blob);
    }
    return ok;
}
