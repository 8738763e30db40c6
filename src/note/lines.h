/* note/lines.h: Markdown prepared for cmark, with the way back to its scalar. */
#ifndef INFONOTE_NOTE_LINES_H
#define INFONOTE_NOTE_LINES_H

#include "note/note.h"

/* Text made of lines of a scalar; the columns of a line count from `origin`. */
struct note_line {
    size_t start;    /* in `text` */
    ptrdiff_t origin; /* of its first byte, in the scalar's text */
};

struct note_lines {
    struct buf text;
    VEC(struct note_line) lines;
};

/* A footnote defined in Markdown: `[^name]: …`. */
struct note_definition {
    str name;
    size_t at; /* in the scalar's text */
    struct note_lines lines;
};

struct note_prepared {
    struct note_lines main;
    VEC(struct note_definition) definitions;
};

/* Takes the definitions out of a body's text, and marks the marks. */
void note_lines_prepare(struct arena *a, str text, struct note_prepared *out);

/* One paragraph: line ends become spaces, nothing in it is block syntax. */
void note_lines_inline(struct arena *a, str text, struct note_lines *out);

/* Gives marks their brackets back; for code, HTML and addresses. */
str note_lines_restore(struct arena *a, str s);

#endif
