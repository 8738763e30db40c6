/* Page lists for pdf/ without the stages before it: faces from the system, words shaped
 * by HarfBuzz, paragraphs filled greedily and justified. */
#ifndef INFONOTE_TESTS_PDF_FIXTURE_H
#define INFONOTE_TESTS_PDF_FIXTURE_H

#include "assertions.h"

#include <hb-ot.h>
#include <hb.h>

#include "base/map.h"
#include "page/page.h"
#include "pdf/pdf.h"

#define GENTIUM "/usr/share/fonts/truetype/gentiumplus/GentiumPlus-"
#define LIBERTINE "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf"

enum { BOOK_FACES = 8 };

struct book {
    struct arena arena;
    struct diag_sink sink;
    struct page_list list;
    struct text_face faces[BOOK_FACES];
    struct map runs[BOOK_FACES]; /* by text */
    int n_faces;
    len left, right, top, bottom, y; /* y: the last baseline */
};

static void book_init(struct book *b)
{
    *b = (struct book){.left = PT(72), .right = PT(523),
                       .top = PT(72), .bottom = PT(770)};
    arena_init(&b->arena);
    diag_init(&b->sink, &b->arena);
    page_list_init(&b->list, &b->arena);
    b->list.lang = STR("en-GB");
    b->list.title = STR("A title");
    structure_add(&b->list.structure, &b->arena, STRUCTURE_DOCUMENT, 0);
}

static void book_done(struct book *b)
{
    for (int i = 0; i < b->n_faces; i++) {
        hb_face_destroy(b->faces[i].hb);
    }
    arena_done(&b->arena);
}

/* NULL if the file is not there: the test is then skipped. */
static struct text_face *book_face(struct book *b, const char *path, const char *name,
                                   bool cff)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob) {
        return NULL;
    }
    struct text_face *f = &b->faces[b->n_faces];
    map_init(&b->runs[b->n_faces], &b->arena);
    f->id = (uint32_t)b->n_faces++;
    f->hb = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    f->name = str_from(name);
    f->cff = cff;
    f->embeddable = true;
    f->serif = true;
    f->upem = (uint16_t)hb_face_get_upem(f->hb);
    f->n_glyphs = (uint16_t)hb_face_get_glyph_count(f->hb);
    f->ascender = (int16_t)(f->upem * 3 / 4);
    f->descender = (int16_t)(-f->upem / 4);
    f->cap_height = (int16_t)(f->upem * 2 / 3);
    f->bbox[2] = f->bbox[3] = (int16_t)f->upem;
    f->stem_v = (uint16_t)(f->upem / 12);
    return f;
}

static struct text_run *book_shape(struct book *b, const struct text_face *face, str text,
                                   const char *features)
{
    hb_font_t *font = hb_font_create(face->hb);
    hb_font_set_scale(font, face->upem, face->upem);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text.p, (int)text.n, 0, (int)text.n);
    hb_buffer_guess_segment_properties(buffer);
    hb_feature_t feature;
    bool has = features && hb_feature_from_string(features, -1, &feature);
    hb_shape(font, buffer, &feature, has ? 1 : 0);
    unsigned n;
    hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &n);
    hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, &n);
    struct text_glyph *glyphs = NEW_ARRAY(&b->arena, struct text_glyph, n);
    struct text_run *run = NEW(&b->arena, struct text_run);
    run->plain = !HB_DIRECTION_IS_BACKWARD(hb_buffer_get_direction(buffer)) &&
                 n == text.n;
    for (unsigned i = 0; i < n; i++) {
        glyphs[i] = (struct text_glyph){
            .id = (uint16_t)infos[i].codepoint, .cluster = infos[i].cluster,
            .advance = places[i].x_advance, .dx = (int16_t)places[i].x_offset,
            .dy = (int16_t)places[i].y_offset};
        run->advance += places[i].x_advance;
        run->plain = run->plain && infos[i].cluster == i && text.p[i] > 0 &&
                     !glyphs[i].dx && !glyphs[i].dy;
    }
    run->face = face;
    run->text = text;
    run->rtl = HB_DIRECTION_IS_BACKWARD(hb_buffer_get_direction(buffer));
    run->n = n;
    run->glyphs = glyphs;
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    return run;
}

static struct text_run *book_run(struct book *b, const struct text_face *face, str text)
{
    struct text_run *run = map_find(&b->runs[face->id], text);
    if (!run) {
        run = book_shape(b, face, text, NULL);
        map_put(&b->runs[face->id], text, run);
    }
    return run;
}

static struct page *book_page(struct book *b)
{
    struct page *p = page_add(&b->list, PT(595) + 282, PT(841) + 911);
    p->label = str_format(&b->arena, "%zu", b->list.pages.n);
    b->y = b->top;
    return p;
}

static struct page *book_last(struct book *b)
{
    return &b->list.pages.v[b->list.pages.n - 1];
}

/* Adds pieces to the last page as one item. */
static struct page_item *book_item(struct book *b, const struct text_face *face, len size,
                                   len x, len y, uint32_t element)
{
    struct page_item *item = page_add_item(&b->list, book_last(b), PAGE_TEXT);
    item->element = element;
    item->as.text.face = face;
    item->as.text.size = size;
    item->as.text.color = COLOR_BLACK;
    item->as.text.x = x;
    item->as.text.y = y;
    return item;
}

struct book_pieces {
    VEC(struct text_piece) v;
};

static len book_width(const struct text_run *run, len size)
{
    return text_scale(run->advance, size, run->face->upem);
}

/* One line of words, set to `width` (negative: natural). */
static struct page_item *book_line(struct book *b, const struct text_face *face, len size,
                                   const str *words, size_t n, len x, len width,
                                   uint32_t element)
{
    struct text_run *space = book_run(b, face, STR(" "));
    len natural = 0, each = book_width(space, size);
    for (size_t i = 0; i < n; i++) {
        natural += book_width(book_run(b, face, words[i]), size) + (i ? each : 0);
    }
    struct text_piece *pieces = NEW_ARRAY(&b->arena, struct text_piece, 2 * n);
    uint32_t k = 0;
    len at = 0;
    for (size_t i = 0; i < n; i++) {
        if (i) {
            len extra = width < 0 ? 0 : (width - natural) / (len)(n - 1);
            pieces[k++] = (struct text_piece){.run = space, .to = 1, .x = at,
                                              .width = each + extra,
                                              .flags = TEXT_PIECE_SPACE};
            at += each + extra;
        }
        struct text_run *run = book_run(b, face, words[i]);
        len w = book_width(run, size);
        pieces[k++] = (struct text_piece){.run = run, .to = run->n, .x = at, .width = w};
        at += w;
    }
    struct page_item *item = book_item(b, face, size, x, b->y, element);
    item->as.text.pieces = pieces;
    item->as.text.n = k;
    return item;
}

/* A justified paragraph, over as many pages as it takes. */
static void book_paragraph(struct book *b, const struct text_face *face, len size,
                           str text, uint32_t element)
{
    str words[200];
    size_t n = 0;
    len used = 0, measure = b->right - b->left;
    len each = book_width(book_run(b, face, STR(" ")), size);
    while (text.n) {
        str word = str_cut(text, ' ', &text);
        if (!word.n) {
            continue;
        }
        len w = book_width(book_run(b, face, word), size);
        if (n && used + each + w > measure) {
            b->y += size * 6 / 5;
            if (b->y > b->bottom) {
                book_page(b);
            }
            book_line(b, face, size, words, n, b->left, n > 1 ? measure : -1, element);
            n = 0;
            used = 0;
        }
        used += (n ? each : 0) + w;
        words[n++] = word;
    }
    b->y += size * 6 / 5;
    if (b->y > b->bottom) {
        book_page(b);
    }
    book_line(b, face, size, words, n, b->left, -1, element);
    b->y += size / 2;
}

static str book_write(struct book *b, bool tagged, bool uncompressed)
{
    struct buf out;
    buf_init(&out, &b->arena);
    struct pdf_options options = {.tagged = tagged, .uncompressed = uncompressed};
    assert_true(pdf_write(&b->list, &options, &b->arena, &out, &b->sink));
    assert_int_equal(b->sink.list.n, 0);
    return buf_str(&out);
}

#endif
