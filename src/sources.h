/* sources.h: what a PDF was made from travels inside it. */
#ifndef INFONOTE_SOURCES_H
#define INFONOTE_SOURCES_H

#include "attachments.h"

/* Adds the note, its layouts, its data and its pictures to the page list's attachments;
 * those that are there already get the places they had, too. Taken out into an empty
 * folder, the note finds all of them again. */
void sources_attach(const struct attach_request *request);

#endif
