/* SPDX-License-Identifier: MIT
 *
 * A fuzz target without libFuzzer: every file named is given to it once. For the seeds in
 * `make test`, and to look at one of them in a debugger. */
#include "fuzz.h"

static int run_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0) {
        perror(path);
        return 1;
    }
    long n = ftell(f);
    uint8_t *bytes = malloc(n > 0 ? (size_t)n : 1);
    rewind(f);
    size_t got = fread(bytes, 1, (size_t)n, f);
    fclose(f);
    LLVMFuzzerTestOneInput(bytes, got);
    free(bytes);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        printf("%s\n", argv[i]); /* known by name when it ends here */
        fflush(stdout);
        failed |= run_file(argv[i]);
    }
    return failed;
}
