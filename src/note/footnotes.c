/* SPDX-License-Identifier: MIT
 *
 * In: marks that carry a name, and the footnotes that were defined. Out: every mark knows
 * its footnote; footnotes are numbered by their first mark in reading order. Marks inside
 * footnotes come last, in the order of the notes they stand in. */
#include "note/load.h"

struct note_footnote *note_footnote_define(struct note_loader *l, str name,
                                           struct place at)
{
    struct note_footnote *earlier = map_find(&l->footnotes, name);
    if (earlier) {
        struct diag *d = diag_report(l->sink, DIAG_DUPLICATE_KEY, at, "keep one of them",
                                     "the footnote `%.*s` is defined twice",
                                     STR_ARG(name));
        diag_second(l->sink, d, earlier->at, "it is defined here already");
        return NULL;
    }
    struct note_footnote *f = NEW(l->arena, struct note_footnote);
    f->name = name;
    f->at = at;
    map_put(&l->footnotes, name, f);
    vec_push(l->arena, &l->defined, f);
    return f;
}

static void report_missing(struct note_loader *l, const struct note_node *mark)
{
    struct arena *a = l->sink->arena;
    const char **names = NEW_ARRAY(a, const char *, l->defined.n + 1);
    for (size_t i = 0; i < l->defined.n; i++) {
        names[i] = str_copy(a, l->defined.v[i]->name).p;
    }
    str hint = diag_suggest(a, mark->text, names, l->defined.n);
    if (hint.n == 0) {
        hint = str_format(a, "add `%.*s: …` below `footnotes:`, or write `\\[^` for a "
                          "plain bracket", STR_ARG(mark->text));
    }
    diag_report(l->sink, DIAG_NO_FOOTNOTE, mark->at, hint.p,
                "there is no footnote `%.*s`", STR_ARG(mark->text));
}

/* A mark without its note is shown as it was written. */
static void make_text(struct note_loader *l, struct note_node *mark)
{
    mark->text = str_format(l->arena, "[^%.*s]", STR_ARG(mark->text));
    mark->kind = NOTE_TEXT;
}

static void resolve(struct note_loader *l, struct note_node *mark)
{
    struct note_footnote *f = map_find(&l->footnotes, mark->text);
    if (!f || !f->body) {
        if (l->sink->per_code[DIAG_NO_FOOTNOTE] < DIAG_KEPT_PER_CODE) {
            report_missing(l, mark);
        } else {
            diag_report(l->sink, DIAG_NO_FOOTNOTE, mark->at, NULL, "no such footnote");
        }
        make_text(l, mark);
        return;
    }
    if (f->number == 0) {
        vec_push(l->arena, &l->note->footnotes, f);
        f->number = (uint32_t)l->note->footnotes.n;
    }
    mark->as.mark.footnote = f;
    mark->as.mark.nth = ++f->marks;
}

static void resolve_below(struct note_loader *l, struct note_node *root)
{
    for (struct note_node *n = root; n; n = note_next(n, root)) {
        if (n->kind == NOTE_FOOTNOTE_MARK) {
            resolve(l, n);
        }
    }
}

/* --- Cycles: a depth-first walk over the notes, with a stack of its own --- */

enum color { WHITE, GRAY, BLACK };

struct visit {
    struct note_footnote *footnote;
    struct note_node *next; /* the walk of its body goes on here */
};

static void report_cycle(struct note_loader *l, const struct note_node *mark)
{
    const struct note_footnote *f = mark->as.mark.footnote;
    struct diag *d = diag_report(l->sink, DIAG_FOOTNOTE_CYCLE, mark->at,
                                 "take one of the marks out",
                                 "the footnote `%.*s` leads back to itself",
                                 STR_ARG(f->name));
    diag_second(l->sink, d, f->at, "it is defined here");
}

static void find_cycles(struct note_loader *l, struct note_footnote *start, char *colors,
                        struct visit *stack)
{
    size_t n = 0;
    stack[n++] = (struct visit){start, start->body};
    colors[start->number] = GRAY;
    while (n > 0) {
        struct visit *top = &stack[n - 1];
        struct note_node *node = top->next;
        if (!node) {
            colors[top->footnote->number] = BLACK;
            n--;
            continue;
        }
        top->next = note_next(node, top->footnote->body);
        if (node->kind != NOTE_FOOTNOTE_MARK) {
            continue;
        }
        struct note_footnote *f = node->as.mark.footnote;
        if (colors[f->number] == GRAY) {
            report_cycle(l, node);
        } else if (colors[f->number] == WHITE) {
            colors[f->number] = GRAY;
            stack[n++] = (struct visit){f, f->body};
        }
    }
}

static void check_cycles(struct note_loader *l)
{
    size_t n = l->note->footnotes.n;
    char *colors = NEW_ARRAY(l->arena, char, n + 1);
    struct visit *stack = NEW_ARRAY(l->arena, struct visit, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (colors[i + 1] == WHITE) {
            find_cycles(l, l->note->footnotes.v[i], colors, stack);
        }
    }
}

void note_footnotes_resolve(struct note_loader *l)
{
    struct note *note = l->note;
    struct note_node *roots[] = {note->title, note->subtitle, note->facts, note->body,
                                 note->disclaimer};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        resolve_below(l, roots[i]);
    }
    for (size_t i = 0; i < note->footnotes.n; i++) {
        resolve_below(l, note->footnotes.v[i]->body);
    }
    for (size_t i = 0; i < l->defined.n; i++) {
        const struct note_footnote *f = l->defined.v[i];
        if (f->number == 0) {
            diag_report(l->sink, DIAG_UNUSED_FOOTNOTE, f->at,
                        str_format(l->sink->arena, "write `[^%.*s]` where it belongs, or "
                                   "delete it", STR_ARG(f->name)).p,
                        "nothing refers to the footnote `%.*s`", STR_ARG(f->name));
        }
    }
    check_cycles(l);
}
