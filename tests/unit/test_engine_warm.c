/* SPDX-License-Identifier: MIT
 *
 * One engine for many notes: what it keeps from note to note (layouts, shaped words,
 * subsets, compressed streams) must not show. Every note that it makes is compared, byte
 * for byte, with the same note made alone in an engine of its own.
 *
 * $INFONOTE_NOTES says how many notes with names of their own (default 60). */
#include "assertions.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "infonote.h"

static const char NOTE[] = "examples/information-note.yaml";

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static infonote_engine *new_engine(void)
{
    return infonote_engine_new(&(infonote_settings){.data_dir = "."});
}

/* Text in memory, or the file of that name. */
struct case_note {
    const char *name;
    str text;
    infonote_options options;
};

/* The note's PDF, if it has one, and its reports. */
static str make(infonote_engine *engine, const struct case_note *s)
{
    const char *bytes;
    size_t size;
    infonote_note *note =
        s->text.n ? infonote_note_load_bytes(engine, s->name, s->text.p, s->text.n,
                                             &s->options)
                  : infonote_note_load(engine, s->name, &s->options);
    infonote_write_bytes(note, &bytes, &size);
    char *reports = NULL;
    size_t reports_size = 0;
    FILE *out = open_memstream(&reports, &reports_size);
    infonote_print_reports(note, out, INFONOTE_TEXT);
    fclose(out);
    struct buf made;
    buf_init(&made, &arena);
    buf_put(&made, (str){bytes, size});
    buf_put(&made, (str){reports, reports_size});
    free(reports);
    infonote_note_free(note);
    return buf_str(&made);
}

static void assert_as_alone(infonote_engine *shared, const struct case_note *s)
{
    struct arena_mark mark = arena_mark(&arena);
    infonote_engine *alone = new_engine();
    str cold = make(alone, s), warm = make(shared, s);
    infonote_engine_free(alone);
    if (!str_eq(cold, warm)) {
        fail_msg("%s is another note in an engine that made others", s->name);
    }
    arena_rewind(&arena, mark);
}

static void every_example_as_alone(void **state)
{
    (void)state;
    infonote_engine *shared = new_engine();
    DIR *d = opendir("examples");
    assert_non_null(d);
    for (int round = 0; round < 2; round++, rewinddir(d)) {
        for (struct dirent *entry; (entry = readdir(d));) {
            str name = str_from(entry->d_name);
            if (str_ends(name, STR(".yaml"))) {
                struct case_note s = {.name = file_join(&arena, STR("examples"), name).p};
                assert_as_alone(shared, &s);
            }
        }
    }
    closedir(d);
    infonote_engine_free(shared);
}

/* The options decide what is written, and nothing that is kept may cross between them. */
static void every_option_as_alone(void **state)
{
    (void)state;
    static const infonote_options OPTIONS[] = {
        {0}, {.untagged = true}, {0}, {.uncompressed = true}, {.layout = "memo"}, {0},
        {.has_date = true, .date = 86400}, {.standard = "none"}, {.show_boxes = true},
        {.embed_source = true}, {.layout = "letter"}, {.standard = "a-2u"}, {0},
    };
    infonote_engine *shared = new_engine();
    for (size_t i = 0; i < sizeof OPTIONS / sizeof *OPTIONS; i++) {
        assert_as_alone(shared, &(struct case_note){.name = NOTE, .options = OPTIONS[i]});
    }
    infonote_engine_free(shared);
}

/* --- notes that differ in names, and in letters that no other has --- */

static str with_names(str note, unsigned i)
{
    static const char *const PLACES[] = {"Zürich", "Łódź", "Žilina", "Ürümqi", "Quito",
                                         "Xàtiva", "Győr", "Kyiv", "Jyväskylä", "Oslo"};
    static const char WHERE[] = "Geneva, Switzerland", WHO[] = "Takushoku";
    size_t where, who;
    assert_true(str_find(note, str_from(WHERE), &where));
    assert_true(str_find(note, str_from(WHO), &who));
    struct buf b;
    buf_init(&b, &arena);
    buf_put(&b, str_sub(note, 0, where));
    buf_puts(&b, PLACES[i % 10]);
    buf_put(&b, str_sub(note, where + sizeof WHERE - 1, who));
    buf_format(&b, "%c%c%u", 'A' + (int)(i * 7 % 26), 'a' + (int)(i * 11 % 26), i);
    buf_put(&b, str_sub(note, who + sizeof WHO - 1, note.n));
    return buf_str(&b);
}

static void notes_with_names_as_alone(void **state)
{
    (void)state;
    const char *asked = getenv("INFONOTE_NOTES");
    unsigned n = asked ? (unsigned)strtoul(asked, NULL, 10) : 60;
    struct file_result file = file_read(&arena, str_from(NOTE), 1 << 20);
    assert_int_equal(file.status, FILE_OK);
    infonote_engine *shared = new_engine();
    for (unsigned i = 0; i < n; i++) {
        struct arena_mark mark = arena_mark(&arena);
        struct case_note note = {"note.yaml", with_names(file.bytes, i), {0}};
        assert_as_alone(shared, &note);
        arena_rewind(&arena, mark);
    }
    infonote_engine_free(shared);
}

/* What is told once for all of a note is told in each note: of languages without
 * patterns, of characters that no font has. */
static void reports_as_alone(void **state)
{
    (void)state;
    static const char HEAD[] = "title: A\nlang: pl\nbody: |\n";
    static const char TEXT[] =
        "extraordinarily uncharacteristic counterrevolutionaries institutionalise "
        "incomprehensible misunderstandings notwithstanding internationalisation and";
    infonote_engine *shared = new_engine();
    str both = str_format(&arena, "%s  One %s\n\n  Two %s\n", HEAD, TEXT, TEXT);
    str second = str_format(&arena, "%s  Two %s\n", HEAD, TEXT);
    str glyph = str_format(&arena, "%s  One \U0001F9FF.\n\n  Two \U0001F9FF.\n", HEAD);
    str glyph_second = str_format(&arena, "%s  Two \U0001F9FF.\n", HEAD);
    str notes[] = {both, second, both, second, glyph, glyph_second, glyph, second};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        assert_as_alone(shared, &(struct case_note){"note.yaml", notes[i], {0}});
    }
    infonote_engine_free(shared);
}

/* A paragraph is the same only where its measure, style and kind are. */
static void paragraphs_as_alone(void **state)
{
    (void)state;
    static const char *const NOTES[] = {
        "body: |\n  %s\n",
        "body: |\n  - %s\n  - *%s*\n  - [%s](https://example.org)\n",
        "body: |\n  > %s\n\n  %s[^a]\n\n  [^a]: %s\n",
        "body:\n  - columns: [\"%s\", \"%s\"]\n  - %s\n",
        "body:\n  - code: \"%s\"\n  - callout: \"%s\"\n  - quote: \"%s\"\n",
        "body:\n  - table: {columns: [a, b], rows: [[\"%s\", \"%s\"]]}\n",
        "layout: letter\nbody: |\n  %s\n",
        "lang: de\nbody: |\n  %s\n",
    };
    static const char TEXT[] =
        "Gather organizations and other institutional stakeholders that are actively "
        "involved in activities against illicit trafficking in order to enable exchange "
        "of experience with a view to identify areas of cooperation";
    infonote_engine *shared = new_engine();
    for (size_t i = 0; i < 2 * (sizeof NOTES / sizeof *NOTES); i++) {
        struct buf b;
        buf_init(&b, &arena);
        buf_puts(&b, "title: A\n");
        const char *form = NOTES[i % (sizeof NOTES / sizeof *NOTES)];
        for (const char *at = form; *at; at++) {
            bool text = at[0] == '%' && at[1] == 's';
            buf_put(&b, text ? str_from(TEXT) : (str){at, 1});
            at += text;
        }
        assert_as_alone(shared, &(struct case_note){"note.yaml", buf_str(&b), {0}});
    }
    infonote_engine_free(shared);
}

/* Notes that live at once share the engine, too. */
static void two_at_once_as_alone(void **state)
{
    (void)state;
    infonote_engine *shared = new_engine();
    infonote_note *first = infonote_note_load(shared, NOTE, NULL);
    assert_int_equal(infonote_check(first), INFONOTE_OK);
    assert_as_alone(shared, &(struct case_note){.name = "examples/handover.yaml"});
    assert_as_alone(shared, &(struct case_note){.name = NOTE});
    const char *bytes;
    size_t size;
    infonote_write_bytes(first, &bytes, &size);
    str alone = make(shared, &(struct case_note){.name = NOTE});
    assert_true(str_eq((str){bytes, size}, alone)); /* it has no reports */
    infonote_note_free(first);
    infonote_engine_free(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_as_alone),
        cmocka_unit_test(every_option_as_alone),
        cmocka_unit_test(notes_with_names_as_alone),
        cmocka_unit_test(reports_as_alone),
        cmocka_unit_test(paragraphs_as_alone),
        cmocka_unit_test(two_at_once_as_alone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
