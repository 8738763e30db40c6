/* note/note.h: the note as its author meant it.
 *
 * In:  the values of a note. Out: a tree of blocks and inlines, footnotes resolved and
 * numbered in reading order, every node with its place. Nothing here knows of styles,
 * fonts or pages.
 *
 * A block body is Markdown (CommonMark + GFM tables, strikethrough, footnotes;
 * `^superscript^`, `~subscript~`, `<span lang="fr">…</span>`, `<br>`), or a list of
 * Markdown strings and typed blocks. */
#ifndef INFONOTE_NOTE_NOTE_H
#define INFONOTE_NOTE_NOTE_H

#include "base/buf.h"
#include "base/diag.h"
#include "data/data.h"
#include "yaml/value.h"

/* kind, name in dumps, containment class: what may stand inside it.
 * Classes: B holds blocks, I holds inlines, L leaf, S special (see note_can_contain). */
#define NOTE_KINDS(X)                                                                  \
    X(BODY, "body", B) X(SECTION, "section", B) X(HEADING, "heading", I)               \
    X(PARAGRAPH, "paragraph", I) X(LIST, "list", S) X(ITEM, "item", B)                 \
    X(CALLOUT, "callout", B) X(DEFINITIONS, "definitions", S)                          \
    X(DEFINITION, "definition", S) X(SIGNATURES, "signatures", S)                      \
    X(SIGNATURE, "signature", S) X(COLUMNS, "columns", B)                              \
    X(QUOTE, "quote", B) X(CODE_BLOCK, "code-block", L) X(RULE, "rule", L)             \
    X(PAGE_BREAK, "page-break", L) X(FACTS, "facts", S) X(FACT, "fact", S)             \
    X(LABEL, "label", I) X(TABLE, "table", S) X(ROW, "row", S) X(CELL, "cell", S)      \
    X(TOC, "toc", L) X(IMAGE, "image", S) X(QR, "qr", S)                                \
    X(TEXT, "text", L) X(EMPHASIS, "emphasis", I) X(STRONG, "strong", I)               \
    X(CODE, "code", L) X(LINK, "link", I) X(STRIKE, "strike", I)                       \
    X(SUPERSCRIPT, "superscript", I) X(SUBSCRIPT, "subscript", I) X(SPAN, "span", I)   \
    X(INSERTED, "inserted", I) X(DELETED, "deleted", I)                                \
    X(LINE_BREAK, "line-break", L) X(FOOTNOTE_MARK, "footnote-mark", L)                \
    X(PICTURE, "picture", L)

enum note_kind {
#define X(symbol, name, contains) NOTE_##symbol,
    NOTE_KINDS(X)
#undef X
    NOTE_KIND_COUNT
};

/* What an internal link without text of its own stands for. */
enum note_reference {
    NOTE_REF_NONE,   /* the link has text */
    NOTE_REF_AUTO,   /* "section 2.1", "table 3"; the page of what has no number */
    NOTE_REF_NUMBER, /* "2.1" */
    NOTE_REF_TITLE,  /* the heading or caption */
    NOTE_REF_PAGE,   /* "page 4" */
};

/* What a callout is for: those of GitHub's alerts, and a box without a title. */
enum note_callout { NOTE_CALLOUT_NOTE, NOTE_CALLOUT_TIP, NOTE_CALLOUT_IMPORTANT,
                    NOTE_CALLOUT_WARNING, NOTE_CALLOUT_CAUTION, NOTE_CALLOUT_BOX,
                    NOTE_CALLOUT_COUNT };

enum note_numbering { NOTE_DECIMAL, NOTE_LOWER_ALPHA, NOTE_UPPER_ALPHA,
                      NOTE_LOWER_ROMAN, NOTE_UPPER_ROMAN };

struct note_footnote;

/* What no page may divide: nothing, the block, the block from what follows. */
enum note_keep { NOTE_KEEP_NOT, NOTE_KEEP_WHOLE, NOTE_KEEP_WITH_NEXT };

/* Where an image or a table stands: where it is written, or on top or at the foot of that
 * page or a later one. */
enum note_place { NOTE_PLACE_HERE, NOTE_PLACE_TOP, NOTE_PLACE_BOTTOM };

/* Whether bars say that something is new: as around it, they do, they do not. */
enum note_change { NOTE_CHANGE_AS_AROUND, NOTE_CHANGED, NOTE_UNCHANGED };

/* How an image stands in a width and a height that are both given, and beside what. */
enum note_fit { NOTE_FIT_CONTAIN, NOTE_FIT_COVER, NOTE_FIT_STRETCH };
enum note_image_align { NOTE_IMAGE_ALIGN_STYLE, NOTE_IMAGE_START, NOTE_IMAGE_END,
                        NOTE_IMAGE_LEFT, NOTE_IMAGE_RIGHT, NOTE_IMAGE_CENTER };

struct note_image {
    str file;                /* as written */
    str path;                /* where it is */
    str alt;                 /* plain text */
    bool decorative;         /* it shows nothing: `alt: ""` */
    bool has_width, has_height;
    struct len_spec width, height; /* %: of the column's width */
    enum note_fit fit;
    enum note_image_align align;
    struct place at, width_at, height_at; /* at: of the file's name */
};

/* A style of the layout that the note asks for. */
struct note_style {
    str name;
    struct place at;
};

/* How wide a column, or a whole table, is to be. */
struct note_width {
    bool fixed;             /* else as its content asks */
    struct len_spec length; /* %: of the width of the text around it */
    struct place at;
};

struct note_table_widths {
    size_t n;
    struct note_width *columns; /* n of them */
    struct note_width whole;    /* the least width of the table */
};

struct note_qr {
    str text;              /* what the code says */
    str alt;               /* plain text; empty: the layout's word and the text */
    int level;             /* 0 to 3: L, M, Q, H */
    bool has_size;
    struct len_spec size;  /* %: of the column's width */
    enum note_image_align align;
    struct place at, size_at;
};

struct note_node {
    enum note_kind kind;
    struct place at;
    struct note_node *parent, *first, *last, *next, *prev;
    str text;  /* TEXT, CODE, CODE_BLOCK: the characters; LINK: unused */
    str id;    /* from `id:`, or made from a heading's text; unique in the note */
    const struct note_style *style; /* from `style:` or class=; NULL: the kind's own */
    str lang;  /* SPAN and blocks with `lang`; empty: the parent's */
    enum note_keep keep;   /* blocks */
    enum note_change change; /* blocks, items, rows, cells, SPAN */
    enum note_place place; /* IMAGE, TABLE */
    union {
        struct { int level; bool unnumbered; } heading; /* 1..6; SECTION: its depth */
        struct { bool ordered, tight; enum note_numbering numbering; int start;
                 char delimiter;           /* '.' or ')' */
                 bool own_numbering, own_prefix, own_suffix; /* else the layout's form */
                 bool continued;           /* `start` is behind the list before it */
                 str prefix, suffix; } list;
        struct { bool is_task, checked; } item;
        struct { struct note_node *name, *title, *date; bool dated; } signature; /* its
                                    PARAGRAPHs, or NULL; dated: a line for the date */
        struct { enum note_callout kind; bool untitled; } callout; /* untitled: not even
                                    the layout's word for its kind */
        struct { int count; bool rule, own_gap; struct len_spec gap; } columns;
        struct { str url, title; bool internal; /* internal: url is an id */
                 enum note_reference reference; } link;
        struct { struct note_footnote *footnote; uint32_t nth; } mark; /* nth: from 1 */
        struct { str info; bool numbers, one_line; int tab; } code_block; /* one_line: its
                                    lines are not lines of the note; tab: columns from
                                    stop to stop; 0: as the text has them */
        struct { const struct note_image *about; struct note_node *caption; } image;
                                 /* PICTURE, an image inside a line: without caption */
        struct { const struct note_qr *about; struct note_node *caption; } qr;
        struct { size_t columns; uint8_t *align; /* 0 none 1 left 2 centre 3 right
                                                    4 decimal */
                 bool blocks;              /* some cells hold blocks */
                 const struct note_table_widths *widths; /* or NULL: by content */
                 const struct data_table *data; /* its rows, behind those that are
                                                   nodes; or NULL */
                 struct note_node *caption; } table; /* its PARAGRAPH, or NULL */
        struct { bool header, foot; } row;
        struct { int column, columns, rows; bool head, blocks; uint8_t align; } cell;
                                 /* the first column, from 0; how many it spans; whether
                                    it heads its row; whether it holds blocks and not
                                    inlines; as a column's */
        struct { int depth; bool untitled; /* 0: as the layout says */
                 struct note_node *title; } toc; /* a PARAGRAPH, or NULL: the label */
    } as;
};
/* FACTS > FACT > (LABEL, then PARAGRAPH… or one FACTS). SECTION > HEADING, then blocks;
 * sections nest. LIST > ITEM. TABLE > perhaps its caption, ROWs, its remarks (both
 * PARAGRAPHs). ROW > CELL. IMAGE > its caption, a PARAGRAPH.
 * DEFINITIONS > DEFINITION > LABEL, then blocks. CALLOUT > perhaps LABEL, then blocks.
 * SIGNATURES > SIGNATURE > up to three PARAGRAPHs. */

struct note_footnote {
    str name;
    struct place at;
    struct note_node *body; /* a BODY */
    uint32_t number;        /* the order of first marks, from 1; 0: unused */
    uint32_t marks;         /* how many refer to it */
};

/* What an attached file is to the note; the words of PDF/A-3. */
enum note_relation { NOTE_SUPPLEMENT, NOTE_SOURCE, NOTE_DATA, NOTE_ALTERNATIVE,
                     NOTE_UNSPECIFIED, NOTE_RELATION_COUNT };

struct note_attachment {
    str file, path;          /* as written; where it is */
    str type;                /* its MIME type */
    str description;         /* plain text; may be empty */
    enum note_relation relation;
    struct place at;
};

/* Whose addresses `email` lists. */
enum note_email_list { NOTE_EMAIL_FROM, NOTE_EMAIL_TO, NOTE_EMAIL_CC, NOTE_EMAIL_BCC,
                       NOTE_EMAIL_REPLY_TO, NOTE_EMAIL_LISTS };

struct note_address {
    str name;    /* as people read it; may be empty */
    str mailbox; /* "name@host": the name in ASCII, the host in any script */
    struct place at;
};

/* The message that carries the note. */
struct note_email {
    struct place at;         /* PLACE_NONE: the note says nothing of it */
    struct { VEC(struct note_address) all; } lists[NOTE_EMAIL_LISTS];
    str subject, filename;   /* empty: as the note is called */
    const struct value *body; /* what the message says instead of the note; or NULL */
    struct note *cover;      /* the same as a note: its body alone */
    bool attach_pdf, attach_source;
};

struct note {
    const struct source *source;
    str layout;             /* as written; empty: the default */
    struct place layout_at;
    str lang;               /* BCP 47; "en" where the note says nothing */
    struct note_node *title;      /* a PARAGRAPH, never NULL once loaded without errors */
    struct note_node *subtitle;   /* a PARAGRAPH, or NULL */
    str reference, date, classification, subject; /* plain text; may be empty */
    VEC(str) authors;
    VEC(str) keywords;
    struct note_node *facts;      /* a FACTS, or NULL */
    struct note_node *body;       /* a BODY; `body` and `sections` in the file's order */
    struct note_node *disclaimer; /* a BODY, or NULL */
    VEC(struct note_attachment) attachments;
    struct note_email email;
    VEC(const struct source *) data_files; /* that rows of tables come from */
    VEC(struct note_footnote *) footnotes; /* used ones in the order of `number` */
};

/* Values for merge fields from outside the note, over those of its own `data`: mappings,
 * or NULL. The keys of `record` replace the note's; `set` reaches into what is there. */
struct note_data {
    const struct value *record, *set;
    const struct source *file; /* of the record, as it was given; or NULL */
    struct note_parsed *parsed; /* the engine's (parsed.h); or NULL */
    struct note_kept *kept;     /* the template's (kept.h); or NULL */
};

/* The MIME type that the end of a file's name stands for; empty: unknown. */
str note_type_of_file(str name);
const char *note_relation_name(enum note_relation relation); /* as PDF calls it */

/* Makes a note of `root` (a mapping). Reports everything it finds; gives NULL only if
 * there is nothing to work on. The result lives in `a`. */
struct note *note_load(const struct value *root, struct arena *a, struct diag_sink *sink);

/* The same with data; NULL: none. */
struct note *note_load_merged(const struct value *root, const struct note_data *data,
                              struct arena *a, struct diag_sink *sink);

/* The one place that says what may stand inside what. */
bool note_can_contain(enum note_kind parent, enum note_kind child);

/* True if links between nodes are consistent and containment holds. */
bool note_check(const struct note *note);

const char *note_kind_name(enum note_kind kind);

/* "note", "tip" and so on. */
const char *note_callout_name(enum note_callout kind);
const char *note_image_align_name(enum note_image_align align); /* "": the style's */
const char *note_keep_name(enum note_keep keep);
const char *note_place_name(enum note_place place);
const char *note_fit_name(enum note_fit fit);
const char *note_qr_level_name(int level);

/* The plain text of a node and what is below it, marks left out. */
str note_plain_text(const struct note_node *node, struct arena *a);

/* The next node of a walk below `root` in reading order, NULL at the end. */
struct note_node *note_next(const struct note_node *node, const struct note_node *root);

/* One node a line, indented, for `infonote dump --stage note`. */
void note_dump(const struct note *note, struct buf *out);

/* The JSON schema of a note, made from the tables that the reader itself uses. */
void note_schema(struct buf *out);

/* docs/notes.md: `page`, with what stands between `<!-- keys: section -->` and
 * `<!-- end -->` made anew from those tables. Gives the names of the tables that the page
 * lacks, and of marks without a table or an end; empty if it is whole. */
str note_reference(str page, struct buf *out);

#endif
