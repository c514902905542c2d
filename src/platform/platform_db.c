/*
 * Statements on the platform's own tables: governments, the store's row, files, jobs, access.
 *
 * A few are not bound to one government, because they are asked before it is known (by code), for
 * the whole store (the floor of ids) or by the pool of jobs; they say so where they stand.
 */
#include "platform/platform_db.h"

#include "platform/blob.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/jobs.h"
#include "platform/keys.h"
#include "platform/slice.h"

#define RESERVE_MS INT64_C(10000) /* ids reserved ahead of the last one */

const char *const government_kind_names[] = {"province", "regency", "city", NULL};
const char *const job_state_names[] = {"waiting", "running", "done", "failed", "cancelled", NULL};

/* ---- governments ---- */

#define GOVERNMENT_COLUMNS                                                                         \
	"government_id, code, name, short_name, kind, zone, board_label, agency_label, "           \
	"head_label,"                                                                              \
	" is_demo, generation"
#define INTO_GOVERNMENT(g)                                                                         \
	INTO(to_int64(&(g)->id.v), to_text(&(g)->code), to_text(&(g)->name),                       \
		to_text(&(g)->short_name), to_int32(&kind), to_int32(&zone),                       \
		to_text(&(g)->board_label), to_text(&(g)->agency_label),                           \
		to_text(&(g)->head_label), to_bool(&(g)->is_demo), to_int64(&(g)->generation))

static struct db_stmt LOAD_GOVERNMENT = {"platform_load_government",
	"SELECT " GOVERNMENT_COLUMNS " FROM platform_government WHERE government_id = $1", 0};

enum err platform_load_government(struct tx *tx, struct government *ret)
{
	int32_t kind = 0, zone = 0;
	*ret = (struct government){0};
	enum err e = db_load(
		tx, &LOAD_GOVERNMENT, BIND(db_int(tx->government.v)), INTO_GOVERNMENT(ret));
	ret->kind = (enum government_kind)kind;
	ret->zone = (enum zone)zone;
	return e;
}

/* Before the government is known. */
static struct db_stmt LOAD_GOVERNMENT_BY_CODE = {"platform_load_government_by_code",
	"SELECT " GOVERNMENT_COLUMNS " FROM platform_government WHERE code = $1", 0};

enum err platform_load_government_by_code(struct tx *tx, const char *code, struct government *ret)
{
	int32_t kind = 0, zone = 0;
	*ret = (struct government){0};
	enum err e = db_load(
		tx, &LOAD_GOVERNMENT_BY_CODE, BIND(db_text(code)), INTO_GOVERNMENT(ret));
	ret->kind = (enum government_kind)kind;
	ret->zone = (enum zone)zone;
	return e;
}

/* The whole store: the choice at sign-in. */
static struct db_stmt LIST_GOVERNMENTS = {"platform_list_governments",
	"SELECT " GOVERNMENT_COLUMNS " FROM platform_government ORDER BY code LIMIT $1", 0};

enum err platform_list_governments(struct tx *tx, struct government **ret_list, int *ret_count)
{
	struct db_rows r;
	struct government *list = ARENA_ARRAY(tx->arena, GOVERNMENTS_MAX, struct government);
	int32_t kind, zone;
	int n = 0;
	db_query(tx, &LIST_GOVERNMENTS, BIND(db_int(GOVERNMENTS_MAX)), &r);
	while (n < GOVERNMENTS_MAX && db_next(&r, INTO_GOVERNMENT(&list[n]))) {
		list[n].kind = (enum government_kind)kind;
		list[n].zone = (enum zone)zone;
		n++;
	}
	*ret_list = list;
	*ret_count = n;
	return db_end(&r);
}

static struct db_stmt ADD_GOVERNMENT = {"platform_add_government",
	"INSERT INTO platform_government (" GOVERNMENT_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
	0};

enum err platform_add_government(struct tx *tx, const struct government *g)
{
	return db_exec(tx, &ADD_GOVERNMENT,
		BIND(db_int(g->id.v), db_text(g->code), db_text(g->name), db_text(g->short_name),
			db_int(g->kind), db_int(g->zone), db_text(g->board_label),
			db_text(g->agency_label), db_text(g->head_label), db_int(g->is_demo)),
		NULL);
}

static struct db_stmt LOAD_MEMO = {"platform_load_memo",
	"SELECT generation, zone FROM platform_government WHERE government_id = $1", 0};

/* Asked once per transaction. */
static enum err load_memo(struct tx *tx, struct db_memo **ret)
{
	struct db_memo *memo = *ret = db_memo(tx->db);
	if (memo->government.v == tx->government.v)
		return OK;
	enum err e = db_load(tx, &LOAD_MEMO, BIND(db_int(tx->government.v)),
		INTO(to_int64(&memo->generation), to_int32(&memo->zone)));
	memo->government.v = e ? 0 : tx->government.v;
	return e;
}

enum err platform_load_generation(struct tx *tx, int64_t *ret_generation)
{
	struct db_memo *memo;
	enum err e = load_memo(tx, &memo);
	*ret_generation = memo->generation;
	return e;
}

enum err platform_load_zone(struct tx *tx, enum zone *ret_zone)
{
	struct db_memo *memo;
	enum err e = load_memo(tx, &memo);
	*ret_zone = (enum zone)memo->zone;
	return e;
}

static struct db_stmt RAISE_GENERATION = {"platform_raise_generation",
	"UPDATE platform_government SET generation = generation + 1 WHERE government_id = $1", 0};

enum err platform_raise_generation(struct tx *tx)
{
	enum err e = db_exec(tx, &RAISE_GENERATION, BIND(db_int(tx->government.v)), NULL);
	*db_memo(tx->db) = (struct db_memo){0};
	if (!e && tx->changes)
		changes_add(tx->changes, CHANGE_GENERATION, 0, 0);
	return e;
}

/* ---- the store's row and the floor of ids: one for all governments ---- */

static struct db_stmt LOAD_STORE = {
	"platform_load_store", "SELECT id_floor, is_demo FROM platform_store WHERE one = 1", 0};

enum err platform_load_store(struct tx *tx, int64_t *ret_id_floor, bool *ret_is_demo)
{
	return db_load(tx, &LOAD_STORE, BIND(), INTO(to_int64(ret_id_floor), to_bool(ret_is_demo)));
}

static struct db_stmt ADD_STORE = {"platform_add_store",
	"INSERT INTO platform_store (one, id_floor, is_demo) VALUES (1, 0, 0) ON CONFLICT (one) DO "
	"NOTHING",
	0};

enum err platform_add_store(struct tx *tx)
{
	return db_exec(tx, &ADD_STORE, BIND(), NULL);
}

static struct db_stmt SET_DEMO = {
	"platform_set_demo", "UPDATE platform_store SET is_demo = 1 WHERE one = 1", 0};

enum err platform_set_demo(struct tx *tx)
{
	return db_exec(tx, &SET_DEMO, BIND(), NULL);
}

enum err platform_load_id_floor(struct tx *tx)
{
	int64_t floor;
	bool is_demo;
	enum err e = platform_load_store(tx, &floor, &is_demo);
	if (!e)
		id_set_floor(floor);
	return e;
}

static struct db_stmt SET_ID_FLOOR = {"platform_set_id_floor",
	"UPDATE platform_store SET id_floor = $1 WHERE one = 1 AND id_floor < $1", 0};

enum err platform_reserve_ids(struct tx *tx, int64_t floor, int64_t *ret_floor)
{
	int64_t last = id_floor();
	*ret_floor = floor;
	if (last <= floor)
		return OK;
	*ret_floor = last + (RESERVE_MS << ID_INSTANT_SHIFT);
	return db_exec(tx, &SET_ID_FLOOR, BIND(db_int(*ret_floor)), NULL);
}

/* ---- files ---- */

static struct db_stmt ADD_FILE = {"platform_add_file",
	"INSERT INTO platform_file (government_id, sha256, size_bytes, type, created_at, owner_id)"
	" VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (government_id, sha256, owner_id) DO NOTHING",
	0};

enum err platform_add_file(struct tx *tx, const struct platform_file *file)
{
	return db_exec(tx, &ADD_FILE,
		BIND(db_int(tx->government.v), db_bytes(file->sha256.b, sizeof file->sha256.b),
			db_int(file->size_bytes), db_text(file->type), db_int(file->created_at),
			db_int(file->owner.v)),
		NULL);
}

static struct db_stmt FORGET_FILE = {"platform_forget_file",
	"DELETE FROM platform_file WHERE government_id = $1 AND sha256 = $2 AND owner_id = $3", 0};

enum err platform_forget_file(struct tx *tx, const struct hash *sha256, struct employee_id owner)
{
	return db_exec(tx, &FORGET_FILE,
		BIND(db_int(tx->government.v), db_bytes(sha256->b, sizeof sha256->b),
			db_int(owner.v)),
		NULL);
}

static struct db_stmt LOAD_FILE = {"platform_load_file",
	"SELECT size_bytes, type, created_at, restricted FROM platform_file WHERE government_id = "
	"$1"
	" AND sha256 = $2 AND owner_id = $3",
	0};

enum err platform_load_file(struct tx *tx, const struct hash *sha256, struct employee_id owner,
	struct platform_file *ret)
{
	*ret = (struct platform_file){.sha256 = *sha256, .owner = owner};
	return db_load(tx, &LOAD_FILE,
		BIND(db_int(tx->government.v), db_bytes(sha256->b, sizeof sha256->b),
			db_int(owner.v)),
		INTO(to_int64(&ret->size_bytes), to_text(&ret->type), to_int64(&ret->created_at),
			to_bool(&ret->is_restricted)));
}

static struct db_stmt LIST_FILE_OWNERS = {"platform_list_file_owners",
	"SELECT owner_id, restricted FROM platform_file WHERE government_id = $1 AND sha256 = $2"
	" ORDER BY created_at, owner_id LIMIT $3",
	0};

enum err platform_list_file_owners(struct tx *tx, const struct hash *sha256,
	struct platform_file_owner *ret_owner, int *ret_count)
{
	struct db_rows rows;
	*ret_count = 0;
	db_query(tx, &LIST_FILE_OWNERS,
		BIND(db_int(tx->government.v), db_bytes(sha256->b, sizeof sha256->b),
			db_int(FILE_OWNERS_MAX)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&ret_owner[*ret_count].owner.v),
				      to_bool(&ret_owner[*ret_count].is_restricted))))
		++*ret_count;
	return db_end(&rows);
}

static struct db_stmt RESTRICT_FILE = {"platform_restrict_file",
	"UPDATE platform_file SET restricted = 1 WHERE government_id = $1 AND sha256 = $2", 0};

enum err platform_restrict_file(struct tx *tx, const struct hash *sha256)
{
	return db_exec(tx, &RESTRICT_FILE,
		BIND(db_int(tx->government.v), db_bytes(sha256->b, sizeof sha256->b)), NULL);
}

/* Governments share bytes of equal content, so this asks about all of them. */
static struct db_stmt IS_FILE_NAMED = {"platform_is_file_named",
	"SELECT count(*) FROM platform_file AS f JOIN platform_government AS g ON g.government_id "
	"= f.government_id"
	" WHERE f.sha256 = $1",
	0};

enum err platform_is_file_named(struct tx *tx, const struct hash *sha256, bool *ret_named)
{
	int64_t count = 0;
	enum err e = db_load(tx, &IS_FILE_NAMED, BIND(db_bytes(sha256->b, sizeof sha256->b)),
		INTO(to_int64(&count)));
	*ret_named = count > 0;
	return e;
}

/* ---- jobs ---- */

#define JOB_COLUMNS                                                                                \
	"job_id, government_id, kind, owner_id, state, percent, input, result, created_at,"        \
	" coalesce(ended_at, 0)"
#define INTO_JOB(j)                                                                                \
	INTO(to_int64(&(j)->job_id), to_int64(&(j)->government.v), to_text(&(j)->kind),            \
		to_int64(&(j)->owner.v), to_int32(&(j)->state), to_int32(&(j)->percent),           \
		to_text(&(j)->input), to_text(&(j)->result), to_int64(&(j)->created_at),           \
		to_int64(&(j)->ended_at))

static struct db_stmt ADD_JOB = {"platform_add_job",
	"INSERT INTO platform_job (government_id, job_id, kind, owner_id, state, percent, input, "
	"created_at)"
	" VALUES ($1, $2, $3, $4, $5, 0, $6, $7)",
	0};

enum err platform_add_job(struct tx *tx, const struct platform_job *job)
{
	return db_exec(tx, &ADD_JOB,
		BIND(db_int(tx->government.v), db_int(job->job_id), db_text(job->kind),
			db_int(job->owner.v), db_int(JOB_WAITING), db_text(job->input),
			db_int(tx->now_ms)),
		NULL);
}

static struct db_stmt LOAD_JOB = {"platform_load_job",
	"SELECT " JOB_COLUMNS " FROM platform_job WHERE government_id = $1 AND job_id = $2", 0};

enum err platform_load_job(struct tx *tx, int64_t job_id, struct platform_job *ret)
{
	*ret = (struct platform_job){0};
	return db_load(
		tx, &LOAD_JOB, BIND(db_int(tx->government.v), db_int(job_id)), INTO_JOB(ret));
}

/* The pool serves every government. */
static struct db_stmt LOAD_WAITING_JOB = {"platform_load_waiting_job",
	"SELECT " JOB_COLUMNS " FROM platform_job WHERE state = $1 AND (owner_id > 0 OR $2 = 0)"
	" ORDER BY owner_id = 0, job_id LIMIT 1",
	0};

enum err platform_load_waiting_job(struct tx *tx, bool of_person, struct platform_job *ret)
{
	*ret = (struct platform_job){0};
	return db_load(
		tx, &LOAD_WAITING_JOB, BIND(db_int(JOB_WAITING), db_int(of_person)), INTO_JOB(ret));
}

static struct db_stmt MOVE_JOB = {"platform_move_job",
	"UPDATE platform_job SET state = $4 WHERE government_id = $1 AND job_id = $2 AND state = "
	"$3",
	0};

enum err platform_move_job(struct tx *tx, int64_t job_id, int from, int to, bool *ret_moved)
{
	int64_t rows = 0;
	enum err e = db_exec(tx, &MOVE_JOB,
		BIND(db_int(tx->government.v), db_int(job_id), db_int(from), db_int(to)), &rows);
	*ret_moved = rows == 1;
	return e;
}

static struct db_stmt SET_JOB_PERCENT = {"platform_set_job_percent",
	"UPDATE platform_job SET percent = $4 WHERE government_id = $1 AND job_id = $2 AND state = "
	"$3",
	0};

enum err platform_set_job_percent(struct tx *tx, int64_t job_id, int percent, bool *ret_running)
{
	int64_t rows = 0;
	enum err e = db_exec(tx, &SET_JOB_PERCENT,
		BIND(db_int(tx->government.v), db_int(job_id), db_int(JOB_RUNNING),
			db_int(percent)),
		&rows);
	*ret_running = rows == 1;
	return e;
}

static struct db_stmt END_JOB = {"platform_end_job",
	"UPDATE platform_job SET state = $3, result = $4, ended_at = $5,"
	" percent = CASE WHEN CAST($3 AS INTEGER) = $6 THEN 100 ELSE percent END"
	" WHERE government_id = $1 AND job_id = $2 AND ended_at IS NULL",
	0};

enum err platform_end_job(struct tx *tx, int64_t job_id, int state, const char *result)
{
	return db_exec(tx, &END_JOB,
		BIND(db_int(tx->government.v), db_int(job_id), db_int(state), db_text(result),
			db_int(tx->now_ms), db_int(JOB_DONE)),
		NULL);
}

/* Whatever ran when the program died, of any government. */
static struct db_stmt RESUME_JOBS = {
	"platform_resume_jobs", "UPDATE platform_job SET state = $1 WHERE state = $2", 0};

enum err platform_resume_jobs(struct tx *tx)
{
	return db_exec(tx, &RESUME_JOBS, BIND(db_int(JOB_WAITING), db_int(JOB_RUNNING)), NULL);
}

/* ---- access ---- */

static struct db_stmt ADD_ACCESS = {"platform_add_access",
	"INSERT INTO platform_access (government_id, access_id, actor_id, subject_id, route, at)"
	" VALUES ($1, $2, $3, $4, $5, $6)",
	0};

enum err platform_add_access(
	struct tx *tx, struct employee_id actor, struct employee_id subject, const char *route)
{
	return db_exec(tx, &ADD_ACCESS,
		BIND(db_int(tx->government.v), db_int(id_next()), db_int(actor.v),
			db_int(subject.v), db_text(route), db_int(tx->now_ms)),
		NULL);
}

static struct db_stmt LIST_ACCESSES = {"platform_list_accesses",
	"SELECT access_id, actor_id, route, at FROM platform_access WHERE government_id = $1"
	" AND subject_id = $2 AND (access_id < $3 OR $3 = 0) AND actor_id <> $2"
	" ORDER BY access_id DESC LIMIT $4",
	0};

enum err platform_list_accesses(struct tx *tx, struct employee_id subject, int64_t before,
	struct platform_access *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;
	db_query(tx, &LIST_ACCESSES,
		BIND(db_int(tx->government.v), db_int(subject.v), db_int(before), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].access_id), to_int64(&ret[n].actor.v),
				       to_text(&ret[n].route), to_int64(&ret[n].at))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

void platform_db_register(void)
{
	static struct db_stmt *const stmts[] = {
		&LOAD_GOVERNMENT,
		&LOAD_GOVERNMENT_BY_CODE,
		&LIST_GOVERNMENTS,
		&ADD_GOVERNMENT,
		&LOAD_MEMO,
		&RAISE_GENERATION,
		&LOAD_STORE,
		&ADD_STORE,
		&SET_DEMO,
		&SET_ID_FLOOR,
		&ADD_FILE,
		&FORGET_FILE,
		&LOAD_FILE,
		&LIST_FILE_OWNERS,
		&RESTRICT_FILE,
		&IS_FILE_NAMED,
		&ADD_JOB,
		&LOAD_JOB,
		&LOAD_WAITING_JOB,
		&MOVE_JOB,
		&SET_JOB_PERCENT,
		&END_JOB,
		&RESUME_JOBS,
		&ADD_ACCESS,
		&LIST_ACCESSES,
	};
	db_register(stmts, COUNT_OF(stmts));
	blob_register();
	keys_register();
}
