/*
 * The one place that reads a clock, and the ids made from it.
 *
 * `serve --clock INSTANT[,xN]` starts the program's time at INSTANT, frozen (x0) or running (x1,
 * x60); without it time is the system's. An id is 41 bits of milliseconds since 2020-01-01, 10 bits
 * of node, 12 bits of counter, and never decreases within a store: the floor is kept in the store
 * and reserved ahead by the committer, also when the clock was set back.
 */
#ifndef LUWES_PLATFORM_CLOCK_H
#define LUWES_PLATFORM_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Parses "INSTANT" (running) or "INSTANT,xN" and sets the program's clock, before any thread; false
 * if not understood or before 2020. */
bool clock_set(const char *spec);

/* Program time, UTC milliseconds. */
int64_t clock_now(void);

/* The machine's own time, UTC milliseconds, whatever --clock says: to compare with times the
 * machine wrote, as of files. */
int64_t clock_machine(void);

/* Real milliseconds that never go back, for deadlines and measurements. */
int64_t clock_monotonic(void);
int64_t clock_monotonic_us(void);

/* Next id; never decreasing in this process and above every floor given. */
int64_t id_next(void);

#define ID_INSTANT_SHIFT 22 /* of the milliseconds in an id */

/* Program time an id was made at, UTC milliseconds. */
int64_t id_instant(int64_t id);

/* No id at or below `floor` will be handed out. */
void id_set_floor(int64_t floor);
/* Every id handed out so far is at or below it. */
int64_t id_floor(void);

/* The 10 bits of node in this process's ids, 0..1023; random when never set. Set it where ids must
 * come out the same. */
void id_set_node(int node);

#endif
