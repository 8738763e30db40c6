/* SPDX-License-Identifier: MIT
 *
 * Notes to boxes: markers, labels, footnotes, structure. */
#include "flow_case.h"

static void headings_are_numbered_by_the_layout(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c,
        "title: T\nsections:\n"
        "  - heading: One\n    body: text\n"
        "    sections: [{heading: Inner, body: text}, {heading: Second, body: text}]\n"
        "  - {heading: Apart, body: text, numbered: false}\n"
        "  - {heading: Two, body: text}\n");
    struct box *one = t->body->first, *inner = one->next->next;
    assert_str(case_text(&c, &one->marker), "1.\xC2\xA0");
    assert_str(one->outline_title, "1. One");
    assert_int_equal(case_role(&c, one->element), STRUCTURE_H2);
    assert_str(case_text(&c, &inner->marker), "1.1\xC2\xA0");
    assert_int_equal(case_role(&c, inner->element), STRUCTURE_H3);
    assert_int_equal(inner->outline_level, 2);
    struct box *apart = inner->next->next->next->next;
    assert_int_equal(apart->marker.n, 0);
    assert_str(case_text(&c, &apart->next->next->marker), "2.\xC2\xA0");
    case_close(&c);
}

static void ordered_lists_make_room_for_their_widest_number(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c,
        "title: T\nbody: |\n  998. a\n  999. b\n  1000. c\n\n  x\n\n  - a\n  - b\n");
    struct box *list = t->body->first, *bullets = list->next->next;
    assert_str(case_text(&c, &list->last->first->marker), "1000.");
    assert_true(list->marker_room > bullets->marker_room);
    assert_int_equal(list->first->indent + list->first->style->indent_start,
                     list->marker_room);
    assert_int_equal(case_role(&c, list->element), STRUCTURE_L);
    assert_int_equal(t->structure.elements.v[list->element].numbering, STRUCTURE_DECIMAL);
    case_close(&c);
}

static void an_empty_item_still_has_its_marker(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c, "title: T\nbody: |\n  - a\n  -\n  - > quoted\n");
    struct box *empty = t->body->first->first->next;
    assert_non_null(empty->first);
    assert_str(case_text(&c, &empty->first->marker), "•");
    assert_str(case_text(&c, &empty->next->first->first->marker), "•");
    case_close(&c);
}

static void words_before_a_list_introduce_it(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c,
        "title: T\nbody: |\n  These:\n\n  - a\n\n  Those:[^n][^n]\n\n  - b\n\n"
        "  It ends.\n\n  - c\nfootnotes: {n: note}\n");
    struct box *these = t->body->first, *those = these->next->next;
    assert_true(these->introduces);
    assert_true(those->introduces);
    assert_false(those->next->next->introduces);
    case_close(&c);
}

static void a_note_is_read_behind_the_paragraph_of_its_mark(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c,
        "title: T[^a]\nbody: |\n  one[^b] two[^a]\n\n  three\n"
        "footnotes: {a: first, b: second}\n");
    assert_int_equal(t->notes.n, 2);
    struct box *title = t->front->first, *paragraph = t->body->first;
    struct box *first = t->notes.v[0].box, *second = t->notes.v[1].box;
    assert_int_equal(case_role(&c, first->element), STRUCTURE_NOTE);
    assert_true(first->element > title->element && first->element < paragraph->element);
    assert_true(second->element > paragraph->element);
    assert_true(second->element < paragraph->next->element);
    /* Only the first mark of a note brings the note along. */
    int marks = 0, notes = 0;
    for (size_t i = 0; i < paragraph->spans.n; i++) {
        marks += paragraph->spans.v[i].link > 0;
        notes += paragraph->spans.v[i].note > 0;
    }
    assert_int_equal(marks, 2);
    assert_int_equal(notes, 1);
    case_close(&c);
}

static void marks_are_references_and_numbers_lead_back(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c, "title: T[^a]\nbody: x\nfootnotes: {a: first}\n");
    const struct text_span *mark = &t->front->first->spans.v[1];
    assert_int_equal(case_role(&c, mark->element), STRUCTURE_LINK);
    assert_int_equal(case_role(&c, case_parent(&c, mark->element)), STRUCTURE_REFERENCE);
    const struct text_span *number = &t->notes.v[0].box->first->marker.v[0];
    assert_str(number->text, "1");
    assert_int_equal(t->links.v[mark->link - 1].anchor, number->anchor);
    assert_int_equal(t->links.v[number->link - 1].anchor, mark->anchor);
    case_close(&c);
}

static void marks_side_by_side_are_parted(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c,
        "title: T\nbody: one[^a][^b] two[^b] three\n"
        "footnotes: {a: first, b: second}\n");
    static const char *const SPANS[] = {"one", "1", ",", "2", " two", "2", " three"};
    const struct box *p = t->body->first;
    assert_int_equal(p->spans.n, sizeof SPANS / sizeof *SPANS);
    for (size_t i = 0; i < p->spans.n; i++) {
        assert_str(p->spans.v[i].text, SPANS[i]);
    }
    const struct text_span *comma = &p->spans.v[2];
    assert_ptr_equal(comma->style, p->spans.v[1].style);
    assert_int_equal(comma->link, 0);
    assert_int_equal(comma->note, 0);
    assert_int_equal(comma->element, p->spans.v[0].element);
    case_close(&c);
}

static void an_empty_note_and_one_of_a_list_have_their_number(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c,
        "title: T\nbody: a[^a] b[^b] c[^c]\n"
        "footnotes: {a: '', b: '- x', c: '***'}\n");
    for (size_t i = 0; i < 3; i++) {
        struct box *first = t->notes.v[i].box->first;
        assert_non_null(first);
        assert_int_equal(first->kind, BOX_PARAGRAPH);
        assert_str(case_text(&c, &first->marker), i == 0 ? "1" : i == 1 ? "2" : "3");
    }
    assert_str(case_text(&c, &t->notes.v[1].box->last->first->first->marker), "•");
    assert_true(tree_check(t));
    case_close(&c);
}

static enum structure_decoration decoration(const struct flow_case *c,
                                            const struct text_span *span)
{
    return c->tree->structure.elements.v[span->element].decoration;
}

/* What is put in and taken out is told by elements: spans, or what is there anyway. */
static void lines_under_and_through_text_are_told(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    case_tree(&c,
        "title: T\nbody: |\n  as <ins>in *it*</ins> ~~out `x`~~\n"
        "  <del><span lang=\"de\">und</span></del>\n");
    const struct text_span *spans = c.tree->body->first->spans.v;
    assert_str(spans[0].text, "as ");
    assert_int_equal(decoration(&c, &spans[0]), STRUCTURE_UNDECORATED);
    assert_int_equal(decoration(&c, &spans[1]), STRUCTURE_UNDERLINE);
    assert_int_equal(case_role(&c, spans[1].element), STRUCTURE_SPAN);
    assert_int_equal(spans[2].element, spans[1].element); /* emphasis inside it */
    assert_int_equal(decoration(&c, &spans[4]), STRUCTURE_LINE_THROUGH);
    assert_int_equal(case_role(&c, spans[5].element), STRUCTURE_CODE);
    assert_int_equal(case_parent(&c, spans[5].element), spans[4].element);
    case_close(&c);
}

static void symbols_number_notes_where_the_layout_asks(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note")->notes.numbering = LAYOUT_NOTES_SYMBOLS;
    struct tree *t = case_tree(&c,
        "title: T\nbody: 'a[^1] b[^2] c[^3] d[^4] e[^5] f[^6] g[^7]'\n"
        "footnotes: {1: n, 2: n, 3: n, 4: n, 5: n, 6: n, 7: n}\n");
    assert_str(t->notes.v[0].label, "*");
    assert_str(t->notes.v[1].label, "†");
    assert_str(t->notes.v[6].label, "**");
    case_close(&c);
}

static void facts_stand_beside_their_label(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "information-note");
    l->facts.run_in = false;
    l->facts.label_width = PT(100);
    struct tree *t = case_tree(&c,
        "title: T\nfields: {To: all, Who: {States: two, Others: few}}\nbody: x\n");
    struct box *facts = t->front->last, *to = facts->first, *who = to->next;
    assert_str(case_text(&c, &to->first->marker), "To:");
    assert_int_equal(to->first->marker_room, PT(100));
    struct box *nested = who->first, *states = nested->first->first;
    assert_int_equal(nested->kind, BOX_STACK);
    assert_str(case_text(&c, &states->marker), "Who:");
    assert_str(case_text(&c, &states->spans), "States: two");
    assert_int_equal(states->marker_room, PT(100) + nested->style->indent_start +
                     nested->first->style->indent_start);
    case_close(&c);
}

static void a_label_wider_than_its_column_stands_above(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "memo");
    struct tree *t = case_tree(&c,
        "title: T\nfields: {To: the pilots, 'Those who were present throughout': all}\n");
    struct box *narrow = t->front->last->first, *wide = narrow->next;
    assert_str(case_text(&c, &narrow->first->marker), "To:");
    assert_null(narrow->first->next);
    assert_int_equal(wide->first->marker.n, 0);
    assert_str(case_text(&c, &wide->first->spans), "Those who were present throughout:");
    assert_int_equal(wide->indent + wide->first->indent, 0);
    assert_true(wide->first->style->keep_with_next);
    assert_str(case_text(&c, &wide->first->next->spans), "all");
    assert_int_equal(wide->indent, l->facts.label_width);
    case_close(&c);
}

static void labels_run_in_and_end_in_one_mark(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c,
        "title: T\nfields: {Event: A, Who?: B, 'Ready:': C}\nbody: x\n");
    struct box *fact = t->front->last->first;
    assert_str(case_text(&c, &fact->first->spans), "Event: A");
    assert_str(case_text(&c, &fact->next->first->spans), "Who? B");
    assert_str(case_text(&c, &fact->next->next->first->spans), "Ready: C");
    case_close(&c);
}

static void the_disclaimer_bears_its_label_in_the_notes_language(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c, "title: T\nlang: fr\nbody: x\ndisclaimer: Rien.\n");
    assert_str(case_text(&c, &t->disclaimer->first->spans), "Avertissement. Rien.");
    case_close(&c);
}

static void quotes_are_those_of_the_language_across_spans(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct tree *t = case_tree(&c,
        "title: T\nlang: de\nbody: 'Er sagte \"*ja*\", `\"x\"`.'\n");
    assert_str(case_text(&c, &t->body->first->spans), "Er sagte „ja“, \"x\".");
    case_close(&c);
}

static void an_unknown_style_is_an_error_with_a_suggestion(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    assert_null(case_try_tree(&c, "title: T\nbody:\n  - paragraph: x\n"
                                  "    style: qoute\n"));
    assert_int_equal(c.sink.list.v[0].code, DIAG_UNKNOWN_STYLE);
    assert_str(c.sink.list.v[0].hint, "did you mean `quote`?");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_numbered_by_the_layout),
        cmocka_unit_test(ordered_lists_make_room_for_their_widest_number),
        cmocka_unit_test(an_empty_item_still_has_its_marker),
        cmocka_unit_test(words_before_a_list_introduce_it),
        cmocka_unit_test(a_note_is_read_behind_the_paragraph_of_its_mark),
        cmocka_unit_test(marks_are_references_and_numbers_lead_back),
        cmocka_unit_test(marks_side_by_side_are_parted),
        cmocka_unit_test(an_empty_note_and_one_of_a_list_have_their_number),
        cmocka_unit_test(lines_under_and_through_text_are_told),
        cmocka_unit_test(symbols_number_notes_where_the_layout_asks),
        cmocka_unit_test(facts_stand_beside_their_label),
        cmocka_unit_test(a_label_wider_than_its_column_stands_above),
        cmocka_unit_test(labels_run_in_and_end_in_one_mark),
        cmocka_unit_test(the_disclaimer_bears_its_label_in_the_notes_language),
        cmocka_unit_test(quotes_are_those_of_the_language_across_spans),
        cmocka_unit_test(an_unknown_style_is_an_error_with_a_suggestion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
