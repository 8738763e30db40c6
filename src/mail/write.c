/* SPDX-License-Identifier: MIT
 *
 * In: a composed message. Out: the draft of it, in a file or on standard output. */
#include "mail/mail.h"

#include "base/buf.h"
#include "base/file.h"

/* Lines that end with CR LF, as lines of files. */
static void put_lines(struct buf *out, str bytes)
{
    while (bytes.n) {
        size_t end;
        bool whole = str_find(bytes, STR("\r\n"), &end);
        buf_put(out, whole ? str_sub(bytes, 0, end) : bytes);
        if (!whole) {
            return;
        }
        buf_char(out, '\n');
        bytes = str_sub(bytes, end + 2, bytes.n);
    }
}

str mail_draft(const struct mail_message *m, struct arena *a)
{
    struct buf out;
    buf_init(&out, a);
    put_lines(&out, m->bcc);
    put_lines(&out, m->bytes);
    return buf_str(&out);
}

int mail_write_file(const struct mail_message *m, const char *path, struct arena *a)
{
    return file_write(str_from(path), mail_draft(m, a));
}
