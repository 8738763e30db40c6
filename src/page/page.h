/* page/page.h: the page list: the narrow waist between layout and output.
 *
 * Pages of positioned items, and what they refer to. A writer only translates: it needs
 * no style, no note, no font file but the faces named here. Lengths are `len`, the
 * origin is the page's top left corner, y grows downwards; text stands on its baseline.
 * Items are in drawing order. */
#ifndef INFONOTE_PAGE_PAGE_H
#define INFONOTE_PAGE_PAGE_H

#include "base/buf.h"
#include "base/color.h"
#include "base/diag.h"
#include "base/structure.h"
#include "image/image.h"
#include "text/run.h"

enum page_item_kind {
    PAGE_TEXT, /* pieces on one baseline, in one face, size and colour */
    PAGE_RULE, /* a filled rectangle */
    PAGE_LINK, /* an area that leads somewhere; draws nothing */
    PAGE_PATH, /* a vector shape: filled, stroked or both */
    PAGE_IMAGE, /* a picture */
};

struct page_rect {
    len x, y, width, height; /* y of the upper edge */
};

/* A shape is a list of segments; those of CURVE are cubic Béziers. A path begins with
 * MOVE, and so does what follows CLOSE. */
enum page_segment_kind { PAGE_MOVE, PAGE_LINE, PAGE_CURVE, PAGE_CLOSE };

struct page_segment {
    enum page_segment_kind kind;
    len x, y;                   /* where it ends; CLOSE: unused */
    len x1, y1, x2, y2;         /* CURVE: the control points */
};

/* The numbers are those of PDF. */
enum page_cap { PAGE_CAP_BUTT, PAGE_CAP_ROUND, PAGE_CAP_SQUARE };
enum page_join { PAGE_JOIN_MITER, PAGE_JOIN_ROUND, PAGE_JOIN_BEVEL };

struct page_path {
    len x, y;                   /* what the segments count from: a shape may be shared */
    const struct page_segment *segments;
    uint32_t n;
    bool fill, even_odd, stroke; /* at least one of fill and stroke */
    struct color fill_color, stroke_color;
    len stroke_width;
    enum page_cap cap;
    enum page_join join;
};

struct page_item {
    enum page_item_kind kind;
    enum structure_artifact artifact; /* STRUCTURE_CONTENT: belongs to `element` */
    uint32_t element;
    struct place at;                  /* in the note, for dumps */
    union {
        struct {
            const struct text_face *face;
            len size;
            struct color color;
            len letter_space;
            int16_t expansion;        /* of all pieces: see text_piece */
            len x, y;                 /* of the line's left edge; the baseline */
            const struct text_piece *pieces;
            uint32_t n;
            str lang;                 /* empty: the document's */
            int angle;                /* degrees: turned to the left about (x, y) */
        } text;
        struct { struct page_rect rect; struct color color; } rule;
        struct { struct page_rect rect; uint32_t link; } link; /* 1-based into `links` */
        struct page_path path;
        struct {
            const struct image *image;
            struct page_rect rect;    /* what is seen of it */
            struct page_rect whole;   /* where all of it would be; the same, or around */
        } image;
    } as;
};

struct page;
struct page_list;

/* Items that are made when somebody asks for them, because those of all pages together
 * would be too many: the rows of a table from data. */
struct page_later {
    size_t before;                    /* the item of the page that comes behind them */
    const void *what;
    void (*make)(const void *what, struct page_list *list, struct page *p);
};

struct page {
    len width, height;
    str label;                        /* the number as printed */
    struct page_rect body;            /* where flowed items may stand; for the check */
    struct page_rect head;            /* where a letter's parts may, too; or empty */
    VEC(struct page_item) marks;      /* around it, on a sheet that is cut */
    VEC(struct page_item) items;      /* without those of `later`: see page_open */
    VEC(struct page_later) later;     /* in the order of their places */
    len bleed;                        /* of what is made later, as of `items` already */
};

/* What is printed around every page, and cut off. */
struct page_sheet {
    len bleed;  /* beyond the page's edges: the page itself goes on */
    len margin; /* from the page's edges to the sheet's; the bleed, or more */
};

/* A page on a sheet with others. */
struct page_placed {
    uint32_t page;          /* 0-based */
    len x, y;               /* of its upper left corner, in the block */
    struct page_rect clip;  /* what is seen of it, in the block */
};

/* One side of a sheet. Pages that are cut out of it together, or folded, are a block,
 * which has no items of its own, but marks. */
struct page_face {
    struct page block;
    VEC(struct page_placed) placed;
};

/* Pages on larger sheets, in another order. */
struct page_sheets {
    len width, height;      /* of every sheet */
    len left, top;          /* where the block stands on it */
    bool folded;            /* the block is folded in its middle, not cut */
    VEC(struct page_face) faces; /* none: every page is a sheet */
};

struct page_anchor { /* a place that links lead to */
    str id;
    uint32_t page;   /* 0-based */
    len x, y;
    bool placed;
};

struct page_link {
    str uri;         /* empty: internal */
    uint32_t anchor; /* 1-based into `anchors` */
    str contents;
    uint32_t element;
};

struct page_outline {
    int level;       /* 1..6; the first entry is 1, none is more than one deeper */
    str title;
    uint32_t page;
    len y;
};

/* A file that travels with the pages. */
struct page_attachment {
    str name;             /* may have folders: "maps/north.csv" */
    str type;             /* MIME */
    str description;      /* plain text; may be empty */
    const char *relation; /* as PDF calls it: "Source", "Data" */
    str bytes;
};

struct page_list {
    struct arena *arena;
    VEC(struct page) pages;
    VEC(struct page_anchor) anchors;
    VEC(struct page_link) links;
    VEC(struct page_outline) outline;
    VEC(struct page_attachment) attachments;
    struct structure structure;
    struct page_sheet sheet;
    struct page_sheets sheets;
    bool rtl;                         /* read from right to left */
    struct color_palette palette;     /* that the names of colours count in */
    str lang, title, authors, subject, keywords, date; /* plain text; may be empty */
};

void page_list_init(struct page_list *l, struct arena *a);
struct page *page_add(struct page_list *l, len width, len height);
struct page_item *page_add_item(struct page_list *l, struct page *p,
                                enum page_item_kind kind);

/* Items will be made at the end of what is on the page by now. */
void page_add_later(struct page_list *l, struct page *p, struct page_later later);

/* `n` items were put before item `at`: what comes later moves with those behind. */
void page_move_later(struct page *p, size_t at, size_t n);

/* The page with all its items. Where some are yet to be made, it is in `room`, its items
 * are in `a`; else it is `p`. */
const struct page *page_open(const struct page *p, struct arena *a, struct page *room);

/* What a path may touch: its points and, if it is stroked, half a line more. */
struct page_rect page_path_bounds(const struct page_path *path);

/* What every page list must satisfy: items inside their page, flowed items inside the
 * body, no two lines on one place, links and elements resolved, glyphs not 0. Reports
 * INTERNAL for each fault; true if there is none. */
bool page_check(const struct page_list *l, struct diag_sink *sink);

/* Pixels to the inch: what print needs, and what is good for it. */
enum { PAGE_LEAST_PPI = 150, PAGE_GOOD_PPI = 250 };

/* What print asks of pages. Pictures have 150 pixels to the inch or more, else they are
 * reported, below 250 as a warning. What reaches an edge goes on into the bleed; what
 * nearly reaches it is reported. Then the sheet gets its size and its marks; what is
 * among them already, a line of text, is moved below the bleed. False if something was
 * reported as an error. */
enum page_marks { PAGE_NO_MARKS, PAGE_CROP_MARKS, PAGE_ALL_MARKS };

struct page_print {
    len bleed;                        /* below 0: 3 mm if something reaches an edge */
    struct place bleed_at;            /* where that is said */
    enum page_marks marks;
};
bool page_for_print(struct page_list *l, const struct page_print *print,
                    struct diag_sink *sink);

/* Where in the note an item comes from; one without a place of its own, a background,
 * from where the text on it does, or the nearest above or below. */
struct place page_place_of(const struct page *p, const struct page_item *item);

/* Lets items from number `first` on that reach an edge go on beyond it. */
void page_bleed_items(struct page *p, size_t first, len bleed);

/* marks.c: the marks around each page, or each block of pages, outside the bleed, and
 * room for them; false, with a report, if there is none. What the pages have of their own
 * around them goes to their block. */
bool page_mark_sheets(struct page_list *l, enum page_marks marks, struct diag_sink *sink);

/* impose.c: puts pages on sheets, once they are ready for print, if they are printed on
 * a press. False, with a report, if they do not fit. */
enum page_imposing { PAGE_SINGLE, PAGE_2_UP, PAGE_4_UP, PAGE_BOOKLET };

struct page_imposition {
    enum page_imposing how;
    len width, height;                /* of the sheets, either way round; 0: as large as
                                         the pages need */
    len thickness;                    /* of the paper: how far each sheet of a booklet
                                         stands out of the one around it */
    uint32_t signature;               /* pages of a booklet that are folded together, a
                                         multiple of 4; 0: all */
    enum page_marks marks;
};
bool page_impose(struct page_list *l, const struct page_imposition *how,
                 struct diag_sink *sink);

/* booklet.c: which page is where when sheets are printed on both sides, laid one in the
 * other, folded in the middle and stitched there: all of them, or as many as make a
 * signature of `each` pages, a multiple of 4; 0: all. Faces count from 0: the outermost
 * sheet's outer side, its inner side, the next sheet's outer side. */
uint32_t page_booklet_faces(uint32_t pages);

/* How many sheets of its signature lie around the one that a face is of. */
uint32_t page_booklet_sheet(uint32_t each, uint32_t face);

/* The page, from 0, on the left or right half of a face; `pages` or more: it is empty. */
uint32_t page_in_booklet(uint32_t pages, uint32_t each, uint32_t face, bool right);

/* One item a line, integer units, nothing volatile. */
void page_dump(const struct page_list *l, struct buf *out);

#endif
