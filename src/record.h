/* record.h: the data that callers give for the merge fields of a note. */
#ifndef INFONOTE_RECORD_H
#define INFONOTE_RECORD_H

#include "infonote.h"
#include "note/note.h"

/* Reads the file and the settings that the options name. False if one of them cannot be
 * used, which was reported. What it gives lives in `a`. */
bool record_read(const infonote_options *options, struct arena *a, struct diag_sink *sink,
                 struct note_data *out);

/* A file that --data would take: of a record's text; of what record_of_fields made. */
const struct source *record_file(struct arena *a, str text);
const struct source *record_file_of(const struct value *record, struct arena *a);

/* The fields of a record as a mapping, whose values all stand at `at`; dots in names make
 * mappings in it. */
const struct value *record_of_fields(const infonote_record *record, struct place at,
                                     struct arena *a, struct diag_sink *sink);

/* The values of a note with the options' `email` over its own; `root` itself if they have
 * none. What is wrong with an option is reported. */
const struct value *record_email(const infonote_options *options,
                                 const struct value *root, struct arena *a,
                                 struct diag_sink *sink);

/* Copies into `to` what `from` says of data and of `email`. */
void record_copy(const infonote_options *from, struct arena *a, infonote_options *to);

#endif
