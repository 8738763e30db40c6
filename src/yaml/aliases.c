/* SPDX-License-Identifier: MIT
 *
 * Anchors and aliases. An alias shares the value it names, but counts as a copy of it, so
 * that what is made of the values later stays within the limits. An anchor has its value
 * when its container has ended: an alias inside it would never end. */
#include "yaml/reader.h"

struct yaml_anchor *yaml_anchor_new(struct yaml_reader *r, const char *name,
                                    struct place at)
{
    if (!name) {
        return NULL;
    }
    struct yaml_anchor *anchor = NEW(r->arena, struct yaml_anchor);
    str key = str_copy(r->arena, str_from(name));
    anchor->at = at;
    if (!map_put(&r->anchors, key, anchor)) {
        vec_push(r->arena, &r->anchor_names, str_format(r->arena, "*%s", name).p);
    }
    return anchor;
}

static void refuse(struct yaml_reader *r, const char *name, struct place at,
                   const struct yaml_anchor *anchor)
{
    if (anchor) {
        struct diag *d = diag_report(r->sink, DIAG_BAD_ALIAS, at,
                                     "a value cannot hold itself; write it out",
                                     "the alias `*%s` stands inside its own value", name);
        diag_second(r->sink, d, anchor->at, "the value begins here");
        return;
    }
    str written = str_format(r->arena, "*%s", name);
    str hint = diag_suggest(r->sink->arena, written, r->anchor_names.v,
                            r->anchor_names.n);
    diag_report(r->sink, DIAG_BAD_ALIAS, at,
                hint.n ? hint.p : "put the value in quotes if the `*` is part of it",
                "the alias `*%s` names no anchor", name);
}

struct yaml_anchor *yaml_alias_find(struct yaml_reader *r, const char *name,
                                    struct place at)
{
    struct yaml_anchor *anchor = map_find(&r->anchors, str_from(name));
    if (!anchor || !anchor->value) {
        refuse(r, name, at, anchor);
        return NULL;
    }
    bool fine = !yaml_too_deep(r, anchor->height, at) &&
                r->nodes + anchor->nodes <= r->limits->max_nodes &&
                r->bytes + anchor->bytes <= r->limits->max_bytes;
    if (!fine && !r->stopped) {
        struct diag *d = diag_report(r->sink, DIAG_BAD_ALIAS, at,
                                     "use fewer aliases, or write the text out once",
                                     "the alias `*%s` expands to too much", name);
        diag_second(r->sink, d, anchor->at, "what it stands for");
    }
    r->stopped = r->stopped || !fine;
    r->nodes += anchor->nodes;
    r->bytes += anchor->bytes;
    return fine ? anchor : NULL;
}
