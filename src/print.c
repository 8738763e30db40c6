/* SPDX-License-Identifier: MIT
 *
 * From a name to a profile: a file, or a printing condition of the registry of the ICC,
 * whose profile goes by a few names in the folders where systems keep profiles. What a
 * press prints is the printer's to say: there is no default, but the report names the
 * conditions that are there. */
#include "print.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "page/page.h"
#include "pdf/syntax.h"
#include "sheets.h"
#include "standard.h"

enum { MOST_BYTES = 16 << 20, MOST_NAMED = 6 };

/* Conditions, and the files that profiles of them come in. */
static const struct condition {
    const char *name, *info;
    const char *files[6];
} CONDITIONS[] = {
    {"FOGRA51", "Offset on premium coated paper (ISO 12647-2:2013)",
     {"PSOcoated_v3.icc", NULL}},
    {"FOGRA52", "Offset on wood-free uncoated paper (ISO 12647-2:2013)",
     {"PSOuncoated_v3_FOGRA52.icc", NULL}},
    {"FOGRA39", "Offset on coated paper (ISO 12647-2:2004)",
     {"ISOcoated_v2_eci.icc", "ISOcoated_v2_300_eci.icc", "FOGRA39L_coated.icc",
      "ISOcoated_v2_bas.ICC", "CoatedFOGRA39.icc", NULL}},
    {"FOGRA47", "Offset on uncoated white paper (ISO 12647-2:2004)",
     {"PSO_Uncoated_ISO12647_eci.icc", NULL}},
    {"FOGRA45", "Web offset on improved light-weight coated paper",
     {"PSO_LWC_Improved_eci.icc", NULL}},
    {"FOGRA40", "Web offset on super-calendered paper",
     {"SC_paper_eci.icc", "FOGRA40L_SC.icc", NULL}},
    {"FOGRA29", "Offset on uncoated white paper (ISO 12647-2:1996)",
     {"ISOuncoated.icc", "FOGRA29L_uncoated.icc", "UncoatedFOGRA29.icc", NULL}},
    {"FOGRA30", "Offset on uncoated yellowish paper (ISO 12647-2:1996)",
     {"ISOuncoatedyellowish.icc", "FOGRA30L_uncoated_yellowish.icc",
      "ISOuncoatedyellowish_bas.ICC", NULL}},
    {"FOGRA28", "Web offset on coated paper",
     {"ISOwebcoated.icc", "FOGRA28L_webcoated.icc", NULL}},
    {"FOGRA27", "Offset on coated paper (ISO 12647-2:1996)",
     {"ISOcoated.icc", "FOGRA27L_coated.icc", "CoatedFOGRA27.icc", NULL}},
    {"CGATS TR 006", "GRACoL, offset on premium coated paper",
     {"GRACoL2006_Coated1v2.icc", "GRACoL_TR006_coated.icc", NULL}},
    {"CGATS TR 003", "SWOP, web offset on grade 3 paper",
     {"SWOP2006_Coated3v2.icc", "SWOP_TR003_coated_3.icc", NULL}},
    {"CGATS TR 005", "SWOP, web offset on grade 5 paper",
     {"SWOP2006_Coated5v2.icc", "SWOP_TR005_coated_5.icc", NULL}},
    {"CGATS TR 001", "SWOP, web offset on coated paper",
     {"USWebCoatedSWOP.icc", NULL}},
    {"IFRA26", "Newsprint (ISO 12647-3:2004)",
     {"ISOnewspaper26v4.icc", "IFRA26S_2004_newsprint.icc", NULL}},
    {"JC200103", "Japan Color 2001, coated paper", {"JapanColor2001Coated.icc", NULL}},
};

enum { COUNT = sizeof CONDITIONS / sizeof *CONDITIONS };

bool print_wanted(const infonote_note *n, const struct pdf_standard *standard)
{
    if (standard && standard->x) {
        return true;
    }
    if (n->options.print || n->options.print_profile) {
        return true;
    }
    return !standard && n->layout->print.always;
}

bool print_will(const infonote_note *n)
{
    struct pdf_standard standard = {0};
    struct diag_sink silent;
    struct arena scratch;
    str asked = str_from(n->options.standard);
    arena_init(&scratch);
    diag_init(&silent, &scratch);
    bool will = print_wanted(n, asked.n && standard_read(asked, &standard, &silent)
                                    ? &standard : NULL);
    arena_done(&scratch);
    return will;
}

str print_slug(infonote_note *n)
{
    if (n->layout->print.marks != LAYOUT_MARKS_ALL || !print_will(n)) {
        return STR_NONE;
    }
    return file_name(n->source->name);
}

str print_slug_date(infonote_note *n)
{
    enum { DAY = 10 }; /* 2026-03-04 */
    struct buf b;
    if (!n->options.has_date) {
        return n->note->date;
    }
    buf_init(&b, &n->arena);
    pdf_put_date(&b, n->options.date, true);
    return str_sub(buf_str(&b), 0, DAY);
}

bool print_sheets(infonote_note *n)
{
    static const enum page_marks MARKS[] = {
        [LAYOUT_MARKS_NONE] = PAGE_NO_MARKS, [LAYOUT_MARKS_CROP] = PAGE_CROP_MARKS,
        [LAYOUT_MARKS_ALL] = PAGE_ALL_MARKS,
    };
    const struct layout *l = n->layout;
    struct page_print print = {l->print.bleed, l->print.bleed_at, MARKS[l->print.marks]};
    if (sheets_wanted(n)) {
        print.marks = PAGE_NO_MARKS; /* they stand around several pages */
    }
    return page_for_print(n->pages, &print, &n->sink);
}

/* --- Where profiles are --- */

static bool in_folder(struct arena *a, str folder, const struct condition *c, str *path)
{
    for (size_t i = 0; c->files[i]; i++) {
        *path = file_join(a, folder, str_from(c->files[i]));
        if (file_exists(*path)) {
            return true;
        }
    }
    return false;
}

static int by_name(const void *a, const void *b)
{
    const str *left = a, *right = b;
    return strcmp(left->p, right->p);
}

/* In the folder itself, then in those inside it, in the order of their names. */
static bool in_root(struct arena *a, str root, const struct condition *c, str *path)
{
    VEC(str) folders = {0};
    if (in_folder(a, root, c, path)) {
        return true;
    }
    DIR *directory = opendir(str_copy(a, root).p);
    const struct dirent *entry;
    while (directory && (entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] != '.') {
            vec_push(a, &folders, str_copy(a, str_from(entry->d_name)));
        }
    }
    if (directory) {
        closedir(directory);
    }
    if (folders.n) {
        qsort(folders.v, folders.n, sizeof *folders.v, by_name);
    }
    for (size_t i = 0; i < folders.n; i++) {
        if (in_folder(a, file_join(a, root, folders.v[i]), c, path)) {
            return true;
        }
    }
    return false;
}

static bool find_profile(const struct infonote_engine *e, struct arena *a,
                         const struct condition *c, str *path)
{
    for (size_t i = 0; i < e->n_profile_dirs; i++) {
        if (in_root(a, e->profile_dirs[i], c, path)) {
            return true;
        }
    }
    return false;
}

/* --- Which one --- */

/* "fogra39" and "CGATS TR006" are understood. */
static bool is_same_name(str name, const char *other)
{
    size_t i = 0;
    for (; *other; other++) {
        while (i < name.n && (name.p[i] == ' ' || name.p[i] == '-')) {
            i++;
        }
        if (*other == ' ') {
            continue;
        }
        if (i == name.n || (name.p[i] | 32) != (*other | 32)) {
            return false;
        }
        i++;
    }
    return i == name.n;
}

static const struct condition *condition_of(str name)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (is_same_name(name, CONDITIONS[i].name)) {
            return &CONDITIONS[i];
        }
    }
    return NULL;
}

/* What a file is the profile of, by its name; NULL: nobody knows. */
static const struct condition *condition_of_file(str path)
{
    str name = file_name(path);
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t k = 0; CONDITIONS[i].files[k]; k++) {
            str known = str_from(CONDITIONS[i].files[k]);
            if (known.n == name.n && strncasecmp(known.p, name.p, name.n) == 0) {
                return &CONDITIONS[i];
            }
        }
    }
    return NULL;
}

/* What to write where nothing was: conditions that the system has profiles of. */
static const char *suggestion(const infonote_note *n, struct arena *a)
{
    struct buf b;
    size_t found = 0;
    str path;
    buf_init(&b, a);
    for (size_t i = 0; i < COUNT && found < MOST_NAMED; i++) {
        if (find_profile(n->engine, a, &CONDITIONS[i], &path)) {
            buf_puts(&b, found++ ? ", " : "here there are ");
            buf_puts(&b, CONDITIONS[i].name);
        }
    }
    buf_puts(&b, found ? "; " : "");
    buf_puts(&b, "the printer says which, and has the file");
    buf_char(&b, '\0');
    return b.p;
}

/* A name of a condition, a file, or a slip. */
struct wanted {
    str name, path;
    struct place at;
    const struct condition *condition;
};

static bool looks_like_file(str name)
{
    size_t at;
    return str_find_char(name, '/', &at) || str_find_char(name, '.', &at) ||
           file_exists(name);
}

static bool find_wanted(infonote_note *n, struct wanted *w)
{
    const struct layout *l = n->layout;
    str asked = str_from(n->options.print_profile);
    *w = asked.n ? (struct wanted){.name = asked}
                 : (struct wanted){l->print.profile, l->print.path, l->print.at, NULL};
    if (!w->name.n) {
        diag_report(&n->sink, DIAG_NO_PROFILE, PLACE_NONE, suggestion(n, &n->arena),
                    "a file for print needs the profile of its press: --print-profile, "
                    "or `profile` in the layout's `print:`");
        return false;
    }
    w->condition = w->path.n ? NULL : condition_of(w->name);
    if (w->condition && !find_profile(n->engine, &n->arena, w->condition, &w->path)) {
        diag_report(&n->sink, DIAG_NO_PROFILE, w->at, suggestion(n, &n->arena),
                    "there is no profile of `%s` on this system", w->condition->name);
        return false;
    }
    if (!w->path.n && !looks_like_file(w->name)) {
        diag_report(&n->sink, DIAG_NO_PROFILE, w->at, suggestion(n, &n->arena),
                    "`%.*s` is no printing condition, and no file", STR_ARG(w->name));
        return false;
    }
    w->path = w->path.n ? w->path : w->name;
    w->condition = w->condition ? w->condition : condition_of_file(w->path);
    return true;
}

/* --- Reading it --- */

str print_read_profile(str path, struct arena *a)
{
    struct file_result file = file_read(a, path, MOST_BYTES);
    return file.status == FILE_OK ? file.bytes : STR_NONE;
}

static bool read_profile(infonote_note *n, const struct wanted *w, str *profile)
{
    struct file_result file = file_read(&n->arena, w->path, MOST_BYTES);
    *profile = file.bytes;
    if (file.status == FILE_MISSING) {
        diag_report(&n->sink, DIAG_NO_PROFILE, w->at, suggestion(n, &n->arena),
                    "there is no file `%.*s`", STR_ARG(w->path));
        return false;
    }
    str fault = file.status == FILE_OK ? image_press_fault(file.bytes, &n->arena)
                                       : STR("is no file that can be read");
    if (fault.n) {
        diag_report(&n->sink, DIAG_PRESS_PROFILE, w->at,
                    "ask the printer for the press's own: ICC, CMYK, of class `prtr`",
                    "the profile `%.*s` %.*s", STR_ARG(w->path), STR_ARG(fault));
    }
    return !fault.n;
}

bool print_prepare(infonote_note *n, struct pdf_print *out)
{
    static const enum image_intent INTENTS[] = {
        [LAYOUT_PERCEPTUAL] = IMAGE_PERCEPTUAL, [LAYOUT_RELATIVE] = IMAGE_RELATIVE,
        [LAYOUT_SATURATION] = IMAGE_SATURATION, [LAYOUT_ABSOLUTE] = IMAGE_ABSOLUTE,
    };
    const struct layout *l = n->layout;
    struct wanted w;
    str profile;
    if (!find_wanted(n, &w) || !read_profile(n, &w, &profile)) {
        return false;
    }
    *out = (struct pdf_print){
        .profile = profile,
        .path = w.path,
        .condition = w.condition ? str_from(w.condition->name) : STR_NONE,
        .info = w.condition ? str_from(w.condition->info)
                            : image_profile_name(profile, &n->arena),
        .keep_rgb = l->print.rgb == LAYOUT_RGB_KEEP,
        .intent = INTENTS[l->print.intent],
        .black_point = l->print.black_point,
        .overprint_below = l->print.overprint_below,
        .max_ink = (uint32_t)l->print.max_ink,
    };
    return true;
}

/* --- For screens --- */

void print_screen_init(struct print_screen *s, const struct infonote_engine *e)
{
    *s = (struct print_screen){.engine = e};
    arena_init(&s->arena);
}

void print_screen_done(struct print_screen *s)
{
    image_screen_done(&s->screen);
    arena_done(&s->arena);
}

/* The file of the layout's profile; empty, without a word, where print would complain. */
static str screen_profile(struct print_screen *s, const struct layout *l)
{
    str path = l->print.path;
    const struct condition *c = path.n ? NULL : condition_of(l->print.profile);
    if (c && !find_profile(s->engine, &s->arena, c, &path)) {
        return STR_NONE;
    }
    str profile = path.n ? print_read_profile(path, &s->arena) : STR_NONE;
    return image_press_fault(profile, &s->arena).n ? STR_NONE : profile;
}

bool print_on_screen(void *user, const struct layout *l, const uint16_t ink[4],
                     uint8_t rgb[3])
{
    struct print_screen *s = user;
    struct image_problem problem;
    if (!s->looked) {
        s->screen.profile = screen_profile(s, l);
        s->looked = true;
    }
    return s->screen.profile.n && image_screen_color(&s->screen, ink, rgb, &problem);
}
