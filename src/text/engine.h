/* text/engine.h: what the files of text/ share; nobody else includes it.
 *
 * A family file names faces. A font is a family, weight, slant, features and language:
 * what decides how a word is shaped, whatever its size. A word is the cached result:
 * runs, and the places where it may be cut, all in font units. */
#ifndef INFONOTE_TEXT_ENGINE_H
#define INFONOTE_TEXT_ENGINE_H

#include <hb.h>

#include "base/buf.h"
#include "base/map.h"
#include "text/text.h"

/* A face, and what shaping needs beside it. `face` stands first: a pointer to it is
 * a pointer to the whole. */
struct text_face_full {
    struct text_face face;
    hb_font_t *font; /* scaled to font units */
    uint64_t ascii[2]; /* a bit for each character that it has */
};

struct text_family_face {
    uint16_t weight;
    bool italic;
    str file, sha256;
    uint32_t index;
    bool tried;                   /* loaded, or known not to load */
    struct text_face *face;       /* NULL: see `problem` */
    enum diag_code problem_code;
    str problem, problem_hint;
};

/* How far a character hangs out of a line that begins or ends with it: 1/1000 of its
 * width, by enum text_hang_side. */
struct text_hang_share {
    uint32_t c;
    int16_t side[2];
};

/* What a family says of its own characters, in the order of code points. */
struct text_hangs {
    struct text_hang_share *v;
    size_t n;
};

struct text_family {
    str name, title, licence, version, package;
    str path;                     /* of its file; empty: there is none */
    struct text_family_face *faces;
    size_t n;
    str *fallbacks;               /* may hold "{script}" */
    size_t n_fallbacks;
    const struct text_hangs *hangs; /* or NULL */
    str problem;                  /* why the file cannot be used; empty: it can */
};

enum { TEXT_MAX_FEATURES = 16 };

struct text_patterns; /* see hyphen.h */
struct text_pairs;    /* see pairs.h */

struct text_font {
    uint32_t id;
    /* The key. */
    str family_name, lang;
    uint16_t weight;
    uint8_t caps, figures, figure_width;
    bool italic, spaced;
    const struct style_feature *style_features;
    uint32_t n_style_features;
    /* What it means. */
    const struct text_family *family;
    const struct text_face *face;      /* NULL: cannot be had */
    hb_language_t hb_lang;
    hb_script_t lang_script;           /* for words without letters */
    hb_feature_t features[TEXT_MAX_FEATURES];
    uint32_t n_features;
    struct text_pairs *pairs;
    bool patterns_tried;
    const struct text_patterns *patterns;
};

/* What decides the shape of a run beside its text. */
struct text_shape {
    const struct text_font *font;
    const struct text_face *face;
    hb_script_t script;
    bool rtl;
};

/* `run` stands first: a pointer to it is a pointer to the whole. */
struct text_shaped {
    struct text_run run;
    struct text_shape shape;
};

enum text_word_flags {
    TEXT_WORD_HYPHENATE = 1,
    TEXT_WORD_URL = 2,
    TEXT_WORD_VERBATIM = 4,
    TEXT_WORD_RTL = 8,
    TEXT_WORD_PART = 16,  /* of a longer word: its cuts are found there */
    TEXT_WORD_PIECE = 32, /* one run whose shape is given */
    TEXT_WORD_CAPITALS = 64, /* of a text in capitals: no acronym */
};

struct text_cut {
    uint32_t at;           /* byte of the word, never 0 or its end */
    uint32_t segment;      /* the run whose glyphs it divides, or ends */
    uint32_t glyph;        /* text_glyph_at(run, at) */
    int32_t before, after; /* what reshaping adds, in font units; no hyphen */
    uint16_t upem;         /* of those units: the face may be a fallback */
    uint8_t kind;          /* enum text_cut_kind */
};

struct text_segment {
    const struct text_run *run;
    uint32_t from;         /* where its text begins in the word */
};

enum { TEXT_MAX_MISSING = 4 };

struct text_word {
    uint64_t hash;
    uint32_t font, script; /* ids; script and face only for pieces */
    uint32_t face;
    uint8_t flags;
    uint8_t n_missing;
    uint32_t missing[TEXT_MAX_MISSING]; /* characters without a glyph */
    str text;
    struct text_segment *segments;
    uint32_t n_segments;
    uint32_t n_cuts;
    struct text_cut *cuts;
};

struct text_engine {
    struct arena arena;   /* families, faces, fonts */
    struct arena words;   /* the cache; forgotten by text_engine_trim */
    struct arena scratch;
    struct text_config config;
    struct map families;  /* name to struct text_family */
    struct map patterns;  /* language to struct text_patterns */
    struct map no_patterns; /* languages that have none */
    VEC(struct text_patterns *) loaded;
    VEC(struct text_face_full *) faces;
    VEC(struct text_font *) fonts;
    hb_buffer_t *buffer;
    struct text_word **slots; /* of the cache: open addressing */
    size_t n_words, n_slots;
    size_t first_words;   /* bytes that the first note took since; 0: none yet */
    uint64_t age;         /* how often it was forgotten */
};

/* family.c. A family that does not exist has a `problem`; never NULL. */
struct text_family *text_family_find(struct text_engine *e, str name);
/* The nearest face, loaded; NULL when it cannot be had (see its `problem`). */
const struct text_face *text_family_face(struct text_engine *e, struct text_family *f,
                                         uint16_t weight, bool italic,
                                         struct text_family_face **slot);

/* face.c. Loads `slot->file`; leaves the face or the problem in the slot. */
void text_face_load(struct text_engine *e, const struct text_family *f,
                    struct text_family_face *slot);
void text_face_free(struct text_face_full *f);
hb_font_t *text_face_font(const struct text_face *f);
/* Where a family's file is: the first font root that has it. Empty: none. */
str text_face_path(struct text_engine *e, str file, struct arena *a);

/* font.c */
struct text_font *text_font_find(struct text_engine *e, const struct style *style,
                                 str lang);
/* "did you mean" for the name of a family, or empty. */
str text_suggest_family(const struct text_engine *e, str name, struct arena *a);

void text_font_report(struct text_engine *e, const struct text_font *f,
                      const struct style *style, struct place at,
                      struct diag_sink *sink);
bool text_face_covers(const struct text_face *face, uint32_t c);
/* The first face of the font's chain that has every character of `cluster`. */
const struct text_face *text_font_face_for(struct text_engine *e,
                                           const struct text_font *f, str cluster,
                                           hb_script_t script);
/* Says that no face has `c`, and what could be installed. */
void text_font_report_missing(struct text_engine *e, const struct text_font *f,
                              uint32_t c, struct place at, struct diag_sink *sink);
/* True if `sink` already keeps this message. */
bool text_reported(const struct diag_sink *sink, enum diag_code code, str message);

/* script.c */
hb_script_t text_script_of(uint32_t c);
bool text_script_is_real(hb_script_t s);

/* Other scripts break lines without hyphens: nobody misses patterns there. */
bool text_script_hyphenates(hb_script_t s);
hb_script_t text_script_of_lang(str lang);
bool text_script_is_rtl(hb_script_t s);
bool text_lang_is_rtl(str lang);
/* The first subtag, in lower case, in `out` (at most 8 letters). */
str text_lang_base(str lang, char out[9]);

/* shape.c */
struct text_shaped *text_shape_run(struct text_engine *e, const struct text_shape *shape,
                                   str text, struct text_word *report);
/* The same, whatever is known of the text's pairs: by HarfBuzz. */
struct text_shaped *text_shape_whole(struct text_engine *e,
                                     const struct text_shape *shape, str text,
                                     struct text_word *report);
/* The glyph boundary that byte `at` of the run's text corresponds to: glyphs on its
 * logical far side begin (or, right to left, end) there. */
uint32_t text_glyph_at(const struct text_run *run, uint32_t at);
/* True if a run may be cut at `at` by cutting its glyphs. */
bool text_cut_is_clean(const struct text_run *run, uint32_t at);
int64_t text_advance(const struct text_run *run, uint32_t from, uint32_t to);

/* word.c */
const struct text_word *text_word_find(struct text_engine *e, struct text_font *font,
                                       str text, uint8_t flags);
/* One run of exactly this shape. */
const struct text_run *text_piece_find(struct text_engine *e,
                                       const struct text_shape *shape, str text);
/* Measures the cuts whose kinds stand in `kinds` (w->text.n of them) into `cuts`, in
 * their order; gives their number. */
uint32_t text_measure_cuts(struct text_engine *e, const struct text_word *w,
                           const uint8_t *kinds, struct text_cut *cuts);

/* para.c: the run of a text that is one word, left to right, in one face, with nothing
 * about it to be told; else NULL. */
const struct text_run *text_lone_word(struct text_engine *e,
                                      const struct text_para_request *r);

/* hang.c: see text.h. How far a glyph of a run hangs out of its line. */
enum text_hang_side { TEXT_HANGS_BEFORE, TEXT_HANGS_BEHIND };
/* Puts a family's table into order. */
void text_hangs_sort(struct text_hangs *hangs);
len text_hang(const struct style *style, const struct text_run *run, uint32_t glyph,
              enum text_hang_side side);
bool text_is_elastic(const struct text_span *span, const struct text_face *face);

/* hyphenate.c. The patterns of a font's language, or NULL. */
const struct text_patterns *text_patterns_find(struct text_engine *e, str lang);

/* bidi.c */
bool text_needs_bidi(str text);
/* Levels of all bytes; gives the base direction. `rtl`: when the text has none. */
bool text_bidi_levels(struct text_engine *e, str text, bool rtl, uint8_t *levels);
/* The visual order of `n` items with these levels: order[k] is the item at place k. */
void text_bidi_order(const uint8_t *levels, uint32_t n, uint32_t *order);

#endif
