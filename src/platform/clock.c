/*
 * Program time and ids. The only file of the program that reads a clock.
 *
 * The last id lives in one atomic word as milliseconds and counter; the node is put between them
 * when an id leaves. A clock that stands still or goes back therefore only makes the counter run
 * on, into the next milliseconds if need be: an id never decreases.
 */
#include "platform/clock.h"

#include "base/date.h"
#include "base/str.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define ID_EPOCH_MS  INT64_C(1577836800000) /* 2020-01-01T00:00:00Z */
#define NODE_BITS    10
#define COUNTER_BITS (ID_INSTANT_SHIFT - NODE_BITS)
#define COUNTER_MASK ((INT64_C(1) << COUNTER_BITS) - 1)
#define SPEED_MAX    100000

static struct {
	bool is_set;
	int64_t start_ms; /* program time at `since_ms` */
	int64_t since_ms; /* monotonic */
	int64_t speed;
} program_clock;

static _Atomic int64_t last_tick; /* milliseconds since the epoch << 12 | counter, of the last id */
static _Atomic int node = -1;

static int64_t read_clock(clockid_t which, int64_t units_per_second)
{
	struct timespec t;
	clock_gettime(which, &t);
	return t.tv_sec * units_per_second + t.tv_nsec / (INT64_C(1000000000) / units_per_second);
}

int64_t clock_monotonic(void)
{
	return read_clock(CLOCK_MONOTONIC, 1000);
}

int64_t clock_monotonic_us(void)
{
	return read_clock(CLOCK_MONOTONIC, 1000000);
}

int64_t clock_machine(void)
{
	return read_clock(CLOCK_REALTIME, 1000);
}

int64_t clock_now(void)
{
	if (!program_clock.is_set)
		return clock_machine();
	return program_clock.start_ms +
	       (clock_monotonic() - program_clock.since_ms) * program_clock.speed;
}

bool clock_set(const char *spec)
{
	char instant[64];
	const char *comma = strchr(spec, ',');
	size_t n = comma ? (size_t)(comma - spec) : strlen(spec);
	int64_t start, speed = 1;
	if (n >= sizeof instant)
		return false;
	memcpy(instant, spec, n);
	instant[n] = '\0';
	if (!instant_parse(instant, &start) || start < ID_EPOCH_MS)
		return false;
	if (comma && (comma[1] != 'x' || !str_to_int(comma + 2, 0, SPEED_MAX, &speed)))
		return false;
	program_clock.start_ms = start;
	program_clock.since_ms = clock_monotonic();
	program_clock.speed = speed;
	program_clock.is_set = true;
	return true;
}

/* ---- ids ---- */

void id_set_node(int value)
{
	assert(value >= 0 && value < 1 << NODE_BITS);
	atomic_store(&node, value);
}

static int64_t own_node(void)
{
	int known = atomic_load(&node);
	if (known >= 0)
		return known;
	uint16_t random = 0;
	ssize_t n = getrandom(&random, sizeof random, 0);
	assert(n == sizeof random);
	int fresh = random & ((1 << NODE_BITS) - 1);
	/* Of two threads that come here at once the first decides. */
	return atomic_compare_exchange_strong(&node, &known, fresh) ? fresh : known;
}

static int64_t tick_to_id(int64_t tick)
{
	return (tick >> COUNTER_BITS) << ID_INSTANT_SHIFT | own_node() << COUNTER_BITS |
	       (tick & COUNTER_MASK);
}

int64_t id_next(void)
{
	int64_t now = (clock_now() - ID_EPOCH_MS) << COUNTER_BITS;
	int64_t last = atomic_load(&last_tick), tick;
	do {
		tick = now > last ? now : last + 1;
	} while (!atomic_compare_exchange_weak(&last_tick, &last, tick));
	return tick_to_id(tick);
}

int64_t id_instant(int64_t id)
{
	return (id >> ID_INSTANT_SHIFT) + ID_EPOCH_MS;
}

void id_set_floor(int64_t floor)
{
	/* The last tick of the floor's millisecond, whatever node made it. */
	int64_t tick = (floor >> ID_INSTANT_SHIFT) << COUNTER_BITS | COUNTER_MASK;
	int64_t last = atomic_load(&last_tick);
	while (last < tick && !atomic_compare_exchange_weak(&last_tick, &last, tick))
		;
}

int64_t id_floor(void)
{
	return tick_to_id(atomic_load(&last_tick));
}
