/* SPDX-License-Identifier: MIT
 *
 * In: a text such as `Ada Moor <ada@example.org>`. Out: its name and its mailbox, or a
 * report of what is wrong with it. What is accepted is what mail servers agree on:
 *
 *     address = mailbox | [name] "<" mailbox ">"
 *     name    = any text without "<" and ">", or in quotes
 *     mailbox = word *("." word) "@" label *("." label)
 *
 * Groups, comments, quoted mailboxes and addresses of machines are not. Names of hosts
 * may be in any script; those of mailboxes are ASCII: most servers take no others. */
#include "note/load.h"

#include <string.h>

#include "base/utf8.h"

enum { MAX_LOCAL = 64, MAX_HOST = 253, MAX_MAILBOX = 254, MAX_LABEL = 63,
       MAX_NAME = 200 };

/* What is wrong, and what to do. */
struct fault {
    const char *message, *hint;
};

static const struct fault FINE = {NULL, NULL};

static bool is_alphanumeric(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool note_is_one_line(str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
            return false;
        }
    }
    return true;
}

static struct fault judge_local(str local)
{
    bool after_dot = true;
    size_t at;
    if (str_find(local, STR("=?"), &at)) {
        return (struct fault){"has =? before its @, which mail programs take for the "
                              "beginning of an encoded word", NULL};
    }
    for (size_t i = 0; i < local.n; i++) {
        unsigned char c = (unsigned char)local.p[i];
        if (c >= 0x80) {
            return (struct fault){"has letters before its @ that most servers refuse",
                                  "use one in ASCII"};
        }
        if (c == '.' && after_dot) {
            return (struct fault){"has a dot too many before its @", NULL};
        }
        if (c != '.' && !is_alphanumeric(c) && !strchr("!#$%&'*+-/=?^_`{|}~", c)) {
            return (struct fault){"has a sign before its @ that none may have", NULL};
        }
        after_dot = c == '.';
    }
    if (after_dot) {
        return (struct fault){local.n ? "has a dot too many before its @"
                                      : "has nothing before its @", NULL};
    }
    return local.n > MAX_LOCAL ? (struct fault){"has over 64 letters before its @", NULL}
                               : FINE;
}

static struct fault judge_label(str label)
{
    static const struct fault BAD = {"has a host behind its @ that none can have",
                                     "write it as `name@example.org`"};
    if (!label.n || label.n > MAX_LABEL * 4 || label.p[0] == '-' ||
        label.p[label.n - 1] == '-') {
        return BAD;
    }
    bool ascii = true;
    for (size_t i = 0; i < label.n; i++) {
        unsigned char c = (unsigned char)label.p[i];
        ascii = ascii && c < 0x80;
        if (c < 0x80 && c != '-' && !is_alphanumeric(c)) {
            return BAD;
        }
    }
    return ascii && label.n > MAX_LABEL ? BAD : FINE;
}

static struct fault judge_host(str host)
{
    if (!host.n) {
        return (struct fault){"has no host behind its @", NULL};
    }
    while (host.n) {
        size_t dot;
        bool ends = !str_find_char(host, '.', &dot);
        struct fault f = judge_label(ends ? host : str_sub(host, 0, dot));
        if (f.message) {
            return f;
        }
        if (!ends && dot + 1 == host.n) {
            return judge_label(STR_NONE);
        }
        host = ends ? STR_NONE : str_sub(host, dot + 1, host.n);
    }
    return FINE;
}

static struct fault judge_mailbox(str mailbox)
{
    size_t at, other;
    if (!str_find_char(mailbox, '@', &at)) {
        return (struct fault){"has no @", "write it as `name@example.org`"};
    }
    str host = str_sub(mailbox, at + 1, mailbox.n);
    if (str_find_char(host, '@', &other)) {
        return (struct fault){"has two @",
                              "write each address as an item of a list of its own"};
    }
    if (str_find_char(mailbox, ' ', &other)) {
        return (struct fault){"has a space in it",
                              "write a name as `Name <name@example.org>`"};
    }
    struct fault f = judge_local(str_sub(mailbox, 0, at));
    f = f.message ? f : judge_host(host);
    if (!f.message && (host.n > MAX_HOST * 4 || at + 1 + host.n > MAX_MAILBOX * 4)) {
        f = (struct fault){"is longer than an address may be", NULL};
    }
    return f;
}

/* `"Moor, Ada"` to `Moor, Ada`. */
static str unquote(str name, struct arena *a)
{
    struct buf out;
    if (name.n < 2 || name.p[0] != '"' || name.p[name.n - 1] != '"') {
        return name;
    }
    buf_init(&out, a);
    for (size_t i = 1; i + 1 < name.n; i++) {
        i += name.p[i] == '\\' && i + 2 < name.n;
        buf_char(&out, name.p[i]);
    }
    return buf_str(&out);
}

static struct fault take_apart(str text, struct note_address *out, struct arena *a)
{
    size_t at;
    *out = (struct note_address){.mailbox = text};
    if (!note_is_one_line(text)) {
        return (struct fault){"has a line break or a control character in it",
                              "write each address as an item of a list of its own"};
    }
    if (!text.n) {
        return (struct fault){"is empty", NULL};
    }
    if (text.p[text.n - 1] != '>') {
        return judge_mailbox(text);
    }
    for (at = text.n - 1; at > 0 && text.p[at] != '<'; at--) {
    }
    str written = str_trim(str_sub(text, 0, at));
    out->mailbox = str_sub(text, at + 1, text.n - 1);
    out->name = unquote(written, a);
    bool quoted = written.p != out->name.p;
    size_t sign;
    if (text.p[at] != '<' || (!quoted && (str_find_char(written, '<', &sign) ||
                                          str_find_char(written, '>', &sign)))) {
        return (struct fault){"has a < or > too many",
                              "write each address as an item of a list of its own, a "
                              "name with < in it in quotes"};
    }
    return out->name.n > MAX_NAME ? (struct fault){"has a name of over 200 bytes", NULL}
                                  : judge_mailbox(out->mailbox);
}

bool note_address(struct note_loader *l, const struct value *v, const char *what,
                  struct note_address *out)
{
    str text = str_trim(v->text);
    struct fault f = take_apart(text, out, l->arena);
    out->at = v->at;
    if (f.message) {
        str shown = text.n > 80 ? STR("that is here") : text;
        bool plain = note_is_one_line(shown) && text.n;
        diag_report(l->sink, DIAG_BAD_ADDRESS, v->at, f.hint,
                    plain ? "the address `%.*s` of `%s` %s" : "an address%.*s of `%s` %s",
                    STR_ARG(plain ? shown : STR_NONE), what, f.message);
    }
    return !f.message;
}
