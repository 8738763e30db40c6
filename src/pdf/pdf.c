/* SPDX-License-Identifier: MIT
 *
 * The driver: page list in, file out. Streams are written as soon as they are known;
 * dictionaries collect in libharu's document and follow at the end. */
#include "pdf/pdf.h"

#include "pdf/attach.h"
#include "pdf/job.h"
#include "pdf/metadata.h"
#include "pdf/outline.h"
#include "pdf/shared.h"
#include "pdf/syntax.h"

/* One dictionary of all fonts and images, which every page refers to. */
static void write_resources(struct pdf_job *j)
{
    j->resources = pdf_dict_new(j->haru);
    struct buf *b = pdf_dict_body(j->resources);
    buf_puts(b, "/Font<<");
    pdf_put_fonts(b, j->fonts);
    buf_puts(b, ">>");
    pdf_put_xobjects(b, &j->images);
}

static bool finish(struct pdf_job *j)
{
    uint32_t highest = pdf_haru_count(j->haru);
    if (j->options->tagged) {
        highest = pdf_structure_finish(&j->structure, j->haru);
    }
    pdf_save_objects(&j->save, highest);
    pdf_job_save_dicts(j);
    if (j->options->tagged) {
        /* In a stream of its own, which is the same in notes that differ in words. */
        pdf_save_flush(&j->save);
        pdf_structure_save(&j->structure, j->page_numbers, &j->save);
    }
    return pdf_save_end(&j->save, pdf_dict_number(pdf_haru_catalog(j->haru)),
                        pdf_dict_number(pdf_haru_info(j->haru)), j->sink);
}

static bool write_all(struct pdf_job *j)
{
    /* Which glyphs, which fonts, which text they are, which codes show them. */
    pdf_glyphs_collect(j->fonts, j->pages, j->arena);
    pdf_codes_assign(j->fonts);

    /* Pages have numbers before anything refers to them. */
    pdf_pages_make(j);

    /* Fonts, which give glyphs their widths; images. */
    if (!pdf_fonts_write(j->fonts, j->haru, &j->save, j->sink)) {
        return false;
    }
    pdf_images_collect(&j->images, j->pages, j->arena);
    j->images.inks = j->options->print ? &j->inks : NULL;
    j->screen_colors = pdf_metadata_standard(j->pages, j->options).a_part;
    if (!pdf_images_write(&j->images, j->screen_colors, j->haru, &j->save, j->sink)) {
        return false;
    }
    write_resources(j);

    /* Content, links, and what both tell the structure tree. */
    if (j->options->tagged) {
        pdf_structure_init(&j->structure, j->pages, j->arena);
    }
    if (!pdf_pages_write(j)) {
        return false;
    }
    pdf_pages_join(j, pdf_haru_page_root(j->haru));

    /* What readers see beside the pages; sheets are in no order for them. */
    if (!j->pages->sheets.faces.n) {
        pdf_outline_write(j->pages, j->page_numbers, j->haru, j->arena);
        pdf_labels_write(j->pages, j->haru, j->arena);
    }
    pdf_attachments_write(j->pages, j->options, j->haru, &j->save);
    pdf_metadata_write(j->pages, j->options, j->haru, &j->save);

    /* The structure tree, all objects, the file's end. */
    return finish(j);
}

bool pdf_write(const struct page_list *pages, const struct pdf_options *options,
               struct arena *a, struct buf *out, struct diag_sink *sink)
{
    struct pdf_fonts fonts;
    struct pdf_job j = {.pages = pages, .options = options, .arena = a, .sink = sink,
                        .fonts = &fonts};
    arena_init(&j.made);
    j.haru = pdf_haru_open(a);
    struct pdf_shared own;
    if (!options->shared) {
        pdf_shared_init(&own);
    }
    struct pdf_shared *shared = options->shared ? options->shared : &own;
    pdf_save_begin(&j.save, out, a, shared, !options->uncompressed);
    if (options->print) {
        pdf_save_older(&j.save); /* what PDF/X-4 is made of */
        pdf_inks_init(&j.inks, pages, options->print, a, sink);
    }
    bool ok = write_all(&j);
    if (ok && options->digest) {
        pdf_save_digest(&j.save, options->digest);
    }
    if (options->print) {
        pdf_inks_done(&j.inks);
    }
    if (shared == &own) {
        pdf_shared_done(&own);
    }
    arena_done(&j.made);
    return pdf_haru_close(j.haru, sink) && ok;
}
