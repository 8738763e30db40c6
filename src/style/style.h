/* style/style.h: layouts, and the styles that come out of them.
 *
 * In:  layouts/NAME.yaml and what it extends. Out: a `layout` (geometry, furniture,
 * numbering, labels) and computed styles. Styles cascade as in CSS: a computed style
 * starts from its parent's (characters, leading, alignment are inherited; spaces,
 * indents and keeps are not) and is overlaid by the named rule and the rules that rule
 * extends. Lengths are in `len`; em and % are resolved against the style's own size,
 * for `size` against the parent's.
 *
 *     struct layout *l = layout_load(&request, arena, sink);
 *     const struct style *body = style_root(l);
 *     const struct style *quote = style_compute(l, body, STR("quote"));
 */
#ifndef INFONOTE_STYLE_STYLE_H
#define INFONOTE_STYLE_STYLE_H

#include "base/color.h"
#include "base/diag.h"
#include "base/len.h"
#include "base/map.h"
#include "yaml/value.h"

enum style_align { STYLE_START, STYLE_END, STYLE_LEFT, STYLE_RIGHT, STYLE_CENTER,
                   STYLE_JUSTIFY };
enum style_caps { STYLE_CAPS_NONE, STYLE_CAPS_SMALL, STYLE_CAPS_ALL_SMALL,
                  STYLE_CAPS_UPPER };
enum style_figures { STYLE_FIGURES_DEFAULT, STYLE_FIGURES_LINING,
                     STYLE_FIGURES_OLDSTYLE };
enum style_figure_width { STYLE_WIDTH_DEFAULT, STYLE_WIDTH_PROPORTIONAL,
                          STYLE_WIDTH_TABULAR };

/* Which sides of a frame are drawn. */
enum style_sides { STYLE_SIDES_ALL, STYLE_SIDES_START, STYLE_SIDES_ENDS };

/* An OpenType feature by its tag, as in `features: {ss04: 1, liga: 0}`. */
struct style_feature {
    char tag[4];
    uint32_t value;
};

/* A computed style. Compare by pointer: equal requests give the same one. */
struct style {
    uint32_t id; /* from 0, in the order of computation */
    str name;    /* the rule that made it */

    /* Characters; inherited. */
    str family;              /* a name in fonts/ */
    struct place family_at;  /* where the layout names it, or PLACE_NONE */
    uint16_t weight;         /* 100..900 */
    bool italic;
    len size;
    struct color color;
    enum style_caps caps;
    enum style_figures figures;
    enum style_figure_width figure_width;
    const struct style_feature *features;
    uint32_t n_features;
    len letter_space;        /* added behind every glyph */
    bool underline, strike;  /* inherited by what stands inside */
    bool typography;         /* quotes, dashes, ellipses are made typographic */
    len rise;                /* of the baseline; adds up from parent to child */

    /* Paragraphs; inherited. */
    len leading;             /* from baseline to baseline */
    enum style_align align;
    bool hyphenate;
    int32_t word_stretch, word_shrink; /* 1/1000 of the font's space */
    int32_t sentence_space;  /* 1/1000 of it: so much wider are spaces between sentences,
                                in languages that have it so */
    int32_t expansion;       /* 1/1000: letters of a justified line may be so much wider
                                or narrower */
    int32_t tracking;        /* 1/1000 of the size: the letters of a whole justified
                                paragraph may stand so much closer or wider apart */
    int32_t protrusion;      /* 1/1000 of how far punctuation hangs into the margins */
    int32_t widows, orphans; /* the fewest lines at a page's top and foot */

    /* Boxes; not inherited. */
    len indent_start, indent_end; /* of the whole block, beside its parent's */
    len indent_first;             /* of the first line, may be negative */
    len space_before, space_after;
    len marker_gap;               /* lists: at least between marker and text */
    bool keep_with_next, keep_together, page_break_before, page_break_right;
    bool span_columns;            /* across all columns of the page */
    len rule_above, rule_below;   /* thickness; 0: none */
    len rule_gap;                 /* between rule and text */
    struct color rule_color;
    struct color background;      /* COLOR_NONE: none */
    len border;                   /* thickness of the frame's lines; 0: none */
    struct color border_color;
    enum style_sides border_sides;
    len padding, padding_block;   /* between frame and text: beside; above and below */
    struct color zebra;           /* tables: behind every second row; or COLOR_NONE */
    len row_rule, column_rule;    /* tables: between rows, columns; 0: none */
    enum style_align block_align; /* tables: where a narrow one stands */
};

/* True if a box in this style has a frame: something drawn around or behind its lines. */
static inline bool style_is_framed(const struct style *s)
{
    return s->background.space != COLOR_NONE || s->border > 0;
}

/* How far a frame moves its text in, at the side where text begins. */
static inline len style_frame_start(const struct style *s)
{
    len border = s->border_sides == STYLE_SIDES_ENDS ? 0 : s->border;
    return style_is_framed(s) ? border + s->padding : 0;
}

/* The slots of a header or footer: templates for layout_fill; empty: nothing. */
struct layout_running {
    str left, center, right;
};

enum layout_page_kind { LAYOUT_FIRST, LAYOUT_LEFT, LAYOUT_RIGHT, LAYOUT_PAGE_KINDS };

enum layout_disclaimer { LAYOUT_AFTER_BODY, LAYOUT_FIRST_FOOT, LAYOUT_LAST_FOOT,
                         LAYOUT_AS_FOOTNOTE };
enum layout_note_numbering { LAYOUT_NOTES_DECIMAL, LAYOUT_NOTES_SYMBOLS };

/* Whose window a letter's address stands in. */
enum layout_form { LAYOUT_FORM_NONE, LAYOUT_FORM_DIN_A, LAYOUT_FORM_DIN_B,
                   LAYOUT_FORM_US_10 };
enum layout_information { LAYOUT_INFORMATION_BLOCK, LAYOUT_INFORMATION_LINE };

/* What a fact is in a letter; INFORMATION: all that is nothing else. */
enum layout_part { LAYOUT_SENDER, LAYOUT_SENDER_LINE, LAYOUT_REMARKS, LAYOUT_RECIPIENT,
                   LAYOUT_ENCLOSURES, LAYOUT_COPIES, LAYOUT_INFORMATION };

enum layout_caption { LAYOUT_ABOVE, LAYOUT_BELOW };

/* What colours that a press lacks become. */
enum layout_intent { LAYOUT_PERCEPTUAL, LAYOUT_RELATIVE, LAYOUT_SATURATION,
                     LAYOUT_ABSOLUTE };

enum layout_rgb { LAYOUT_RGB_CONVERT, LAYOUT_RGB_KEEP }; /* in print */

enum layout_marks { LAYOUT_MARKS_NONE, LAYOUT_MARKS_CROP, LAYOUT_MARKS_ALL };

enum { LAYOUT_BLEED_AUTO = -1 };

enum layout_per { LAYOUT_PER_PAGE, LAYOUT_PER_DOCUMENT };

enum { LAYOUT_HEADING_LEVELS = 6, LAYOUT_LIST_DEPTH = 4, LAYOUT_PART_WORDS = 32 };

struct style_sheet; /* the rules, not yet computed */

struct layout_source {
    const struct source *file;
    bool shipped; /* it came with the program */
};

struct layout {
    str name, path;
    str description;         /* one sentence for people; may be empty */
    struct arena *arena;
    struct style_sheet *sheet;
    const struct layout_source *sources; /* its file, and what that extends */
    size_t n_sources;
    bool embed_source;       /* the PDF holds what it was made from */
    struct color_palette palette; /* colours that say what presses print */

    struct {
        bool always;             /* whatever the command line says */
        str profile;             /* as written: a file, or a printing condition's name */
        str path;                /* where the file is; empty: it is a name, or nothing */
        struct place at;
        enum layout_rgb rgb;
        enum layout_intent intent;
        bool black_point;        /* black becomes the press's black */
        len overprint_below;     /* black letters smaller than that overprint */
        int32_t max_ink;         /* 1/1000 */
        len bleed;               /* LAYOUT_BLEED_AUTO: where something reaches the edge */
        struct place bleed_at;
        enum layout_marks marks; /* outside the page */
        len binding;             /* pages are moved away from the spine so far */
        struct place binding_at;
    } print;

    struct {
        len width, height;
        len top, bottom, inner, outer; /* margins; inner is left on right pages */
        bool two_sided;                /* inner and outer swap on left pages */
        int columns;
        len gutter;
        bool balance;                  /* the columns of the last page are equally high */
        len header_gap, footer_gap;    /* between body and header, footer */
        len first_top;                 /* the top margin of the first page */
    } page;

    struct layout_running header[LAYOUT_PAGE_KINDS], footer[LAYOUT_PAGE_KINDS];
    len header_rule, footer_rule;      /* thickness; 0: none */

    struct {
        str text;        /* templates, here and below; empty: nothing */
        len top, bottom; /* from the sheet's edges */
    } banner;            /* at the head and foot of every page */
    struct {
        str text;        /* a line each */
        len top;
        struct {
            str file, path;      /* as written, and where it is; empty: none */
            struct place at;
            str alt;             /* empty: it only decorates */
            len width, height;   /* 0: as the picture has it */
            enum style_align align;
        } logo;
    } letterhead;        /* on the first page */
    struct {
        str text;
        int32_t angle;   /* degrees, rising to the right */
    } watermark;         /* behind the text of every page */
    struct {
        int32_t every;   /* 0: none */
        enum layout_per per;
        len gap;
    } line_numbers;

    struct {
        bool shown;
        len width, gap;
    } change_bars;

    struct {
        enum layout_form form;
        len x, y, width, height; /* of the window; 0: as the form has it */
        bool marks;              /* to fold and to punch at */
        enum layout_information information;
        str sender_line;         /* a template */
        str words[LAYOUT_INFORMATION][LAYOUT_PART_WORDS]; /* labels of facts, by part */
    } letter;

    struct {
        bool numbered;
        str format[LAYOUT_HEADING_LEVELS]; /* "{1}.", "{1}.{2}", "{2:a})"; empty: none */
        len number_gap;                    /* between number and text */
    } headings;

    struct {
        str bullets[LAYOUT_LIST_DEPTH];   /* by depth, the last for all deeper ones */
        str numbers[LAYOUT_LIST_DEPTH];   /* formats: "{1}.", "{a})", "{i}." */
    } lists;

    struct {
        enum layout_note_numbering numbering;
        enum layout_per restart;                /* how far numbers run */
        len rule_width, rule_thickness;
        len rule_space_above, rule_space_below; /* between body, rule and first note */
        len space_between;                      /* between notes */
        len number_gap;
    } notes;

    struct {
        enum layout_disclaimer place;
        bool heading; /* with the label as a run-in heading */
    } disclaimer;

    struct {
        str sign;        /* where a long line goes on; may be empty */
        len indent;      /* of what goes on */
    } code;

    struct {
        len width, gap;  /* of a line to sign on, at least; between two */
    } signatures;

    struct {
        len gap, rule;   /* of `columns` blocks: between two; how thick a line there is */
    } columns;

    struct {
        bool run_in;     /* label and value on one line; else labels in a column */
        len label_width; /* of that column */
    } facts;

    struct {
        int32_t resolution;     /* pixels per inch of files that do not say */
        int32_t min_resolution; /* fewer on the page are warned about */
        int32_t inline_height;  /* of those inside a line, 1/1000 of the text's size; 0:
                                   as high as a capital letter */
    } images;

    struct {
        enum layout_caption tables, figures; /* where captions stand */
        bool continued;  /* tables are named again where they go on */
    } captions;

    struct {
        int32_t depth; /* the levels of headings that a table of contents lists */
        str leader;    /* what leads to the number; empty: nothing */
    } toc;

    struct { /* how pages are judged; higher is worse */
        int32_t widow, orphan, stranded, split_note, hyphen_at_foot;
        int32_t uneven, short_last, looseness;
        len min_last;    /* the least height on the last page */
        bool flush_bottom;
        int32_t stretch, shrink; /* 1/1000: how far spaces between blocks may grow */
    } breaking;

    struct { /* how lines are judged */
        int32_t tolerance; /* badness allowed, 0..10000, as TeX's */
        int32_t hyphen_penalty, consecutive_hyphens, fitness, last_hyphen;
    } lines;
};

/* Where layouts are looked for by name: `layouts` beside the note first, then each
 * directory. */
struct style_paths {
    const str *directories;
    size_t n;
};

/* Who knows what inks look like on the layout's press: thousandths of cyan, magenta,
 * yellow, black become bytes of sRGB. False: nobody does. */
struct style_press {
    void *user;
    bool (*on_screen)(void *user, const struct layout *l, const uint16_t ink[4],
                      uint8_t rgb[3]);
};

/* Which layout: a name in `near`/layouts or the directories, or a file: with a '/' or
 * ending in .yaml. */
struct layout_request {
    str name;
    struct place at; /* where it was asked for: a place in a source means that a note
                        asked: its file is relative to `near` and stays inside `root`;
                        PLACE_NONE that the user did: relative to the current folder */
    str near;        /* the note's folder */
    const struct style_paths *paths;
    str root;        /* empty: `near` */
    const struct style_press *press; /* may be NULL; it is asked while the layout loads,
                        when `print.profile` and `path` are known */
};

/* NULL on errors, all of which are in the sink. */
struct layout *layout_load(const struct layout_request *request, struct arena *a,
                           struct diag_sink *sink);

/* Names of all layouts in the directories, sorted. */
void layout_list(const struct style_paths *paths, struct arena *a, struct buf *out);

const struct style *style_root(struct layout *l);

/* True if `s` is one of the layout's, which live as long as it does and never change;
 * not a copy with changes of its own. */
bool style_is_computed(const struct layout *l, const struct style *s);

/* The rule `name` upon `parent`. A name without a rule gives NULL. */
const struct style *style_compute(struct layout *l, const struct style *parent, str name);

bool style_exists(const struct layout *l, str name);
str style_suggest(const struct layout *l, str name, struct arena *a);

/* The label `key` ("page", "disclaimer", …) in `lang`, then in its base language, then
 * in English; empty if there is none. */
str layout_label(const struct layout *l, str lang, const char *key);

/* The sheet of a letter whose address shows in an envelope's window. All places count
 * from the sheet's upper left corner. */
enum layout_stand { LAYOUT_AT_TOP, LAYOUT_IN_MIDDLE, LAYOUT_AT_BOTTOM };

struct layout_letter {
    len x, y, width, height;     /* the window */
    len inset, end_inset;        /* beside the address, at its left and right */
    len clearance;               /* above and below it */
    len line_height;             /* of the room for the sender's line, at the top */
    len remarks_height;          /* of the room for remarks, below that */
    enum layout_stand stand;     /* where the address stands in the rest */
    len sender_x, sender_y, sender_width;
    len information_x, information_y, information_width;
    len below;                   /* between all that and the text, at least */
    len folds[2], punch;         /* 0: none */
};

/* False if the layout has no window. */
bool layout_letter(const struct layout *l, struct layout_letter *out);

/* What a fact with that label is. */
enum layout_part layout_part_of(const struct layout *l, str label);

/* Writes `counts` by `format`: a digit 1..6 in braces is the count of that level, with
 * an optional style: "{1}.{2:a}"; "{a}" "{A}" (letters), "{i}" "{I}" (roman numerals) are
 * the last count. "{{" is a brace. `counts` holds `n` counters; levels behind it are
 * empty. */
void layout_number(struct buf *out, str format, const int *counts, int n);

/* A list's format, taken apart: what stands before and behind its first number, and how
 * that is written: '1', 'a', 'A', 'i' or 'I'; 0 where the format has none. */
struct layout_number_form {
    str before, after;
    char style;
};
struct layout_number_form layout_number_form(str format, struct arena *a);

/* One number in such a style. There are no letters below 1, and roman numerals run from
 * 1 to LAYOUT_ROMAN_MAX; others are written in figures. */
enum { LAYOUT_ROMAN_MAX = 3999 };
void layout_count(struct buf *out, int n, char style);

/* What the placeholders of headers, footers and labels stand for; empty: unknown. */
struct layout_values {
    str page, pages, title, section, date, reference, classification, subject, authors;
    str recipient; /* the first line of a letter's address */
    str number; /* only in labels of references */
};

/* Fills a template: "{page}" and so on by the values, "{labels.KEY}" by that label in
 * `lang` (which may have placeholders itself). What stands in square brackets vanishes
 * with them when a placeholder inside is empty: "{reference}[ of {date}]". "{{", "[["
 * and their closing forms are the characters themselves. The result lives in `a`. */
str layout_fill(const struct layout *l, str text, str lang,
                const struct layout_values *values, struct arena *a);

/* Every style property, the page and furniture, for tests and `dump`. */
void layout_dump(struct layout *l, struct buf *out);
void layout_schema(struct buf *out); /* the JSON schema of a layout */

/* docs/layouts.md: every key with its type, initial value and meaning, from the tables
 * that the reader itself uses. */
void layout_reference(struct buf *out);

/* --- Papers --- */

enum { STYLE_PAPER_SLACK = LEN_PT / 10 }; /* what rounding may take of a side */

/* A paper by its name, any case; false if there is none. Sizes upright. */
bool style_find_paper(str name, len *width, len *height);
extern const char *const STYLE_PAPERS[]; /* ends with a NULL */

/* The paper that is hardly larger than an area, which becomes it, the same way round;
 * none: it stays. */
void style_round_to_paper(len *width, len *height);

#endif
