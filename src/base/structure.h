/* base/structure.h: the logical structure of a document, as a screen reader walks it.
 *
 * The layout tree makes the elements while it walks the note, in reading order; every
 * item on a page carries the number of its element (or says what kind of artifact it
 * is); the PDF writer makes a structure tree of it. So tagging needs no walk of its
 * own. Roles are the standard structure types of ISO 32000-1, 14.8.4. */
#ifndef INFONOTE_BASE_STRUCTURE_H
#define INFONOTE_BASE_STRUCTURE_H

#include "base/vec.h"
#include "base/str.h"

/* role, name in the PDF, inline (attached to its parent where its text first appears,
 * between the parent's own text) or block (attached in the order of creation) */
#define STRUCTURE_ROLES(X)                                                              \
    X(DOCUMENT, "Document", false) X(SECT, "Sect", false) X(DIV, "Div", false)          \
    X(H1, "H1", false) X(H2, "H2", false) X(H3, "H3", false)                            \
    X(H4, "H4", false) X(H5, "H5", false) X(H6, "H6", false)                            \
    X(P, "P", false) X(L, "L", false) X(LI, "LI", false) X(LBL, "Lbl", false)           \
    X(LBODY, "LBody", false) X(BLOCK_QUOTE, "BlockQuote", false)                        \
    X(CODE, "Code", true) X(TABLE, "Table", false) X(THEAD, "THead", false)             \
    X(TBODY, "TBody", false) X(TFOOT, "TFoot", false) X(TR, "TR", false)                \
    X(TH, "TH", false) X(TD, "TD", false)                                               \
    X(FIGURE, "Figure", false) X(CAPTION, "Caption", false) X(TOC, "TOC", false)        \
    X(TOCI, "TOCI", false) X(NOTE, "Note", false) X(LINK, "Link", true)                 \
    X(REFERENCE, "Reference", true) X(SPAN, "Span", true)                               \
    X(PICTURE, "Figure", true)

enum structure_role {
#define X(symbol, name, inline_) STRUCTURE_##symbol,
    STRUCTURE_ROLES(X)
#undef X
    STRUCTURE_ROLE_COUNT
};

/* Page items that are no content. STRUCTURE_CONTENT: not an artifact. */
enum structure_artifact {
    STRUCTURE_CONTENT,
    STRUCTURE_HEADER,     /* Pagination, Header */
    STRUCTURE_FOOTER,     /* Pagination, Footer */
    STRUCTURE_WATERMARK,  /* Pagination, Watermark */
    STRUCTURE_PAGINATION, /* Pagination: what is said elsewhere, lines' numbers */
    STRUCTURE_AID,        /* Page: marks for who handles the paper */
    STRUCTURE_DECORATION, /* Layout: rules, drawn bullets, leaders, backgrounds */
};

enum structure_numbering { /* ListNumbering of an L */
    STRUCTURE_UNORDERED, STRUCTURE_DISC, STRUCTURE_DECIMAL, STRUCTURE_LOWER_ALPHA,
    STRUCTURE_UPPER_ALPHA, STRUCTURE_LOWER_ROMAN, STRUCTURE_UPPER_ROMAN,
};

/* What is drawn with an element's text: TextDecorationType. */
enum structure_decoration {
    STRUCTURE_UNDECORATED, STRUCTURE_UNDERLINE, STRUCTURE_LINE_THROUGH,
};

/* The cells that head a cell, by number; THs of its table. */
struct structure_heads {
    const uint32_t *v;
    uint32_t n;
};

/* What few elements have. */
struct structure_more {
    str lang;         /* empty: the parent's */
    str alt;          /* FIGURE, PICTURE (one inside a line): the text instead of it */
    str title;        /* headings: their text; may be empty */
    struct structure_heads heads; /* TH, TD: where Scope does not tell what heads it */
    bool is_head;     /* TH: some cell names it so */
};

struct structure_element {
    uint8_t role;           /* enum structure_role */
    uint8_t numbering;      /* L: enum structure_numbering */
    uint8_t decoration;     /* enum structure_decoration */
    bool row_head;          /* TH: of its row; else of what is below it */
    uint32_t parent;        /* the number of the parent; the root is its own */
    uint16_t columns, rows; /* TH, TD: how many they span; 0 is 1 */
    const struct structure_more *more; /* to be read; never NULL */
};

/* The rows of a table from data, which are too many for an element each: all of them are
 * TRs of TDs. Their numbers are beyond those of elements: row r has `first` + r *
 * (columns + 1), its cells have those behind it. */
struct structure_grid {
    uint32_t first, parent; /* the parent has no other children */
    uint32_t rows, columns;
    const struct structure_heads *heads; /* of the cells of each column; or NULL */
};

enum { STRUCTURE_GRIDS = 1 << 30 }; /* the first number in any grid */

/* Element 0 is the root, a DOCUMENT. A parent has a smaller number than its children. */
struct structure {
    VEC(struct structure_element) elements;
    VEC(struct structure_grid) grids; /* in the order of their numbers */
};

/* Adds an element; gives its number. */
uint32_t structure_add(struct structure *s, struct arena *a, enum structure_role role,
                       uint32_t parent);

/* Adds a grid; gives the number of its first row. */
uint32_t structure_add_grid(struct structure *s, struct arena *a, uint32_t parent,
                            uint32_t rows, uint32_t columns);

/* The grid that `element` is in; NULL: it is an element, or nothing. */
const struct structure_grid *structure_grid_of(const struct structure *s,
                                               uint32_t element);

/* What is asked of any number: whether there is such an element, its role, its parent. */
bool structure_has(const struct structure *s, uint32_t element);
enum structure_role structure_role_of(const struct structure *s, uint32_t element);
uint32_t structure_parent_of(const struct structure *s, uint32_t element);

/* What element `number` has more than others, to be written. */
struct structure_more *structure_more(struct structure *s, struct arena *a,
                                      uint32_t number);

const char *structure_role_name(enum structure_role role);
bool structure_is_inline(enum structure_role role);

#endif
