/* SPDX-License-Identifier: MIT
 *
 * In: styles of the layout. Out: CSS, as little as says what differs from what is
 * around. Running text is 16 px and all else in proportion, since screens are read from
 * further away than paper. Black text gets no colour, so that dark screens can show it
 * white; what has a background gets both. */
#include "screen/html.h"

enum {
    BASE_PIXELS = 16,
    HUNDRED = 100,
    LEAST_CONTRAST = 450, /* WCAG 2, AA */
    STEPS = 20,           /* from a colour to white */
    WHITE = 1000,
};

/* "#121212", as browsers and mail programs have it. */
static const struct color DARK = {COLOR_GRAY, {71}, 0};

int html_pixels(const struct html_writer *w, len length)
{
    return (int)len_muldiv(length, BASE_PIXELS, w->base);
}

const char *html_start(const struct html_writer *w)
{
    return w->rtl ? "right" : "left";
}

static bool contains(str text, const char *part)
{
    size_t at;
    return str_find(text, str_from(part), &at);
}

static bool is_mono(str family)
{
    return contains(family, "mono") || contains(family, "courier");
}

/* The name of a family in fonts/ is that of the font, with hyphens for spaces. */
void html_family(struct buf *css, str family)
{
    static const char *const SANS[] = {"sans", "lato", "inter", "roboto", "gothic",
                                       "grotesk", "arial", "helvetica"};
    bool sans = false;
    for (size_t i = 0; i < sizeof SANS / sizeof *SANS; i++) {
        sans = sans || contains(family, SANS[i]);
    }
    buf_char(css, '\'');
    for (size_t i = 0; i < family.n; i++) {
        char c = family.p[i];
        bool safe = c != '\'' && c != '\\' && c != ';' && c != '"' && c != '<' &&
                    c != '&';
        buf_char(css, c == '-' ? ' ' : safe ? c : '_');
    }
    buf_puts(css, is_mono(family) ? "',Consolas,Menlo,monospace"
                  : sans          ? "','Segoe UI',Roboto,Helvetica,Arial,sans-serif"
                                  : "',Georgia,'Times New Roman',serif");
}

static void put_ratio(struct buf *css, len size, len around)
{
    buf_puts(css, "font-size:");
    buf_decimal(css, len_muldiv(size, HUNDRED, around > 0 ? around : size), 2);
    buf_puts(css, "em;");
}

static void put_color(struct buf *css, const char *name, struct color color)
{
    buf_puts(css, name);
    color_put_hex(css, color);
    buf_char(css, ';');
}

void html_text_color(struct html_writer *w, struct buf *css, struct color color)
{
    bool known = w->backed || color_eq(color, COLOR_BLACK);
    for (size_t i = 0; i < w->colors.n; i++) {
        known = known || color_eq(w->colors.v[i], color);
    }
    if (!known) {
        vec_push(w->a, &w->colors, color);
    }
    put_color(css, w->backed ? "color: " : "color:", color);
}

/* As little lighter as it takes to be read there. */
static struct color lighter(struct color color)
{
    struct color from = color_on_screen(color), c = from;
    int parts = from.space == COLOR_GRAY ? 1 : 3;
    for (int step = 1; step <= STEPS; step++) {
        if (color_contrast(c, DARK) >= LEAST_CONTRAST) {
            break;
        }
        for (int i = 0; i < parts; i++) {
            c.part[i] = (uint16_t)(from.part[i] + (WHITE - from.part[i]) * step / STEPS);
        }
    }
    return c;
}

void html_dark(const struct html_writer *w, struct buf *out)
{
    bool begun = false;
    for (size_t i = 0; i < w->colors.n; i++) {
        struct color light = lighter(w->colors.v[i]);
        if (!color_eq(light, color_on_screen(w->colors.v[i]))) {
            buf_puts(out, begun ? "" : "<style>@media (prefers-color-scheme:dark){\n");
            buf_puts(out, "[style*=\"color:");
            color_put_hex(out, w->colors.v[i]);
            buf_puts(out, "\"]{color:");
            color_put_hex(out, light);
            buf_puts(out, "!important}\n");
            begun = true;
        }
    }
    buf_puts(out, begun ? "}</style>" : "");
}

static void put_caps(struct buf *css, const struct style *s, const struct style *around)
{
    if (s->caps == around->caps) {
        return;
    }
    if (s->caps == STYLE_CAPS_NONE) {
        buf_puts(css, "font-variant:normal;text-transform:none;");
    } else {
        buf_puts(css, s->caps == STYLE_CAPS_UPPER ? "text-transform:uppercase;"
                                                  : "font-variant:small-caps;");
    }
}

static void put_lines(struct buf *css, const struct style *s, const struct style *around,
                      unsigned given)
{
    bool under = s->underline && !around->underline && !(given & HTML_UNDERLINED);
    bool through = s->strike && !around->strike && !(given & HTML_STRUCK);
    if (under || through) {
        buf_format(css, "text-decoration:%s%s;", under ? "underline" : "",
                   through ? under ? " line-through" : "line-through" : "");
    }
}

void html_characters(struct html_writer *w, struct buf *css, const struct style *s,
                     const struct style *around, unsigned given)
{
    bool bold = s->weight > 550, was_bold = around->weight > 550 || (given & HTML_BOLD);
    bool was_italic = around->italic || (given & HTML_ITALIC);
    if (!str_eq(s->family, around->family)) {
        buf_puts(css, "font-family:");
        html_family(css, s->family);
        buf_char(css, ';');
    }
    bool same = len_muldiv(s->size, HUNDRED, around->size) == HUNDRED;
    if (!(given & HTML_SIZE) && (!same || (given & HTML_LARGE))) {
        put_ratio(css, s->size, around->size);
    }
    if (bold != was_bold) {
        buf_puts(css, bold ? "font-weight:bold;" : "font-weight:normal;");
    }
    if (s->italic != was_italic) {
        buf_puts(css, s->italic ? "font-style:italic;" : "font-style:normal;");
    }
    if (!color_eq(s->color, around->color)) {
        html_text_color(w, css, s->color);
    }
    put_caps(css, s, around);
    put_lines(css, s, around, given);
}

void html_margin(struct buf *css, int below)
{
    if (below > 0) {
        buf_format(css, "margin:0 0 %dpx;", below);
    } else {
        buf_puts(css, "margin:0;");
    }
}

/* A black line is of the text's colour, whatever that is. */
void html_line_color(struct buf *css, struct color color)
{
    if (!color_eq(color, COLOR_BLACK)) {
        buf_char(css, ' ');
        color_put_hex(css, color);
    }
    buf_char(css, ';');
}

void html_frame(const struct html_writer *w, struct buf *css, const struct style *s)
{
    if (s->background.space != COLOR_NONE) {
        put_color(css, "background:", s->background);
        put_color(css, "color: ", s->color);
    }
    if (s->border > 0) {
        int width = html_pixels(w, s->border);
        const char *side = s->border_sides == STYLE_SIDES_START
            ? w->rtl ? "-right" : "-left" : "";
        buf_format(css, "border%s:%dpx solid", side, width < 1 ? 1 : width);
        html_line_color(css, s->border_color);
    }
    buf_format(css, "padding:%dpx %dpx;", html_pixels(w, s->padding_block),
               html_pixels(w, s->padding));
}
