/* SPDX-License-Identifier: MIT
 *
 * Objects of a PDF: each question is put only to an object that can answer it. */
#include "preflight/object.h"

#include <stdlib.h>
#include <string.h>

#include "preflight/tokens.h"

static qpdf_oh dict_of(const struct preflight *p, qpdf_oh o)
{
    return qpdf_oh_is_stream(p->pdf, o) ? qpdf_oh_get_dict(p->pdf, o) : o;
}

qpdf_oh object_key(const struct preflight *p, qpdf_oh of, const char *key)
{
    qpdf_oh dict = dict_of(p, of);
    return qpdf_oh_is_dictionary(p->pdf, dict) ? qpdf_oh_get_key(p->pdf, dict, key)
                                               : qpdf_oh_new_null(p->pdf);
}

bool object_has(const struct preflight *p, qpdf_oh of, const char *key)
{
    qpdf_oh dict = dict_of(p, of);
    return qpdf_oh_is_dictionary(p->pdf, dict) && qpdf_oh_has_key(p->pdf, dict, key) &&
           !qpdf_oh_is_null(p->pdf, qpdf_oh_get_key(p->pdf, dict, key));
}

int object_count(const struct preflight *p, qpdf_oh array)
{
    return qpdf_oh_is_array(p->pdf, array) ? qpdf_oh_get_array_n_items(p->pdf, array) : 0;
}

qpdf_oh object_item(const struct preflight *p, qpdf_oh array, int i)
{
    return i >= 0 && i < object_count(p, array)
        ? qpdf_oh_get_array_item(p->pdf, array, i) : qpdf_oh_new_null(p->pdf);
}

str object_name(const struct preflight *p, qpdf_oh o)
{
    if (!qpdf_oh_is_name(p->pdf, o)) {
        return STR_NONE;
    }
    const char *name = qpdf_oh_get_name(p->pdf, o);
    return str_copy(p->arena, str_from(*name == '/' ? name + 1 : name));
}

str object_text(const struct preflight *p, qpdf_oh o)
{
    if (!qpdf_oh_is_string(p->pdf, o)) {
        return STR_NONE;
    }
    size_t n = 0;
    const char *text = qpdf_oh_get_binary_utf8_value(p->pdf, o, &n);
    return str_copy(p->arena, (str){text, n});
}

bool object_is_name(const struct preflight *p, qpdf_oh o, const char *name)
{
    return str_is(object_name(p, o), name);
}

str object_name_of(const struct preflight *p, qpdf_oh of, const char *key)
{
    return object_name(p, object_key(p, of, key));
}

str object_text_of(const struct preflight *p, qpdf_oh of, const char *key)
{
    return object_text(p, object_key(p, of, key));
}

double object_number(const struct preflight *p, qpdf_oh o, double otherwise)
{
    double number;
    if (qpdf_oh_is_integer(p->pdf, o)) {
        return (double)qpdf_oh_get_int_value(p->pdf, o);
    }
    /* As text: qpdf reads reals as the locale would. */
    return qpdf_oh_is_real(p->pdf, o) &&
           tokens_number(str_from(qpdf_oh_get_real_value(p->pdf, o)), &number)
        ? number : otherwise;
}

int64_t object_integer(const struct preflight *p, qpdf_oh o, int64_t otherwise)
{
    return qpdf_oh_is_integer(p->pdf, o) ? qpdf_oh_get_int_value(p->pdf, o) : otherwise;
}

str object_id(const struct preflight *p, qpdf_oh o)
{
    if (!qpdf_oh_is_indirect(p->pdf, o)) {
        return STR_NONE;
    }
    return str_format(p->arena, "%d %d", qpdf_oh_get_object_id(p->pdf, o),
                      qpdf_oh_get_generation(p->pdf, o));
}

bool object_samples(const struct preflight *p, qpdf_oh stream, unsigned char **data,
                    size_t *n)
{
    QPDF_BOOL decoded = QPDF_FALSE;
    *data = NULL;
    *n = 0;
    if (!qpdf_oh_is_stream(p->pdf, stream)) {
        return false;
    }
    QPDF_ERROR_CODE error =
        qpdf_oh_get_stream_data(p->pdf, stream, qpdf_dl_all, &decoded, data, n);
    return !(error & QPDF_ERRORS) && decoded;
}

bool object_data(const struct preflight *p, qpdf_oh stream, str *bytes)
{
    unsigned char *data;
    size_t n;
    bool good = object_samples(p, stream, &data, &n);
    *bytes = good ? str_copy(p->arena, (str){(const char *)data, n}) : STR_NONE;
    free(data);
    return good;
}

struct object_keys object_keys_of(const struct preflight *p, qpdf_oh dict)
{
    struct object_keys keys = {0};
    dict = dict_of(p, dict);
    if (!qpdf_oh_is_dictionary(p->pdf, dict)) {
        return keys;
    }
    qpdf_oh_begin_dict_key_iter(p->pdf, dict);
    while (qpdf_oh_dict_more_keys(p->pdf)) {
        str key = str_copy(p->arena, str_from(qpdf_oh_dict_next_key(p->pdf)));
        vec_push(p->arena, &keys.list, key);
    }
    return keys;
}
