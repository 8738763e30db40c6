/* SPDX-License-Identifier: MIT
 *
 * Whole files: what a reader finds in them, byte for byte. */
#include "pdf_fixture.h"

#include <stdlib.h>

#include <libdeflate.h>

#include "pdf/icc.h"

struct state {
    struct book book;
    struct text_face *face;
};

static int set_up(void **state)
{
    struct state *s = test_calloc(1, sizeof *s);
    book_init(&s->book);
    s->face = book_face(&s->book, GENTIUM "Regular.ttf", "GentiumPlus", false);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct state *s = *state;
    book_done(&s->book);
    test_free(s);
    return 0;
}

#define NEED(s)      \
    if (!(s)->face) { \
        skip();      \
    }

static void add_pages(struct state *s, int n)
{
    for (int i = 0; i < n; i++) {
        uint32_t p =
            structure_add(&s->book.list.structure, &s->book.arena, STRUCTURE_P, 0);
        book_page(&s->book);
        book_paragraph(&s->book, s->face, PT(10), STR("Some words on a page."), p);
    }
}

static bool has(str file, const char *part)
{
    size_t at;
    return str_find(file, str_from(part), &at);
}

static size_t count(str file, const char *part)
{
    size_t n = 0, at;
    while (str_find(file, str_from(part), &at)) {
        file = str_sub(file, at + 1, file.n);
        n++;
    }
    return n;
}

static void the_same_pages_give_the_same_bytes(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 2);
    str a = book_write(&s->book, true, false), b = book_write(&s->book, true, false);
    assert_true(str_eq(a, b));
    assert_true(str_starts(a, STR("%PDF-1.7\n%")));
    assert_true(str_ends(a, STR("\n%%EOF\n")));
}

/* Every entry of the table leads to its object; the trailer counts them. */
static void tables_lead_to_objects(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 3);
    str file = book_write(&s->book, true, true);
    size_t at;
    assert_true(str_find(file, STR("startxref\n"), &at));
    size_t table = (size_t)strtoul(file.p + at + 10, NULL, 10);
    assert_true(str_starts(str_sub(file, table, file.n), STR("xref\n0 ")));
    unsigned long n = strtoul(file.p + table + 7, NULL, 10);
    const char *row = strchr(file.p + table + 5, '\n') + 1;
    for (unsigned long i = 1; i < n; i++) {
        size_t place = (size_t)strtoul(row + 20 * i, NULL, 10);
        str head = str_format(&s->book.arena, "%lu 0 obj\n", i);
        assert_true(str_starts(str_sub(file, place, file.n), head));
    }
    assert_true(has(file, str_format(&s->book.arena, "/Size %lu/", n).p));
}

static str inflate(struct state *s, str file, size_t stream)
{
    enum { ROOM = 1 << 20 };
    size_t at, start;
    str head = str_sub(file, stream, file.n);
    assert_true(str_find(head, STR("/Length "), &at));
    assert_true(str_find(head, STR("stream\n"), &start));
    size_t n = (size_t)strtoul(head.p + at + 8, NULL, 10), out;
    char *room = arena_alloc_raw(&s->book.arena, ROOM);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    assert_int_equal(0, libdeflate_zlib_decompress(d, head.p + start + 7, n, room, ROOM,
                                                   &out));
    libdeflate_free_decompressor(d);
    return (str){room, out};
}

/* The cross-reference stream, with its differences added up, leads to every object. */
static void xref_streams_lead_to_objects(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 3);
    str file = book_write(&s->book, true, false);
    size_t at;
    assert_true(str_find(file, STR("startxref\n"), &at));
    size_t xref = (size_t)strtoul(file.p + at + 10, NULL, 10);
    assert_true(has(str_sub(file, xref, file.n), "/W[1 2 1]"));
    str rows = inflate(s, file, xref);
    uint8_t row[4] = {0};
    assert_int_equal(rows.n % 5, 0);
    for (size_t i = 0; i < rows.n / 5; i++) {
        assert_int_equal(rows.p[5 * i], 2);
        for (size_t c = 0; c < 4; c++) {
            row[c] = (uint8_t)(row[c] + (uint8_t)rows.p[5 * i + 1 + c]);
        }
        size_t place = (size_t)row[1] << 8 | row[2];
        if (row[0] == 1) {
            str head = str_format(&s->book.arena, "%zu 0 obj\n", i);
            assert_true(str_starts(str_sub(file, place, file.n), head));
        } else {
            assert_int_equal(row[0], i ? 2 : 0);
            assert_true(!i || place < rows.n / 5);
        }
    }
}

static void page_trees_are_balanced(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 205);
    str file = book_write(&s->book, false, true);
    assert_int_equal(count(file, "/Type /Pages"), 4); /* the root and three nodes */
    assert_int_equal(count(file, "/Count 100\n"), 2);
    assert_int_equal(count(file, "/Count 5\n"), 1);
    assert_int_equal(count(file, "/Count 205\n"), 1);
    assert_int_equal(count(file, "/Type /Page\n"), 205);
    assert_int_equal(count(file, "/Resources "), 205);
}

static void untagged_files_claim_nothing(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 1);
    str file = book_write(&s->book, false, true);
    assert_false(has(file, "StructTreeRoot") || has(file, "BDC") ||
                 has(file, "pdfuaid") || has(file, "OutputIntents") ||
                 has(file, "/Tabs"));
    s->book.list.title = STR_NONE;
    file = book_write(&s->book, true, true);
    assert_true(has(file, "StructTreeRoot"));
    assert_false(has(file, "pdfaid") || has(file, "DisplayDocTitle"));
}

static void metadata_agree_and_are_escaped(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 1);
    s->book.list.title = STR("A & B <c> \"d\" (e)\x01");
    s->book.list.authors = STR("N\xC3\xB6ther");
    s->book.list.subject = STR("On notes");
    s->book.list.keywords = STR("a, \"b\"");
    struct buf out;
    buf_init(&out, &s->book.arena);
    struct pdf_options options = {.tagged = true, .uncompressed = true, .has_date = true,
                                  .date = 1254139200, .producer = STR("infonote 9.9")};
    assert_true(pdf_write(&s->book.list, &options, &s->book.arena, &out, &s->book.sink));
    str file = buf_str(&out);
    assert_true(has(file, ">A &amp; B &lt;c&gt; &quot;d&quot; (e) <"));
    assert_true(has(file, "<rdf:li>N\xC3\xB6ther</rdf:li>"));
    assert_true(has(file, "/Author(\xFE\xFF"));
    assert_true(has(file, "/Subject(On notes)") && has(file, ">On notes<"));
    assert_true(has(file, "/Keywords(a, \"b\")") &&
                has(file, "pdf:Keywords=\"a, &quot;b"));
    assert_true(has(file, "/CreationDate(D:20090928120000Z)/ModDate(D:20090928120000Z)"));
    assert_true(has(file, "<xmp:CreateDate>2009-09-28T12:00:00Z</xmp:CreateDate>"));
    assert_true(has(file, "/Producer(infonote 9.9)") &&
                has(file, "Producer=\"infonote 9.9\""));
    assert_true(
        has(file, "pdfaid:part=\"2\" pdfaid:conformance=\"A\" pdfuaid:part=\"1\""));
    assert_true(has(file, "/Lang(en-GB)") && has(file, "DisplayDocTitle true"));
}

static void without_a_date_there_is_none(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 1);
    str file = book_write(&s->book, true, true);
    assert_false(has(file, "CreationDate") || has(file, "CreateDate"));
}

static void add_entry(struct state *s, int level, const char *title)
{
    vec_push(&s->book.arena, &s->book.list.outline,
             (struct page_outline){level, str_from(title), 0, PT(100)});
}

static void outlines_nest(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 1);
    add_entry(s, 1, "One");
    add_entry(s, 2, "One.one");
    add_entry(s, 3, "Deep");
    add_entry(s, 3, "Deeper");
    add_entry(s, 1, "Zw\xC3\xB6lf");
    str file = book_write(&s->book, true, true);
    assert_true(has(file, "/Type /Outlines\n/Count 3\n"));
    assert_true(has(file, "/Count 1/Dest"));  /* One is open */
    assert_true(has(file, "/Count -2/Dest")); /* One.one is closed */
    assert_true(has(file, "/PageMode /UseOutlines"));
    assert_true(has(file, "/XYZ 0 742 null]"));
    assert_true(has(file, "/Title(Deep)") && has(file, "/Title(\xFE\xFF"));
    assert_int_equal(count(file, "/Prev "), 2);
    assert_int_equal(count(file, "/Next "), 2);
}

static void labels_are_runs(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 5);
    assert_false(has(book_write(&s->book, true, true), "PageLabels"));
    static const char *const LABELS[] = {"i", "", "1", "2", "7"};
    for (int i = 0; i < 5; i++) {
        s->book.list.pages.v[i].label = str_from(LABELS[i]);
    }
    assert_true(has(book_write(&s->book, true, true),
                    "/PageLabels<</Nums[0<</P(i)>>1<<>>2<</S/D>>4<</S/D/St 7>>]>>"));
}

static struct page_item *add_link(struct state *s, struct page_link link,
                                  uint32_t element)
{
    link.element = element;
    vec_push(&s->book.arena, &s->book.list.links, link);
    struct page_item *item = page_add_item(&s->book.list, book_last(&s->book), PAGE_LINK);
    item->element = element;
    item->as.link.rect = (struct page_rect){PT(72), PT(100), PT(50), PT(12)};
    item->as.link.link = (uint32_t)s->book.list.links.n;
    return item;
}

static void links_lead_somewhere(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 2);
    struct book *b = &s->book;
    uint32_t e = structure_add(&b->list.structure, &b->arena, STRUCTURE_LINK, 1);
    vec_push(&b->arena, &b->list.anchors,
             (struct page_anchor){STR("there"), 0, PT(72), PT(200), true});
    vec_push(&b->arena, &b->list.anchors, (struct page_anchor){.id = STR("nowhere")});
    add_link(s, (struct page_link){.uri = STR("https://x.org/\xC3\xA4 (b)?q=1%20"),
                                   .contents = STR("A page")}, e);
    add_link(s, (struct page_link){.anchor = 1}, e);
    add_link(s, (struct page_link){.anchor = 2}, e);
    str file = book_write(b, true, true);
    assert_true(has(file, "/A<</S/URI/URI(https://x.org/%C3%A4%20\\(b\\)?q=1%20)>>"));
    assert_true(has(file, "/Contents(A page)/Rect[72 729.89 122 741.89]"));
    assert_true(has(file, "/Contents(there)"));
    assert_true(has(file, "0 R/XYZ 72 642 null]/StructParent 3"));
    assert_int_equal(count(file, "/Subtype/Link/F 4/Border[0 0 0]"), 2);
    assert_int_equal(count(file, "/OBJR"), 2);
    assert_int_equal(count(file, "/Annots["), 1);
}

static void endless_addresses_are_refused(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 1);
    struct buf uri, out;
    buf_init(&uri, &s->book.arena);
    buf_init(&out, &s->book.arena);
    buf_puts(&uri, "https://x.org/");
    buf_repeat(&uri, 'a', 32768);
    add_link(s, (struct page_link){.uri = buf_str(&uri)}, 0);
    struct pdf_options options = {.tagged = true};
    assert_false(pdf_write(&s->book.list, &options, &s->book.arena, &out, &s->book.sink));
    assert_int_equal(s->book.sink.list.v[0].code, DIAG_BAD_LINK);
}

static void licences_are_kept(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 1);
    s->face->embeddable = false;
    struct buf out;
    buf_init(&out, &s->book.arena);
    struct pdf_options options = {.tagged = true};
    assert_false(pdf_write(&s->book.list, &options, &s->book.arena, &out, &s->book.sink));
    assert_int_equal(s->book.sink.list.v[0].code, DIAG_BAD_FONT);
}

static void simple_fonts_are_complete(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_pages(s, 1);
    str file = book_write(&s->book, true, true);
    assert_true(has(file, "/Subtype /TrueType\n") && has(file, "/FontFile2 "));
    assert_true(has(file, "+GentiumPlus\n") && has(file, "/FirstChar 32/LastChar 119/"));
    assert_true(has(file, "1 beginbfrange\n<20><7e><0020>\nendbfrange"));
    assert_false(has(file, "Identity-H"));
}

static void cff_faces_become_type_0_fonts(void **state)
{
    struct state *s = *state;
    s->face = book_face(&s->book, LIBERTINE, "LinLibertineO", true);
    NEED(s);
    add_pages(s, 1);
    str file = book_write(&s->book, true, true);
    assert_true(has(file, "/Subtype /CIDFontType0\n") && has(file, "/FontFile3 "));
    assert_true(has(file, "/Subtype /CIDFontType0C\n") &&
                has(file, "/Encoding /Identity-H"));
    assert_false(has(file, "CIDToGIDMap"));
}

/* More glyphs than a byte can name. */
static void large_sets_become_type_0_fonts(void **state)
{
    struct state *s = *state;
    NEED(s);
    struct buf text;
    buf_init(&text, &s->book.arena);
    for (uint32_t c = 0xC0; c < 0x180; c++) {
        buf_code_point(&text, c);
    }
    for (uint32_t c = 0x410; c < 0x450; c++) {
        buf_code_point(&text, c);
    }
    book_page(&s->book);
    book_paragraph(&s->book, s->face, PT(10), buf_str(&text), 0);
    str file = book_write(&s->book, true, true);
    assert_true(has(file, "/Subtype /CIDFontType2\n") &&
                has(file, "/CIDToGIDMap/Identity"));
    assert_true(has(file, "<0000><ffff>"));
    size_t at;
    assert_true(str_find(file, STR("/DW "), &at));
    assert_int_equal(file.p[at + 4 + strspn(file.p + at + 4, "0123456789")], '/');
}

static void profiles_are_well_formed(void **state)
{
    struct state *s = *state;
    str p = pdf_icc_srgb(&s->book.arena);
    const uint8_t *b = (const uint8_t *)p.p;
    assert_int_equal(p.n, (size_t)(b[2] << 8 | b[3]));
    assert_true(str_eq(str_sub(p, 36, 40), STR("acsp")));
    for (int i = 0; i < b[131]; i++) {
        const uint8_t *row = b + 132 + 12 * i;
        size_t at = (size_t)(row[6] << 8 | row[7]), n = (size_t)(row[10] << 8 | row[11]);
        assert_int_equal(at % 4, 0);
        assert_true(at >= 132 + 12 * (size_t)b[131] && at + n <= p.n);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_same_pages_give_the_same_bytes), TEST(tables_lead_to_objects),
        TEST(xref_streams_lead_to_objects), TEST(page_trees_are_balanced),
        TEST(untagged_files_claim_nothing), TEST(metadata_agree_and_are_escaped),
        TEST(without_a_date_there_is_none), TEST(outlines_nest), TEST(labels_are_runs),
        TEST(links_lead_somewhere), TEST(endless_addresses_are_refused),
        TEST(licences_are_kept), TEST(simple_fonts_are_complete),
        TEST(cff_faces_become_type_0_fonts), TEST(large_sets_become_type_0_fonts),
        TEST(profiles_are_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
