/* SPDX-License-Identifier: MIT
 *
 * In: a note. Out: the message, by GMime:
 *
 *     multipart/mixed
 *         multipart/alternative
 *             text/plain
 *             multipart/related   where there are pictures; else the HTML alone
 *                 text/html
 *                 image/…
 *         application/pdf         what `infonote render` makes
 *         …                       the note's attachments
 *
 * Nothing in it comes from a clock but the date, nothing from chance: Message-ID and
 * boundaries are digests of what is in the message. A boundary holds `=_`, which neither
 * quoted-printable nor base64 can, so none occurs in a part. */
#include "mail/mail.h"

#include <gmime/gmime.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/sha256.h"
#include "mail/header.h"

struct composing {
    infonote_note *note;
    const infonote_email *email;
    const struct mail_settings *settings;
    struct arena *arena;
    struct mail_message *out;
    GMimeMessage *message;
    struct sha256 digest; /* of all that is in it */
    unsigned boundaries;  /* made so far */
    bool failed;
};

/* --- Addresses --- */

static void add_recipient(struct composing *c, str mailbox)
{
    for (size_t i = 0; i < c->out->recipients.n; i++) {
        if (str_eq(c->out->recipients.v[i], mailbox)) {
            return;
        }
    }
    vec_push(c->arena, &c->out->recipients, mailbox);
}

static str ascii_of(struct composing *c, const infonote_address *address)
{
    const char *reason = NULL;
    str mailbox = mail_ascii_mailbox(str_from(address->mailbox), c->arena, &reason);
    if (!mailbox.n) {
        str message = str_format(c->arena, "the address `%s` has no form in ASCII: %s",
                                 address->mailbox, reason);
        infonote_report_email(c->note, INFONOTE_BAD_ADDRESS, address, message.p, NULL);
        c->failed = true;
    }
    return mailbox;
}

static void digest_add(struct composing *c, const char *what, str bytes)
{
    str head = str_format(c->arena, "%s %zu:", what, bytes.n);
    sha256_add(&c->digest, head);
    sha256_add(&c->digest, bytes);
}

/* As it stands there: GMime would divide it anew. */
static void set_header(GMimeObject *object, const char *name, struct header *value)
{
    GMimeHeaderList *all = g_mime_object_get_header_list(object);
    g_mime_header_list_set(all, name, "", NULL);
    g_mime_header_set_raw_value(g_mime_header_list_get_header(all, name),
                                header_end(value).p);
}

static void add_addresses(struct composing *c, const char *type,
                          const infonote_addresses *list)
{
    struct header header;
    header_begin(&header, c->arena, type);
    for (size_t i = 0; i < list->n; i++) {
        const infonote_address *address = &list->v[i];
        str mailbox = ascii_of(c, address);
        digest_add(c, address->name, mailbox);
        if (!mailbox.n) {
            continue;
        }
        header_put_address(&header, str_from(address->name), mailbox);
        if (strcmp(type, "From") == 0) {
            c->out->sender = mailbox;
        } else if (strcmp(type, "Reply-To") != 0) {
            add_recipient(c, mailbox);
        }
    }
    if (header.any) {
        set_header(GMIME_OBJECT(c->message), type, &header);
    }
}

/* --- Parts --- */

/* What base64 makes of so many bytes: lines of 76 letters. */
static size_t weight_of(size_t bytes)
{
    size_t letters = (bytes + 2) / 3 * 4;
    return letters + (letters + 75) / 76 * 2;
}

/* Of text that is quoted-printable already, or of bytes that GMime makes base64 of. */
static GMimePart *part_of(struct composing *c, const char *type, str bytes,
                          GMimeContentEncoding encoding)
{
    bool encoded = encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
    str sub, main = str_cut(str_from(type), '/', &sub);
    GMimePart *part = g_mime_part_new_with_type(str_copy(c->arena, main).p,
                                                str_copy(c->arena, sub).p);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.p, bytes.n);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(
        stream, encoded ? encoding : GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, encoding);
    g_object_unref(content);
    g_object_unref(stream);
    return part;
}

static void add_weight(struct composing *c, const char *name, size_t bytes)
{
    struct mail_part part = {str_copy(c->arena, str_from(name)), bytes};
    vec_push(c->arena, &c->out->parts, part);
}

static GMimePart *file_part(struct composing *c, const infonote_file *file)
{
    str bytes = {file->bytes, file->size};
    digest_add(c, file->type, bytes);
    add_weight(c, file->name, weight_of(bytes.n));
    return part_of(c, file->type, bytes, GMIME_CONTENT_ENCODING_BASE64);
}

/* Text is quoted-printable, or base64 where that takes fewer bytes: of other scripts. */
static GMimeObject *text_part(struct composing *c, const char *name, const char *type,
                              str text)
{
    str quoted = mail_quoted_printable(text, c->arena);
    bool base64 = weight_of(text.n) < quoted.n;
    GMimePart *part = base64
        ? part_of(c, type, text, GMIME_CONTENT_ENCODING_BASE64)
        : part_of(c, type, quoted, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    digest_add(c, type, text);
    add_weight(c, name, base64 ? weight_of(text.n) : quoted.n);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    return GMIME_OBJECT(part);
}

static void add_part(GMimeMultipart *into, GMimeObject *part)
{
    g_mime_multipart_add(into, part);
    g_object_unref(part);
}

/* The part's type is what it was made with. */
static void set_name(struct composing *c, GMimePart *part, const char *how,
                     const infonote_file *file)
{
    struct header header;
    header_begin(&header, c->arena, "Content-Type");
    header_put_value(&header, str_from(file->type));
    header_put_plain_name(&header, str_from(file->name));
    set_header(GMIME_OBJECT(part), "Content-Type", &header);
    header_begin(&header, c->arena, "Content-Disposition");
    header_put_value(&header, str_from(how));
    header_put_filename(&header, str_from(file->name));
    set_header(GMIME_OBJECT(part), "Content-Disposition", &header);
}

static void attach(struct composing *c, GMimeMultipart *into, const infonote_file *file)
{
    GMimePart *part = file_part(c, file);
    set_name(c, part, GMIME_DISPOSITION_ATTACHMENT, file);
    digest_add(c, "name", str_from(file->name));
    add_part(into, GMIME_OBJECT(part));
}

static GMimeObject *picture_part(struct composing *c, const infonote_picture *picture)
{
    const infonote_file *file = &picture->file;
    GMimePart *part = file_part(c, file);
    set_name(c, part, GMIME_DISPOSITION_INLINE, file);
    g_mime_part_set_content_id(part, picture->id);
    return GMIME_OBJECT(part);
}

/* The HTML, together with its pictures if it shows any. */
static GMimeObject *html_of(struct composing *c)
{
    const infonote_picture *pictures;
    str html;
    infonote_write_html(c->note, true, &html.p, &html.n);
    size_t n = infonote_pictures(c->note, &pictures);
    GMimeObject *part = text_part(c, "the HTML", "text/html", html);
    if (!n) {
        return part;
    }
    GMimeMultipart *related = g_mime_multipart_new_with_subtype("related");
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(related), "type", "text/html");
    add_part(related, part);
    for (size_t i = 0; i < n; i++) {
        add_part(related, picture_part(c, &pictures[i]));
    }
    return GMIME_OBJECT(related);
}

/* Programs show the last one that they can. */
static GMimeObject *alternative_of(struct composing *c)
{
    GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
    str text;
    infonote_write_text(c->note, true, &text.p, &text.n);
    add_part(both, text_part(c, "the text", "text/plain", text));
    add_part(both, html_of(c));
    return GMIME_OBJECT(both);
}

/* Sealed, if that is asked for. What it was before counts for the Message-ID: encrypted,
 * it is never the same. */
static void attach_pdf(struct composing *c, GMimeMultipart *into, infonote_file *pdf)
{
    const struct mail_settings *s = c->settings;
    const char *fault = NULL;
    str plain = {pdf->bytes, pdf->size};
    str sealed = s->seal ? s->seal(s->user, plain, c->arena, &fault) : plain;
    if (!sealed.n) {
        str message = str_format(c->arena, "the PDF cannot be sealed: %s", fault);
        infonote_report_email(c->note, INFONOTE_BAD_SEAL, NULL, message.p, NULL);
        c->failed = true;
        return;
    }
    digest_add(c, pdf->name, plain);
    struct sha256 kept = c->digest;
    pdf->bytes = sealed.p;
    pdf->size = sealed.n;
    attach(c, into, pdf);
    c->digest = kept;
}

static GMimeObject *body_of(struct composing *c)
{
    GMimeMultipart *mixed = g_mime_multipart_new_with_subtype("mixed");
    add_part(mixed, alternative_of(c));
    if (c->email->attach_pdf) {
        infonote_file pdf = {.name = c->email->filename, .type = "application/pdf"};
        infonote_write_bytes(c->note, &pdf.bytes, &pdf.size);
        attach_pdf(c, mixed, &pdf);
    }
    for (size_t i = 0; i < c->email->n_files; i++) {
        attach(c, mixed, &c->email->files[i]);
    }
    return GMIME_OBJECT(mixed);
}

/* --- The whole --- */

static void set_boundaries(struct composing *c, GMimeObject *part, const char digest[65])
{
    if (!GMIME_IS_MULTIPART(part)) {
        return;
    }
    GMimeMultipart *multipart = GMIME_MULTIPART(part);
    str boundary = str_format(c->arena, "=_%.24s_%u", digest, ++c->boundaries);
    g_mime_multipart_set_boundary(multipart, boundary.p);
    for (int i = 0; i < g_mime_multipart_get_count(multipart); i++) {
        set_boundaries(c, g_mime_multipart_get_part(multipart, i), digest);
    }
}

static void add_head(struct composing *c)
{
    const infonote_email *e = c->email;
    struct header subject;
    GDateTime *date = g_date_time_new_from_unix_utc(c->settings->date);
    add_addresses(c, "From", &e->from);
    add_addresses(c, "Reply-To", &e->reply_to);
    add_addresses(c, "To", &e->to);
    add_addresses(c, "Cc", &e->cc);
    add_addresses(c, "Bcc", &e->bcc);
    header_begin(&subject, c->arena, "Subject");
    header_put_text(&subject, str_from(e->subject));
    set_header(GMIME_OBJECT(c->message), "Subject", &subject);
    g_mime_message_set_date(c->message, date);
    digest_add(c, "subject", str_from(e->subject));
    if (c->settings->record) {
        digest_add(c, "record", str_format(c->arena, "%" PRIu64, c->settings->record));
    }
    digest_add(c, "date", str_format(c->arena, "%lld", (long long)c->settings->date));
    g_date_time_unref(date);
}

/* The name of no machine and no user is in it. */
static void set_id(struct composing *c, const char digest[65])
{
    size_t at;
    str host = STR("infonote.invalid");
    if (c->out->sender.n && str_find_char(c->out->sender, '@', &at)) {
        host = str_sub(c->out->sender, at + 1, c->out->sender.n);
    }
    c->out->id = str_format(c->arena, "%.40s@%.*s", digest, STR_ARG(host));
    g_mime_message_set_message_id(c->message, c->out->id.p);
}

static str header_lines(struct composing *c, GMimeFormatOptions *format, const char *name)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(c->message));
    GMimeHeader *header = g_mime_header_list_get_header(headers, name);
    GMimeStream *stream = g_mime_stream_mem_new();
    if (header) {
        g_mime_header_write_to_stream(header, format, stream);
    }
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    str lines = str_copy(c->arena, (str){(const char *)bytes->data, bytes->len});
    g_object_unref(stream);
    return lines;
}

static void write_out(struct composing *c)
{
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    c->out->bcc = header_lines(c, format, "Bcc");
    g_mime_format_options_add_hidden_header(format, "Bcc");
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_object_write_to_stream(GMIME_OBJECT(c->message), format, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    c->out->bytes = str_copy(c->arena, (str){(const char *)bytes->data, bytes->len});
    g_object_unref(stream);
    g_mime_format_options_free(format);
}

static void add_body(struct composing *c)
{
    unsigned char sum[32];
    char digest[65];
    GMimeObject *body = body_of(c);
    sha256_end(&c->digest, sum);
    sha256_hex(sum, digest);
    set_boundaries(c, body, digest);
    set_id(c, digest);
    g_mime_message_set_mime_part(c->message, body);
    g_object_unref(body);
}

/* Of a note with an error, as a refused address is, nothing is written: its message would
 * have no text. */
static void compose(struct composing *c)
{
    c->message = g_mime_message_new(TRUE);
    c->out->date = c->settings->date;
    add_head(c);
    if (!c->failed) {
        add_body(c);
        write_out(c);
    }
    g_object_unref(c->message);
}

bool mail_compose(infonote_note *note, const struct mail_settings *settings,
                  struct arena *a, struct mail_message *out)
{
    static bool ready;
    struct composing c = {note, infonote_email_of(note), settings, a, out, NULL,
                          {{0}, 0, {0}}, 0, false};
    *out = (struct mail_message){0};
    if (!c.email) {
        return false;
    }
    if (!ready) {
        g_mime_init();
        ready = true;
    }
    sha256_init(&c.digest);
    compose(&c);
    return !c.failed;
}
