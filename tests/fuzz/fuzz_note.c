/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a note: the first byte is options, the rest the YAML. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0) {
        fuzz_run_note((const char *)data + 1, size - 1, data[0]);
    }
    return 0;
}
