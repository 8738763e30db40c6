/* SPDX-License-Identifier: MIT
 *
 * In: a text that is no YAML, such as a value on a command line. Out: a scalar that holds
 * it as it is, under the rules for characters that every text obeys. */
#include "yaml/value.h"

#include "base/utf8.h"
#include "yaml/scan.h"

struct value *value_text(const struct source *source, size_t from, size_t to,
                         struct arena *a, struct diag_sink *sink)
{
    struct value_limits limits = VALUE_LIMITS;
    if (!value_scan(source, &limits, sink)) {
        return NULL;
    }
    struct value *v = NEW(a, struct value);
    v->kind = VALUE_SCALAR;
    v->text = str_sub(source->text, from, to);
    v->at = diag_place_of_offset(source, from);
    v->at.width = v->text.n ? (uint32_t)utf8_count(v->text) : 1;
    v->end_line = v->at.line;
    v->offset = (uint32_t)from;
    return v;
}
