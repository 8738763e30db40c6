/* SPDX-License-Identifier: MIT
 *
 * How much a source may hold: values, bytes of text, nesting. What is read is counted
 * before anything grows; a spent limit ends the reading. */
#include "yaml/reader.h"

bool yaml_count(struct yaml_reader *r, size_t nodes, size_t bytes, struct place at)
{
    r->nodes += nodes;
    r->bytes += bytes;
    if (r->nodes <= r->limits->max_nodes && r->bytes <= r->limits->max_bytes) {
        return true;
    }
    diag_report(r->sink, DIAG_TOO_LARGE, at, "split the note",
                r->nodes > r->limits->max_nodes ? "more than %zu values"
                                                : "more than %zu bytes of text",
                r->nodes > r->limits->max_nodes ? r->limits->max_nodes
                                                : r->limits->max_bytes);
    r->stopped = true;
    return false;
}

bool yaml_too_deep(struct yaml_reader *r, size_t height, struct place at)
{
    if (r->depth + height <= r->limits->max_depth) {
        return false;
    }
    diag_report(r->sink, DIAG_TOO_DEEP, at, "flatten the structure",
                "values nested more than %zu deep", r->limits->max_depth);
    r->stopped = true;
    return true;
}
