/* SPDX-License-Identifier: MIT
 *
 * In: a source. Out: reports on bytes that are no text. One pass: libyaml's own reader
 * gives no line for these, accepts UTF-16, and treats U+0085, U+2028 and U+2029 as line
 * breaks, which no editor shows. Refusing them here keeps one notion of a line. The rest
 * is what libyaml does not tell of the text around a value. */
#include "yaml/scan.h"

#include <string.h>

#include "base/utf8.h"

static const char SAVE_AS_UTF8[] = "save the file as UTF-8";

const char *value_character_fault(uint32_t c)
{
    if (c == '\n' || c == '\t') {
        return NULL;
    }
    if (c == 0) {
        return "a NUL character";
    }
    if (c == '\r') {
        return "a carriage return without a line feed";
    }
    if (c == 0x85 || c == 0x2028 || c == 0x2029) {
        return "an invisible line separator";
    }
    if (c == 0xFEFF) {
        return "a byte order mark inside the text";
    }
    if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)) {
        return "a code point that is no character";
    }
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) ? "a control character" : NULL;
}

static const char *hint_for(uint32_t c)
{
    return c == '\r' ? "save the file with ordinary line ends (LF or CRLF)"
         : c == 0x85 || c == 0x2028 || c == 0x2029
             ? "replace it by an ordinary line end, or by `<br>`"
             : "delete it";
}

/* UTF-16 and UTF-32 show by their mark, or by the NUL bytes beside ASCII. */
static const char *foreign_encoding(str text)
{
    const struct {
        str start;
        const char *name;
    } marks[] = {
        {STR("\xFF\xFE\0\0"), "UTF-32"}, {STR("\0\0\xFE\xFF"), "UTF-32"},
        {STR("\xFF\xFE"), "UTF-16"},     {STR("\xFE\xFF"), "UTF-16"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (str_starts(text, marks[i].start)) {
            return marks[i].name;
        }
    }
    if (text.n >= 4 && (text.p[0] == 0) != (text.p[1] == 0) &&
        (text.p[0] == 0) == (text.p[2] == 0) && (text.p[1] == 0) == (text.p[3] == 0)) {
        return "UTF-16";
    }
    return NULL;
}

/* The last character lacks bytes, as when a file was copied in part. */
static bool is_cut_off(str text, size_t bad)
{
    unsigned char first = (unsigned char)text.p[bad];
    size_t wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
    for (size_t i = bad + 1; i < text.n; i++) {
        if (((unsigned char)text.p[i] & 0xC0) != 0x80) {
            return false;
        }
    }
    return first <= 0xF4 && text.n - bad < wanted;
}

static bool report_invalid(const struct source *source, struct diag_sink *sink)
{
    const char *encoding = foreign_encoding(source->text);
    if (encoding) {
        diag_report(sink, DIAG_BAD_UTF8, (struct place){.source = source}, SAVE_AS_UTF8,
                    "the file is in %s, not in UTF-8", encoding);
        return true;
    }
    size_t bad;
    if (utf8_valid(source->text, &bad)) {
        return false;
    }
    if (is_cut_off(source->text, bad)) {
        diag_report(sink, DIAG_BAD_UTF8, diag_place_of_offset(source, bad),
                    "its end is lost, or it is not UTF-8: fetch it again, or save it as "
                    "UTF-8",
                    "the file ends in the middle of a character");
        return true;
    }
    unsigned byte = (unsigned char)source->text.p[bad];
    diag_report(sink, DIAG_BAD_UTF8, diag_place_of_offset(source, bad), SAVE_AS_UTF8,
                "byte 0x%02X at offset %zu is not UTF-8%s", byte, bad,
                byte >= 0xA0 ? " (the file looks like Latin-1 or Windows-1252)" : "");
    return true;
}

static bool has_control_bytes(str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool plain = (c >= 0x20 && c < 0x7F) || c == '\n';
        if (!plain && !(c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')) {
            return true;
        }
    }
    return false;
}

/* Reports every such character; a second kind of place costs nothing here. */
static bool report_characters(const struct source *source, struct diag_sink *sink)
{
    str text = source->text;
    size_t i = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    struct place at = {source, 1, 1, 1};
    bool found = false;
    while (i < text.n) {
        uint32_t c = utf8_next(text, &i);
        bool ordinary = c >= ' ' && c < 0x7F;
        bool crlf = c == '\r' && i < text.n && text.p[i] == '\n';
        const char *fault = ordinary || crlf ? NULL : value_character_fault(c);
        if (fault) {
            diag_report(sink, DIAG_BAD_CHARACTER, at, hint_for(c),
                        "%s (U+%04X)", fault, (unsigned)c);
            found = true;
            if (c == '\r') {
                return true; /* in a file of such line ends one report says it all */
            }
        }
        at.column++;
        if (c == '\n') {
            at.line++;
            at.column = 1;
        }
    }
    return found;
}

bool value_scan(const struct source *source, const struct value_limits *limits,
                struct diag_sink *sink)
{
    if (source->text.n > limits->max_bytes || source->text.n >= UINT32_MAX) {
        diag_report(sink, DIAG_TOO_LARGE, (struct place){source, 1, 1, 1},
                    "split it into several notes",
                    "the file has %zu bytes, the limit is %zu", source->text.n,
                    limits->max_bytes);
        return false;
    }
    if (report_invalid(source, sink)) {
        return false;
    }
    return !has_control_bytes(source->text) || !report_characters(source, sink);
}

size_t value_behind_properties(str text, size_t from, const char *first)
{
    while (from < text.n && strchr(first, text.p[from]) && text.p[from]) {
        while (from < text.n && (unsigned char)text.p[from] > ' ') {
            from++;
        }
        while (from < text.n && text.p[from] == ' ') {
            from++;
        }
    }
    return from;
}

static size_t blanks_at(str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] == ' ') {
        n++;
    }
    return n;
}

uint32_t value_block_indent(str source, size_t from, str text)
{
    size_t in_text = 0;
    while (from < source.n && source.p[from++] != '\n') {
    }
    while (in_text < text.n && text.p[in_text] == '\n') {
        in_text++;
    }
    for (;;) {
        size_t blanks = blanks_at(source, from);
        size_t end = from + blanks;
        bool empty = end < source.n && (source.p[end] == '\n' || source.p[end] == '\r');
        size_t kept = blanks_at(text, in_text);
        bool kept_only = in_text + kept >= text.n || text.p[in_text + kept] == '\n';
        if (end >= source.n || !empty || (kept && kept_only)) {
            return (uint32_t)(blanks > kept ? blanks - kept : 0);
        }
        while (from < source.n && source.p[from++] != '\n') {
        }
    }
}
