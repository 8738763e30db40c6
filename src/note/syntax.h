/* note/syntax.h: the inline syntax that notes add to CommonMark, as cmark extensions. */
#ifndef INFONOTE_NOTE_SYNTAX_H
#define INFONOTE_NOTE_SYNTAX_H

#include <cmark-gfm.h>

#include "base/str.h"

/* Two bytes that valid text never holds. A mark `[^name]` is handed to cmark with
 * NOTE_MARK_BYTE for its bracket, so that brackets of links are left alone; an inline
 * text begins with NOTE_INLINE_BYTE, so that no block syntax is seen in it. */
#define NOTE_MARK_BYTE '\1'
#define NOTE_INLINE_BYTE '\2'

/* What our inline nodes are; the rest of cmark's tree has NOTE_SYNTAX_NONE. */
enum note_syntax {
    NOTE_SYNTAX_NONE,
    NOTE_SYNTAX_MARK, /* a code node: the footnote's name */
    NOTE_SYNTAX_SUPERSCRIPT,
    NOTE_SYNTAX_SUBSCRIPT,
    NOTE_SYNTAX_STRIKE,
};

enum note_syntax note_syntax_of(cmark_node *node);

/* Parses `text`; the caller frees the tree. One thread at a time parses: cmark keeps
 * its table of special characters in the process. */
cmark_node *note_syntax_parse(str text);

/* The bytes of `[^name]` at `at` (its bracket may be NOTE_MARK_BYTE already), or 0. */
size_t note_syntax_mark(str text, size_t at);

/* The bytes of a web address at the start of `s` ("http://…", "https://…", "www.…"),
 * trailing punctuation excluded, or 0. */
size_t note_syntax_address(str s);

#endif
