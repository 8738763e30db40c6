/* SPDX-License-Identifier: MIT
 *
 * Fonts: what of a style and language decides how words are shaped; the features this
 * means; and the fallback from the family's face to others, for each grapheme cluster as
 * a whole, so that a base and its marks come from one face. */
#include "text/engine.h"

#include <string.h>
#include <uniname.h>
#include <uninorm.h>

#include "base/utf8.h"
#include "text/pairs.h"

static bool same_features(const struct text_font *f, const struct style *s)
{
    return f->n_style_features == s->n_features &&
           (!s->n_features || memcmp(f->style_features, s->features,
                                     s->n_features * sizeof *s->features) == 0);
}

static bool is_font(const struct text_font *f, const struct style *s, str lang)
{
    return f->weight == s->weight && f->italic == s->italic && f->caps == s->caps &&
           f->figures == s->figures && f->figure_width == s->figure_width &&
           f->spaced == (s->letter_space != 0) && str_eq(f->family_name, s->family) &&
           str_eq(f->lang, lang) && same_features(f, s);
}

static void add_feature(struct text_font *f, hb_tag_t tag, uint32_t value)
{
    if (f->n_features < TEXT_MAX_FEATURES) {
        f->features[f->n_features++] = (hb_feature_t){
            tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    }
}

/* What each property of a style asks of the font. */
static void collect_features(struct text_font *f)
{
    if (f->caps == STYLE_CAPS_SMALL || f->caps == STYLE_CAPS_ALL_SMALL) {
        add_feature(f, HB_TAG('s', 'm', 'c', 'p'), 1);
    }
    if (f->caps == STYLE_CAPS_ALL_SMALL) {
        add_feature(f, HB_TAG('c', '2', 's', 'c'), 1);
    }
    if (f->figures != STYLE_FIGURES_DEFAULT) {
        add_feature(f,
                    f->figures == STYLE_FIGURES_LINING ? HB_TAG('l', 'n', 'u', 'm')
                                                       : HB_TAG('o', 'n', 'u', 'm'),
                    1);
    }
    if (f->figure_width != STYLE_WIDTH_DEFAULT) {
        add_feature(f, f->figure_width == STYLE_WIDTH_TABULAR
                           ? HB_TAG('t', 'n', 'u', 'm') : HB_TAG('p', 'n', 'u', 'm'), 1);
    }
    if (f->spaced) { /* spaced letters must not be joined */
        add_feature(f, HB_TAG('l', 'i', 'g', 'a'), 0);
        add_feature(f, HB_TAG('c', 'l', 'i', 'g'), 0);
    }
    for (uint32_t i = 0; i < f->n_style_features; i++) {
        const char *t = f->style_features[i].tag;
        add_feature(f, HB_TAG(t[0], t[1], t[2], t[3]), f->style_features[i].value);
    }
}

static struct text_font *new_font(struct text_engine *e, const struct style *s, str lang)
{
    struct arena *a = &e->arena;
    struct text_font *f = NEW(a, struct text_font);
    struct style_feature *features = NEW_ARRAY(a, struct style_feature, s->n_features);
    if (s->n_features) {
        memcpy(features, s->features, s->n_features * sizeof *features);
    }
    f->id = (uint32_t)e->fonts.n;
    f->family_name = str_copy(a, s->family);
    f->lang = str_copy(a, lang);
    f->weight = s->weight;
    f->italic = s->italic;
    f->caps = (uint8_t)s->caps;
    f->figures = (uint8_t)s->figures;
    f->figure_width = (uint8_t)s->figure_width;
    f->spaced = s->letter_space != 0;
    f->style_features = features;
    f->n_style_features = s->n_features;
    struct text_family *family = text_family_find(e, s->family);
    f->family = family;
    f->face = text_family_face(e, family, f->weight, f->italic, NULL);
    f->hb_lang =
        hb_language_from_string(lang.n ? lang.p : "und", lang.n ? (int)lang.n : 3);
    f->lang_script = text_script_of_lang(lang);
    collect_features(f);
    f->pairs = text_pairs_new(a);
    vec_push(a, &e->fonts, f);
    return f;
}

struct text_font *text_font_find(struct text_engine *e, const struct style *style,
                                 str lang)
{
    for (size_t i = 0; i < e->fonts.n; i++) { /* a few: styles times languages */
        if (is_font(e->fonts.v[i], style, lang)) {
            struct text_font *f = e->fonts.v[i];
            if (i > 0) { /* the last found is asked for again soon */
                e->fonts.v[i] = e->fonts.v[i - 1];
                e->fonts.v[i - 1] = f;
            }
            return f;
        }
    }
    return new_font(e, style, lang);
}

bool text_reported(const struct diag_sink *sink, enum diag_code code, str message)
{
    for (size_t i = 0; i < sink->list.n; i++) {
        if (sink->list.v[i].code == code && str_eq(sink->list.v[i].message, message)) {
            return true;
        }
    }
    return false;
}

/* `hint` ends in NUL. */
static void report_once(struct diag_sink *sink, enum diag_code code, struct place at,
                        str hint, str message)
{
    if (!text_reported(sink, code, message)) {
        diag_report(sink, code, at, hint.p, "%.*s", STR_ARG(message));
    }
}

/* A family that nobody has is the layout's slip; a file that is not installed shows where
 * it is missed. */
void text_font_report(struct text_engine *e, const struct text_font *f,
                      const struct style *style, struct place at, struct diag_sink *sink)
{
    struct text_family *family = text_family_find(e, f->family_name);
    if (family->problem.n) {
        struct arena_mark mark = arena_mark(&e->scratch);
        str near = text_suggest_family(e, f->family_name, &e->scratch);
        str hint = str_format(&e->scratch,
                              "%.*s%s`infonote fonts` lists families; a file in fonts/ "
                              "adds one", STR_ARG(near), near.n ? " " : "");
        report_once(sink, DIAG_NO_FONT, style->family_at.source ? style->family_at : at,
                    hint, family->problem);
        arena_rewind(&e->scratch, mark);
    } else {
        struct text_family_face *slot;
        text_family_face(e, family, f->weight, f->italic, &slot);
        report_once(sink, slot->problem_code, at, slot->problem_hint, slot->problem);
    }
}

/* Spaces of a fixed width, and characters that show nothing, need no glyph of their own:
 * HarfBuzz makes them of the space, or of nothing. */
static bool needs_glyph(uint32_t c)
{
    return !(c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
             (c >= 0x205F && c <= 0x206F) || c == 0xAD || c == 0x34F || c == 0x61C ||
             c == 0x3000 || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) ||
             (c >= 0x180B && c <= 0x180F) || (c >= 0xE0000 && c <= 0xE0FFF));
}

static bool has_glyph(const struct text_face *face, uint32_t c)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(text_face_font(face), c, &glyph) && glyph;
}

bool text_face_covers(const struct text_face *face, uint32_t c)
{
    const struct text_face_full *full = (const void *)face;
    bool known = c < 128 && full->ascii[c / 64] >> c % 64 & 1;
    if (known || has_glyph(face, c) || !needs_glyph(c)) {
        return true;
    }
    if (c == 0x2011) { /* the no-break hyphen looks like the hyphen */
        return has_glyph(face, 0x2010);
    }
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int n = uc_canonical_decomposition(c, parts);
    for (int i = 0; i < n; i++) {
        if (!has_glyph(face, parts[i])) {
            return false;
        }
    }
    return n > 0;
}

static bool covers_all(const struct text_face *face, str cluster)
{
    for (size_t i = 0; i < cluster.n;) {
        if (!text_face_covers(face, utf8_next(cluster, &i))) {
            return false;
        }
    }
    return true;
}

/* "noto-sans-{script}" with the script's ISO 15924 code in lower case. */
static str expand(struct arena *a, str pattern, hb_script_t script)
{
    size_t at;
    if (!str_find(pattern, STR("{script}"), &at)) {
        return pattern;
    }
    char code[4];
    hb_tag_to_string(hb_script_to_iso15924_tag(script), code);
    code[0] = (char)(code[0] | 32);
    return str_format(a, "%.*s%.4s%.*s", STR_ARG(str_sub(pattern, 0, at)), code,
                      STR_ARG(str_sub(pattern, at + 8, pattern.n)));
}

const struct text_face *text_font_face_for(struct text_engine *e,
                                           const struct text_font *f, str cluster,
                                           hb_script_t script)
{
    if (covers_all(f->face, cluster)) {
        return f->face;
    }
    const struct text_face *found = f->face;
    struct arena_mark mark = arena_mark(&e->scratch);
    for (size_t i = 0; i < f->family->n_fallbacks; i++) {
        str name = expand(&e->scratch, f->family->fallbacks[i], script);
        struct text_family *family = text_family_find(e, name);
        const struct text_face *face =
            text_family_face(e, family, f->weight, f->italic, NULL);
        if (face && covers_all(face, cluster)) {
            found = face;
            break;
        }
    }
    arena_rewind(&e->scratch, mark);
    return found;
}

/* The family of the script that could be installed, or what else can be done. */
static str missing_hint(struct text_engine *e, const struct text_font *f, uint32_t c)
{
    struct arena *a = &e->scratch;
    hb_script_t script = text_script_of(c);
    for (size_t i = 0; i < f->family->n_fallbacks; i++) {
        str name = expand(a, f->family->fallbacks[i], script);
        struct text_family *family = text_family_find(e, name);
        if (family->problem.n || !family->package.n) {
            continue;
        }
        struct text_family_face *slot;
        if (!text_family_face(e, family, f->weight, f->italic, &slot)) {
            return str_format(a, "install the package %.*s (family `%.*s`)",
                              STR_ARG(family->package), STR_ARG(family->name));
        }
    }
    return STR("choose a family that has it in the layout, or write something else");
}

static bool is_printable(uint32_t c)
{
    hb_unicode_general_category_t k =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return k >= HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER &&
           k <= HB_UNICODE_GENERAL_CATEGORY_OTHER_SYMBOL;
}

void text_font_report_missing(struct text_engine *e, const struct text_font *f,
                              uint32_t c, struct place at, struct diag_sink *sink)
{
    struct arena_mark mark = arena_mark(&e->scratch);
    char name[UNINAME_MAX] = "";
    char bytes[4];
    size_t size = utf8_put(bytes, c), n = is_printable(c) ? size : 0;
    unicode_character_name(c, name);
    str message = str_format(&e->scratch, "no font has a glyph for U+%04X%s%.*s%s%s%s",
                             (unsigned)c, n ? " “" : "", (int)n, bytes, n ? "”" : "",
                             *name ? ", " : "", name);
    if (!text_reported(sink, DIAG_NO_GLYPH, message)) {
        at = diag_find(at, (str){bytes, size});
    }
    report_once(sink, DIAG_NO_GLYPH, at, missing_hint(e, f, c), message);
    arena_rewind(&e->scratch, mark);
}

const struct text_face *text_face_of(struct text_engine *e, const struct style *style,
                                     struct place at, struct diag_sink *sink)
{
    struct text_font *f = text_font_find(e, style, STR("en"));
    if (!f->face) {
        text_font_report(e, f, style, at, sink);
    }
    return f->face;
}
