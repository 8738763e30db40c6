/* SPDX-License-Identifier: MIT
 *
 * In: `email`, a mapping. Out: who sends the note to whom, and what the message holds
 * besides it. Merge fields are filled already; a value is one address at most, whatever
 * is in it, and never a further line of a header. */
#include "note/load.h"

enum { MAX_RECIPIENTS = 1000, MAX_SUBJECT = 900, MAX_FILENAME = 200 };

static const char *const NAMES[NOTE_EMAIL_LISTS] = {
    [NOTE_EMAIL_FROM] = "from", [NOTE_EMAIL_TO] = "to",
    [NOTE_EMAIL_CC] = "cc",     [NOTE_EMAIL_BCC] = "bcc",
    [NOTE_EMAIL_REPLY_TO] = "reply-to",
};

static void read_one(struct note_loader *l, const struct value *v,
                     enum note_email_list list)
{
    struct note_address address;
    str what = str_format(l->sink->arena, "an address of `%s`", NAMES[list]);
    if (note_type_check(l, NOTE_TYPE_TEXT, v, what) &&
        note_address(l, v, NAMES[list], &address)) {
        vec_push(l->arena, &l->note->email.lists[list].all, address);
    }
}

static void read_addresses(struct note_loader *l, const struct value *v,
                           enum note_email_list list)
{
    if (v->kind == VALUE_SCALAR) {
        read_one(l, v, list);
        return;
    }
    if (v->n == 0) {
        diag_report(l->sink, DIAG_BAD_ADDRESS, v->at, "add an address, or delete the key",
                    "the list of addresses `%s` is empty", NAMES[list]);
    }
    if (v->n > MAX_RECIPIENTS) {
        diag_report(l->sink, DIAG_BAD_ADDRESS, v->at,
                    "make a message for each with `infonote bulk`",
                    "`%s` has %zu addresses; a message has at most %d recipients",
                    NAMES[list], v->n, MAX_RECIPIENTS);
        return;
    }
    for (size_t i = 0; i < v->n; i++) {
        read_one(l, v->items[i], list);
    }
}

#define LIST_READER(name, list)                                                         \
    static void read_##name(struct note_loader *l, const struct value *v, void *into)   \
    {                                                                                   \
        (void)into;                                                                     \
        read_addresses(l, v, list);                                                     \
    }

LIST_READER(from, NOTE_EMAIL_FROM)
LIST_READER(to, NOTE_EMAIL_TO)
LIST_READER(cc, NOTE_EMAIL_CC)
LIST_READER(bcc, NOTE_EMAIL_BCC)
LIST_READER(reply_to, NOTE_EMAIL_REPLY_TO)

/* False, and a report, if it could become two lines of a header. */
static bool check_line(struct note_loader *l, const struct value *v, const char *what)
{
    if (note_is_one_line(str_trim(v->text))) {
        return true;
    }
    diag_report(l->sink, DIAG_BAD_HEADER, v->at, "write it on one line",
                "%s has a line break or a control character in it", what);
    return false;
}

static void read_subject(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    str text = str_trim(v->text);
    if (!check_line(l, v, "the subject")) {
        return;
    }
    if (text.n > MAX_SUBJECT) {
        diag_report(l->sink, DIAG_BAD_HEADER, v->at, "shorten it",
                    "the subject has %zu bytes; at most %d are shown by mail programs",
                    text.n, MAX_SUBJECT);
    }
    l->note->email.subject = text;
}

static void read_filename(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    str text = str_trim(v->text);
    size_t at;
    const char *message = NULL, *hint = NULL;
    if (!check_line(l, v, "the name of the PDF")) {
        return;
    }
    if (str_find_char(text, '/', &at) || str_find_char(text, '\\', &at)) {
        message = "a name of a file, not a path", hint = "leave the folders out";
    } else if (text.n > MAX_FILENAME) {
        message = "a name that files can have: at most 200 bytes", hint = "shorten it";
    } else if (!str_ends(text, STR(".pdf")) || text.p[0] == '.') {
        message = "the name of a PDF", hint = "end it with `.pdf`";
    }
    if (message) {
        diag_report(l->sink, DIAG_BAD_NAME, v->at, hint, "`filename` takes %s", message);
    }
    l->note->email.filename = text;
}

static void read_attach_word(struct note_loader *l, const struct value *v, unsigned *out)
{
    static const char *const WORDS[] = {"pdf", "source", "none"};
    int word = note_type_check(l, NOTE_TYPE_TEXT, v, STR("an item of `attach`"))
        ? note_read_word(l, v, WORDS, 3) : -1;
    *out |= word < 0 ? 0 : 1u << word;
}

static void read_attach(struct note_loader *l, const struct value *v, void *into)
{
    struct note_email *e = &l->note->email;
    unsigned words = 0;
    (void)into;
    if (v->kind == VALUE_SCALAR) {
        read_attach_word(l, v, &words);
    }
    for (size_t i = 0; v->kind == VALUE_SEQUENCE && i < v->n; i++) {
        read_attach_word(l, v->items[i], &words);
    }
    e->attach_pdf = words & 1;
    e->attach_source = words & 2;
    if ((words & 4) && words != 4) {
        diag_report(l->sink, DIAG_BAD_VALUE, v->at, "write it alone",
                    "`none` beside other things to attach");
    }
}

static void read_body(struct note_loader *l, const struct value *v, void *into)
{
    (void)into;
    l->note->email.body = v;
}

static const struct note_key EMAIL_KEYS[] = {
    {"from", NOTE_TYPE_TEXT, 0, read_from, 0,
     "Who sends it: `name@example.org` or `Name <name@example.org>`."},
    {"to", NOTE_TYPE_TEXTS, 0, read_to, 0, "Who gets it: an address or a list of them."},
    {"cc", NOTE_TYPE_TEXTS, 0, read_cc, 0, "Who gets a copy."},
    {"bcc", NOTE_TYPE_TEXTS, 0, read_bcc, 0,
     "Who gets a copy without the others being told."},
    {"reply-to", NOTE_TYPE_TEXTS, 0, read_reply_to, 0,
     "Who gets the answers, if not the sender."},
    {"subject", NOTE_TYPE_TEXT, 0, read_subject, 0, "The subject; else the title."},
    {"body", NOTE_TYPE_BODY, 0, read_body, 0,
     "A covering text, which the message holds instead of the note."},
    {"attach", NOTE_TYPE_TEXTS, 0, read_attach, 0,
     "What of the note is attached: `pdf` (the default), `source`, both in a list, or "
     "`none`."},
    {"filename", NOTE_TYPE_TEXT, 0, read_filename, 0,
     "The name of the attached PDF; else that of the note's file."},
};

const struct note_keys NOTE_EMAIL_KEYS = NOTE_KEYS_TABLE("email", "`email`", EMAIL_KEYS);

void note_email(struct note_loader *l, const struct value *v)
{
    struct note_email *e = &l->note->email;
    e->at = v->at;
    note_keys_read(l, &NOTE_EMAIL_KEYS, v, e);
    size_t n = e->lists[NOTE_EMAIL_TO].all.n + e->lists[NOTE_EMAIL_CC].all.n +
               e->lists[NOTE_EMAIL_BCC].all.n;
    if (n > MAX_RECIPIENTS) {
        diag_report(l->sink, DIAG_BAD_ADDRESS, v->at,
                    "make a message for each with `infonote bulk`",
                    "`to`, `cc` and `bcc` have %zu addresses together; a message has at "
                    "most %d recipients", n, MAX_RECIPIENTS);
    }
}
