/* SPDX-License-Identifier: MIT
 *
 * In:  a font. Out: which characters of ASCII, and which pairs of them, its lookups leave
 * alone, but for kerning by pairs.
 *
 * A lookup of GSUB acts on a glyph that its rules may begin with: its coverage. Such a
 * rule has no other glyph: HarfBuzz tells. Or it has one behind it, of those that its
 * inputs or its lookahead name; or one before it, of its backtrack. So a word of which no
 * two neighbours are related in one of these ways is left as it is. In GPOS, the kinds of
 * lookups are read: pairs that move the first glyph's advance are what is wanted; marks
 * matter where a character is one, joints where a character has one for what stands
 * before it; all else takes its characters out.
 *
 * Tables: OpenType 1.9, "GPOS" and "Common Table Formats". */
#include "text/pairs.h"

#include <hb-aat.h>
#include <hb-ot.h>
#include <string.h>

#include "text/table.h"

enum { PAIRS = 2, CURSIVE = 3, MARK_TO_MARK = 6, POSITION_EXTENSION = 9 };
enum { LIGATURE = 4, CONTEXT = 5, CHAIN = 6, SUBSTITUTION_EXTENSION = 7, REVERSE = 8 };
enum { X_ADVANCE = 4 }; /* the one value that a pair's first glyph may have */

/* Entries of tables that are read at most: no font has so many that is not made to keep
 * its reader busy. */
enum { PATIENCE = 20 * 1000 * 1000 };

struct finder {
    hb_face_t *face;
    struct text_plain *out;
    hb_set_t *before, *input, *after;
    int64_t patience; /* below 0: nothing is known of this font */
};

/* --- Tables --- */

static uint64_t u32(const struct text_table *b, uint64_t at)
{
    return (uint64_t)text_u16(b, at) << 16 | text_u16(b, at + 2);
}

/* The glyph's place in a coverage table, or -1. */
static int64_t index_in(struct finder *f, const struct text_table *b, uint64_t coverage,
                        unsigned glyph)
{
    unsigned format = text_u16(b, coverage), n = text_u16(b, coverage + 2);
    uint64_t at = coverage + 4;
    f->patience -= n;
    for (unsigned i = 0; i < n && f->patience >= 0; i++, at += format == 1 ? 2 : 6) {
        unsigned first = text_u16(b, at);
        unsigned last = format == 1 ? first : text_u16(b, at + 2);
        if (glyph >= first && glyph <= last) {
            return format == 1 ? i : text_u16(b, at + 4) + glyph - first;
        }
    }
    return -1;
}

/* A lookup's subtables, whatever hides behind an extension. */
struct subtable {
    unsigned type, format;
    uint64_t at;
};

static uint64_t lookup_at(const struct text_table *b, unsigned lookup)
{
    uint64_t list = text_u16(b, 8);
    return list + text_u16(b, list + 2 + 2 * (uint64_t)lookup);
}

static unsigned subtables_of(struct finder *f, const struct text_table *b,
                             uint64_t lookup)
{
    unsigned n = text_u16(b, lookup + 4);
    f->patience -= n;
    return f->patience >= 0 ? n : 0;
}

static struct subtable open_subtable(const struct text_table *b, uint64_t lookup,
                                     unsigned i, unsigned extension)
{
    struct subtable s = {.type = text_u16(b, lookup)};
    s.at = lookup + text_u16(b, lookup + 6 + 2 * (uint64_t)i);
    if (s.type == extension) {
        s.type = text_u16(b, s.at + 2);
        s.at += u32(b, s.at + 4);
    }
    s.format = text_u16(b, s.at);
    return s;
}

/* --- Sets --- */

static void add(struct text_plain_set *s, unsigned i)
{
    s->bits[i / 64] |= (uint64_t)1 << i % 64;
}

static void take_out(struct text_plain_set *s, const struct text_plain_set *gone)
{
    s->bits[0] &= ~gone->bits[0];
    s->bits[1] &= ~gone->bits[1];
}

static bool is_empty(const struct text_plain_set *s)
{
    return !(s->bits[0] | s->bits[1]);
}

static struct text_plain_set plain_of(const struct finder *f, const hb_set_t *glyphs)
{
    struct text_plain_set s = {{0, 0}};
    for (unsigned i = 0; i < TEXT_PLAIN_N; i++) {
        if (hb_set_has(glyphs, f->out->glyphs[i])) {
            add(&s, i);
        }
    }
    return s;
}

/* --- GSUB --- */

static void clear_sets(struct finder *f)
{
    hb_set_clear(f->before);
    hb_set_clear(f->input);
    hb_set_clear(f->after);
}

/* Whether the coverage of a subtable's first glyphs is where it is in most formats. */
static bool has_coverage(const struct subtable *s)
{
    bool simple = (s->type >= 1 && s->type <= LIGATURE) || s->type == REVERSE;
    bool context = (s->type == CONTEXT || s->type == CHAIN) && s->format <= 2;
    return (simple || context) && s->format > 0;
}

/* Those of the inputs with which a rule may begin. */
static struct text_plain_set firsts_of(struct finder *f, const struct text_table *b,
                                       unsigned lookup,
                                       const struct text_plain_set *input)
{
    struct text_plain_set firsts = {{0, 0}};
    uint64_t at = lookup_at(b, lookup);
    for (unsigned k = 0, n = subtables_of(f, b, at); k < n; k++) {
        struct subtable s = open_subtable(b, at, k, SUBSTITUTION_EXTENSION);
        uint64_t coverage = s.at + text_u16(b, s.at + 2);
        if (!has_coverage(&s)) {
            return *input;
        }
        for (unsigned i = 0; i < TEXT_PLAIN_N; i++) {
            unsigned glyph = f->out->glyphs[i];
            if (text_plain_has(input, i) && index_in(f, b, coverage, glyph) >= 0) {
                add(&firsts, i);
            }
        }
    }
    return firsts;
}

static void take_substitution(struct finder *f, const struct text_table *b,
                              unsigned lookup)
{
    clear_sets(f);
    hb_ot_layout_lookup_collect_glyphs(f->face, HB_OT_TAG_GSUB, lookup, f->before,
                                       f->input, f->after, NULL);
    struct text_plain_set input = plain_of(f, f->input);
    if (is_empty(&input)) {
        return;
    }
    struct text_plain_set firsts = firsts_of(f, b, lookup, &input), alone = {{0, 0}};
    struct text_plain_set before = plain_of(f, f->before);
    struct text_plain_set behind = plain_of(f, f->after);
    behind.bits[0] |= input.bits[0];
    behind.bits[1] |= input.bits[1];
    for (unsigned i = 0; i < TEXT_PLAIN_N; i++) {
        hb_codepoint_t glyph = f->out->glyphs[i];
        if (text_plain_has(&firsts, i)) {
            take_out(&f->out->after[i], &behind);
            if (hb_ot_layout_lookup_would_substitute(f->face, lookup, &glyph, 1, true)) {
                add(&alone, i);
            }
        }
        if (text_plain_has(&before, i)) {
            take_out(&f->out->after[i], &firsts);
        }
    }
    take_out(&f->out->usable, &alone);
}

/* --- GPOS --- */

/* Takes out what is a mark for this subtable, or can be joined to what stands before. */
static void take_joined(struct finder *f, const struct text_table *b,
                        const struct subtable *s)
{
    uint64_t coverage = s->at + text_u16(b, s->at + 2), entries = s->at + 6;
    struct text_plain_set joined = {{0, 0}};
    for (unsigned i = 0; i < TEXT_PLAIN_N; i++) {
        int64_t k = index_in(f, b, coverage, f->out->glyphs[i]);
        if (k >= 0 && (s->type != CURSIVE || text_u16(b, entries + 4 * (uint64_t)k))) {
            add(&joined, i);
        }
    }
    take_out(&f->out->usable, &joined);
}

/* Whether a subtable is one that is understood; what it forbids is taken out. */
static bool take_subtable(struct finder *f, const struct text_table *b,
                          const struct subtable *s)
{
    if (s->type >= CURSIVE && s->type <= MARK_TO_MARK) {
        take_joined(f, b, s);
        return s->format == 1; /* the one there is */
    }
    unsigned first = text_u16(b, s->at + 4), second = text_u16(b, s->at + 6);
    return s->type == PAIRS && (s->format == 1 || s->format == 2) &&
           !(first & ~(unsigned)X_ADVANCE) && second == 0;
}

static void take_position(struct finder *f, const struct text_table *b, unsigned lookup)
{
    uint64_t at = lookup_at(b, lookup);
    bool understood = true;
    for (unsigned i = 0, n = subtables_of(f, b, at); i < n; i++) {
        struct subtable s = open_subtable(b, at, i, POSITION_EXTENSION);
        understood = take_subtable(f, b, &s) && understood;
    }
    if (!understood) {
        clear_sets(f);
        hb_ot_layout_lookup_collect_glyphs(f->face, HB_OT_TAG_GPOS, lookup, f->before,
                                           f->input, f->after, NULL);
        struct text_plain_set input = plain_of(f, f->input);
        take_out(&f->out->usable, &input);
    }
}

/* --- All lookups of a plan --- */

static void take_table(struct finder *f, hb_shape_plan_t *plan, hb_tag_t tag,
                       void (*take)(struct finder *f, const struct text_table *b,
                                    unsigned lookup))
{
    struct text_table b = text_table_open(f->face, tag);
    hb_set_t *lookups = hb_set_create();
    hb_ot_shape_plan_collect_lookups(plan, tag, lookups);
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);) {
        take(f, &b, i);
    }
    hb_blob_destroy(b.blob);
    hb_set_destroy(lookups);
}

/* Fractions are made around U+2044 alone, unless a style asks for them. */
static hb_shape_plan_t *make_plan(const struct text_font *font)
{
    static const hb_tag_t NOT_HERE[] = {HB_TAG('f', 'r', 'a', 'c'),
                                        HB_TAG('n', 'u', 'm', 'r'),
                                        HB_TAG('d', 'n', 'o', 'm')};
    enum { N = sizeof NOT_HERE / sizeof *NOT_HERE };
    hb_feature_t features[N + TEXT_MAX_FEATURES];
    for (unsigned i = 0; i < N; i++) {
        features[i] = (hb_feature_t){NOT_HERE[i], 0, HB_FEATURE_GLOBAL_START,
                                     HB_FEATURE_GLOBAL_END};
    }
    memcpy(features + N, font->features, font->n_features * sizeof *features);
    hb_segment_properties_t properties = HB_SEGMENT_PROPERTIES_DEFAULT;
    properties.direction = HB_DIRECTION_LTR;
    properties.script = HB_SCRIPT_LATIN;
    properties.language = font->hb_lang;
    return hb_shape_plan_create(font->face->hb, &properties, features,
                                N + font->n_features, NULL);
}

/* Lookups may pass over glyphs of a class: so all must be of one. */
static void find_glyphs(const struct text_face *face, struct text_plain *out)
{
    hb_font_t *font = text_face_font(face);
    hb_ot_layout_glyph_class_t class = HB_OT_LAYOUT_GLYPH_CLASS_UNCLASSIFIED;
    hb_codepoint_t glyph;
    if (hb_font_get_nominal_glyph(font, 'n', &glyph)) {
        class = hb_ot_layout_get_glyph_class(face->hb, glyph);
    }
    for (unsigned i = 0; i < TEXT_PLAIN_N; i++) {
        if (hb_font_get_nominal_glyph(font, TEXT_PLAIN_FIRST + i, &glyph) && glyph) {
            out->glyphs[i] = (uint16_t)glyph;
            out->advances[i] = hb_font_get_glyph_h_advance(font, glyph);
            if (hb_ot_layout_get_glyph_class(face->hb, glyph) == class) {
                add(&out->usable, i);
            }
        }
    }
}

bool text_plain_find(const struct text_font *font, struct text_plain *out)
{
    hb_face_t *face = font->face->hb;
    *out = (struct text_plain){.usable = {{0, 0}}};
    if (hb_aat_layout_has_substitution(face) || hb_aat_layout_has_positioning(face) ||
        hb_aat_layout_has_tracking(face)) {
        return false;
    }
    hb_shape_plan_t *plan = make_plan(font);
    const char *shaper = hb_shape_plan_get_shaper(plan);
    bool known = shaper && strcmp(shaper, "ot") == 0;
    if (known) {
        find_glyphs(font->face, out);
        memset(out->after, 0xFF, sizeof out->after);
        struct finder f = {face, out, hb_set_create(), hb_set_create(), hb_set_create(),
                           PATIENCE};
        take_table(&f, plan, HB_OT_TAG_GSUB, take_substitution);
        take_table(&f, plan, HB_OT_TAG_GPOS, take_position);
        hb_set_destroy(f.before);
        hb_set_destroy(f.input);
        hb_set_destroy(f.after);
        known = f.patience >= 0;
    }
    hb_shape_plan_destroy(plan);
    return known && !is_empty(&out->usable);
}
