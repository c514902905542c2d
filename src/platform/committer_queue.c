/*
 * Lanes in an open-addressed table by government; lanes with works and without a writer stand in a
 * ring of ready ones, so that governments take turns.
 */
#include "platform/committer_queue.h"

#include <pthread.h>
#include <string.h>

#define LIMIT_LEAST 64     /* works that may always wait */
#define PACE_US     500000 /* older batches count half */

struct fifo {
	struct work *first, *last;
};

struct lane {
	bool is_used, is_out; /* is_out: a batch of it is being written */
	struct government_id government;
	struct fifo class[WORK_CLASSES];
	int count;
	bool has_refused;       /* since the last batch was cut */
	int64_t paced, pace_us; /* works of the last full batches, and their time; 0: it keeps up */
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct lane lane[LANES_MAX];
	struct lane *ready[LANES_MAX]; /* ring */
	int ready_first, ready_count;
	int lanes, length, capacity, sleepers;
	bool is_open;
} queue = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

void queue_open(int capacity)
{
	pthread_mutex_lock(&queue.lock);
	memset(queue.lane, 0, sizeof queue.lane);
	queue.ready_first = queue.ready_count = queue.lanes = queue.length = 0;
	queue.capacity = capacity;
	queue.is_open = true;
	pthread_mutex_unlock(&queue.lock);
}

/* The lane of a government, made at its first work; NULL when there are too many governments. */
static struct lane *find_lane(struct government_id government)
{
	uint64_t at = (uint64_t)government.v * UINT64_C(0x9e3779b97f4a7c15) >> 32;
	for (;; at++) {
		struct lane *lane = &queue.lane[at % LANES_MAX];
		if (lane->is_used && lane->government.v == government.v)
			return lane;
		if (lane->is_used)
			continue;
		if (queue.lanes == LANES_MAX - 1) /* an empty one must end every search */
			return NULL;
		lane->is_used = true;
		lane->government = government;
		queue.lanes++;
		return lane;
	}
}

static void make_ready(struct lane *lane)
{
	queue.ready[(queue.ready_first + queue.ready_count++) % LANES_MAX] = lane;
	if (queue.sleepers)
		pthread_cond_signal(&queue.wake);
}

static bool has_room(enum work_class class)
{
	int limit = class == WORK_PUNCH ? queue.capacity : queue.capacity - queue.capacity / 4;
	return queue.is_open && queue.length < limit;
}

/* How many may wait in a lane. */
static int limit_of(const struct lane *lane)
{
	int64_t limit = queue.capacity;
	if (lane->paced)
		limit = lane->paced * WAIT_MAX_MS * 1000 / lane->pace_us;
	if (limit < LIMIT_LEAST)
		limit = LIMIT_LEAST;
	return limit < queue.capacity ? (int)limit : queue.capacity;
}

/* The program's own works are few and are not turned away. */
static bool is_timely(struct lane *lane, enum work_class class)
{
	if (class == WORK_JOB || lane->count < limit_of(lane))
		return true;
	lane->has_refused = true;
	return false;
}

static bool put_locked(struct work *work)
{
	struct lane *lane = has_room(work->class) ? find_lane(work->government) : NULL;
	if (!lane || !is_timely(lane, work->class))
		return false;
	struct fifo *fifo = &lane->class[work->class];
	work->next = NULL;
	if (fifo->last)
		fifo->last->next = work;
	else
		fifo->first = work;
	fifo->last = work;
	queue.length++;
	if (lane->count++ == 0 && !lane->is_out)
		make_ready(lane);
	return true;
}

bool queue_put(struct work *work)
{
	pthread_mutex_lock(&queue.lock);
	bool taken = put_locked(work);
	pthread_mutex_unlock(&queue.lock);
	return taken;
}

bool queue_has_room(struct government_id government, enum work_class class)
{
	pthread_mutex_lock(&queue.lock);
	struct lane *lane = has_room(class) ? find_lane(government) : NULL;
	bool has = lane && is_timely(lane, class);
	pthread_mutex_unlock(&queue.lock);
	return has;
}

/* Cuts up to `max` works off the front of a class and hangs them at `*end`; returns how many. */
static int cut(struct fifo *fifo, int max, struct work ***end)
{
	int n = 0;
	while (fifo->first && n < max) {
		struct work *work = fifo->first;
		fifo->first = work->next;
		work->next = NULL;
		**end = work;
		*end = &work->next;
		n++;
	}
	if (!fifo->first)
		fifo->last = NULL;
	return n;
}

static void cut_batch(struct lane *lane, int max, struct batch *ret_batch)
{
	struct work **end = &ret_batch->first;
	*ret_batch = (struct batch){.lane = lane};
	for (int class = 0; class < WORK_CLASSES; class ++)
		ret_batch->count += cut(&lane->class[class], max - ret_batch->count, &end);
	lane->count -= ret_batch->count;
	queue.length -= ret_batch->count;
	lane->is_out = true;
	ret_batch->is_full = lane->count > 0 || lane->has_refused;
	lane->has_refused = false;
}

bool queue_take(int max, struct batch *ret_batch)
{
	pthread_mutex_lock(&queue.lock);
	/* A lane that is out may still hold works: its writer comes back for them itself. */
	while (queue.ready_count == 0 && queue.is_open) {
		queue.sleepers++;
		pthread_cond_wait(&queue.wake, &queue.lock);
		queue.sleepers--;
	}
	bool found = queue.ready_count > 0;
	if (found) {
		struct lane *lane = queue.ready[queue.ready_first];
		queue.ready_first = (queue.ready_first + 1) % LANES_MAX;
		queue.ready_count--;
		cut_batch(lane, max, ret_batch);
	}
	pthread_mutex_unlock(&queue.lock);
	return found;
}

/* The pace of a store is that of its full batches; one that took all there was says nothing. */
static void note_pace(struct lane *lane, const struct batch *batch, int64_t took_us)
{
	if (!batch->is_full) {
		lane->paced = lane->pace_us = 0;
		return;
	}
	if (lane->pace_us > PACE_US) {
		lane->paced /= 2;
		lane->pace_us /= 2;
	}
	lane->paced += batch->count;
	lane->pace_us += took_us > 0 ? took_us : 1;
}

/* Leaves a class its first `room` works and hangs the others before `rest`; returns how many stay.
 */
static int keep_first(struct fifo *fifo, int room, struct work **rest)
{
	struct work **at = &fifo->first, *last = NULL;
	int n = 0;
	for (; *at && n < room; n++) {
		last = *at;
		at = &last->next;
	}
	if (*at) {
		fifo->last->next = *rest;
		*rest = *at;
		*at = NULL;
		fifo->last = last;
	}
	return n;
}

/* What would wait too long, in the order in which it would be served; jobs stay. */
static struct work *cut_excess(struct lane *lane)
{
	struct work *rest = NULL;
	int limit = limit_of(lane), kept = 0;
	for (int class = 0; class < WORK_CLASSES; class ++)
		kept += keep_first(
			&lane->class[class], class == WORK_JOB ? lane->count : limit - kept, &rest);
	queue.length -= lane->count - kept;
	lane->count = kept;
	return rest;
}

struct work *queue_done(const struct batch *batch, int64_t took_us)
{
	struct lane *lane = batch->lane;
	struct work *excess = NULL;
	pthread_mutex_lock(&queue.lock);
	lane->is_out = false;
	note_pace(lane, batch, took_us);
	if (lane->count > limit_of(lane))
		excess = cut_excess(lane);
	if (lane->count > 0)
		make_ready(lane);
	pthread_mutex_unlock(&queue.lock);
	return excess;
}

void queue_close(void)
{
	pthread_mutex_lock(&queue.lock);
	queue.is_open = false;
	pthread_cond_broadcast(&queue.wake);
	pthread_mutex_unlock(&queue.lock);
}

int64_t queue_length(void)
{
	pthread_mutex_lock(&queue.lock);
	int64_t length = queue.length;
	pthread_mutex_unlock(&queue.lock);
	return length;
}
