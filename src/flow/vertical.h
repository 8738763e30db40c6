/* flow/vertical.h: what the files of flow/ share.
 *
 * The tree becomes one list of lines, each with the space before it, the cost of a page
 * break before it, and the footnotes that it marks. A `region` is what lines are poured
 * into: a column of a page.
 *
 * Columns inside a region. The lines of a `columns` block are a group: in the list they
 * stand one behind the other like all lines, in the order of reading. A region may hold
 * any run of them, its part, between what stands before and behind the block. The part
 * is as high as its balance: the least height h such that its lines, in their order, fit
 * into the group's columns, none of them higher than h, and a column ends
 *   - only where that costs less than a widow or an orphan, if h is then at most `slack`
 *     higher than
 *   - it were if columns ended anywhere but where something is kept with its next.
 * A column of lines is as high as a region of them: spaces vanish at its top, the heads
 * of tables stand there again, frames keep their padding. Pages may end between any two
 * lines of a group, at the cost that the line says. Notes are the region's. */
#ifndef INFONOTE_FLOW_VERTICAL_H
#define INFONOTE_FLOW_VERTICAL_H

#include "flow/flow.h"

/* A break that must not be, unless nothing else is possible. */
#define FLOW_NEVER 1000000

enum flow_line_kind { FLOW_TEXT, FLOW_RULE, FLOW_ROW, FLOW_IMAGE, FLOW_QR, FLOW_DATA };

struct flow_row;
struct flow_data;

/* A box with a background or border, and where its edges are. */
struct flow_frame {
    const struct flow_frame *parent; /* the frame around it, or NULL */
    const struct style *style;
    len x, width;                    /* from the region's left edge, borders included */
    bool rtl;                        /* its text begins at the right */
};

struct flow_lines {
    struct flow_line *v;
    size_t n, cap;
};

struct flow_range {
    size_t first, last;
};

struct flow_group;

struct flow_line {
    enum flow_line_kind kind;
    const struct box *box;
    struct text_line text;   /* TEXT */
    struct text_line marker; /* n = 0: none */
    const struct text_span *marker_spans;
    uint8_t marker_artifact; /* enum structure_artifact: a line's number, say, is seen,
                                but no part of the text */
    len x, marker_x, mark_x; /* from the region's left edge */
    len width;               /* the measure; RULE: its length */
    len height;              /* TEXT: the leading; RULE: its thickness */
    len baseline;            /* from the line's top */
    len before;              /* space above; vanishes at a region's top */
    int32_t penalty;         /* of a break before this line */
    bool has_mark;           /* the box's check box stands before it */
    bool forced;             /* a page must end before it */
    bool right;              /* and it must stand on a right one, if there are such */
    bool rtl;                /* TEXT: its paragraph reads from right to left */
    bool ends;               /* the last line of a box with a tail */
    len edge;                /* the far edge of that tail, from the region's left */
    bool at_foot;            /* stands at the region's foot, above the notes */
    uint32_t notes;          /* notes marked on earlier lines: an index into `order` */
    const struct flow_frame *frame;  /* the innermost around it, or NULL */
    uint16_t opens, closes;          /* how many frames begin and end with it */
    len above, below;                /* their padding and borders */
    len open_above, open_below;      /* the padding of the others, which it also needs
                                        where it begins or ends a region */
    struct flow_group *group;        /* in columns, `x` counts from the column's left
                                        edge, `frame` knows what is inside; or NULL */
    const struct flow_row *row;      /* ROW */
    const struct flow_data *data;    /* DATA: the rows, and which of them */
    uint32_t data_row;
    bool dense;                      /* a page ends before it only if it is full */
    const struct flow_lines *repeat; /* stand again above this line where it is the first
                                        of a region: a table's head; or NULL */
};

enum { FLOW_MAX_COLUMNS = 6 };

/* Where columns of a group may end. Lines count from the group's first. */
struct flow_ends {
    int32_t limit;         /* before lines with a penalty below this */
    const uint32_t *last;  /* by line: the last of those up to it, 0: there is none */
    const uint32_t *next;  /* the first of those behind it; or the number of lines */
};

/* The lines of a `columns` block. */
struct flow_group {
    size_t first, last;    /* lines of the body */
    uint32_t columns;
    len x, width, gap;     /* of all, from the region's left edge; of one; between two */
    len rule;              /* the thickness of the lines between them; or 0 */
    struct color rule_color;
    bool rtl;              /* the first column is at the right */
    bool keep;             /* no page ends inside */
    struct flow_line head; /* the space before it and the frames around it, as those of
                              one line in its place */
    len padding;           /* of the frames around it, where a region ends inside */
    const len64 *tops, *bottoms; /* by line: a column of [i, j) is bottoms[j] - tops[i]
                                    high */
    struct flow_ends good, fair; /* the second only if that saves more than `slack` */
    len slack;
};

/* A group's lines from `first` to `last`, and how they stand in its columns. */
struct flow_part {
    const struct flow_group *group;
    size_t first, last;
    len64 height;
    size_t starts[FLOW_MAX_COLUMNS + 1]; /* column i: lines [starts[i], starts[i + 1]) */
};

/* A balance while its part grows; lines count from the group's first. */
struct flow_fit {
    const struct flow_group *group;
    const struct flow_ends *ends;
    uint32_t first, next; /* of the part */
    uint32_t start;       /* of the last column that has lines */
    len64 height;         /* of the highest one */
};

/* The height of lines [first, next) of a list while `next` grows. */
struct flow_stack {
    const struct flow_lines *lines;
    size_t first, next;
    len64 height;
    len64 closed;       /* without what is open: the last group, the frames */
    len64 sum;          /* of the group's lines, without the spaces between them */
    struct flow_fit good, fair;
};

/* A paragraph of the body, as it is measured: with what it could be set again. */
struct flow_paragraph {
    const struct box *box;
    uint32_t first, n; /* its lines */
    len x, width;      /* of the box; of the region: */
    len full;
};

/* A footnote as lines. */
struct flow_note {
    struct flow_lines lines;
    len64 height;
    const len64 *tops, *bottoms; /* lines [i, j) are bottoms[j] - tops[i] high */
    uint32_t number;
    uint32_t end; /* notes marked in it, and in those, are before this place of `order` */
    bool measured;
};

struct flow_order {
    uint32_t *v;
    size_t n, cap;
};

/* A picture or table that is set on top or at the foot of a region: of that which holds
 * its anchor, the line before it, or of a later one. Floats keep their order. */
struct flow_float {
    struct flow_lines lines; /* with the footnotes that are marked in it */
    len64 height;
    len gap;                 /* between it and text, or the next float */
    bool bottom;
    struct flow_order notes; /* those */
    size_t line;             /* the anchor, a line of the body */
};

/* A region's page and place. */
struct flow_region {
    uint32_t page;
    int column, columns; /* from the left, the first is 0; how many */
    struct page_rect rect;
};

/* A place in the run of footnotes: note `note` of `order`, from its line `line`. */
struct flow_notes_at {
    uint32_t note, line;
};

/* What one region holds: lines [first, last), notes [notes_first, notes_last), floats
 * [floats_first, floats_last). */
struct flow_fill {
    size_t region;
    size_t first, last;
    struct flow_notes_at notes_first, notes_last;
    uint32_t floats_first, floats_last;
    bool overfull;
    len64 used, room; /* by lines, notes and floats; of the region */
    len64 spaces;     /* of that, between blocks: what may grow or shrink; or 0 */
};

/* Ways to set a paragraph, in one line more or fewer, while pages are sought. The lines
 * of all of them stand in the body, one behind the other; the first is what is best for
 * the paragraph alone. Text goes on behind the last of them. */
enum { FLOW_SETTINGS = 3 };

struct flow_variant {
    size_t first, last; /* lines of the body */
    int32_t cost;
};

struct flow_choice {
    size_t first, next; /* the first line of all of them; the one behind them */
    struct flow_variant v[FLOW_SETTINGS];
    uint32_t n, chosen;
};

/* A line that was placed without its tail. */
struct flow_tail {
    const struct flow_line *line;
    size_t page, item; /* where its items belong */
    len x, y;          /* of the region's left edge; the line's top */
};

/* The page numbers that stand in the text, from run to run. */
struct flow_labels; /* numbers.h */

struct flow_late {
    struct tree *tree;
    struct arena arena, first; /* the numbers; the pages of the first run */
    str *numbers;              /* by anchor; set where the text asks for them */
    size_t *widest;            /* the most characters that one had */
    struct flow_labels *labels; /* of notes that each page numbers anew; or NULL */
    int runs;
    struct diag_sink sink;     /* what the last run reported, behind what was known */
};

/* A bar beside lines that are new. */
struct flow_bar {
    uint32_t page;
    len x, top, bottom;
};

struct flow {
    struct tree *tree;
    struct layout *layout;
    struct text_engine *engine;
    struct arena *arena;       /* the pages live here */
    struct arena scratch;      /* one paragraph */
    struct arena work;         /* this run */
    struct diag_sink *sink;

    struct flow_known *known;  /* known.c; or NULL */
    len binding;               /* as they are asked for: see flow/flow.h */
    str slug, slug_date;
    size_t new_paragraphs;     /* bytes of those that this run has made known */

    struct flow_late *late;
    bool rtl;                  /* the note reads from right to left */

    /* measure.c */
    struct flow_lines front;   /* across the columns; empty if the page has one */
    struct flow_lines body;    /* with the front, if the page has one */
    size_t front_lines;        /* so many of them */
    VEC(struct flow_paragraph) paragraphs; /* those of more than one line, in order */
    struct flow_lines first_foot; /* the disclaimer, if it stands there */
    struct flow_note *notes;   /* by number - 1 */
    struct flow_order first_foot_notes; /* which stand below it */
    struct flow_order order;   /* note numbers (from 0) in the order of their places */
    VEC(struct flow_float) floats; /* in the order of their anchors */
    len64 *notes_above;        /* by place in `order`: how high those before it are, with
                                  the space behind each; NULL while they are measured */

    /* letter.c */
    struct flow_letter *letter; /* or NULL */
    struct flow_lines logo;     /* of the letterhead */
    len letterhead_foot;        /* how far down it reaches; 0: there is none */
    len first_top;              /* where the first page's text begins */

    /* overfull.c */
    VEC(str) tight; /* styles with letters too high for their lines, as told */

    /* regions.c */
    len column_width;
    len64 front_height, first_foot_height;

    /* breaks.c */
    VEC(struct flow_choice) choices; /* paragraphs that may be set otherwise, in order */
    VEC(struct flow_fill) fills; /* the regions that hold something, in order */
    bool show;                 /* show.c: boxes and baselines are drawn */
    struct flow_reasons *reasons; /* explain.c; or NULL: nobody asked */

    /* tail.c */
    VEC(struct flow_tail) tails; /* in the order of their places */

    /* place.c */
    struct page_list *pages;
    bool repeats;              /* what is placed stands on a page before: no marks */

    /* change.c */
    VEC(struct flow_bar) bars; /* in the order of their lines */
    struct flow_region beside; /* where lines are placed by now */
    bool bar_goes_on;          /* the last line that was placed is at the last bar */

    /* margin.c: the last line that was counted */
    uint32_t numbered_lines, numbered_page;
};

/* late.c: runs of the flow until the page numbers in the text are right. */
void flow_late_init(struct flow_late *l, struct tree *t);

/* Readies `f` for a run; gives where its pages live. */
struct arena *flow_late_start(struct flow_late *l, struct flow *f, struct arena *a,
                              struct diag_sink *sink);
bool flow_late_settled(struct flow_late *l, const struct page_list *pages);

/* What the last run reported goes on to where it belongs. */
void flow_late_report(const struct flow_late *l, struct diag_sink *sink);
void flow_late_done(struct flow_late *l);

/* A paragraph's spans with the page numbers that this run knows; in `scratch`. */
const struct text_span *flow_late_spans(struct flow *f, const struct tree_spans *spans);

/* measure.c: boxes to lines, `width` wide. See also measure.h. */
void flow_measure_all(struct flow *f);
struct flow_line *flow_set_single(struct flow *f, const struct box *box, len width);
len64 flow_height(const struct flow_lines *lines, size_t first, size_t last);

/* letter.c: what of a letter stands above its text. Measured first, it says where the
 * text begins. */
void flow_measure_letter(struct flow *f);
void flow_place_letter(struct flow *f, struct page *p);

/* regions.c */
bool flow_geometry(struct flow *f);
struct flow_region flow_region(const struct flow *f, size_t number);
len64 flow_region_height(const struct flow *f, size_t number);
len64 flow_page_height(const struct flow *f); /* of one without the note's front */

/* floats.c: how many are anchored before a line; the height of a fill's floats on top,
 * with the space below them. */
uint32_t flow_floats_before(const struct flow *f, size_t line);
len64 flow_floats_at_top(const struct flow *f, const struct flow_fill *fill);
void flow_place_floats(struct flow *f, struct page *p, const struct flow_fill *fill,
                       struct page_rect r);

/* So many lines of a divided footnote stand on each side at least. */
enum { FLOW_SPLIT_LINES = 2 };

/* notes.c: a note's lines are known: how high they are. Heights of footnotes; what the
 * notes [from, to) of `order` take at least where they are marked: only the last of them
 * may be divided. */
void flow_note_ready(struct flow *f, struct flow_note *note);
void flow_sum_notes(struct flow *f); /* all are */
len64 flow_notes_height(const struct flow *f, struct flow_notes_at from,
                        struct flow_notes_at to);
len64 flow_least_notes_height(const struct flow *f, uint32_t from, uint32_t to);
/* Whether the first `n` notes begin on a page whose columns have that much room. */
bool flow_notes_begin(const struct flow *f, uint32_t n, len64 height);
void flow_report_notes(struct flow *f); /* those that are divided, or apart from marks */
uint32_t flow_note_lines_that_fit(const struct flow *f, struct flow_notes_at from,
                                  len64 room);

/* The cost of a note that goes on in the next region with line `at.line`. */
int64_t flow_split_penalty(const struct flow *f, struct flow_notes_at at);

/* columns.c: how high lines are. */
void flow_stack_start(struct flow_stack *s, const struct flow_lines *lines, size_t first);
void flow_stack_add(struct flow_stack *s);

/* balance.c: what a group must know to be balanced; then the two balances of lines from
 * `first`; the better one with lines up to `next`, which are `sum` high together; where
 * the columns of a part begin. */
void flow_balance_ready(struct flow *f, const struct flow_lines *lines,
                        struct flow_group *g);
void flow_balance_start(struct flow_stack *s, const struct flow_group *g, size_t first);
const struct flow_fit *flow_balance_add(struct flow_stack *s);
void flow_balance(const struct flow_lines *lines, struct flow_part *part,
                  struct arena *scratch);

/* The cost of a page break before a line. */
int32_t flow_break_penalty(const struct flow_lines *lines, size_t line);

/* What stands above a line once more where a column begins with it. */
len64 flow_repeated_height(const struct flow_line *line);

/* breaks.c */
void flow_choose_breaks(struct flow *f);

/* price.c: how high the space before line `i` is, if that may grow and shrink in a region
 * that begins with line `first`; else 0. */
len flow_space_that_gives(const struct flow *f, size_t first, size_t i);

/* choices.c: the first choice whose lines end behind `line`, or their number; where text
 * goes on behind a line. */
size_t flow_choice_at(const struct flow *f, size_t line);
size_t flow_behind(const struct flow *f, size_t line);
uint32_t flow_notes_before(const struct flow *f, size_t line);

/* place.c */
void flow_place(struct flow *f);
void flow_place_lines(struct flow *f, struct page *p, const struct flow_lines *lines,
                      len x, len y);
void flow_place_line(struct flow *f, struct page *p, const struct flow_line *l, len x,
                     len y);


/* Lines [first, last) one below the other from `at`, the space before the first left out,
 * and the frames behind them; gives where they end. */
len flow_place_range(struct flow *f, struct page *p, const struct flow_lines *lines,
                     struct flow_range range, struct page_rect at);

/* fill.c: what one region holds; its notes in the order in which they stand. */
void flow_place_fill(struct flow *f, struct page *p, const struct flow_fill *fill);
uint32_t *flow_sort_notes(struct flow *f, struct flow_notes_at from,
                          struct flow_notes_at to);

/* "82.3 mm", for messages. */
const char *flow_in_mm(struct flow *f, len64 length);

/* datapage.c: a row from data, at its upper left corner. */
void flow_place_data(struct flow *f, struct page *p, const struct flow_line *l, len x,
                     len y);

/* image.c: the picture of an IMAGE line, inside `rect`. */
void flow_place_image(struct flow *f, struct page *p, const struct flow_line *l,
                      struct page_rect rect);

/* qr.c: the code of a QR line, in `rect`. */
void flow_place_qr(struct flow *f, struct page *p, const struct flow_line *l,
                   struct page_rect rect);

/* The picture of a span with an object, its left edge and baseline. */
void flow_place_picture(struct flow *f, struct page *p, const struct text_span *span,
                        len x, len baseline);

/* frame.c: with what frames around a line take. */
len64 flow_line_height(const struct flow_line *l);

/* The frames behind a range of a list's lines whose upper edges are `tops`; `x` is
 * the region's left edge, `lead` the height of what stands above the first line. */
struct flow_framed {
    const struct flow_lines *lines;
    struct flow_range range;
    const len *tops;
    len x, lead;
};
void flow_place_frames(struct flow *f, struct page *p, const struct flow_framed *s);
void flow_place_rule(struct flow *f, struct page *p, struct page_rect rect,
                     struct color color);

/* rows.c: what is behind and between the cells of tables; then a row's cells. */
void flow_place_tables(struct flow *f, struct page *p, const struct flow_framed *s);
void flow_place_row(struct flow *f, struct page *p, const struct flow_line *l, len x,
                    len y);

/* marks.c: the check box of a line that stands at `x`, `y`. */
void flow_place_mark(struct flow *f, struct page *p, const struct flow_line *l, len x,
                     len y);

/* tail.c: what stands at the end of lines, once pages have their numbers. */
void flow_note_tail(struct flow *f, const struct page *p, const struct flow_line *line,
                    len x, len y);
void flow_set_tails(struct flow *f);

/* margin.c: the number of a line of the body, if it is to have one. */
void flow_number_line(struct flow *f, struct page *p, const struct flow_line *line,
                      const struct flow_region *r, len y);

/* change.c: the lines that follow stand in `r`; a line at `y`, which may be new; then the
 * bars of all pages. */
void flow_bars_in(struct flow *f, const struct flow_region *r);
void flow_bar_line(struct flow *f, const struct flow_line *line, len y);
void flow_place_bars(struct flow *f);

/* show.c: nothing, unless somebody asked. A line's box; what a break before a line of the
 * body costs; then what all pages have. */
void flow_show_line(struct flow *f, struct page *p, const struct flow_line *l, len x,
                    len y);
void flow_show_penalty(struct flow *f, struct page *p, size_t line,
                       const struct flow_region *r, len y);
void flow_show_pages(struct flow *f);

/* furniture.c */
void flow_furnish(struct flow *f);

#endif
