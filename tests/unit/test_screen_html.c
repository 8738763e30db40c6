/* SPDX-License-Identifier: MIT */
#include "assertions.h"

#include "infonote.h"
#include "screen/html.h"

static infonote_engine *engine;
static infonote_note *note;

static const char *html_of(const char *text, bool cover)
{
    const char *bytes;
    size_t size;
    infonote_note_free(note);
    note = infonote_note_load_bytes(engine, "n.yaml", text, strlen(text), NULL);
    assert_int_equal(infonote_write_html(note, cover, &bytes, &size), INFONOTE_OK);
    assert_int_equal(strlen(bytes), size);
    return bytes;
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("no `%s` in:\n%s", part, text);
    }
}

static void test_words(void **state)
{
    (void)state;
    const char *html = html_of("lang: en\ntitle: A < B & \"C\"\nbody: |\n"
                               "  *a* **b** x^2^ <span lang=\"he\">\xD7\x90</span>\n",
                               false);
    assert_holds(html, "<title>A &lt; B &amp; &quot;C&quot;</title>");
    assert_holds(html, "<em>a</em> <strong>b</strong> x<sup");
    assert_holds(html, "<span lang=\"he\" dir=\"rtl\">");
    assert_null(strstr(html, "<script"));
    assert_null(strstr(html, "<link"));
}

static void test_notes_lead_both_ways(void **state)
{
    (void)state;
    const char *html = html_of("lang: en\ntitle: T\nbody: |\n  a[^n]\n\n  [^n]: b\n",
                               false);
    assert_holds(html, "id=\"mark-1\" href=\"#note-1\"");
    assert_holds(html, "id=\"note-1\" href=\"#mark-1\"");
}

static void test_lists_that_html_cannot_number(void **state)
{
    (void)state;
    const char *html = html_of("lang: en\ntitle: T\nbody:\n  - |\n    3. a\n    4. b\n"
                               "  - list: [c, d]\n    numbering: upper-roman\n"
                               "    prefix: (\n    suffix: )\n", false);
    assert_holds(html, "<ol start=\"3\"");
    assert_holds(html, "role=\"list\"");
    assert_holds(html, ">(I)</td><td style=\"padding-bottom:5px\">c</td>");
}

static void test_cover(void **state)
{
    (void)state;
    const char *html = html_of("lang: en\ntitle: T\nbody: Inside.\n"
                               "email: {body: 'See *this*.[^a]\n\n\n\n  [^a]: Own.'}\n",
                               true);
    assert_holds(html, "See <em>this</em>.");
    assert_holds(html, "Own.");
    assert_null(strstr(html, "Inside."));
    assert_null(strstr(html, "<h1"));
}

static void test_directions(void **state)
{
    (void)state;
    assert_true(html_is_rtl(STR("ar")));
    assert_true(html_is_rtl(STR("he-IL")));
    assert_true(html_is_rtl(STR("uz-Arab")));
    assert_false(html_is_rtl(STR("en-GB")));
    assert_false(html_is_rtl(STR("ar-Latn")));
    assert_false(html_is_rtl(STR("arn")));
}

static void test_families(void **state)
{
    (void)state;
    struct arena a;
    struct buf b;
    arena_init(&a);
    buf_init(&b, &a);
    html_family(&b, STR("open-sans"));
    assert_str(buf_str(&b), "'open sans','Segoe UI',Roboto,Helvetica,Arial,sans-serif");
    buf_clear(&b);
    html_family(&b, STR("a';b"));
    assert_str(buf_str(&b), "'a__b',Georgia,'Times New Roman',serif");
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words), cmocka_unit_test(test_notes_lead_both_ways),
        cmocka_unit_test(test_lists_that_html_cannot_number),
        cmocka_unit_test(test_cover),
        cmocka_unit_test(test_directions), cmocka_unit_test(test_families),
    };
    engine = infonote_engine_new(&(infonote_settings){.data_dir = "."});
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    infonote_note_free(note);
    infonote_engine_free(engine);
    return failed;
}
