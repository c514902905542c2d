/*
 * Rows of the platform's own tables that several modules need: governments, the floor of ids,
 * files, jobs, and who saw whose data (UU 27/2022 art. 7 and 31 give a person the right to ask).
 *
 * Accounts, sessions, codes and idempotency rows belong to auth.h. Texts point into tx->arena;
 * every statement but the ones named otherwise binds tx->government.
 */
#ifndef LUWES_PLATFORM_PLATFORM_DB_H
#define LUWES_PLATFORM_PLATFORM_DB_H

#include "base/date.h"
#include "base/hash.h"
#include "platform/db.h"

enum government_kind { GOVERNMENT_PROVINCE, GOVERNMENT_REGENCY, GOVERNMENT_CITY };
extern const char *const government_kind_names[]; /* "province","regency","city" */

struct government {
	struct government_id id;
	const char *code, *name, *short_name;
	enum government_kind kind;
	enum zone zone;
	const char *board_label, *agency_label, *head_label;
	bool is_demo;
	int64_t generation;
};

#define GOVERNMENTS_MAX 1024 /* of one store; Indonesia has 552 */

/* The government of tx->government; E_NOT_FOUND when there is none. */
enum err platform_load_government(struct tx *tx, struct government *ret);
/* By its code ("jabar"), of any government. */
enum err platform_load_government_by_code(struct tx *tx, const char *code, struct government *ret);
/* All governments of the store by code, at most GOVERNMENTS_MAX. */
enum err platform_list_governments(struct tx *tx, struct government **ret_list, int *ret_count);
/* Adds g->id; its generation starts at 1. */
enum err platform_add_government(struct tx *tx, const struct government *g);
/* Generation of tx->government: what caches of org, calendar and policy are derived from. */
enum err platform_load_generation(struct tx *tx, int64_t *ret_generation);
/* Zone of its seat of government. */
enum err platform_load_zone(struct tx *tx, enum zone *ret_zone);
/* Raises it and marks CHANGE_GENERATION. */
enum err platform_raise_generation(struct tx *tx);

/* The one row of the store itself. Added by migrate_run; a demo store says so for ever. */
enum err platform_load_store(struct tx *tx, int64_t *ret_id_floor, bool *ret_is_demo);
enum err platform_add_store(struct tx *tx);
enum err platform_set_demo(struct tx *tx);

/* Makes id_next start above what any earlier program handed out; at start of every verb that
 * writes. */
enum err platform_load_id_floor(struct tx *tx);
/*
 * Keeps the stored floor above every id handed out so far: called before each COMMIT that may hold
 * new ids. `floor` is the stored floor the caller knows; when a new one was written it comes back
 * in *ret_floor and counts once the transaction committed. Writes about every ten seconds.
 */
enum err platform_reserve_ids(struct tx *tx, int64_t floor, int64_t *ret_floor);

/* A file's row names bytes that blob_put wrote; one per government and content. */
struct platform_file {
	struct hash sha256;
	int64_t size_bytes;
	const char *type;
	int64_t created_at;
	struct employee_id owner;
	bool is_restricted; /* of health: platform_restrict_file */
};
/* The same content again keeps its owner's first row; another owner has a row of his own. */
enum err platform_add_file(struct tx *tx, const struct platform_file *file);
/* Takes an owner's name off a file: once nobody names it, its bytes go (blob_sweep). */
enum err platform_forget_file(struct tx *tx, const struct hash *sha256, struct employee_id owner);
/* The row of one owner; E_NOT_FOUND when he never uploaded this content. */
enum err platform_load_file(struct tx *tx, const struct hash *sha256, struct employee_id owner,
	struct platform_file *ret);
/* Who uploaded this content, first first. */
#define FILE_OWNERS_MAX 16
struct platform_file_owner {
	struct employee_id owner;
	bool is_restricted;
};
enum err platform_list_file_owners(struct tx *tx, const struct hash *sha256,
	struct platform_file_owner *ret_owner, int *ret_count);
/* From now on this content is of health: read only by who may read that of its owner. */
enum err platform_restrict_file(struct tx *tx, const struct hash *sha256);
/* Whether any government of the store names these bytes. */
enum err platform_is_file_named(struct tx *tx, const struct hash *sha256, bool *ret_named);

struct platform_job {
	int64_t job_id;
	struct government_id government;
	const char *kind;
	struct employee_id owner;
	int32_t state; /* enum job_state */
	int32_t percent;
	const char *input;
	const char *result; /* JSON, or NULL until it ended */
	int64_t created_at;
	int64_t ended_at; /* 0: not ended */
};
enum err platform_add_job(struct tx *tx, const struct platform_job *job);
enum err platform_load_job(struct tx *tx, int64_t job_id, struct platform_job *ret);
/* The waiting job of any government that comes first: the oldest that a person asked for, then,
 * unless `of_person`, the oldest of the program; E_NOT_FOUND when there is none. */
enum err platform_load_waiting_job(struct tx *tx, bool of_person, struct platform_job *ret);
/* Moves a job from one state to another; *ret_moved is false when it was not in `from`. */
enum err platform_move_job(struct tx *tx, int64_t job_id, int from, int to, bool *ret_moved);
/* Writes the progress of a running job; *ret_running is false when it no longer is (cancelled). */
enum err platform_set_job_percent(struct tx *tx, int64_t job_id, int percent, bool *ret_running);
/* Ends a job that is not ended yet, with its final state and result. */
enum err platform_end_job(struct tx *tx, int64_t job_id, int state, const char *result);
/* Running jobs of every government wait again: once at start, after a crash. */
enum err platform_resume_jobs(struct tx *tx);

struct platform_access {
	int64_t access_id, at;
	struct employee_id actor;
	const char *route;
};
/* Who else was shown data of `subject`, newest first, ids below `before` (0: all). */
enum err platform_list_accesses(struct tx *tx, struct employee_id subject, int64_t before,
	struct platform_access *ret, int max, int *ret_count);
/* Writes that `actor` was shown data of `subject` through `route` (its template). */
enum err platform_add_access(
	struct tx *tx, struct employee_id actor, struct employee_id subject, const char *route);

/* Makes these statements known to db.h; once or more. */
void platform_db_register(void);

#endif
