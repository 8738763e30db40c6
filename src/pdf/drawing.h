/* pdf/drawing.h: drawings (SVG) as form XObjects. */
#ifndef INFONOTE_PDF_DRAWING_H
#define INFONOTE_PDF_DRAWING_H

#include "image/image.h"
#include "page/page.h"
#include "pdf/inks.h"
#include "pdf/save.h"

/* Where a drawing goes. */
struct pdf_drawing_target {
    struct pdf_haru *haru;
    struct pdf_save *save;
    struct pdf_inks *inks; /* NULL: for screens */
    struct place at;       /* what shows it, and its name, for reports */
    str name;
    int64_t overprint_below; /* black letters smaller than that overprint: thousandths of
                                a unit of the drawing's */
    int64_t hairline;        /* lines are no thinner than that; the same */
    int64_t most;            /* the largest scale at which it is shown, thousandths */
    const struct image_drawing *drawing; /* all of it */
    const bool *resources; /* by number: objects of resources, if RGB is left; or NULL */
};

/* Writes the drawing's objects under new numbers, the first as `form`. False, with the
 * reason, if it cannot be printed. */
bool pdf_drawing_write(const struct image_drawing *drawing, struct pdf_dict *form,
                       const struct pdf_drawing_target *target,
                       struct image_problem *problem);

/* drawing_text.c: which letters overprint. It sees the operators of a stream in their
 * order, with the numbers before each; colours are told it as what is printed. */
enum { PDF_TEXT_ONE = 1000, PDF_TEXT_DEPTH = 64 };

struct pdf_drawing_text {
    int64_t below;           /* as above */
    struct {
        int64_t scale, wide; /* of its units, upright and level, thousandths */
        bool black;          /* what is filled is, in black ink alone */
    } now, saved[PDF_TEXT_DEPTH];
    size_t depth;
    int64_t line, size;      /* of the text's matrix and font, thousandths */
    bool on, used;           /* overprinting; ever */
};

/* Where it begins or ends: before the operator, with what belongs to it, or behind it. */
enum pdf_text_change { PDF_TEXT_STAYS, PDF_TEXT_BEGINS, PDF_TEXT_ENDS,
                       PDF_TEXT_ENDS_BEHIND };

void pdf_drawing_text_init(struct pdf_drawing_text *t, int64_t below);
void pdf_drawing_text_fill(struct pdf_drawing_text *t, bool black);
enum pdf_text_change pdf_drawing_text_see(struct pdf_drawing_text *t, str word,
                                          const int32_t *operands, int n);

/* drawing_pixels.c: reports what a form with this dictionary shows under a name, if it is
 * a picture with too few pixels for where it stands. */
void pdf_drawing_check_pixels(const struct pdf_drawing_target *t, str dictionary,
                              str name, const struct pdf_drawing_text *text,
                              struct arena *a);

/* drawing_inks.c: gives an object of resources the space in which RGB is left. */
void pdf_drawing_add_rgb(struct image_object *o, const struct pdf_drawing_target *target,
                         struct arena *a);

/* drawing_pictures.c: a picture as it is printed; as below. */
bool pdf_drawing_picture(struct image_object *o, bool *recoded,
                         const struct pdf_drawing_target *target, struct arena *a,
                         struct image_problem *problem);

/* "/ColorSpace[/ICCBased 7 0 R]", by the profile of samples, or without them of sRGB; a
 * 0 is behind it. */
str pdf_drawing_rgb_space(const struct image_samples *samples,
                          const struct pdf_drawing_target *target, struct arena *a);

/* What objects are changed with: whether a dictionary holds a text; with `from`, wherever
 * it stands, as `to`; data without their compression. False, with the reason: the drawing
 * cannot be printed. */
bool pdf_drawing_holds(str dictionary, const char *text);
str pdf_drawing_replace(str dictionary, const char *from, const char *to,
                        struct arena *a);
bool pdf_drawing_inflate(str *data, struct arena *a, struct image_problem *problem);
bool pdf_drawing_refuse(struct image_problem *problem, const char *what);

/* drawing_inks.c: an object of a drawing for print: its colours become inks. Its stream,
 * if `*recoded`, is then not compressed. False, with the reason, if that cannot be. */
bool pdf_drawing_ink(struct image_object *o, bool *recoded,
                     const struct pdf_drawing_target *target, struct arena *a,
                     struct image_problem *problem);

#endif
