/* base/diag.h: what went wrong, where, and what to do about it.
 *
 * Every stage reports into a sink and goes on; nobody prints. The sink keeps the
 * reports until the program shows them (as text, JSON or SARIF). The severity of the
 * worst one decides the exit status.
 *
 *     diag_report(sink, DIAG_UNKNOWN_KEY, value->at,
 *                 "did you mean `title`?", "unknown key `%.*s`", STR_ARG(key));
 *
 * A message says what is wrong, in lower case, without a full stop; the hint says what
 * to do (NULL: none). Both are copied. */
#ifndef INFONOTE_BASE_DIAG_H
#define INFONOTE_BASE_DIAG_H

#include "base/str.h"
#include "base/vec.h"

/* A text that was read, and its name for people. Lives as long as its diagnostics. */
struct source {
    str name; /* as given on the command line; "<stdin>" for standard input */
    str path; /* where it is on the disk; empty for standard input */
    str text;
    str root; /* files that it names are below this directory; empty: its own */
    uint32_t first_line; /* of `text`, where it is a part of the file; 0: the first */
};

/* A place in a source: line and column count from 1, columns in code points; 0 means
 * unknown. `width` is how many columns the caret runs over (at least 1 is drawn). */
struct place {
    const struct source *source; /* NULL: the place is not in a file */
    uint32_t line, column, width;
};

#define PLACE_NONE ((struct place){0})

/* Ordered: the worst decides. */
enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_FATAL };

/* The codes: symbol, severity, stable name, what the manual says about it. The name
 * never changes its meaning; a new meaning gets a new name. FATAL is for what is not
 * the input's fault (file, disk, memory): exit status 3. */
#define DIAG_CODES(X)                                                                   \
    X(BAD_UTF8, ERROR, "invalid-utf8", "The file is not valid UTF-8.")                  \
    X(BAD_YAML, ERROR, "yaml-syntax", "The file is not well-formed YAML.")              \
    X(TAB_INDENT, ERROR, "tab-indent", "YAML does not allow tabs as indentation.")      \
    X(BAD_CHARACTER, ERROR, "control-character",                                        \
      "A control character that no text may hold.")                                     \
    X(DUPLICATE_KEY, ERROR, "duplicate-key",                                            \
      "The same key stands twice in one mapping.")                                      \
    X(EMPTY_NOTE, ERROR, "empty-note", "The file holds no note.")                       \
    X(MANY_DOCUMENTS, ERROR, "many-documents", "The file holds more than one document.") \
    X(TOO_DEEP, ERROR, "too-deep", "Values are nested too deeply.")                     \
    X(TOO_LARGE, ERROR, "too-large", "The input is larger than its limit.")             \
    X(BAD_ALIAS, ERROR, "bad-alias",                                                    \
      "An alias names no anchor, itself, or expands to too much.")                      \
    X(BAD_TAG, ERROR, "bad-tag", "A YAML tag that notes do not have.")                  \
    X(UNKNOWN_KEY, ERROR, "unknown-key", "The mapping has no such key.")                \
    X(WRONG_TYPE, ERROR, "wrong-type",                                                  \
      "The value is of another kind than the key takes.")                               \
    X(BAD_VALUE, ERROR, "bad-value",                                                    \
      "The value is not one of those that the key takes.")                              \
    X(BAD_UNIT, ERROR, "bad-unit", "A length without a unit, or with an unknown one.")  \
    X(OUT_OF_RANGE, ERROR, "out-of-range", "A number or length outside its range.")     \
    X(BAD_COLOR, ERROR, "bad-color", "Not a colour.")                                   \
    X(LOW_CONTRAST, WARNING, "low-contrast",                                            \
      "Text and its background are too alike to be read.")                              \
    X(BAD_DATE, ERROR, "bad-date", "Not a date of the calendar.")                       \
    X(BAD_LANGUAGE, ERROR, "bad-language", "Not a language tag (BCP 47).")              \
    X(NO_LANGUAGE, WARNING, "no-language", "The note does not say its language.")       \
    X(MISSING_KEY, ERROR, "missing-key", "A key that must be there is not.")            \
    X(EMPTY_VALUE, WARNING, "empty-value",                                              \
      "A value that should hold something is empty.")                                   \
    X(NO_FOOTNOTE, ERROR, "missing-footnote", "A footnote mark without its note.")      \
    X(UNUSED_FOOTNOTE, WARNING, "unused-footnote", "A footnote that nothing refers to.") \
    X(FOOTNOTE_CYCLE, ERROR, "footnote-cycle", "Footnotes that refer to each other.")   \
    X(DUPLICATE_ID, ERROR, "duplicate-id", "Two things have the same id.")              \
    X(NO_TARGET, ERROR, "missing-target", "A link to an id that nothing has.")          \
    X(BAD_LINK, ERROR, "bad-link", "A link of a kind that a note may not hold.")        \
    X(RAW_HTML, WARNING, "raw-html", "HTML is not interpreted in a note.")              \
    X(HEADING_SKIP, ERROR, "heading-skip", "A heading level was left out.")             \
    X(BAD_MERGE, ERROR, "merge-syntax",                                                 \
      "A merge field or section that is not well-formed.")                              \
    X(NO_FIELD, ERROR, "missing-field", "A merge field that the data does not have.")   \
    X(DOUBTFUL_FIELD, WARNING, "doubtful-field",                                        \
      "A section or condition asks for a field that the data does not have.")           \
    X(NO_IMAGE, ERROR, "missing-image", "An image file is not there.")                  \
    X(NO_FILE, ERROR, "missing-file", "A file that the note names is not there.")       \
    X(BAD_IMAGE, ERROR, "bad-image", "An image file that cannot be used.")              \
    X(POOR_ALT, WARNING, "poor-alt",                                                    \
      "The text instead of a picture says nothing of it.")                              \
    X(LOW_RESOLUTION, WARNING, "low-resolution",                                        \
      "An image has fewer pixels than its size needs.")                                 \
    X(BAD_PROFILE, WARNING, "bad-profile",                                              \
      "A colour profile in an image that cannot be used.")                              \
    X(NOT_DRAWN, WARNING, "not-drawn", "Something in a drawing that is not drawn.")     \
    X(SMALL_CODE, WARNING, "small-code",                                                \
      "A QR code too small to be scanned.")                                             \
    X(BAD_STANDARD, ERROR, "bad-standard", "A standard that the PDF cannot meet.")      \
    X(IMPOSED, NOTE, "imposed", "Pages on sheets are no file for readers.")             \
    X(NO_PROFILE, ERROR, "missing-profile",                                             \
      "A file for print needs the colour profile of its press.")                        \
    X(PRESS_PROFILE, ERROR, "bad-output-profile",                                       \
      "A colour profile that is not that of a press.")                                  \
    X(TOO_MUCH_INK, ERROR, "too-much-ink",                                              \
      "A colour with more ink than the paper takes.")                                   \
    X(HEAVY_IMAGE, WARNING, "heavy-image",                                              \
      "An image with more ink than the paper takes.")                                   \
    X(COARSE_IMAGE, ERROR, "coarse-image",                                              \
      "An image with too few pixels for print.")                                        \
    X(NEAR_EDGE, WARNING, "near-edge",                                                  \
      "Something in print that the cut may meet.")                                      \
    X(BAD_NAME, ERROR, "bad-file-name",                                                 \
      "A name that a file cannot have, or that two would have.")                        \
    X(BAD_ADDRESS, ERROR, "bad-address",                                                \
      "Not the address of a mailbox, or none at all.")                                  \
    X(BAD_HEADER, ERROR, "bad-header", "A text that no line of a message can hold.")    \
    X(BAD_SEAL, ERROR, "bad-seal", "A file that cannot be signed or encrypted.")        \
    X(LARGE_MESSAGE, WARNING, "large-message",                                          \
      "A message larger than mail servers are asked to take.")                          \
    X(LEFT_OUT, WARNING, "left-out", "Something that a PDF of many notes cannot hold.") \
    X(UNUSED_FIELD, WARNING, "unused-field",                                            \
      "A field of the data that nothing asks for.")                                     \
    X(CHANGED_INPUT, ERROR, "changed-input",                                            \
      "A run cannot be resumed: what it is made of has changed.")                       \
    X(BAD_DATA, ERROR, "bad-data", "A file of data that cannot be used.")               \
    X(NO_LAYOUT, ERROR, "missing-layout", "There is no such layout.")                   \
    X(LAYOUT_CYCLE, ERROR, "layout-cycle", "A layout that extends itself.")             \
    X(UNKNOWN_STYLE, ERROR, "unknown-style", "The layout has no such style.")           \
    X(NO_FONT, ERROR, "missing-font", "A font family or its file is not there.")        \
    X(BAD_FONT, ERROR, "bad-font", "A font file that cannot be used.")                  \
    X(NO_GLYPH, ERROR, "missing-glyph", "No font has a glyph for a character.")         \
    X(NO_HYPHENATION, WARNING, "no-hyphenation",                                        \
      "There are no hyphenation patterns for a language.")                              \
    X(OVERFULL_LINE, WARNING, "overfull-line", "A line is wider than its measure.")     \
    X(TABLE_TOO_WIDE, ERROR, "table-too-wide", "A table is wider than its column.")      \
    X(UNSETTLED_PAGE, WARNING, "unsettled-page",                                        \
      "A page number in the text that changes what it counts.")                         \
    X(OVERFULL_PAGE, WARNING, "overfull-page", "Something is higher than a page.")      \
    X(TIGHT_LINES, WARNING, "tight-lines",                                              \
      "Letters are higher than their lines.")                                           \
    X(NOT_KEPT, WARNING, "not-kept",                                                    \
      "What should stay together is higher than a page.")                               \
    X(LONG_FOOTNOTE, WARNING, "long-footnote",                                          \
      "A footnote has no room on the page of its mark.")                                \
    X(BAD_GEOMETRY, ERROR, "bad-geometry", "The page leaves no room for text.")         \
    X(OUTSIDE_WINDOW, ERROR, "outside-window",                                          \
      "A letter's address does not fit into its window.")                               \
    X(OUTSIDE_ROOT, ERROR, "outside-root", "A file outside the note's folder.")         \
    X(CANNOT_READ, FATAL, "cannot-read", "A file cannot be read.")                      \
    X(CANNOT_WRITE, FATAL, "cannot-write", "A file cannot be written.")                 \
    X(SYSTEM, FATAL, "system", "The system refused something.")                         \
    X(INTERNAL, FATAL, "internal", "A fault in infonote itself: please report it.")

enum diag_code {
#define X(symbol, severity, name, meaning) DIAG_##symbol,
    DIAG_CODES(X)
#undef X
    DIAG_CODE_COUNT
};

struct diag {
    enum diag_code code;
    enum diag_severity severity;
    struct place at;
    str message;
    str hint;            /* what to do; empty: nothing to say */
    struct place second; /* a second place that explains the first, or PLACE_NONE */
    str second_message;  /* "first defined here" */
};

struct diag_sink {
    struct arena *arena;
    VEC(struct diag) list;
    size_t counts[DIAG_FATAL + 1]; /* by severity, suppressed ones included */
    size_t per_code[DIAG_CODE_COUNT];
};

/* Reports of one code beyond this number are counted, not kept. */
enum { DIAG_KEPT_PER_CODE = 20 };

void diag_init(struct diag_sink *sink, struct arena *a);

const char *diag_name(enum diag_code code);
enum diag_severity diag_severity_of(enum diag_code code);
const char *diag_meaning(enum diag_code code);
const char *diag_severity_name(enum diag_severity severity);

/* Gives the report, to add a second place to, or NULL when it was only counted. The
 * pointer is valid until the next report. */
struct diag *diag_report(struct diag_sink *sink, enum diag_code code, struct place at,
                         const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Adds a second place to what diag_report gave; `d` may be NULL. */
void diag_second(struct diag_sink *sink, struct diag *d, struct place at,
                 const char *message);

bool diag_has_errors(const struct diag_sink *sink);

/* 0, 1 (errors) or 3 (fatal): the program's exit status. */
int diag_exit_status(const struct diag_sink *sink);

/* Orders by file, line, column; reports without a place last; otherwise as they came. */
void diag_sort(struct diag_sink *sink);

/* "did you mean `x`?" for the candidate nearest to `word`, or the empty slice. Case
 * counts for nothing, nor does `_` or a space for `-`; `language` is near to `lang`, too.
 * The result lives in `a`. */
str diag_suggest(struct arena *a, str word, const char *const *candidates, size_t n);

/* The place of byte `offset` of a source. LF, CR LF and a lone CR end a line. */
struct place diag_place_of_offset(const struct source *source, size_t offset);

/* Where `what` stands in the source at or soon behind `from`; `from` if it does not. */
struct place diag_find(struct place from, str what);

/* Line `line` of a source, without its end; empty when there is no such line. */
str diag_source_line(const struct source *source, uint32_t line);

#endif
