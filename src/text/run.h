/* text/run.h: shaped text, as pages carry it and pdf/ writes it.
 *
 * A run is one shaped piece of text in one face, direction and script, in font units:
 * it does not know its size, so that one shaping serves every size, line and document.
 * A piece is a slice of a run at a place on a line. Neither needs a style to be drawn. */
#ifndef INFONOTE_TEXT_RUN_H
#define INFONOTE_TEXT_RUN_H

#include "base/len.h"
#include "base/str.h"

struct hb_face_t;
struct text_hangs; /* text/engine.h */

/* A face of a font file. All metrics in font units (`upem` to the em). */
struct text_face {
    uint32_t id;              /* order of loading in its engine */
    str family, name;         /* name: PostScript name, [A-Za-z0-9-] only, <= 63 bytes */
    str file;                 /* path of the file */
    str bytes;                /* the whole file, mapped */
    uint32_t index;           /* in a collection */
    bool cff;                 /* CFF outlines; else TrueType */
    bool fixed_pitch, serif, italic, bold;
    uint16_t weight;
    uint16_t upem;
    int16_t ascender, descender; /* descender is negative */
    int16_t cap_height, x_height;
    int16_t bbox[4];          /* left, bottom, right, top */
    int16_t underline_position, underline_thickness; /* position below 0 */
    int16_t strike_position, strike_thickness;
    int32_t italic_angle;     /* 1/1000 degree, negative leans right */
    uint16_t stem_v;
    uint16_t n_glyphs;
    bool embeddable;          /* OS/2 fsType allows embedding and subsetting */
    const struct text_hangs *hangs; /* its family's table; NULL: that of all families */
    struct hb_face_t *hb;     /* for shaping and subsetting; owned by the engine */
};

enum { TEXT_UNSAFE_TO_BREAK = 1 }; /* glyph flags */

struct text_glyph {
    uint16_t id;       /* never 0 */
    uint16_t flags;
    uint32_t cluster;  /* offset in bytes into the run's text */
    int32_t advance;   /* font units */
    int16_t dx, dy;    /* font units; dy upwards */
};

struct text_run {
    const struct text_face *face;
    str text;          /* what it shows, in logical order */
    bool rtl;          /* glyphs stand in visual order: clusters descend */
    bool plain;        /* glyph i shows text.p[i], a character of ASCII, with no offset;
                          false: that is not said */
    uint32_t n;
    const struct text_glyph *glyphs;
    int64_t advance;   /* the sum, in font units */
};

enum text_piece_flags {
    TEXT_PIECE_SPACE = 1,  /* a word space; `width` says how wide; the one at which a
                              line ends has none */
    TEXT_PIECE_OBJECT = 4, /* the span's object: no glyphs */
    TEXT_PIECE_HYPHEN = 2, /* a hyphen that the line break put in: reads as U+00AD */
};

struct text_piece {
    const struct text_run *run;
    uint32_t from, to; /* glyphs [from, to) of the run */
    len x;             /* from the line's left edge, of the first glyph's origin */
    len width;         /* the advance, justification included */
    uint32_t span;     /* index into the paragraph's spans */
    uint16_t flags;
    int16_t expansion; /* 1/TEXT_EXPANSION: its letters are so much wider */
};

/* What `expansion` counts: a letter w wide is set w + w * expansion / TEXT_EXPANSION. */
enum { TEXT_EXPANSION = 10000 };

/* Font units to len at `size`. */
static inline len text_scale(int64_t units, len size, uint16_t upem)
{
    return (len)len_muldiv(units, size, upem);
}

#endif
