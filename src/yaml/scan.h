/* yaml/scan.h: the bytes of a source, which no parser is asked about. */
#ifndef INFONOTE_YAML_SCAN_H
#define INFONOTE_YAML_SCAN_H

#include "yaml/value.h"

/* True if libyaml may read the source: not too large, well-formed UTF-8, and free of
 * characters that no text may hold. Otherwise the reasons are in the sink. */
bool value_scan(const struct source *source, const struct value_limits *limits,
                struct diag_sink *sink);

/* What is wrong with a character, as "a NUL character", or NULL if nothing is. Line
 * feed and tab are fine. */
const char *value_character_fault(uint32_t c);

/* The byte behind words, and the blanks behind those, that begin with one of `first`:
 * anchors (`&`) and tags (`!`) in front of a value. */
size_t value_behind_properties(str text, size_t from, const char *first);

/* The indentation of a block scalar whose `|` stands at `from` in `source`: what its
 * first line with text has in the source and not in its value `text`. */
uint32_t value_block_indent(str source, size_t from, str text);

#endif
