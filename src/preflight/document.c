/* SPDX-License-Identifier: MIT
 *
 * The file as a whole: what its head, its trailer and its catalogue say. */
#include <stdlib.h>
#include <string.h>

#include "preflight/object.h"

/* PDF 1.6 or older: "1.4"; "1.7" and "2.0" are not. */
static void check_version(struct preflight *p)
{
    str catalogue = object_name_of(p, qpdf_get_root(p->pdf), "/Version");
    p->version = str_copy(p->arena, str_from(qpdf_get_pdf_version(p->pdf)));
    if (catalogue.n && str_compare(catalogue, p->version) > 0) {
        p->version = catalogue;
    }
    if (str_compare(p->version, STR("1.6")) > 0) {
        preflight_find(p, PREFLIGHT_VERSION, 0, "it is PDF %.*s", STR_ARG(p->version));
    }
}

static void check_trailer(struct preflight *p)
{
    qpdf_oh id = object_key(p, qpdf_get_trailer(p->pdf), "/ID");
    if (object_count(p, id) != 2 || !qpdf_oh_is_string(p->pdf, object_item(p, id, 0))) {
        preflight_find(p, PREFLIGHT_NO_ID, 0, NULL);
    }
    if (qpdf_is_encrypted(p->pdf)) {
        preflight_find(p, PREFLIGHT_ENCRYPTED, 0, NULL);
    }
}

/* One entry and its neighbours; in a stranger's file an entry may be its own. */
static void check_bookmarks(struct preflight *p, qpdf_oh entry, int depth,
                            struct map *seen)
{
    while (qpdf_oh_is_dictionary(p->pdf, entry) && seen->n < PREFLIGHT_MAX_BOOKMARKS) {
        str id = object_id(p, entry);
        if (!id.n || map_put(seen, id, p)) {
            return;
        }
        if (object_has(p, entry, "/A")) {
            str kind = object_name_of(p, object_key(p, entry, "/A"), "/S");
            preflight_find(p, PREFLIGHT_ACTION, 0, "of a bookmark: %.*s", STR_ARG(kind));
        }
        if (depth < PREFLIGHT_MAX_TREE) {
            check_bookmarks(p, object_key(p, entry, "/First"), depth + 1, seen);
        }
        entry = object_key(p, entry, "/Next");
    }
}

static void check_outlines(struct preflight *p, qpdf_oh root)
{
    struct map seen;
    map_init(&seen, p->arena);
    qpdf_oh outlines = object_key(p, root, "/Outlines");
    check_bookmarks(p, object_key(p, outlines, "/First"), 0, &seen);
}

static void check_actions(struct preflight *p, qpdf_oh root)
{
    static const char *const KEYS[] = {"/AA", "/OpenAction"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        /* To open at a place of the file does nothing to what is printed. */
        if (object_has(p, root, KEYS[i]) &&
            !qpdf_oh_is_array(p->pdf, object_key(p, root, KEYS[i]))) {
            preflight_find(p, PREFLIGHT_ACTION, 0, "the catalogue has %s", KEYS[i]);
        }
    }
    if (object_has(p, object_key(p, root, "/Names"), "/JavaScript")) {
        preflight_find(p, PREFLIGHT_ACTION, 0, "the catalogue names JavaScript");
    }
    if (object_has(p, object_key(p, root, "/Names"), "/EmbeddedFiles")) {
        preflight_find(p, PREFLIGHT_ATTACHED, 0, NULL);
    }
    qpdf_oh form = object_key(p, root, "/AcroForm");
    if (object_count(p, object_key(p, form, "/Fields")) || object_has(p, form, "/XFA")) {
        preflight_find(p, PREFLIGHT_FORM, 0, NULL);
    }
}

static void check_areas(struct preflight *p, qpdf_oh root)
{
    static const char *const KEYS[] = {"/ViewArea", "/ViewClip", "/PrintArea",
                                       "/PrintClip"};
    qpdf_oh preferences = object_key(p, root, "/ViewerPreferences");
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        str area = object_name_of(p, preferences, KEYS[i]);
        if (area.n && !str_is(area, "MediaBox") && !str_is(area, "BleedBox")) {
            preflight_find(p, PREFLIGHT_VIEW_AREA, 0, "%s is %.*s", KEYS[i] + 1,
                           STR_ARG(area));
        }
    }
}

static void check_layers(struct preflight *p, qpdf_oh config)
{
    if (!qpdf_oh_is_dictionary(p->pdf, config)) {
        return;
    }
    if (!object_text_of(p, config, "/Name").n) {
        preflight_find(p, PREFLIGHT_LAYERS, 0, "a configuration has no Name");
    }
    if (object_has(p, config, "/AS")) {
        preflight_find(p, PREFLIGHT_LAYERS, 0, "a configuration has AS");
    }
}

void preflight_document(struct preflight *p)
{
    qpdf_oh root = qpdf_get_root(p->pdf);
    check_version(p);
    check_trailer(p);
    check_actions(p, root);
    check_outlines(p, root);
    check_areas(p, root);
    qpdf_oh layers = object_key(p, root, "/OCProperties");
    qpdf_oh configs = object_key(p, layers, "/Configs");
    check_layers(p, object_key(p, layers, "/D"));
    for (int i = 0, n = object_count(p, configs); i < n; i++) {
        check_layers(p, object_item(p, configs, i));
    }
}
