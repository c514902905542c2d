/*
 * The job "import": read and check outside the writer, stage in slices, apply in one transaction.
 *
 * All or nothing: nothing but the stage is written before org_import_finish, which applies every
 * row, the leaf over the file and the state "applied" together, or writes the faults and "refused".
 * What was checked must still be true then: when the generation of the government moved in between,
 * the file is checked again from the start. After a crash the job runs again: a waiting import
 * begins with an empty stage, one that is applied only clears its stage.
 */
#include "org/org_import_int.h"

#include "base/str.h"
#include "platform/blob.h"
#include "platform/fields.h"
#include "platform/jobs.h"
#include "platform/platform_db.h"
#include "trust/trust.h"

#include <string.h>

#define TRIES_MAX    5
#define DELETE_ROWS  4000
#define READ_PERCENT 80 /* of the work, until the rows are staged */

struct import_input {
	int64_t import;
};
static const struct field import_input_fields[] = {
	F_ID(struct import_input, import, 0, "The import to run."), F_END};
static const struct shape import_input_shape = SHAPE(
	"ImportJobInput", struct import_input, import_input_fields);

/* ---- the end of a run ---- */

/* What is committed to: kind, day and content of the file, and what came of it. */
static void add_leaf(struct tx *tx, const struct org_import_row *row)
{
	struct buf fact;

	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "import %s effective %d sha256 %s rows %d created %d updated %d",
		import_subject_names[row->kind], row->effective, row->sha256, row->rows,
		row->created, row->updated);
	trust_add_leaf(tx, LEAF_IMPORT, row->import_id, fact.p, fact.n);
}

static enum err apply_rows(struct tx *tx, const struct import *im, const struct org_import_row *row)
{
	const struct import_apply apply = {row->import_id, im->effective, im->today, row->actor};
	enum err e;

	if (row->created + row->updated == 0)
		return OK;
	if ((e = im->own->kind->apply(tx, &apply)))
		return e;
	add_leaf(tx, row);
	return org_touch_generation(tx);
}

static enum err add_errors(struct tx *tx, const struct import *im)
{
	const struct import_private *own = im->own;
	int kept = own->errors < IMPORT_ERRORS_MAX ? own->errors : IMPORT_ERRORS_MAX;
	enum err e = OK;

	for (int i = 0; i < kept && !e; i++)
		e = org_add_import_error(tx, own->import_id, &own->error[i]);
	return e;
}

/* The row with the outcome of a run. */
static struct org_import_row outcome(const struct import *im, const struct org_import_row *row)
{
	const struct import_private *own = im->own;
	struct org_import_row r = *row;

	r.state = own->errors ? IMPORT_REFUSED : own->is_dry ? IMPORT_CHECKED : IMPORT_APPLIED;
	r.rows = own->rows;
	r.errors = own->errors;
	r.created = own->created;
	r.updated = own->updated;
	r.unchanged = own->unchanged;
	r.closed_days = own->closed_days;
	r.mapping_id = own->mapping ? own->mapping->mapping_id : 0;
	r.mapping = own->mapping ? own->mapping->name : "";
	return r;
}

/* A sheet that was read by a mapping holds more than what is needed: it is not kept. */
static enum err own_file_goes(struct tx *tx, const struct org_import_row *row)
{
	struct hash hash;

	if (!row->mapping_id || !hex_decode(row->sha256, hash.b, sizeof(hash.b)))
		return OK;
	return platform_forget_file(tx, &hash, row->actor);
}

enum err org_import_finish(struct tx *tx, const struct import *im, int64_t generation,
	const struct org_import_row *row)
{
	const struct org_import_row result = outcome(im, row);
	int64_t now_generation;
	enum err e = platform_load_generation(tx, &now_generation);

	if (e)
		return e;
	if (result.state == IMPORT_APPLIED && now_generation != generation)
		return E_STALE;
	if (result.state == IMPORT_APPLIED && (e = apply_rows(tx, im, &result)))
		return e;
	if ((e = add_errors(tx, im)) || (e = org_set_import_result(tx, &result)))
		return e;
	return own_file_goes(tx, &result);
}

/* ---- closures of the committer ---- */

struct run {
	struct job *job;
	struct import im;
	struct org_import_row row;
	struct bytes file;
	int64_t generation;
	int64_t deleted;
};

static enum err write_slice(struct tx *tx, void *arg)
{
	const struct import_private *own = ((const struct import *)arg)->own;

	return org_add_staged(
		tx, own->import_id, own->staged_before + 1, own->staged, own->staged_rows);
}

static enum err flush_to_store(struct import *im)
{
	struct run *run = im->own->flush_arg;

	if (job_is_cancelled(run->job))
		return E_CONFLICT;
	job_progress(run->job, sheet_percent(im->own->sheet) * READ_PERCENT / 100);
	return job_commit(run->job, write_slice, im);
}

static enum err write_finish(struct tx *tx, void *arg)
{
	struct run *run = arg;

	return org_import_finish(tx, &run->im, run->generation, &run->row);
}

static enum err write_failed(struct tx *tx, void *arg)
{
	struct run *run = arg;

	run->row.state = IMPORT_FAILED;
	return org_set_import_result(tx, &run->row);
}

static enum err write_delete(struct tx *tx, void *arg)
{
	struct run *run = arg;

	return org_delete_staged(tx, run->row.import_id, DELETE_ROWS, &run->deleted);
}

static enum err clear_stage(struct run *run)
{
	enum err e;

	do {
		e = job_commit(run->job, write_delete, run);
	} while (!e && run->deleted > 0);
	return e;
}

/* ---- the job ---- */

static enum err load_file(struct run *run)
{
	struct hash hash;

	if (!hex_decode(run->row.sha256, hash.b, sizeof(hash.b)))
		return E_NOT_FOUND;
	return blob_get(run->job->tx->arena, &hash, &run->file);
}

/* Reads, checks and stages the file once on a fresh snapshot, and finishes. */
static enum err try_once(struct run *run)
{
	const struct import_kind *kind = org_import_kind((enum import_subject)run->row.kind);
	struct job *job = run->job;
	enum err e = clear_stage(run);

	if (e || (e = job_refresh(job)) ||
		(e = platform_load_generation(job->tx, &run->generation)))
		return e;
	e = org_import_open(
		&run->im, job->tx, kind, run->row.import_id, run->row.effective, run->row.dry_run);
	run->im.own->flush = flush_to_store;
	run->im.own->flush_arg = run;
	if (!e && run->row.mapping_id && !org_import_choose_saved(&run->im, run->row.mapping_id))
		e = E_NOT_FOUND;
	if (!e)
		e = org_import_read(&run->im, run->file);
	org_import_close(&run->im);
	if (!e)
		e = job_commit(job, write_finish, run);
	return e;
}

static enum err run_waiting(struct run *run)
{
	enum err e = load_file(run);

	if (!e && !org_import_kind((enum import_subject)run->row.kind))
		e = E_NOT_FOUND;
	if (!e)
		e = E_STALE;
	for (int i = 0; e == E_STALE && i < TRIES_MAX; i++)
		e = try_once(run);
	return e;
}

enum err org_run_import(struct job *job, const char **ret_result)
{
	struct run *run = ARENA_NEW(job->tx->arena, struct run);
	struct import_input input = {0};
	struct field_fault fault = {0};
	enum err e = fields_decode(&import_input_shape, job->tx->arena, job->input,
		strlen(job->input), &input, &fault);

	run->job = job;
	if (e || (e = org_load_import(job->tx, input.import, &run->row)))
		return e;
	if (run->row.state == IMPORT_WAITING && (e = run_waiting(run))) {
		if (e != E_BUSY) /* the program is ending: the job waits for the next start */
			job_commit(job, write_failed, run);
		return e;
	}
	*ret_result = arena_printf(
		job->tx->arena, "{\"import\":\"%lld\"}", (long long)input.import);
	return clear_stage(run);
}
