/* SPDX-License-Identifier: MIT
 *
 * Names of standards, separated by commas, to what the file will say; what stands in the
 * way of a standard is reported. */
#include "standard.h"

#include <string.h>

/* Words that have no PDF/A part are no PDF/A. */
static const struct {
    const char *name;
    struct pdf_standard means;
} STANDARDS[] = {
    {"ua-1", {.ua = true}},
    {"a-2a", {.a_part = 2, .a_level = 'A'}}, {"a-2u", {.a_part = 2, .a_level = 'U'}},
    {"a-2b", {.a_part = 2, .a_level = 'B'}}, {"a-3a", {.a_part = 3, .a_level = 'A'}},
    {"a-3u", {.a_part = 3, .a_level = 'U'}}, {"x-4", {.x = true}},
    {"none", {0}},
};

enum { COUNT = sizeof STANDARDS / sizeof *STANDARDS };

static void report(struct diag_sink *sink, const char *hint, const char *what, str word)
{
    diag_report(sink, DIAG_BAD_STANDARD, PLACE_NONE, hint, what, STR_ARG(word));
}

static void report_unknown(str word, struct diag_sink *sink)
{
    if (!word.n) {
        report(sink, "delete a comma", "a name is missing among the standards%.*s", word);
        return;
    }
    report(sink, "the standards are ua-1, a-2a, a-2u, a-2b, a-3a, a-3u, x-4, none",
           "there is no standard `%.*s`", word);
}

static int find(str word)
{
    for (int i = 0; i < COUNT; i++) {
        if (str_is(word, STANDARDS[i].name)) {
            return i;
        }
    }
    return -1;
}

bool standard_read(str list, struct pdf_standard *out, struct diag_sink *sink)
{
    str rest = list;
    int words = 0;
    bool none = false, more = true;
    *out = (struct pdf_standard){0};
    while (more) {
        size_t comma;
        more = str_find_char(rest, ',', &comma); /* behind the last, too, stands a name */
        str word = str_trim(str_cut(rest, ',', &rest));
        int i = find(word);
        if (i < 0) {
            report_unknown(word, sink);
            return false;
        }
        const struct pdf_standard *s = &STANDARDS[i].means;
        if (s->a_part && out->a_part) {
            report(sink, "name one of them; `a-2a` is `a-2u` and more",
                   "a file says one kind of PDF/A, not two (`%.*s`)", list);
            return false;
        }
        none = none || (!s->a_part && !s->ua && !s->x);
        out->ua = out->ua || s->ua;
        out->x = out->x || s->x;
        out->a_part = s->a_part ? s->a_part : out->a_part;
        out->a_level = s->a_part ? s->a_level : out->a_level;
        words++;
    }
    if (none && words > 1) {
        report(sink, "leave `none` out", "none and others do not go together (`%.*s`)",
               list);
        return false;
    }
    return true;
}

bool standard_prints(const struct pdf_standard *standard, struct diag_sink *sink)
{
    const char *wrong = !standard->x      ? "a file for print is PDF/X-4"
                        : standard->ua || standard->a_level == 'A'
                            ? "a file for print has no structure and no links, which "
                              "`ua-1`, `a-2a` and `a-3a` ask for"
                        : standard->a_part == 3
                            ? "PDF/A-3 is for files with attachments, which a file for "
                              "print has not"
                            : NULL;
    if (wrong) {
        diag_report(sink, DIAG_BAD_STANDARD, PLACE_NONE,
                    "say `--standard x-4` or `x-4,a-2b`; screens get another file",
                    "%s", wrong);
    }
    return !wrong;
}

bool standard_fits(const struct pdf_standard *standard, const struct page_list *pages,
                   struct place at, struct diag_sink *sink)
{
    if (standard->a_part == 2 && pages->attachments.n) {
        diag_report(sink, DIAG_BAD_STANDARD, at,
                    "say `--standard a-3a,ua-1`, or attach nothing",
                    "PDF/A-2 allows no attachments, and the note has %zu",
                    pages->attachments.n);
        return false;
    }
    return true;
}
