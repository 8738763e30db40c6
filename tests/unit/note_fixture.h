/* A note from a string, with its reports: for the tests of yaml/ and note/. */
#ifndef INFONOTE_TESTS_NOTE_FIXTURE_H
#define INFONOTE_TESTS_NOTE_FIXTURE_H

#include "assertions.h"

#include "in_english.h"
#include "note/note.h"

struct fixture {
    struct arena arena;
    struct source source;
    struct diag_sink sink;
    struct value *root;
    struct note *note;
};

static inline void fixture_read_text(struct fixture *f, str text)
{
    struct value_limits limits = VALUE_LIMITS;
    f->source = (struct source){.name = STR("test.yaml"), .text = text};
    diag_init(&f->sink, &f->arena);
    f->root = value_read(&f->source, &limits, &f->arena, &f->sink);
    f->note = NULL;
}

static inline void fixture_read_bytes(struct fixture *f, str text)
{
    arena_init(&f->arena);
    fixture_read_text(f, text);
}

static inline void fixture_read(struct fixture *f, const char *text)
{
    fixture_read_bytes(f, str_from(text));
}

static inline void fixture_make_note(struct fixture *f)
{
    assert_non_null(f->root);
    f->note = note_load(f->root, &f->arena, &f->sink);
    assert_non_null(f->note);
    assert_true(note_check(f->note));
}

static inline void fixture_load(struct fixture *f, const char *text)
{
    arena_init(&f->arena);
    fixture_read_text(f, in_english(&f->arena, text));
    fixture_make_note(f);
}

/* The same, and the text stays as it is. */
static inline void fixture_load_as(struct fixture *f, const char *text)
{
    fixture_read(f, text);
    fixture_make_note(f);
}

static inline void fixture_done(struct fixture *f)
{
    arena_done(&f->arena);
}

/* The first report of a code, or NULL. */
static inline const struct diag *fixture_find(const struct fixture *f,
                                              enum diag_code code)
{
    for (size_t i = 0; i < f->sink.list.n; i++) {
        if (f->sink.list.v[i].code == code) {
            return &f->sink.list.v[i];
        }
    }
    return NULL;
}

/* Asserts a report of `code` at line and column. */
#define assert_report(f, wanted, at_line, at_column)                                     \
    do {                                                                                 \
        const struct diag *d_ = fixture_find((f), (wanted));                             \
        if (!d_) {                                                                       \
            fail_msg("no report %s", diag_name(wanted));                                 \
        } else if (d_->at.line != (at_line) || d_->at.column != (at_column)) {           \
            fail_msg("%s at %u:%u", diag_name(wanted), d_->at.line, d_->at.column);      \
        }                                                                                \
    } while (0)

#define assert_hint(f, wanted, expected)                                                 \
    do {                                                                                 \
        const struct diag *d_ = fixture_find((f), (wanted));                             \
        assert_non_null(d_);                                                             \
        assert_str(d_->hint, (expected));                                                \
    } while (0)

/* Asserts that the dump of the note holds `part`. */
static inline void assert_dump_holds(struct fixture *f, const char *part)
{
    struct buf out;
    size_t at;
    buf_init(&out, &f->arena);
    note_dump(f->note, &out);
    if (!str_find(buf_str(&out), str_from(part), &at)) {
        fail_msg("no\n%s\nin\n%.*s", part, STR_ARG(buf_str(&out)));
    }
}

#endif
