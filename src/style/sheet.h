/* style/sheet.h: what stands between a layout's file and its computed styles.
 *
 * A spec is a value as it was written: its type is checked, but what it refers to
 * (colours, roles, sizes) is looked up once all layouts of a chain are read, so that a
 * layout may change a colour or a role below the styles that it extends. */
#ifndef INFONOTE_STYLE_SHEET_H
#define INFONOTE_STYLE_SHEET_H

#include "base/vec.h"
#include "style/table.h"

struct style_features {
    const struct style_feature *v;
    uint32_t n;
};

struct style_spec {
    bool set;
    bool special;    /* LENGTH_AUTO: auto; LEADING: a factor; TOGGLE: toggle */
    struct place at;
    struct len_spec length[2]; /* the second: a paper's height */
    int32_t number;            /* numbers, words, bools; percentages in 1/1000 */
    str text;
    str *texts;
    uint32_t n_texts;
    struct style_features features;
};

enum style_rule_state { STYLE_RULE_READ, STYLE_RULE_OPEN, STYLE_RULE_FLAT };

/* A rule of `styles:`; once flat, it holds what it extends. */
struct style_rule {
    str name;
    struct place at;
    enum style_rule_state state;
    struct style_spec specs[STYLE_PROP_COUNT];
};

/* A colour as a mapping: what is said of it. */
struct style_mix {
    struct place at;
    str rgb, spot;           /* empty: not said */
    struct place spot_at;
    bool has_ink;            /* `cmyk` or `gray` */
    struct place ink_at;
    int32_t ink[4], tint;    /* thousandths */
};

/* A named text: a role, a colour, or a label of one language. */
struct style_entry {
    str name, lang, text;    /* of a colour: what screens show */
    struct place at;
    struct style_mix *mix;   /* of a colour that says more; else NULL */
    uint16_t palette;        /* its place there, from 1; 0: none */
};

struct style_entries {
    VEC(struct style_entry) list;
};

/* A computed style and what only the cascade needs of it. */
struct style_computed {
    struct style style;
    int32_t leading_factor; /* 1/1000 of the size; 0: the leading is a length */
    struct map children;    /* by rule name, to style_computed */
};

struct style_sheet {
    struct style_spec initial[STYLE_PROP_COUNT];
    struct style_spec layout[LAYOUT_PROP_COUNT];
    VEC(struct style_rule *) rules; /* in the order of their first appearance */
    struct map rules_by_name;
    struct style_entries fonts, colors, labels;
    VEC(struct style_computed *) computed; /* by id */
    struct map interned;                   /* by what they hold, to style_computed */
    const struct style *root;
};

/* The most that a layout may define of each; a stranger's file must not cost more. */
enum { STYLE_RULES_MAX = 1000, STYLE_ENTRIES_MAX = 4000, STYLE_TEXT_MAX = 4000 };

/* One run of layout_load. */
struct style_reader {
    struct layout *layout;
    struct style_sheet *sheet;
    struct arena *arena;
    struct diag_sink *sink;
    const struct style_press *press; /* NULL: nobody knows */
    bool partial; /* a layout of the chain is missing: its styles are unknown */
};

/* False, with a report, for a text that no page has room for, nor a string of a PDF. */
bool style_is_short(struct style_reader *r, const struct value *v);

/* False once reports of `code` are only counted: no need for suggestions then. */
static inline bool style_is_kept(const struct style_reader *r, enum diag_code code)
{
    return r->sink->per_code[code] < DIAG_KEPT_PER_CODE;
}

/* mix.c: reads a colour that is a mapping; NULL, with a report, if it is none. */
struct style_mix *style_read_mix(struct style_reader *r, const struct value_pair *pair);

/* Once all layouts are read: what screens show of such colours, and the palette. */
void style_resolve_mixes(struct style_reader *r);

/* screens.c: then, what they show of colours that are said in inks alone. */
void style_resolve_screens(struct style_reader *r);

/* spec.c: reads `v` as what `prop` takes. False, with a report, if it is not. */
bool style_read_spec(struct style_reader *r, const struct style_prop *prop,
                     const struct value *v, struct style_spec *out);

/* The spec of a row's initial value, which is known to be right. */
struct style_spec style_initial_spec(struct style_reader *r,
                                     const struct style_prop *prop);

/* read.c: puts what one layout says over what is there. */
void style_read_layout(struct style_reader *r, const struct value *root);
struct style_rule *style_find_rule(const struct style_sheet *s, str name);
struct style_rule *style_add_rule(struct style_reader *r, str name, struct place at);
const struct style_entry *style_find_entry(const struct style_entries *e, str name,
                                           str lang);

/* Reports a key that a mapping does not have; `path` names the mapping. */
void style_report_unknown(struct style_reader *r, const char *path,
                          const struct value *key);

/* "did you mean" for the names of rules or entries. */
str style_suggest_entry(const struct style_entries *e, str name, struct arena *a);

/* What to write instead of `text`, which is no colour. */
const char *style_color_hint(str text);

/* template.c: reports what a template or number format has wrong. */
void style_check_template(struct style_reader *r, const struct value *v);
void style_check_label(struct style_reader *r, const struct value *v);
void style_check_format(struct style_reader *r, const struct value *v);

/* resolve.c: looks everything up, fills the layout, checks its geometry. */
void style_resolve(struct style_reader *r, struct place at);

/* contrast.c: reports styles whose text cannot be read on their background. */
void style_check_contrast(struct style_reader *r);

/* compute.c */
struct color style_color_of(const struct style_sheet *s, str text, bool *found);
const struct style *style_compute_root(struct layout *l);

/* dump.c: a field of a struct style or layout as one would write it. */
void style_write_field(struct buf *out, const struct style_prop *prop, const void *base);

#endif
