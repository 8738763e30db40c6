/* SPDX-License-Identifier: MIT
 *
 * Adobe Technical Note 5176: header, Name INDEX, Top DICT INDEX. The top dictionary of a
 * CID-keyed table begins with ROS; its charset operator says where the CIDs are. All
 * offsets are checked: reading past the end gives 0. */
#include "pdf/cff.h"

struct reader {
    const uint8_t *p;
    size_t n, at;
};

static uint32_t read_be(struct reader *r, size_t size)
{
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++, r->at++) {
        value = value << 8 | (r->at < r->n ? r->p[r->at] : 0u);
    }
    return value;
}

/* Reads an INDEX: gives where its first item lies, goes behind the INDEX. */
static struct reader first_of_index(struct reader *r)
{
    uint32_t count = read_be(r, 2);
    if (!count) {
        return (struct reader){0};
    }
    uint32_t size = read_be(r, 1);
    size_t offsets = r->at;
    uint32_t first = read_be(r, size), second = read_be(r, size);
    r->at = offsets + (size_t)count * size;
    uint32_t last = read_be(r, size);
    size_t data = r->at - 1; /* offsets count from 1 */
    r->at = data + last;
    if (size > 4 || first > second || data + second > r->n) {
        return (struct reader){0};
    }
    return (struct reader){r->p, data + second, data + first};
}

/* An operand of a DICT; reals are skipped and give 0. */
static int32_t operand(struct reader *r, uint32_t b0)
{
    if (b0 == 30) {
        while (r->at < r->n && (read_be(r, 1) & 15) != 15) {
        }
        return 0;
    }
    if (b0 == 28) {
        return (int16_t)read_be(r, 2);
    }
    if (b0 == 29) {
        return (int32_t)read_be(r, 4);
    }
    if (b0 <= 246) {
        return (int32_t)b0 - 139;
    }
    int32_t low = (int32_t)read_be(r, 1);
    return b0 <= 250 ? ((int32_t)b0 - 247) * 256 + low + 108
                     : -((int32_t)b0 - 251) * 256 - low - 108;
}

/* The charset's offset; 0 if the table is not CID-keyed. */
static uint32_t cid_charset(struct reader dict)
{
    enum { ESCAPE = 12, ROS = 30, CHARSET = 15, OPERATORS_END = 22 };
    bool keyed = false;
    int32_t last = 0, charset = 0;
    while (dict.at < dict.n) {
        uint32_t b0 = read_be(&dict, 1);
        if (b0 == ESCAPE) {
            keyed |= read_be(&dict, 1) == ROS;
        } else if (b0 == CHARSET) {
            charset = last;
        } else if (b0 >= OPERATORS_END) {
            last = operand(&dict, b0);
        }
    }
    return keyed && charset > 2 ? (uint32_t)charset : 0; /* 0..2 are predefined */
}

uint16_t pdf_cff_cid(str table, uint16_t gid)
{
    struct reader r = {(const uint8_t *)table.p, table.n, 2};
    r.at = read_be(&r, 1);
    first_of_index(&r); /* names */
    uint32_t charset = cid_charset(first_of_index(&r));
    if (!charset || !gid) {
        return gid;
    }
    r.at = charset;
    uint32_t format = read_be(&r, 1);
    if (format == 0) {
        r.at += 2 * (size_t)(gid - 1);
        return (uint16_t)read_be(&r, 2);
    }
    for (uint32_t next = 1; r.at < r.n;) {
        uint32_t first = read_be(&r, 2), left = read_be(&r, format == 1 ? 1 : 2);
        if (gid <= next + left) {
            return (uint16_t)(first + gid - next);
        }
        next += left + 1;
    }
    return gid;
}
