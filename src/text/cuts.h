/* text/cuts.h: where a word may be cut, and how bad that is. */
#ifndef INFONOTE_TEXT_CUTS_H
#define INFONOTE_TEXT_CUTS_H

#include "text/engine.h"

/* kind, flags of the break, penalty beside what the layout asks for a hyphen. Ordered:
 * of two kinds at one place the later one stays. */
#define TEXT_CUT_KINDS(X)                                                                \
    X(NONE, 0, 0)                                                                        \
    X(EMERGENCY, TEXT_BREAK_EMERGENCY, 5000) /* between any two characters */            \
    X(EMERGENCY_HYPHEN, TEXT_BREAK_EMERGENCY | TEXT_BREAK_HYPHEN, 5000) /* or letters */ \
    X(HYPHENATE_PART, TEXT_BREAK_HYPHEN, 150) /* in a word that has a hyphen already */  \
    X(HYPHENATE_NAME, TEXT_BREAK_HYPHEN, 50)  /* in a capitalised word */                \
    X(HYPHENATE, TEXT_BREAK_HYPHEN, 0)                                                   \
    X(URL_SCHEME, TEXT_BREAK_ADDRESS, 400) /* behind `://` */                            \
    X(URL_JOINER, TEXT_BREAK_ADDRESS, 300) /* behind `:`, before `@` `%` */              \
    X(URL_DOT, TEXT_BREAK_ADDRESS, 250) /* before `.` `,` `;` */                         \
    X(URL_DASH, TEXT_BREAK_ADDRESS, 200) /* before `-` `_` `~` */                        \
    X(URL_QUERY, TEXT_BREAK_ADDRESS, 150) /* before `?` `&` `#`, behind `=` */           \
    X(URL_SLASH, TEXT_BREAK_ADDRESS, 100) /* before `/` */                               \
    X(SHORT_HYPHEN, TEXT_BREAK_DASHED, 300) /* e-|mail */                                \
    X(SLASH, 0, 200)         /* institutions/|organisations */                           \
    X(RANGE, 0, 150)         /* 28–|29 */                                                \
    X(OTHER, 0, 100)         /* whatever else UAX #14 allows */                          \
    X(HYPHEN, TEXT_BREAK_DASHED, 50)        /* well-|known */                            \
    X(DASH, 0, 50)           /* word—|word */                                            \
    X(FREE, 0, 0)            /* between ideographs */                                    \
    X(ZERO_SPACE, 0, 0)      /* U+200B */                                                \
    X(SOFT, TEXT_BREAK_HYPHEN, 0) /* U+00AD */

enum text_cut_kind {
#define X(symbol, flags, penalty) TEXT_CUT_##symbol,
    TEXT_CUT_KINDS(X)
#undef X
    TEXT_CUT_KIND_COUNT
};

struct text_cut_meaning {
    uint8_t flags;
    int32_t penalty;
};
extern const struct text_cut_meaning TEXT_CUT_MEANING[TEXT_CUT_KIND_COUNT];

/* What is known of a word beside its text. */
struct text_cut_request {
    struct text_font *font;
    str text;
    uint8_t flags;          /* enum text_word_flags */
    const uint8_t *borders; /* non-zero where another span begins; may be NULL */
};

/* Writes the kind of cut before each byte: `kinds` has text.n entries. */
void text_find_cuts(struct text_engine *e, const struct text_cut_request *r,
                    uint8_t *kinds);

/* Places that end a grapheme cluster: breaks[i] for one that begins at byte i. */
void text_grapheme_breaks(str text, uint8_t *breaks);

#endif
