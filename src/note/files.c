/* SPDX-License-Identifier: MIT
 *
 * Files that a note names: where they are, if they are there and below the note's folder
 * or that of --root, also when links are followed. What is in them is looked at by later
 * stages. */
#include "note/load.h"

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
    bool wide = l->root.n > 0;
    bool leaves = !wide && (str_starts(name, STR("/")) || climbs(name));
    if (leaves || !file_is_below(l->arena, path, wide ? l->root : l->folder)) {
        diag_report(l->sink, DIAG_OUTSIDE_ROOT, at,
                    "copy it beside the note, or name a folder of both with --root",
                    "`%.*s` is outside %s", STR_ARG(name),
                    wide ? "the folder of --root" : "the note's folder");
        return STR_NONE;
    }
    if (!file_exists(path)) {
        diag_report(l->sink, words->missing, at,
                    "names of files count from the note's folder",
                    "there is no file `%.*s`", STR_ARG(name));
        return STR_NONE;
    }
    return path;
}
