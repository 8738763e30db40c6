/* style/table.h: what a layout may say, as data.
 *
 * One row a key. Reading, cascading, dumping, the JSON schema and docs/layouts.md are
 * all made from these rows: a new property is a field in style.h and a row here. */
#ifndef INFONOTE_STYLE_TABLE_H
#define INFONOTE_STYLE_TABLE_H

#include "style/style.h"

/* What a key takes. */
enum style_kind {
    STYLE_LENGTH,
    STYLE_LENGTH_AUTO, /* or the word `auto` */
    STYLE_SIZE,        /* a font size: relative to the parent's */
    STYLE_LEADING,     /* a length, or a factor of the size */
    STYLE_RISE,        /* a length that adds to the parent's */
    STYLE_COLOR,
    STYLE_ENUM,
    STYLE_BOOL,
    STYLE_TOGGLE,      /* a bool, or `toggle`: the opposite of the parent's */
    STYLE_INTEGER,
    STYLE_WEIGHT,
    STYLE_PERCENT,     /* kept in 1/1000 */
    STYLE_FONT,        /* a role of `fonts:` or a family */
    STYLE_FEATURES,
    STYLE_TEXT,
    STYLE_EXTENDS,     /* the name of another style or layout */
    STYLE_TEMPLATE,    /* text with {page} and so on */
    STYLE_FORMATS,     /* one number format or a list of them, by level */
    STYLE_BULLETS,     /* one text or a list of them, by level */
    STYLE_PAPER,
    STYLE_KIND_COUNT
};

/* What 100 % of a length is. */
enum style_whole { STYLE_OF_SIZE, STYLE_OF_PAGE_WIDTH, STYLE_OF_PAGE_HEIGHT,
                   STYLE_OF_COLUMN };

/* A word and what it stands for; arrays of them end with a NULL. */
struct style_word {
    const char *word;
    int32_t value;
};

struct style_prop {
    const char *path; /* the mapping that the key stands in: "page.margins" */
    const char *key;
    enum style_kind kind;
    size_t offset;       /* of the field in struct style or struct layout */
    bool inherited;      /* styles only */
    const char *initial; /* as one would write it */
    const char *doc;     /* one sentence */
    const struct style_word *words;
    int32_t min, max;    /* lengths: points; percentages: 1/1000; lists: max is their
                            length */
    enum style_whole whole;
};

/* A mapping of a layout, with the sentence that the reference opens it with. */
struct style_group {
    const char *path, *doc;
};

/* A name that the program itself asks for: a style or a label. */
struct style_name {
    const char *name, *doc;
};

/* What a colour may be beside a colour, as `words` of its row. */
enum { STYLE_COLOR_OF_TEXT, STYLE_COLOR_NONE };

enum { STYLE_PROP_COUNT = 51, LAYOUT_PROP_COUNT = 125, STYLE_KEYS_MAX = 128 };

extern const struct style_prop STYLE_PROPS[STYLE_PROP_COUNT];   /* path "styles" */
extern const struct style_prop LAYOUT_PROPS[LAYOUT_PROP_COUNT];
extern const struct style_group STYLE_GROUPS[];                 /* ends with a NULL */
extern const struct style_name STYLE_NAMES[];                   /* ends with a NULL */
extern const struct style_name STYLE_LABELS[];                  /* ends with a NULL */
extern const struct style_name STYLE_PLACEHOLDERS[];            /* ends with a NULL */
extern const struct style_name STYLE_MIX_KEYS[];                /* ends with a NULL */
extern const struct style_word STYLE_WEIGHTS[];

/* The row of `words` that is `text`; NULL when there is none, or `words` is NULL. */
const struct style_word *style_find_word(const struct style_word *words, str text);

/* Rows of the two tables; NULL when there is none. */
const struct style_prop *style_find_prop(str key);
const struct style_prop *style_find_layout_prop(const char *path, str key);

/* The group `key` inside `path` ("" for the top), or NULL. */
const struct style_group *style_find_group(const char *path, str key);

/* Every key that may stand in `path`; gives their number, at most STYLE_KEYS_MAX. */
size_t style_list_keys(const char *path, const char **keys);

/* The last name of a path: "margins" of "page.margins". */
const char *style_group_key(const struct style_group *g);

/* "a length such as 11pt": for messages and the reference. */
const char *style_kind_name(enum style_kind kind);

bool style_name_in(const struct style_name *names, str name);

#endif
