/* SPDX-License-Identifier: MIT
 *
 * In: a job. Out: its plan, or everything that stands against it. All records are read,
 * all names made and compared, before the first file is written: names that are the same,
 * or would be on a disk that folds case or composes letters, names that no file may have,
 * fields that are missing, rows that are none. */
#include "bulk/plan.h"

#include <stdio.h>

#include "base/sha256.h"
#include "bulk/seen.h"

struct planning {
    struct bulk_plan *plan;
    const struct bulk_job *job;
    struct bulk_seen seen;
    struct buf name, folded, key;
    bool good;
};

/* --- What a run is for --- */

str bulk_key(const struct bulk_choice *choice, const struct data_row *row,
             struct buf *scratch)
{
    str key;
    if (choice->key.n && bulk_field(row, choice->key, &key)) {
        return str_trim(key);
    }
    buf_clear(scratch);
    buf_int(scratch, (int64_t)row->number);
    return buf_str(scratch);
}

static unsigned shard_of(str key, unsigned shards)
{
    uint64_t hash = str_hash(key);
    hash ^= hash >> 33; /* its low bits alone are not even enough */
    hash *= 0xff51afd7ed558ccd;
    hash ^= hash >> 33;
    return (unsigned)(hash % shards) + 1;
}

bool bulk_chosen(const struct bulk_choice *choice, const struct data_row *row,
                 struct buf *scratch)
{
    str value;
    if (choice->field.n && (!bulk_field(row, choice->field, &value) ||
                            !str_eq(str_trim(value), choice->value))) {
        return false;
    }
    return choice->shards == 0 ||
           shard_of(bulk_key(choice, row, scratch), choice->shards) == choice->shard;
}

static bool has_field(const struct data_source *data, str name)
{
    for (uint32_t i = 0; i < data->n_names; i++) {
        if (str_eq(data->names[i], name)) {
            return true;
        }
    }
    return !data->names; /* each record has its own */
}

static bool check_field(const struct bulk_job *job, str name, const char *option)
{
    if (has_field(job->data, name)) {
        return true;
    }
    diag_report(job->sink, DIAG_NO_FIELD, (struct place){.source = job->data->file},
                "take the name of a column",
                "the data has no field `%.*s`, which %s asks for", STR_ARG(name), option);
    return false;
}

static bool choose(struct bulk_choice *c, const struct bulk_job *job)
{
    bool good = true;
    *c = (struct bulk_choice){.shard = job->shard, .shards = job->shards};
    if (job->only) {
        c->field = str_trim(str_cut(str_from(job->only), '=', &c->value));
        c->value = str_trim(c->value);
        good = check_field(job, c->field, "`--only`");
    }
    if (job->key) {
        c->key = str_from(job->key);
        good = check_field(job, c->key, "`--key`") && good;
    } else if (job->data->names && has_field(job->data, STR("id"))) {
        c->key = STR("id");
    }
    if (job->maker && job->maker->field) {
        good = check_field(job, str_from(job->maker->field), job->maker->option) && good;
    }
    return good;
}

/* --- Names --- */

/* A place in the data, with its line to show as long as such reports are kept. */
static struct place place_of(const struct bulk_job *job, const struct data_row *row)
{
    struct place at = {job->data->file, row->line, 0, 0};
    if (row->raw.n && job->sink->per_code[DIAG_BAD_NAME] < DIAG_KEPT_PER_CODE) {
        struct source *piece = NEW(job->sink->arena, struct source);
        *piece = *job->data->file;
        piece->text = str_copy(job->sink->arena, row->raw);
        piece->first_line = row->line;
        at = (struct place){piece, row->line, 1, 0};
    }
    return at;
}

static void report_name(struct planning *p, const struct data_row *row,
                        const char *fault, str culprit)
{
    char message[256];
    size_t shown = culprit.n < 80 ? culprit.n : 80; /* of a name that is too long */
    while (shown < culprit.n && ((unsigned char)culprit.p[shown] & 0xC0) == 0x80) {
        shown--;
    }
    /* Each fault is one of name.c, with one place for the culprit. */
    snprintf(message, sizeof message, fault, STR_ARG(str_sub(culprit, 0, shown)));
    diag_report(p->job->sink, DIAG_BAD_NAME, place_of(p->job, row),
                "mend the field, or take another one for names", "%s", message);
    p->good = false;
}

static void plan_name(struct planning *p, const struct data_row *row)
{
    str culprit = STR_NONE;
    uint32_t first;
    bool label = !p->job->output;
    const char *fault = (label ? bulk_label_fill : bulk_name_fill)(&p->plan->name, row,
                                                                   &p->name, &culprit);
    if (fault) {
        report_name(p, row, fault, culprit);
    }
    if (fault || label) {
        return;
    }
    str name = bulk_name_fold(buf_str(&p->name), &p->folded);
    uint32_t line = row->line ? row->line : (uint32_t)row->number;
    if (!bulk_seen_add(&p->seen, name, line, &first)) {
        struct diag *d = diag_report(
            p->job->sink, DIAG_BAD_NAME, place_of(p->job, row),
            "let names hold a field that no two records share, such as `{{id}}`; "
            "`{{@number}}` is always another",
            "another record's file has the name `%.*s`, or one that differs in case "
            "alone",
            STR_ARG(buf_str(&p->name)));
        diag_second(p->job->sink, d, (struct place){p->job->data->file, first, 0, 0},
                    "this record");
        p->good = false;
    }
}

static bool has_label(const struct bulk_job *job)
{
    return !job->output && job->label && *job->label;
}

static void plan_rows(struct planning *p)
{
    const struct bulk_job *job = p->job;
    struct bulk_plan *plan = p->plan;
    struct bulk_choice all = plan->choice;
    struct data_row row;
    enum data_next next;
    all.shards = 0; /* what other machines do may not meet with what this one does */
    while ((next = data_next(job->data, &row)) != DATA_END) {
        if (next != DATA_ROW) {
            p->good = false;
            if (next == DATA_STOP) {
                break;
            }
            continue;
        }
        plan->records++;
        bool within = !job->limit || plan->planned < job->limit;
        if (!within || !bulk_chosen(&all, &row, &p->key)) {
            continue;
        }
        plan->planned += bulk_chosen(&plan->choice, &row, &p->key);
        if (job->output || has_label(job)) {
            plan_name(p, &row);
        }
    }
    data_digest(job->data, plan->digest);
    p->good = p->good && !job->data->failed; /* of an empty line, a row follows */
}

/* --- Columns --- */

/* Names count as uses, too. */
static bool is_used(const struct planning *p, str name)
{
    const struct bulk_maker *maker = p->job->maker;
    for (size_t i = 0; i < p->plan->name.pieces.n; i++) {
        const struct bulk_piece *piece = &p->plan->name.pieces.v[i];
        if (piece->field && str_eq(piece->text, name)) {
            return true;
        }
    }
    return (maker && str_eq(name, str_from(maker->field))) ||
           str_eq(name, p->plan->choice.key) || str_eq(name, p->plan->choice.field) ||
           infonote_template_uses(p->job->template, name.p);
}

static void report_unused(struct planning *p)
{
    const struct data_source *data = p->job->data;
    for (uint32_t i = 0; data->names && i < data->n_names; i++) {
        if (!is_used(p, data->names[i])) {
            diag_report(p->job->sink, DIAG_UNUSED_FIELD,
                        (struct place){.source = data->file},
                        "ask for it as `{{…}}` in the template, or leave it",
                        "nothing asks for the field `%.*s`", STR_ARG(data->names[i]));
        }
    }
}

/* --- The plan --- */

/* What decides the bytes and the names of files, in one digest. */
static void digest_template(const struct bulk_job *job, char out[65])
{
    char template[65];
    struct sha256 h;
    unsigned char digest[32];
    infonote_template_digest(job->template, template);
    sha256_init(&h);
    sha256_add(&h, str_from(template));
    sha256_add(&h, str_from(job->output));
    if (job->maker) {
        sha256_add(&h, str_from(job->maker->mark));
    }
    sha256_end(&h, digest);
    sha256_hex(digest, out);
}

bool bulk_plan_make(struct bulk_plan *plan, const struct bulk_job *job, struct arena *a)
{
    struct planning p = {.plan = plan, .job = job};
    *plan = (struct bulk_plan){0};
    p.good = choose(&plan->choice, job);
    if (job->output) {
        const char *ending = job->maker ? job->maker->ending : ".pdf";
        p.good = bulk_name_read(&plan->name, job->output, job->data, a, job->sink) &&
                 bulk_name_check_end(&plan->name, ending, job->sink) && p.good;
    } else if (has_label(job)) {
        p.good = bulk_label_read(&plan->name, job->label, job->data, a, job->sink) &&
                 p.good;
    }
    if (!p.good) {
        return false;
    }
    buf_init(&p.name, a);
    buf_init(&p.folded, a);
    buf_init(&p.key, a);
    bulk_seen_init(&p.seen);
    plan_rows(&p);
    bulk_seen_done(&p.seen);
    report_unused(&p);
    digest_template(job, plan->template);
    if (p.good && plan->planned == 0 && !job->shards) {
        diag_report(job->sink, DIAG_BAD_DATA, (struct place){.source = job->data->file},
                    job->only ? "look for the value that it should have" : "give it rows",
                    job->only ? "no record is what `--only` asks for"
                              : "the data has no records");
        p.good = false;
    }
    return p.good;
}
