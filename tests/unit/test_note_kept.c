/* SPDX-License-Identifier: MIT
 *
 * A note made with what others left behind is the note that is made without. */
#include "note_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "note/kept.h"

static const char TEMPLATE[] =
    "title: Words[^all] *and* more\n"
    "fields: {Place: \"{{place}}\", Subject: 'as `it` is'}\n"
    "body: |\n"
    "  # First\n"
    "\n"
    "  See [below](#second) and [](#first), https://example.org, a@b.org[^all].\n"
    "\n"
    "  1. one\n"
    "  2. two\n"
    "     - [x] three, <span lang=\"fr\">trois</span>\n"
    "\n"
    "  > [!TIP] Title\n"
    "  > ~~text~~ H~2~O\n"
    "\n"
    "  | a | b |\n"
    "  |:--|--:|\n"
    "  | 1 | **2** |\n"
    "\n"
    "  ```c\n"
    "  int x;\n"
    "  ```\n"
    "sections:\n"
    "  - heading: Second\n"
    "    body: [\"To {{place}}, with care\", \"constant *text*\"]\n"
    "    sections: [{heading: Third, body: \"# Fourth\\n\\ntext\"}]\n"
    "  - heading: Blocks\n"
    "    body:\n"
    "      - table: {columns: ['*a*', b], rows: [[{body: c}, '*d*'], [{body: [e]}, f]]}\n"
    "      - list: [g, {text: h, list: ['*i*', j]}]\n"
    "      - definitions: {k: l, '*m*': [n, o]}\n"
    "      - quote: p\n"
    "      - callout: {title: q, body: r}\n"
    "      - columns: {count: 2, body: s}\n"
    "      - heading: '*t*'\n"
    "        level: 1\n"
    "      - signature: [{name: u, title: '*v*'}]\n"
    "      - code: w\n"
    "footnotes:\n"
    "  all: a *note*\n";

/* What the record `place` makes of a template, with or without what is kept. */
struct made {
    struct arena arena;
    struct diag_sink sink;
    struct note *note;
    char *dump;
};

static void make(struct made *m, struct fixture *f, const char *place,
                 struct note_kept *kept)
{
    struct source *source = NEW(&f->arena, struct source);
    *source = (struct source){.text = str_format(&f->arena, "{place: '%s'}", place)};
    arena_init(&m->arena);
    diag_init(&m->sink, &m->arena);
    struct note_data data = {.kept = kept};
    data.record = value_read(source, &VALUE_LIMITS, &f->arena, &m->sink);
    m->note = note_load_merged(f->root, &data, &m->arena, &m->sink);
    assert_non_null(m->note);
    struct buf out;
    buf_init(&out, &m->arena);
    note_dump(m->note, &out);
    for (size_t i = 0; i < m->sink.list.n; i++) {
        const struct diag *d = &m->sink.list.v[i];
        buf_format(&out, "%s %u:%u %.*s\n", diag_name(d->code), d->at.line, d->at.column,
                   STR_ARG(d->message));
    }
    m->dump = strndup(out.p, out.n);
}

static void done(struct made *m)
{
    free(m->dump);
    arena_done(&m->arena);
}

/* Some records, in one order and without what is kept; all live at once. */
static void check_same(const char *template)
{
    static const char *const PLACES[] = {"Porto", "", "a *b*", "Porto", "c"};
    enum { N = sizeof PLACES / sizeof *PLACES };
    struct fixture f;
    struct made with[N], without;
    fixture_read(&f, template);
    assert_non_null(f.root);
    struct note_kept *kept = note_kept_new(f.root);
    for (int i = 0; i < N; i++) {
        make(&with[i], &f, PLACES[i], kept);
    }
    for (int i = 0; i < N; i++) {
        make(&without, &f, PLACES[i], NULL);
        assert_string_equal(with[i].dump, without.dump);
        assert_int_equal(with[i].sink.counts[DIAG_ERROR],
                         without.sink.counts[DIAG_ERROR]);
        if (!diag_has_errors(&with[i].sink)) {
            assert_true(note_check(with[i].note));
        }
        done(&without);
    }
    for (int i = 0; i < N; i++) {
        done(&with[i]);
    }
    note_kept_free(kept);
    fixture_done(&f);
}

static void notes_are_the_same(void **state)
{
    (void)state;
    check_same(TEMPLATE);
}

static struct note_node *first_of(struct note *note, enum note_kind kind)
{
    struct note_node *n = note->body;
    while (n && n->kind != kind) {
        n = note_next(n, note->body);
    }
    assert_non_null(n);
    return n;
}

/* Texts are shared, nodes are each note's own. */
static void notes_are_apart(void **state)
{
    (void)state;
    struct fixture f;
    struct made a, b;
    fixture_read(&f, TEMPLATE);
    struct note_kept *kept = note_kept_new(f.root);
    make(&a, &f, "here", kept);
    make(&b, &f, "there", kept);
    struct note_node *in_a = first_of(a.note, NOTE_CODE_BLOCK);
    struct note_node *in_b = first_of(b.note, NOTE_CODE_BLOCK);
    assert_ptr_not_equal(in_a, in_b);
    assert_ptr_equal(in_a->text.p, in_b->text.p);
    in_a->text = STR("changed");
    assert_str(in_b->text, "int x;");
    struct note_node *heading = first_of(b.note, NOTE_HEADING);
    assert_ptr_not_equal(first_of(a.note, NOTE_HEADING), heading);
    assert_str(heading->id, "first");
    done(&a); /* what is kept is not the first note's */
    assert_str(heading->first->text, "First");
    done(&b);
    note_kept_free(kept);
    fixture_done(&f);
}

static void reports_come_each_time(void **state)
{
    (void)state;
    check_same("lang: en\ntitle: t\nbody: 'a <div>b</div> [c](#nowhere) [d](nothing)'\n");
    check_same("lang: en\ntitle: t\nbody: \"x[^y]\\n\\n[^y]: note\\n\\n[^z]: unused\"\n");
    check_same("lang: en\ntitle: t\nbody: '[^missing]'\n");
    check_same("lang: en\ntitle: t\nbody: '[c](#nowhere)'\n");
    check_same("lang: en\ntitle: t\nbody: ['{{place}}', 'a *&#127;* b']\n");
}

/* One text in two places, where headings are of other levels or none at all. */
static void a_text_may_stand_twice(void **state)
{
    (void)state;
    check_same("lang: en\ntitle: &t '# *x* y'\nbody: *t\n"
               "sections: [{heading: h, body: *t}, {heading: i, body: *t}]\n");
    check_same("lang: en\ntitle: t\nsections:\n  - heading: h\n    body: &b '# *x* y'\n"
               "    sections: [{heading: i, body: *b}]\n");
}

/* The file of a picture is looked for each time. */
static void pictures_are_not_kept(void **state)
{
    (void)state;
    struct fixture f;
    struct made m;
    fixture_read(&f, "lang: en\ntitle: t\nbody: '![a map](infonote-test-kept.png)'\n");
    struct note_kept *kept = note_kept_new(f.root);
    remove("infonote-test-kept.png");
    for (size_t missing = 0; missing < 4; missing++) {
        FILE *file = missing % 2 ? NULL : fopen("infonote-test-kept.png", "w");
        make(&m, &f, "x", kept);
        assert_int_equal(m.sink.per_code[DIAG_NO_IMAGE], missing % 2);
        done(&m);
        if (file) {
            fclose(file);
            remove("infonote-test-kept.png");
        }
    }
    note_kept_free(kept);
    fixture_done(&f);
}

/* More texts, and larger ones, than are kept. */
static void there_is_a_bound(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fputs("lang: en\ntitle: t\nbody:\n", out);
    for (int i = 0; i < 3000; i++) {
        fprintf(out, "  - 'text *%d* at {{place}}'\n  - 'text **%d**'\n", i, i);
    }
    fputs("  - '", out);
    for (int i = 0; i < 5000; i++) {
        fputs("*a* ", out);
    }
    fputs("'\n", out);
    fclose(out);
    check_same(text);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_are_the_same),
        cmocka_unit_test(notes_are_apart),
        cmocka_unit_test(reports_come_each_time),
        cmocka_unit_test(a_text_may_stand_twice),
        cmocka_unit_test(pictures_are_not_kept),
        cmocka_unit_test(there_is_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
