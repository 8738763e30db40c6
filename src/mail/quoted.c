/* SPDX-License-Identifier: MIT
 *
 * In: text. Out: the same, quoted-printable (RFC 2045), in lines of at most 76 letters
 * that nothing on the way has a reason to touch (RFC 8551, 3.1.3): no blank ends one, and
 * none begins with `From `, which mailboxes would change, and with it what is signed. */
#include "mail/mail.h"

#include <string.h>

#include "base/buf.h"

enum { LINE = 76 };

/* Whether the byte stands for itself, at this place of its line. */
static bool is_literal(str line, size_t at, bool begins)
{
    unsigned char c = (unsigned char)line.p[at];
    if (c == ' ' || c == '\t') {
        return at + 1 < line.n;
    }
    if (begins && str_starts(str_sub(line, at, line.n), STR("From "))) {
        return false;
    }
    return c > ' ' && c < 0x7F && c != '=';
}

static void put_line(struct buf *out, str line)
{
    size_t column = 0;
    for (size_t i = 0; i < line.n; i++) {
        size_t width = is_literal(line, i, column == 0) ? 1 : 3;
        size_t most = i + 1 < line.n ? LINE - 1 : LINE; /* what goes on ends with = */
        if (column + width > most) {
            buf_puts(out, "=\r\n");
            column = 0;
            width = is_literal(line, i, true) ? 1 : 3;
        }
        if (width == 1) {
            buf_char(out, line.p[i]);
        } else {
            buf_format(out, "=%02X", (unsigned char)line.p[i]);
        }
        column += width;
    }
}

str mail_quoted_printable(str text, struct arena *a)
{
    struct buf out;
    buf_init(&out, a);
    while (text.n) {
        size_t end;
        bool whole = str_find_char(text, '\n', &end);
        put_line(&out, str_sub(text, 0, whole ? end : text.n));
        if (whole) {
            buf_puts(&out, "\r\n");
        }
        text = str_sub(text, whole ? end + 1 : text.n, text.n);
    }
    return buf_str(&out);
}
