/* SPDX-License-Identifier: MIT
 *
 * In: an object as cairo makes it, whose colours are RGB and grey. Out: the same in inks.
 *
 *   content   operators are read one by one; rg, RG, g and G become k and K
 *   shadings  their space, and the colours at the ends of their functions
 *   pictures  their samples (drawing_pictures.c)
 *   groups    the space in which they are blended
 *
 * What has RGB in another way, cairo does not write; it is refused. */
#include <string.h>

#include "pdf/drawing.h"
#include "pdf/image.h"
#include "pdf/syntax.h"

enum { OPERANDS = 6 };

/* --- Colours --- */

/* RGB and grey, in thousandths, as a colour of the page list. */
static struct color color_of(const int32_t *parts, int n)
{
    struct color c = {.space = n == 1 ? COLOR_GRAY : COLOR_RGB};
    for (int i = 0; i < n; i++) {
        int32_t part = parts[i] < 0 ? 0 : parts[i] > 1000 ? 1000 : parts[i];
        c.part[i] = (uint16_t)part;
    }
    if (n == 3 && c.part[0] == c.part[1] && c.part[1] == c.part[2]) {
        c = (struct color){.space = COLOR_GRAY, .part = {c.part[0]}};
    }
    return c;
}

static struct color ink_of(const int32_t *parts, int n,
                           const struct pdf_drawing_target *t)
{
    return pdf_inks_of(t->inks, color_of(parts, n),
                       &(struct pdf_shown){.what = "a drawing", .at = t->at});
}

/* --- Content --- */

struct content {
    str in;
    size_t at;
    struct buf out;
    size_t operands_at;       /* in `out`: where those of the next operator begin */
    int32_t operands[OPERANDS];
    int n;                    /* numbers among them */
    bool plain;               /* there is nothing else among them */
    int32_t last;             /* the last number, whatever else there is */
    bool numbered;            /* there is one */
    str name;                 /* the last name */
    str dictionary;           /* of what this is the content of */
    bool keeps;               /* RGB stays RGB somewhere */
    struct pdf_drawing_text text;
    const struct pdf_drawing_target *target;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return memchr("()<>[]{}/%", c, 10) != NULL;
}

/* Behind a string in parentheses. */
static size_t string_end(str in, size_t at)
{
    int depth = 0;
    for (; at < in.n; at++) {
        if (in.p[at] == '\\') {
            at++;
        } else if (in.p[at] == '(') {
            depth++;
        } else if (in.p[at] == ')' && --depth == 0) {
            return at + 1;
        }
    }
    return in.n;
}

/* Behind the token at `at`, which is no space. */
static size_t token_end(str in, size_t at)
{
    char first = in.p[at];
    if (first == '(') {
        return string_end(in, at);
    }
    if (first == '%') {
        while (at < in.n && in.p[at] != '\n' && in.p[at] != '\r') {
            at++;
        }
        return at;
    }
    if (first != '/' && is_delimiter(first)) {
        return at + 1;
    }
    for (at++; at < in.n && !is_space(in.p[at]) && !is_delimiter(in.p[at]);) {
        at++;
    }
    return at;
}

static void end_operands(struct content *c)
{
    c->operands_at = c->out.n;
    c->n = 0;
    c->plain = true;
    c->numbered = false;
}

/* True for an operator that sets a colour, which is then written. */
static bool put_color(struct content *c, str word)
{
    static const struct {
        const char *word;
        int operands;
        bool stroke;
    } OPERATORS[] = {{"rg", 3, false}, {"RG", 3, true}, {"g", 1, false}, {"G", 1, true}};
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++) {
        if (str_is(word, OPERATORS[i].word) && c->plain &&
            c->n == OPERATORS[i].operands) {
            struct color ink = ink_of(c->operands, c->n, c->target);
            c->keeps = c->keeps || ink.name == PDF_RGB;
            c->out.n = c->operands_at;
            buf_char(&c->out, '\n');
            (OPERATORS[i].stroke ? pdf_put_stroke : pdf_put_fill)(&c->out, ink);
            if (!OPERATORS[i].stroke) {
                pdf_drawing_text_fill(&c->text, pdf_inks_is_black(ink));
            }
            return true;
        }
    }
    return false;
}

/* Before what belongs to the operator that comes. */
static void insert(struct content *c, const char *text, struct arena *a)
{
    str tail = str_copy(a, str_sub(buf_str(&c->out), c->operands_at, c->out.n));
    c->out.n = c->operands_at;
    buf_puts(&c->out, text);
    buf_put(&c->out, tail);
}

/* True for the width of a line that is too thin, which is then as it must be. */
static bool put_width(struct content *c, str word)
{
    enum { ONE = PDF_TEXT_ONE };
    int64_t scale = c->text.now.scale > 0 ? c->text.now.scale : 1;
    int64_t least = (c->target->hairline * ONE - 1) / scale + 1; /* rounded up */
    if (!str_is(word, "w") || !c->plain || c->n != 1 || c->operands[0] >= least) {
        return false;
    }
    c->out.n = c->operands_at;
    buf_char(&c->out, '\n');
    buf_decimal(&c->out, least, 3);
    buf_puts(&c->out, " w");
    return true;
}

static void put_operator(struct content *c, str word, struct arena *a)
{
    if (str_is(word, "Do")) {
        pdf_drawing_check_pixels(c->target, c->dictionary, c->name, &c->text, a);
    }
    const int32_t *numbers = c->plain ? c->operands : &c->last;
    int n = c->plain ? c->n : c->numbered;
    enum pdf_text_change change = pdf_drawing_text_see(&c->text, word, numbers, n);
    if (change == PDF_TEXT_BEGINS) {
        insert(c, "\n/O1 gs\n", a);
    } else if (change == PDF_TEXT_ENDS) {
        insert(c, "\n/O0 gs\n", a);
    }
    buf_put(&c->out, word);
    if (change == PDF_TEXT_ENDS_BEHIND) {
        buf_puts(&c->out, "\n/O0 gs");
    }
}

/* False for what cannot be read on: a picture inside the content. */
static bool take_word(struct content *c, str word, struct arena *a)
{
    int32_t number;
    if (len_parse_milli(word, &number)) {
        c->last = number;
        c->numbered = true;
        c->plain = c->plain && c->n < OPERANDS;
        if (c->plain) {
            c->operands[c->n++] = number;
        }
        buf_put(&c->out, word);
        return true;
    }
    char first = word.p[0];
    if (is_delimiter(first)) {
        c->plain = false;
        c->name = first == '/' ? word : c->name;
        buf_put(&c->out, word);
        return true;
    }
    if (!put_color(c, word) && !put_width(c, word)) {
        put_operator(c, word, a);
    }
    end_operands(c);
    return !str_is(word, "ID");
}

static const char RESOURCES[] = "/Resources<<";

/* Forms that have resources of their own; what patterns repeat has no size. */
static bool can_overprint(const struct image_object *o)
{
    return pdf_drawing_holds(o->dictionary, "/Subtype/Form") &&
           pdf_drawing_holds(o->dictionary, RESOURCES);
}

/* Resources of a kind, among those that there are; `holder`, which is there, has them. */
static str add_resources(str dictionary, const char *holder, const char *kind, str what,
                         struct arena *a)
{
    bool has = pdf_drawing_holds(dictionary, kind);
    str open = str_from(has ? kind : holder);
    size_t at;
    struct buf b;
    str_find(dictionary, open, &at);
    buf_init(&b, a);
    buf_put(&b, str_sub(dictionary, 0, at + open.n));
    buf_puts(&b, has ? "" : kind);
    buf_put(&b, what);
    buf_puts(&b, has ? "" : ">>");
    buf_put(&b, str_sub(dictionary, at + open.n, dictionary.n));
    return buf_str(&b);
}

/* To an object with content, or to one of resources that others have. */
static str add_rgb_space(str dictionary, const char *holder, struct pdf_inks *inks,
                         struct arena *a)
{
    struct buf space;
    buf_init(&space, a);
    pdf_put_rgb_space(&space, inks);
    return add_resources(dictionary, holder, "/ColorSpace<<", buf_str(&space), a);
}

void pdf_drawing_add_rgb(struct image_object *o, const struct pdf_drawing_target *target,
                         struct arena *a)
{
    o->dictionary = add_rgb_space(o->dictionary, "", target->inks, a);
}

static bool ink_content(struct image_object *o, const struct pdf_drawing_target *target,
                        struct arena *a, struct image_problem *problem)
{
    struct content c = {.in = o->stream, .target = target, .plain = true,
                        .dictionary = o->dictionary};
    buf_init(&c.out, a);
    pdf_drawing_text_init(&c.text, can_overprint(o) ? target->overprint_below : 0);
    while (c.at < c.in.n) {
        size_t end = c.at;
        while (end < c.in.n && is_space(c.in.p[end])) {
            end++;
        }
        buf_put(&c.out, str_sub(c.in, c.at, end));
        c.at = end;
        if (end == c.in.n) {
            break;
        }
        end = token_end(c.in, c.at);
        if (!take_word(&c, str_sub(c.in, c.at, end), a)) {
            return pdf_drawing_refuse(problem, "has a picture that cannot be printed");
        }
        c.at = end;
    }
    o->stream = buf_str(&c.out);
    if (c.text.used) {
        o->dictionary = add_resources(o->dictionary, RESOURCES, "/ExtGState<<",
                                      STR(PDF_INK_STATES), a);
    }
    if (c.keeps && pdf_drawing_holds(o->dictionary, RESOURCES)) {
        o->dictionary = add_rgb_space(o->dictionary, RESOURCES, target->inks, a);
    }
    return true;
}

/* --- Shadings --- */

/* "/C0[ 1 0 0]" in inks; grey ones are masks and stay. */
static str ink_end(str dictionary, const char *key, const struct pdf_drawing_target *t,
                   struct arena *a)
{
    size_t from, length;
    int32_t parts[3];
    if (!str_find(dictionary, str_from(key), &from)) {
        return dictionary;
    }
    size_t start = from + str_from(key).n;
    str rest = str_sub(dictionary, start, dictionary.n);
    if (!str_find_char(rest, ']', &length)) {
        return dictionary;
    }
    str numbers = str_trim(str_sub(rest, 0, length));
    int n = 0;
    while (numbers.n && n < 3 &&
           len_parse_milli(str_cut(numbers, ' ', &numbers), &parts[n])) {
        n++;
    }
    if (n < 3 || numbers.n) {
        return dictionary;
    }
    struct color ink = ink_of(parts, n, t);
    struct buf b;
    if (t->inks->print->keep_rgb) {
        return dictionary; /* both ends, and so all between */
    }
    buf_init(&b, a);
    buf_put(&b, str_sub(dictionary, 0, start));
    for (int i = 0; i < 4; i++) {
        buf_char(&b, ' ');
        buf_decimal(&b, ink.part[i], 3);
    }
    buf_put(&b, str_sub(rest, length, rest.n));
    return buf_str(&b);
}

static bool ink_shading(struct image_object *o, const struct pdf_drawing_target *target,
                        struct arena *a, struct image_problem *problem)
{
    if (pdf_drawing_holds(o->dictionary, "/FunctionType 2")) {
        o->dictionary = ink_end(o->dictionary, "/C0[", target, a);
        o->dictionary = ink_end(o->dictionary, "/C1[", target, a);
    }
    if (!pdf_drawing_holds(o->dictionary, "/ColorSpace/DeviceRGB")) {
        return true;
    }
    if (o->has_stream) {
        return pdf_drawing_refuse(problem, "has a shading that cannot be printed");
    }
    str space = target->inks->print->keep_rgb ? pdf_drawing_rgb_space(NULL, target, a)
                                              : STR("/ColorSpace/DeviceCMYK");
    o->dictionary = pdf_drawing_replace(o->dictionary, "/ColorSpace/DeviceRGB", space.p,
                                        a);
    return true;
}

bool pdf_drawing_ink(struct image_object *o, bool *recoded,
                     const struct pdf_drawing_target *target, struct arena *a,
                     struct image_problem *problem)
{
    bool form = pdf_drawing_holds(o->dictionary, "/Subtype/Form");
    if (pdf_drawing_holds(o->dictionary, "/Subtype/Image")) {
        return pdf_drawing_picture(o, recoded, target, a, problem);
    }
    if (!o->has_stream || !(form || pdf_drawing_holds(o->dictionary, "/PatternType 1"))) {
        return ink_shading(o, target, a, problem);
    }
    *recoded = true;
    o->dictionary = pdf_drawing_replace(o->dictionary, "/CS/DeviceRGB",
                                        "/CS/DeviceCMYK", a);
    if (pdf_drawing_holds(o->dictionary, "/Filter/FlateDecode")) {
        o->dictionary = pdf_drawing_replace(o->dictionary, "/Filter/FlateDecode", "", a);
        if (!pdf_drawing_inflate(&o->stream, a, problem)) {
            return false;
        }
    }
    return ink_content(o, target, a, problem);
}
