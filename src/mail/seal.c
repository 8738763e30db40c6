/* SPDX-License-Identifier: MIT
 *
 * In: a PDF, a key, a password. Out: the sealed PDF. qpdf reads it, gets a field for the
 * signature with room for it, and writes all of it once more, encrypted or not (it leaves
 * the room for the signature as it is); then the bytes before and behind the room are
 * signed, and the signature put into it. */
#include "mail/seal.h"

#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* As qpdf writes them; the numbers are put over these, which are as wide as any. */
static const char RANGE[] = "/ByteRange [ 0 9999999999 9999999999 9999999999 ]";
static const char ROOM[] = "/Contents <";

const char *seal_password_fault(str password)
{
    size_t bad;
    return password.n == 0                  ? "it is empty"
         : password.n > SEAL_MAX_PASSWORD   ? "it is longer than 127 bytes"
         : !utf8_valid(password, &bad)      ? "it is no UTF-8"
         : memchr(password.p, 0, password.n) ? "it holds a NUL"
                                            : NULL;
}

/* --- The field --- */

/* "D:20260304050607Z": the calendar of Gregory, for all years of four digits. */
static const char *pdf_date(int64_t date, struct arena *a)
{
    int64_t days = date / 86400, seconds = date % 86400;
    int64_t z = days + 719468, era = z / 146097, day = z - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= 365 * year + year / 4 - year / 100;
    int64_t shifted = (5 * day + 2) / 153; /* months since March */
    int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    year += era * 400 + (month <= 2);
    return str_format(a, "D:%04d%02d%02d%02d%02d%02dZ", (int)year, (int)month,
                      (int)(day - (153 * shifted + 2) / 5 + 1), (int)(seconds / 3600),
                      (int)(seconds / 60 % 60), (int)(seconds % 60)).p;
}

static qpdf_oh numbers(qpdf_data q, const int64_t *v, int n)
{
    qpdf_oh array = qpdf_oh_new_array(q);
    for (int i = 0; i < n; i++) {
        qpdf_oh_append_item(q, array, qpdf_oh_new_integer(q, v[i]));
    }
    return array;
}

static void put_name(qpdf_data q, qpdf_oh dict, const char *key, const char *name)
{
    qpdf_oh_replace_key(q, dict, key, qpdf_oh_new_name(q, name));
}

static qpdf_oh new_signature(qpdf_data q, const struct seal *s, struct arena *a)
{
    static const int64_t WIDE[] = {0, 9999999999, 9999999999, 9999999999};
    qpdf_oh v = qpdf_oh_new_dictionary(q);
    size_t room = sign_room(s->key);
    const char *zeros = NEW_ARRAY(a, char, room);
    put_name(q, v, "/Type", "/Sig");
    put_name(q, v, "/Filter", "/Adobe.PPKLite");
    put_name(q, v, "/SubFilter", "/ETSI.CAdES.detached");
    qpdf_oh_replace_key(q, v, "/M", qpdf_oh_new_string(q, pdf_date(s->date, a)));
    qpdf_oh_replace_key(q, v, "/ByteRange", numbers(q, WIDE, 4));
    qpdf_oh_replace_key(q, v, "/Contents", qpdf_oh_new_binary_string(q, zeros, room));
    return qpdf_make_indirect_object(q, v);
}

/* A widget of no size, which PDF/A asks no appearance of and PDF/UA no tag; printed and
 * locked (4 + 128), as the standards and Acrobat have it. */
static qpdf_oh new_field(qpdf_data q, qpdf_oh page, qpdf_oh signature)
{
    static const int64_t NOWHERE[] = {0, 0, 0, 0};
    qpdf_oh f = qpdf_oh_new_dictionary(q);
    put_name(q, f, "/Type", "/Annot");
    put_name(q, f, "/Subtype", "/Widget");
    put_name(q, f, "/FT", "/Sig");
    qpdf_oh_replace_key(q, f, "/T", qpdf_oh_new_string(q, "Signature1"));
    qpdf_oh_replace_key(q, f, "/TU", qpdf_oh_new_string(q, "Signature of the sender"));
    qpdf_oh_replace_key(q, f, "/Rect", numbers(q, NOWHERE, 4));
    qpdf_oh_replace_key(q, f, "/F", qpdf_oh_new_integer(q, 132));
    qpdf_oh_replace_key(q, f, "/P", page);
    qpdf_oh_replace_key(q, f, "/V", signature);
    return qpdf_make_indirect_object(q, f);
}

static bool add_field(qpdf_data q, const struct seal *s, struct arena *a)
{
    qpdf_oh root = qpdf_get_root(q), page = qpdf_get_page_n(q, 0);
    if (qpdf_has_error(q) || qpdf_oh_has_key(q, root, "/AcroForm")) {
        return false;
    }
    qpdf_oh field = new_field(q, page, new_signature(q, s, a));
    if (!qpdf_oh_has_key(q, page, "/Annots")) {
        qpdf_oh_replace_key(q, page, "/Annots", qpdf_oh_new_array(q));
    }
    qpdf_oh_append_item(q, qpdf_oh_get_key(q, page, "/Annots"), field);
    put_name(q, page, "/Tabs", "/S");
    qpdf_oh form = qpdf_oh_new_dictionary(q), fields = qpdf_oh_new_array(q);
    qpdf_oh_append_item(q, fields, field);
    qpdf_oh_replace_key(q, form, "/Fields", fields);
    qpdf_oh_replace_key(q, form, "/SigFlags", qpdf_oh_new_integer(q, 3));
    qpdf_oh_replace_key(q, root, "/AcroForm", form);
    return true;
}

/* --- The file --- */

static void encrypt(qpdf_data q, const char *password)
{
    qpdf_set_r6_encryption_parameters2(q, password, password, QPDF_TRUE, QPDF_TRUE,
                                       QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE,
                                       qpdf_r3p_full, QPDF_TRUE);
}

static bool write_file(qpdf_data q, const struct seal *s, struct buf *out)
{
    if (qpdf_init_write_memory(q) & QPDF_ERRORS) {
        return false;
    }
    qpdf_set_object_stream_mode(q, qpdf_o_preserve);
    qpdf_set_newline_before_endstream(q, QPDF_TRUE); /* PDF/A wants it */
    if (s->password) {
        encrypt(q, s->password);
    } else {
        qpdf_set_deterministic_ID(q, QPDF_TRUE);
    }
    if (qpdf_write(q) & QPDF_ERRORS) {
        return false;
    }
    buf_put(out, (str){(const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q)});
    return true;
}

static void put_range(char *at, size_t room, size_t behind, size_t end)
{
    char text[sizeof RANGE + 64];
    int n = snprintf(text, sizeof text, "/ByteRange [ 0 %zu %zu %zu", room, behind,
                     end - behind);
    memset(at, ' ', sizeof RANGE - 1);
    memcpy(at, text, (size_t)n);
    at[sizeof RANGE - 2] = ']';
}

/* `from` is where the file begins in `out`. */
static bool fill_room(const struct seal *s, struct buf *out, size_t from,
                      const char **fault)
{
    static const char HEX[] = "0123456789abcdef";
    size_t at, room;
    str file = {out->p + from, out->n - from};
    if (!str_find(file, (str){RANGE, sizeof RANGE - 1}, &at) ||
        !str_find(str_sub(file, at, file.n), (str){ROOM, sizeof ROOM - 1}, &room)) {
        *fault = "the room for the signature is not there";
        return false;
    }
    char *p = out->p + from;
    room += at + sizeof ROOM - 2; /* of the bracket before it */
    size_t behind = room + 2 + 2 * sign_room(s->key);
    put_range(p + at, room, behind, file.n);
    str slices[] = {{p, room}, {p + behind, file.n - behind}};
    struct arena scratch;
    struct buf signature;
    arena_init(&scratch);
    buf_init(&signature, &scratch);
    bool good = sign_slices(s->key, slices, 2, &signature, fault);
    for (size_t i = 0; good && i < signature.n; i++) {
        unsigned char c = (unsigned char)signature.p[i];
        p[room + 1 + 2 * i] = HEX[c >> 4];
        p[room + 2 + 2 * i] = HEX[c & 15];
    }
    arena_done(&scratch);
    return good;
}

bool seal_pdf(const struct seal *s, str pdf, struct buf *out, const char **fault)
{
    struct arena scratch;
    size_t from = out->n;
    arena_init(&scratch);
    qpdf_data q = qpdf_init();
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    qpdf_silence_errors(q);
    *fault = "qpdf cannot read it";
    bool good = !(qpdf_read_memory(q, "note.pdf", pdf.p, pdf.n, NULL) & QPDF_ERRORS);
    if (good && s->key) {
        *fault = "no field for a signature can be added";
        good = add_field(q, s, &scratch);
    }
    if (good) {
        *fault = "qpdf cannot write it";
        good = write_file(q, s, out) && (!s->key || fill_room(s, out, from, fault));
    }
    if (qpdf_has_error(q)) {
        qpdf_get_error(q); /* else it is told on standard error, too */
    }
    qpdf_cleanup(&q);
    arena_done(&scratch);
    return good;
}
