/* yaml/problem.h: what libyaml complains about, in words that help. */
#ifndef INFONOTE_YAML_PROBLEM_H
#define INFONOTE_YAML_PROBLEM_H

#include "yaml/value.h"

/* A complaint, free of libyaml's types. Offsets are in bytes of the source. */
struct value_problem {
    const struct source *source;
    str problem, context;         /* libyaml's words; context may be empty */
    struct place at, context_at;  /* context_at may be PLACE_NONE */
    size_t offset, context_offset;
    struct place open;   /* the innermost `[` or `{` that is open, or PLACE_NONE */
    bool open_list;      /* it is a `[` */
    struct place quoted; /* the quotation read last, or PLACE_NONE */
};

void value_problem_report(const struct value_problem *p, struct diag_sink *sink);

#endif
