/* SPDX-License-Identifier: MIT
 *
 * In: a note. Out: a report for each text that goes into the PDF as one string (a title,
 * a heading in the outline, what a picture shows) and is longer than PDF/A allows strings
 * to be: 32,767 bytes, which are two for a character of UTF-16 and two for the mark
 * before them. */
#include "note/load.h"

#include "base/utf8.h"

enum { STRING_BYTES = 32767, CHARACTERS_MAX = (STRING_BYTES - 2) / 2 };

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
                    "%s of %zu characters; a PDF/A holds at most %d in one string", what,
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

static void check_below(struct note_loader *l, struct note_node *root)
{
    for (struct note_node *n = root; n; n = note_next(n, root)) {
        if (n->kind == NOTE_HEADING) {
            note_check_length(l, note_plain_text(n, l->arena), n->at, "a heading");
        } else if (n->kind == NOTE_IMAGE && n->as.image.about) {
            note_check_length(l, n->as.image.about->alt, n->at, "an `alt`");
        }
    }
}

void note_lengths_finish(struct note_loader *l)
{
    struct note_node *title = l->note->title;
    if (title) {
        note_check_length(l, note_plain_text(title, l->arena), title->at, "a title");
    }
    check_below(l, l->note->body);
    check_below(l, l->note->disclaimer);
    for (size_t i = 0; i < l->defined.n; i++) {
        check_below(l, l->defined.v[i]->body);
    }
}
