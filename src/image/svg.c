/* SPDX-License-Identifier: MIT
 *
 * Drawings: `infonote-svg` is run (src/svg/svg.h says what it answers) and its answer is
 * read with bounds, as everything is that comes from outside. The objects of a drawing
 * are kept by its content: a letterhead is drawn once for a night of notes. */
#include "image/formats.h"

#include <string.h>

enum {
    SECONDS = 60, /* the program itself stops after 10 of the processor */
    MAX_ANSWER = 80 << 20, MAX_DRAWING = 16 << 20, BUDGET = 64 << 20,
    MAX_OBJECTS = 200000, MAX_DIGITS = 9,
};

#define TOO_MUCH "draw less in it, or save it as PNG"

void image_tools_init(struct image_tools *tools)
{
    *tools = (struct image_tools){0};
    arena_init(&tools->arena);
    map_init(&tools->drawings, &tools->arena);
}

void image_tools_done(struct image_tools *tools)
{
    arena_done(&tools->arena);
}

void image_tools_trim(struct image_tools *tools)
{
    if (tools->arena.used > BUDGET) {
        arena_done(&tools->arena);
        arena_init(&tools->arena);
        map_init(&tools->drawings, &tools->arena);
    }
}

/* --- Reading the answer --- */

struct answer {
    str rest;
    struct arena *arena;    /* of the drawing */
    struct image_drawing *drawing;
    struct image_object *objects;
    VEC(struct image_remark) remarks;
    str wrong;              /* why it cannot be drawn */
    uint32_t line, column;
    size_t found;           /* objects so far */
    bool ended, broken;
};

static uint32_t take_number(struct answer *r, str *line)
{
    str word = str_cut(*line, ' ', line);
    uint64_t n = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < '0' || word.p[i] > '9' || n > UINT32_MAX / 16) {
            r->broken = true;
            return 0;
        }
        n = n * 10 + (uint64_t)(word.p[i] - '0');
    }
    r->broken = r->broken || word.n == 0 || n > INT32_MAX;
    return r->broken ? 0 : (uint32_t)n;
}

static void add_remark(struct answer *r, enum image_remark_kind kind, str line)
{
    uint32_t at = take_number(r, &line);
    str text = kind == IMAGE_MISSING_GLYPH
                   ? str_format(r->arena, "U+%.*s", STR_ARG(line))
                   : str_copy(r->arena, line);
    vec_push(r->arena, &r->remarks, (struct image_remark){kind, at, text});
}

static void take_external(struct answer *r, str line)
{
    add_remark(r, IMAGE_EXTERNAL, line);
}

static void take_ignored(struct answer *r, str line)
{
    add_remark(r, IMAGE_IGNORED, line);
}

static void take_missing(struct answer *r, str line)
{
    add_remark(r, IMAGE_MISSING_GLYPH, line);
}

static void take_wrong(struct answer *r, str line)
{
    r->line = take_number(r, &line);
    r->column = take_number(r, &line);
    r->wrong = line;
}

static void take_pair(struct answer *r, str line, len *width, len *height)
{
    *width = (len)take_number(r, &line);
    *height = (len)take_number(r, &line);
    r->broken = r->broken || *width <= 0 || *height <= 0;
}

static void take_size(struct answer *r, str line)
{
    take_pair(r, line, &r->drawing->width, &r->drawing->height);
}

static void take_form(struct answer *r, str line)
{
    take_pair(r, line, &r->drawing->form_width, &r->drawing->form_height);
}

static void take_count(struct answer *r, str line)
{
    r->drawing->n = take_number(r, &line);
    r->broken = r->broken || r->objects || r->drawing->n > MAX_OBJECTS;
    if (!r->broken) {
        r->objects = NEW_ARRAY(r->arena, struct image_object, r->drawing->n);
        r->drawing->objects = r->objects;
    }
}

static str take_bytes(struct answer *r, size_t n)
{
    if (n > r->rest.n) {
        r->broken = true;
        return STR_NONE;
    }
    str bytes = str_copy(r->arena, str_sub(r->rest, 0, n));
    r->rest = str_sub(r->rest, n, r->rest.n);
    return bytes;
}

/* Every reference is to an object of the drawing. */
static bool references_hold(str dictionary, size_t n)
{
    size_t at;
    while (str_find_char(dictionary, '\1', &at)) {
        str rest = str_sub(dictionary, at + 1, dictionary.n);
        uint64_t value = 0;
        if (!str_find_char(rest, '\1', &at) || at > MAX_DIGITS) {
            return false;
        }
        for (size_t i = 0; i < at; i++) {
            if (rest.p[i] < '0' || rest.p[i] > '9') {
                return false;
            }
            value = value * 10 + (uint64_t)(rest.p[i] - '0');
        }
        if (value < 1 || value > n) {
            return false;
        }
        dictionary = str_sub(rest, at + 1, rest.n);
    }
    return true;
}

static void take_object(struct answer *r, str line)
{
    uint32_t number = take_number(r, &line);
    uint32_t bytes = take_number(r, &line);
    bool has_stream = !str_is(line, "-1");
    uint32_t stream = has_stream ? take_number(r, &line) : 0;
    if (r->broken || number < 1 || number > r->drawing->n ||
        r->objects[number - 1].dictionary.p) {
        r->broken = true;
        return;
    }
    struct image_object *o = &r->objects[number - 1];
    o->dictionary = take_bytes(r, bytes);
    o->stream = take_bytes(r, stream);
    o->has_stream = has_stream;
    r->found++;
    r->broken = r->broken || !references_hold(o->dictionary, r->drawing->n);
}

static void take_end(struct answer *r, str line)
{
    (void)line;
    r->ended = true;
}

static const struct {
    const char *word;
    void (*take)(struct answer *r, str line);
} LINES[] = {
    {"external", take_external}, {"ignored", take_ignored}, {"missing", take_missing},
    {"wrong", take_wrong},       {"size", take_size},       {"form", take_form},
    {"objects", take_count},     {"object", take_object},   {"end", take_end},
};

static void take_line(struct answer *r)
{
    str line = str_cut(r->rest, '\n', &r->rest);
    str word = str_cut(line, ' ', &line);
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        if (str_is(word, LINES[i].word)) {
            LINES[i].take(r, line);
            return;
        }
    }
    r->broken = true;
}

/* False unless all of the answer is there. */
static bool read_answer(struct answer *r)
{
    str head = str_cut(r->rest, '\n', &r->rest);
    r->broken = !str_is(head, "infonote-svg 1");
    while (!r->broken && !r->ended && r->rest.n) {
        take_line(r);
    }
    r->drawing->remarks = r->remarks.v;
    r->drawing->n_remarks = r->remarks.n;
    const struct image_drawing *d = r->drawing;
    bool whole = d->n > 0 && r->found == d->n && d->objects[0].has_stream &&
                 d->width > 0 && d->form_width > 0;
    return r->ended && !r->broken && (r->wrong.n || whole);
}

/* --- Asking --- */

static char **arguments_of(const struct image_tools *tools, str bytes, struct arena *a)
{
    size_t at, n = str_find(bytes, STR("text"), &at) ? tools->n_faces : 0;
    char **arguments = NEW_ARRAY(a, char *, n + 2);
    arguments[0] = "infonote-svg";
    for (size_t i = 0; i < n; i++) {
        str argument = str_format(a, "%.*s=%.*s", STR_ARG(tools->faces[i].family),
                                  STR_ARG(tools->faces[i].file));
        arguments[i + 1] = arena_copy(a, argument.p, argument.n);
    }
    return arguments;
}

static bool refuse_run(enum image_run how, struct image_problem *problem)
{
    switch (how) {
    case IMAGE_RUN_MISSING:
        return image_refuse(problem,
                            STR("is an SVG, and this build of infonote cannot draw SVG: "
                                "there is no infonote-svg"),
                            "build infonote where librsvg2-dev is installed, or save "
                            "the drawing as PNG");
    case IMAGE_RUN_LATE:
        return image_refuse(problem, STR("takes too long to be drawn"), TOO_MUCH);
    case IMAGE_RUN_DONE:
    case IMAGE_RUN_FAILED:
        break;
    }
    return image_refuse(problem, STR("cannot be drawn: infonote-svg gave it up"),
                        TOO_MUCH);
}

/* `why` with its place in the drawing, if that is known. */
static bool refuse_wrong(const struct answer *r, struct arena *a,
                         struct image_problem *problem)
{
    struct buf b;
    buf_init(&b, a);
    buf_puts(&b, "cannot be drawn: ");
    buf_put(&b, str_trim(r->wrong));
    if (r->line) {
        buf_format(&b, " (line %u", (unsigned)r->line);
        if (r->column) {
            buf_format(&b, ", column %u", (unsigned)r->column);
        }
        buf_char(&b, ')');
    }
    return image_refuse(problem, buf_str(&b), "mend the drawing, or save it again");
}

static struct image_drawing *draw(const struct image *image, struct image_tools *tools,
                                  struct arena *a, struct image_problem *problem)
{
    struct arena scratch;
    struct buf output;
    struct image_drawing *drawing = NEW(&tools->arena, struct image_drawing);
    arena_init(&scratch);
    buf_init(&output, &scratch);
    struct image_command command = {
        .program = tools->svg,
        .arguments = arguments_of(tools, image->bytes, &scratch),
        .input = image->bytes, .limit = MAX_ANSWER, .seconds = SECONDS,
    };
    enum image_run how = tools->svg ? image_run(&command, &output) : IMAGE_RUN_MISSING;
    struct answer r = {
        .rest = buf_str(&output), .arena = &tools->arena, .drawing = drawing,
    };
    bool whole = how == IMAGE_RUN_DONE && read_answer(&r);
    if (!whole) {
        refuse_run(how, problem);
    } else if (r.wrong.n) {
        refuse_wrong(&r, a, problem);
    }
    arena_done(&scratch);
    return whole && !r.wrong.n ? drawing : NULL;
}

static uint32_t whole_points(len length)
{
    len points = (length + LEN_PT / 2) / LEN_PT;
    return points < 1 ? 1 : (uint32_t)points;
}

bool image_svg_draw(struct image *image, struct image_tools *tools, struct arena *a,
                    struct image_problem *problem)
{
    if (!tools) {
        return refuse_run(IMAGE_RUN_MISSING, problem);
    }
    if (image->bytes.n > MAX_DRAWING) {
        return image_refuse(problem, STR("is larger than 16 MiB"), TOO_MUCH);
    }
    if (tools->prepare) {
        tools->prepare(tools);
        tools->prepare = NULL;
    }
    const struct image_drawing *drawing =
        map_find(&tools->drawings, str_from(image->digest));
    if (!drawing) {
        struct image_drawing *drawn = draw(image, tools, a, problem);
        if (!drawn) {
            return false;
        }
        map_put(&tools->drawings, str_copy(&tools->arena, str_from(image->digest)),
                drawn);
        drawing = drawn;
    }
    image->drawing = drawing;
    image->columns = whole_points(drawing->width);
    image->rows = whole_points(drawing->height);
    return true;
}
