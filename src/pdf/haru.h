/* pdf/haru.h: libharu's object layer, wrapped once and checked everywhere.
 *
 * A document, and indirect dictionaries in it. A dictionary has entries (names, integers,
 * references, texts: libharu's objects) and a body: text that is written behind them, for
 * everything that libharu cannot express or would express in five times the memory.
 * Nothing here returns a status: the first failure is kept and reported by
 * pdf_haru_close. See haru.c for the traps that decide how libharu is used.
 *
 *     struct pdf_haru *h = pdf_haru_open(arena);
 *     struct pdf_dict *font = pdf_dict_new(h);
 *     pdf_dict_name(font, "Type", "Font");
 *     buf_puts(pdf_dict_body(font), "/FontBBox[0 -250 1000 750]");
 *     pdf_dict_write(font, out);
 *     if (!pdf_haru_close(h, sink)) ... */
#ifndef INFONOTE_PDF_HARU_H
#define INFONOTE_PDF_HARU_H

#include "base/buf.h"
#include "base/diag.h"

struct pdf_haru; /* a libharu document; lives in its arena */
struct pdf_dict; /* an indirect dictionary; lives as long as its document */

struct pdf_haru *pdf_haru_open(struct arena *a);

/* Ends the use of libharu in this thread; false, with a report, if anything failed. */
bool pdf_haru_close(struct pdf_haru *h, struct diag_sink *sink);

/* The same for a part of a file: the dictionaries that are made are numbered from
 * `first`, which is 4 or more. Those that every document has are not its own. */
struct pdf_haru *pdf_haru_open_at(struct arena *a, uint32_t first);

/* Objects are numbered from the one to the other, without gaps. */
uint32_t pdf_haru_first(const struct pdf_haru *h);
uint32_t pdf_haru_count(const struct pdf_haru *h);
struct pdf_dict *pdf_haru_dict(struct pdf_haru *h, uint32_t number);

/* The three dictionaries that every document has; the page root is empty. */
struct pdf_dict *pdf_haru_catalog(struct pdf_haru *h);
struct pdf_dict *pdf_haru_info(struct pdf_haru *h);
struct pdf_dict *pdf_haru_page_root(struct pdf_haru *h);

struct pdf_dict *pdf_dict_new(struct pdf_haru *h);
uint32_t pdf_dict_number(const struct pdf_dict *d);

/* Keys and names are constants of this program, or PostScript names that were checked:
 * letters, digits, "+-._" only, at most 127 of them. */
void pdf_dict_name(struct pdf_dict *d, const char *key, const char *name);
void pdf_dict_int(struct pdf_dict *d, const char *key, int32_t value);
void pdf_dict_bool(struct pdf_dict *d, const char *key, bool value);
void pdf_dict_ref(struct pdf_dict *d, const char *key, struct pdf_dict *to);
void pdf_dict_text(struct pdf_dict *d, const char *key, str utf8);

struct buf *pdf_dict_body(struct pdf_dict *d);

/* Appends "<<...>>". */
void pdf_dict_write(struct pdf_dict *d, struct buf *out);

/* True if a stream was written for it: it then stands alone in the file. */
bool pdf_dict_written(const struct pdf_dict *d);
void pdf_dict_set_written(struct pdf_dict *d);

#endif
