/* SPDX-License-Identifier: MIT
 *
 * The one file that includes <hpdf.h>. What libharu 2.3.0 does that decides how it is
 * used here, each found by reading its source or by trying:
 *
 *   Memory.   Its allocation hook has no user pointer, so the arena is thread-local while
 *             a document is open. The arena ends an allocation that fails in its own
 *             handler, because libharu has faults on that path (use after free in
 *             HPDF_AddPage). Nothing is freed: the arena is dropped as a whole. Its own
 *             pool would not align.
 *   Errors.   The object layer never calls the error handler; it sets a sticky code in
 *             the document, under which later calls do nothing and return success. So
 *             every status is looked at, and the first one that is not 0 is kept.
 *   Lists.    They grow by a constant, byte by byte: quadratic in objects, and in an
 *             arena in memory too. The cross-reference list is told to double instead.
 *   Names.    HPDF_Dict_AddName returns success for more than 127 bytes and writes what
 *             happens to be there; a space is not escaped. Only our own constants and
 *             checked font names are given to it.
 *   Numbers.  Reals are float and print as 841.89001, NaN as a bare parenthesis. Only
 *             integers are given to it; decimals are written by base/buf into bodies.
 *   Strings.  The UTF-8 encoder loses everything above U+FFFF and UTF-8 without it is
 *             taken for PDFDocEncoding. Texts are written by pdf/syntax into bodies.
 *   Streams.  Its streams need an indirect /Length (an object more for each), copy their
 *             data, and delete a /Filter that they did not make. pdf/save writes streams.
 *   Saving.   HPDF_SaveToFile returns success on a full disk, HPDF_SaveToStream keeps a
 *             second copy; neither makes object streams. pdf/save saves.
 *   Clock.    Encryption and HPDF_PDFA_GenerateID read it; dates, /ID and XMP are ours.
 *
 * Never called: HPDF_Load*, HPDF_Use*, HPDF_GetFont, HPDF_Page_*, HPDF_PDFA_*,
 * HPDF_OutputIntent_New, HPDF_SaveTo*, HPDF_AddPageLabel, HPDF_Array_Insert,
 * HPDF_CreateOutline, HPDF_Dict_Free of anything indirect. */
#include "pdf/haru.h"

#include <hpdf.h>
#include <hpdf_doc.h>

#include "pdf/syntax.h"

struct pdf_haru {
    HPDF_Doc doc;
    HPDF_Stream writer;  /* appends to `target` */
    struct buf *target;
    struct arena *arena;
    HPDF_STATUS status;  /* the first that was not HPDF_OK */
    bool is_part;        /* of a file; its own objects are behind the document's three */
};

enum { OF_DOCUMENT = 4 }; /* the head of the free list, catalogue, Info, page root */

/* What a dictionary carries beside its entries, behind libharu's `attr`. */
struct extra {
    struct pdf_haru *haru;
    struct buf body;
    bool written;
};

static _Thread_local struct arena *memory;

static void *allocate(HPDF_UINT size)
{
    return arena_alloc_raw(memory, size);
}

static void keep(void *p)
{
    (void)p;
}

static void note_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
    (void)detail;
    struct pdf_haru *h = user;
    if (!h->status) {
        h->status = error;
    }
}

static void check(struct pdf_haru *h, HPDF_STATUS status)
{
    if (status != HPDF_OK && !h->status) {
        h->status = status;
    }
}

static HPDF_Dict raw(const struct pdf_dict *d)
{
    return (HPDF_Dict)(uintptr_t)d;
}

static struct extra *extra_of(const struct pdf_dict *d)
{
    return raw(d)->attr;
}

static HPDF_STATUS append_to_target(HPDF_Stream stream, const HPDF_BYTE *bytes,
                                    HPDF_UINT size)
{
    struct pdf_haru *h = stream->attr;
    buf_put(h->target, (str){(const char *)bytes, size});
    return HPDF_OK;
}

static HPDF_STATUS write_body(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct extra *x = dict->attr;
    if (!x->body.n) {
        return HPDF_OK;
    }
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)x->body.p, (HPDF_UINT)x->body.n);
}

/* Makes one of libharu's dictionaries ours. */
static struct pdf_dict *adopt(struct pdf_haru *h, HPDF_Dict dict)
{
    struct extra *x = NEW(h->arena, struct extra);
    x->haru = h;
    buf_init(&x->body, h->arena);
    dict->attr = x;
    dict->write_fn = write_body;
    dict->before_write_fn = NULL; /* the page root's counts pages that it does not have */
    dict->after_write_fn = NULL;
    dict->free_fn = NULL;
    return (struct pdf_dict *)(void *)dict;
}

static void remove_entries(struct pdf_haru *h, HPDF_Dict dict, const char *const *keys)
{
    for (; *keys; keys++) {
        HPDF_STATUS status = HPDF_Dict_RemoveElement(dict, *keys);
        check(h, status == HPDF_DICT_ITEM_NOT_FOUND ? HPDF_OK : status);
    }
}

struct pdf_haru *pdf_haru_open(struct arena *a)
{
    struct pdf_haru *h = NEW(a, struct pdf_haru);
    h->arena = a;
    memory = a;
    h->doc = HPDF_NewEx(note_error, allocate, keep, 0, h);
    h->writer = HPDF_CallbackWriter_New(h->doc->mmgr, append_to_target, h);
    adopt(h, h->doc->catalog);
    adopt(h, h->doc->info);
    adopt(h, h->doc->root_pages);
    remove_entries(h, h->doc->info, (const char *const[]){"Producer", NULL});
    remove_entries(h, h->doc->root_pages,
                   (const char *const[]){"Type", "Kids", "Count", NULL});
    remove_entries(h, h->doc->catalog,
                   (const char *const[]){"PageMode", "PageLayout", NULL});
    return h;
}

struct pdf_haru *pdf_haru_open_at(struct arena *a, uint32_t first)
{
    struct pdf_haru *h = pdf_haru_open(a);
    h->is_part = true;
    h->doc->xref->start_offset = first - OF_DOCUMENT;
    return h;
}

bool pdf_haru_close(struct pdf_haru *h, struct diag_sink *sink)
{
    memory = NULL;
    if (!h->status) {
        check(h, h->doc->error.error_no);
    }
    if (h->status) {
        diag_report(sink, DIAG_INTERNAL, PLACE_NONE, NULL,
                    "the PDF library refused an object (0x%04lx)",
                    (unsigned long)h->status);
    }
    return !h->status;
}

uint32_t pdf_haru_first(const struct pdf_haru *h)
{
    return h->is_part ? h->doc->xref->start_offset + OF_DOCUMENT : 1;
}

uint32_t pdf_haru_count(const struct pdf_haru *h)
{
    HPDF_Xref xref = h->doc->xref;
    return xref->start_offset + xref->entries->count - 1;
}

struct pdf_dict *pdf_haru_dict(struct pdf_haru *h, uint32_t number)
{
    HPDF_Xref xref = h->doc->xref;
    return HPDF_Xref_GetEntry(xref, number - xref->start_offset)->obj;
}

struct pdf_dict *pdf_haru_catalog(struct pdf_haru *h)
{
    return (struct pdf_dict *)(void *)h->doc->catalog;
}

struct pdf_dict *pdf_haru_info(struct pdf_haru *h)
{
    return (struct pdf_dict *)(void *)h->doc->info;
}

struct pdf_dict *pdf_haru_page_root(struct pdf_haru *h)
{
    return (struct pdf_dict *)(void *)h->doc->root_pages;
}

struct pdf_dict *pdf_dict_new(struct pdf_haru *h)
{
    HPDF_List entries = h->doc->xref->entries;
    if (entries->items_per_block < entries->count) {
        entries->items_per_block = entries->count;
    }
    HPDF_Dict dict = HPDF_Dict_New(h->doc->mmgr);
    check(h, HPDF_Xref_Add(h->doc->xref, dict));
    return adopt(h, dict);
}

uint32_t pdf_dict_number(const struct pdf_dict *d)
{
    return raw(d)->header.obj_id & 0x00FFFFFF;
}

void pdf_dict_name(struct pdf_dict *d, const char *key, const char *name)
{
    check(extra_of(d)->haru, HPDF_Dict_AddName(raw(d), key, name));
}

void pdf_dict_int(struct pdf_dict *d, const char *key, int32_t value)
{
    check(extra_of(d)->haru, HPDF_Dict_AddNumber(raw(d), key, value));
}

void pdf_dict_bool(struct pdf_dict *d, const char *key, bool value)
{
    check(extra_of(d)->haru, HPDF_Dict_AddBoolean(raw(d), key, value));
}

void pdf_dict_ref(struct pdf_dict *d, const char *key, struct pdf_dict *to)
{
    check(extra_of(d)->haru, HPDF_Dict_Add(raw(d), key, raw(to)));
}

void pdf_dict_text(struct pdf_dict *d, const char *key, str utf8)
{
    struct buf *body = pdf_dict_body(d);
    buf_format(body, "/%s", key);
    pdf_put_text(body, utf8);
}

struct buf *pdf_dict_body(struct pdf_dict *d)
{
    return &extra_of(d)->body;
}

void pdf_dict_write(struct pdf_dict *d, struct buf *out)
{
    struct pdf_haru *h = extra_of(d)->haru;
    h->target = out;
    check(h, HPDF_Obj_WriteValue(raw(d), h->writer, NULL));
}

bool pdf_dict_written(const struct pdf_dict *d)
{
    return extra_of(d)->written;
}

void pdf_dict_set_written(struct pdf_dict *d)
{
    extra_of(d)->written = true;
}
