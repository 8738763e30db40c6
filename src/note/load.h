/* note/load.h: what the files of this stage share while a note is loaded. */
#ifndef INFONOTE_NOTE_LOAD_H
#define INFONOTE_NOTE_LOAD_H

#include "base/map.h"
#include "note/keys.h"
#include "note/merge.h"
#include "note/note.h"

/* Deeper Markdown is reported and left out: whoever walks the tree may recurse. */
enum { NOTE_MAX_NESTING = 64, NOTE_MAX_SECTIONS = 6 };

/* A list that continues another, and where it says so. */
struct note_continued {
    const struct note_node *list;
    struct place at;
};

struct note_loader {
    struct arena *arena;
    struct diag_sink *sink;
    struct note *note;
    str folder;           /* of the note: names of files count from there */
    str root;             /* files are below; empty: below `folder` */
    struct map footnotes; /* name to struct note_footnote */
    VEC(struct note_footnote *) defined; /* in the order of their definition */
    struct map ids;       /* id to the node that has it */
    VEC(const char *) id_names;
    VEC(struct note_node *) links; /* internal ones, to be checked at the end */
    VEC(struct note_continued) continued;
    bool in_columns;      /* what is loaded stands inside a `columns` block */
    struct note_merge merge;
    VEC(str) inserts;     /* values that cmark does not see (inserts.c) */
    struct note_parsed *parsed; /* Markdown of notes before; or NULL */
    struct note_kept *kept;     /* what the template's own became before; or NULL */
};

/* --- Nodes (node.c) --- */

struct note_node *note_node_new(struct note_loader *l, enum note_kind kind,
                                struct place at);

/* What `style:` or class= asks for at `at`; NULL if that is nothing. */
const struct note_style *note_new_style(struct note_loader *l, str name, struct place at);
void note_append(struct note_node *parent, struct note_node *child);

/* Puts the children of `node` in its place. */
void note_dissolve(struct note_node *node);

/* --- Files (files.c) --- */

struct note_file_words {
    const char *what;       /* "an image" */
    const char *copy;       /* a hint for who named an address */
    enum diag_code missing; /* what it is called if there is none */
};

/* Where the file `name` is; empty, with a report, if it is not there or must not be. */
str note_find_file(struct note_loader *l, str name, struct place at,
                   const struct note_file_words *words);

/* --- Attachments (attachments.c) --- */

void note_attachments(struct note_loader *l, const struct value *v);

/* --- The message (email.c, address.c) --- */

void note_email(struct note_loader *l, const struct value *v);

/* One address of the list `what`; false, and a report, if it is none. */
bool note_address(struct note_loader *l, const struct value *v, const char *what,
                  struct note_address *out);

/* True if no character ends a line or controls anything. */
bool note_is_one_line(str text);

/* --- Markdown (markdown.c) --- */

/* Blocks of the Markdown in `v` behind the children of `into`; headings are `level`
 * deeper than written. Footnotes it defines are defined. */
void note_markdown(struct note_loader *l, const struct value *v, int level,
                   struct note_node *into);

/* The inlines of one paragraph of Markdown. */
void note_markdown_inline(struct note_loader *l, const struct value *v,
                          struct note_node *into);

/* True if nothing in a part of a text can be markup. */
bool note_markdown_is_plain(str part);

/* --- Values of merge fields (inserts.c) --- */

/* `v` as cmark may see it: a mark in the place of each value. The scalar itself if no
 * value is in it. */
const struct value *note_inserts_hide(struct note_loader *l, const struct value *v);

/* A text with the values in the places of the marks: without blanks at their ends, line
 * ends as spaces; or, with `lines`, as they are. */
str note_inserts_restore(struct note_loader *l, str s, bool lines);

/* All of the text, if what stands around its values is plain; else false. */
bool note_inserts_plain(struct note_loader *l, const struct value *v, str *text);

/* The next mark at or behind `from`: where it stands, its bytes. */
bool note_find_insert(str s, size_t from, size_t *at, size_t *n);

/* --- Blocks and sections (blocks.c, sections.c) --- */

void note_body(struct note_loader *l, const struct value *v, int level,
               struct note_node *into);
void note_sections(struct note_loader *l, const struct value *v, int depth,
                   struct note_node *into);

/* What a key of a block is: a kind; or an option, and the kind that owns it (NULL: every
 * kind has it). */
bool note_block_is_kind(str key);
const char *note_block_owner(str option);

/* A TABLE (figures.c), in whose cells headings are `level` deeper; an image (image.c). */
void note_table(struct note_loader *l, const struct value *v, int level,
                struct note_node *into);
void note_image(struct note_loader *l, const struct value *v, struct note_node *into);

/* Fills an IMAGE with what Markdown says: the file, what it shows, its place; the title
 * is its caption. */
void note_image_written(struct note_loader *l, const struct note_image *written,
                        str title, struct note_node *node);

/* The same inside a line; without words it only decorates. */
void note_picture_written(struct note_loader *l, const struct note_image *written,
                          struct note_node *node);

/* What several kinds of block have: a length that is not nothing; a side (image.c). */
bool note_read_length(struct note_loader *l, const struct value *v, struct len_spec *out);
void note_read_side(struct note_loader *l, const struct value *v,
                    enum note_image_align *out);

/* Fills a QR with what `qr:` says (qr.c). */
void note_qr(struct note_loader *l, const struct value *v, struct note_node *into);

/* --- Rows from data (rows.c) --- */

/* The rows that `rows: {file: …}` means for a table of so many columns; NULL, with
 * reports, if they cannot be had. */
const struct data_table *note_data_rows(struct note_loader *l, const struct value *v,
                                        uint32_t columns);

/* --- Callouts (callouts.c) --- */

/* Fills a CALLOUT with what `callout:` says. */
void note_callout(struct note_loader *l, const struct value *v, int level,
                  struct note_node *into);

/* The kind of that name, in any case of letters; -1 if there is none. */
int note_callout_find(str name);
str note_callout_suggest(struct arena *a, str name);

/* --- Pages (place.c) --- */

void note_read_keep(struct note_loader *l, const struct value *v, enum note_keep *out);
void note_read_place(struct note_loader *l, const struct value *v, enum note_place *out);
void note_read_change(struct note_loader *l, const struct value *v,
                      enum note_change *out);

/* --- Columns (columns.c) --- */

/* Fills a COLUMNS with what `columns:` says. */
void note_columns(struct note_loader *l, const struct value *v, int level,
                  struct note_node *into);

/* --- Signatures (signatures.c) --- */

void note_signatures(struct note_loader *l, const struct value *v,
                     struct note_node *into);

/* --- Lists (lists.c) --- */

struct note_list_options {
    bool ordered, own_numbering, own_prefix, own_suffix, own_tight, tight, continued;
    enum note_numbering numbering;
    str prefix, suffix;
    int start;
    int level; /* of the section around it: headings in its items are deeper */
    struct place start_at, continued_at;
};

void note_read_ordered(struct note_loader *l, const struct value *v,
                       struct note_list_options *out);
void note_read_numbering(struct note_loader *l, const struct value *v,
                         struct note_list_options *out);
void note_read_start(struct note_loader *l, const struct value *v,
                     struct note_list_options *out);

/* A LIST of a sequence of items; headings inside are one deeper than `level`. */
void note_list(struct note_loader *l, const struct value *items,
               const struct note_list_options *options, struct note_node *into);
void note_definitions(struct note_loader *l, const struct value *v, int level,
                      struct note_node *into);

/* Gives continued lists their numbers. */
void note_lists_finish(struct note_loader *l);

/* What a table of contents says about itself, into its node (toc.c). */
void note_toc(struct note_loader *l, const struct value *v, struct note_node *toc);

/* --- Facts (facts.c) --- */

struct note_node *note_facts(struct note_loader *l, const struct value *v);

/* --- Footnotes (footnotes.c) --- */

/* A footnote to be filled, or NULL and a report if there is one of that name. */
struct note_footnote *note_footnote_define(struct note_loader *l, str name,
                                           struct place at);

/* Gives every mark its footnote and every used footnote its number. */
void note_footnotes_resolve(struct note_loader *l);

/* --- Ids (ids.c) --- */

void note_set_id(struct note_loader *l, struct note_node *node, str id, struct place at);

/* Ids for headings without one; then checks links and the order of heading levels. */
void note_ids_finish(struct note_loader *l);

/* --- Lengths (lengths.c) --- */

/* Reports a text, or several that the PDF joins, that is too long for one string. */
void note_check_length(struct note_loader *l, str text, struct place at,
                       const char *what);
void note_check_joined(struct note_loader *l, const str *texts, size_t n,
                       struct place at);

/* The same for the title, headings and what pictures show. */
void note_lengths_finish(struct note_loader *l);

/* --- Values (words.c) --- */

/* True if the text is a language tag; otherwise a report. */
bool note_check_language(struct note_loader *l, str text, struct place at);

/* True if it is a day of the calendar, as year-month-day. */
bool note_is_date(str text);

/* False, and a report, if the text looks like an ISO date and is none. */
bool note_check_date(struct note_loader *l, str text, struct place at);

/* --- Tables for the schema, each beside its reader --- */

extern const struct note_keys NOTE_DATA_KEYS, NOTE_TOP_KEYS, NOTE_SECTION_KEYS,
    NOTE_BLOCK_KEYS, NOTE_ITEM_KEYS, NOTE_CALLOUT_KEYS, NOTE_SIGNATURE_KEYS,
    NOTE_TABLE_KEYS, NOTE_ROW_KEYS, NOTE_CELL_KEYS, NOTE_IMAGE_KEYS, NOTE_QR_KEYS,
    NOTE_TOC_KEYS, NOTE_COLUMNS_KEYS,
    NOTE_ATTACHMENT_KEYS, NOTE_EMAIL_KEYS;

#endif
