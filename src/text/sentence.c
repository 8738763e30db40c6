/* SPDX-License-Identifier: MIT
 *
 * In: a space of a paragraph. Out: whether it stands between two sentences, in a language
 * that sets them further apart than words.
 *
 * A sentence ends with a full stop, an exclamation or question mark, and what closes
 * behind it, footnote marks too; the next one begins with a capital. A full stop behind
 * an initial or a usual abbreviation ends none. */
#include <string.h>
#include <unicase.h>
#include <unictype.h>

#include "base/utf8.h"
#include "text/para.h"

/* English has the custom; French, German and nearly all others have one space for all. */
bool text_parts_sentences(str lang)
{
    char base[9];
    return str_is(text_lang_base(lang, base), "en");
}

static bool closes(uint32_t c)
{
    return c == ')' || c == ']' || c == '"' || c == '\'' || c == 0x2019 || c == 0x201D;
}

static bool opens(uint32_t c)
{
    return c == '(' || c == '[' || c == '"' || c == '\'' || c == 0x2018 || c == 0x201C;
}

static bool is_capital(uint32_t c)
{
    return c != uc_tolower(c);
}

static bool is_letter(uint32_t c)
{
    return uc_is_general_category(c, UC_LETTER);
}

/* The word, with its inner dots, that ends at `end`, where its last dot stands. */
static str word_before(str text, size_t end)
{
    size_t from = end;
    while (from > 0) {
        size_t at = from;
        uint32_t c = utf8_prev(text, &at);
        if (!is_letter(c) && c != '.') {
            break;
        }
        from = at;
    }
    return str_sub(text, from, end);
}

static bool is_abbreviation(str word)
{
    static const char *const KNOWN[] = {
        "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sr", "Jr", "Sen", "Rep", "Gen", "Col",
        "Lt", "Capt", "Rev", "Hon", "Amb", "No", "Nos", "Fig", "Figs", "Eq", "Sec", "Art",
        "Ch", "Vol", "vol", "ed", "eds", "p", "pp", "vs", "cf", "ca", "approx", "e.g",
        "i.e", "Inc", "Ltd", "Co", "Corp", "Dept", "Univ", "Jan", "Feb", "Aug", "Sept",
        "Oct", "Nov", "Dec"};
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        if (str_is(word, KNOWN[i])) {
            return true;
        }
    }
    return false;
}

/* A single capital, or the last one of several with dots between: "J." and "U.N." */
static bool is_initial(str word)
{
    size_t at = word.n;
    if (word.n == 0 || !is_capital(utf8_prev(word, &at))) {
        return false;
    }
    return at == 0 || word.p[at - 1] == '.';
}

static size_t before_marks(const struct text_builder *b, size_t at)
{
    uint32_t span = b->pending_span;
    while (at > 0) {
        while (span > 0 && b->starts[span] >= at) {
            span--;
        }
        if (!(b->request->spans[span].flags & TEXT_SPAN_MARK)) {
            break;
        }
        at = b->starts[span];
    }
    return at;
}

static bool ends_sentence(str text, size_t at)
{
    uint32_t c = 0;
    while (at > 0 && closes(c = utf8_prev(text, &at))) {
    }
    if (c == '!' || c == '?') {
        return true;
    }
    str word = word_before(text, at);
    return c == '.' && word.n && !is_initial(word) && !is_abbreviation(word);
}

bool text_is_between_sentences(const struct text_builder *b, size_t before, size_t after)
{
    str text = b->para->text;
    uint32_t c = 0;
    while (after < text.n && opens(c = utf8_next(text, &after))) {
    }
    return is_capital(c) && ends_sentence(text, before_marks(b, before));
}
