/* SPDX-License-Identifier: MIT
 *
 * Letters: which fact becomes which part, where it stands, what the window cuts off. */
#include "flow_case.h"

#include "style/style.h"

#define MM(n) ((len)((int64_t)(n) * 72 * LEN_PT * 10 / 254))

static const char LETTER[] =
    "title: Subject\nlang: de\nreference: R 7\ndate: 1. Mai\nfields:\n"
    "  Von: [Wir, Gasse 1, 12345 Ort, Telefon 1]\n"
    "  An: [Sie, Weg 2, 54321 Stadt]\n"
    "  ihr zeichen: X\n"
    "  ANLAGEN: [Plan, Liste]\n"
    "body: Text.\n";

/* The first item of page 1 whose text is `text`, up to spaces; NULL if there is none. */
static const struct page_item *find(struct flow_case *c, const char *text)
{
    const struct page *p = &c->pages->pages.v[0];
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (str_is(str_trim(case_item_text(c, item)), text)) {
            return item;
        }
    }
    return NULL;
}

static void facts_become_parts_by_their_labels(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "letter-din-5008-b");
    case_tree(&c, LETTER);
    const struct tree_letter *l = c.tree->letter;
    assert_non_null(l);
    assert_str(c.tree->recipient, "Sie");
    assert_str(case_text(&c, &l->recipient->spans),
               "Sie\u2028Weg 2\u202854321 Stadt");
    assert_str(case_text(&c, &l->sender_line->spans), "Wir · Gasse 1 · 12345 Ort");
    assert_true(l->sender_line_repeats);
    assert_null(l->remarks);
    /* Your sign, then what the note says beside its fields. */
    const struct box *facts = l->information->first;
    assert_int_equal(facts->first != facts->last, true);
    assert_str(case_text(&c, &facts->last->first->spans), "1. Mai");
    assert_str(case_text(&c, &facts->first->first->spans), "X");
    /* Enclosures are the text's last block; no fact stands in the front. */
    assert_str(c.tree->body->last->style->name, "letter-end");
    assert_true(c.tree->front->first == c.tree->front->last);
    case_close(&c);
}

static void other_layouts_have_facts(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base");
    case_tree(&c, LETTER);
    assert_null(c.tree->letter);
    assert_true(c.tree->front->first != c.tree->front->last);
    case_close(&c);
}

static void the_address_stands_in_its_zone(void **state)
{
    (void)state;
    static const struct {
        const char *layout;
        len top, foot, left; /* of the first baseline; mm */
    } FORMS[] = {{"letter-din-5008-a", MM(27) + MM(17), MM(27) + MM(23), MM(25)},
                 {"letter-din-5008-b", MM(45) + MM(17), MM(45) + MM(23), MM(25)},
                 {"letter-us", MM(52), MM(80), MM(25)}};
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, FORMS[i].layout);
        case_pages(&c, LETTER);
        const struct page_item *first = find(&c, "Sie");
        assert_non_null(first);
        assert_in_range(first->as.text.y, FORMS[i].top, FORMS[i].foot);
        assert_in_range(first->as.text.x, FORMS[i].left, FORMS[i].left + MM(1));
        assert_int_equal(first->artifact, STRUCTURE_CONTENT);
        const struct page_item *line = find(&c, "Wir · Gasse 1 · 12345 Ort");
        assert_true((line != NULL) == (i < 2)); /* no such line in America */
        assert_true(!line || line->artifact == STRUCTURE_PAGINATION);
        case_close(&c);
    }
}

/* Marks to fold and to punch at are for the paper's sake, not the reader's. */
static void marks_are_aids(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "letter-din-5008-b");
    case_pages(&c, LETTER);
    int marks = 0;
    for (size_t i = 0; i < c.pages->pages.v[0].items.n; i++) {
        const struct page_item *item = &c.pages->pages.v[0].items.v[i];
        bool edge = item->kind == PAGE_RULE && item->as.rule.rect.x < MM(10);
        assert_int_equal(item->artifact == STRUCTURE_AID, edge);
        marks += edge;
    }
    assert_int_equal(marks, 3);
    case_close(&c);
}

static void text_begins_below_what_is_beside(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "letter-din-5008-b");
    case_pages(&c, LETTER);
    len standard = MM(98) + MM(46) / 100; /* 45 + 45 + 8.46 mm */
    assert_in_range(c.pages->pages.v[0].body.y, standard - LEN_PT, standard + LEN_PT);
    assert_true(find(&c, "Subject")->as.text.y > standard);
    case_pages(&c, "title: T\nfields:\n  To: [A]\n  Info: [1, 2, 3, 4, 5, 6, 7, 8, 9, "
                   "10, 11, 12, 13, 14]\nbody: a\n");
    assert_true(c.pages->pages.v[0].body.y > standard + MM(10));
    l->letter.information = LAYOUT_INFORMATION_LINE;
    case_pages(&c, LETTER);
    assert_null(c.tree->letter->information);
    assert_true(find(&c, "X")->as.text.y > standard);
    assert_true(find(&c, "X")->as.text.y < find(&c, "Subject")->as.text.y);
    case_close(&c);
}

static void six_lines_fit_and_more_where_remarks_are_free(void **state)
{
    (void)state;
    static const struct {
        const char *fields;
        bool fits;
    } CASES[] = {
        {"  To: [a, b, c, d, e, f]\n  Remarks: [x, y, z]\n", true},
        {"  To: [a, b, c, d, e, f, g]\n  Remarks: [x, y, z]\n", false},
        {"  To: [a, b, c, d, e, f, g, h]\n", true},
        {"  To: [a, b, c, d, e, f, g, h, i]\n", false},
        {"  To: [a, an address so long that no window of any envelope would show it]\n",
         false},
        {"  To: {Name: a}\n", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, "letter-din-5008-a");
        str yaml = str_format(&c.arena, "title: T\nfields:\n%sbody: a\n",
                              CASES[i].fields);
        struct tree *tree = case_try_tree(&c, yaml.p);
        if (tree) {
            flow_run(tree, c.engine, &c.arena, &c.sink);
        }
        assert_int_equal(diag_has_errors(&c.sink), !CASES[i].fits);
        if (!CASES[i].fits) {
            assert_int_equal(c.sink.list.v[0].at.line, 3);
        }
        case_close(&c);
    }
}

static void a_window_of_the_layouts_own(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "letter");
    struct layout_letter sheet;
    assert_false(layout_letter(l, &sheet));
    l->letter.x = MM(100);
    l->letter.y = MM(40);
    l->letter.width = MM(90);
    l->letter.height = MM(35);
    assert_true(layout_letter(l, &sheet));
    case_pages(&c, LETTER);
    const struct page_item *address = find(&c, "Sie");
    assert_in_range(address->as.text.x, MM(100), MM(106));
    assert_in_range(address->as.text.y, MM(40), MM(75));
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_become_parts_by_their_labels),
        cmocka_unit_test(other_layouts_have_facts),
        cmocka_unit_test(the_address_stands_in_its_zone),
        cmocka_unit_test(marks_are_aids),
        cmocka_unit_test(text_begins_below_what_is_beside),
        cmocka_unit_test(six_lines_fit_and_more_where_remarks_are_free),
        cmocka_unit_test(a_window_of_the_layouts_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
