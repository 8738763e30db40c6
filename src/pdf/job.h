/* pdf/job.h: what the steps of writing share, be it a file or a part of one. */
#ifndef INFONOTE_PDF_JOB_H
#define INFONOTE_PDF_JOB_H

#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/image.h"
#include "pdf/pdf.h"
#include "pdf/structure.h"

struct pdf_job {
    const struct page_list *pages;
    const struct pdf_options *options;
    struct arena *arena;
    struct arena made;           /* items of the page at hand that are made for it */
    struct diag_sink *sink;
    struct pdf_haru *haru;
    struct pdf_save save;
    struct pdf_fonts *fonts;
    struct pdf_images images;
    struct pdf_inks inks;        /* of a file for print */
    struct pdf_structure structure;
    bool screen_colors;          /* grey and RGB only */
    bool blank;                  /* an empty page follows the last one */
    size_t n;                    /* pages, with that */
    struct pdf_dict **page_dicts;
    uint32_t *page_numbers;      /* their objects */
    struct pdf_dict *resources;
};

/* Pages have numbers before anything refers to them. */
void pdf_pages_make(struct pdf_job *j);

/* Content, links, and what both tell the structure tree. Resources are there. False, with
 * reports, if something cannot be written. */
bool pdf_pages_write(struct pdf_job *j);

/* Where colours of a press are mixed that let others through: in those of the press. */
void pdf_put_group(struct buf *b);

/* sheets.c: pages as forms, and the faces of sheets that show them, in their place. */
void pdf_sheets_write(struct pdf_job *j, struct pdf_content *content);

/* The tree of the pages, with `root` at its top. */
void pdf_pages_join(struct pdf_job *j, struct pdf_dict *root);

/* All dictionaries that no stream was written for. */
void pdf_job_save_dicts(struct pdf_job *j);

#endif
