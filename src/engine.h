/* engine.h: what notes share: where the data is, layouts, fonts, shaped words, streams.
 *
 * Everything is made when it is first asked for. One thread at a time. */
#ifndef INFONOTE_ENGINE_H
#define INFONOTE_ENGINE_H

#include "infonote.h"

#include "base/diag.h"
#include "base/map.h"
#include "image/image.h"
#include "style/style.h"
#include "text/text.h"

/* A layout with what was reported while it was read. */
struct engine_layout {
    struct arena arena;
    struct diag_sink sink;
    struct layout *layout; /* NULL: it has errors */
};

struct infonote_engine {
    struct arena arena;
    bool color;
    str data_dir;              /* empty: none was named, none was found */
    bool has_data;             /* it holds layouts/ and fonts/ */
    str layouts_dir, fonts_dir;
    struct style_paths layout_paths;
    struct text_config text_config;
    struct text_engine *text;  /* NULL: not asked for yet */
    struct flow_known *flow;   /* the same */
    struct note_parsed *parsed; /* the same */
    struct pdf_shared *pdf;    /* the same */
    const str *profile_dirs;   /* where colour profiles are */
    size_t n_profile_dirs;
    str svg_program;           /* as the settings have it; empty: not said */
    struct image_tools images;
    struct arena spare;        /* memory of a note that is gone, for the next one */
    size_t notes;              /* that live; between notes shaped words may go */
    struct map layouts;        /* directory and name to struct engine_layout */
    VEC(struct engine_layout *) loaded;
};

/* `compiled` is the data directory of an installed program; may be NULL. */
void engine_init(struct infonote_engine *e, const infonote_settings *settings,
                 const char *compiled);
void engine_done(struct infonote_engine *e);

struct text_engine *engine_text(struct infonote_engine *e);
struct flow_known *engine_flow(struct infonote_engine *e);
struct note_parsed *engine_parsed(struct infonote_engine *e);
struct pdf_shared *engine_pdf(struct infonote_engine *e);

/* Takes the memory of a note that is freed. */
void engine_keep_arena(struct infonote_engine *e, struct arena *a);

/* engine_images.c: how drawings are drawn, found out with the first one. */
void engine_images_init(struct infonote_engine *e);

/* What a note asks for. */
struct engine_request {
    str name;
    struct place at; /* where */
    str near;        /* the note's directory */
    str root;        /* files that it names are below; empty: below `near` */
};

/* What was reported while the layout was read is reported again for every note, into
 * `sink`. NULL on errors; then `*failed` holds the sources of the reports and is the
 * caller's to free. */
struct layout *engine_find_layout(struct infonote_engine *e,
                                  const struct engine_request *request,
                                  struct diag_sink *sink, struct engine_layout **failed);
void engine_layout_free(struct engine_layout *l);

/* Memory that is not an arena's; never NULL. */
void *engine_calloc(size_t size);

#endif
