/* SPDX-License-Identifier: MIT
 *
 * The first round of a book. In: pages. Out: what their part of the file needs: which
 * glyphs of which faces, read as what; which pictures and profiles, by their digests; and
 * how many numbers it may use for its objects, for the keys of the ParentTree, for
 * identifiers. These are bounds: numbers that stay unused are free in the file.
 *
 * Surveys are taken in the order of the parts, so that the fonts, the meanings of their
 * glyphs and every number are the same in every run. A picture is written with the first
 * part that shows it. */
#include "pdf/parts.h"

#include <string.h>

#include "pdf/icc.h"
#include "pdf/metadata.h"

enum { PACKED = 200, LEAF = 100 }; /* as in save.c and structure.c, or less */

bool pdf_book_has_blank(const struct pdf_book *book, size_t pages)
{
    return book->options.duplex && pages % 2 == 1;
}

bool pdf_book_screen_colors(const struct pdf_book *book, const struct pdf_options *o)
{
    /* The file has a title and a language, whatever a part has. */
    struct page_list all = {.title = STR("title"), .lang = STR("en")};
    (void)book;
    return pdf_metadata_standard(&all, o).a_part;
}

/* --- Numbers --- */

static size_t count_links(const struct page_list *pages)
{
    struct arena made;
    size_t n = 0;
    arena_init(&made);
    for (size_t p = 0; p < pages->pages.n; p++) {
        struct page room;
        const struct page *page = page_open(&pages->pages.v[p], &made, &room);
        for (size_t i = 0; i < page->items.n; i++) {
            n += page->items.v[i].kind == PAGE_LINK;
        }
        arena_reset(&made);
    }
    arena_done(&made);
    return n;
}

/* Objects that the part has beside its pictures, at most. */
static uint64_t count_objects(const struct page_list *pages, size_t n_pages,
                              size_t links)
{
    const struct structure *s = &pages->structure;
    size_t keys = pages->pages.n + links, elements = s->elements.n;
    uint64_t n = 2 + 1; /* entry of the outline, node of pages, resources */
    n += 2 * n_pages + n_pages / (LEAF - 1) + 2;
    n += links + pages->outline.n + elements;
    n += 2 + keys / LEAF + 1 + elements / LEAF + 1;
    for (size_t i = 0; i < s->grids.n; i++) {
        const struct structure_grid *g = &s->grids.v[i];
        n += (uint64_t)g->rows * (g->columns + 1) + g->columns;
    }
    n += s->grids.n ? n_pages : 0;
    return n + n / PACKED + 2;
}

/* --- The survey --- */

static void put_options(struct buf *out, const struct pdf_options *o)
{
    wire_put_number(out, o->tagged);
    wire_put_number(out, o->uncompressed);
    wire_put_number(out, o->standard != NULL);
    wire_put_number(out, o->standard ? (uint64_t)o->standard->a_part : 0);
    wire_put_number(out, o->standard ? (uint64_t)o->standard->a_level : 0);
    wire_put_number(out, o->standard && o->standard->ua);
    wire_put_number(out, o->standard && o->standard->x);
    wire_put_number(out, o->has_date);
    wire_put_number(out, (uint64_t)o->date);
    wire_put_text(out, o->producer);
}

/* Its profile is large and the same for all: it is named, and read again. */
static void put_print(struct buf *out, const struct pdf_print *print)
{
    struct buf press;
    char digest[65];
    buf_init(&press, out->arena);
    if (print) {
        str_sha256(print->profile, digest);
        wire_put_text(&press, print->path);
        wire_put_text(&press, str_from(digest));
        wire_put_text(&press, print->condition);
        wire_put_text(&press, print->info);
        wire_put_number(&press, print->keep_rgb);
        wire_put_number(&press, (uint64_t)print->intent);
        wire_put_number(&press, print->black_point);
        wire_put_number(&press, (uint64_t)print->overprint_below);
        wire_put_number(&press, print->max_ink);
    }
    wire_put_text(out, buf_str(&press));
}

static void put_fonts(struct buf *out, const struct page_list *pages)
{
    struct pdf_fonts fonts;
    pdf_glyphs_init(&fonts, out->arena);
    pdf_glyphs_of_pages(&fonts, pages);
    wire_put_number(out, fonts.list.n);
    for (size_t i = 0; i < fonts.list.n; i++) {
        const struct pdf_font *font = fonts.list.v[i];
        wire_put_text(out, font->face->file);
        wire_put_number(out, font->face->index);
        wire_put_number(out, font->glyphs.n);
        for (uint32_t id = 0; id < font->face->n_glyphs; id++) {
            if (font->slots[id]) {
                const struct pdf_glyph *g = pdf_glyph(font, id);
                wire_put_number(out, id);
                wire_put_number(out, g->guessed);
                wire_put_text(out, g->text);
            }
        }
    }
}

/* Of a picture that is printed: RGB, if it stays so, has one. */
static bool press_samples(const struct pdf_image *i, const struct pdf_print *print,
                          struct arena *scratch, struct image_samples *samples,
                          struct image_problem *problem)
{
    struct image_press press = {
        .profile = print->profile, .intent = print->intent, .keep_rgb = true,
        .black_point = print->black_point, .max_ink = print->max_ink};
    bool rgb = i->image->space == IMAGE_RGB || i->image->space == IMAGE_INDEXED;
    bool whole = !print->keep_rgb || !rgb ||
                 image_press_samples(&press, i->image, scratch, samples, problem);
    image_press_done(&press);
    return whole;
}

/* Drawings have none of their own. */
static bool find_profile(struct pdf_book *book, const struct pdf_image *i,
                         const struct pdf_options *options, str *profile,
                         struct diag_sink *sink)
{
    struct image_samples samples = {0};
    const struct pdf_print *print = options->print;
    bool screen = pdf_book_screen_colors(book, options);
    struct image_problem problem;
    struct arena scratch;
    char digest[65] = "";
    str *known = map_find(&book->profiles, str_from(i->image->digest));
    if (known) {
        *profile = *known;
        return true;
    }
    arena_init(&scratch);
    bool whole = i->image->drawing ? true
                 : print ? press_samples(i, print, &scratch, &samples, &problem)
                 : pdf_image_samples(i->image, screen, &scratch, &samples, &problem);
    if (!whole) {
        pdf_image_report(i, problem, sink);
    } else {
        str own = pdf_image_profile(&samples, print, &scratch);
        if (own.n) {
            str_sha256(own, digest);
        }
        known = NEW(&book->arena, str);
        *profile = *known = str_copy(&book->arena, str_from(digest));
        map_put(&book->profiles, str_copy(&book->arena, str_from(i->image->digest)),
                known);
    }
    arena_done(&scratch);
    return whole;
}

/* That of sRGB, which colours of pages and drawings may need: the first part has it. */
static void put_rgb_profile(struct buf *out)
{
    char digest[65];
    str_sha256(pdf_icc_srgb(out->arena), digest);
    wire_put_text(out, STR_NONE);
    wire_put_number(out, 0);
    wire_put_text(out, str_from(digest));
}

static bool put_images(struct pdf_book *book, const struct page_list *pages,
                       const struct pdf_options *options, struct buf *out,
                       struct diag_sink *sink)
{
    struct pdf_images images;
    bool good = true, keep = options->print && options->print->keep_rgb;
    pdf_images_collect(&images, pages, out->arena);
    wire_put_number(out, images.list.n + keep);
    if (keep) {
        put_rgb_profile(out);
    }
    for (size_t i = 0; i < images.list.n; i++) {
        const struct pdf_image *image = images.list.v[i];
        const struct image_drawing *drawing = image->image->drawing;
        str profile = STR_NONE;
        good = find_profile(book, image, options, &profile, sink) && good;
        wire_put_text(out, str_from(image->image->digest));
        wire_put_number(out, drawing ? drawing->n * (1 + keep) : 2); /* with profiles */
        wire_put_text(out, profile);
    }
    return good;
}

bool pdf_book_survey(struct pdf_book *book, const struct page_list *pages,
                     const struct pdf_options *options, struct buf *out,
                     struct diag_sink *sink)
{
    size_t links = count_links(pages);
    size_t n = pages->pages.n + pdf_book_has_blank(book, pages->pages.n);
    put_options(out, options);
    put_print(out, options->print);
    wire_put_text(out, pages->title);
    wire_put_text(out, pages->lang);
    wire_put_text(out, pages->authors);
    wire_put_text(out, pages->subject);
    wire_put_text(out, pages->keywords);
    wire_put_number(out, count_objects(pages, n, links));
    wire_put_number(out, pages->pages.n + links);
    wire_put_number(out, pages->structure.elements.n);
    put_fonts(out, pages);
    return put_images(book, pages, options, out, sink);
}

/* --- Taking it --- */

/* The date that all have; a file for print, which must have one, the latest. */
static void take_date(struct pdf_options *file, const struct pdf_options *part)
{
    if (file->print) {
        file->date = part->date > file->date ? part->date : file->date;
        return;
    }
    file->has_date = file->has_date && part->has_date && file->date == part->date;
}

static void take_options(struct pdf_book *book, struct wire *w)
{
    struct pdf_options o = {.tagged = wire_number(w), .uncompressed = wire_number(w)};
    struct pdf_standard standard = {0};
    bool has = wire_number(w);
    standard.a_part = (int)wire_number(w);
    standard.a_level = (char)wire_number(w);
    standard.ua = wire_number(w);
    standard.x = wire_number(w);
    o.has_date = wire_number(w);
    o.date = (int64_t)wire_number(w);
    o.producer = wire_text(w);
    if (book->parts.n) {
        take_date(&book->file, &o);
        return;
    }
    book->standard = standard;
    o.standard = has ? &book->standard : NULL;
    o.producer = str_copy(&book->arena, o.producer);
    o.shared = book->options.shared;
    book->file = o;
}

static bool read_press(struct pdf_book *book, struct diag_sink *sink)
{
    struct wire w = {book->press};
    struct pdf_print *p = &book->print;
    char digest[65];
    p->path = wire_text(&w);
    str known = wire_text(&w);
    p->condition = wire_text(&w);
    p->info = wire_text(&w);
    p->keep_rgb = wire_number(&w);
    p->intent = (enum image_intent)wire_number(&w);
    p->black_point = wire_number(&w);
    p->overprint_below = (len)wire_number(&w);
    p->max_ink = (uint32_t)wire_number(&w);
    p->profile = book->options.profile(book->options.user, p->path);
    str_sha256(p->profile, digest);
    if (!str_eq(known, str_from(digest))) {
        diag_report(sink, DIAG_PRESS_PROFILE, PLACE_NONE, NULL,
                    "the profile `%.*s` cannot be read again as it was",
                    STR_ARG(p->path));
        return false;
    }
    book->file.print = p;
    return true;
}

/* All parts are printed by one press, or none is. */
static bool take_print(struct pdf_book *book, struct wire *w, struct diag_sink *sink)
{
    str press = wire_text(w);
    if (!book->parts.n) {
        book->press = str_copy(&book->arena, press);
        return !press.n || read_press(book, sink);
    }
    if (!str_eq(press, book->press)) {
        diag_report(sink, DIAG_BAD_STANDARD, PLACE_NONE,
                    "make a file of those that have the same `print:` in their layouts",
                    "not all parts of the PDF are for the same press");
        return false;
    }
    return true;
}

/* What all parts say is what the file says. */
static void take_text(struct pdf_book *book, struct wire *w, str *all)
{
    str text = wire_text(w);
    if (!book->parts.n) {
        *all = str_copy(&book->arena, text);
    } else if (!str_eq(*all, text)) {
        *all = STR_NONE;
    }
}

static bool take_fonts(struct pdf_book *book, struct wire *w, struct diag_sink *sink)
{
    uint64_t n = wire_number(w);
    for (uint64_t i = 0; i < n; i++) {
        str file = wire_text(w);
        uint32_t index = (uint32_t)wire_number(w);
        const struct text_face *face =
            book->options.face(book->options.user, file, index);
        if (!face) {
            diag_report(sink, DIAG_BAD_FONT, PLACE_NONE, NULL,
                        "the font file `%.*s` cannot be read again", STR_ARG(file));
            return false;
        }
        for (uint64_t k = wire_number(w); k; k--) {
            uint32_t id = (uint32_t)wire_number(w);
            bool guessed = wire_number(w);
            pdf_glyphs_add(&book->fonts, face, id, wire_text(w), guessed);
        }
    }
    return true;
}

/* True if this part is the first that has it. */
static bool own(struct pdf_book *book, str digest, uint32_t *owned)
{
    struct pdf_owner *owner = digest.n ? map_find(&book->owners, digest) : NULL;
    if (owner && owner->part < book->parts.n) {
        book->parts.v[owner->part].lends = true;
    }
    if (owner || !digest.n) {
        return false;
    }
    owner = NEW(&book->arena, struct pdf_owner);
    *owner = (struct pdf_owner){(uint32_t)book->parts.n, (*owned)++};
    map_put(&book->owners, str_copy(&book->arena, digest), owner);
    return true;
}

/* Gives the objects of those that no part before it has. */
static uint64_t take_images(struct pdf_book *book, struct wire *w, uint32_t *owned)
{
    uint64_t objects = 0;
    for (uint64_t n = wire_number(w); n; n--) {
        str digest = wire_text(w);
        uint64_t own_objects = wire_number(w);
        objects += own(book, digest, owned) ? own_objects : 0;
        objects += own(book, wire_text(w), owned);
    }
    return objects;
}

bool pdf_book_plan(struct pdf_book *book, str survey, struct diag_sink *sink)
{
    struct wire w = {survey};
    struct pdf_begins begins = book->next;
    take_options(book, &w);
    if (!take_print(book, &w, sink)) {
        return false;
    }
    take_text(book, &w, &book->about.title);
    str lang = wire_text(&w);
    if (!book->parts.n) {
        book->about.lang = str_copy(&book->arena, lang);
    }
    take_text(book, &w, &book->about.authors);
    take_text(book, &w, &book->about.subject);
    take_text(book, &w, &book->about.keywords);
    uint64_t objects = wire_number(&w), keys = wire_number(&w), ids = wire_number(&w);
    if (!take_fonts(book, &w, sink)) {
        return false;
    }
    objects += take_images(book, &w, &begins.owned);
    if (book->next.object + objects > PDF_MAX_OBJECTS * UINT64_C(9) / 10) {
        diag_report(sink, DIAG_TOO_LARGE, PLACE_NONE, NULL,
                    "the PDF would have more than the %d objects that PDF/A allows",
                    PDF_MAX_OBJECTS);
        return false;
    }
    book->next = (struct pdf_begins){.object = begins.object + (uint32_t)objects,
                                     .key = begins.key + (uint32_t)keys,
                                     .id = begins.id + (uint32_t)ids};
    vec_push(&book->arena, &book->parts, begins);
    return true;
}
