/* SPDX-License-Identifier: MIT
 *
 * The operators of a content stream (ISO 32000-1, annex A), each with what it does to the
 * pen or takes down. Those that change nothing of interest are known, no more. */
#include "preflight/scan.h"

#include <math.h>
#include <string.h>

#include "preflight/tokens.h"

static double operand(const struct scan *s, int from_last)
{
    int i = s->n_operands - 1 - from_last;
    return i >= 0 ? s->operands[i] : 0;
}

int64_t scan_length(const struct scan *s, double length)
{
    const double *m = s->pen.matrix;
    double scaled = fabs(length) * sqrt(fabs(m[0] * m[3] - m[1] * m[2])) * 1000;
    return scaled < 1e15 ? (int64_t)(scaled + 0.5) : INT64_MAX;
}

/* --- graphics state ----------------------------------------------------------------- */

static void save(struct scan *s)
{
    if (s->saved.n < PREFLIGHT_MAX_STATES) {
        vec_push(s->p->arena, &s->saved, s->pen);
    } else {
        preflight_find(s->p, PREFLIGHT_BALANCE, s->number, "q stands %d times",
                       PREFLIGHT_MAX_STATES);
    }
}

static void restore(struct scan *s)
{
    if (s->saved.n) {
        s->pen = s->saved.v[--s->saved.n];
    } else {
        preflight_find(s->p, PREFLIGHT_BALANCE, s->number, "a Q without its q");
    }
}

void scan_transform(struct scan *s, const double m[6])
{
    const double *n = s->pen.matrix;
    double product[6] = {
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    };
    memcpy(s->pen.matrix, product, sizeof product);
}

static void concatenate(struct scan *s)
{
    double m[6];
    for (int i = 0; i < 6; i++) {
        m[i] = operand(s, 5 - i);
    }
    scan_transform(s, m);
}

static qpdf_oh resource(struct scan *s, const char *kind)
{
    str key = str_format(s->p->arena, "/%.*s", STR_ARG(s->name));
    qpdf_oh of = object_key(s->p, s->resources, kind);
    if (!s->name.n || !object_has(s->p, of, key.p)) {
        preflight_find(s->p, PREFLIGHT_RESOURCE, s->number, "%s %s", kind + 1, key.p);
    }
    return object_key(s->p, of, key.p);
}

static void set_width(struct scan *s) { s->pen.width = operand(s, 0); }
static void set_state(struct scan *s) { scan_state(s, resource(s, "/ExtGState")); }
static void set_intent(struct scan *s) { scan_check_intent(s, s->name); }

/* --- colours ------------------------------------------------------------------------ */

void scan_check_space(struct scan *s, const struct space *space)
{
    if (!space_is_defined(s->p, space)) {
        preflight_find(s->p, PREFLIGHT_DEVICE_COLOR, s->number, "%s for %.*s",
                       space->kind == SPACE_CMYK ? "DeviceCMYK" : "DeviceRGB",
                       STR_ARG(s->p->intent_space.n ? s->p->intent_space : STR("none")));
    }
}

/* The first colour of a space: black, or all of each plate. */
static void set_space(struct scan *s, int use, const struct space *space)
{
    s->pen.space[use] = space;
    memset(s->pen.tints[use], 0, sizeof s->pen.tints[use]);
    if (space->kind == SPACE_CMYK) {
        s->pen.tints[use][3] = 1;
    } else if (space->kind == SPACE_SPOTS) {
        for (int i = 0; i < space->n; i++) {
            s->pen.tints[use][i] = 1;
        }
    }
}

static void set_tints(struct scan *s, int use)
{
    int n = s->pen.space[use]->n;
    for (int i = 0; i < n && i < PREFLIGHT_MAX_COMPONENTS; i++) {
        s->pen.tints[use][i] = operand(s, n - 1 - i);
    }
}

static void set_device(struct scan *s, int use, enum space_kind kind)
{
    set_space(s, use, space_of_device(s->p, kind, s->resources));
    set_tints(s, use);
}

static void choose_space(struct scan *s, int use)
{
    qpdf_oh name = qpdf_oh_new_name(
        s->p->pdf, str_format(s->p->arena, "/%.*s", STR_ARG(s->name)).p);
    const struct space *space = space_read(s->p, name, s->resources);
    if (space) {
        set_space(s, use, space);
    } else {
        preflight_find(s->p, PREFLIGHT_RESOURCE, s->number, "ColorSpace /%.*s",
                       STR_ARG(s->name));
    }
}

static void set_color(struct scan *s, int use)
{
    if (s->pen.space[use]->kind == SPACE_PATTERN) {
        scan_pattern(s, s->name);
    } else {
        set_tints(s, use);
    }
}

static void fill_gray(struct scan *s) { set_device(s, SCAN_FILL, SPACE_GRAY); }
static void fill_rgb(struct scan *s) { set_device(s, SCAN_FILL, SPACE_RGB); }
static void fill_cmyk(struct scan *s) { set_device(s, SCAN_FILL, SPACE_CMYK); }
static void fill_space(struct scan *s) { choose_space(s, SCAN_FILL); }
static void fill_color(struct scan *s) { set_color(s, SCAN_FILL); }
static void stroke_gray(struct scan *s) { set_device(s, SCAN_STROKE, SPACE_GRAY); }
static void stroke_rgb(struct scan *s) { set_device(s, SCAN_STROKE, SPACE_RGB); }
static void stroke_cmyk(struct scan *s) { set_device(s, SCAN_STROKE, SPACE_CMYK); }
static void stroke_space(struct scan *s) { choose_space(s, SCAN_STROKE); }
static void stroke_color(struct scan *s) { set_color(s, SCAN_STROKE); }

/* The path lies, at least in part, within the trimmed page. */
static bool is_inside(const struct scan *s)
{
    const struct preflight_box *trim = preflight_trim(s->page);
    const struct scan_area *a = &s->path;
    return s->drawn &&
           a->x1 * 1000 > (double)trim->x0 && a->y1 * 1000 > (double)trim->y0 &&
           a->x0 * 1000 < (double)trim->x1 && a->y0 * 1000 < (double)trim->y1;
}

struct space_ink scan_paint(struct scan *s, int use, const char *what)
{
    const struct space *space = s->pen.space[use];
    struct space_ink ink = {0};
    if (space->kind == SPACE_PATTERN) {
        return ink; /* its colours were taken down when it was chosen */
    }
    ink = space_print(s->p, space, s->pen.tints[use], &s->page->plates);
    s->page->ink = ink.ink > s->page->ink ? ink.ink : s->page->ink;
    scan_check_space(s, space);
    if (ink.ink > s->p->max_ink && !ink.all) {
        preflight_find(s->p, PREFLIGHT_INK, s->number, "%s has %d %%", what,
                       (int)(ink.ink / 10));
    }
    scan_check_overprint(s, use, space, what);
    if (ink.white && s->pen.overprint[use]) {
        preflight_find(s->p, PREFLIGHT_WHITE_OVERPRINT, s->number, "%s", what);
    }
    if (ink.all && is_inside(s)) {
        preflight_find(s->p, PREFLIGHT_REGISTRATION, s->number, "%s", what);
    }
    return ink;
}

/* --- paths -------------------------------------------------------------------------- */

static void extend(struct scan *s, double x, double y)
{
    const double *m = s->pen.matrix;
    double px = x * m[0] + y * m[2] + m[4], py = x * m[1] + y * m[3] + m[5];
    s->path.x0 = s->drawn ? fmin(s->path.x0, px) : px;
    s->path.y0 = s->drawn ? fmin(s->path.y0, py) : py;
    s->path.x1 = s->drawn ? fmax(s->path.x1, px) : px;
    s->path.y1 = s->drawn ? fmax(s->path.y1, py) : py;
    s->drawn = true;
}

static void move(struct scan *s)
{
    extend(s, operand(s, 1), operand(s, 0));
    s->bar = false;
}

static void curve(struct scan *s)
{
    for (int i = 0; i < s->n_operands - 1 && i < 6; i += 2) {
        extend(s, operand(s, i + 1), operand(s, i));
    }
    s->bar = false;
}

static void rectangle(struct scan *s)
{
    double x = operand(s, 3), y = operand(s, 2), w = operand(s, 1), h = operand(s, 0);
    s->bar = !s->drawn;
    s->thin = scan_length(s, fmin(fabs(w), fabs(h)));
    extend(s, x, y);
    extend(s, x + w, y);
    extend(s, x, y + h);
    extend(s, x + w, y + h);
}

static void check_line(struct scan *s, int64_t width)
{
    if (s->page->thinnest < 0 || width < s->page->thinnest) {
        s->page->thinnest = width;
    }
    if (width < PREFLIGHT_LEAST_LINE) {
        struct buf b;
        buf_init(&b, s->p->arena);
        buf_decimal(&b, width, 3);
        preflight_find(s->p, PREFLIGHT_HAIRLINE, s->number, "%.*s pt",
                       STR_ARG(buf_str(&b)));
    }
}

static void end_path(struct scan *s)
{
    if (s->clips && s->drawn) {
        scan_clip(s, s->path);
    }
    s->drawn = s->bar = s->clips = false;
}

static void clip(struct scan *s) { s->clips = true; }

static void fill(struct scan *s)
{
    struct space_ink ink = s->drawn ? scan_paint(s, SCAN_FILL, "a fill")
                                    : (struct space_ink){.white = true};
    if (s->bar && !ink.white) {
        check_line(s, s->thin);
    }
    if (s->drawn && !ink.white) {
        scan_reach(s, s->path, 0);
    }
    end_path(s);
}

static void stroke(struct scan *s)
{
    if (s->drawn && !scan_paint(s, SCAN_STROKE, "a line").white) {
        int64_t width = scan_length(s, s->pen.width);
        check_line(s, width);
        scan_reach(s, s->path, (double)width / 2000);
    }
    end_path(s);
}

static void fill_and_stroke(struct scan *s)
{
    bool drawn = s->drawn, clips = s->clips;
    s->bar = s->clips = false; /* its outline counts */
    fill(s);
    s->drawn = drawn;
    s->clips = clips;
    stroke(s);
}

static void shade(struct scan *s)
{
    scan_shading(s, resource(s, "/Shading"));
    scan_reach(s, s->pen.clip, 0);
}

/* --- text --------------------------------------------------------------------------- */

static void set_font(struct scan *s)
{
    qpdf_oh font = resource(s, "/Font");
    s->pen.size = operand(s, 0);
    if (qpdf_oh_is_dictionary(s->p->pdf, font)) {
        preflight_names_add(s->p, &s->page->fonts, preflight_font(s->p, font, s->number));
    }
}

static void begin_text(struct scan *s) { s->pen.stretch = 1; }
static void set_mode(struct scan *s) { s->pen.mode = (int)operand(s, 0); }

static void set_text_matrix(struct scan *s)
{
    s->pen.stretch = hypot(operand(s, 3), operand(s, 2));
}

static void show(struct scan *s)
{
    int mode = s->pen.mode & 3;
    int64_t size = scan_length(s, s->pen.size * s->pen.stretch);
    if (mode == 3) {
        return; /* it is not seen */
    }
    struct space_ink ink = {0};
    if (mode != 1) {
        ink = scan_paint(s, SCAN_FILL, "text");
    }
    if (mode != 0) {
        scan_paint(s, SCAN_STROKE, "an outline of text");
    }
    if (ink.plates > 1 && size < PREFLIGHT_SMALL_SIZE) {
        struct buf b;
        buf_init(&b, s->p->arena);
        buf_decimal(&b, size, 3);
        preflight_find(s->p, PREFLIGHT_SMALL_TEXT, s->number, "%.*s pt on %d plates",
                       STR_ARG(buf_str(&b)), ink.plates);
    }
}

/* --- objects ------------------------------------------------------------------------ */

static void draw(struct scan *s)
{
    qpdf_oh object = resource(s, "/XObject");
    str kind = object_name_of(s->p, object, "/Subtype");
    if (str_is(kind, "Image")) {
        scan_picture(s, object);
    } else if (str_is(kind, "Form")) {
        scan_form(s, object);
    } else if (str_is(kind, "PS")) {
        preflight_find(s->p, PREFLIGHT_POSTSCRIPT, s->number, NULL);
    }
}

static void pass(struct scan *s) { (void)s; }

/* Annex A; BX and EX are known and make nothing allowed. */
static const struct { const char *name; void (*run)(struct scan *s); } OPERATORS[] = {
    {"q", save}, {"Q", restore}, {"cm", concatenate}, {"w", set_width}, {"J", pass},
    {"j", pass}, {"M", pass}, {"d", pass}, {"ri", set_intent}, {"i", pass},
    {"gs", set_state}, {"m", move}, {"l", move}, {"c", curve}, {"v", curve},
    {"y", curve}, {"h", pass}, {"re", rectangle}, {"S", stroke}, {"s", stroke},
    {"f", fill}, {"F", fill}, {"f*", fill}, {"B", fill_and_stroke},
    {"B*", fill_and_stroke}, {"b", fill_and_stroke}, {"b*", fill_and_stroke},
    {"n", end_path}, {"W", clip}, {"W*", clip}, {"BT", begin_text}, {"ET", pass},
    {"Tc", pass}, {"Tw", pass}, {"Tz", pass}, {"TL", pass}, {"Tf", set_font},
    {"Tr", set_mode}, {"Ts", pass}, {"Td", pass}, {"TD", pass},
    {"Tm", set_text_matrix}, {"T*", pass}, {"Tj", show}, {"TJ", show}, {"'", show},
    {"\"", show}, {"d0", pass}, {"d1", pass}, {"CS", stroke_space}, {"cs", fill_space},
    {"SC", stroke_color}, {"SCN", stroke_color}, {"sc", fill_color},
    {"scn", fill_color}, {"G", stroke_gray}, {"g", fill_gray}, {"RG", stroke_rgb},
    {"rg", fill_rgb}, {"K", stroke_cmyk}, {"k", fill_cmyk}, {"sh", shade},
    {"Do", draw}, {"MP", pass}, {"DP", pass}, {"BMC", pass}, {"BDC", pass},
    {"EMC", pass}, {"BX", pass}, {"EX", pass}, {"EI", pass},
};

static void run(struct scan *s, str name)
{
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++) {
        if (str_is(name, OPERATORS[i].name)) {
            OPERATORS[i].run(s);
            return;
        }
    }
    preflight_find(s->p, PREFLIGHT_OPERATOR, s->number, "`%.*s`",
                   (int)(name.n < 20 ? name.n : 20), name.p);
}

static void clear(struct scan *s)
{
    s->n_operands = 0;
    s->name = STR_NONE;
}

void scan_content(struct scan *s, str content, qpdf_oh resources)
{
    qpdf_oh outside = s->resources;
    size_t saved = s->saved.n;
    struct tokens t = tokens_open(s->p->arena, content);
    s->resources = resources;
    clear(s);
    while (tokens_next(&t)) {
        if (t.kind == TOKEN_NUMBER && s->n_operands < SCAN_OPERANDS) {
            s->operands[s->n_operands++] = t.number;
        } else if (t.kind == TOKEN_NAME) {
            s->name = t.text;
        } else if (t.kind == TOKEN_OPERATOR && str_is(t.text, "BI")) {
            scan_inline(s, &t);
            clear(s);
        } else if (t.kind == TOKEN_OPERATOR) {
            run(s, t.text);
            clear(s);
        }
    }
    if (s->saved.n > saved) {
        preflight_find(s->p, PREFLIGHT_BALANCE, s->number, "a q without its Q");
        s->saved.n = saved;
    }
    s->resources = outside;
}
