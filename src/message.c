/* SPDX-License-Identifier: MIT
 *
 * What a note says of the message that carries it, for programs that make messages. */
#include "infonote.h"

#include "base/file.h"
#include "page/page.h"
#include "screen/screen.h"
#include "stages.h"

static infonote_addresses addresses_of(infonote_note *n, enum note_email_list list)
{
    const struct note_email *e = &n->note->email;
    size_t count = e->lists[list].all.n;
    infonote_address *v = NEW_ARRAY(&n->arena, infonote_address, count);
    for (size_t i = 0; i < count; i++) {
        const struct note_address *from = &e->lists[list].all.v[i];
        v[i].name = str_copy(&n->arena, from->name).p;
        v[i].mailbox = str_copy(&n->arena, from->mailbox).p;
    }
    return (infonote_addresses){count, v};
}

/* The words of the title on one line. */
static str subject_of(infonote_note *n)
{
    const struct note_email *e = &n->note->email;
    struct buf out;
    if (e->subject.n) {
        return str_copy(&n->arena, e->subject);
    }
    str title = note_plain_text(n->note->title, &n->arena);
    buf_init(&out, &n->arena);
    for (size_t i = 0; i < title.n; i++) {
        bool blank = title.p[i] == '\n' || title.p[i] == ' ';
        bool again = blank && (!out.n || out.p[out.n - 1] == ' ');
        if (!again) {
            buf_char(&out, blank ? ' ' : title.p[i]);
        }
    }
    return str_copy(&n->arena, str_trim(buf_str(&out)));
}

static str filename_of(infonote_note *n)
{
    str path = n->source->path, own = n->note->email.filename;
    if (own.n) {
        return str_copy(&n->arena, own);
    }
    return path.n ? file_with_extension(&n->arena, file_name(path), ".pdf")
                  : STR("note.pdf");
}

static infonote_file file_of(infonote_note *n, str name, str type, str bytes)
{
    return (infonote_file){
        .name = str_copy(&n->arena, name).p, .type = str_copy(&n->arena, type).p,
        .bytes = bytes.p, .size = bytes.n,
    };
}

/* The page list has the note's attachments first, in their order. */
static void add_files(infonote_note *n, infonote_email *out)
{
    size_t count = n->note->attachments.n, i = 0;
    infonote_file *files = NEW_ARRAY(&n->arena, infonote_file, count + 1);
    if (n->note->email.attach_source) {
        str path = n->source->path;
        files[i++] = file_of(n, path.n ? file_name(path) : STR("note.yaml"),
                             STR("application/yaml"), n->source->text);
    }
    for (size_t k = 0; k < count; k++) {
        const struct page_attachment *a = &n->pages->attachments.v[k];
        files[i++] = file_of(n, a->name, a->type, a->bytes);
    }
    out->files = files;
    out->n_files = i;
}

const infonote_email *infonote_email_of(infonote_note *n)
{
    if (!stages_run(n, STAGE_PDF) || diag_has_errors(&n->sink)) {
        return NULL;
    }
    if (n->email) {
        return n->email;
    }
    infonote_email *e = n->email = NEW(&n->arena, infonote_email);
    e->from = addresses_of(n, NOTE_EMAIL_FROM);
    e->to = addresses_of(n, NOTE_EMAIL_TO);
    e->cc = addresses_of(n, NOTE_EMAIL_CC);
    e->bcc = addresses_of(n, NOTE_EMAIL_BCC);
    e->reply_to = addresses_of(n, NOTE_EMAIL_REPLY_TO);
    e->subject = subject_of(n).p;
    e->lang = str_copy(&n->arena, n->note->lang).p;
    e->has_cover = n->note->email.body != NULL;
    e->filename = filename_of(n).p;
    e->attach_pdf = n->note->email.attach_pdf;
    add_files(n, e);
    return e;
}

/* --- What a screen shows --- */

/* The layout tree of the covering text, which has no pages. */
static struct tree *cover_of(infonote_note *n)
{
    struct note *cover = n->note->email.cover;
    if (cover && !n->cover) {
        n->cover = tree_build(&(struct tree_request){
            cover, n->layout, engine_text(n->engine), &n->arena, &n->sink,
            &n->engine->images});
    }
    return cover ? n->cover : NULL;
}

/* False if there are errors. */
static bool prepare(infonote_note *n, bool cover, struct screen_request *out)
{
    if (!stages_run(n, STAGE_PAGES) || diag_has_errors(&n->sink)) {
        return false;
    }
    struct tree *text = cover ? cover_of(n) : NULL;
    *out = (struct screen_request){.tree = text ? text : n->tree, .bare = text != NULL,
                                   .arena = &n->arena};
    size_t anchors = n->pages->anchors.n;
    uint32_t *pages = NEW_ARRAY(&n->arena, uint32_t, anchors + 1);
    for (size_t i = 0; i < anchors; i++) {
        const struct page_anchor *a = &n->pages->anchors.v[i];
        pages[i] = a->placed ? a->page + 1 : 0;
    }
    out->pages = text ? NULL : pages;
    stages_tell_record(n);
    return !diag_has_errors(&n->sink);
}

static infonote_status give(infonote_note *n, struct buf *out, const char **bytes,
                            size_t *size)
{
    *size = out->n;
    buf_char(out, '\0');
    *bytes = out->p;
    return infonote_note_status(n);
}

infonote_status infonote_write_text(infonote_note *n, bool cover, const char **bytes,
                                    size_t *size)
{
    struct screen_request request;
    struct buf out;
    *bytes = NULL;
    *size = 0;
    if (!prepare(n, cover, &request)) {
        return infonote_note_status(n);
    }
    buf_init(&out, &n->arena);
    screen_text(&request, &out);
    return give(n, &out, bytes, size);
}

infonote_status infonote_write_html(infonote_note *n, bool cover, const char **bytes,
                                    size_t *size)
{
    struct screen_request request;
    struct buf out;
    *bytes = NULL;
    *size = 0;
    if (!prepare(n, cover, &request)) {
        return infonote_note_status(n);
    }
    buf_init(&out, &n->arena);
    n->pictures.all.n = 0;
    screen_html(&request, &out, &n->pictures);
    return give(n, &out, bytes, size);
}

size_t infonote_pictures(infonote_note *n, const infonote_picture **pictures)
{
    size_t count = n->pictures.all.n;
    infonote_picture *v = NEW_ARRAY(&n->arena, infonote_picture, count);
    for (size_t i = 0; i < count; i++) {
        const struct image *image = n->pictures.all.v[i].image;
        str type = image->type == IMAGE_PNG ? STR("image/png") : STR("image/jpeg");
        v[i].id = str_copy(&n->arena, n->pictures.all.v[i].id).p;
        v[i].file = file_of(n, file_name(image->name), type, image->bytes);
    }
    *pictures = v;
    return count;
}

/* Where the note has what was made into an address of the message. */
static struct place place_of(const infonote_note *n, const infonote_address *about)
{
    const struct note_email *e = &n->note->email;
    const infonote_email *made = n->email;
    const infonote_addresses *lists[NOTE_EMAIL_LISTS] = {
        &made->from, &made->to, &made->cc, &made->bcc, &made->reply_to,
    };
    for (int i = 0; about && i < NOTE_EMAIL_LISTS; i++) {
        for (size_t k = 0; k < lists[i]->n; k++) {
            if (&lists[i]->v[k] == about) {
                return e->lists[i].all.v[k].at;
            }
        }
    }
    return e->at.source ? e->at : (struct place){.source = n->source};
}

void infonote_report_email(infonote_note *note, infonote_email_fault fault,
                           const infonote_address *about, const char *message,
                           const char *hint)
{
    static const enum diag_code CODES[] = {
        [INFONOTE_BAD_ADDRESS] = DIAG_BAD_ADDRESS,
        [INFONOTE_BAD_HEADER] = DIAG_BAD_HEADER,
        [INFONOTE_BAD_SEAL] = DIAG_BAD_SEAL,
        [INFONOTE_LARGE_MESSAGE] = DIAG_LARGE_MESSAGE,
    };
    struct place at = note->email ? place_of(note, about)
                                  : (struct place){.source = note->source};
    diag_report(&note->sink, CODES[fault], at, hint, "%s", message);
    stages_tell_record(note);
}
