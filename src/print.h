/* print.h: what a file for print is printed on. */
#ifndef INFONOTE_PRINT_H
#define INFONOTE_PRINT_H

#include "pdf/pdf.h"
#include "stages.h"

/* Whether the file is to be one for print; `standard` is what was asked for, NULL:
 * nothing was. */
bool print_wanted(const infonote_note *n, const struct pdf_standard *standard);

/* The same before anything is laid out. */
bool print_will(const infonote_note *n);

/* "note.yaml · 2026-03-04", for the line below each page; empty: none is wanted. */
str print_slug(infonote_note *n);

/* The date on it: of the file, else as the note says it; may be empty. */
str print_slug_date(infonote_note *n);

/* Pages for the sheet that the layout asks for. */
bool print_sheets(infonote_note *n);

/* The bytes of a profile's file; none if there is none. */
str print_read_profile(str path, struct arena *a);

/* What colours in inks look like: the user of a style_press, for one layout. */
struct print_screen {
    const struct infonote_engine *engine;
    struct arena arena;
    struct image_screen screen;
    bool looked;              /* for the profile, once */
};
void print_screen_init(struct print_screen *s, const struct infonote_engine *e);
void print_screen_done(struct print_screen *s);
bool print_on_screen(void *user, const struct layout *l, const uint16_t ink[4],
                     uint8_t rgb[3]);

/* Finds and reads the profile; false, with a report, if there is none to be used. */
bool print_prepare(infonote_note *n, struct pdf_print *out);

#endif
