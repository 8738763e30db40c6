/* tree/tree.h: the layout tree: boxes with their styles, ready to be flowed.
 *
 * In:  a note and its layout. Out: boxes in reading order. Here numbers become text
 * (headings, lists, footnote marks), labels are added in the note's language, styles are
 * computed, structure elements and anchors are made. Paragraphs hold styled spans, not
 * shaped glyphs: flow/ shapes one paragraph at a time, which keeps the memory of a long
 * note small and costs little, because shaped words are cached. */
#ifndef INFONOTE_TREE_TREE_H
#define INFONOTE_TREE_TREE_H

#include "base/structure.h"
#include "image/image.h"
#include "image/qr.h"
#include "note/note.h"
#include "style/style.h"
#include "text/text.h"

enum box_kind {
    BOX_STACK,      /* children one below the other */
    BOX_PARAGRAPH,  /* spans */
    BOX_RULE,       /* a horizontal rule */
    BOX_PAGE_BREAK,
    BOX_TABLE,      /* ROWs of CELLs */
    BOX_ROW,
    BOX_CELL,       /* children one below the other, as in a STACK */
    BOX_COLUMNS,    /* children in columns, one below the other in each */
    BOX_BESIDE,     /* children side by side, as many as fit into a row */
    BOX_QR,         /* a QR code; its caption is the next box */
    BOX_IMAGE,      /* a picture; the caption is the next box */
};

/* A check box, drawn where a list's marker stands. */
enum box_mark { BOX_UNMARKED, BOX_TO_DO, BOX_DONE };

struct tree_spans {
    struct text_span *v;
    size_t n, cap;
};

/* What stands at the far edge of a paragraph's last line, in its indent-end: the number
 * of a page, and what is repeated between it and the text. */
struct box_tail {
    struct text_span number; /* `page_of` says whose; the text is not known yet */
    struct text_span leader; /* one of them; may be empty */
};

/* What the lines of a piece of code have beside their text. */
struct box_code {
    struct tree_spans numbers; /* one a line; n = 0: none */
    len number_gap;
    struct tree_spans sign;    /* where a line goes on; n = 0: none */
    len indent;                /* of what goes on */
};

struct box_qr {
    const struct image_qr *code;
    const struct note_qr *wanted;
    uint32_t link;             /* 1-based into the tree's links; 0: none */
};

/* A table's rows from data: what a row and its cells would have as boxes. */
struct box_data {
    const struct data_table *table;
    str lang;
    uint32_t first;             /* element of the first row */
    const struct style *row;
    struct box_column {
        const struct style *cell, *text;
        bool decimal;
    } *columns;                 /* of the table */
};

struct box {
    enum box_kind kind;
    const struct style *style;
    struct place at;
    uint32_t element;           /* in the tree's structure */
    struct box *parent, *first, *last, *next;

    len indent;                 /* added to the style's indent_start */
    struct tree_spans spans;    /* PARAGRAPH */
    struct tree_spans marker;   /* hangs before the first line; n = 0: none */
    len marker_room;            /* it begins this far before the text; 0: it ends
                                   `marker_gap` before the text */
    len marker_gap;
    len marker_indent;          /* the text stands so much further in than what marker
                                   and check box belong to */
    len least_width, gap;       /* BESIDE: of each child; between two */
    uint32_t columns;           /* TABLE, COLUMNS: how many; `gap` is between two */
    len rule;                   /* COLUMNS: how thick the lines between them are; or 0 */
    const struct box_data *data; /* TABLE: rows behind those that are boxes; or NULL */
    uint32_t column;            /* CELL: its first column, from 0 */
    uint32_t span_columns, span_rows; /* CELL: at least 1 */
    bool decimal;               /* PARAGRAPH in a cell: a number, set by its point */
    bool header;                /* ROW: stands again at the top of each page */
    bool foot;                  /* ROW: totals, below the others */
    const struct note_table_widths *widths; /* TABLE: or NULL: by content */
    struct box *continued;      /* TABLE: stands above the head of later parts; or NULL */
    bool follows;               /* belongs to what stands before it */
    const struct box_qr *qr;    /* QR */
    const struct image *image;  /* IMAGE */
    const struct note_image *wanted; /* IMAGE: its size, as the note has it */
    enum box_mark mark;         /* between marker and text */
    uint32_t mark_element;
    const struct style *mark_style;
    len mark_size;              /* its side */
    const struct box_tail *tail; /* PARAGRAPH; or NULL */
    const struct box_code *code; /* PARAGRAPH; or NULL */
    enum note_place place;      /* of what floats */
    bool changed;               /* a bar stands beside its lines */
    bool keep_whole, keep_with_next; /* as the note says; beside the style */
    bool introduces;            /* a list follows that belongs to it: stays with it */
    uint32_t anchor;            /* 1-based; 0: none */
    int outline_level;          /* 1..6 for headings; 0: not in the outline */
    str outline_title;
};

struct tree_link {
    str uri;         /* absolute; empty for internal ones */
    uint32_t anchor; /* 1-based target; 0 for URIs */
    str contents;    /* what a reader is told about it */
    uint32_t element;
    uint32_t note;   /* the footnote whose label is its text; 0: none */
};

/* A span whose text is the number of a page. */
struct tree_page_ref {
    uint32_t anchor; /* 1-based */
    struct place at;
};

/* A picture inside a line; its size is in the span's object. */
struct tree_picture {
    const struct image *image;
    const struct note_image *wanted;
};

struct tree_note {    /* a footnote */
    struct box *box;  /* a STACK */
    str label;        /* "1", "*"; where each page begins anew, flow/ gives it another */
    struct place at;
    struct box *first; /* its number is the marker of this paragraph */
};

/* What of a letter does not stand in the text; NULL where there is none. */
struct tree_letter {
    struct layout_letter sheet;
    struct box *sender, *remarks, *recipient; /* PARAGRAPHs, a line each */
    struct box *sender_line;                  /* PARAGRAPH */
    bool sender_line_repeats;                 /* what `sender` says: no content */
    struct box *information;                  /* a STACK */
};

struct tree {
    struct layout *layout;
    struct arena *arena;
    struct structure structure;
    struct image_store images;
    str lang, title, date;       /* plain text */
    str reference, classification, subject, authors, keywords;
    uint32_t banner;             /* the element of the first page's; 0: no banner */
    struct box *logo;            /* of the letterhead: a STACK, or NULL */
    struct tree_letter *letter;  /* or NULL */
    str recipient;               /* the first line of its address */
    struct box *front;           /* title, subtitle, facts: a STACK */
    struct box *body;            /* a STACK */
    struct box *disclaimer;      /* a STACK, or NULL; where it stands is the layout's */
    VEC(struct tree_note) notes; /* in the order of their numbers; spans and dumps refer
                                    to them 1-based */
    uint32_t note_labels;        /* so many labels have room before the notes' text */
    VEC(struct tree_link) links; /* spans refer to them by 1-based index */
    VEC(str) anchors;            /* the ids; spans and boxes refer to them 1-based */
    bool has_changes;            /* some boxes or spans have changed */
    VEC(struct tree_picture) pictures; /* spans' objects refer to them 1-based */
    VEC(struct tree_page_ref) page_refs; /* of all spans with `page_of` */
};

/* What building needs; all of it outlives the tree. */
struct tree_request {
    const struct note *note;
    struct layout *layout;
    struct text_engine *engine; /* to measure markers */
    struct arena *arena;        /* the tree lives here */
    struct diag_sink *sink;
    struct image_tools *images; /* for drawings; NULL: they are refused */
};

/* NULL on errors, which are in the sink. */
struct tree *tree_build(const struct tree_request *request);

/* The label of a footnote, counted from 1. */
str tree_note_label(const struct layout *l, uint32_t number, struct arena *a);

/* A paragraph for a header or footer: `text` in the style named `style`. */
struct box *tree_running(struct tree *t, str text, const char *style, struct arena *a);

/* True if parents, children and indices are consistent. */
bool tree_check(const struct tree *t);

void tree_dump(const struct tree *t, struct buf *out);

#endif
