/* SPDX-License-Identifier: MIT
 *
 * In: a note. Out: a report for each text that goes into the PDF as one string (a title,
 * a heading in the outline, what a picture shows, where a link leads) and is longer than
 * PDF/A allows strings to be: 32,767 bytes, which are two for a character of UTF-16 and
 * two for the mark before them. The layout may put a number before a heading. */
#include "note/load.h"

#include <assert.h>

#include "base/utf8.h"

enum { STRING_BYTES = 32767, CHARACTERS_MAX = 16000 };

static_assert(CHARACTERS_MAX < (STRING_BYTES - 2) / 2, "room for a number");

static size_t utf16_length(str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        n += utf8_next(text, &at) > 0xFFFF ? 2 : 1;
    }
    return n;
}

static void check_count(struct note_loader *l, size_t n, struct place at,
                        const char *what)
{
    if (n > CHARACTERS_MAX) {
        diag_report(l->sink, DIAG_TOO_LARGE, at, "shorten it, or let it be text",
                    "%s of %zu characters; strings of PDF/A have room for %d", what,
                    n, CHARACTERS_MAX);
    }
}

void note_check_length(struct note_loader *l, str text, struct place at, const char *what)
{
    if (text.n > CHARACTERS_MAX) { /* else not even worth counting */
        check_count(l, utf16_length(text), at, what);
    }
}

/* The PDF joins them with commas. */
void note_check_joined(struct note_loader *l, const str *texts, size_t n, struct place at)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += utf16_length(texts[i]) + 2;
    }
    check_count(l, sum, at, "a list");
}

/* The text of what stands below a node; most are too short for a copy to be made. */
static void check_text(struct note_loader *l, struct note_node *node, const char *what)
{
    size_t bytes = 0;
    for (struct note_node *n = node; n; n = note_next(n, node)) {
        bytes += n->text.n + (n->kind == NOTE_PICTURE ? n->as.image.about->alt.n : 0);
    }
    if (bytes > CHARACTERS_MAX) {
        note_check_length(l, note_plain_text(node, l->arena), node->at, what);
    }
}

static void check_node(struct note_loader *l, struct note_node *n)
{
    switch (n->kind) {
    case NOTE_HEADING: check_text(l, n, "a heading"); break;
    case NOTE_LINK:
        check_text(l, n, "the text of a link");
        note_check_length(l, n->as.link.title, n->at, "the title of a link");
        note_check_length(l, n->as.link.url, n->at, "the address of a link");
        break;
    case NOTE_IMAGE:
    case NOTE_PICTURE:
        if (n->as.image.about) {
            note_check_length(l, n->as.image.about->alt, n->at, "an `alt`");
        }
        break;
    case NOTE_QR: note_check_length(l, n->as.qr.about->alt, n->at, "an `alt`"); break;
    default: break;
    }
}

static void check_below(struct note_loader *l, struct note_node *root)
{
    for (struct note_node *n = root; n; n = note_next(n, root)) {
        check_node(l, n);
    }
}

void note_lengths_finish(struct note_loader *l)
{
    struct note_node *title = l->note->title;
    if (title) {
        check_text(l, title, "a title");
    }
    check_below(l, title);
    check_below(l, l->note->subtitle);
    check_below(l, l->note->facts);
    check_below(l, l->note->body);
    check_below(l, l->note->disclaimer);
    for (size_t i = 0; i < l->defined.n; i++) {
        check_below(l, l->defined.v[i]->body);
    }
}
