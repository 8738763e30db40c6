/* SPDX-License-Identifier: MIT
 *
 * warm HOW RUNS NOTE: writes a note over and over in one warm process and prints one line:
 * the median and the least processor time of a note in microseconds, resident memory in
 * KiB after a tenth of the notes and after all of them. HOW is one of
 *     same   the note as it is, time after time;
 *     names  the same note with a place and a name changed in each;
 *     new    its text all new in each: every letter of what is not a key is another,
 *            vowels for vowels, so that words can be hyphenated and lines fill as before.
 *
 * The process is warm after a few notes of the same kind, which are not counted. */
#include "infonote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST = 1 << 20, WARM_UP = 30 };

struct text {
    char v[LARGEST + 1];
    size_t n;
};

static uint64_t seed;

static unsigned below(unsigned n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed >> 20) % n;
}

static void put(struct text *t, const char *p, size_t n)
{
    if (t->n + n > LARGEST) {
        exit(2);
    }
    memcpy(t->v + t->n, p, n);
    t->n += n;
}

/* --- a place and a name changed --- */

static void put_place(struct text *out)
{
    static const char *const PLACES[] = {
        "Abidjan", "Brno", "Cádiz", "Dakar", "Edinburgh", "Fribourg", "Győr", "Helsinki",
        "Iași", "Jakarta", "Kyiv", "Łódź", "Malmö", "Nairobi", "Osaka", "Porto", "Quito",
        "Reykjavík", "São Paulo", "Tbilisi", "Ürümqi", "Vienna", "Warsaw", "Xiamen",
        "Yaoundé", "Zürich"};
    const char *place = PLACES[below(sizeof PLACES / sizeof *PLACES)];
    put(out, place, strlen(place));
}

/* Of so many that hardly one comes twice. */
static void put_name(struct text *out)
{
    static const char *const SYLLABLES[] = {"ka", "lo", "min", "tar", "ve", "sö", "rig",
                                            "bel", "né", "dun", "hos", "qui", "fy", "wal",
                                            "jep", "zor", "cha", "gla", "xi", "mund"};
    size_t at = out->n;
    for (unsigned i = 0, n = 3 + below(2); i < n; i++) {
        const char *s = SYLLABLES[below(sizeof SYLLABLES / sizeof *SYLLABLES)];
        put(out, s, strlen(s));
    }
    out->v[at] = (char)(out->v[at] - 'a' + 'A');
}

static void change_names(const struct text *note, struct text *out)
{
    static const struct {
        const char *text;
        void (*put)(struct text *);
    } CHANGED[] = {{"Geneva, Switzerland", put_place}, {"Takushoku", put_name}};
    const char *at = note->v;
    for (size_t i = 0; i < sizeof CHANGED / sizeof *CHANGED; i++) {
        const char *found = strstr(at, CHANGED[i].text);
        if (!found) {
            exit(2);
        }
        put(out, at, (size_t)(found - at));
        CHANGED[i].put(out);
        at = found + strlen(CHANGED[i].text);
    }
    put(out, at, strlen(at));
}

/* --- all text new --- */

static void put_letter(struct text *out, char c)
{
    static const char VOWELS[] = "aaaeeeeeiiioouu", OTHERS[] = "bcddfglllmmnnnpprrrsssttttv";
    if (c >= 'a' && c <= 'z') {
        c = strchr("aeiou", c) ? VOWELS[below(sizeof VOWELS - 1)]
                               : OTHERS[below(sizeof OTHERS - 1)];
    }
    put(out, &c, 1);
}

/* How long the key at the start of a line is, with what stands before it. */
static size_t key_of(const char *line, size_t n)
{
    const char *colon = memchr(line, ':', n);
    bool key = colon && (colon[1] == ' ' || colon + 1 == line + n) &&
               !memchr(line, '.', (size_t)(colon - line));
    return key ? (size_t)(colon - line) + 1 : 0;
}

static void renew(const struct text *note, struct text *out)
{
    const char *at = strstr(note->v, "title:");
    put(out, note->v, (size_t)(at - note->v));
    while (*at) {
        size_t n = strcspn(at, "\n"), key = key_of(at, n);
        bool left = memmem(at, n, "[^", 2) || memmem(at, n, "://", 3);
        key = left || at[key + strspn(at + key, " ")] == '>' ? n : key;
        put(out, at, key);
        for (size_t i = key; i < n; i++) {
            put_letter(out, at[i]);
        }
        put(out, "\n", 1);
        at += n + (at[n] == '\n');
    }
}

/* --- measured --- */

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static long resident(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%*d %ld", &pages) != 1) {
        exit(2);
    }
    fclose(f);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static long render(infonote_engine *engine, const struct text *text)
{
    const char *bytes;
    size_t size;
    long start = now();
    infonote_note *note = infonote_note_load_bytes(engine, "note.yaml", text->v, text->n,
                                                   NULL);
    if (infonote_write_bytes(note, &bytes, &size) != INFONOTE_OK) {
        infonote_print_reports(note, stderr, INFONOTE_TEXT);
        exit(1);
    }
    infonote_note_free(note);
    return now() - start;
}

static int compare(const void *a, const void *b)
{
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

static void read_note(struct text *note, const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        exit(2);
    }
    note->n = fread(note->v, 1, LARGEST, f);
    note->v[note->n] = '\0';
    fclose(f);
}

static void copy(const struct text *note, struct text *out)
{
    put(out, note->v, note->n);
}

int main(int n, char **arguments)
{
    static const struct {
        const char *name;
        void (*make)(const struct text *note, struct text *out);
    } WAYS[] = {{"same", copy}, {"names", change_names}, {"new", renew}};
    static struct text note, text;
    size_t way = 0, ways = sizeof WAYS / sizeof *WAYS;
    while (n == 4 && way < ways && strcmp(WAYS[way].name, arguments[1]) != 0) {
        way++;
    }
    int runs = n == 4 ? atoi(arguments[2]) : 0;
    long *times = calloc((size_t)runs + 1, sizeof *times), early = 0;
    if (n != 4 || way == ways || runs < 1 || !times) {
        return 2;
    }
    read_note(&note, arguments[3]);
    infonote_engine *engine = infonote_engine_new(NULL);
    for (int i = -WARM_UP; i < runs; i++) {
        seed = (uint64_t)(i + WARM_UP + 1) * 0x9E3779B97F4A7C15u;
        text.n = 0;
        WAYS[way].make(&note, &text);
        long time = render(engine, &text);
        if (i >= 0) {
            times[i] = time;
        }
        early = i <= runs / 10 ? resident() : early;
    }
    qsort(times, (size_t)runs, sizeof *times, compare);
    printf("%ld %ld %ld %ld\n", times[runs / 2], times[0], early, resident());
    infonote_engine_free(engine);
    free(times);
    return 0;
}
