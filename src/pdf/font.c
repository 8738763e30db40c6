/* SPDX-License-Identifier: MIT
 *
 * In: subsets. Out: the dictionaries around them. A simple font has its widths by code
 * and shares the document's ToUnicode map; a Type 0 font has a descendant with widths by
 * glyph, and a map of its own. Both have a descriptor and a font program. */
#include "pdf/font.h"

#include "pdf/syntax.h"

enum {
    TAG_LETTERS = 6,
    GAP_MAX = 4, /* so many default widths are cheaper written than skipped */
    UNIT = PDF_EM / 1000,
};

/* What all parts of one font need. */
struct maker {
    struct pdf_font *font;
    struct pdf_subset subset;
    str name;
    struct pdf_haru *haru;
    struct pdf_save *save;
    struct arena *arena;
};

/* "ABCDEF+Name": the letters tell apart subsets of one font, so they come from the
 * subset's bytes. */
static str tagged_name(const struct maker *m)
{
    char tag[TAG_LETTERS];
    uint64_t hash = m->subset.hash;
    for (int i = 0; i < TAG_LETTERS; i++) {
        tag[i] = (char)('A' + hash % 26);
        hash /= 26;
    }
    return str_format(m->arena, "%.*s+%.*s", TAG_LETTERS, tag,
                      STR_ARG(m->font->face->name));
}

static int32_t thousandths(int32_t units, const struct text_face *face)
{
    return (int32_t)len_muldiv(units, 1000, face->upem);
}

static int32_t descriptor_flags(const struct text_face *face)
{
    enum { FIXED_PITCH = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
    /* Symbolic: codes are the program's own, not those of a standard encoding. */
    return SYMBOLIC | (face->fixed_pitch ? FIXED_PITCH : 0) | (face->serif ? SERIF : 0) |
           (face->italic ? ITALIC : 0);
}

static struct pdf_dict *write_program(const struct maker *m)
{
    struct pdf_dict *stream = pdf_dict_new(m->haru);
    if (m->font->face->cff) {
        pdf_dict_name(stream, "Subtype", "CIDFontType0C");
    } else {
        pdf_dict_int(stream, "Length1", (int32_t)m->subset.size);
    }
    pdf_save_packed_stream(m->save, stream, m->subset.program);
    return stream;
}

static struct pdf_dict *write_descriptor(const struct maker *m)
{
    const struct text_face *face = m->font->face;
    struct pdf_dict *program = write_program(m), *d = pdf_dict_new(m->haru);
    pdf_dict_name(d, "Type", "FontDescriptor");
    pdf_dict_name(d, "FontName", m->name.p);
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

static void put_width(struct buf *b, int32_t width)
{
    buf_decimal(b, width / (UNIT / 10), 1);
}

/* The most frequent width, the smallest of several. It must be a whole number, because
 * Poppler takes no other for /DW; if none is, it is what a missing /DW means. */
static int32_t default_width(const struct pdf_subset *s)
{
    int32_t best = 1000 * UNIT;
    size_t best_count = 0;
    for (size_t i = 0; i < s->n; i++) {
        int32_t width = s->glyphs[i]->width;
        size_t count = 0;
        for (size_t k = 0; k < s->n && width % UNIT == 0; k++) {
            count += s->glyphs[k]->width == width;
        }
        if (count > best_count || (count && count == best_count && width < best)) {
            best = width;
            best_count = count;
        }
    }
    return best;
}

/* True if a run of consecutive codes goes on from entry `i`: through short stretches of
 * default widths, but not through codes that are not used. */
static bool run_goes_on(const struct pdf_subset *s, size_t i, int32_t normal)
{
    for (size_t k = i + 1; k < s->n && k <= i + GAP_MAX; k++) {
        if (s->glyphs[k]->code != s->glyphs[k - 1]->code + 1) {
            return false;
        }
        if (s->glyphs[k]->width != normal) {
            return true;
        }
    }
    return false;
}

static void put_wide_widths(struct buf *b, const struct pdf_subset *s)
{
    int32_t normal = default_width(s);
    buf_puts(b, "/DW ");
    put_width(b, normal);
    buf_puts(b, "/W[");
    bool open = false;
    for (size_t i = 0; i < s->n; i++) {
        const struct pdf_glyph *g = s->glyphs[i];
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

static struct pdf_dict *write_descendant(const struct maker *m)
{
    bool cff = m->font->face->cff;
    struct pdf_dict *descriptor = write_descriptor(m), *d = pdf_dict_new(m->haru);
    pdf_dict_name(d, "Type", "Font");
    pdf_dict_name(d, "Subtype", cff ? "CIDFontType0" : "CIDFontType2");
    pdf_dict_name(d, "BaseFont", m->name.p);
    pdf_dict_ref(d, "FontDescriptor", descriptor);
    struct buf *body = pdf_dict_body(d);
    buf_puts(body, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    put_wide_widths(body, &m->subset);
    if (!cff) {
        buf_puts(body, "/CIDToGIDMap/Identity");
    }
    return d;
}

static struct pdf_dict *write_wide_map(const struct maker *m)
{
    const struct pdf_subset *s = &m->subset;
    struct pdf_char *chars = NEW_ARRAY(m->arena, struct pdf_char, s->n);
    for (size_t i = 0; i < s->n; i++) {
        chars[i] = (struct pdf_char){s->glyphs[i]->code, s->glyphs[i]->text};
    }
    struct buf map;
    buf_init(&map, m->arena);
    pdf_cmap_write(&map, chars, s->n, 2);
    struct pdf_dict *d = pdf_dict_new(m->haru);
    pdf_save_stream(m->save, d, buf_str(&map));
    return d;
}

static void write_wide(const struct maker *m)
{
    struct pdf_dict *descendant = write_descendant(m), *d = m->font->dict;
    pdf_dict_name(d, "Subtype", "Type0");
    pdf_dict_name(d, "Encoding", "Identity-H");
    pdf_dict_ref(d, "ToUnicode", write_wide_map(m));
    struct buf *body = pdf_dict_body(d);
    buf_puts(body, "/DescendantFonts[");
    pdf_put_ref(body, pdf_dict_number(descendant));
    buf_char(body, ']');
}

static void put_simple_widths(struct buf *b, const struct pdf_subset *s)
{
    int32_t widths[PDF_CODES] = {0};
    int first = PDF_CODES, last = 0;
    for (size_t i = 0; i < s->n; i++) {
        int code = s->glyphs[i]->code;
        widths[code] = s->glyphs[i]->width;
        first = code < first ? code : first;
        last = code > last ? code : last;
    }
    buf_format(b, "/FirstChar %d/LastChar %d/Widths[", first, last);
    for (int code = first; code <= last; code++) {
        if (widths[code]) {
            put_width(b, widths[code]);
        } else {
            buf_char(b, '0'); /* most codes are not used */
        }
        buf_char(b, code == last ? ']' : ' ');
    }
}

static void write_simple(const struct maker *m, struct pdf_dict *map)
{
    struct pdf_dict *d = m->font->dict;
    pdf_dict_name(d, "Subtype", "TrueType");
    pdf_dict_ref(d, "FontDescriptor", write_descriptor(m));
    pdf_dict_ref(d, "ToUnicode", map);
    put_simple_widths(pdf_dict_body(d), &m->subset);
}

/* ASCII is written as a whole, used or not: one range is shorter than several. */
static struct pdf_dict *write_simple_map(const struct pdf_fonts *fonts,
                                         struct pdf_haru *h, struct pdf_save *save)
{
    static const char ASCII[] =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
        "abcdefghijklmnopqrstuvwxyz{|}~";
    struct pdf_char chars[PDF_CODES];
    size_t n = 0;
    for (uint16_t code = 0; code < PDF_CODES; code++) {
        bool ascii = code >= ' ' && code < ' ' + (int)sizeof ASCII - 1;
        str text = ascii ? (str){&ASCII[code - ' '], 1} : fonts->texts[code];
        if (text.n) {
            chars[n++] = (struct pdf_char){code, text};
        }
    }
    struct buf map;
    buf_init(&map, fonts->arena);
    pdf_cmap_write(&map, chars, n, 1);
    struct pdf_dict *d = pdf_dict_new(h);
    pdf_save_stream(save, d, buf_str(&map));
    return d;
}

static bool prepare(struct maker *m, struct diag_sink *sink)
{
    const struct text_face *face = m->font->face;
    if (!face->embeddable) {
        diag_report(sink, DIAG_BAD_FONT, PLACE_NONE, "choose another family",
                    "the licence of font %.*s forbids embedding", STR_ARG(face->name));
        return false;
    }
    if (!pdf_subset_find(m->save, m->font, m->arena, &m->subset)) {
        diag_report(sink, DIAG_BAD_FONT, PLACE_NONE, "choose another family",
                    "no subset of font %.*s can be made", STR_ARG(face->name));
        return false;
    }
    pdf_codes_spell(m->font);
    m->name = tagged_name(m);
    return true;
}

bool pdf_fonts_write(struct pdf_fonts *fonts, struct pdf_haru *h, struct pdf_save *save,
                     struct diag_sink *sink)
{
    bool ok = true;
    struct pdf_dict *simple_map = NULL;
    for (size_t i = 0; i < fonts->list.n; i++) {
        struct maker m = {.font = fonts->list.v[i], .haru = h, .save = save,
                          .arena = fonts->arena};
        if (prepare(&m, sink)) {
            m.font->dict = pdf_dict_new(h);
            pdf_dict_name(m.font->dict, "Type", "Font");
            pdf_dict_name(m.font->dict, "BaseFont", m.name.p);
            if (!m.font->simple) {
                write_wide(&m);
            } else {
                simple_map = simple_map ? simple_map : write_simple_map(fonts, h, save);
                write_simple(&m, simple_map);
            }
        } else {
            ok = false;
        }
        pdf_subset_done(&m.subset);
    }
    return ok;
}

void pdf_put_fonts(struct buf *b, const struct pdf_fonts *fonts)
{
    for (size_t i = 0; i < fonts->list.n; i++) {
        buf_format(b, "/F%zu", i);
        pdf_put_ref(b, pdf_dict_number(fonts->list.v[i]->dict));
    }
}
