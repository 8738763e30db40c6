/* SPDX-License-Identifier: MIT
 *
 * In: a layout tree. Out: an HTML document as mail programs take it: 640 px wide,
 * narrower on small screens; for Outlook, which does not know the widest that something
 * may be, in a table of that width. */
#include "screen/html.h"

static void put_head(struct html_writer *w)
{
    buf_format(w->out, "<!DOCTYPE html>\n<html lang=\"%.*s\"%s><head>"
               "<meta charset=\"utf-8\">"
               "<meta name=\"viewport\" content=\"width=device-width\">"
               "<meta name=\"color-scheme\" content=\"light dark\"><title>",
               STR_ARG(w->t->lang), w->rtl ? " dir=\"rtl\"" : "");
    html_escape(w->out, w->t->title);
    buf_puts(w->out, "</title>");
    html_dark(w, w->out);
    buf_puts(w->out, "</head>\n<body style=\"margin:0\">\n");
}

static void open_sheet(struct html_writer *w, const struct style *root)
{
    buf_format(w->out, "<!--[if mso]><table width=\"%d\" align=\"center\"><tr><td>"
               "<![endif]-->\n<div lang=\"%.*s\"%s style=\"max-width:%dpx;margin:0 auto;"
               "padding:16px;text-align:%s;font:16px/1.45 ", HTML_WIDTH,
               STR_ARG(w->t->lang), w->rtl ? " dir=\"rtl\"" : "", HTML_WIDTH,
               html_start(w));
    html_family(w->out, root->family);
    buf_puts(w->out, "\">\n");
}

static void put_plain(struct html_writer *w, str text, const char *css)
{
    if (text.n) {
        buf_format(w->out, "<p style=\"margin:0 0 16px%s\">", css);
        while (text.n) {
            html_escape(w->out, str_cut(text, '\n', &text));
            buf_puts(w->out, text.n ? "<br>" : "");
        }
        buf_puts(w->out, "</p>\n");
    }
}

static void put_front(struct html_writer *w, const struct html_around *around)
{
    const struct box *parts[SCREEN_LETTER_PARTS];
    size_t n = screen_letter(w->r, parts);
    put_plain(w, screen_banner(w->r), ";text-align:center;font-weight:bold");
    put_plain(w, screen_letterhead(w->r), "");
    for (size_t i = 0; i < n; i++) {
        struct box holder = {.first = (struct box *)(uintptr_t)parts[i]};
        buf_puts(w->out, "<div style=\"margin:0 0 24px\">\n");
        html_children(w, &holder, around);
        buf_puts(w->out, "</div>\n");
    }
    buf_format(w->out, "<div style=\"margin:0 0 %dpx\">\n",
               html_pixels(w, html_before(w, w->t->body)));
    html_children(w, w->t->front, around);
    buf_puts(w->out, "</div>\n");
}

/* Each with a way back to its mark. */
static void put_notes(struct html_writer *w, const struct html_around *around)
{
    const struct tree *t = w->t;
    if (!t->notes.n) {
        return;
    }
    buf_puts(w->out, "<hr style=\"border:0;border-top:1px solid #888;"
             "margin:24px 0 8px\">\n<table role=\"presentation\" border=\"0\" "
             "cellspacing=\"0\" cellpadding=\"0\" style=\"font-size:.875em\">\n");
    for (size_t i = 0; i < t->notes.n; i++) {
        const struct tree_note *note = &t->notes.v[i];
        const struct box *first = note->first;
        struct html_around in = {
            note->box->first ? note->box->first->style : around->style, around->lang};
        buf_format(w->out, "<tr valign=\"top\"><td style=\"padding-%s:10px\">",
                   w->rtl ? "left" : "right");
        if (first) {
            html_words(w, &first->marker, &in);
        }
        buf_puts(w->out, "</td><td>");
        w->taken = first;
        html_children(w, note->box, &in);
        buf_puts(w->out, "</td></tr>\n");
    }
    buf_puts(w->out, "</table>\n");
}

void screen_html(const struct screen_request *r, struct buf *out,
                 struct screen_pictures *pictures)
{
    const struct tree *t = r->tree;
    const struct style *root = style_root(t->layout);
    struct buf body; /* first: the head says what dark screens do with its colours */
    buf_init(&body, r->arena);
    struct html_writer w = {.r = r, .t = t, .a = r->arena, .out = &body,
                            .pictures = pictures, .base = root->size,
                            .rtl = html_is_rtl(t->lang)};
    struct html_around around = {root, t->lang};
    open_sheet(&w, root);
    if (!r->bare) {
        put_front(&w, &around);
    }
    html_children(&w, t->body, &around);
    if (!r->bare && t->disclaimer) {
        buf_puts(&body, "<div style=\"margin-top:24px\">\n");
        html_children(&w, t->disclaimer, &around);
        buf_puts(&body, "</div>\n");
    }
    put_notes(&w, &around);
    w.out = out;
    put_head(&w);
    buf_put(out, buf_str(&body));
    buf_puts(out, "</div>\n<!--[if mso]></td></tr></table><![endif]-->\n"
             "</body></html>\n");
}
