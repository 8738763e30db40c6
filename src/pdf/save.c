/* SPDX-License-Identifier: MIT
 *
 * The file's skeleton. Compressed files have object streams and a cross-reference stream
 * whose rows are differences (predictor 12), because neighbouring rows are almost alike;
 * uncompressed ones, which are for people, have plain objects and a table. The file's
 * identifier is a hash of everything before it, so the same input gives the same file. */
#include "pdf/save.h"

#include <string.h>

#include "pdf/shared.h"

enum {
    PACK_OBJECTS = 200,        /* in one object stream: what a viewer unpacks for one */
    EARLY = 96 * 1024,         /* bytes of a file that others may share */
    SHORT_FILE = 30 * 1024,    /* room for what most notes are, which then never moves */
    FILE_LIMIT = 1 << 30,
    ID_DIGITS = 32, /* 16 bytes */
};

void pdf_save_begin(struct pdf_save *s, struct buf *out, struct arena *a,
                    struct pdf_shared *shared, bool compress)
{
    pdf_save_begin_part(s, out, shared, compress, 0);
    s->arena = a;
    buf_room(out, SHORT_FILE);
    /* Four bytes above 127 tell transfer programs that the file is binary. */
    buf_puts(out, "%PDF-1.7\n%\xB5\xED\xAE\xFB\n");
}

void pdf_save_begin_part(struct pdf_save *s, struct buf *out, struct pdf_shared *shared,
                         bool compress, uint32_t first)
{
    struct arena *a = out->arena;
    *s = (struct pdf_save){.arena = a, .out = out, .start = out->n, .shared = shared,
                           .compress = compress, .first = first};
    sha256_init(&s->hash);
    buf_init(&s->heads, a);
    buf_init(&s->bodies, a);
    buf_init(&s->packing, a);
}

void pdf_save_older(struct pdf_save *s)
{
    static const size_t MINOR = sizeof "%PDF-1." - 1;
    s->out->p[s->start + MINOR] = '6';
}

static void set_slot(struct pdf_save *s, uint32_t number, struct pdf_slot slot)
{
    uint32_t i = number - s->first;
    while (s->slots.n <= i) {
        vec_push(s->arena, &s->slots, (struct pdf_slot){0});
    }
    s->slots.v[i] = slot;
}

static size_t offset(const struct pdf_save *s)
{
    return s->gone + s->out->n - s->start;
}

static void begin_object(struct pdf_save *s, uint32_t number)
{
    if (offset(s) > FILE_LIMIT) {
        s->too_large = true;
    }
    set_slot(s, number, (struct pdf_slot){(uint32_t)offset(s), 0, 1});
    buf_int(s->out, number);
    buf_puts(s->out, " 0 obj\n");
}

/* What short notes hold returns in others; what stands far behind in a long one does
 * not, and would only take room. */
static bool is_early(const struct pdf_save *s, str data)
{
    return offset(s) + data.n < EARLY;
}

static str deflate(struct pdf_save *s, str data)
{
    return pdf_shared_deflate(s->shared, data, is_early(s, data), &s->packing);
}

static void put_stream(struct pdf_save *s, struct pdf_dict *dict, str data)
{
    struct buf *body = pdf_dict_body(dict);
    buf_puts(body, "/Length ");
    buf_int(body, (int64_t)data.n);
    begin_object(s, pdf_dict_number(dict));
    pdf_dict_write(dict, s->out);
    pdf_dict_set_written(dict);
    buf_puts(s->out, "\nstream\n");
    buf_put(s->out, data);
    buf_puts(s->out, "\nendstream\nendobj\n");
}

void pdf_save_plain_stream(struct pdf_save *s, struct pdf_dict *dict, str data)
{
    put_stream(s, dict, data);
}

void pdf_save_packed_stream(struct pdf_save *s, struct pdf_dict *dict, str data)
{
    if (s->compress) {
        buf_puts(pdf_dict_body(dict), "/Filter/FlateDecode");
    }
    put_stream(s, dict, data);
}

void pdf_save_stream(struct pdf_save *s, struct pdf_dict *dict, str data)
{
    pdf_save_packed_stream(s, dict, s->compress ? deflate(s, data) : data);
}

str pdf_save_written(const struct pdf_save *s)
{
    return (str){s->out->p + s->start, s->out->n - s->start};
}

void pdf_save_objects(struct pdf_save *s, uint32_t highest)
{
    s->next_number = highest + 1;
}

uint32_t pdf_save_number(struct pdf_save *s)
{
    return s->next_number++;
}

/* Writes a stream that has no dictionary of libharu's: object and xref streams. */
static void put_packed(struct pdf_save *s, uint32_t number, str entries, str data)
{
    str packed = deflate(s, data);
    begin_object(s, number);
    buf_format(s->out, "<<%.*s/Filter/FlateDecode/Length %zu>>\nstream\n",
               STR_ARG(entries), packed.n);
    buf_put(s->out, packed);
    buf_puts(s->out, "\nendstream\nendobj\n");
}

void pdf_save_flush(struct pdf_save *s)
{
    if (!s->packed) {
        return;
    }
    str entries = str_format(s->arena, "/Type/ObjStm/N %u/First %zu", s->packed,
                             s->heads.n);
    buf_put(&s->heads, buf_str(&s->bodies));
    put_packed(s, s->stream_number, entries, buf_str(&s->heads));
    buf_clear(&s->heads);
    buf_clear(&s->bodies);
    s->packed = 0;
}

void pdf_save_object(struct pdf_save *s, uint32_t number, str text)
{
    if (!s->compress) {
        begin_object(s, number);
        buf_put(s->out, text);
        buf_puts(s->out, "\nendobj\n");
        return;
    }
    if (!s->packed) {
        s->stream_number = pdf_save_number(s);
    }
    buf_int(&s->heads, number);
    buf_char(&s->heads, ' ');
    buf_int(&s->heads, (int64_t)s->bodies.n);
    buf_char(&s->heads, ' ');
    buf_put(&s->bodies, text);
    buf_char(&s->bodies, '\n');
    set_slot(s, number, (struct pdf_slot){s->stream_number, (uint16_t)s->packed, 2});
    if (++s->packed == PACK_OBJECTS) {
        pdf_save_flush(s);
    }
}

void pdf_save_append(struct pdf_save *s, uint32_t first, const struct pdf_slot *slots,
                     size_t n, str bytes)
{
    size_t at = offset(s);
    s->too_large = s->too_large || at + bytes.n > FILE_LIMIT;
    for (size_t i = 0; i < n; i++) {
        struct pdf_slot slot = slots[i];
        if (slot.kind) {
            slot.offset += slot.kind == 1 ? (uint32_t)at : 0;
            set_slot(s, first + (uint32_t)i, slot);
        }
    }
    buf_put(s->out, bytes);
}

/* Takes what was written since into the hash. */
static void hash_written(struct pdf_save *s)
{
    str written = pdf_save_written(s);
    sha256_add(&s->hash, str_sub(written, s->hashed, written.n));
    s->hashed = written.n;
}

void pdf_save_gone(struct pdf_save *s)
{
    hash_written(s);
    s->gone += s->out->n;
    s->hashed = 0;
    buf_clear(s->out);
}

static void digest_of(const struct sha256 *hash, char out[65])
{
    unsigned char digest[32];
    struct sha256 h = *hash;
    sha256_end(&h, digest);
    sha256_hex(digest, out);
}

void pdf_save_digest(struct pdf_save *s, char out[65])
{
    hash_written(s);
    digest_of(&s->hash, out);
}

static void put_trailer_entries(struct pdf_save *s, struct buf *b, uint32_t root,
                                uint32_t info)
{
    char id[65];
    hash_written(s);
    digest_of(&s->hash, id);
    buf_format(b, "/Size %zu/Root %u 0 R/Info %u 0 R/ID[<%.*s><%.*s>]", s->slots.n, root,
               info, ID_DIGITS, id, ID_DIGITS, id);
}

static int bytes_for(uint32_t value)
{
    return value > 0xFFFFFF ? 4 : value > 0xFFFF ? 3 : value > 0xFF ? 2 : 1;
}

static void put_be(uint8_t *p, uint32_t value, int size)
{
    for (int i = size - 1; i >= 0; i--) {
        p[i] = (uint8_t)value;
        value >>= 8;
    }
}

/* Rows of type, place, index; each stored as its difference from the row above. */
static void put_rows(const struct pdf_save *s, struct buf *b, int place_size)
{
    enum { WIDEST = 6 };
    uint8_t above[WIDEST] = {0}, row[WIDEST];
    int columns = place_size + 2;
    for (size_t i = 0; i < s->slots.n; i++) {
        const struct pdf_slot *slot = &s->slots.v[i];
        row[0] = slot->kind;
        put_be(row + 1, slot->offset, place_size);
        row[columns - 1] = (uint8_t)slot->index;
        buf_char(b, 2); /* the PNG filter "up" */
        for (int c = 0; c < columns; c++) {
            buf_char(b, (char)(row[c] - above[c]));
        }
        memcpy(above, row, sizeof row);
    }
}

static void put_xref_stream(struct pdf_save *s, uint32_t root, uint32_t info)
{
    size_t at = offset(s);
    uint32_t number = s->next_number;
    set_slot(s, number, (struct pdf_slot){(uint32_t)at, 0, 1});
    int place_size = bytes_for(at > number ? (uint32_t)at : number);
    struct buf entries, rows;
    buf_init(&entries, s->arena);
    buf_init(&rows, s->arena);
    buf_format(&entries, "/Type/XRef/W[1 %d 1]/DecodeParms<</Predictor 12/Columns %d>>",
               place_size, place_size + 2);
    put_trailer_entries(s, &entries, root, info);
    put_rows(s, &rows, place_size);
    put_packed(s, number, buf_str(&entries), buf_str(&rows));
    buf_format(s->out, "startxref\n%zu\n%%%%EOF\n", at);
}

static void put_xref_table(struct pdf_save *s, uint32_t root, uint32_t info)
{
    size_t at = offset(s);
    struct buf entries;
    buf_init(&entries, s->arena);
    put_trailer_entries(s, &entries, root, info);
    buf_format(s->out, "xref\n0 %zu\n0000000000 65535 f \n", s->slots.n);
    for (size_t i = 1; i < s->slots.n; i++) {
        const struct pdf_slot *slot = &s->slots.v[i];
        buf_format(s->out, "%010u 0000%c %c \n", slot->offset, slot->kind ? '0' : '1',
                   slot->kind ? 'n' : 'f');
    }
    buf_format(s->out, "trailer\n<<%.*s>>\nstartxref\n%zu\n%%%%EOF\n",
               STR_ARG(buf_str(&entries)), at);
}

bool pdf_save_end(struct pdf_save *s, uint32_t root, uint32_t info,
                  struct diag_sink *sink)
{
    if (s->compress) {
        pdf_save_flush(s);
        put_xref_stream(s, root, info);
    } else {
        put_xref_table(s, root, info);
    }
    if (s->too_large) {
        diag_report(sink, DIAG_TOO_LARGE, PLACE_NONE, "split the note into several",
                    "the PDF would be larger than 1 GiB");
    }
    return !s->too_large;
}
