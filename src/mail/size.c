/* SPDX-License-Identifier: MIT
 *
 * How large a message may be, and what makes it larger. */
#include "mail/mail.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

enum { NAMED = 3, MAX_DIGITS = 9 };

static const struct {
    const char *name;
    size_t bytes;
} UNITS[] = {{"", 1}, {"B", 1}, {"KB", 1000}, {"MB", 1000000}, {"GB", 1000000000}};

bool mail_read_size(const char *text, size_t *out)
{
    size_t digits = strspn(text, "0123456789");
    const char *unit = text + digits + strspn(text + digits, " ");
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        if (digits && digits <= MAX_DIGITS && strcasecmp(unit, UNITS[i].name) == 0) {
            *out = (size_t)strtoull(text, NULL, 10) * UNITS[i].bytes;
            return *out > 0;
        }
    }
    return false;
}

/* "12.3 MB", "45.0 KB", "812 bytes" */
static void put_size(struct buf *out, size_t bytes)
{
    if (bytes < 1000) {
        buf_format(out, "%zu byte%s", bytes, bytes == 1 ? "" : "s");
        return;
    }
    bool mega = bytes >= 1000000;
    buf_decimal(out, (int64_t)((bytes + (mega ? 50000 : 50)) / (mega ? 100000 : 100)), 1);
    buf_puts(out, mega ? " MB" : " KB");
}

static int heavier(const void *left, const void *right)
{
    size_t a = ((const struct mail_part *)left)->bytes;
    size_t b = ((const struct mail_part *)right)->bytes;
    return a < b ? 1 : a > b ? -1 : 0;
}

void mail_check_size(infonote_note *note, size_t most, const struct mail_message *m,
                     struct arena *a)
{
    struct buf text;
    if (m->bytes.n <= most) {
        return;
    }
    buf_init(&text, a);
    buf_puts(&text, "the message has ");
    put_size(&text, m->bytes.n);
    buf_puts(&text, ", more than ");
    put_size(&text, most);
    if (m->parts.n) {
        qsort(m->parts.v, m->parts.n, sizeof *m->parts.v, heavier);
    }
    for (size_t i = 0; i < m->parts.n && i < NAMED; i++) {
        buf_format(&text, "%s%.*s ", i ? ", " : ": ", STR_ARG(m->parts.v[i].name));
        put_size(&text, m->parts.v[i].bytes);
    }
    buf_char(&text, '\0');
    infonote_report_email(note, INFONOTE_LARGE_MESSAGE, NULL, text.p,
                          "make pictures smaller, or attach less");
}
