/* attachments.h: the files that travel inside a PDF. */
#ifndef INFONOTE_ATTACHMENTS_H
#define INFONOTE_ATTACHMENTS_H

#include "note/note.h"
#include "page/page.h"
#include "style/style.h"
#include "tree/tree.h"

struct attach_request {
    const struct note *note;
    const struct layout *layout;
    const struct tree *tree;
    struct page_list *pages; /* gets them */
    bool source;             /* with what the PDF was made from, too */
    bool layout_given;       /* the layout is none that the note names */
    const struct note_data *data; /* what it was filled from */
    struct arena *arena;
    struct diag_sink *sink;
};

/* Reads the note's attachments; a file that cannot be had is reported. */
void attachments_collect(const struct attach_request *request);

#endif
