/*
 * What a batch touched, for the projections that run once before its COMMIT.
 *
 * A handler says "this employee's day may have changed"; attendance_project folds each such day
 * once, however many punches the batch brought; it then says what moved for the board. A handler
 * that is rolled back takes its marks with it (changes_mark / changes_undo).
 */
#ifndef LUWES_PLATFORM_CHANGES_H
#define LUWES_PLATFORM_CHANGES_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/ids.h"

#include <stdbool.h>

enum change_kind {
	CHANGE_PUNCH,      /* a = employee, day: a punch came */
	CHANGE_DAY,        /* a = employee, day: status, roster or another fact of it changed */
	CHANGE_PERSON,     /* a = employee, day: his hours from that day on; days not yet folded are
			      left alone */
	CHANGE_UNIT,       /* a = unit, day: everybody of the unit and below it */
	CHANGE_RANGE,      /* a = first day, day = last day: every employee of the government */
	CHANGE_REPORT,     /* a = employee, day: the state of a daily report */
	CHANGE_TASK,       /* a = task, day 0: its state */
	CHANGE_WORK,       /* a = unit (0 the government), day 0: what is planned or open there */
	CHANGE_GENERATION, /* org, calendar or policy data changed: caches of this government are
			      old */
};

/* Counters of a unit's day, see base/counter.def. */
enum counter {
#define X(name, column) name,
#include "base/counter.def"
#undef X
	COUNTER_COUNT
};

struct change {
	enum change_kind kind;
	int64_t a;
	int32_t day;
};

struct changes;

struct changes *changes_new(struct arena *arena);
/* Adds once; the same change again is ignored. At most 65,536 in a batch (asserted). */
void changes_add(struct changes *c, enum change_kind kind, int64_t a, int32_t day);
/* All changes in the order they were first added; pointer valid until the next add. */
const struct change *changes_list(const struct changes *c, int *ret_count);
/* Savepoint of the list. */
int changes_mark(const struct changes *c);
void changes_undo(struct changes *c, int mark);

/*
 * A counter of a unit's day moved by `delta`. `slot` is -1 for the total, or minute of day / 5 for
 * the arrivals of the whole government (unit 0). Summed over the batch; monitor_project writes
 * them.
 */
void changes_count(struct changes *c, struct unit_id unit, int32_t day, int slot,
	enum counter counter, int delta);

struct count_move {
	struct unit_id unit;
	int32_t day;
	int slot;
	int32_t delta[COUNTER_COUNT];
};
const struct count_move *changes_counts(const struct changes *c, int *ret_count);

/* Leaves added in this batch, in order, still without an index (trust/trust.h numbers them). */
struct pending_leaf {
	struct hash hash;
	uint8_t salt[16];
	int kind;      /* enum leaf_kind */
	int64_t at_ms; /* part of what is hashed */
	int64_t subject_id;
};
void changes_add_leaf(struct changes *c, struct pending_leaf leaf);
const struct pending_leaf *changes_leaves(const struct changes *c, int *ret_count);
/* Index the first of them will get; -1 until it was set, which the first who asks does. */
int64_t changes_leaf_base(const struct changes *c);
void changes_set_leaf_base(struct changes *c, int64_t base);

#endif
