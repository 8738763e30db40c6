/* data/files.h: files of data that can be read twice. */
#ifndef INFONOTE_DATA_FILES_H
#define INFONOTE_DATA_FILES_H

#include "data/source.h"

/* Opens `path` ("-": standard input) at its beginning; -1 and errno. */
int data_open_file(const char *path);

/* An empty file without a name, in TMPDIR or /tmp; -1 and errno. */
int data_nameless(void);

/* Asks the database at `request->path`: the rows as CSV; -1, with a report at `file`. */
int data_ask(const struct data_request *request, const struct source *file,
             struct diag_sink *sink);

#endif
