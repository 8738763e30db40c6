/* text/text.h: from characters to shaped paragraphs.
 *
 * In:  spans of text with computed styles. Out: a paragraph as Knuth and Plass see it:
 * boxes (shaped text), glue (spaces) and places where a line may end; and, once the
 * breaks are chosen, the pieces of a line in visual order. Only text/ (and subsetting
 * in pdf/) includes HarfBuzz.
 *
 * The engine owns families, faces, hyphenation patterns and the cache of shaped words;
 * it serves many documents, one thread at a time.
 *
 *     struct text_para *p = text_para_new(engine, &request, scratch, sink);
 *     ... choose items where lines end ...
 *     text_set_line(engine, p, &(struct text_line_request){…}, doc_arena, &line);
 */
#ifndef INFONOTE_TEXT_TEXT_H
#define INFONOTE_TEXT_TEXT_H

#include "base/buf.h"
#include "base/diag.h"
#include "style/style.h"
#include "text/run.h"

struct text_engine;

/* All slices are borrowed for the engine's life; directories are searched in order. */
struct text_config {
    const str *font_specs;  /* directories with family files (fonts/NAME.yaml) */
    size_t n_font_specs;
    const str *font_roots;  /* where font files are: /usr/share/fonts, … */
    size_t n_font_roots;
    const str *hyphen_dirs; /* where hyph_*.dic are */
    size_t n_hyphen_dirs;
};

struct text_engine *text_engine_new(const struct text_config *config);
void text_engine_free(struct text_engine *e);

/* Forgets shaped words when they have grown beyond a budget. Call it between documents:
 * no paragraph, line or page list may be in use that came from the engine. */
void text_engine_trim(struct text_engine *e);

/* How often that has happened: runs from before are gone. */
uint64_t text_engine_age(const struct text_engine *e);

/* The face that shows plain text of `style`; NULL, with a report at `at`, if its family
 * or file cannot be had. */
const struct text_face *text_face_of(struct text_engine *e, const struct style *style,
                                     struct place at, struct diag_sink *sink);

/* The face of a font file that was loaded once, be it in another process; NULL if it
 * cannot be used any more. */
const struct text_face *text_face_open(struct text_engine *e, str file, uint32_t index);

/* One family a line: name, faces, whether their files are there, package, licence.
 * With `verify`, files are hashed and compared. False if something is missing or
 * wrong. */
bool text_list_families(struct text_engine *e, bool verify, struct arena *a,
                        struct buf *out);

/* Every face of every family whose file is there: its family's name for people, its path.
 * Ordered by family; the engine's. */
struct text_listed {
    str family, file;
};
const struct text_listed *text_list_files(struct text_engine *e, size_t *n);

/* What stands in a line like a letter: a picture. It stands on the baseline. */
struct text_object {
    len width, height;
    uint32_t number;           /* 1-based into the tree's pictures */
};

enum text_span_flags {
    TEXT_SPAN_VERBATIM = 1, /* code: no hyphens, no typography, spaces as they are */
    TEXT_SPAN_MARK = 8,     /* a footnote's mark: stays with its word */
    TEXT_SPAN_CHANGED = 4,  /* a bar stands beside its lines; nothing to text/ */
    TEXT_SPAN_URL = 2,      /* may break before / . ? & - _ and so on; no hyphens */
};

struct text_span {
    str text;                  /* logical order; U+2028 forces a line break */
    const struct style *style;
    str lang;                  /* BCP 47 */
    uint32_t element;          /* in the document's structure */
    uint32_t link;             /* 1-based into the tree's links; 0: none */
    uint32_t note;             /* 1-based number of the footnote it marks; 0: none */
    uint32_t anchor;           /* 1-based: a place that links may lead to; 0: none */
    uint32_t page_of;          /* 1-based anchor: flow/ puts the number of its page in
                                  place of the text; 0: the text is known */
    uint32_t flags;
    const struct text_object *object; /* stands in place of the text, U+FFFC; or NULL */
    struct place at;
};

struct text_para_request {
    const struct text_span *spans; /* borrowed as long as the paragraph lives */
    size_t n;
    bool hyphenate;            /* put hyphenation points in */
    str lang;                  /* the paragraph's; decides its direction when neutral */
};

enum text_item_kind {
    TEXT_BOX,   /* glyphs [glyph_from, glyph_to) of `run` */
    TEXT_GLUE,  /* a space: may stretch, shrink, and end a line (then it vanishes) */
    TEXT_BREAK, /* a line may, or must, end here */
};

enum text_break_flags {
    TEXT_BREAK_HYPHEN = 1,    /* breaking shows a hyphen */
    TEXT_BREAK_FORCED = 2,    /* a line must end here (U+2028, the paragraph's end) */
    TEXT_BREAK_EMERGENCY = 4, /* only when nothing else helps: inside a word */
    TEXT_BREAK_DASHED = 8,    /* the text itself has a hyphen before it */
    TEXT_BREAK_ADDRESS = 16,  /* inside a URL or an e-mail address */

    TEXT_BREAK_ANY_HYPHEN = TEXT_BREAK_HYPHEN | TEXT_BREAK_DASHED,
};

/* A width that a break changes: `before` is added to the line that ends there (hyphen,
 * and what reshaping changes), `after` to the line that begins behind it. */
struct text_item {
    uint8_t kind;      /* enum text_item_kind */
    uint8_t flags;     /* enum text_break_flags */
    uint8_t level;     /* bidi embedding level */
    bool no_break;     /* glue: a no-break space */
    uint32_t span;
    uint32_t from, to; /* bytes of the paragraph's text */
    const struct text_run *run; /* boxes, and the space of glue */
    uint32_t glyph_from, glyph_to;
    uint32_t run_from, run_to; /* box: bytes of the run's text that it shows */
    len width;             /* box: advance; glue: natural width */
    len stretch, shrink;   /* glue */
    len before, after;     /* break */
    int32_t penalty;       /* break: 0 is free, more is worse; for a hyphen, what comes
                              on top of the layout's own hyphen penalty */
};

struct text_para {
    const struct text_span *spans;
    size_t n_spans;
    str text;              /* all spans, one behind the other */
    struct text_item *items;
    size_t n;              /* the last item is a forced break */
    bool rtl;              /* the base direction */
    bool has_emergency;    /* some items are emergency breaks */
    str lang;
    bool hyphenate;
    int32_t tracking;      /* 1/1000 of their size: its letters stand so much wider apart
                              than their style says, its words do not; 0 at first */
};

/* Shapes the spans. Spaces collapse (but for VERBATIM spans); white space at both ends
 * vanishes. Missing glyphs are reported at their span. Lives in `a` together with its
 * arrays; runs live in the engine. An empty paragraph has one item. */
struct text_para *text_para_new(struct text_engine *e,
                                const struct text_para_request *request,
                                struct arena *a, struct diag_sink *sink);

/* One item a line: kind, widths, text; integer units. */
void text_para_dump(const struct text_para *p, struct buf *out);

/* Whether letters may stand wider apart at all: not where a script joins them. */
bool text_may_track(const struct text_para *p);

/* What letters of this span, in this face, have behind them beside their letter space. */
len text_tracking(const struct text_span *span, const struct text_face *face,
                  int32_t tracking);

/* How much wider the paragraph's tracking makes a box; or glue, which takes back what
 * the letter before it has behind it. */
len text_item_tracking(const struct text_para *p, const struct text_item *item);

/* How much wider a box's letters may be set, and as much narrower. */
len text_item_expansion(const struct text_para *p, const struct text_item *box);

/* How far a line that begins or ends with this box hangs over its edge; of what a
 * hyphen of this width hangs over. */
len text_hang_before(const struct text_para *p, const struct text_item *box);
len text_hang_behind(const struct text_para *p, const struct text_item *box);
len text_hang_hyphen(const struct text_para *p, const struct text_item *at);

/* One line: items [first, last), `last` being the break or glue that ends it (its hyphen
 * is shown) . Leading glue vanishes. `target` is the width to set it to, by letters that
 * are a little wider or narrower, then by stretching or shrinking its glue; a negative
 * one leaves it natural. With `hangs`, what its style lets hang out on the left begins
 * before 0, and neither that nor what hangs out on the right is in its width. */
struct text_line_request {
    size_t first, last;
    len target;
    bool hangs;
};

struct text_line {
    struct text_piece *pieces; /* in visual order, x from 0 */
    uint32_t n;
    const uint32_t *order;     /* the place of each in reading order; NULL: the same */
    len width;                 /* what came out */
    int32_t tracking;          /* the paragraph's */
    len ascent, descent;       /* of the faces on it, at their sizes; both positive */
    bool hyphenated;           /* it ends in a hyphen, the text's own or not */
};

void text_set_line(struct text_engine *e, const struct text_para *p,
                   const struct text_line_request *request, struct arena *a,
                   struct text_line *out);

/* All of a short text in one line, at its natural width: what stands before lines. */
void text_set_label(struct text_engine *e, const struct text_para_request *request,
                    struct arena *a, struct diag_sink *sink, struct text_line *out);

/* Typographic quotes, dashes (-- and ---), ellipses (...) and apostrophes in `lang`.
 * `state` carries what stands before `text` in the paragraph; start with {0}. */
struct text_typography {
    uint32_t before; /* the last code point; 0 at the paragraph's start */
    int depth;       /* quotes that are open: 1 for ", 2 for ' */
};
str text_make_typographic(str text, str lang, struct text_typography *state,
                          struct arena *a);

/* Where the first number of `text`, in `lang`, has its decimal point, or ends. */
size_t text_find_point(str text, str lang);

/* `text` with its first letter in title case, for the start of a sentence. */
str text_capitalise(str text, struct arena *a);

/* Where words of `lang` may be hyphenated: sets breaks[i] for a break before byte i of
 * `word` (n entries). False if there are no patterns for `lang`. */
bool text_hyphenate(struct text_engine *e, str word, str lang, uint8_t *breaks);

#endif
