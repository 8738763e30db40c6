/* SPDX-License-Identifier: MIT
 *
 * From a language tag to its pattern file, which is loaded once. Tried in turn: language
 * with region ("hyph_en_GB.dic"), language alone, and the region that a language is
 * usually packed with. */
#include "text/engine.h"

#include <string.h>

#include "base/file.h"
#include "text/hyphen.h"

/* Regions of languages whose own code does not name them. */
static const struct {
    const char *lang, *region;
} USUAL[] = {
    {"af", "ZA"}, {"as", "IN"}, {"be", "BY"}, {"bn", "IN"}, {"ca", "ES"}, {"cs", "CZ"},
    {"da", "DK"}, {"el", "GR"}, {"en", "US"}, {"et", "EE"}, {"eu", "ES"}, {"gl", "ES"},
    {"gu", "IN"}, {"hi", "IN"}, {"kn", "IN"}, {"ml", "IN"}, {"mr", "IN"}, {"nb", "NO"},
    {"nn", "NO"}, {"or", "IN"}, {"pa", "IN"}, {"sa", "IN"}, {"sl", "SI"}, {"sq", "AL"},
    {"sr", "RS"}, {"sv", "SE"}, {"ta", "IN"}, {"te", "IN"}, {"uk", "UA"}, {"zu", "ZA"},
};

/* The two-letter region of "zh-Hant-TW", in capitals, or empty. */
static str region_of(str lang, char out[3])
{
    str rest = lang;
    str_cut(lang, '-', &rest);
    while (rest.n) {
        str part = str_cut(rest, '-', &rest);
        if (part.n == 1) {
            break; /* extensions follow */
        }
        if (part.n == 2) {
            out[0] = (char)(part.p[0] & ~32);
            out[1] = (char)(part.p[1] & ~32);
            out[2] = '\0';
            return (str){out, 2};
        }
    }
    return STR_NONE;
}

static struct text_patterns *load_from(struct text_engine *e, str base, str region)
{
    struct arena *a = &e->scratch;
    for (size_t i = 0; i < e->config.n_hyphen_dirs; i++) {
        str name = region.n ? str_format(a, "hyph_%.*s_%.*s.dic", STR_ARG(base),
                                         STR_ARG(region))
                            : str_format(a, "hyph_%.*s.dic", STR_ARG(base));
        struct text_patterns *p =
            text_patterns_load(file_join(a, e->config.hyphen_dirs[i], name));
        if (p) {
            return p;
        }
    }
    return NULL;
}

static struct text_patterns *load_usual(struct text_engine *e, str base)
{
    for (size_t i = 0; i < sizeof USUAL / sizeof *USUAL; i++) {
        if (str_is(base, USUAL[i].lang)) {
            return load_from(e, base, str_from(USUAL[i].region));
        }
    }
    if (base.n != 2) {
        return NULL;
    }
    char own[3] = {(char)(base.p[0] & ~32), (char)(base.p[1] & ~32), '\0'};
    return load_from(e, base, (str){own, 2});
}

static bool is_plain_tag(str base)
{
    for (size_t i = 0; i < base.n; i++) {
        if (base.p[i] < 'a' || base.p[i] > 'z') {
            return false;
        }
    }
    return base.n >= 2;
}

static struct text_patterns *load(struct text_engine *e, str lang)
{
    char base_buffer[9], region_buffer[3];
    str base = text_lang_base(lang, base_buffer);
    str region = region_of(lang, region_buffer);
    if (!is_plain_tag(base)) {
        return NULL;
    }
    struct text_patterns *p = region.n ? load_from(e, base, region) : NULL;
    if (!p) {
        p = load_from(e, base, STR_NONE);
    }
    return p ? p : load_usual(e, base);
}

const struct text_patterns *text_patterns_find(struct text_engine *e, str lang)
{
    struct text_patterns *p = map_find(&e->patterns, lang);
    if (p || map_find(&e->no_patterns, lang)) {
        return p;
    }
    struct arena_mark mark = arena_mark(&e->scratch);
    p = load(e, lang);
    arena_rewind(&e->scratch, mark);
    str key = str_copy(&e->arena, lang);
    if (p) {
        map_put(&e->patterns, key, p);
        vec_push(&e->arena, &e->loaded, p);
    } else {
        map_put(&e->no_patterns, key, e);
    }
    return p;
}

bool text_hyphenate(struct text_engine *e, str word, str lang, uint8_t *breaks)
{
    const struct text_patterns *p = text_patterns_find(e, lang);
    memset(breaks, 0, word.n);
    if (p) {
        text_patterns_apply(p, word, breaks);
    }
    return p != NULL;
}
