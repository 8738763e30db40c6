/* SPDX-License-Identifier: MIT
 *
 * In: fonts with their used glyphs. Out: one-byte codes, and all codes as strings have
 * them. A one-byte code means the same text in every simple font of the document, so that
 * all share one ToUnicode map; ASCII means itself, so that strings can be read, and a
 * space has code 32, which is the one that word spacing (Tw) stretches. A face that shows
 * one text by several glyphs (a letter and its small capital) uses several codes for that
 * text. */
#include "pdf/glyphs.h"

enum { ASCII_FIRST = 0x20, ASCII_LAST = 0x7E, FREE_FIRST = 0x80, NO_CODE = -1 };

/* The printable ASCII character that a text is; NO_CODE if it is none. */
static int ascii(str text)
{
    bool is = text.n == 1 && text.p[0] >= ASCII_FIRST && text.p[0] <= ASCII_LAST;
    return is ? text.p[0] : NO_CODE;
}

/* A code for `text` that this font has not taken. Texts beyond ASCII get the codes
 * from 0x80 up, then those below the space. */
static int find_code(struct pdf_fonts *fonts, const bool *taken, str text)
{
    int own = ascii(text);
    if (own != NO_CODE && !taken[own]) {
        fonts->texts[own] = text;
        return own;
    }
    for (int i = 1; i < PDF_CODES; i++) {
        int c = (FREE_FIRST + i - 1) % PDF_CODES;
        bool usable = c > 0 && (c < ASCII_FIRST || c >= FREE_FIRST) && !taken[c];
        if (usable && (!fonts->texts[c].n || str_eq(fonts->texts[c], text))) {
            fonts->texts[c] = text;
            return c;
        }
    }
    return NO_CODE;
}

static bool assign(struct pdf_fonts *fonts, struct pdf_font *font)
{
    bool taken[PDF_CODES] = {false};
    for (size_t i = 0; i < font->glyphs.n; i++) {
        struct pdf_glyph *g = pdf_glyph(font, font->ids[i]);
        int code = find_code(fonts, taken, g->text);
        if (code == NO_CODE) {
            return false;
        }
        taken[code] = true;
        g->code = (uint16_t)code;
    }
    return true;
}

void pdf_codes_assign(struct pdf_fonts *fonts)
{
    for (size_t i = 0; i < fonts->list.n; i++) {
        struct pdf_font *font = fonts->list.v[i];
        font->simple = !font->face->cff && assign(fonts, font);
    }
}

static char *put_escaped(char *q, uint8_t byte)
{
    static const char ESCAPES[256] = {
        ['('] = '(', [')'] = ')', ['\\'] = '\\', ['\r'] = 'r'};
    if (ESCAPES[byte]) {
        *q++ = '\\';
    }
    *q++ = ESCAPES[byte] ? ESCAPES[byte] : (char)byte;
    return q;
}

void pdf_codes_spell(struct pdf_font *font)
{
    for (size_t i = 0; i < font->glyphs.n; i++) {
        struct pdf_glyph *g = &font->glyphs.v[i];
        char *q = g->shown;
        if (!font->simple) {
            q = put_escaped(q, (uint8_t)(g->code >> 8));
        }
        q = put_escaped(q, (uint8_t)g->code);
        g->n_shown = (uint8_t)(q - g->shown);
    }
}
