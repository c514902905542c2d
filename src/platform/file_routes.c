/*
 * Looking after one's jobs, and files in and out.
 *
 * A file is written and fsynced in the pool (blob.h) before a transaction names it with its first
 * owner; an upload that is never named is removed later. Its type is judged by its content, never
 * by what the sender calls it; of a picture what it shows is kept and nothing else (picture.h), so
 * that its name is that of what is kept; and it leaves as an attachment. Who may read it is the
 * permission P_FILE_READ about the owner.
 */
#include "platform/file_routes.h"

#include "base/str.h"
#include "platform/auth.h"
#include "platform/blob.h"
#include "platform/picture.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#define DOCUMENT_BYTES_MAX (5 * 1024 * 1024) /* every type but tables */

/* ---- jobs ---- */

struct job_path {
	int64_t job;
};

static const struct field job_path_fields[] = {
	PATH_ID(struct job_path, job, "Id of the job."),
	F_END,
};
const struct shape job_path_shape = SHAPE("JobPath", struct job_path, job_path_fields);

struct job_view {
	int64_t job;
	const char *kind;
	int32_t state;
	int32_t percent;
	const char *result;
	int64_t created_at, ended_at;
};

static const struct field job_view_fields[] = {
	F_ID(struct job_view, job, 0, "Id of the job."),
	F_TEXT(struct job_view, kind, 1, 40, 0, "What kind of work it is."),
	F_ENUM(struct job_view, state, job_state_names, 0, "How far it got."),
	F_INT(struct job_view, percent, 0, 100, 0, "Progress."),
	F_TEXT(struct job_view, result, 0, 65536, OPTIONAL,
		"JSON text that the kind defines, once it ended."),
	F_INSTANT(struct job_view, created_at, 0, "When it was asked for."),
	F_INSTANT(struct job_view, ended_at, OPTIONAL, "When it ended."),
	F_END,
};
const struct shape job_view_shape = SHAPE("Job", struct job_view, job_view_fields);

static enum err load_job(struct req *rq, struct platform_job *ret)
{
	const struct job_path *in = rq->input;
	return platform_load_job(rq->tx, in->job, ret);
}

enum err find_job_owner(struct req *rq, struct object *ret_object)
{
	struct platform_job job;
	enum err e = load_job(rq, &job);
	if (!e)
		ret_object->employee = job.owner;
	return e;
}

enum err get_job(struct req *rq)
{
	struct platform_job job;
	enum err e = load_job(rq, &job);
	if (e)
		return e;
	struct job_view out = {job.job_id, job.kind, job.state, job.percent, job.result,
		job.created_at, job.ended_at ? job.ended_at : INSTANT_NONE};
	return reply(rq, 200, &out);
}

enum err post_job_cancel(struct req *rq)
{
	struct platform_job job;
	enum err e = load_job(rq, &job);
	if (e)
		return e;
	if (job.owner.v != rq->actor.employee.v)
		return E_FORBIDDEN; /* others may look at it, only its owner stops it */
	if ((e = job_cancel(rq->tx, job.job_id)))
		return e;
	return reply(rq, 204, NULL);
}

/* ---- files ---- */

struct file_named {
	const char *sha256;
	int64_t size_bytes;
	const char *type;
};

static const struct field file_named_fields[] = {
	F_TEXT(struct file_named, sha256, 64, 64, 0,
		"Its name: SHA-256 of its content, hexadecimal."),
	F_INT64(struct file_named, size_bytes, 1, BLOB_MAX_BYTES, 0, "Its size."),
	F_TEXT(struct file_named, type, 1, 100, 0, "Media type by its content."),
	F_END,
};
const struct shape file_named_shape = SHAPE("FileNamed", struct file_named, file_named_fields);

static bool is_table(const char *type)
{
	return str_eq(type, "text/csv") || str_eq(type, BLOB_XLSX);
}

enum err prepare_upload(struct req *rq)
{
	struct upload *up = rq->prepared = ARENA_NEW(rq->tx->arena, struct upload);
	struct bytes kept = {(const uint8_t *)rq->raw_body, rq->raw_body_bytes};
	struct hash hash;
	enum picture_fault fault;
	enum err e;
	if (rq->raw_body_bytes == 0)
		return refuse(rq, E_BAD_REQUEST, "", "empty file");
	up->type = blob_type(rq->raw_body, rq->raw_body_bytes);
	if (!up->type)
		return refuse(rq, E_MEDIA_TYPE, "", "not a type of file that is kept");
	if (kept.n > DOCUMENT_BYTES_MAX && !is_table(up->type))
		return refuse(rq, E_TOO_LARGE, "", "at most 5 MB");
	if ((fault = picture_clean(rq->tx->arena, up->type, kept, &kept)))
		return refuse(rq, fault == PICTURE_TOO_BIG ? E_TOO_LARGE : E_MEDIA_TYPE, "",
			picture_fault_names[fault]);
	up->size_bytes = (int64_t)kept.n;
	if ((e = blob_put(kept.p, kept.n, &hash)))
		return e;
	hex_encode(hash.b, sizeof hash.b, up->sha256.hex);
	return OK;
}

enum err post_files(struct req *rq)
{
	const struct upload *up = rq->prepared;
	struct file_named out = {up->sha256.hex, up->size_bytes, up->type};
	struct platform_file file = {.size_bytes = up->size_bytes,
		.type = up->type,
		.created_at = rq->tx->now_ms,
		.owner = rq->actor.employee};
	enum err e;
	if (!hex_decode(up->sha256.hex, file.sha256.b, sizeof file.sha256.b))
		return E_INTERNAL;
	if ((e = platform_add_file(rq->tx, &file)))
		return e;
	return reply(rq, 200, &out);
}

struct file_path {
	const char *sha256;
};

static const struct field file_path_fields[] = {
	PATH_TEXT(struct file_path, sha256, 64, 64, "SHA-256 of the file, hexadecimal."),
	F_END,
};
const struct shape file_path_shape = SHAPE("FilePath", struct file_path, file_path_fields);

/* A document of health asks for a right of its own besides. */
static bool may_read(struct req *rq, const struct platform_file_owner *file)
{
	const struct object about = {.employee = file->owner, .day = DAY_NONE};
	return auth_authorise(rq, P_FILE_READ, &about) == OK &&
	       (!file->is_restricted || auth_authorise(rq, P_MEDICAL_READ, &about) == OK);
}

/* Of several owners of one content the first whose file the actor may read. */
enum err find_file_owner(struct req *rq, struct object *ret_object)
{
	const struct file_path *in = rq->input;
	struct platform_file_owner owner[FILE_OWNERS_MAX];
	struct hash hash;
	int owners = 0;
	if (!hex_decode(in->sha256, hash.b, sizeof hash.b))
		return E_NOT_FOUND;
	enum err e = platform_list_file_owners(rq->tx, &hash, owner, &owners);
	for (int i = 0; i < owners && !e; i++) {
		ret_object->employee = owner[i].owner;
		if (may_read(rq, &owner[i]))
			return OK;
	}
	return e ? e : E_NOT_FOUND;
}

struct download {
	struct platform_file file;
	struct bytes bytes;
};

enum err prepare_download(struct req *rq)
{
	struct download *d = rq->prepared = ARENA_NEW(rq->tx->arena, struct download);
	const struct file_path *in = rq->input;
	struct hash hash;
	if (!hex_decode(in->sha256, hash.b, sizeof hash.b))
		return E_NOT_FOUND;
	enum err e = platform_load_file(rq->tx, &hash, rq->object.employee, &d->file);
	return e ? e : blob_get(rq->tx->arena, &d->file.sha256, &d->bytes);
}

enum err get_file(struct req *rq)
{
	const struct file_path *in = rq->input;
	const struct download *d = rq->prepared;
	rq->disposition = arena_printf(
		rq->tx->arena, "%.16s.%s", in->sha256, blob_extension(d->file.type));
	return reply_raw(rq, 200, d->file.type, (const char *)d->bytes.p, d->bytes.n);
}
