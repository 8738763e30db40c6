/* SPDX-License-Identifier: MIT
 *
 * One annotation for each area; a link over two lines has two. Each is printable (flag
 * 4), has no border, says in /Contents where it leads, and knows its element. */
#include "pdf/annot.h"

#include <string.h>

#include "pdf/syntax.h"

enum { STRING_MAX = 32767 }; /* of PDF/A-2 */

void pdf_put_dest(struct buf *b, uint32_t page_number, const struct page *page, len x,
                  len y)
{
    buf_puts(b, "/Dest[");
    buf_int(b, page_number);
    buf_puts(b, " 0 R/XYZ ");
    buf_int(b, x / LEN_PT);
    buf_char(b, ' ');
    buf_int(b, ((len64)page->height - y + LEN_PT - 1) / LEN_PT);
    buf_puts(b, " null]");
}

static bool may_stand(unsigned char c)
{
    return c > 0x20 && c < 0x7F && !strchr("\"<>\\^`{|}", c);
}

/* Addresses are ASCII: everything else becomes %XX. */
static str percent_encode(struct arena *a, str uri)
{
    static const char DIGITS[] = "0123456789ABCDEF";
    struct buf b;
    buf_init(&b, a);
    for (size_t i = 0; i < uri.n; i++) {
        unsigned char c = (unsigned char)uri.p[i];
        if (may_stand(c)) {
            buf_char(&b, (char)c);
        } else {
            buf_char(&b, '%');
            buf_char(&b, DIGITS[c >> 4]);
            buf_char(&b, DIGITS[c & 15]);
        }
    }
    return buf_str(&b);
}

static void put_rect(struct buf *b, const struct page_rect *r, const struct page *page)
{
    len64 bottom = (len64)page->height - r->y - r->height;
    buf_puts(b, "/Rect[");
    pdf_put_centi(b, pdf_centi(r->x));
    buf_char(b, ' ');
    pdf_put_centi(b, pdf_centi(bottom));
    buf_char(b, ' ');
    pdf_put_centi(b, pdf_centi((len64)r->x + r->width));
    buf_char(b, ' ');
    pdf_put_centi(b, pdf_centi(bottom + r->height));
    buf_char(b, ']');
}

/* What the link says in place of a missing description. */
static str contents_of(const struct page_list *pages, const struct page_link *link)
{
    if (link->contents.n) {
        return link->contents;
    }
    return link->uri.n ? link->uri : pages->anchors.v[link->anchor - 1].id;
}

/* `uri`: the link's address as it is written. */
static void put_target(struct buf *b, const struct page_list *pages,
                       const struct page_link *link, str uri,
                       const uint32_t *page_numbers)
{
    if (uri.n) {
        buf_puts(b, "/A<</S/URI/URI");
        pdf_put_string(b, uri);
        buf_puts(b, ">>");
    } else {
        const struct page_anchor *to = &pages->anchors.v[link->anchor - 1];
        pdf_put_dest(b, page_numbers[to->page], &pages->pages.v[to->page], to->x, to->y);
    }
}

/* False if the link leads to a place that no page has. */
static bool leads_somewhere(const struct page_list *pages, const struct page_link *link)
{
    return link->uri.n || (link->anchor && pages->anchors.v[link->anchor - 1].placed);
}

/* The element of a link's annotation; 0: none, as in a header. It is the link's own: the
 * words under an area may be code, or of another language, inside the link. */
static uint32_t element_of(const struct page_list *pages, const struct page_item *item)
{
    uint32_t e = pages->links.v[item->as.link.link - 1].element;
    return e || item->artifact != STRUCTURE_CONTENT ? e : item->element;
}

static struct pdf_dict *write_annot(const struct pdf_annots *w,
                                    const struct page_item *item,
                                    const struct page_link *link, str uri)
{
    struct pdf_dict *d = pdf_dict_new(w->haru);
    struct buf *b = pdf_dict_body(d);
    buf_puts(b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Contents");
    pdf_put_text(b, contents_of(w->pages, link));
    put_rect(b, &item->as.link.rect, w->page);
    put_target(b, w->pages, link, uri, w->page_numbers);
    uint32_t e = element_of(w->pages, item);
    if (w->structure && e) {
        buf_format(b, "/StructParent %u",
                   pdf_structure_annotation(w->structure, e, pdf_dict_number(d)));
    }
    return d;
}

bool pdf_annots_write(struct buf *out, const struct pdf_annots *where,
                      struct diag_sink *sink)
{
    bool ok = true, any = false;
    for (size_t i = 0; i < where->page->items.n; i++) {
        const struct page_item *item = &where->page->items.v[i];
        if (item->kind != PAGE_LINK) {
            continue;
        }
        const struct page_link *link = &where->pages->links.v[item->as.link.link - 1];
        str uri = percent_encode(out->arena, link->uri);
        if (uri.n > STRING_MAX) {
            diag_report(sink, DIAG_BAD_LINK, item->at, "shorten it",
                        "the address of a link is longer than %d bytes", STRING_MAX);
            ok = false;
        } else if (leads_somewhere(where->pages, link)) {
            buf_puts(out, any ? "" : "/Annots[");
            pdf_put_ref(out, pdf_dict_number(write_annot(where, item, link, uri)));
            any = true;
        }
    }
    buf_puts(out, any ? "]" : "");
    return ok;
}
