/* infonote.h: notes in YAML to PDF files that are ready to print, to mail and to keep.
 *
 * An engine holds what many notes share: fonts, layouts, hyphenation, shaped words; it
 * reads each file of them once, so after a change to one a new engine is needed. A note
 * is one input. Reports collect in the note; nothing is printed, nothing is written
 * unless a function says so. One engine serves one thread at a time; several engines may
 * live side by side. Strings are UTF-8, end with a NUL and are copied where they are
 * needed for longer than the call. No pointer may be NULL unless it says so here.
 *
 *     infonote_engine *engine = infonote_engine_new(NULL);
 *     infonote_note *note = infonote_note_load(engine, "note.yaml", NULL);
 *     if (infonote_write_file(note, "note.pdf") != INFONOTE_OK) {
 *         infonote_print_reports(note, stderr, INFONOTE_TEXT);
 *     }
 *     infonote_note_free(note);
 *     infonote_engine_free(engine);
 */
#ifndef INFONOTE_H
#define INFONOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define INFONOTE_VERSION "0.1.0"

typedef struct infonote_engine infonote_engine;
typedef struct infonote_note infonote_note;

/* The values are the program's exit statuses; 2, wrong use, is the program's alone. */
typedef enum infonote_status {
    INFONOTE_OK = 0,
    INFONOTE_INVALID = 1, /* the input has errors; nothing was written */
    INFONOTE_FAILED = 3   /* a file, disk or memory failed; nothing was written */
} infonote_status;

/* How reports are written: lines with excerpts for people, one JSON object, one SARIF
 * 2.1.0 log. */
typedef enum infonote_format {
    INFONOTE_TEXT, INFONOTE_JSON, INFONOTE_SARIF
} infonote_format;

/* What can be shown: values with places, the note, boxes with shaped text, pages; the
 * text and the HTML of a message. */
typedef enum infonote_stage {
    INFONOTE_STAGE_YAML, INFONOTE_STAGE_NOTE, INFONOTE_STAGE_TREE, INFONOTE_STAGE_PAGES,
    INFONOTE_STAGE_TEXT, INFONOTE_STAGE_HTML
} infonote_stage;

/* Settings of an engine. Zeroed, or a field of them NULL, they have their defaults. Lists
 * end with NULL; all strings are copied. */
typedef struct infonote_settings {
    const char *data_dir;          /* holds layouts/ and fonts/; default: as installed */
    const char *const *font_roots; /* where font files are; default: the system's */
    const char *const *hyphen_dirs; /* where patterns are; default: the system's */
    const char *const *profile_dirs; /* where ICC profiles are; default: the system's */
    const char *svg_program;       /* draws SVG; default: the infonote-svg installed */
} infonote_settings;

/* Settings of one note. Zeroed, all have their defaults. All strings are copied. */
typedef struct infonote_options {
    const char *layout;      /* instead of the note's own: a name, or a file relative to
                                the current folder */
    bool has_date;           /* else: the date in the note, else none */
    int64_t date;            /* creation date, seconds since 1970, UTC */
    bool uncompressed;       /* a PDF that people can read */
    bool untagged;           /* without a structure tree */
    const char *data;        /* a file with one record for the merge fields: a mapping in
                                YAML or JSON; its keys replace those of the note's data */
    const char *const *set;  /* "name=value" or "person.name=value", over both; NULL ends
                                the list */
    bool embed_source;       /* the note, its layout and its pictures go into the PDF */
    const char *standard;    /* what the PDF says that it is: "a-2a,ua-1", the default;
                                "a-2u", "a-3a", "ua-1", "none", "x-4", "x-4,a-2b" */
    bool print;              /* a file for print: PDF/X-4 */
    const char *print_profile; /* the same, for this press: an ICC file, or the name of a
                                printing condition; instead of the layout's */
    const char *impose;      /* several pages on a sheet: "2-up", "4-up", "booklet";
                                NULL: none */
    const char *sheet;       /* its size: "A3", "450x320mm"; NULL: what the pages need */
    const char *paper_thickness; /* of a booklet: "0.1mm"; pages of inner sheets move
                                towards the fold; NULL: they do not */
    const char *signature;   /* of a booklet: "16"; so many of its pages are folded
                                together; NULL: all */
    const char *root;        /* the directory that the note's files must be below; NULL:
                                the note's own */
    const char *const *email; /* "to=Ada <ada@example.org>": a key of the note's `email`,
                                and what stands instead of its value; `to`, `cc`, `bcc`
                                and `reply-to` as often as there are addresses; NULL
                                ends the list */
    bool explain;            /* keep what infonote_explain tells */
    bool show_boxes;         /* draw boxes, baselines, costs of breaks over the pages */
} infonote_options;

/* Never NULL; the caller's to free, after all of its notes. `settings` may be NULL.
 * A folder that is not there is told by the notes that need it. */
infonote_engine *infonote_engine_new(const infonote_settings *settings);
void infonote_engine_free(infonote_engine *engine); /* may be NULL */

/* Reads and checks a note: the file `path` ("-": standard input), or `size` bytes named
 * `name` in reports, which are copied. Never NULL: what is wrong is in its reports. The
 * note is the caller's to free; the engine must outlive it. `options` may be NULL. */
infonote_note *infonote_note_load(infonote_engine *engine, const char *path,
                                  const infonote_options *options);
infonote_note *infonote_note_load_bytes(infonote_engine *engine, const char *name,
                                        const char *bytes, size_t size,
                                        const infonote_options *options);
void infonote_note_free(infonote_note *note); /* may be NULL */

/* Lays the note out and writes the PDF to a file ("-": standard output), whole or not at
 * all. */
infonote_status infonote_write_file(infonote_note *note, const char *path);

/* The same into memory: `*bytes`, `*size` of them, is the note's and lives as long as it;
 * NULL and 0 when there are errors. */
infonote_status infonote_write_bytes(infonote_note *note, const char **bytes,
                                     size_t *size);

/* The SHA-256 of the PDF that one of them made, as text, which is the note's; "" when
 * none did. */
const char *infonote_digest(const infonote_note *note);

/* Everything that a writer would report, without writing. */
infonote_status infonote_check(infonote_note *note);

/* What a stage made of the note, as text; the same on every machine. `*bytes` is the
 * note's and does not end with a NUL; `*size` is 0 when the stage made nothing. */
infonote_status infonote_dump(infonote_note *note, infonote_stage stage,
                              const char **bytes, size_t *size);

/* Why each page ends where it ends, and what other ends would cost: as text, or as one
 * JSON object a line. Empty unless the options asked for it. */
infonote_status infonote_explain(infonote_note *note, infonote_format format,
                                 const char **bytes, size_t *size);

/* --- Templates: a note for each record --- */

/* A note that is filled many times: read and checked once. */
typedef struct infonote_template infonote_template;

/* The values of merge fields: names and what they hold, `n` of each; or one mapping in
 * YAML or JSON, `size` bytes. A name `person.name` is `name` of `person`. */
typedef struct infonote_record {
    const char *source;        /* where it comes from, for reports; NULL: nowhere */
    uint32_t line;             /* where it begins there, from 1; 0: not known */
    size_t n;
    const char *const *names;
    const char *const *values;
    const char *text;          /* NULL: the fields are all */
    size_t size;
} infonote_record;

/* Reads the file `path` ("-": standard input). Never NULL: what is wrong is in the
 * reports of every note that it is filled for. The engine must outlive it. The data of
 * `options`, which may be NULL, is not read: records stand in its place. */
infonote_template *infonote_template_load(infonote_engine *engine, const char *path,
                                          const infonote_options *options);
void infonote_template_free(infonote_template *template); /* may be NULL; notes first */

/* A note with the record's values over those of the template's own `data`, and `set` of
 * the options over both. Never NULL; the caller's to free. Nothing of the record is
 * needed when this returns. `record` NULL: its own values alone. */
infonote_note *infonote_template_fill(infonote_template *template,
                                      const infonote_record *record);

/* OK if the template itself can be read, whatever records hold. */
infonote_status infonote_template_status(const infonote_template *template);

/* Whether it asks anywhere for a field of this name, or for a part of it. */
bool infonote_template_uses(infonote_template *template, const char *field);

/* The SHA-256, as text, of the template, its layout and those of the options that change
 * what notes look like. */
void infonote_template_digest(infonote_template *template, char out[65]);

/* --- Messages: the note as an e-mail --- */

typedef struct infonote_address {
    const char *name;    /* as people read it; may be empty */
    const char *mailbox; /* "name@host": the name in ASCII, the host in any script */
} infonote_address;

typedef struct infonote_addresses {
    size_t n;
    const infonote_address *v;
} infonote_addresses;

/* A file that travels with the message. */
typedef struct infonote_file {
    const char *name, *type; /* its MIME type */
    const char *bytes;
    size_t size;
} infonote_file;

/* What the note, and the options over it, say of the message that carries it. No text has
 * a line break or a control character in it. */
typedef struct infonote_email {
    infonote_addresses from, to, cc, bcc, reply_to; /* `from`: at most one */
    const char *subject;  /* the title, if nothing else was said */
    const char *lang;     /* the note's */
    bool has_cover;       /* a covering text stands in the message instead of the note */
    const char *filename; /* of the PDF */
    bool attach_pdf;
    size_t n_files;       /* its source, if that is asked for, and its attachments */
    const infonote_file *files;
} infonote_email;

/* All of it is the note's; NULL if the note has errors. */
const infonote_email *infonote_email_of(infonote_note *note);

/* The note as plain text, for terminals: lines of at most 72 columns where words and code
 * let them, ending with LF; UTF-8. `*bytes` is the note's and ends with a NUL, which
 * `*size` does not count; NULL and 0 when there are errors. With `cover`, the covering
 * text of its `email` instead, if there is one. */
infonote_status infonote_write_text(infonote_note *note, bool cover, const char **bytes,
                                    size_t *size);

/* The note as an HTML document for mail programs: styles in its elements, no scripts,
 * nothing fetched. */
infonote_status infonote_write_html(infonote_note *note, bool cover, const char **bytes,
                                    size_t *size);

/* A picture that the HTML written last shows as `cid:` and its id; how many there are. */
typedef struct infonote_picture {
    const char *id;
    infonote_file file;
} infonote_picture;
size_t infonote_pictures(infonote_note *note, const infonote_picture **pictures);

/* Whether the note's PDF is one for print, where `standard` does not say otherwise: by
 * its options or its layout. */
bool infonote_for_print(infonote_note *note);

/* What may be wrong with a message; the last one is a warning. */
typedef enum infonote_email_fault {
    INFONOTE_BAD_ADDRESS, INFONOTE_BAD_HEADER, INFONOTE_BAD_SEAL, INFONOTE_LARGE_MESSAGE
} infonote_email_fault;

/* Reports it, at the place of `about`, an address of that message; NULL: at `email`.
 * `hint` may be NULL. */
void infonote_report_email(infonote_note *note, infonote_email_fault fault,
                           const infonote_address *about, const char *message,
                           const char *hint);

/* --- Books: many notes in one PDF --- */

/* One after the other, with what they share stored once: fonts, pictures, profiles. Each
 * has an entry in the outline and counts its own pages; one tree has all of their
 * structure. Notes are not kept, so they are made twice: in the first round each says
 * what it needs, then the fonts can be made, and the second round writes. What a round
 * makes of a note are bytes, which may come from another process: one that was forked
 * from this, for the second round after `begin`.
 *
 *     infonote_book *book = infonote_book_new(engine, &settings);
 *     for each note:
 *         infonote_book_survey(book, note, &bytes, &size);
 *         infonote_book_plan(book, bytes, size);
 *     infonote_book_begin(book);
 *     for each note, once more:
 *         infonote_book_part(book, i, note, &bytes, &size);
 *         infonote_book_add(book, bytes, size, NULL, NULL);
 *     if (infonote_book_end(book) != INFONOTE_OK) {
 *         fprintf(stderr, "%s\n", infonote_book_problem(book));
 *     }
 *     infonote_book_free(book);
 */
typedef struct infonote_book infonote_book;

typedef struct infonote_book_settings {
    bool duplex;       /* every note begins on a right page: empty ones are put between */
    const char *title; /* of the PDF, where the notes have several; NULL: "Notes" */
    int (*write)(void *user, const char *bytes, size_t size); /* takes the PDF, piece by
                          piece; gives 0, or errno */
    void *user;
} infonote_book_settings;

/* Never NULL; the caller's to free, before the engine. */
infonote_book *infonote_book_new(infonote_engine *engine,
                                 const infonote_book_settings *settings);
void infonote_book_free(infonote_book *book); /* may be NULL */

/* What the note needs, after it was laid out: bytes that are the note's; its status. */
infonote_status infonote_book_survey(infonote_book *book, infonote_note *note,
                                     const char **bytes, size_t *size);

/* Takes that; in the order of the notes. The first one's options are the book's; if it is
 * for print, all notes must be for the same press. */
infonote_status infonote_book_plan(infonote_book *book, const char *bytes, size_t size);

/* Writes what all notes share. */
infonote_status infonote_book_begin(infonote_book *book);

/* The note's part of the PDF: bytes that are the note's; its status. It is the note that
 * was planned as number `index`, from 0. */
infonote_status infonote_book_part(infonote_book *book, size_t index, infonote_note *note,
                                   const char **bytes, size_t *size);

/* Writes that; in the order of the notes. `name`: its entry in the outline; NULL: the
 * note's title. `prefix`: what stands before its page numbers in the page labels; may be
 * NULL. A note may be left out, unless others need a picture that it has. */
infonote_status infonote_book_add(infonote_book *book, const char *bytes, size_t size,
                                  const char *name, const char *prefix);

/* Writes the end. Not OK: what was written is no PDF. */
infonote_status infonote_book_end(infonote_book *book);

/* The pages so far; what is wrong, for people, or "". */
size_t infonote_book_page_count(const infonote_book *book);
const char *infonote_book_problem(const infonote_book *book);

/* Pages of the laid-out note; 0 before it was written or checked. */
size_t infonote_page_count(const infonote_note *note);

/* The worst of the reports so far: OK while none is an error. */
infonote_status infonote_note_status(const infonote_note *note);

/* How many reports there are so far, warnings and notes too. */
size_t infonote_report_count(const infonote_note *note);

/* The same without notes: warnings, errors. */
size_t infonote_warning_count(const infonote_note *note);

/* All reports so far, ordered by place, to `out`. With `color`, which is the engine's and
 * false at first, text is coloured for a terminal. */
void infonote_print_reports(infonote_note *note, FILE *out, infonote_format format);
void infonote_set_color(infonote_engine *engine, bool color);

/* The reports of many notes as one text, one JSON object or one SARIF log, with one
 * summary; what is wrong with a layout that several use is told once. `out` stays the
 * caller's. A note may be freed as soon as it was added; `free` ends the document.
 * `flags` are those of the enum, or 0. */
typedef struct infonote_printer infonote_printer;
enum {
    INFONOTE_PRINT_COLOR = 1,       /* text only */
    INFONOTE_PRINT_ERRORS_ONLY = 2, /* text only: no warnings, no summary */
};
infonote_printer *infonote_printer_new(FILE *out, infonote_format format, unsigned flags);
void infonote_printer_add(infonote_printer *printer, infonote_note *note);
void infonote_printer_free(infonote_printer *printer);

/* Lists for `infonote layouts` and `infonote fonts`, and the JSON schemas of notes and
 * layouts. The text ends with a NUL and lives as long as the engine. `*complete` becomes
 * true if every font file is there and, with `verify`, has the right checksum. */
const char *infonote_list_layouts(infonote_engine *engine);
const char *infonote_list_fonts(infonote_engine *engine, bool verify, bool *complete);
const char *infonote_schema_note(infonote_engine *engine);
const char *infonote_schema_layout(infonote_engine *engine);

/* `handler` is called when memory runs out, with the bytes that were wanted, from the
 * thread that wanted them; it must not return. NULL, the default: print a line and exit
 * with 3. For all engines of the process. */
void infonote_set_out_of_memory(void (*handler)(size_t wanted));

#ifdef __cplusplus
}
#endif

#endif
