/* SPDX-License-Identifier: MIT
 *
 * In: the values of a note. Out: the note. The table of its keys is read in the order of
 * the file; then, with everything known, footnotes, ids and links are put together. */
#include "note/load.h"

#include "base/file.h"
#include "base/utf8.h"

/* The plain fields of a note: one reader each, made from one line each. */
#define TEXT_READER(field)                                                              \
    static void read_##field(struct note_loader *l, const struct value *v, void *into)  \
    {                                                                                   \
        (void)into;                                                                     \
        l->note->field = str_trim(v->text);                                             \
        note_check_length(l, l->note->field, v->at, "a `" #field "`");                  \
    }

TEXT_READER(reference)
TEXT_READER(classification)
TEXT_READER(subject)

static void read_layout(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    l->note->layout = str_trim(v->text);
    l->note->layout_at = v->at;
}

static void read_lang(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    if (note_check_language(l, v->text, v->at)) {
        l->note->lang = v->text;
    }
}

static void read_date(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    str text = str_trim(v->text);
    if (note_check_date(l, text, v->at)) {
        l->note->date = text;
    }
}

static struct note_node *paragraph_of(struct note_loader *l, const struct value *v)
{
    if (str_trim(v->text).n == 0) {
        return NULL;
    }
    struct note_node *paragraph = note_node_new(l, NOTE_PARAGRAPH, v->at);
    note_markdown_inline(l, v, paragraph);
    return paragraph;
}

static void read_title(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    l->note->title = paragraph_of(l, v);
    struct note_node *title = l->note->title;
    /* The PDF must have a title, and a footnote's mark is none. */
    if (title && utf8_is_blank(note_plain_text(title, l->arena))) {
        diag_report(l->sink, DIAG_MISSING_KEY, v->at, "write words",
                    "`title` of a note shows nothing");
    }
}

static void read_subtitle(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    l->note->subtitle = paragraph_of(l, v);
}

static void read_author(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    if (v->kind == VALUE_SCALAR) {
        vec_push(l->arena, &l->note->authors, str_trim(v->text));
    }
    for (size_t i = 0; v->kind == VALUE_SEQUENCE && i < v->n; i++) {
        if (note_type_check(l, NOTE_TYPE_TEXT, v->items[i], STR("an author"))) {
            vec_push(l->arena, &l->note->authors, str_trim(v->items[i]->text));
        }
    }
    note_check_joined(l, l->note->authors.v, l->note->authors.n, v->at);
}

/* A list, or one text with commas. */
static void read_keywords(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    str rest = v->kind == VALUE_SCALAR ? v->text : STR_NONE;
    while (rest.n) {
        str word = str_trim(str_cut(rest, ',', &rest));
        if (word.n) {
            vec_push(l->arena, &l->note->keywords, word);
        }
    }
    for (size_t i = 0; v->kind == VALUE_SEQUENCE && i < v->n; i++) {
        if (note_type_check(l, NOTE_TYPE_TEXT, v->items[i], STR("a keyword"))) {
            vec_push(l->arena, &l->note->keywords, str_trim(v->items[i]->text));
        }
    }
    note_check_joined(l, l->note->keywords.v, l->note->keywords.n, v->at);
}

static void read_fields(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    l->note->facts = note_facts(l, v);
    if (!l->note->facts->first) {
        l->note->facts = NULL;
    }
}

static void read_body(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    note_body(l, v, 0, l->note->body);
}

static void read_sections(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    note_sections(l, v, 1, l->note->body);
}

static void read_footnotes(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    for (size_t i = 0; i < v->n; i++) {
        const struct value_pair *pair = &v->pairs[i];
        struct note_footnote *f = note_footnote_define(l, pair->key->text, pair->key->at);
        if (!f) {
            continue;
        }
        f->body = note_node_new(l, NOTE_BODY, pair->value->at);
        if (note_type_fits(NOTE_TYPE_BODY, pair->value)) {
            note_body(l, pair->value, 0, f->body);
        } else {
            note_type_check(l, NOTE_TYPE_BODY, pair->value,
                            str_format(l->sink->arena, "the footnote `%.*s`",
                                       STR_ARG(pair->key->text)));
        }
    }
}

static void read_disclaimer(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    l->note->disclaimer = note_node_new(l, NOTE_BODY, v->at);
    note_body(l, v, 0, l->note->disclaimer);
    if (!l->note->disclaimer->first) {
        l->note->disclaimer = NULL;
    }
}

static void read_attachments(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    note_attachments(l, v);
}

static void read_email(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    note_email(l, v);
}

static const struct note_key KEYS[] = {
    {"layout", NOTE_TYPE_TEXT, 0, read_layout, 0,
     "The layout: a name, or a file beside the note."},
    {"lang", NOTE_TYPE_TEXT, 0, read_lang, 0,
     "The language of the note (BCP 47), such as en-GB; without it there is a warning, "
     "and `en` is written."},
    {"title", NOTE_TYPE_TEXT, NOTE_REQUIRED, read_title, 0,
     "The title, in inline Markdown."},
    {"subtitle", NOTE_TYPE_TEXT, 0, read_subtitle, 0,
     "The subtitle, in inline Markdown."},
    {"reference", NOTE_TYPE_TEXT, 0, read_reference, 0, "A reference number or sign."},
    {"date", NOTE_TYPE_TEXT, 0, read_date, 0,
     "The date: year-month-day, or any text that says it."},
    {"classification", NOTE_TYPE_TEXT, 0, read_classification, 0,
     "Who may read the note."},
    {"author", NOTE_TYPE_TEXTS, 0, read_author, 0, "The author, or a list of them."},
    {"authors", NOTE_TYPE_TEXTS, 0, read_author, 0, "The authors."},
    {"subject", NOTE_TYPE_TEXT, 0, read_subject, 0,
     "What the note is about, in a line."},
    {"keywords", NOTE_TYPE_TEXTS, 0, read_keywords, 0,
     "Words to find the note by: a list, or one text with commas."},
    {"fields", NOTE_TYPE_FIELDS, 0, read_fields, 0,
     "Labelled facts below the title; a mapping inside is facts below a fact."},
    {"body", NOTE_TYPE_BODY, 0, read_body, 0, "The text: Markdown or a list of blocks."},
    {"sections", NOTE_TYPE_SECTIONS, 0, read_sections, 0,
     "Headings with their texts; the layout numbers them."},
    {"footnotes", NOTE_TYPE_FOOTNOTES, 0, read_footnotes, 0,
     "The footnotes that marks such as [^name] refer to."},
    {"disclaimer", NOTE_TYPE_BODY, 0, read_disclaimer, 0,
     "What the layout sets apart as the disclaimer."},
    {"attachments", NOTE_TYPE_ATTACHMENTS, 0, read_attachments, 0,
     "Files that travel inside the PDF."},
    {"email", NOTE_TYPE_EMAIL, 0, read_email, 0,
     "The message that `infonote mail` makes: sender, recipients, subject."},
    {"data", NOTE_TYPE_LISTING, NOTE_MERGED, NULL, 0,
     "Values for merge fields: names with texts, lists and mappings."},
};

const struct note_keys NOTE_TOP_KEYS = NOTE_KEYS_TABLE("note", "a note", KEYS);

/* A PDF must name its language (PDF/UA-1, 7.2): what is written for a note that says none
 * is a guess, which hyphenates and speaks it. */
static void check_language_said(struct note_loader *l, const struct value *root)
{
    if (note_keys_lacks(l, &NOTE_TOP_KEYS, root, "lang")) {
        struct place at = root->at;
        at.width = 1;
        diag_report(l->sink, DIAG_NO_LANGUAGE, at, "add `lang: en-GB`, or what it is in",
                    "the note does not say its language; `en` is written");
    }
}

/* What is found out once all of a note, or of a covering text, is read. */
static void finish(struct note_loader *l)
{
    note_footnotes_resolve(l);
    note_ids_finish(l);
    note_lists_finish(l);
    note_lengths_finish(l);
}

/* A covering text is a note of its own: its footnotes, ids and links are not those of the
 * note that it covers. */
static struct note *load_cover(const struct note_loader *of)
{
    const struct value *body = of->note->email.body;
    struct note_loader l = *of;
    l.note = NEW(of->arena, struct note);
    l.links.n = l.links.cap = l.defined.n = l.defined.cap = 0;
    l.continued.n = l.continued.cap = l.id_names.n = l.id_names.cap = 0;
    map_init(&l.footnotes, l.arena);
    map_init(&l.ids, l.arena);
    l.note->source = of->note->source;
    l.note->layout = of->note->layout;
    l.note->layout_at = of->note->layout_at;
    l.note->lang = of->note->lang;
    l.note->title = of->note->title;
    l.note->body = note_node_new(&l, NOTE_BODY, body->at);
    note_body(&l, body, 0, l.note->body);
    finish(&l);
    return l.note;
}

struct note *note_load(const struct value *root, struct arena *a, struct diag_sink *sink)
{
    return note_load_merged(root, NULL, a, sink);
}

struct note *note_load_merged(const struct value *root, const struct note_data *data,
                              struct arena *a, struct diag_sink *sink)
{
    if (root->kind != VALUE_MAPPING) {
        diag_report(sink, DIAG_WRONG_TYPE, root->at, "begin with `title: …`",
                    "a note is a mapping of keys to values, not %s",
                    value_kind_name(root));
        return NULL;
    }
    struct note_loader l = {
        .arena = a, .sink = sink, .note = NEW(a, struct note),
        .folder = root->at.source->path.n ? file_directory(a, root->at.source->path)
                                          : STR("."),
        .root = root->at.source->root,
        .parsed = data ? data->parsed : NULL,
        .kept = data ? data->kept : NULL,
    };
    note_merge_init(&l.merge, a, sink);
    root = note_merge(&l.merge, root, data);
    if (!root) {
        return NULL;
    }
    map_init(&l.footnotes, a);
    map_init(&l.ids, a);
    l.note->source = root->at.source;
    l.note->lang = STR("en");
    l.note->email.attach_pdf = true;
    l.note->body = note_node_new(&l, NOTE_BODY, root->at);
    note_keys_read(&l, &NOTE_TOP_KEYS, root, l.note);
    check_language_said(&l, root);
    finish(&l);
    if (l.note->email.body) {
        l.note->email.cover = load_cover(&l);
    }
    return l.note;
}
