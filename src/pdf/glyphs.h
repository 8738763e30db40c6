/* pdf/glyphs.h: which glyphs of which faces a document shows, and what text they are.
 *
 * A reader gets text from glyphs by the font's ToUnicode map, one text for each glyph.
 * Where a glyph stands for another text than usual, or several glyphs for one text, the
 * place itself must say so (ActualText). */
#ifndef INFONOTE_PDF_GLYPHS_H
#define INFONOTE_PDF_GLYPHS_H

#include "page/page.h"

struct pdf_dict;

enum { PDF_EM = 1000000 }; /* widths on the way to the file are in millionths of an em */
enum { PDF_SHOWN = 4 };    /* two bytes, both behind a backslash */

struct pdf_glyph {
    str text;          /* what it reads as */
    bool guessed;      /* the text is that of several glyphs, of which it is the first */
    uint8_t n_shown;   /* bytes of `shown` */
    uint16_t code;     /* what shows it in a string */
    uint16_t id;       /* its number in the subset */
    char shown[PDF_SHOWN]; /* the code's one or two bytes as they stand in a string */
    int32_t advance;   /* in the face, font units */
    int32_t width;     /* as written in the file, 1/PDF_EM */
    int32_t error;     /* advance minus width, 1/PDF_EM */
};

struct pdf_font {
    const struct text_face *face;
    uint16_t *slots;          /* by number in the face: 1-based into `glyphs`, or 0 */
    uint64_t *used;           /* a bit for each number in the face */
    char *plain;              /* by number in the face: the character of ASCII that the
                                 glyph always was so far; 0: another text, or several */
    uint16_t *ids;            /* the numbers in the face, ascending; glyphs.n of them */
    VEC(struct pdf_glyph) glyphs;
    bool simple;              /* codes have one byte, else two */
    bool mixed;               /* a glyph may stand for another text than its own */
    uint32_t index;           /* its resource name is /F<index> */
    struct pdf_dict *dict;
};

enum { PDF_CODES = 256 };

struct pdf_fonts {
    struct arena *arena;
    str texts[PDF_CODES];        /* what the codes of simple fonts mean, in all of them */
    VEC(struct pdf_font *) list; /* in the order of first use */
    struct pdf_font *last;       /* what was found last */
};

/* A glyph that was collected. */
static inline struct pdf_glyph *pdf_glyph(const struct pdf_font *font, uint32_t id)
{
    return &font->glyphs.v[font->slots[id] - 1];
}

/* The character of ASCII that glyph `i`, the first of its cluster, shows alone: nearly
 * every glyph does, and then there is nothing to find out. 0: another text, or from right
 * to left. */
static inline char pdf_plain_character(const struct text_run *run, uint32_t i)
{
    uint32_t start = run->glyphs[i].cluster;
    size_t end = i + 1 < run->n ? run->glyphs[i + 1].cluster : run->text.n;
    return !run->rtl && end == start + 1 ? run->text.p[start] : '\0';
}

static inline bool pdf_glyph_is(const struct pdf_font *font, uint32_t id, char c)
{
    return c && font->plain[id] == c;
}

void pdf_glyphs_collect(struct pdf_fonts *fonts, const struct page_list *pages,
                        struct arena *a);

/* The same in steps, for glyphs of many documents: what pages show, or others have found;
 * then, once, the end. Texts are copied. */
void pdf_glyphs_init(struct pdf_fonts *fonts, struct arena *a);
void pdf_glyphs_of_pages(struct pdf_fonts *fonts, const struct page_list *pages);
void pdf_glyphs_add(struct pdf_fonts *fonts, const struct text_face *face, uint32_t id,
                    str text, bool guessed);
void pdf_glyphs_end(struct pdf_fonts *fonts);

/* Gives one-byte codes to the glyphs of every font that can do with them. */
void pdf_codes_assign(struct pdf_fonts *fonts);

/* Spells the codes of a font as strings have them: once, not wherever they are shown. */
void pdf_codes_spell(struct pdf_font *font);

/* The font of a face that was collected. */
struct pdf_font *pdf_font_find(struct pdf_fonts *fonts, const struct text_face *face);

/* Glyphs [from, to) of a run that show `text` together: HarfBuzz's cluster. */
struct pdf_cluster {
    uint32_t from, to;
    str text;
};

/* The cluster that begins with glyph `from`, which is below piece->to. */
struct pdf_cluster pdf_cluster_at(const struct text_piece *piece, uint32_t from);

/* True if the glyphs' own texts, as ToUnicode gives them, make the cluster's. */
bool pdf_cluster_reads(const struct pdf_font *font, const struct text_run *run,
                       const struct pdf_cluster *cluster);

#endif
