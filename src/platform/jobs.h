/*
 * Long work: a row, a bounded pool, progress, cancel, resume after a crash.
 *
 * A job kind has one function. It reads on its own connection and writes only through
 * job_commit (a closure run by the committer as one savepoint), so clock-ins never wait for more
 * than one slice of its work. After a crash a job in state "running" is started again; a kind must
 * therefore find out from the store what it already did.
 */
#ifndef LUWES_PLATFORM_JOBS_H
#define LUWES_PLATFORM_JOBS_H

#include "platform/db.h"

struct slice;

enum job_state { JOB_WAITING, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED };
extern const char *const job_state_names[];

struct job {
	int64_t job_id;
	struct government_id government;
	struct employee_id owner;
	const char *kind;
	const char *input; /* JSON text the kind understands */
	struct tx *tx;     /* read snapshot, arena of the job, now */
};

struct job_kind {
	const char *name; /* "import" */
	/* Returns OK with a JSON result text, or an error and a JSON fault text in *ret_result. */
	enum err (*run)(struct job *job, const char **ret_result);
};

/* Adds a job in the caller's transaction; it starts after COMMIT. Returns its id. */
enum err job_add(struct tx *tx, const char *kind, struct employee_id owner, const char *input,
	int64_t *ret_job_id);

/* Runs `write(tx, arg)` as one savepoint of the committer and waits for its COMMIT. What it takes
 * from the arena of its tx lives until the next job_commit, so that a job of a thousand slices
 * needs the memory of one. */
enum err job_commit(struct job *job, enum err (*write)(struct tx *tx, void *arg), void *arg);

/* Starts a fresh read snapshot (after own writes). */
enum err job_refresh(struct job *job);

/* Tells how far it is, 0..100; visible to GET /api/v1/jobs/{job} and its stream. */
void job_progress(struct job *job, int percent);

/*
 * True once the owner cancelled, or the program is ending: the job should return E_CONFLICT soon.
 */
bool job_is_cancelled(struct job *job);

/* Cancels a job that has not ended, in the caller's transaction; E_CONFLICT when it has,
 * E_NOT_FOUND. */
enum err job_cancel(struct tx *tx, int64_t job_id);

/* Starts the pool over the kinds of all slices, after committer_start; what was running when the
 * program last ended starts again. False with a sentence in `why`. */
bool jobs_start(const char *url, const struct slice *const *slices, int slice_count,
	struct arena *arena, const char **why);

/* Ends the pool, before committer_drain. A job under way that does not end by itself stays
 * "running" in the store. */
void jobs_stop(void);

/* A transaction that may have called job_add was committed (the committer says so). */
void jobs_wake(void);

#endif
