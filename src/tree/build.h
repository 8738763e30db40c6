/* tree/build.h: what the files of tree/ share while a tree is built. */
#ifndef INFONOTE_TREE_BUILD_H
#define INFONOTE_TREE_BUILD_H

#include "tree/tree.h"

struct tree_builder {
    const struct note *note;
    struct tree *tree;
    struct layout *layout;
    struct text_engine *engine;
    struct arena *arena;
    struct arena scratch;       /* for measuring; holds nothing between calls */
    struct diag_sink *sink;
    struct map ids;             /* id → anchor number (as a pointer-sized integer) */
    struct map targets, targets_by_id;         /* what has a number or an id */
    VEC(const struct note_node *) headings;    /* all, in reading order */
    int bullet_depth, number_depth; /* lists around the place where we are */
    bool in_note;          /* what is made stands in a footnote */
    bool changed;               /* what is made now is new */
    int tables;                 /* numbered ones so far */
    len note_room;              /* left of the notes' text, for their numbers */
    struct tree_met *met;       /* by the number that the note gives its footnotes, - 1 */
    uint32_t notes_met;
};

/* A footnote, once its first mark is met. */
struct tree_met {
    uint32_t number;              /* 0: not yet */
    const struct note_node *mark; /* the first one */
};

/* Where a block stands: what it inherits. */
struct tree_context {
    struct box *parent;
    const struct style *style;
    str lang;
    uint32_t element; /* its structure elements go below this one */
    bool tight;       /* paragraphs without space of their own: short items, notes */
};

/* box.c */
struct box *tree_add_box(struct tree_builder *b, const struct tree_context *c,
                         enum box_kind kind, const char *rule, struct place at);
const struct style *tree_style(struct tree_builder *b, const struct style *parent,
                               const char *rule);
const struct style *tree_user_style(struct tree_builder *b, const struct style *parent,
                                    const struct note_node *node);
uint32_t tree_element(struct tree_builder *b, enum structure_role role, uint32_t parent);

/* Tells `element` what lines `style` draws under or through its text. */
void tree_decorate(struct tree_builder *b, uint32_t element, const struct style *style);
struct structure_more *tree_more(struct tree_builder *b, uint32_t element);
uint32_t tree_anchor(struct tree_builder *b, str id);
len tree_spans_width(struct tree_builder *b, const struct tree_spans *spans);

/* What is made from now on is new, if `node` says so; gives what held before. */
bool tree_begin_change(struct tree_builder *b, const struct note_node *node);
void tree_end_change(struct tree_builder *b, bool before);

/* inline.c: the inlines below `node` as spans of `box`, then the footnotes that have
 * their first mark there. */
void tree_collect(struct tree_builder *b, const struct tree_context *c, struct box *box,
                  const struct note_node *node);
void tree_add_text(struct tree_builder *b, struct tree_spans *spans,
                   const struct text_span *like, str text);

/* reference.c: numbers of headings, and of tables and figures with a caption: as printed,
 * empty without one. */
void tree_number_all(struct tree_builder *b);
str tree_number_of(const struct tree_builder *b, const struct note_node *node);

/* A link without text: the words that it stands for, as spans like `like`; `starts`: it
 * begins a paragraph. What a screen reader is told about it. */
void tree_add_reference(struct tree_builder *b, struct tree_spans *spans,
                        const struct text_span *like, const struct note_node *link,
                        bool starts);
str tree_reference_contents(struct tree_builder *b, const struct note_node *link,
                            str lang);

/* The inlines below `node` without what they would do again: marks, anchors, links; as
 * spans of `box` like `around`. */
void tree_collect_quoted(struct tree_builder *b, struct box *box,
                         const struct text_span *around, const struct note_node *node);

/* toc.c */
void tree_toc(struct tree_builder *b, const struct tree_context *c,
              const struct note_node *node);

/* blocks.c */
void tree_blocks(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *parent);

/* table.c */
void tree_table(struct tree_builder *b, const struct tree_context *c,
                const struct note_node *node);

/* heads.c: which cells head which, where their places alone do not tell a reader. */
void tree_heads(struct tree_builder *b, struct box *table);

/* rows.c: the rows of a TABLE, which is the parent, that come from data; once. */
void tree_rows(struct tree_builder *b, const struct tree_context *c,
               const struct note_node *node);

/* figure.c */
void tree_figure(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node);

/* A style but for the alignment that the note asks for. */
const struct style *tree_aligned(struct tree_builder *b, const struct style *style,
                                 enum note_image_align align);

/* qr.c */
void tree_qr(struct tree_builder *b, const struct tree_context *c,
             const struct note_node *node);

/* A picture inside a line of style `s`; NULL, with a report, if it cannot be used. */
const struct text_object *tree_picture(struct tree_builder *b, const struct style *s,
                                       const struct note_image *wanted);

/* What a node itself says about style, language and id, before what stands inside. */
void tree_apply_own(struct tree_builder *b, struct box *box,
                    const struct note_node *node);

/* The context of what stands inside the box of `node`. */
struct tree_context tree_inside(const struct tree_context *c, struct box *box,
                                const struct note_node *node);

/* lists.c */
void tree_list(struct tree_builder *b, const struct tree_context *c,
               const struct note_node *node);

/* The first paragraph inside `box`, for its marker; made if there is none without one.
 * `further_in` is how far its text stands inside the box. */
struct box *tree_first_paragraph(struct tree_builder *b, const struct tree_context *c,
                                 struct box *box, len *further_in);
void tree_definitions(struct tree_builder *b, const struct tree_context *c,
                      const struct note_node *node);

/* code.c */
void tree_code(struct tree_builder *b, const struct tree_context *c,
               const struct note_node *node);

/* signature.c */
void tree_signatures(struct tree_builder *b, const struct tree_context *c,
                     const struct note_node *node);

/* columns.c */
void tree_columns(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node);

/* callout.c */
void tree_callout(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node);

/* front.c */
void tree_front(struct tree_builder *b, const struct tree_context *c);
void tree_disclaimer(struct tree_builder *b, const struct tree_context *c);

/* A block of facts in a style; the label of one as spans of `box`. */
void tree_facts(struct tree_builder *b, const struct tree_context *c,
                const struct note_node *node, const char *rule);

/* figure.c: the picture of the letterhead. */
void tree_logo(struct tree_builder *b, const struct tree_context *c);

/* letter.c: the parts of a letter that stand before its text, and those behind it. */
void tree_letter_head(struct tree_builder *b, const struct tree_context *c);
void tree_letter_end(struct tree_builder *b, const struct tree_context *c);

/* notes.c */
void tree_note_of_mark(struct tree_builder *b, const struct tree_context *c,
                       const struct note_footnote *footnote);
struct tree_met tree_note_met(struct tree_builder *b, const struct note_node *mark);
str tree_note_id(struct tree_builder *b, const char *prefix, uint32_t number);
void tree_measure_note_room(struct tree_builder *b);

#endif
