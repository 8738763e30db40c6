/* SPDX-License-Identifier: MIT */
#include "note_fixture.h"

#include <stdio.h>

static void test_a_whole_note(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "layout: memo\nlang: de-CH\ntitle: T\nsubtitle: S\nreference: R/1\n"
                     "date: 2009-09-28\nclassification: Internal\nauthor: A\n"
                     "authors: [B, C]\nsubject: Sub\nkeywords: one, two\nbody: x\n"
                     "attachments: []\nemail: {to: x@y.z}\ndata: {}\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_str(f.note->layout, "memo");
    assert_int_equal(f.note->layout_at.column, 9);
    assert_str(f.note->lang, "de-CH");
    assert_str(f.note->date, "2009-09-28");
    assert_int_equal(f.note->authors.n, 3);
    assert_str(f.note->keywords.v[1], "two");
    assert_str(note_plain_text(f.note->title, &f.arena), "T");
    fixture_done(&f);
}

static void test_the_least_note(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x\n");
    assert_str(f.note->lang, "en");
    assert_int_equal(f.sink.list.n, 0);
    assert_null(f.note->facts);
    fixture_done(&f);
    fixture_load_as(&f, "# a note\ntitle: x\n");
    assert_str(f.note->lang, "en");
    assert_report(&f, DIAG_NO_LANGUAGE, 2, 1);
    assert_int_equal(f.sink.counts[DIAG_WARNING], 1);
    fixture_done(&f);
    fixture_load_as(&f, "title: x\nlnag: de\n"); /* told as a key that is unknown */
    assert_int_equal(f.sink.per_code[DIAG_NO_LANGUAGE], 0);
    fixture_done(&f);
    fixture_load_as(&f, "title: x\nlang:\n"); /* told as an empty value */
    assert_int_equal(f.sink.per_code[DIAG_NO_LANGUAGE], 0);
    assert_report(&f, DIAG_EMPTY_VALUE, 2, 1);
    fixture_done(&f);
    fixture_read(&f, "- x\n");
    assert_null(note_load(f.root, &f.arena, &f.sink));
    assert_report(&f, DIAG_WRONG_TYPE, 1, 1);
    fixture_done(&f);
}

struct bad {
    const char *text;
    enum diag_code code;
    uint32_t line, column;
    const char *hint; /* NULL: any */
};

static const struct bad BAD[] = {
    {"body: x\n", DIAG_MISSING_KEY, 1, 1, "add `title: …`"},
    {"title:\n", DIAG_MISSING_KEY, 1, 7, NULL},
    {"title: ''\n", DIAG_MISSING_KEY, 1, 8, NULL},
    {"title: [x]\n", DIAG_WRONG_TYPE, 1, 8, NULL},
    {"title: x\nemail: y\n", DIAG_WRONG_TYPE, 2, 8, NULL},
    {"title: x\ndata: y\n", DIAG_WRONG_TYPE, 2, 7, NULL},
    {"title: x\nattachments: y\n", DIAG_WRONG_TYPE, 2, 14, NULL},
    {"title: x\nlang: en_US\n", DIAG_BAD_LANGUAGE, 2, 7, "did you mean `en-US`?"},
    {"title: x\nlang: de-Latn-1996-x-a\n", DIAG_BAD_LANGUAGE, 0, 0, NULL}, /* fine */
    {"title: x\nlang: abcdefghi\n", DIAG_BAD_LANGUAGE, 2, 7, NULL},
    {"title: x\nlang: en-\n", DIAG_BAD_LANGUAGE, 2, 7, NULL},
    {"title: x\ndate: 2026-02-30\n", DIAG_BAD_DATE, 2, 7, "that month has 28 days"},
    {"title: x\ndate: 2026-13-01\n", DIAG_BAD_DATE, 2, 7, NULL},
    {"title: x\ndate: 1900-02-29\n", DIAG_BAD_DATE, 2, 7, NULL},
    {"title: x\nsections: y\n", DIAG_WRONG_TYPE, 2, 11, NULL},
    {"title: x\nsections: [y]\n", DIAG_WRONG_TYPE, 2, 12, NULL},
    {"title: x\nsections:\n- body: y\n", DIAG_MISSING_KEY, 3, 3, NULL},
    {"title: x\nsections:\n- heding: y\n  heading: z\n", DIAG_UNKNOWN_KEY, 3, 3,
     "did you mean `heading`?"},
    {"title: x\nsections:\n- heading: y\n  numbered: no\n", DIAG_BAD_VALUE, 4, 13,
     "write `true` or `false`"},
    {"title: x\nbody:\n- lst: [a]\n", DIAG_UNKNOWN_KEY, 3, 3, "did you mean `list`?"},
    {"title: x\nbody:\n- list: [a]\n  quote: b\n", DIAG_BAD_VALUE, 4, 3, NULL},
    {"title: x\nbody:\n- style: a\n", DIAG_MISSING_KEY, 3, 3, NULL},
    {"title: x\nbody:\n- quote: a\n  start: 3\n", DIAG_UNKNOWN_KEY, 4, 3,
     "it is an option of `list`"},
    {"title: x\nbody:\n- list: [a]\n  start: 3.5\n", DIAG_WRONG_TYPE, 4, 10, NULL},
    {"title: x\nbody:\n- list: [a]\n  start: 99999999999999999999\n",
     DIAG_OUT_OF_RANGE, 4, 10, NULL},
    {"title: x\nbody:\n- list: [a]\n  start: 0\n  numbering: lower-roman\n",
     DIAG_OUT_OF_RANGE, 4, 10, NULL},
    {"title: x\nbody:\n- list: [a]\n  numbering: roman\n", DIAG_BAD_VALUE, 4, 14, NULL},
    {"title: x\nbody:\n- list: [[a]]\n", DIAG_WRONG_TYPE, 3, 10, NULL},
    {"title: x\nbody:\n- [a]\n", DIAG_WRONG_TYPE, 3, 3, "write `list:` before a list"},
    {"title: x\nbody:\n- {quote: y, keep: z}\n", DIAG_BAD_VALUE, 3, 20, NULL},
    {"title: x\nbody:\n- {quote: y, when: z}\n", DIAG_NO_FIELD, 3, 20, NULL},
    {"title: x\nbody:\n- toc: 2\n", DIAG_WRONG_TYPE, 3, 8, NULL},
    {"title: x\nbody:\n- toc: {depth: 7}\n", DIAG_OUT_OF_RANGE, 3, 16, NULL},
    {"title: x\nbody:\n- toc: {dept: 7}\n", DIAG_UNKNOWN_KEY, 3, 9,
     "did you mean `depth`?"},
    {"title: x\nbody:\n- paragraph: y\n  when: z\n", DIAG_NO_FIELD, 4, 9, NULL},
    {"title: x\nbody:\n- rule: y\n", DIAG_WRONG_TYPE, 3, 9, NULL},
    {"title: x\nbody:\n- image: {file: no.png, alt: y}\n", DIAG_NO_IMAGE, 3, 17, NULL},
    {"title: x\nbody:\n- image: {file: ../a/../../no.png, alt: y}\n", DIAG_OUTSIDE_ROOT,
     3, 17, NULL},
    {"title: x\nbody:\n- image: /etc/passwd\n", DIAG_OUTSIDE_ROOT, 3, 10, NULL},
    {"title: x\nbody:\n- image: {file: no.png}\n", DIAG_MISSING_KEY, 3, 10, NULL},
    {"title: x\nbody: '![a](b.png)'\n", DIAG_NO_IMAGE, 2, 8, NULL},
    {"title: x\nbody: 'b ![a](b.png)'\n", DIAG_NO_IMAGE, 2, 10, NULL},
    {"title: x\nbody: '![](b.png)'\n", DIAG_MISSING_KEY, 2, 8, NULL},
    {"title: x\nbody:\n- table: {columns: [a, b], rows: [[1, 2], [3]]}\n",
     DIAG_BAD_VALUE, 3, 43, NULL},
    {"title: x\nfields:\n- [a]\n", DIAG_WRONG_TYPE, 3, 3, NULL},
    {"title: x\nfields:\n  a:\n", DIAG_EMPTY_VALUE, 3, 3, NULL},
    {"title: x\nfootnotes: {a: {b: c}}\n", DIAG_WRONG_TYPE, 2, 16, NULL},
    {"title: x\nsections:\n- {heading: a, id: b}\n- {heading: c, id: b}\n",
     DIAG_DUPLICATE_ID, 4, 20, NULL},
    {"title: x\nsections:\n- {heading: a, id: b c}\n", DIAG_BAD_VALUE, 3, 20, NULL},
};

static void test_mistakes_are_placed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct fixture f;
        fixture_load(&f, BAD[i].text);
        const struct diag *d = fixture_find(&f, BAD[i].code);
        if (BAD[i].line == 0) {
            assert_null(d);
        } else if (!d || d->at.line != BAD[i].line || d->at.column != BAD[i].column) {
            fail_msg("%s: %s at %u:%u", BAD[i].text, diag_name(BAD[i].code),
                     d ? d->at.line : 0, d ? d->at.column : 0);
        }
        if (d && BAD[i].hint) {
            assert_str(d->hint, BAD[i].hint);
        }
        fixture_done(&f);
    }
}

/* Every key of a note with one letter missing, doubled or wrong is understood. */
static void test_every_typo_in_a_top_key_gets_its_suggestion(void **state)
{
    (void)state;
    static const char *const KEYS[] = {
        "layout", "lang", "subtitle", "reference", "date", "classification", "author",
        "subject", "keywords", "fields", "body", "sections", "footnotes", "disclaimer",
        "attachments", "email", "data",
    };
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        str key = str_from(KEYS[i]);
        for (size_t at = 1; at < key.n; at++) {
            struct fixture f;
            char text[200], wanted[64];
            if (str_is(key, "data") && at == 3) {
                continue; /* as near to `date` */
            }
            snprintf(text, sizeof text, "title: x\n%.*sq%s: y\n", (int)at, key.p,
                     key.p + at + 1);
            snprintf(wanted, sizeof wanted, "did you mean `%s`?", KEYS[i]);
            fixture_load(&f, text);
            assert_report(&f, DIAG_UNKNOWN_KEY, 2, 1);
            assert_hint(&f, DIAG_UNKNOWN_KEY, wanted);
            fixture_done(&f);
        }
    }
}

static void test_one_run_reports_everything(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "titel: x\nlang: en_GB\ndate: 2026-02-30\nbody: 'a[^b] [c](#d)'\n");
    assert_int_equal(f.sink.counts[DIAG_ERROR], 5); /* `titel` explains the title */
    fixture_done(&f);
}

static void test_facts(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x\nfields:\n- [A, b]\n- A: [c, d]\n- {E: {F: g}}\n"
                     "- [H, [[I, j]]]\n");
    assert_dump_holds(&f, "    fact @4:3\n      label @4:3\n        text @4:3 \"A\"\n"
                          "      paragraph @4:7\n        text @4:7 \"c\"\n"
                          "      paragraph @4:10\n");
    assert_dump_holds(&f, "      facts @5:7\n        fact @5:8\n");
    assert_dump_holds(&f, "      facts @6:7\n        fact @6:9\n");
    assert_int_equal(f.sink.list.n, 0);
    fixture_done(&f);
}

static void test_typed_blocks(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x\nbody:\n- a *b*\n- paragraph: 1. c\n  style: lead\n"
                     "  lang: fr\n"
                     "- heading: d\n  level: 1\n  numbered: false\n  id: dd\n"
                     "- list: [e, {text: f, list: [g]}]\n  numbering: upper-roman\n"
                     "  start: 4\n"
                     "- quote: h\n- code: |\n    i\n  language: c\n- rule:\n"
                     "- page-break:\n"
                     "- table: {columns: [A, B], align: [right], rows: [[1, ~]], "
                     "caption: C}\n");
    assert_dump_holds(&f, "paragraph @4:14 style=lead lang=fr\n"
                          "      text @4:14 \"1. c\"\n");
    assert_dump_holds(&f, "heading @7:12 level=1 unnumbered id=dd\n");
    assert_dump_holds(&f, "list @11:9 ordered upper-roman. start=4 tight\n");
    assert_dump_holds(&f, "        list @11:29 tight\n          item @11:30\n");
    assert_dump_holds(&f, "quote @14:10\n      paragraph @14:10\n");
    assert_dump_holds(&f, "code-block @15:9 info=c \"i\"\n    rule @18:3\n"
                          "    page-break @19:3\n");
    assert_dump_holds(&f, "table @20:10 columns=2 align=r-\n");
    assert_dump_holds(&f, "      paragraph @20:69 caption\n");
    assert_int_equal(f.sink.counts[DIAG_ERROR], 0);
    fixture_done(&f);
}

static void test_sections_nest(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x\nbody: first\nsections:\n- heading: A\n  lang: fr\n"
                     "  sections:\n  - {heading: B, numbered: false, body: c}\n");
    assert_dump_holds(&f, "    section @4:3 depth=1 lang=fr\n"
                          "      heading @4:12 level=1 id=a\n");
    assert_dump_holds(&f, "      section @7:5 depth=2\n"
                          "        heading @7:15 level=2 unnumbered id=b\n");
    assert_int_equal(f.note->body->first->kind, NOTE_PARAGRAPH);
    fixture_done(&f);
    fixture_load(&f, "title: x\n"
                     "sections: [{heading: a, sections: [{heading: b, sections: "
                     "[{heading: c, sections: [{heading: d, sections: [{heading: e, "
                     "sections: "
                     "[{heading: f, sections: [{heading: g}]}]}]}]}]}]}]\n");
    assert_int_equal(f.sink.per_code[DIAG_TOO_DEEP], 1);
    fixture_done(&f);
}

static void test_containment(void **state)
{
    (void)state;
    assert_true(note_can_contain(NOTE_BODY, NOTE_SECTION));
    assert_true(note_can_contain(NOTE_ITEM, NOTE_LIST));
    assert_true(note_can_contain(NOTE_CELL, NOTE_FOOTNOTE_MARK));
    assert_false(note_can_contain(NOTE_LIST, NOTE_PARAGRAPH));
    assert_false(note_can_contain(NOTE_PARAGRAPH, NOTE_PARAGRAPH));
    assert_false(note_can_contain(NOTE_QUOTE, NOTE_SECTION));
    assert_false(note_can_contain(NOTE_LINK, NOTE_LINK));
    assert_false(note_can_contain(NOTE_TEXT, NOTE_TEXT));
}

static void test_check_finds_broken_trees(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x\nbody: |\n  a *b*\n\n  c\n");
    struct note_node *paragraph = f.note->body->first;
    paragraph->next->prev = NULL;
    assert_false(note_check(f.note));
    paragraph->next->prev = paragraph;
    assert_true(note_check(f.note));
    paragraph->first->kind = NOTE_LIST;
    assert_false(note_check(f.note));
    fixture_done(&f);
}

static void test_plain_text(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: A *b*[^c]<br>`d` [e](http://f.g)\nfootnotes: {c: no}\n"
                     "body: |\n  one\n\n  two\n");
    assert_str(note_plain_text(f.note->title, &f.arena), "A b d e");
    assert_str(note_plain_text(f.note->body, &f.arena), "one two");
    fixture_done(&f);
}

static void test_schema_has_every_key(void **state)
{
    (void)state;
    static const char *const PARTS[] = {
        "https://json-schema.org/draft/2020-12/schema", "\"required\": [\"title\"]",
        "\"page-break\": {\"type\": \"null\"",
        ("\"disclaimer\": {\"$ref\": "
         "\"#/$defs/body\""),
        "\"lower-roman\"", "\"section\": {", "\"additionalProperties\": false",
    };
    struct arena a;
    struct buf out;
    size_t at;
    arena_init(&a);
    buf_init(&out, &a);
    note_schema(&out);
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        if (!str_find(buf_str(&out), str_from(PARTS[i]), &at)) {
            fail_msg("no %s in the schema", PARTS[i]);
        }
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_note),
        cmocka_unit_test(test_the_least_note),
        cmocka_unit_test(test_mistakes_are_placed),
        cmocka_unit_test(test_every_typo_in_a_top_key_gets_its_suggestion),
        cmocka_unit_test(test_one_run_reports_everything),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_typed_blocks),
        cmocka_unit_test(test_sections_nest),
        cmocka_unit_test(test_containment),
        cmocka_unit_test(test_check_finds_broken_trees),
        cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_schema_has_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
