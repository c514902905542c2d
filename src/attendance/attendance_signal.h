/*
 * Signals that only history shows, and the draw that samples.
 *
 * A signal is never proof and refuses nothing; each has a trap in which the innocent sit, which its
 * test names (attendance_signal_rules_test.c). Positions are unsealed for the fold alone and shown
 * to nobody. The numbers are dated rows (attendance_parameter).
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_SIGNAL_H
#define LUWES_ATTENDANCE_ATTENDANCE_SIGNAL_H

#include "attendance/attendance_evidence.h"

/* 0..99, the same whenever asked again, which nobody without the store's keys can foresee: HMAC
 * over the purpose, the day and `n` bytes (of an event its hash). Needs the store's keys. */
int attendance_draw(const char *purpose, int32_t day, const void *p, size_t n);
#define DRAW_SAMPLE "luwes/draw/sample"

/* ---- one event, as far as signals look at it ---- */

#define MARK_BIT(mark) (INT64_C(1) << (mark))
#define HISTORY_MARKS                                                                              \
	(MARK_BIT(MARK_GEO_PERFECT) | MARK_BIT(MARK_GEO_SAME_SELF) |                               \
		MARK_BIT(MARK_GEO_SAME_PEER) | MARK_BIT(MARK_TELEPORT) |                           \
		MARK_BIT(MARK_PAIR_BURST) | MARK_BIT(MARK_DEVICE_STATIC))

struct trace {
	struct employee_id employee;
	uint64_t device; /* the first bytes of its id */
	int32_t day;     /* civil, of its claim */
	uint8_t type;    /* enum event_type */
	bool is_flat;    /* neither speed nor altitude known */
	bool is_clock_unsure;
	bool is_away;           /* that day he was due away from the office: home, duty, leave */
	bool is_travel;         /* that day outside duty or training took him somewhere */
	bool is_at_office;      /* the point lies in a site of his */
	int64_t at;             /* when it happened, as it says */
	int64_t found_at;       /* when its position was found; without one as `at` */
	struct geo_point point; /* NO_COORDINATE: none */
	uint32_t accuracy_cm;
	int64_t marks; /* known so far */
	struct uuid event_id;
};

/* ---- rules: pure; `own` are one person's traces by time, `i` the one judged ---- */

/* Neat beyond what a phone gives, on many days. */
bool attendance_is_too_perfect(
	const struct trace *own, int count, int i, const struct parameters *numbers);
/* The very same point and accuracy on many of the last days. */
bool attendance_is_same_self(
	const struct trace *own, int count, int i, const struct parameters *numbers);
/* Too far from the trace before for the time between. */
bool attendance_is_teleport(const struct trace *own, int i, const struct parameters *numbers);
/* The phone never moves, on days its owner was due elsewhere, too. */
bool attendance_is_static(
	const struct trace *own, int count, int i, const struct parameters *numbers);
/* What one person's history says about one event. */
int64_t attendance_find_own_signals(
	const struct trace *own, int count, int i, const struct parameters *numbers);

/* Marks MARK_GEO_SAME_PEER in ret_marks[] of every trace of `day` whose very point another person
 * of the office has that day. `order` is room for `count` indexes. */
void attendance_find_same_peers(
	const struct trace *office, int count, int32_t day, int *order, int64_t *ret_marks);

/* Two people who recorded within seconds of one another, hardly anybody else with them, on a day.
 */
struct burst {
	struct employee_id a, b; /* a below b */
	int32_t day;
};
/* Marks MARK_PAIR_BURST of traces of `day` in a burst with somebody with whom that was so on many
 * of the last days. `order` is room for `count` indexes, `burst` for `max` of them; past it the
 * rest is not looked at. */
void attendance_find_pairs(const struct trace *office, int count, int32_t day,
	const struct parameters *numbers, int *order, struct burst *burst, int max,
	int64_t *ret_marks);

/* ---- the fold ---- */

/*
 * Looks at the events of a day beside their history: of one office and at most OFFICE_PEOPLE people
 * at a time, in the job's own snapshot; what is found is written in slices. `since` 0 looks at all
 * offices, else at those in which something arrived since then. Repeating it changes nothing.
 */
struct job;
#define OFFICE_PEOPLE 2000
struct signal_count {
	int32_t people, offices, events, found;
};
enum err attendance_fold_signals(
	struct job *job, int32_t day, int64_t since, struct signal_count *ret);
/* Looks at the days that were not looked at yet, and at late arrivals of those before; as a job. */
enum err attendance_run_signals(struct job *job, const char **ret_result);
/* Whether yesterday waits to be looked at: from five in the morning, when its days are settled. */
enum err attendance_load_signals_due(struct tx *tx, int32_t today, bool *ret);
#define JOB_SIGNALS "signals"

#define SIGNAL_STMTS 6
extern struct db_stmt *const attendance_signal_stmts[SIGNAL_STMTS];

#endif
