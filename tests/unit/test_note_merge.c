/* SPDX-License-Identifier: MIT
 *
 * Templates with data as notes: what becomes of values, sections, `each` and `when`, and
 * where faults are reported. */
#include "note_fixture.h"

#include "note/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A note with a body of one line, and data. */
static void load(struct fixture *f, const char *data, const char *body)
{
    struct arena a;
    arena_init(&a);
    const char *text = str_format(&a, "title: x\ndata: %s\nbody: |\n  %s\n",
                                  data, body).p;
    static char kept[1 << 16];
    snprintf(kept, sizeof kept, "%s", text);
    arena_done(&a);
    fixture_load(f, kept);
}

/* The only child of the body's only paragraph, if it is text. */
static str body_text(const struct fixture *f)
{
    const struct note_node *paragraph = f->note->body->first;
    assert_non_null(paragraph);
    assert_null(paragraph->next);
    assert_int_equal(paragraph->kind, NOTE_PARAGRAPH);
    assert_non_null(paragraph->first);
    assert_null(paragraph->first->next);
    assert_int_equal(paragraph->first->kind, NOTE_TEXT);
    return paragraph->first->text;
}

/* --- Values are text --- */

/* As YAML in double quotes, and what stands in the note. */
static const struct {
    const char *written, *set;
} VALUES[] = {
    {"*x*", "*x*"}, {"**x**", "**x**"}, {"_a_", "_a_"},
    {"~~a~~ H~2~O ^2^", "~~a~~ H~2~O ^2^"},
    {"[a](javascript:b)", "[a](javascript:b)"}, {"![a](b.png)", "![a](b.png)"},
    {"<b>", "<b>"}, {"<span lang=fr>", "<span lang=fr>"}, {"</span>", "</span>"},
    {"<https://a.org>", "<https://a.org>"}, {"https://a.org www.b.org c@d.org",
     "https://a.org www.b.org c@d.org"},
    {"{{evil}} {{{evil}}}", "{{evil}} {{{evil}}}"}, {"}} {{/x}}", "}} {{/x}}"},
    {"# h", "# h"}, {"1. a", "1. a"}, {"- a", "- a"}, {"> a", "> a"}, {"===", "==="},
    {"---", "---"}, {"| a | b |", "| a | b |"}, {"    code", "code"}, {"```", "```"},
    {"`a` ``", "`a` ``"}, {"\\\\*", "\\*"}, {"a\\\\", "a\\"}, {"&amp; &#42; &lt;",
     "&amp; &#42; &lt;"},
    {"[^note]", "[^note]"}, {"[^a]: b", "[^a]: b"}, {"[a]: /b", "[a]: /b"},
    {"a\\n\\n# b\\n\\n- c", "a  # b  - c"}, {" a ", "a"}, {"a\\tb", "a b"},
    {"[!NOTE]", "[!NOTE]"}, {"[ ] a", "[ ] a"}, {"%s%n", "%s%n"},
    {"\\u202Eabc", "\xE2\x80\xAE" "abc\xE2\x80\xAC"},
    {"a\\u202C\\u2069b", "ab"},
    {"\\u2067a\\u202Eb\\u2069",
     "\xE2\x81\xA7" "a\xE2\x80\xAE" "b\xE2\x80\xAC\xE2\x81\xA9"},
    {"é漢😀", "é漢😀"},
};

static void test_values_are_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
        struct fixture f;
        char data[200];
        snprintf(data, sizeof data, "{evil: no, v: \"%s\"}", VALUES[i].written);
        load(&f, data, "{{v}}");
        assert_int_equal(f.sink.list.n, 0);
        assert_str(body_text(&f), VALUES[i].set);
        fixture_done(&f);
    }
}

/* Around each value the text has marks of its own, which stay what they are. */
static void test_values_leave_what_is_around(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
        struct fixture f;
        char data[200];
        snprintf(data, sizeof data, "{evil: no, v: \"%s\"}", VALUES[i].written);
        load(&f, data, "- **{{v}}** `{{v}}` [{{v}}](https://a.org)\n  - b\n\n"
                       "  | {{v}} | c |\n  |---|---|\n  | d | <sup>{{v}}</sup> |");
        assert_int_equal(f.sink.list.n, 0);
        const struct note_node *list = f.note->body->first;
        const struct note_node *inlines = list->first->first->first;
        assert_int_equal(inlines->kind, NOTE_STRONG);
        assert_str(inlines->first->text, VALUES[i].set);
        assert_int_equal(inlines->next->next->kind, NOTE_CODE);
        assert_str(inlines->next->next->text, VALUES[i].set);
        assert_int_equal(inlines->next->next->next->next->kind, NOTE_LINK);
        assert_str(inlines->next->next->next->next->first->text, VALUES[i].set);
        assert_null(list->first->next->next);
        const struct note_node *row = list->next->first;
        assert_str(row->first->first->text, VALUES[i].set);
        assert_str(row->first->next->first->text, "c");
        const struct note_node *cell = row->next->first->next;
        assert_int_equal(cell->first->kind, NOTE_SUPERSCRIPT);
        assert_str(cell->first->first->text, VALUES[i].set);
        fixture_done(&f);
    }
}

static void test_code_keeps_lines(void **state)
{
    struct fixture f;
    (void)state;
    load(&f, "{v: \"a\\n  ```\\n b \"}", "```\n  {{v}}\n  ```");
    const struct note_node *code = f.note->body->first;
    assert_int_equal(code->kind, NOTE_CODE_BLOCK);
    assert_str(code->text, "a\n  ```\n b ");
    assert_null(code->next);
    fixture_done(&f);
}

static void test_values_as_markdown(void **state)
{
    struct fixture f;
    (void)state;
    load(&f, "{v: '*a* {{w}} \\{{w}}', w: b}", "{{{v}}} {{&v}}");
    assert_dump_holds(&f, "emphasis @4:3\n        text @4:3 \"a\"\n"
                          "      text @4:3 \" {{w}} {{w}} \"");
    fixture_done(&f);
}

static void test_addresses(void **state)
{
    struct fixture f;
    (void)state;
    load(&f, "{v: 'a b/\"c', id: \"#x\", bad: \"javascript:x\"}",
         "https://a.org/{{v}} [d](https://a.org/?{{v}}&e) [f]({{bad}})");
    assert_dump_holds(&f, "link @4:3 https://a.org/a%20b/%22c\n");
    assert_dump_holds(&f, "link @4:23 https://a.org/?a%20b/%22c&e\n");
    assert_report(&f, DIAG_BAD_LINK, 4, 51);
    fixture_done(&f);
}

static void test_a_megabyte(void **state)
{
    enum { N = 1 << 20 };
    struct fixture f;
    (void)state;
    char *text = malloc(N + 100);
    strcpy(text, "title: x\nbody: '{{v}} *{{v}}*'\ndata: {v: '");
    size_t n = strlen(text);
    memset(text + n, '*', N);
    strcpy(text + n + N, "'}\n");
    fixture_load(&f, text);
    assert_int_equal(f.sink.list.n, 0);
    const struct note_node *first = f.note->body->first->first;
    assert_int_equal(first->text.n, N + 1);
    assert_int_equal(first->next->kind, NOTE_EMPHASIS);
    assert_int_equal(first->next->first->text.n, N);
    fixture_done(&f);
    free(text);
}

/* --- Mustache --- */

static const char DATA[] = "{name: Ann, none: '', no: false, zero: 0, list: [a, b, c], "
                           "empty: [], nothing: ~, p: {name: Bo, q: {r: s}}, "
                           "rows: [{n: 1, name: Cy}, {n: 2}], 'a b': d}";

static const struct {
    const char *template, *set;
} TEMPLATES[] = {
    {"{{name}} {{ name }} {{p.name}} {{p.q.r}} {{a b}}", "Ann Ann Bo s d"},
    {"a{{none}}b{{nothing}}c{{zero}}", "abc0"},
    {"{{x|default:friend}} {{none|default: some one }}", "friend some one"},
    {"{{#list}}{{.}}{{^@last}}, {{/@last}}{{/list}}", "a, b, c"},
    {"{{#list}}{{@index}}{{#@first}}!{{/@first}}{{/list}}", "1!23"},
    {"{{#rows}}{{n}}{{name}} {{/rows}}", "1Cy 2Ann"},
    {"{{#p}}{{name}}{{q.r}}{{#q}}{{r}}{{name}}{{/q}}{{/p}}", "BossBo"},
    {"{{#none}}a{{/none}}{{#no}}b{{/no}}{{#empty}}c{{/empty}}{{#nothing}}d{{/nothing}}."
     "{{#zero}}e{{/zero}}", ".e"},
    {"{{^none}}a{{/none}}{{^no}}b{{/no}}{{^empty}}c{{/empty}}{{^zero}}d{{/zero}}"
     "{{^list}}e{{/list}}{{^missing thing}}f{{/missing thing}}", "abcf"},
    {"{{#rows}}{{#list}}{{n}}{{.}} {{/list}}{{/rows}}", "1a 1b 1c 2a 2b 2c"},
    {"\\{{name}} \\\\{{name}} a{{! b }}c {a} }}", "{{name}} \\Ann ac {a} }}"},
    {"{{#name}}{{.}}{{/name}}", "Ann"},
};

static void test_templates(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof TEMPLATES / sizeof *TEMPLATES; i++) {
        struct fixture f;
        load(&f, DATA, TEMPLATES[i].template);
        assert_int_equal(f.sink.list.n, 0);
        assert_str(body_text(&f), TEMPLATES[i].set);
        fixture_done(&f);
    }
}

static void test_tags_take_their_lines(void **state)
{
    struct fixture f;
    (void)state;
    fixture_load(&f, "title: x\ndata: {list: [a, b]}\nbody:\n- code: |\n    1\n"
                     "    {{#list}}\n      {{.}}\n      {{/list}}  \n"
                     "    {{! no }}\n    2\n");
    assert_str(f.note->body->first->text, "1\n  a\n  b\n2");
    fixture_done(&f);
}

static void test_places(void **state)
{
    struct fixture f;
    (void)state;
    load(&f, "{list: [a, b], long: aaaaaaaaaaaaaaaaaaaa}",
         "{{long}} *b* {{#list}}**{{.}}** [c](x:y){{/list}}");
    assert_dump_holds(&f, "emphasis @4:12\n");
    assert_dump_holds(&f, "strong @4:25\n        text @4:27 \"a\"\n");
    assert_dump_holds(&f, "text @4:27 \"b\"\n");
    assert_report(&f, DIAG_BAD_LINK, 4, 35);
    fixture_done(&f);
}

static void test_empty_values_leave_nothing(void **state)
{
    struct fixture f;
    (void)state;
    load(&f, "{v: ''}", "{{v}}\n\n  **{{v}}**\n\n  a **{{v}}***b*");
    const struct note_node *paragraph = f.note->body->first;
    assert_null(paragraph->next);
    assert_str(paragraph->first->text, "a ");
    assert_int_equal(paragraph->first->next->kind, NOTE_EMPHASIS);
    fixture_done(&f);
}

/* --- each and when --- */

static void test_blocks_and_labels(void **state)
{
    struct fixture f;
    (void)state;
    fixture_load(&f, "title: x\n"
                     "data: {l: [{k: A, v: '*1*'}, {k: B, v: 2, off: true}], "
                     "e: [], on: yes}\n"
                     "fields:\n- {each: l, '{{k}} {{@index}}': '{{v}}'}\n"
                     "- {when: true, x: y}\n- {when: no way}\n"
                     "body:\n- {each: l, when: not off, paragraph: '{{v}}'}\n"
                     "- {each: e, paragraph: never}\n"
                     "- {when: [on, v != 1], paragraph: both}\n"
                     "- list: [{each: l, when: k = B, text: '{{k}}'}, c]\n"
                     "- table: {columns: [a, {each: l, text: '{{k}}'}], rows: ["
                     "{each: l, cells: ['{{k}}', {each: l, text: '{{v}}'}]}]}\n"
                     "- definitions: [{each: l, '{{k}}': '{{v}}'}]\n"
                     "sections:\n- {each: l, heading: 'H {{k}}', body: '{{v}}'}\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "\"A 1\"\n      paragraph @4:33\n        text @4:34 \"*1*\"");
    assert_dump_holds(&f, "text @4:14 \"B 2\"");
    assert_dump_holds(&f, "text @6:10 \"no way\"");
    assert_dump_holds(&f, "text @10:35 \"both\"");
    assert_dump_holds(&f, "columns=3");
    assert_dump_holds(&f, "text @15:23 \"H A\"");
    assert_dump_holds(&f, "text @15:23 \"H B\"");
    fixture_done(&f);
}

static void test_nothing_to_merge_is_the_same(void **state)
{
    struct fixture f;
    struct note_merge m;
    (void)state;
    fixture_read(&f, "title: x\nbody: [{list: [a, {text: b}]}, '{c} { {d']\n");
    note_merge_init(&m, &f.arena, &f.sink);
    const struct value *made = note_merge(&m, f.root, NULL);
    assert_ptr_equal(value_find(made, "body"), value_find(f.root, "body"));
    fixture_done(&f);
}

static void test_data_lies_over_data(void **state)
{
    struct fixture f;
    struct arena *a = &f.arena;
    (void)state;
    fixture_read(&f, "note: {title: '{{a}} {{b}} {{p.x}} {{p.y|default:-}}', "
                     "data: {a: 1, b: 1, p: {x: 1, y: 1}}}\n"
                     "record: {b: 2, p: {x: 2}}\nset: {p: {x: 3}}\n");
    struct note_data data = {.record = value_find(f.root, "record"),
                             .set = value_find(f.root, "set")};
    struct note *n = note_load_merged(value_find(f.root, "note"), &data, a, &f.sink);
    assert_str(note_plain_text(n->title, a), "1 2 3 -");
    n = note_load_merged(value_find(f.root, "note"), NULL, a, &f.sink);
    assert_str(note_plain_text(n->title, a), "1 1 1 1");
    fixture_done(&f);
}

/* --- Formats --- */

static const struct {
    const char *lang, *template, *set;
} FORMATS[] = {
    {"en", "{{n|number}} {{n|number:2}} {{n|number:0}}",
     "1,234,567.895 1,234,567.90 1,234,568"},
    {"en-US", "{{n|money:USD}} {{n|money:CHF}} {{m|money:EUR}}",
     "$1,234,567.90 CHF\u00A01,234,567.90 \u2212€0.01"},
    {"en-GB", "{{n|money:GBP}} {{n|money:JPY}} {{n|money:KWD}}",
     "£1,234,567.90 JPY\u00A01,234,568 KWD\u00A01,234,567.895"},
    {"de", "{{n|number}} {{n|money:EUR}} {{m|money:EUR}}",
     "1.234.567,895 1.234.567,90\u00A0€ \u22120,01\u00A0€"},
    {"de-CH", "{{n|number:1}} {{n|money:CHF}} {{m|money:CHF}}",
     "1’234’567.9 CHF\u00A01’234’567.90 CHF\u00A0\u22120.01"},
    {"de-AT", "{{n|number}} {{n|money:EUR}}",
     "1\u00A0234\u00A0567,895 €\u00A01.234.567,90"},
    {"fr", "{{n|number}} {{n|money:EUR}}",
     "1\u202F234\u202F567,895 1\u202F234\u202F567,90\u00A0€"},
    {"es", "{{k|number}} {{n|number}}", "1234 1.234.567,895"},
    {"it", "{{k|number}}", "1.234"},
    {"ja", "{{n|number}} {{d|long}} {{d|month-year}}",
     "1\u202F234\u202F567.895 2009-03-01 2009-03"},
    {"en", "{{z|number:1}} {{h|number:0}} {{half|number:0}} {{nine|number:0}}",
     "0.0 3 1 1,000"},
    {"en", "{{d|long}} {{d|short}} {{d|month-year}}",
     "March\u00A01, 2009 3/1/2009 March 2009"},
    {"en-GB", "{{d|long}} {{d|short}} {{t|long}}",
     "1\u00A0March 2009 01/03/2009 1\u00A0March 2009"},
    {"de", "{{d|long}} {{d|short}}", "1.\u00A0März 2009 01.03.2009"},
    {"de-AT", "{{j|long}}", "31.\u00A0Jänner 2024"},
    {"fr-CA", "{{d|long}} {{d|short}}", "1\u00A0mars 2009 2009-03-01"},
    {"es-AR", "{{d|long}} {{d|month-year}}", "1\u00A0de marzo de 2009 marzo de 2009"},
    {"de-Latn-CH", "{{k|number}}", "1’234"},
    {"en", "{{none|money:EUR}}{{x|default:5|money:EUR}}", "€5.00"},
};

static void test_formats(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        struct fixture f;
        char text[600];
        snprintf(text, sizeof text,
                 "lang: %s\ntitle: '%s'\ndata: {n: 1234567.895, m: -0.005, k: 1234, "
                 "z: -0.04, h: 2.5, half: '0.5', nine: 999.5, d: 2009-03-01, "
                 "t: 2009-03-01T10:00:00Z, j: 2024-01-31, none: ''}\n",
                 FORMATS[i].lang, FORMATS[i].template);
        fixture_load(&f, text);
        assert_int_equal(f.sink.list.n, 0);
        assert_str(note_plain_text(f.note->title, &f.arena), FORMATS[i].set);
        fixture_done(&f);
    }
}

/* The language of a block is that of its formats. */
static void test_formats_follow_blocks(void **state)
{
    struct fixture f;
    (void)state;
    fixture_load(&f, "lang: '{{l}}'\ntitle: '{{n|number}}'\ndata: {n: 1.5, l: de}\n"
                     "sections:\n- {heading: '{{n|number}}', lang: en, body: ["
                     "{paragraph: '{{n|number}}', lang: fr}]}\n");
    assert_dump_holds(&f, "text @2:9 \"1,5\"");
    assert_dump_holds(&f, "text @5:14 \"1.5\"");
    assert_dump_holds(&f, "text @5:59 \"1,5\"");
    fixture_done(&f);
}

/* --- Faults --- */

static const struct {
    const char *data, *body;
    enum diag_code code;
    uint32_t column;
    const char *hint;
} FAULTS[] = {
    {"{name: a}", "ab {{nmae}}", DIAG_NO_FIELD, 6, "did you mean `name`?"},
    {"{p: {name: a}}", "{{p.nmae}}", DIAG_NO_FIELD, 3, "did you mean `name`?"},
    {"{p: {name: a}}", "{{q}}", DIAG_NO_FIELD, 3, "there is `p`"},
    {"{l: [{a: b}]}", "{{#l}}{{c}}{{/l}}", DIAG_NO_FIELD, 9, "there is `a` and `l`"},
    {"{l: [a]}", "é {{l}}", DIAG_WRONG_TYPE, 5, "repeat over it: `{{#l}}…{{/l}}`"},
    {"{l: {a: b}}", "{{l}}", DIAG_WRONG_TYPE, 3, "name one of its fields: `{{l.…}}`"},
    {"{}", "a {{b", DIAG_BAD_MERGE, 5, NULL},
    {"{}", "a {{{b}} c", DIAG_BAD_MERGE, 5, "close it with `}}}`"},
    {"{}", "a {{ }}", DIAG_BAD_MERGE, 5, NULL},
    {"{a: b}", "{{a..b}}", DIAG_BAD_MERGE, 3, NULL},
    {"{a: b}", "{{@odd}}", DIAG_BAD_MERGE, 3, NULL},
    {"{a: b}", "{{#a}} b", DIAG_BAD_MERGE, 3, "close it with `{{/a}}`"},
    {"{a: b}", "c {{/a}}", DIAG_BAD_MERGE, 5,
     "delete it, or begin the section before it"},
    {"{a: b, c: d}", "{{#a}}{{#c}}{{/a}}{{/c}}", DIAG_BAD_MERGE, 9,
     "close it with `{{/c}}`"},
    {"{a: b}", "{{>a}}", DIAG_BAD_MERGE, 3, NULL},
    {"{a: b}", "{{a|nubmer}}", DIAG_BAD_MERGE, 7, "did you mean `number`?"},
    {"{a: b}", "{{a|money}}", DIAG_BAD_MERGE, 7,
     "write its three capital letters, as in `money:CHF`"},
    {"{a: b}", "{{a|number:x}}", DIAG_BAD_MERGE, 7, "write how many, as in `number:2`"},
    {"{a: b}", "{{a|long:x}}", DIAG_BAD_MERGE, 7, NULL},
    {"{a: b}", "x {{a|number}}", DIAG_BAD_VALUE, 5,
     "write digits, and a point before decimals: 1234.50"},
    {"{a: '1,5'}", "{{a|money:EUR}}", DIAG_BAD_VALUE, 3, NULL},
    {"{a: 1e3}", "{{a|number}}", DIAG_BAD_VALUE, 3, NULL},
    {"{a: 2009-02-30}", "{{a|long}}", DIAG_BAD_VALUE, 3,
     "write year, month and day: 2009-09-28"},
    {"{titel: a}", "{{#title}}b{{/title}}", DIAG_DOUBTFUL_FIELD, 3,
     "did you mean `titel`?"},
};

static void test_faults_have_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
        struct fixture f;
        load(&f, FAULTS[i].data, FAULTS[i].body);
        assert_in_range(f.sink.list.n, 1, 2); /* crossed sections are two faults */
        assert_report(&f, FAULTS[i].code, 4, FAULTS[i].column);
        if (FAULTS[i].hint) {
            assert_hint(&f, FAULTS[i].code, FAULTS[i].hint);
        }
        fixture_done(&f);
    }
}

/* Line and column; the note has data `{l: [a], p: {a: b}}`. */
static const struct {
    const char *block;
    enum diag_code code;
    uint32_t column;
} CONDITIONS[] = {
    {"{each: m, paragraph: a}", DIAG_NO_FIELD, 10},
    {"{each: p, paragraph: a}", DIAG_WRONG_TYPE, 10},
    {"{each: p.a, paragraph: a}", DIAG_WRONG_TYPE, 10},
    {"{each: [a], paragraph: a}", DIAG_WRONG_TYPE, 10},
    {"{when: {a: b}, paragraph: a}", DIAG_WRONG_TYPE, 10},
    {"{when: = b, paragraph: a}", DIAG_BAD_MERGE, 10},
    {"{when: 'not p..a', paragraph: a}", DIAG_BAD_MERGE, 15},
    {"{when: true}", DIAG_MISSING_KEY, 3},
};

static void test_conditions_have_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CONDITIONS / sizeof *CONDITIONS; i++) {
        struct fixture f;
        char text[200];
        snprintf(text, sizeof text, "title: x\ndata: {l: [a], p: {a: b}}\nbody:\n- %s\n",
                 CONDITIONS[i].block);
        fixture_load(&f, text);
        assert_int_equal(f.sink.list.n, 1);
        assert_report(&f, CONDITIONS[i].code, 4, CONDITIONS[i].column);
        fixture_done(&f);
    }
}

/* One report in all, at the first field. */
static void test_fields_without_data(void **state)
{
    struct fixture f;
    (void)state;
    fixture_load(&f, "title: a {{b}} {{c|default:d}}\nbody: '{{#e}}f{{/e}} {{g}}'\n");
    assert_int_equal(f.sink.list.n, 1);
    assert_report(&f, DIAG_NO_FIELD, 1, 10);
    assert_str(f.sink.list.v[0].message, "there is no data for the field `b` and 2 more");
    fixture_done(&f);
}

/* --- Limits --- */

static void stopped(const char *text)
{
    struct fixture f;
    fixture_read(&f, text);
    assert_non_null(f.root);
    assert_null(note_load(f.root, &f.arena, &f.sink));
    assert_non_null(fixture_find(&f, DIAG_TOO_LARGE));
    assert_int_equal(f.sink.per_code[DIAG_TOO_LARGE], 1);
    assert_in_range(f.arena.used, 0, 400 << 20);
    fixture_done(&f);
}

#define TEN "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
#define DEEP(x) "{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}" x \
                "{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}"

static void test_what_multiplies_stops(void **state)
{
    (void)state;
    stopped("title: x\ndata: {a: " TEN "}\nbody: '" DEEP("xxxxxxxxxxxxxxxxxxxx") "'\n");
    stopped("title: x\ndata: {a: " TEN "}\nbody: '" DEEP("") "'\n");
    stopped("title: x\ndata: {a: " TEN "}\nbody:\n- {each: a, list: [{each: a, list: ["
            "{each: a, list: [{each: a, list: [{each: a, list: [{each: a, list: ["
            "{each: a, list: [{each: a, list: [{each: a, text: x}]}]}]}]}]}]}]}]}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_text),
        cmocka_unit_test(test_values_leave_what_is_around),
        cmocka_unit_test(test_code_keeps_lines),
        cmocka_unit_test(test_values_as_markdown),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_a_megabyte),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_tags_take_their_lines),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_empty_values_leave_nothing),
        cmocka_unit_test(test_blocks_and_labels),
        cmocka_unit_test(test_nothing_to_merge_is_the_same),
        cmocka_unit_test(test_data_lies_over_data),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_formats_follow_blocks),
        cmocka_unit_test(test_faults_have_places),
        cmocka_unit_test(test_conditions_have_places),
        cmocka_unit_test(test_fields_without_data),
        cmocka_unit_test(test_what_multiplies_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
