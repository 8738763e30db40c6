/* SPDX-License-Identifier: MIT
 *
 * From words to sheets: "booklet", "SRA3" or "450x320mm", "0.1mm", "16". */
#include "sheets.h"

#include <string.h>

#include "style/style.h"

static const struct {
    const char *name;
    enum page_imposing how;
} KINDS[] = {
    {"2-up", PAGE_2_UP}, {"4-up", PAGE_4_UP}, {"booklet", PAGE_BOOKLET},
};

enum {
    COUNT = sizeof KINDS / sizeof *KINDS,
    LEAST_SIDE = 3, MOST_SIDE = 14400,   /* points */
    MOST_SIGNATURE = 128,                /* pages */
    MOST_THICKNESS = 6,                  /* the same: two millimetres are board */
};

static bool refuse(struct diag_sink *sink, const char *hint, const char *what, str word)
{
    diag_report(sink, DIAG_BAD_VALUE, PLACE_NONE, hint, what, STR_ARG(word));
    return false;
}

static bool read_kind(const char *text, struct page_imposition *out,
                      struct diag_sink *sink)
{
    for (int i = 0; i < COUNT; i++) {
        if (strcmp(text, KINDS[i].name) == 0) {
            out->how = KINDS[i].how;
            return true;
        }
    }
    return refuse(sink, "there are 2-up, 4-up and booklet",
                  "pages cannot be imposed as `%.*s`", str_from(text));
}

/* --- The sheet --- */

/* "320mm", or "320" before something in `unit`. */
static bool read_side(str text, str unit, struct arena *a, len *out)
{
    struct len_spec spec;
    enum len_error error = len_parse(text, &spec);
    if (error == LEN_NO_UNIT) {
        text = str_format(a, "%.*s%.*s", STR_ARG(text), STR_ARG(unit));
        error = len_parse(text, &spec);
    }
    *out = spec.amount;
    return error == LEN_OK && spec.unit < LEN_UNIT_EM &&
           spec.amount >= PT(LEAST_SIDE) && spec.amount <= PT(MOST_SIDE);
}

/* The letters that a length ends with. */
static str unit_of(str text)
{
    size_t from = text.n;
    while (from > 0 && text.p[from - 1] >= 'a' && text.p[from - 1] <= 'z') {
        from--;
    }
    return str_sub(text, from, text.n);
}

/* "320x450mm" and "320mm x 450mm", with `x` or `×`. */
static bool read_sides(str text, struct arena *a, struct page_imposition *out)
{
    size_t at, n = 1;
    if (str_find(text, STR("\xC3\x97"), &at)) {
        n = 2;
    } else if (!str_find_char(text, 'x', &at)) {
        return false;
    }
    str first = str_trim(str_sub(text, 0, at));
    str second = str_trim(str_sub(text, at + n, text.n));
    return read_side(first, unit_of(second), a, &out->width) &&
           read_side(second, STR_NONE, a, &out->height);
}

static bool read_sheet(const char *text, struct page_imposition *out,
                       struct diag_sink *sink)
{
    str name = str_trim(str_from(text));
    if (style_find_paper(name, &out->width, &out->height) ||
        read_sides(name, sink->arena, out)) {
        return true;
    }
    struct buf b;
    buf_init(&b, sink->arena);
    buf_puts(&b, "say 450x320mm, or a paper: ");
    for (size_t i = 0; STYLE_PAPERS[i]; i++) {
        buf_puts(&b, i ? ", " : "");
        buf_puts(&b, STYLE_PAPERS[i]);
    }
    buf_char(&b, '\0');
    return refuse(sink, b.p, "there is no sheet `%.*s`", name);
}

static bool read_thickness(const char *text, struct page_imposition *out,
                           struct diag_sink *sink)
{
    struct len_spec spec;
    enum len_error error = len_parse(str_trim(str_from(text)), &spec);
    if (error != LEN_OK || spec.unit >= LEN_UNIT_EM || spec.amount < 0 ||
        spec.amount > PT(MOST_THICKNESS)) {
        return refuse(sink, "say 0.1mm, for paper of 80 g/m\xC2\xB2; 2mm is the most",
                      "`%.*s` is no thickness of paper", str_from(text));
    }
    if (out->how != PAGE_BOOKLET && out->how != PAGE_SINGLE) {
        return refuse(sink, "say `--impose booklet`, or leave it out",
                      "pages that are cut apart do not creep: the paper's thickness "
                      "`%.*s` means nothing", str_from(text));
    }
    out->thickness = spec.amount;
    return true;
}

static bool read_signature(const char *text, struct page_imposition *out,
                           struct diag_sink *sink)
{
    uint32_t n = 0;
    size_t i = 0;
    for (; text[i] >= '0' && text[i] <= '9' && n <= MOST_SIGNATURE; i++) {
        n = n * 10 + (uint32_t)(text[i] - '0');
    }
    if (text[i] || n == 0 || n % 4 || n > MOST_SIGNATURE) {
        return refuse(sink, "say 16, or another multiple of 4, up to 128: a sheet that "
                      "is folded once has four pages",
                      "`%.*s` is no number of pages of a signature", str_from(text));
    }
    if (out->how != PAGE_BOOKLET && out->how != PAGE_SINGLE) {
        return refuse(sink, "say `--impose booklet`, or leave it out",
                      "pages that are cut apart are not folded: a signature of `%.*s` "
                      "means nothing", str_from(text));
    }
    out->signature = n;
    return true;
}

bool sheets_read(const infonote_options *options, struct page_imposition *out,
                 struct diag_sink *sink)
{
    *out = (struct page_imposition){.how = PAGE_SINGLE};
    bool good = !options->impose || read_kind(options->impose, out, sink);
    if (options->sheet) {
        good = read_sheet(options->sheet, out, sink) && good;
    }
    if (options->paper_thickness) {
        good = read_thickness(options->paper_thickness, out, sink) && good;
    }
    if (options->signature) {
        good = read_signature(options->signature, out, sink) && good;
    }
    if (!options->impose &&
        (options->sheet || options->paper_thickness || options->signature)) {
        good = refuse(sink, "say `--impose 2-up`, `4-up` or `booklet` as well",
                      "a page alone is no sheet%.*s: nothing is imposed", STR_NONE);
    }
    return good;
}

/* --- A note's pages --- */

bool sheets_wanted(const infonote_note *n)
{
    return n->options.impose != NULL;
}

bool sheets_impose(infonote_note *n, bool press)
{
    static const enum page_marks MARKS[] = {
        [LAYOUT_MARKS_NONE] = PAGE_NO_MARKS, [LAYOUT_MARKS_CROP] = PAGE_CROP_MARKS,
        [LAYOUT_MARKS_ALL] = PAGE_ALL_MARKS,
    };
    struct page_imposition how;
    if (!sheets_read(&n->options, &how, &n->sink)) {
        return false;
    }
    how.marks = press ? MARKS[n->layout->print.marks] : PAGE_NO_MARKS;
    return page_impose(n->pages, &how, &n->sink);
}

bool sheets_fit(infonote_note *n, struct pdf_standard *standard,
                struct pdf_options *options)
{
    const char *wrong = NULL;
    options->tagged = false;
    if (n->options.embed_source) {
        wrong = "sheets hold no other files";
    } else if (options->standard && (standard->ua || standard->a_level == 'A')) {
        wrong = "pages on sheets have no structure and no links, which `ua-1`, `a-2a` "
                "and `a-3a` ask for";
    }
    if (wrong) {
        diag_report(&n->sink, DIAG_BAD_STANDARD, PLACE_NONE,
                    "make it without `--impose`, for screens and to keep", "%s", wrong);
        return false;
    }
    if (!options->standard) {
        *standard = (struct pdf_standard){.a_part = 2, .a_level = 'U'};
        options->standard = standard;
        diag_report(&n->sink, DIAG_IMPOSED, PLACE_NONE,
                    "give readers a file without `--impose`; `--standard a-2u` says that "
                    "this is known",
                    "sheets are for a printer: the file is PDF/A-2u, and neither "
                    "PDF/UA-1 nor PDF/A-2a; it has no structure, no links, no "
                    "bookmarks%s",
                    n->note->attachments.n ? ", no attachments" : "");
    }
    return true;
}
