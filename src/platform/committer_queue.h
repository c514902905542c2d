/*
 * The bounded queue before the committer: one lane per government, classes within a lane, and at
 * most one batch of a lane out at a time, so a government has one serial writer however many
 * threads there are. Private to committer.c and its test.
 *
 * Works are linked through work->next; nothing is allocated per work and no lock is held while one
 * runs.
 */
#ifndef LUWES_PLATFORM_COMMITTER_QUEUE_H
#define LUWES_PLATFORM_COMMITTER_QUEUE_H

#include "platform/committer.h"

#define LANES_MAX   1024 /* governments of one store */
#define WAIT_MAX_MS 500  /* in the queue, while works come faster than they are written */

struct lane;

/* Works of one government, by class and then by age; next is NULL at the last. */
struct batch {
	struct lane *lane;
	struct work *first;
	int count;
	bool is_full; /* more waited, or had been turned away: its time tells the pace of the store
		       */
};

/* Empties everything for a new life with room for `capacity` works. */
void queue_open(int capacity);

/*
 * False when full for this class (a quarter is kept for punches) or closed. While a government's
 * batches are full, its lane takes no more than the store wrote of late in WAIT_MAX_MS: whoever
 * would wait longer hears so at once, and the others are served in time. Thread-safe.
 */
bool queue_put(struct work *work);
/* Whether queue_put would take such a work now. Thread-safe. */
bool queue_has_room(struct government_id government, enum work_class class);

/* Waits for works of a government nobody else is writing for; false when closed and empty. */
bool queue_take(int max, struct batch *ret_batch);

/* Gives the lane of a batch free again, which took so long. Works that now wait behind more than is
 * written in WAIT_MAX_MS are given back, linked, for the caller to refuse; NULL: none. */
struct work *queue_done(const struct batch *batch, int64_t took_us);

/* Takes nothing more; what is queued is still given out. */
void queue_close(void);

int64_t queue_length(void);

#endif
