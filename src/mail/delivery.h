/* mail/delivery.h: where messages go, and how they are sealed.
 *
 * In:  what the command line says, as it was written. Out: the same, read and checked:
 * the server and its password, the keys, the pace. Nothing is asked of a network here. */
#ifndef INFONOTE_MAIL_DELIVERY_H
#define INFONOTE_MAIL_DELIVERY_H

#include "mail/mail.h"
#include "mail/seal.h"
#include "mail/sign.h"
#include "mail/smtp.h"

/* Values of options; NULL: not given; of flags "". */
struct mail_wishes {
    const char *send, *no_tls, *tls_ca, *smtp_password, *helo, *retries, *timeout;
    const char *rate;
    const char *sign, *cert, *smime;
    const char *encrypt, *pdf_password, *password_field;
};

/* Sets the wish that an option of this name is about; false: none is. */
bool mail_wish(struct mail_wishes *w, const char *option, const char *value);

struct mail_delivery {
    struct smtp_server server; /* no url: nothing is sent */
    struct sign_key *sign;     /* of PDFs, or NULL */
    struct sign_key *smime;    /* of messages, or NULL */
    bool encrypt;              /* the PDFs */
    const char *password;      /* of all of them; NULL: each record has its own */
    const char *password_field; /* where; or NULL */
    int64_t date;              /* of signatures; the caller's to set */
    const char *asked;         /* the standards that were asked for; NULL: none; too */
};

/* Gives what is wrong, or NULL; then `*status` is CLI's: wrong use, or a file that cannot
 * be used. `bulk`: passwords may come from the data. */
const char *mail_delivery_init(struct mail_delivery *d, const struct mail_wishes *w,
                               bool bulk, struct arena *a, int *status);
void mail_delivery_done(struct mail_delivery *d);

/* The standard that PDFs claim: `asked`, or what their sealing leaves of the default. */
const char *mail_delivery_standard(const struct mail_delivery *d, const char *asked);

/* False: what is asked for and the sealing exclude each other. */
bool mail_delivery_allows(const struct mail_delivery *d, const char *asked);

/* False, with a report: the PDF is to be sealed, and is one for print, which may not. */
bool mail_check_print(const struct mail_delivery *d, infonote_note *note);

/* The PDF as it is attached, in the arena; empty: `*fault` says why not. `password` may
 * be NULL: the one of all. */
str mail_seal_pdf(const struct mail_delivery *d, const char *password, str pdf,
                  struct arena *a, const char **fault);

/* What a server needs of a message and a draft does not; false, with reports. */
bool mail_check_envelope(infonote_note *note, const struct mail_message *m);

/* The message as it is sent, signed or as it was; false: `*fault` says why not. */
bool mail_seal_message(const struct mail_delivery *d, struct mail_message *m,
                       struct arena *a, const char **fault);

#endif
