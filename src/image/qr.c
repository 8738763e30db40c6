/* SPDX-License-Identifier: MIT
 *
 * In: a text. Out: the modules of its QR code, made by libqrencode in the smallest size
 * that holds it. In ASCII, numbers and capitals are packed closely. Other texts begin by
 * saying that they are UTF-8 (ECI 26): readers that have to guess take some for Shift
 * JIS. Payments by EPC069-12 say it in a line of their own, and want nothing else.
 *
 * Finding and binding a library costs every start of the program a tenth of a
 * millisecond; few notes have a code. So it is loaded by those that do. */
#include "image/qr.h"

#include <dlfcn.h>
#include <qrencode.h>
#include <string.h>

const int IMAGE_QR_BYTES[IMAGE_QR_LEVELS] = {2953, 2331, 1663, 1273};

enum { UTF8_ECI = 26, ECI_BYTES = 2, DIGITS_MAX = 7089 /* in the largest code */ };

/* What is needed of the library. */
struct library {
    QRcode *(*encode)(const char *text, int version, QRecLevel level, QRencodeMode mode,
                      int with_case);
    QRinput *(*input_new)(int version, QRecLevel level);
    int (*input_eci)(QRinput *input, unsigned int number);
    int (*input_append)(QRinput *input, QRencodeMode mode, int size,
                        const unsigned char *data);
    QRcode *(*encode_input)(QRinput *input);
    void (*input_free)(QRinput *input);
    void (*free)(QRcode *code);
};

/* The library stays loaded; the loader knows that it is. */
static bool load(struct library *l)
{
    const struct {
        const char *name;
        void *to; /* a pointer to a function: ISO C has no cast for what dlsym gives */
    } NAMES[] = {
        {"QRcode_encodeString", &l->encode},  {"QRinput_new2", &l->input_new},
        {"QRinput_appendECIheader", &l->input_eci}, {"QRinput_append", &l->input_append},
        {"QRcode_encodeInput", &l->encode_input}, {"QRinput_free", &l->input_free},
        {"QRcode_free", &l->free},
    };
    void *library = dlopen("libqrencode.so.4", RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        void *found = library ? dlsym(library, NAMES[i].name) : NULL;
        if (!found) {
            return false;
        }
        memcpy(NAMES[i].to, &found, sizeof found);
    }
    return true;
}

static void copy_modules(const QRcode *code, struct arena *a, struct image_qr *out)
{
    size_t n = (size_t)code->width * (size_t)code->width;
    uint8_t *dark = NEW_ARRAY(a, uint8_t, n);
    for (size_t i = 0; i < n; i++) {
        dark[i] = code->data[i] & 1;
    }
    *out = (struct image_qr){code->width, dark};
}

static bool needs_eci(str text)
{
    bool ascii = true;
    for (size_t i = 0; i < text.n; i++) {
        ascii = ascii && (unsigned char)text.p[i] < 0x80;
    }
    return !ascii && !str_starts(text, STR("BCD\n"));
}

int image_qr_capacity(str text, enum image_qr_level level)
{
    return IMAGE_QR_BYTES[level] - (needs_eci(text) ? ECI_BYTES : 0);
}

static QRcode *encode_utf8(const struct library *l, str text, QRecLevel level)
{
    QRcode *code = NULL;
    QRinput *input = l->input_new(0, level);
    const unsigned char *bytes = (const unsigned char *)text.p;
    if (input && l->input_eci(input, UTF8_ECI) == 0 &&
        l->input_append(input, QR_MODE_8, (int)text.n, bytes) == 0) {
        code = l->encode_input(input);
    }
    if (input) {
        l->input_free(input);
    }
    return code;
}

enum image_qr_status image_qr_make(str text, enum image_qr_level level, struct arena *a,
                                   struct image_qr *out)
{
    static const QRecLevel LEVELS[] = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q,
                                       QR_ECLEVEL_H};
    struct library l;
    if (!load(&l)) {
        return IMAGE_QR_NO_LIBRARY;
    }
    if (text.n > DIGITS_MAX) {
        return IMAGE_QR_TOO_LONG;
    }
    QRcode *code = needs_eci(text)
        ? encode_utf8(&l, text, LEVELS[level])
        : l.encode(str_copy(a, text).p, 0, LEVELS[level], QR_MODE_8, 1);
    if (!code) {
        return IMAGE_QR_TOO_LONG;
    }
    copy_modules(code, a, out);
    l.free(code);
    return IMAGE_QR_OK;
}
