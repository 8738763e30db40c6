/* SPDX-License-Identifier: MIT
 *
 * Templates through the public header: one note for each record. */
#include "assertions.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "infonote.h"

static const char TEMPLATE[] =
    "layout: information-note\n"
    "lang: en-GB\n"
    "title: \"To {{name}}\"\n"
    "data: {place: Geneva, unasked: yes}\n"
    "body:\n"
    "  - \"At {{place}}, {{person.town|default:nowhere}}: *{{text}}*\"\n"
    "  - list: [{each: things, text: \"{{.}}\"}]\n"
    "    when: things\n";

struct fixture {
    infonote_engine *engine;
    infonote_template *template;
    char path[64];
};

static void begin(struct fixture *f, const char *text)
{
    strcpy(f->path, "/tmp/infonote-test-XXXXXX");
    int fd = mkstemp(f->path);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    f->engine = infonote_engine_new(NULL);
    f->template = infonote_template_load(f->engine, f->path, NULL);
}

static void done(struct fixture *f)
{
    infonote_template_free(f->template);
    infonote_engine_free(f->engine);
    unlink(f->path);
}

static char *dump(infonote_note *note)
{
    const char *bytes;
    size_t size;
    infonote_dump(note, INFONOTE_STAGE_NOTE, &bytes, &size);
    return strndup(bytes ? bytes : "", size);
}

static char *reports(infonote_note *note)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    infonote_print_reports(note, out, INFONOTE_TEXT);
    fclose(out);
    return text;
}

static void test_a_note_for_each_record(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, TEMPLATE);
    assert_int_equal(infonote_template_status(f.template), INFONOTE_OK);
    const char *names[] = {"name", "text", "person.town"};
    for (int i = 0; i < 3; i++) {
        char name[16] = "Amina 1";
        name[6] = (char)('1' + i);
        const char *values[] = {name, "a *b*: - {c}", "Basel"};
        infonote_record record = {"people.csv", (uint32_t)i + 2, 3, names, values,
                                  NULL, 0};
        infonote_note *note = infonote_template_fill(f.template, &record);
        char *text = dump(note);
        assert_non_null(strstr(text, name));
        assert_non_null(strstr(text, "a *b*: - {c}")); /* it is no Markdown */
        assert_non_null(strstr(text, "Basel"));
        assert_non_null(strstr(text, "Geneva"));
        free(text);
        assert_int_equal(infonote_check(note), INFONOTE_OK);
        infonote_note_free(note);
    }
    done(&f);
}

static void test_nested_records(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, TEMPLATE);
    const char json[] = "{\"name\": \"Li\", \"text\": \"t\", \"things\": [\"one\", "
                        "\"two\"]}";
    infonote_record record = {.source = "people.jsonl", .line = 7, .text = json,
                              .size = sizeof json - 1};
    infonote_note *note = infonote_template_fill(f.template, &record);
    char *text = dump(note);
    assert_non_null(strstr(text, "two"));
    free(text);
    assert_int_equal(infonote_check(note), INFONOTE_OK);
    infonote_note_free(note);
    record.text = "[1, 2]";
    record.size = 6;
    note = infonote_template_fill(f.template, &record);
    text = reports(note);
    assert_non_null(strstr(text, "people.jsonl:7:1: error[wrong-type]: a record is a"));
    assert_int_equal(infonote_check(note), INFONOTE_INVALID);
    free(text);
    infonote_note_free(note);
    done(&f);
}

/* A fault has the template's line and the record's. */
static void test_faults_of_records(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, TEMPLATE);
    const char *names[] = {"name", "bell", "a.b", "a"};
    const char *values[] = {"N", "x\a", "1", "2"};
    infonote_record record = {"people.csv", 4, 1, names, values, NULL, 0};
    infonote_note *note = infonote_template_fill(f.template, &record);
    char *text = reports(note);
    assert_non_null(strstr(text, ":6:"));
    assert_non_null(strstr(text, "`text`"));
    assert_non_null(strstr(text, "people.csv:4"));
    free(text);
    assert_int_equal(infonote_note_status(note), INFONOTE_INVALID);
    infonote_note_free(note);
    record.n = 4;
    note = infonote_template_fill(f.template, &record);
    text = reports(note);
    assert_non_null(strstr(text, "holds what no text may hold"));
    assert_non_null(strstr(text, "`a` of the record is there twice"));
    free(text);
    infonote_note_free(note);
    done(&f);
}

static void test_faults_of_the_template(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, "lang: en\ntitle: x\ntitle: y\n");
    assert_int_equal(infonote_template_status(f.template), INFONOTE_INVALID);
    infonote_record record = {.source = "p.csv", .line = 2};
    for (int i = 0; i < 2; i++) {
        infonote_note *note = infonote_template_fill(f.template, &record);
        char *text = reports(note);
        assert_non_null(strstr(text, "title"));
        assert_null(strstr(text, "p.csv"));
        assert_int_equal(infonote_check(note), INFONOTE_INVALID);
        free(text);
        infonote_note_free(note);
    }
    done(&f);
    infonote_template_free(NULL);
}

static void test_what_it_asks_for(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, TEMPLATE);
    static const char *const ASKED[] = {"name", "place", "text", "person.town", "person",
                                        "things", " name "};
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
        assert_true(infonote_template_uses(f.template, ASKED[i]));
    }
    assert_false(infonote_template_uses(f.template, "unasked"));
    assert_false(infonote_template_uses(f.template, "town"));
    assert_false(infonote_template_uses(f.template, ""));
    done(&f);
}

static void test_digests(void **state)
{
    (void)state;
    struct fixture f, g;
    char one[65], again[65], other[65];
    begin(&f, TEMPLATE);
    infonote_template_digest(f.template, one);
    infonote_template_digest(f.template, again);
    assert_string_equal(one, again);
    infonote_options options = {.layout = "memo"};
    infonote_template *memo = infonote_template_load(f.engine, f.path, &options);
    infonote_template_digest(memo, other);
    assert_string_not_equal(one, other);
    infonote_template_free(memo);
    begin(&g, "title: other\n");
    infonote_template_digest(g.template, other);
    assert_string_not_equal(one, other);
    done(&g);
    done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_note_for_each_record),
        cmocka_unit_test(test_nested_records),
        cmocka_unit_test(test_faults_of_records),
        cmocka_unit_test(test_faults_of_the_template),
        cmocka_unit_test(test_what_it_asks_for),
        cmocka_unit_test(test_digests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
