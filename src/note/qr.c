/* SPDX-License-Identifier: MIT
 *
 * In: a `qr` block: a text, or a mapping. Out: a QR node; whether the text fits into a
 * code is known when the tree is built. */
#include "note/load.h"

static const char *const LEVELS[] = {"L", "M", "Q", "H"};

struct reading {
    struct note_loader *l;
    struct note_qr *qr;
    const struct value *text, *caption;
};

static void qr_alt(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct reading *)into)->qr->alt = str_trim(v->text);
}

static void qr_level(struct note_loader *l, const struct value *v, void *into)
{
    int level = note_read_word(l, v, LEVELS, sizeof LEVELS / sizeof *LEVELS);
    if (level >= 0) {
        ((struct reading *)into)->qr->level = level;
    }
}

static void qr_size(struct note_loader *l, const struct value *v, void *into)
{
    struct note_qr *qr = ((struct reading *)into)->qr;
    qr->has_size = note_read_length(l, v, &qr->size);
    qr->size_at = v->at;
}

static void qr_align(struct note_loader *l, const struct value *v, void *into)
{
    note_read_side(l, v, &((struct reading *)into)->qr->align);
}

static const struct note_key QR_KEYS[] = {
    {"text", NOTE_TYPE_TEXT, NOTE_REQUIRED, note_keep_value, NOTE_IN(reading, text),
     "What the code says; an address that begins with http becomes a link, too."},
    {"size", NOTE_TYPE_LENGTH, 0, qr_size, 0,
     "How wide it is, with the white around it that scanners need; else 25 mm, or more "
     "where it says much. `%` is of the column."},
    {"level", NOTE_TYPE_QR_LEVEL, 0, qr_level, 0,
     "How much of it may be lost: `L` 7 %, `M` 15 % (the default), `Q` 25 %, `H` 30 %."},
    {"alt", NOTE_TYPE_TEXT, 0, qr_alt, 0,
     "What it is, for who cannot see it; else the layout's word and the text."},
    {"caption", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(reading, caption),
     "A caption, in inline Markdown."},
    {"align", NOTE_TYPE_SIDE, 0, qr_align, 0,
     "`start`, `end`, `left`, `center` or `right`; else as the style has it."},
};

const struct note_keys NOTE_QR_KEYS = NOTE_KEYS_TABLE("qr", "a QR code", QR_KEYS);

void note_qr(struct note_loader *l, const struct value *v, struct note_node *into)
{
    enum { MEDIUM = 1 };
    struct note_qr *qr = NEW(l->arena, struct note_qr);
    struct reading r = {.l = l, .qr = qr};
    qr->level = MEDIUM;
    into->as.qr.about = qr;
    if (v->kind == VALUE_SCALAR) {
        r.text = v;
    } else {
        note_keys_read(l, &NOTE_QR_KEYS, v, &r);
    }
    if (r.text) {
        str text = r.text->text;
        qr->text = str_ends(text, STR("\n")) ? str_sub(text, 0, text.n - 1) : text;
        qr->at = r.text->at;
        if (qr->text.n == 0) {
            diag_report(l->sink, DIAG_BAD_VALUE, qr->at, "write what it is to say",
                        "a QR code without a text");
        }
    }
    if (r.caption && str_trim(r.caption->text).n) {
        into->as.qr.caption = note_node_new(l, NOTE_PARAGRAPH, r.caption->at);
        note_append(into, into->as.qr.caption);
        note_markdown_inline(l, r.caption, into->as.qr.caption);
    }
}

const char *note_qr_level_name(int level)
{
    return LEVELS[level];
}
