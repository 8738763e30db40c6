/* SPDX-License-Identifier: MIT
 *
 * In: marks that carry a name, and the footnotes that were defined. Out: every mark knows
 * its footnote; footnotes are numbered in the order in which they stand: by their first
 * mark in reading order, and what a footnote marks comes directly behind it, as in TeX.
 * So numbers run without a gap down every page's foot.
 *
 * Both walks go from note to note with a stack of their own: a chain may be long. */
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

/* Gives the footnote if this is its first mark. */
static struct note_footnote *resolve(struct note_loader *l, struct note_node *mark)
{
    struct note_footnote *f = map_find(&l->footnotes, mark->text);
    if (!f || !f->body) {
        if (l->sink->per_code[DIAG_NO_FOOTNOTE] < DIAG_KEPT_PER_CODE) {
            report_missing(l, mark);
        } else {
            diag_report(l->sink, DIAG_NO_FOOTNOTE, mark->at, NULL, "no such footnote");
        }
        make_text(l, mark);
        return NULL;
    }
    mark->as.mark.footnote = f;
    mark->as.mark.nth = ++f->marks;
    if (f->number) {
        return NULL;
    }
    vec_push(l->arena, &l->note->footnotes, f);
    f->number = (uint32_t)l->note->footnotes.n;
    return f;
}

/* Later stages set a note inside a note by recursion. */
enum { DEPTH_MAX = 32 };

static void report_deep(struct note_loader *l, const struct note_node *mark)
{
    diag_report(l->sink, DIAG_TOO_DEEP, mark->at, "mark it in the text",
                "footnotes inside footnotes, more than %d deep", DEPTH_MAX);
}

/* A walk through a body that is interrupted by one through a note that it marks. */
struct walk {
    const struct note_node *root;
    struct note_node *next; /* where it goes on */
};

/* `stack` has room for one walk more than there are footnotes. */
static void resolve_below(struct note_loader *l, struct note_node *root,
                          struct walk *stack)
{
    size_t n = 0;
    stack[n++] = (struct walk){root, root};
    while (n > 0) {
        struct walk *top = &stack[n - 1];
        struct note_node *node = top->next;
        if (!node) {
            n--;
            continue;
        }
        top->next = note_next(node, top->root);
        struct note_footnote *f =
            node->kind == NOTE_FOOTNOTE_MARK ? resolve(l, node) : NULL;
        if (f && n == DEPTH_MAX + 1) {
            report_deep(l, node);
        }
        if (f) {
            stack[n++] = (struct walk){f->body, f->body};
        }
    }
}

/* --- Cycles --- */

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
    struct walk *stack = NEW_ARRAY(l->arena, struct walk, l->defined.n + 1);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        resolve_below(l, roots[i], stack);
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
