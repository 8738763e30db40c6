/* SPDX-License-Identifier: MIT
 *
 * Files that a note names: where they are, if they are there and below the note's folder,
 * also when links are followed. What is in them is looked at by later stages. */
#include "note/load.h"

#include <stdlib.h>

#include "base/file.h"

/* Whether `a/../b` climbs above where it starts. */
static bool climbs(str path)
{
    int depth = 0;
    while (path.n) {
        str part = str_cut(path, '/', &path);
        depth += str_is(part, "..") ? -1 : part.n && !str_is(part, ".") ? 1 : 0;
        if (depth < 0) {
            return true;
        }
    }
    return false;
}

/* Whether a file that is there is below `folder` when links are followed. */
static bool is_below(struct note_loader *l, str file)
{
    char *root = realpath(str_copy(l->arena, l->folder).p, NULL);
    char *real = realpath(str_copy(l->arena, file).p, NULL);
    str inside = str_from(root);
    bool below = root && real && str_starts(str_from(real), inside) &&
                 (str_is(inside, "/") || real[inside.n] == '/');
    free(root);
    free(real);
    return below;
}

static bool is_address(str name)
{
    size_t at;
    return str_find(name, STR("://"), &at) || str_starts(name, STR("data:"));
}

str note_find_file(struct note_loader *l, str name, struct place at,
                   const struct note_file_words *words)
{
    if (is_address(name)) {
        diag_report(l->sink, DIAG_BAD_LINK, at, words->copy,
                    "%s is a file; nothing is fetched from elsewhere", words->what);
        return STR_NONE;
    }
    str path = file_join(l->arena, l->folder, name);
    bool outside = str_starts(name, STR("/")) || climbs(name);
    bool there = !outside && file_exists(path);
    if (outside || (there && !is_below(l, path))) {
        diag_report(l->sink, DIAG_OUTSIDE_ROOT, at, "copy it beside the note",
                    "`%.*s` is outside the note's folder", STR_ARG(name));
        return STR_NONE;
    }
    if (!there) {
        diag_report(l->sink, words->missing, at,
                    "names of files count from the note's folder",
                    "there is no file `%.*s`", STR_ARG(name));
    }
    return path;
}
