/* SPDX-License-Identifier: MIT
 *
 * Output intents: what the file is made to be printed with, and the head of its ICC
 * profile (ICC.1, 7.2). */
#include <string.h>

#include "preflight/object.h"

static uint32_t big_endian(str s, size_t at)
{
    const unsigned char *b = (const unsigned char *)s.p + at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* What is wrong with a profile; NULL: nothing. */
static const char *fault(str bytes, int64_t components)
{
    if (bytes.n < 132 || str_compare(str_sub(bytes, 36, 40), STR("acsp")) != 0) {
        return "it is no ICC profile";
    } else if (big_endian(bytes, 0) > bytes.n) {
        return "it is shorter than it says";
    } else if ((unsigned char)bytes.p[8] > 4) {
        return "its version is newer than 4";
    } else if (!str_eq(str_sub(bytes, 12, 16), STR("prtr"))) {
        return "its class is not `prtr`";
    }
    str space = str_sub(bytes, 16, 20);
    int64_t needed = str_eq(space, STR("CMYK")) ? 4 : str_eq(space, STR("RGB ")) ? 3
        : str_eq(space, STR("GRAY")) ? 1 : 0;
    return !needed ? "it is neither of CMYK nor of RGB nor of grey"
        : needed != components ? "N is not the number of its colours" : NULL;
}

static void read_profile(struct preflight *p, qpdf_oh profile)
{
    str bytes;
    if (!qpdf_oh_is_stream(p->pdf, profile)) {
        preflight_find(p, PREFLIGHT_NO_PROFILE, 0, NULL);
        return;
    }
    bool whole = object_data(p, profile, &bytes);
    const char *wrong = whole
        ? fault(bytes, object_integer(p, object_key(p, profile, "/N"), 0))
        : "it cannot be read";
    if (bytes.n >= 20) {
        p->intent_space = str_copy(p->arena, str_sub(bytes, 16, 20));
    }
    if (wrong) {
        preflight_find(p, PREFLIGHT_BAD_PROFILE, 0, "%s", wrong);
    }
}

static void read_intent(struct preflight *p, qpdf_oh intent)
{
    str condition = object_text_of(p, intent, "/OutputConditionIdentifier");
    str other = object_text_of(p, intent, "/OutputCondition");
    p->condition = condition.n ? condition : other;
    if (!str_trim(condition).n) {
        preflight_find(p, PREFLIGHT_CONDITION, 0, NULL);
    }
    if (object_has(p, intent, "/RegistryName") &&
        !str_trim(object_text_of(p, intent, "/RegistryName")).n) {
        preflight_find(p, PREFLIGHT_REGISTRY, 0, NULL);
    }
    read_profile(p, object_key(p, intent, "/DestOutputProfile"));
}

void preflight_intents(struct preflight *p)
{
    qpdf_oh intents = object_key(p, qpdf_get_root(p->pdf), "/OutputIntents");
    str first = STR_NONE;
    int of_x = 0, n = object_count(p, intents);
    for (int i = 0; i < n; i++) {
        qpdf_oh intent = object_item(p, intents, i);
        str profile = object_id(p, object_key(p, intent, "/DestOutputProfile"));
        if (object_is_name(p, object_key(p, intent, "/S"), "GTS_PDFX") && of_x++ == 0) {
            read_intent(p, intent);
        }
        if (i > 0 && !str_eq(profile, first)) {
            preflight_find(p, PREFLIGHT_PROFILES, 0, NULL);
        }
        first = i == 0 ? profile : first;
    }
    if (of_x == 0) {
        preflight_find(p, PREFLIGHT_NO_INTENT, 0, NULL);
    } else if (of_x > 1) {
        preflight_find(p, PREFLIGHT_INTENTS, 0, NULL);
    }
}
