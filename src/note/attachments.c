/* SPDX-License-Identifier: MIT
 *
 * In: `attachments`, a list of files. Out: what each is, with its MIME type: as the note
 * says, or by the end of its name. The files are read when the PDF is written. */
#include "note/load.h"

#include <string.h>

#include "base/file.h"

enum { MAX_ATTACHMENTS = 1000, MAX_NAME = 255 };

static const char *const RELATIONS[NOTE_RELATION_COUNT] = {
    [NOTE_SUPPLEMENT] = "supplement",   [NOTE_SOURCE] = "source",
    [NOTE_DATA] = "data",               [NOTE_ALTERNATIVE] = "alternative",
    [NOTE_UNSPECIFIED] = "unspecified",
};

const char *note_relation_name(enum note_relation relation)
{
    static const char *const NAMES[NOTE_RELATION_COUNT] = {
        [NOTE_SUPPLEMENT] = "Supplement",   [NOTE_SOURCE] = "Source",
        [NOTE_DATA] = "Data",               [NOTE_ALTERNATIVE] = "Alternative",
        [NOTE_UNSPECIFIED] = "Unspecified",
    };
    return NAMES[relation];
}

/* As registered with IANA; in the order of the endings. */
static const struct {
    const char *ending, *type;
} TYPES[] = {
    {"7z", "application/x-7z-compressed"},
    {"avif", "image/avif"},
    {"bmp", "image/bmp"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"epub", "application/epub+zip"},
    {"geojson", "application/geo+json"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"ics", "text/calendar"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"json", "application/json"},
    {"md", "text/markdown"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"rtf", "application/rtf"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"tsv", "text/tab-separated-values"},
    {"txt", "text/plain"},
    {"vcf", "text/vcard"},
    {"wav", "audio/vnd.wave"},
    {"webp", "image/webp"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"yaml", "application/yaml"},
    {"yml", "application/yaml"},
    {"zip", "application/zip"},
};

/* In any case of letters. */
static bool is_ending(str ending, const char *small)
{
    bool same = ending.n == strlen(small);
    for (size_t i = 0; same && i < ending.n; i++) {
        char c = ending.p[i];
        same = (c >= 'A' && c <= 'Z' ? c + 32 : c) == small[i];
    }
    return same;
}

str note_type_of_file(str name)
{
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.') {
        dot--;
    }
    str ending = dot ? str_sub(name, dot, name.n) : STR_NONE;
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (is_ending(ending, TYPES[i].ending)) {
            return str_from(TYPES[i].type);
        }
    }
    return STR_NONE;
}

/* What the readers of the keys fill. */
struct reading {
    const struct value *file, *type, *description, *relation;
};

static const struct note_key ATTACHMENT_KEYS[] = {
    {"file", NOTE_TYPE_TEXT, NOTE_REQUIRED, note_keep_value, NOTE_IN(reading, file),
     "A file in the note's folder or below it."},
    {"type", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(reading, type),
     "Its MIME type, such as text/csv; must be there where the end of its name does not "
     "say it."},
    {"description", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(reading, description),
     "What it is, in a line."},
    {"relation", NOTE_TYPE_RELATION, 0, note_keep_value, NOTE_IN(reading, relation),
     "What it is to the note: `supplement` (the default), `source`, `data`, "
     "`alternative` or `unspecified`."},
};

const struct note_keys NOTE_ATTACHMENT_KEYS =
    NOTE_KEYS_TABLE("attachment", "an attachment", ATTACHMENT_KEYS);

/* RFC 6838: two names of letters, digits and a few signs. */
static bool is_type(str type)
{
    size_t slash, n = 0;
    if (!str_find_char(type, '/', &slash) || slash == 0 || slash + 1 == type.n ||
        type.n > MAX_NAME) {
        return false;
    }
    for (size_t i = 0; i < type.n; i++) {
        char c = type.p[i];
        bool name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    (c >= '0' && c <= '9') || (c && strchr("!#$&-^_.+", c));
        n += c == '/';
        if (!name && c != '/') {
            return false;
        }
    }
    return n == 1;
}

static void find_type(struct note_loader *l, const struct value *v,
                      struct note_attachment *a)
{
    if (!v) {
        a->type = note_type_of_file(a->file);
        if (!a->type.n) {
            diag_report(l->sink, DIAG_MISSING_KEY, a->at,
                        "add `type: text/plain`, or what it is",
                        "the name `%.*s` does not say of what type the file is",
                        STR_ARG(file_name(a->file)));
        }
        return;
    }
    a->type = str_trim(v->text);
    if (!is_type(a->type)) {
        diag_report(l->sink, DIAG_BAD_VALUE, v->at, "write it as `text/csv`",
                    "`%.*s` is not a MIME type", STR_ARG(a->type));
    }
}

/* Readers of PDF tell attachments apart by their names. */
static void check_names(struct note_loader *l, const struct note_attachment *a)
{
    str name = file_name(a->file);
    for (size_t i = 0; i < l->note->attachments.n; i++) {
        const struct note_attachment *other = &l->note->attachments.v[i];
        if (str_eq(file_name(other->file), name)) {
            struct diag *d = diag_report(l->sink, DIAG_BAD_VALUE, a->at,
                                         "rename one of them",
                                         "two attachments are named `%.*s`",
                                         STR_ARG(name));
            diag_second(l->sink, d, other->at, "the other one");
            return;
        }
    }
    if (name.n > MAX_NAME) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, a->at, "rename it",
                    "the name of an attachment has at most %d bytes", MAX_NAME);
    }
}

static void add(struct note_loader *l, const struct value *v)
{
    static const struct note_file_words WORDS = {
        "an attachment", "copy the file beside the note", DIAG_NO_FILE,
    };
    struct reading r = {.file = v};
    if (v->kind == VALUE_MAPPING) {
        r.file = NULL;
        note_keys_read(l, &NOTE_ATTACHMENT_KEYS, v, &r);
    } else if (!note_type_check(l, NOTE_TYPE_TEXT, v, STR("an attachment"))) {
        return;
    }
    if (!r.file || !r.file->text.n) {
        return;
    }
    struct note_attachment a = {.file = r.file->text, .at = r.file->at};
    a.path = note_find_file(l, a.file, a.at, &WORDS);
    find_type(l, r.type, &a);
    a.description = r.description ? str_trim(r.description->text) : STR_NONE;
    note_check_length(l, a.description, r.description ? r.description->at : a.at,
                      "a `description`");
    int word = r.relation ? note_read_word(l, r.relation, RELATIONS, NOTE_RELATION_COUNT)
                          : 0;
    a.relation = (enum note_relation)(word < 0 ? 0 : word);
    check_names(l, &a);
    vec_push(l->arena, &l->note->attachments, a);
}

void note_attachments(struct note_loader *l, const struct value *v)
{
    if (v->n > MAX_ATTACHMENTS) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, v->at, "put them into an archive",
                    "a note has at most %d attachments, not %zu", MAX_ATTACHMENTS, v->n);
        return;
    }
    for (size_t i = 0; i < v->n; i++) {
        add(l, v->items[i]);
    }
}
