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

#define LANES_MAX 1024 /* governments of one store */

struct lane;

/* Works of one government, by class and then by age; next is NULL at the last. */
struct batch {
	struct lane *lane;
	struct work *first;
	int count;
};

/* Empties everything for a new life with room for `capacity` works. */
void queue_open(int capacity);

/* False when full for this class (a quarter is kept for punches) or closed. Thread-safe. */
bool queue_put(struct work *work);

/* Waits for works of a government nobody else is writing for; false when closed and empty. */
bool queue_take(int max, struct batch *ret_batch);

/* Gives the lane of a batch free again. */
void queue_done(const struct batch *batch);

/* Takes nothing more; what is queued is still given out. */
void queue_close(void);

int64_t queue_length(void);

#endif
