/* SPDX-License-Identifier: MIT
 *
 * In:  a font file. Out: a face with its metrics, in font units, or the reason why the
 * file cannot be used. HarfBuzz checks the tables that it reads itself (cmap, GSUB, glyf
 * and so on); what is read here (head, hhea, OS/2, post) is read with bounds. */
#include "text/engine.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "text/table.h"

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    struct text_table t = text_table_open(face, tag);
    hb_blob_destroy(t.blob);
    return t.n > 0;
}

static int16_t i16(const struct text_table *t, unsigned at)
{
    return (int16_t)text_u16(t, at);
}

static int16_t clamp16(long v)
{
    return (int16_t)(v < INT16_MIN ? INT16_MIN : v > INT16_MAX ? INT16_MAX : v);
}

static int16_t metric(hb_font_t *font, hb_ot_metrics_tag_t tag, long instead)
{
    hb_position_t v;
    return clamp16(hb_ot_metrics_get_position(font, tag, &v) && v ? v : instead);
}

static void read_head(struct text_face *f)
{
    struct text_table head = text_table_open(f->hb, HB_TAG('h', 'e', 'a', 'd'));
    for (unsigned i = 0; i < 4; i++) {
        f->bbox[i] = i16(&head, 36 + 2 * i);
    }
    unsigned style = text_u16(&head, 44);
    f->bold = style & 1;
    f->italic = style & 2;
    hb_blob_destroy(head.blob);
}

/* fsType: bit 1 restricted, bit 8 no subsetting, bit 9 bitmaps only. Serifs by Panose
 * (Latin text, serif styles 2 to 10), else by the IBM class. */
static void read_os2(struct text_face *f)
{
    struct text_table os2 = text_table_open(f->hb, HB_TAG('O', 'S', '/', '2'));
    unsigned type = text_u16(&os2, 8), weight = text_u16(&os2, 4);
    f->embeddable = (type & 0x000F) != 2 && !(type & 0x0300);
    f->weight = (uint16_t)(weight >= 1 && weight <= 1000 ? weight : 400);
    unsigned group = text_u16(&os2, 30) >> 8, panose = text_u16(&os2, 32);
    if (panose >> 8 == 2 && (panose & 255) >= 2) {
        f->serif = (panose & 255) <= 10;
    } else if (group) {
        f->serif = group <= 7;
    } else { /* nothing is said: most text faces without serifs say so in their name */
        f->serif = !str_find(f->name, STR("Sans"), &(size_t){0});
    }
    hb_blob_destroy(os2.blob);
}

static void read_post(struct text_face *f)
{
    struct text_table post = text_table_open(f->hb, HB_TAG('p', 'o', 's', 't'));
    uint32_t high = text_u16(&post, 4), low = text_u16(&post, 6);
    int32_t angle = (int32_t)(high << 16 | low);
    f->italic_angle = (int32_t)((int64_t)angle * 1000 / 65536);
    f->italic = f->italic || f->italic_angle != 0;
    f->fixed_pitch = text_u16(&post, 12) || text_u16(&post, 14);
    hb_blob_destroy(post.blob);
}

static int16_t glyph_height(hb_font_t *font, uint32_t c)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t box;
    if (!hb_font_get_nominal_glyph(font, c, &glyph) ||
        !hb_font_get_glyph_extents(font, glyph, &box)) {
        return 0;
    }
    return clamp16(box.y_bearing);
}

static int16_t height_of(hb_font_t *font, hb_ot_metrics_tag_t tag, uint32_t c,
                         long instead)
{
    int16_t seen = glyph_height(font, c);
    return metric(font, tag, seen > 0 ? seen : instead);
}

static void read_metrics(struct text_face *f, hb_font_t *font)
{
    long em = f->upem;
    f->ascender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, em * 4 / 5);
    f->descender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -em / 5);
    f->descender = f->descender > 0 ? clamp16(-f->descender) : f->descender;
    f->cap_height = height_of(font, HB_OT_METRICS_TAG_CAP_HEIGHT, 'H', em * 7 / 10);
    f->x_height = height_of(font, HB_OT_METRICS_TAG_X_HEIGHT, 'x', em / 2);
    f->underline_position = metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -em / 10);
    f->underline_thickness = metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, em / 20);
    f->strike_position = metric(font, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, em / 4);
    f->strike_thickness = metric(font, HB_OT_METRICS_TAG_STRIKEOUT_SIZE, em / 20);
    /* No table says how thick stems are; this line fits common text faces. */
    f->stem_v = (uint16_t)(10 + 220 * (f->weight > 50 ? f->weight - 50 : 0) / 900);
}

static bool is_name_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           c == '-';
}

/* Keeps what a name in a PDF may safely hold. */
static str safe_name(struct arena *a, str raw)
{
    char *out = arena_alloc_raw(a, 64);
    size_t n = 0;
    for (size_t i = 0; i < raw.n && n < 63; i++) {
        if (is_name_char(raw.p[i])) {
            out[n++] = raw.p[i];
        }
    }
    return (str){out, n};
}

static str read_name(struct text_engine *e, struct text_face *f)
{
    char raw[256];
    unsigned n = sizeof raw;
    hb_ot_name_get_utf8(f->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &n,
                        raw);
    str name = safe_name(&e->arena, (str){raw, n < sizeof raw ? n : sizeof raw - 1});
    if (name.n) {
        return name;
    }
    name = safe_name(&e->arena, file_name(f->file));
    return name.n ? name : STR("Unnamed");
}

/* Why a file is no font that can be shaped and subset; NULL if it is. */
static const char *file_fault(str bytes)
{
    static const struct {
        const char tag[5], *fault;
    } KINDS[] = {
        {{0, 1, 0, 0, 0}, NULL}, {"true", NULL},  {"OTTO", NULL},  {"ttcf", NULL},
        {"wOFF", "it is a WOFF file"}, {"wOF2", "it is a WOFF2 file"},
        {"typ1", "it is a Type 1 font"}, {"%!PS", "it is a Type 1 font"},
    };
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (bytes.n >= 4 && memcmp(bytes.p, KINDS[i].tag, 4) == 0) {
            return KINDS[i].fault;
        }
    }
    return bytes.n ? "it is not a font file" : "the file is empty";
}

static const char *face_fault(hb_face_t *face)
{
    unsigned upem = hb_face_get_upem(face), n = hb_face_get_glyph_count(face);
    if (!has_table(face, HB_TAG('h', 'e', 'a', 'd')) || upem < 16 || upem > 16384) {
        return "its `head` table is missing or broken";
    }
    if (n < 2 || n > 65535) {
        return "it has no glyphs";
    }
    if (has_table(face, HB_TAG('f', 'v', 'a', 'r')) ||
        has_table(face, HB_TAG('C', 'F', 'F', '2'))) {
        return "it is a variable font; take a static instance";
    }
    if (!has_table(face, HB_TAG('C', 'F', 'F', ' ')) &&
        !(has_table(face, HB_TAG('g', 'l', 'y', 'f')) &&
          has_table(face, HB_TAG('l', 'o', 'c', 'a')))) {
        return "it has no outlines";
    }
    if (!has_table(face, HB_TAG('h', 'm', 't', 'x'))) {
        return "it has no widths";
    }
    hb_set_t *chars = hb_set_create();
    hb_face_collect_unicodes(face, chars);
    bool none = hb_set_is_empty(chars);
    bool space = hb_set_has(chars, ' ');
    hb_set_destroy(chars);
    return none ? "it has no character map" : space ? NULL : "it has no space";
}

static void note_ascii(struct text_face_full *full)
{
    for (uint32_t c = 0; c < 128; c++) {
        hb_codepoint_t glyph;
        if (hb_font_get_nominal_glyph(full->font, c, &glyph) && glyph) {
            full->ascii[c / 64] |= (uint64_t)1 << c % 64;
        }
    }
}

static struct text_face_full *new_face(struct text_engine *e, hb_face_t *hb, str path,
                                       str bytes)
{
    struct text_face_full *full = NEW(&e->arena, struct text_face_full);
    struct text_face *f = &full->face;
    hb_face_make_immutable(hb);
    f->hb = hb;
    f->id = (uint32_t)e->faces.n;
    f->file = path;
    f->bytes = bytes;
    f->index = hb_face_get_index(hb);
    f->upem = (uint16_t)hb_face_get_upem(hb);
    f->n_glyphs = (uint16_t)hb_face_get_glyph_count(hb);
    f->cff = has_table(hb, HB_TAG('C', 'F', 'F', ' '));
    full->font = hb_font_create(hb);
    hb_font_set_scale(full->font, f->upem, f->upem);
    hb_font_make_immutable(full->font);
    note_ascii(full);
    f->name = read_name(e, f);
    read_head(f);
    read_os2(f);
    read_post(f);
    read_metrics(f, full->font);
    vec_push(&e->arena, &e->faces, full);
    return full;
}

str text_face_path(struct text_engine *e, str file, struct arena *a)
{
    for (size_t i = 0; i < e->config.n_font_roots; i++) {
        str path = file_join(a, e->config.font_roots[i], file);
        if (file_exists(path)) {
            return path;
        }
    }
    return STR_NONE;
}

static void set_missing(struct text_engine *e, const struct text_family *f,
                        struct text_family_face *slot)
{
    slot->problem_code = DIAG_NO_FONT;
    slot->problem = str_format(&e->arena, "the font file `%.*s` of family `%.*s` is not "
                               "there", STR_ARG(slot->file), STR_ARG(f->name));
    slot->problem_hint = f->package.n ? str_format(&e->arena, "install the package %.*s",
                                                   STR_ARG(f->package))
                                      : STR("put it below one of the font directories");
}

static void set_broken(struct text_engine *e, struct text_family_face *slot,
                       const char *fault)
{
    slot->problem_code = DIAG_BAD_FONT;
    slot->problem = str_format(&e->arena, "the font file `%.*s` cannot be used: %s",
                               STR_ARG(slot->file), fault);
    slot->problem_hint = STR("install it anew, or choose another family");
}

/* Families may share a file: one face is made of it, and embedded once. */
static struct text_face *loaded_face(struct text_engine *e, str path, uint32_t index)
{
    for (size_t i = 0; i < e->faces.n; i++) {
        struct text_face *f = &e->faces.v[i]->face;
        if (f->embeddable && f->index == index && str_eq(f->file, path)) {
            return f;
        }
    }
    return NULL;
}

/* NULL, with what is wrong, if the file cannot be used. */
static struct text_face *read_face(struct text_engine *e, str path, uint32_t index,
                                   const char **fault)
{
    struct file_result file = file_map(path);
    if (!path.n || file.status != FILE_OK) {
        *fault = NULL;
        return NULL;
    }
    hb_face_t *hb = NULL;
    *fault = file_fault(file.bytes);
    if (!*fault && file.bytes.n <= UINT32_MAX) {
        hb_blob_t *blob = hb_blob_create(file.bytes.p, (unsigned)file.bytes.n,
                                         HB_MEMORY_MODE_READONLY, NULL, NULL);
        hb = hb_face_create(blob, index);
        hb_blob_destroy(blob);
        *fault = face_fault(hb);
    }
    if (*fault || !hb) {
        hb_face_destroy(hb);
        file_unmap(file.bytes);
        *fault = *fault ? *fault : "it is too large";
        return NULL;
    }
    return &new_face(e, hb, path, file.bytes)->face;
}

const struct text_face *text_face_open(struct text_engine *e, str file, uint32_t index)
{
    const char *fault;
    struct text_face *face = loaded_face(e, file, index);
    if (!face) {
        face = read_face(e, str_copy(&e->arena, file), index, &fault);
    }
    return face && face->embeddable ? face : NULL;
}

void text_face_load(struct text_engine *e, const struct text_family *f,
                    struct text_family_face *slot)
{
    const char *fault;
    slot->tried = true;
    str path = text_face_path(e, slot->file, &e->arena);
    slot->face = loaded_face(e, path, slot->index);
    if (slot->face) {
        return;
    }
    struct text_face *face = read_face(e, path, slot->index, &fault);
    if (!face && !fault) {
        set_missing(e, f, slot);
        return;
    }
    if (!face) {
        set_broken(e, slot, fault);
        return;
    }
    face->family = f->name;
    face->hangs = f->hangs;
    if (face->embeddable) {
        slot->face = face;
    } else {
        set_broken(e, slot, "its licence (fsType) does not allow embedding");
    }
}

void text_face_free(struct text_face_full *f)
{
    hb_font_destroy(f->font);
    hb_face_destroy(f->face.hb);
    file_unmap(f->face.bytes);
}

hb_font_t *text_face_font(const struct text_face *f)
{
    return ((const struct text_face_full *)(const void *)f)->font;
}
