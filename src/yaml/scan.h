/* yaml/scan.h: the bytes of a source, before any parser sees them. */
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

#endif
