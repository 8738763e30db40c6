/* SPDX-License-Identifier: MIT
 *
 * In: an engine. Out: where infonote-svg is and what fonts it may use, once a note has a
 * drawing. The program is the first of these:
 *     1. what the settings say;        2. $INFONOTE_SVG;
 *     3. beside the program, or one folder above it (build/unit/…);
 *     4. in libexec/infonote/ below where the program or its data is installed. */
#include "engine.h"

#include <stdlib.h>

#include "base/file.h"

static const char NAME[] = "infonote-svg";

static const char *find_in(struct arena *a, str folder, const char *inside)
{
    str path = file_join(a, file_join(a, folder, str_from(inside)), str_from(NAME));
    return folder.n && file_exists(path) ? path.p : NULL;
}

static const char *find_program(struct infonote_engine *e)
{
    const char *environment = secure_getenv("INFONOTE_SVG");
    if (e->svg_program.n) {
        return e->svg_program.p;
    }
    if (environment && *environment) {
        return str_copy(&e->arena, str_from(environment)).p;
    }
    str beside = file_companion(&e->arena, NAME);
    return beside.n ? beside.p
                    : find_in(&e->arena, e->data_dir, "../../libexec/infonote");
}

static void prepare(struct image_tools *tools)
{
    struct infonote_engine *e = tools->context;
    const struct text_listed *files = text_list_files(engine_text(e), &tools->n_faces);
    struct image_face *faces = NEW_ARRAY(&e->arena, struct image_face, tools->n_faces);
    for (size_t i = 0; i < tools->n_faces; i++) {
        faces[i] = (struct image_face){files[i].family, files[i].file};
    }
    tools->faces = faces;
    tools->svg = find_program(e);
}

void engine_images_init(struct infonote_engine *e)
{
    image_tools_init(&e->images);
    e->images.prepare = prepare;
    e->images.context = e;
}
