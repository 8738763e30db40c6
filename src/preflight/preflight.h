/* preflight/preflight.h: what a printer would find in a PDF.
 *
 * `infonote-preflight [options] FILE.pdf`, which `infonote preflight` runs: a program of
 * its own, because the library that reads PDF (qpdf) is larger than all the rest.
 *
 * In: a PDF from anybody. Out: facts (boxes, fonts, pictures, plates and ink of each
 * page), and findings by the rules below, as text, as JSON, as a PDF of one page. The
 * steps, a file each:
 *
 *     document  the file as a whole: version, catalogue, actions, layers
 *     xmp       its metadata, and whether they agree with its Info
 *     intent    its output intents and their ICC profiles
 *     pages     boxes, annotations, what pages and forms draw, in turn
 *     tokens    a content stream, token by token
 *     scan      what its operators paint, with which colour, pen and font
 *     forms     content streams inside others
 *     inline    pictures inside content
 *     edges     what is clipped; what reaches the edge of the page
 *     space     colour spaces, and the plates they print on
 *     pictures  images and shadings: resolution, plates, ink
 *     state     graphics state dictionaries
 *     font      fonts, and whether they are there
 *     words, told, report  what comes out
 *
 * Lengths are thousandths of a point; ink and tints are thousandths of full coverage.
 * Nothing here prints but main.c and what comes out. Exit status: 0; 1 there are errors;
 * 2 wrong use; 3 the system failed. */
#ifndef INFONOTE_PREFLIGHT_PREFLIGHT_H
#define INFONOTE_PREFLIGHT_PREFLIGHT_H

#include <qpdf/qpdf-c.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "preflight/rules.h"

enum preflight_status {
    PREFLIGHT_DONE, PREFLIGHT_INVALID, PREFLIGHT_WRONG_USE, PREFLIGHT_FAILED
};

/* What a stranger's file may ask for. */
enum {
    PREFLIGHT_MAX_PAGES = 100000,
    PREFLIGHT_MAX_DEPTH = 16,       /* of forms in forms, of colour spaces */
    PREFLIGHT_MAX_TREE = 40,        /* of names in names, layers in layers */
    PREFLIGHT_MAX_COMPONENTS = 32,  /* of a colour: PDF's own limit for DeviceN */
    PREFLIGHT_MAX_STATES = 512,     /* q without Q */
    PREFLIGHT_MAX_FORMS = 20000,    /* drawn by one page */
    PREFLIGHT_MAX_BOOKMARKS = 200000,
    PREFLIGHT_MAX_MEMORY_MIB = 2048,
};

/* What a printer asks: thousandths of a point, of full ink; pixels an inch. */
enum {
    PREFLIGHT_LEAST_LINE = 250,
    PREFLIGHT_MAX_INK = 3000,
    PREFLIGHT_SMALL_SIZE = 9000,
    PREFLIGHT_POOR_PPI = 150,
    PREFLIGHT_LOW_PPI = 250,
    PREFLIGHT_WASTED_PPI = 450,
};

/* Left, bottom, right, top; not there if right is not above left. */
struct preflight_box {
    bool there;
    int64_t x0, y0, x1, y1;
};

enum preflight_box_kind {
    PREFLIGHT_MEDIA, PREFLIGHT_CROP, PREFLIGHT_BLEED, PREFLIGHT_TRIM, PREFLIGHT_ART,
    PREFLIGHT_BOX_COUNT
};

extern const char *const PREFLIGHT_BOX_NAMES[PREFLIGHT_BOX_COUNT]; /* "/MediaBox" … */

/* Names, each once, in the order in which they came. */
struct preflight_names {
    VEC(str) list;
};

struct preflight_page {
    size_t number;                  /* from 1 */
    struct preflight_box boxes[PREFLIGHT_BOX_COUNT];
    struct preflight_names plates;  /* "Cyan" … "Black", names of spots, "RGB" */
    struct preflight_names fonts;
    int64_t ink;                    /* the most that one fill or picture has */
    int64_t thinnest;               /* line; -1: there is none */
    int64_t pictures, ppi;          /* how many; the least resolution */
    int64_t annotations;
    bool transparent;
    bool reaches[4];                /* something does, of the trimmed page: its left,
                                       lower, right, upper edge */
};

struct preflight_font {
    str name, type;
    bool embedded, subset;
};

/* One rule, broken on one page (0: by the file as a whole), however often. */
struct preflight_finding {
    enum preflight_rule rule;
    size_t page;
    size_t times;
    str detail; /* of the first time; may be empty */
};

struct preflight {
    struct arena *arena;
    qpdf_data pdf;
    str path, version;
    bool x4;                 /* PDF/X-4 is claimed, or asked for */
    bool claims_x4;
    int64_t max_ink;
    str condition;           /* what the output intent is made for */
    str intent_space;        /* "CMYK", "RGB ", "GRAY" as ICC writes them; or empty */
    str title;
    VEC(struct preflight_page) pages;
    VEC(struct preflight_font) fonts;
    VEC(struct preflight_finding) findings;
    bool broken[PREFLIGHT_RULE_COUNT];
    size_t counts[PREFLIGHT_ERROR + 1]; /* of rules that are, by severity */
    struct map known_spaces, known_forms, known_pictures;
};

/* Takes down that a rule is broken; `format` says where and how (NULL: no more). */
void preflight_find(struct preflight *p, enum preflight_rule rule, size_t page,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The steps; the metadata come first, since they say whether the file is PDF/X. */
void preflight_metadata(struct preflight *p);
void preflight_document(struct preflight *p);
void preflight_intents(struct preflight *p);
void preflight_pages(struct preflight *p);

/* Adds a name unless it is there. */
void preflight_names_add(struct preflight *p, struct preflight_names *names, str name);

/* font.c: the font of that resource, seen once; takes down what is missing. */
str preflight_font(struct preflight *p, qpdf_oh font, size_t page);

/* What comes out. The report is a note, rendered by the library; false: it could not be
 * written, which has been said. */
void preflight_tell(const struct preflight *p, bool quiet);
void preflight_tell_json(const struct preflight *p);
bool preflight_write_report(const struct preflight *p, const char *file);

/* pages.c: what is left of a page when it is cut: TrimBox, ArtBox, CropBox, MediaBox. */
const struct preflight_box *preflight_trim(const struct preflight_page *page);

/* words.c, for all that comes out: "210 × 297 mm"; names with commas; "2, 4–6"; what a
 * page prints in one line. */
str preflight_size(struct arena *a, const struct preflight_box *box);
str preflight_joined(struct arena *a, const struct preflight_names *names);
str preflight_facts(struct arena *a, const struct preflight_page *page);
str preflight_head(struct arena *a, const struct preflight *p);
str preflight_sums(struct arena *a, const struct preflight *p);

/* The last page, from `from` on, of which the same is to be said; both count from 0. */
size_t preflight_alike(const struct preflight *p, size_t from);

/* A rule that was broken, on all its pages. */
struct preflight_told {
    const struct preflight_finding *first;
    str pages; /* empty: the file as a whole */
    size_t times;
};
struct preflight_tellings {
    VEC(struct preflight_told) list; /* errors first, then in the order of the rules */
};
struct preflight_tellings preflight_tellings(const struct preflight *p);

#endif
