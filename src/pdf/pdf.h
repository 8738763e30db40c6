/* pdf/pdf.h: pages to a PDF file.
 *
 * A linear translation of the page list through libharu's object layer; the only folder
 * that includes <hpdf.h>: haru.c, whose head says which of libharu's traps decide how it
 * is used.
 *
 * A tagged file of a note with a title and a language is PDF/UA-1 and PDF/A-2a (with
 * attachments PDF/A-3a) and says so, unless it is to say something else. Colours in a
 * PDF/A are grey and RGB.
 *
 * A file for print is PDF/X-4: plates in place of colours, or RGB with its profile; no
 * structure, no links, no files in it. */
#ifndef INFONOTE_PDF_PDF_H
#define INFONOTE_PDF_PDF_H

#include "base/buf.h"
#include "page/page.h"

/* What a file says that it is. */
struct pdf_standard {
    int a_part;   /* 2: PDF/A-2, 3: PDF/A-3, 0: no PDF/A */
    char a_level; /* 'A': with its structure; 'U': with its text */
    bool ua;      /* PDF/UA-1 */
    bool x;       /* PDF/X-4: a file for print, untagged */
};

/* What it is printed on, and how. */
struct pdf_print {
    str profile;         /* ICC; image_press_fault finds nothing wrong with it */
    str path;            /* the file that it was read from */
    str condition;       /* as registered: "FOGRA39"; empty: it is not */
    str info;            /* what people call it; may be empty */
    bool keep_rgb;       /* what is RGB stays so, with its profile */
    enum image_intent intent;
    bool black_point;
    len overprint_below; /* black letters smaller than that overprint */
    uint32_t max_ink;    /* thousandths */
};

struct pdf_shared; /* what files share that are written one after the other */

struct pdf_options {
    struct pdf_shared *shared; /* NULL: nothing */
    bool has_date;
    int64_t date;      /* seconds since 1970, UTC: creation and modification */
    bool tagged;       /* write the structure tree */
    bool uncompressed; /* for people who read PDF files */
    const struct pdf_standard *standard; /* NULL: as above */
    const struct pdf_print *print; /* NULL: a file for screens */
    str producer;      /* "infonote 0.1.0"; empty: without a version */
    char *digest;      /* NULL, or 65 characters: gets the SHA-256 of the file, as text */
};

/* Appends the whole file to `out`. False, with the reasons in the sink, when it cannot
 * be written; `out` is then undefined. The same pages and options give the same bytes. */
bool pdf_write(const struct page_list *pages, const struct pdf_options *options,
               struct arena *a, struct buf *out, struct diag_sink *sink);

/* Fonts that were subset, streams that were compressed: bytes that the next file would
 * have, too. Within bounds; one thread at a time. It must not outlive the faces of the
 * pages that were written with it. */
struct pdf_shared *pdf_shared_new(void);
void pdf_shared_free(struct pdf_shared *s);

#endif
