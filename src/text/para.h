/* text/para.h: what para.c, spans.c, items.c and long.c share while they make one. */
#ifndef INFONOTE_TEXT_PARA_H
#define INFONOTE_TEXT_PARA_H

#include "text/engine.h"

/* A span, as the paragraph needs it; made when its first character is met. */
struct text_span_info {
    bool ready;
    struct text_font *font;     /* its face may be NULL: then nothing is shown */
    uint8_t flags;              /* enum text_word_flags */
    len size, letter_space;
    uint16_t upem;
    const struct text_run *space, *hyphen;
    len space_width, space_stretch, space_shrink, hyphen_width;
    len sentence_space;         /* what a space between sentences is wider; or 0 */
};

struct text_builder {
    struct text_engine *e;
    const struct text_para_request *request;
    struct text_para *para;
    struct arena *a;
    struct diag_sink *sink;
    size_t cap;              /* of para->items */
    size_t *starts;          /* where each span begins; starts[n] is the end */
    struct text_span_info *infos;
    uint8_t *levels;         /* of bytes; NULL: all are 0 */
    uint32_t span;           /* the one at hand */
    bool capitals;           /* the text is in capitals */
    bool has_objects;
    bool at_start;           /* nothing stands on the line yet */
    bool has_pending;        /* a space waits for what follows it */
    size_t pending;          /* where it stands */
    uint32_t pending_span;
    size_t column_at, column; /* verbatim: columns counted up to a byte */
};

/* Where a word, or a part of one, stands. */
struct text_word_place {
    uint32_t span;
    uint8_t level;
    size_t from;         /* byte of the paragraph */
    const uint32_t *map; /* bytes of the word to bytes of the paragraph; NULL: in step */
};

/* spans.c */
struct text_span_info *text_span_info(struct text_builder *b, uint32_t span);

/* sentence.c: whether the language has wider spaces between sentences; whether the space
 * that waits, from `before` to `after`, is one. */
bool text_parts_sentences(str lang);
bool text_is_between_sentences(const struct text_builder *b, size_t before, size_t after);

/* items.c: an item of no kind yet; a word's; that of a place where it may end. */
struct text_item *text_add_item(struct text_builder *b);
void text_add_word(struct text_builder *b, const struct text_word *w,
                   const struct text_cut *cuts, uint32_t n_cuts,
                   const struct text_word_place *place);
void text_add_cut(struct text_builder *b, const struct text_cut *cut,
                  const struct text_word_place *place);

/* long.c: bytes [from, to), a word that is long, changes span or level, or has invisible
 * characters. */
void text_add_long_word(struct text_builder *b, size_t from, size_t to);

#endif
