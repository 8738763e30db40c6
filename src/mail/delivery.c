/* SPDX-License-Identifier: MIT
 *
 * In: wishes. Out: a delivery. Passwords come from the environment or from files: what
 * stands on a command line, everyone on the machine can read. */
#include "mail/delivery.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "mail/smime.h"

enum {
    MAX_PASSWORD_FILE = 4096,
    MAX_RETRIES = 100,
    MAX_TIMEOUT = 3600,
    MAX_RATE = 1000000,
    MAX_NAME = 255,
};

static const char SMTP_PASSWORD[] = "INFONOTE_SMTP_PASSWORD";
static const char PDF_PASSWORD[] = "INFONOTE_PDF_PASSWORD";
static const char KEY_PASSWORD[] = "INFONOTE_KEY_PASSWORD";

bool mail_wish(struct mail_wishes *w, const char *option, const char *value)
{
    const struct { const char *option; const char **wish; } TABLE[] = {
        {"send", &w->send}, {"no-tls", &w->no_tls}, {"tls-ca", &w->tls_ca},
        {"smtp-password", &w->smtp_password}, {"helo", &w->helo},
        {"retries", &w->retries}, {"timeout", &w->timeout}, {"rate", &w->rate},
        {"sign", &w->sign}, {"cert", &w->cert}, {"smime", &w->smime},
        {"encrypt-pdf", &w->encrypt}, {"pdf-password", &w->pdf_password},
        {"password-field", &w->password_field},
    };
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
        if (strcmp(TABLE[i].option, option) == 0) {
            *TABLE[i].wish = value;
            return true;
        }
    }
    return false;
}

/* --- Passwords --- */

static const char *from_file(const char *path, struct arena *a, const char **out,
                             int *status)
{
    struct file_result r = file_read(a, str_from(path), MAX_PASSWORD_FILE);
    str line = r.bytes;
    if (r.status != FILE_OK) {
        *status = MAIL_FAILED;
        return str_format(a, "cannot read the password in `%s`", path).p;
    }
    while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r')) {
        line.n--;
    }
    size_t at;
    if (!line.n || str_find_char(line, '\n', &at) || memchr(line.p, 0, line.n)) {
        return str_format(a, "`%s` must hold one line, the password", path).p;
    }
    *out = str_copy(a, line).p;
    return NULL;
}

/* From the file, if there is one, else from the environment, which forgets it. */
static const char *find_password(const char *file, const char *variable, struct arena *a,
                                 const char **out, int *status)
{
    const char *value = getenv(variable);
    *out = value && *value ? str_copy(a, str_from(value)).p : NULL;
    unsetenv(variable);
    return file ? from_file(file, a, out, status) : NULL;
}

/* --- The server --- */

static bool read_number(const char *text, unsigned long high, unsigned long *out)
{
    size_t digits = strspn(text, "0123456789");
    *out = digits && digits < 10 ? strtoul(text, NULL, 10) : high + 1;
    return digits && text[digits] == '\0' && *out <= high;
}

/* "10/s", "600/min", "1000/h". */
static const char *read_pace(const char *rate, int64_t *pace, struct arena *a)
{
    static const struct { const char *unit; int64_t seconds; } UNITS[] = {
        {"/s", 1}, {"/min", 60}, {"/h", 3600},
    };
    size_t digits = strspn(rate, "0123456789");
    unsigned long n = 0;
    const char *number = str_copy(a, (str){rate, digits}).p;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        if (strcmp(rate + digits, UNITS[i].unit) == 0 &&
            read_number(number, MAX_RATE, &n) && n) {
            *pace = UNITS[i].seconds * 1000000 / (int64_t)n;
            return NULL;
        }
    }
    return str_format(a, "`--rate` takes a number a time: 10/s, 600/min or 1000/h, not "
                      "`%s`", rate).p;
}

static const char *read_login(struct smtp_server *s, const struct mail_wishes *w,
                              struct arena *a, int *status)
{
    const char *fault = find_password(w->smtp_password, SMTP_PASSWORD, a, &s->password,
                                      status);
    if (fault || !s->user) {
        return fault;
    }
    if (!s->password) {
        return str_format(a, "`%s` needs a password: set %s, or name a file: "
                          "--smtp-password FILE", s->user, SMTP_PASSWORD).p;
    }
    return s->plain && !smtp_is_local(s->url)
        ? "`--no-tls` would show the password to the network" : NULL;
}

/* A host's name, or an address in brackets: what is said there must not end the line. */
static bool is_name(const char *name)
{
    static const char ALLOWED[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789.-:[]";
    size_t n = strspn(name, ALLOWED);
    return n && n <= MAX_NAME && !name[n];
}

static const char *read_manners(struct smtp_server *s, const struct mail_wishes *w,
                                struct arena *a)
{
    unsigned long n;
    if (w->helo && !is_name(w->helo)) {
        return str_format(a, "`--helo` takes the name of a machine, such as "
                          "mail.example.org, not `%s`", w->helo).p;
    }
    s->name = w->helo;
    if (w->retries) {
        if (!read_number(w->retries, MAX_RETRIES, &n)) {
            return str_format(a, "`--retries` takes a number, 0 to %d, not `%s`",
                              MAX_RETRIES, w->retries).p;
        }
        s->retries = n ? (int)n : -1;
    }
    if (w->timeout) {
        if (!read_number(w->timeout, MAX_TIMEOUT, &n) || !n) {
            return str_format(a, "`--timeout` takes seconds, 1 to %d, not `%s`",
                              MAX_TIMEOUT, w->timeout).p;
        }
        s->timeout = (int)n;
        s->final_timeout = (int)n * (SMTP_FINAL_TIMEOUT / SMTP_TIMEOUT);
    }
    return w->rate ? read_pace(w->rate, &s->pace, a) : NULL;
}

static const char *read_server(struct mail_delivery *d, const struct mail_wishes *w,
                               struct arena *a, int *status)
{
    struct smtp_server *s = &d->server;
    const char *fault = smtp_read_url(w->send, s, a);
    if (fault) {
        return str_format(a, "`--send` takes smtp(s)://user@host:port; %s", fault).p;
    }
    s->plain = w->no_tls != NULL;
    s->ca = w->tls_ca;
    if (s->plain && strncmp(s->url, "smtps:", 6) == 0) {
        return "smtps:// is TLS: it does not go with `--no-tls`";
    }
    if (s->ca && !file_exists(str_from(s->ca))) {
        *status = MAIL_FAILED;
        return str_format(a, "cannot read the certificates in `%s`", s->ca).p;
    }
    fault = read_manners(s, w, a);
    return fault ? fault : read_login(s, w, a, status);
}

/* --- Sealing --- */

static const char *read_keys(struct mail_delivery *d, const struct mail_wishes *w,
                             struct arena *a, int *status)
{
    const char *password, *fault = NULL;
    find_password(NULL, KEY_PASSWORD, a, &password, status);
    const char *key = w->sign ? w->sign : w->smime;
    if (!key || !w->cert) {
        return key      ? "a key needs its certificate: --cert FILE"
               : w->cert ? "`--cert` is for a key: --sign KEY, or --smime KEY"
                         : NULL;
    }
    *status = MAIL_FAILED;
    if (w->sign && !(d->sign = sign_key_load(w->sign, w->cert, password, a, &fault))) {
        return fault;
    }
    if (w->smime && !(d->smime = sign_key_load(w->smime, w->cert, password, a, &fault))) {
        return fault;
    }
    return NULL;
}

static const char *read_encryption(struct mail_delivery *d, const struct mail_wishes *w,
                                   bool bulk, struct arena *a, int *status)
{
    const char *fault = find_password(w->pdf_password, PDF_PASSWORD, a, &d->password,
                                      status);
    d->encrypt = w->encrypt != NULL;
    d->password_field = w->password_field;
    if (fault) {
        return fault;
    }
    if (!d->encrypt) {
        return w->pdf_password || w->password_field
            ? "a password is for `--encrypt-pdf`" : NULL;
    }
    if (w->password_field) {
        d->password = NULL;
        return NULL;
    }
    if (!d->password) {
        const char *more = bulk ? ", or a field of the data: --password-field NAME" : "";
        return str_format(a, "`--encrypt-pdf` needs a password: set %s, or name a file: "
                          "--pdf-password FILE%s", PDF_PASSWORD, more).p;
    }
    fault = seal_password_fault(str_from(d->password));
    return fault ? str_format(a, "the password of the PDF cannot be used: %s", fault).p
                 : NULL;
}

const char *mail_delivery_init(struct mail_delivery *d, const struct mail_wishes *w,
                               bool bulk, struct arena *a, int *status)
{
    *d = (struct mail_delivery){0};
    *status = MAIL_WRONG_USE;
    const char *fault = read_encryption(d, w, bulk, a, status);
    if (!fault && w->send) {
        fault = read_server(d, w, a, status);
    } else if (!fault && (w->no_tls || w->tls_ca || w->smtp_password || w->rate ||
                          w->helo || w->retries || w->timeout)) {
        fault = "how to send needs where to: --send smtp://user@host:port";
    }
    return fault ? fault : read_keys(d, w, a, status);
}

void mail_delivery_done(struct mail_delivery *d)
{
    sign_key_free(d->sign);
    sign_key_free(d->smime);
}

/* Encryption and PDF/A exclude each other; PDF/UA stays. */
const char *mail_delivery_standard(const struct mail_delivery *d, const char *asked)
{
    return d->encrypt && !asked ? "ua-1" : asked;
}

bool mail_delivery_allows(const struct mail_delivery *d, const char *asked)
{
    return !d->encrypt || !asked || (!strstr(asked, "a-2") && !strstr(asked, "a-3"));
}

bool mail_check_print(const struct mail_delivery *d, infonote_note *note)
{
    bool prints = d->asked ? strstr(d->asked, "x-4") != NULL : infonote_for_print(note);
    if (!prints || (!d->sign && !d->encrypt)) {
        return true;
    }
    infonote_report_email(note, INFONOTE_BAD_SEAL, NULL, d->encrypt
                          ? "a file for print cannot be encrypted: PDF/X-4 forbids it"
                          : "a file for print cannot be signed: PDF/X-4 has no fields",
                          d->encrypt ? "say `--standard ua-1`: a file for screens"
                          : "say `--standard a-2a,ua-1`: a file for screens; or "
                            "`--smime`, which signs the message");
    return false;
}

str mail_seal_pdf(const struct mail_delivery *d, const char *password, str pdf,
                  struct arena *a, const char **fault)
{
    if (!d->sign && !d->encrypt) {
        return pdf;
    }
    password = password ? password : d->password;
    struct seal seal = {.key = d->sign, .password = d->encrypt ? password : NULL,
                        .date = d->date};
    const char *bad = d->encrypt ? seal_password_fault(str_from(password)) : NULL;
    if (bad) {
        *fault = str_format(a, "its password cannot be used: %s", bad).p;
        return STR_NONE;
    }
    struct buf out;
    buf_init(&out, a);
    return seal_pdf(&seal, pdf, &out, fault) ? buf_str(&out) : STR_NONE;
}

bool mail_check_envelope(infonote_note *note, const struct mail_message *m)
{
    if (!m->sender.n) {
        infonote_report_email(note, INFONOTE_BAD_ADDRESS, NULL,
                              "a message without `from` cannot be sent",
                              "say who sends it, in `email` or with `--from`");
    }
    if (!m->recipients.n) {
        infonote_report_email(note, INFONOTE_BAD_ADDRESS, NULL,
                              "a message without recipients cannot be sent",
                              "say who gets it: `to`, `cc` or `bcc`");
    }
    return m->sender.n && m->recipients.n;
}

bool mail_seal_message(const struct mail_delivery *d, struct mail_message *m,
                       struct arena *a, const char **fault)
{
    struct buf out;
    buf_init(&out, a);
    if (!d->smime) {
        return true;
    }
    if (!smime_sign(d->smime, m->bytes, &out, fault)) {
        return false;
    }
    struct mail_part signature = {STR("the signature"), out.n - m->bytes.n};
    m->bytes = buf_str(&out);
    vec_push(a, &m->parts, signature);
    return true;
}
