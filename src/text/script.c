/* SPDX-License-Identifier: MIT
 *
 * Scripts of characters (HarfBuzz's table of Unicode 15) and of languages. A word
 * without letters is shaped in its language's script, whatever stands around it: so a
 * word looks the same everywhere and can be cached. */
#include "text/engine.h"

#include <string.h>

hb_script_t text_script_of(uint32_t c)
{
    if (c < 128) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    }
    return hb_unicode_script(hb_unicode_funcs_get_default(), c);
}

bool text_script_is_real(hb_script_t s)
{
    return s != HB_SCRIPT_COMMON && s != HB_SCRIPT_INHERITED && s != HB_SCRIPT_UNKNOWN;
}

bool text_script_hyphenates(hb_script_t s)
{
    return s == HB_SCRIPT_LATIN || s == HB_SCRIPT_CYRILLIC || s == HB_SCRIPT_GREEK ||
           s == HB_SCRIPT_ARMENIAN || s == HB_SCRIPT_GEORGIAN;
}

str text_lang_base(str lang, char out[9])
{
    size_t n = 0;
    while (n < lang.n && n < 8 && lang.p[n] != '-' && lang.p[n] != '_') {
        char c = lang.p[n];
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[n] = '\0';
    return (str){out, n};
}

/* Languages whose everyday script is not the Latin one, in alphabetical order. */
static const struct {
    const char *lang;
    hb_script_t script;
} SCRIPTS[] = {
    {"am", HB_SCRIPT_ETHIOPIC},  {"ar", HB_SCRIPT_ARABIC},   {"as", HB_SCRIPT_BENGALI},
    {"be", HB_SCRIPT_CYRILLIC},  {"bg", HB_SCRIPT_CYRILLIC}, {"bn", HB_SCRIPT_BENGALI},
    {"bo", HB_SCRIPT_TIBETAN},   {"ckb", HB_SCRIPT_ARABIC},  {"dv", HB_SCRIPT_THAANA},
    {"el", HB_SCRIPT_GREEK},     {"fa", HB_SCRIPT_ARABIC},   {"gu", HB_SCRIPT_GUJARATI},
    {"he", HB_SCRIPT_HEBREW},    {"hi", HB_SCRIPT_DEVANAGARI}, {"hy", HB_SCRIPT_ARMENIAN},
    {"ja", HB_SCRIPT_HAN},       {"ka", HB_SCRIPT_GEORGIAN}, {"kk", HB_SCRIPT_CYRILLIC},
    {"km", HB_SCRIPT_KHMER},     {"kn", HB_SCRIPT_KANNADA},  {"ko", HB_SCRIPT_HANGUL},
    {"ky", HB_SCRIPT_CYRILLIC},  {"lo", HB_SCRIPT_LAO},      {"mk", HB_SCRIPT_CYRILLIC},
    {"ml", HB_SCRIPT_MALAYALAM}, {"mn", HB_SCRIPT_CYRILLIC}, {"mr", HB_SCRIPT_DEVANAGARI},
    {"my", HB_SCRIPT_MYANMAR},   {"ne", HB_SCRIPT_DEVANAGARI}, {"or", HB_SCRIPT_ORIYA},
    {"pa", HB_SCRIPT_GURMUKHI},  {"ps", HB_SCRIPT_ARABIC},   {"ru", HB_SCRIPT_CYRILLIC},
    {"sd", HB_SCRIPT_ARABIC},    {"si", HB_SCRIPT_SINHALA},  {"sr", HB_SCRIPT_CYRILLIC},
    {"ta", HB_SCRIPT_TAMIL},     {"te", HB_SCRIPT_TELUGU},   {"tg", HB_SCRIPT_CYRILLIC},
    {"th", HB_SCRIPT_THAI},      {"ti", HB_SCRIPT_ETHIOPIC}, {"ug", HB_SCRIPT_ARABIC},
    {"uk", HB_SCRIPT_CYRILLIC},  {"ur", HB_SCRIPT_ARABIC},   {"yi", HB_SCRIPT_HEBREW},
    {"zh", HB_SCRIPT_HAN},
};

/* The script subtag of "sr-Latn-RS", or empty. */
static str script_subtag(str lang)
{
    str rest = lang;
    str_cut(lang, '-', &rest);
    while (rest.n) {
        str part = str_cut(rest, '-', &rest);
        if (part.n == 4 && (part.p[0] < '0' || part.p[0] > '9')) {
            return part;
        }
    }
    return STR_NONE;
}

hb_script_t text_script_of_lang(str lang)
{
    str tag = script_subtag(lang);
    if (tag.n) {
        return hb_script_from_string(tag.p, (int)tag.n);
    }
    char base[9];
    text_lang_base(lang, base);
    size_t low = 0, high = sizeof SCRIPTS / sizeof *SCRIPTS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(base, SCRIPTS[middle].lang);
        if (order == 0) {
            return SCRIPTS[middle].script;
        }
        *(order < 0 ? &high : &low) = order < 0 ? middle : middle + 1;
    }
    return HB_SCRIPT_LATIN;
}

bool text_script_is_rtl(hb_script_t s)
{
    return hb_script_get_horizontal_direction(s) == HB_DIRECTION_RTL;
}

bool text_lang_is_rtl(str lang)
{
    return text_script_is_rtl(text_script_of_lang(lang));
}
