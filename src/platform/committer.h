/*
 * The one serial writer per government: takes what is queued, runs each handler, lets the slices
 * project, commits once, and only when that is on disk lets the replies go.
 *
 * At most 1,024 requests of one government in a batch on SQLite, 64 on PostgreSQL. The queue is
 * bounded (503 with Retry-After) and has classes: punches go before everything else. A full disk
 * rolls the batch back and answers 507; any other store failure stops acknowledging and ends the
 * program.
 */
#ifndef LUWES_PLATFORM_COMMITTER_H
#define LUWES_PLATFORM_COMMITTER_H

#include "platform/http.h"

enum work_class { WORK_PUNCH, WORK_RECEIPT, WORK_APPROVAL, WORK_JOB, WORK_CLASSES };

struct work {
	struct work *next;
	struct government_id government;
	enum work_class class;
	int64_t deadline_ms; /* clock_monotonic; dropped with E_BUSY when passed */
	/* May run again when the batch does (another work of it failed half-way, a deadlock), so it
	 * keeps no state outside tx->arena. */
	enum err (*run)(struct tx *tx, struct work *work);
	/* Called when the COMMIT is on disk (or failed) on a thread of the committer: must only
	 * hand over. */
	void (*done)(struct work *work, enum err result);
	struct arena *arena;
	int64_t now_ms;
	enum err result;
};

struct slice;

/* Starts the writer thread(s). Fails with a sentence when the store cannot be opened. */
enum err committer_start(const char *url, const struct slice *const *slices, int slice_count,
	struct arena *arena, const char **why);

/*
 * Whether a work of this class would be taken now, so that what costs much before the queue is not
 * done in vain; a refusal is counted as one of committer_submit. Thread-safe.
 */
bool committer_has_room(struct government_id government, enum work_class class);
/* Queues; E_BUSY when the queue is full or draining, or when the work would wait too long behind
 * others of its government (committer_queue.h): then it is refused now or from the queue.
 * Thread-safe. */
enum err committer_submit(struct work *work);

/* Runs everything queued, then stops. */
void committer_drain(void);

/* For /metrics and /readyz. */
struct committer_stats {
	int64_t queued, batches, requests, rejected, max_batch, last_commit_us;
	bool writable;
};
struct committer_stats committer_stats(void);

#endif
