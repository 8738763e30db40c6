/* SPDX-License-Identifier: MIT
 *
 * In: a mailbox whose host may be in any script. Out: the same in ASCII, as the mail
 * system writes it. */
#include "mail/mail.h"

#include <idn2.h>

enum { MAX_MAILBOX = 254, MAX_HOST = 253 };

str mail_ascii_mailbox(str mailbox, struct arena *a, const char **reason)
{
    size_t at;
    char *ascii = NULL;
    str made = STR_NONE;
    if (!str_find_char(mailbox, '@', &at)) {
        *reason = "there is no @";
        return made;
    }
    str host = str_copy(a, str_sub(mailbox, at + 1, mailbox.n));
    int error = idn2_to_ascii_8z(host.p, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
    if (error != IDN2_OK) {
        *reason = idn2_strerror(error);
        return made;
    }
    made = str_format(a, "%.*s@%s", STR_ARG(str_sub(mailbox, 0, at)), ascii);
    idn2_free(ascii);
    if (made.n > MAX_MAILBOX || made.n - at - 1 > MAX_HOST) {
        *reason = "it is longer than an address may be";
        return STR_NONE;
    }
    return made;
}
