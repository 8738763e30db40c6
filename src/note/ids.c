/* SPDX-License-Identifier: MIT
 *
 * In: nodes, some with ids. Out: every heading has one, made from its text as GitHub
 * makes them; every link inside the note leads somewhere; heading levels do not skip. */
#include "note/load.h"

#include <unicase.h>
#include <unictype.h>

#include "base/utf8.h"

void note_set_id(struct note_loader *l, struct note_node *node, str id, struct place at)
{
    for (size_t i = 0; i < id.n; i++) {
        if ((unsigned char)id.p[i] <= ' ' || id.p[i] == '#') {
            diag_report(l->sink, DIAG_BAD_VALUE, at, "use letters, digits and hyphens",
                        "`%.*s` cannot be an id", STR_ARG(id));
            return;
        }
    }
    const struct note_node *earlier = map_find(&l->ids, id);
    if (earlier) {
        struct diag *d = diag_report(l->sink, DIAG_DUPLICATE_ID, at, "rename one of them",
                                     "the id `%.*s` is taken", STR_ARG(id));
        diag_second(l->sink, d, earlier->at, "by this");
        return;
    }
    node->id = id;
    map_put(&l->ids, id, node);
    vec_push(l->arena, &l->id_names, str_copy(l->arena, id).p);
}

/* What a character of a heading is in its id; 0: nothing. */
static uint32_t in_id(uint32_t c)
{
    if (c < 0x80) {
        bool upper = c >= 'A' && c <= 'Z';
        bool stays = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '_';
        return c == ' ' ? '-' : upper ? c + ('a' - 'A') : stays ? c : 0;
    }
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M |
                                                   UC_CATEGORY_MASK_N)
               ? (uint32_t)uc_tolower(c) : 0;
}

/* Lower case; white space becomes hyphens; of the rest letters, marks, digits, `-` and
 * `_` stay. */
static str slug_of(struct arena *a, str text)
{
    struct buf slug;
    buf_init(&slug, a);
    for (size_t i = 0; i < text.n;) {
        uint32_t c = in_id(utf8_next(text, &i));
        if (c) {
            buf_code_point(&slug, c);
        }
    }
    return slug.n ? str_copy(a, buf_str(&slug)) : STR("section");
}

struct counter {
    int n;
};

static void make_id(struct note_loader *l, struct note_node *heading,
                    struct map *counters)
{
    str slug = slug_of(l->arena, note_plain_text(heading, l->arena));
    str id = slug;
    struct counter *counter = map_find(counters, slug);
    if (!counter) {
        counter = NEW(l->arena, struct counter);
        map_put(counters, slug, counter);
    }
    while (map_find(&l->ids, id)) {
        id = str_format(l->arena, "%.*s-%d", STR_ARG(slug), ++counter->n);
    }
    note_set_id(l, heading, id, heading->at);
}

static void make_ids(struct note_loader *l, struct note_node *root, struct map *counters)
{
    for (struct note_node *n = root; n; n = note_next(n, root)) {
        if (n->kind == NOTE_HEADING && n->id.n == 0) {
            make_id(l, n, counters);
        }
    }
}

static void check_levels(struct note_loader *l, struct note_node *root)
{
    int last = 0;
    for (struct note_node *n = root; n; n = note_next(n, root)) {
        if (n->kind != NOTE_HEADING) {
            continue;
        }
        if (n->as.heading.level > last + 1) {
            diag_report(l->sink, DIAG_HEADING_SKIP, n->at,
                        "use fewer `#`, or add the heading between",
                        last ? "a heading of level %d follows one of level %d"
                             : "the first heading has level %d", n->as.heading.level,
                        last);
        }
        last = n->as.heading.level;
    }
}

static void check_links(struct note_loader *l)
{
    for (size_t i = 0; i < l->links.n; i++) {
        const struct note_node *link = l->links.v[i];
        str id = link->as.link.url;
        if (map_find(&l->ids, id)) {
            continue;
        }
        bool kept = l->sink->per_code[DIAG_NO_TARGET] < DIAG_KEPT_PER_CODE;
        str hint = kept ? diag_suggest(l->sink->arena, id, l->id_names.v, l->id_names.n)
                        : STR_NONE;
        diag_report(l->sink, DIAG_NO_TARGET, link->at,
                    hint.n ? hint.p : "give the target `id:`, or link to a heading's id",
                    "nothing has the id `%.*s`", STR_ARG(id));
    }
}

void note_ids_finish(struct note_loader *l)
{
    struct map counters;
    map_init(&counters, l->arena);
    make_ids(l, l->note->body, &counters);
    make_ids(l, l->note->disclaimer, &counters);
    for (size_t i = 0; i < l->defined.n; i++) {
        make_ids(l, l->defined.v[i]->body, &counters);
    }
    check_levels(l, l->note->body);
    check_levels(l, l->note->disclaimer);
    check_links(l);
}
