/*
 * Private to attendance: presence checks drawn by lot, and calls of a superior.
 *
 * Perpres 21/2023 art. 8 lets work be done elsewhere; who answers for it may ask "are you there",
 * and only while that is work: never in breaks (Friday's prayer among them), at the edges of the
 * day, in what a letter covers, nor more often than a dated number says. The lot has no favourites:
 * its seed is committed in the log the day before, and everybody can draw it again afterwards
 * (docs/EVIDENCE.md). What became of a check is worked out from its facts and the journal whenever
 * it is asked, and stored nowhere. An unanswered check is a fact for a person and starts nothing:
 * no deduction, no case, no weight of a signal. What was never fetched by a session of the person
 * while it was open is out of reach, and no fault of his.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_CHECK_H
#define LUWES_ATTENDANCE_ATTENDANCE_CHECK_H

#include "attendance/attendance_evidence.h"
#include "attendance/attendance_int.h"

enum check_kind {
	CHECK_LOT,    /* drawn: are you there */
	CHECK_ANSWER, /* a superior asks for an answer */
	CHECK_COME,   /* ... to come to the office */
	CHECK_KINDS
};
extern const char *const check_kind_names[]; /* lot answer come */
enum check_state {
	CHECK_WAITS,       /* open, or its grace has not passed */
	CHECK_OVERDUE,     /* of a call: its time is over, an answer is still taken */
	CHECK_ANSWERED,    /* in time */
	CHECK_EXCUSED,     /* arrived later, and was made in time: counts as answered */
	CHECK_LATE,        /* answered after its time */
	CHECK_SEEN,        /* a superior saw him himself */
	CHECK_UNANSWERED,  /* was shown, and not answered */
	CHECK_UNREACHABLE, /* no session of the person fetched it while it was open */
	CHECK_LIFTED,      /* the person was not asked to work then after all */
	CHECK_STATES
};
/* waiting overdue answered excused late seen unanswered unreachable lifted */
extern const char *const check_state_names[];

#define CHECK_NOTE_MAX 200
struct check {
	int64_t id;
	struct employee_id employee;
	int32_t day;
	struct unit_id unit;
	enum check_kind kind;
	int64_t opens_at, closes_at, until_at;
	const char *note;
	int64_t asked_at;
	struct employee_id asked_by, asked_for;
	int64_t shown_at, seen_at; /* 0 never */
	struct employee_id seen_by;
	const char *seen_note;
	const char *full_name; /* filled by lists of others' */
};

/* ---- rules: pure ---- */

#define CHECK_SEED_BYTES 32
/* SHA-256("luwes/cs/1\n" | government 8 | day 4 | seed 32): what the log holds the day before. */
struct hash attendance_check_commitment(
	struct government_id government, int32_t day, const uint8_t seed[CHECK_SEED_BYTES]);
/* The leaf over it: "luwes/ck/1\n" | 1 | day 4 | commitment 32. */
#define CHECK_SEED_LEAF_BYTES 48
void attendance_write_check_leaf(
	int32_t day, struct hash commitment, uint8_t ret[CHECK_SEED_LEAF_BYTES]);

/* The two numbers of a person: HMAC-SHA-256(seed, "luwes/lt/1\n" | employee 8), its first and its
 * second four bytes. */
struct check_lot {
	uint32_t chance, place;
};
struct check_lot attendance_draw_lot(
	const uint8_t seed[CHECK_SEED_BYTES], struct employee_id employee);
/* Whether it falls on him: chance * 100 < percent * 2^32. */
bool attendance_is_drawn(struct check_lot lot, int percent);

/* The minutes of a day in which somebody may be asked, from the first to before the last. */
#define CHECK_SPANS_MAX 8
struct check_span {
	int from, to;
};
struct check_room {
	struct check_span span[CHECK_SPANS_MAX];
	int spans;
};
/*
 * Working minutes of the ruling without breaks, what letters cover, an assembly (NULL: none), and
 * `edge` minutes after the latest start and before the earliest end. None on a day without work, on
 * outside duty, while a notice waits, where another system judges, and of dynamic hours, in which
 * no minute is one of work for certain.
 */
struct check_room attendance_find_check_room(
	const struct day_ruling *ruling, const struct calendar_event *assembly, int edge);
/* Minute at which a check of `minutes` begins; MINUTE_OFF when it has no room. Every possible
 * beginning is equally likely: the (place * n / 2^32)th of n, counted from the first. */
int attendance_place_check(const struct check_room *room, int minutes, uint32_t place);
/* The minute before which an answer is in time, `minutes` of work after `from`; MINUTE_OFF when
 * `from` is not such a minute or the day has no longer so many. */
int attendance_find_call_deadline(const struct check_room *room, int from, int minutes);
/* Whether the person is asked to work during the check, as the day stands now. */
bool attendance_is_check_work(
	const struct day_ruling *ruling, int32_t day, enum zone zone, const struct check *check);

/* An answer in the journal: when it was made and when it came; punch NULL: none. */
struct check_reply {
	const struct punch *punch;
	int64_t made_at;
};
/* The one that serves the check best: the first in time, else the first late one. Counted ones
 * alone: kept apart or denied, an event answers nothing. */
struct check_reply attendance_find_reply(
	const struct check *check, const struct punch *punch, int punches, int64_t grace_ms);
/* `is_work`: attendance_is_check_work. */
enum check_state attendance_decide_check(const struct check *check, const struct check_reply *reply,
	bool is_work, int64_t grace_ms, int64_t now_ms);
/* A call that was not answered in its time, though it reached the person. */
bool attendance_is_missed(enum check_kind kind, enum check_state state);
/* First day of the week (Monday) that limits per week count from. */
int32_t attendance_week_of(int32_t day);

/* ---- the lot of a day ---- */

struct check_day {
	int32_t day;
	struct hash commitment;
	int64_t committed_at, leaf_index;
	struct bytes seed; /* n 0: not drawn yet */
	int32_t percent, minutes, edge_minutes, week_max;
	int64_t drawn_at; /* 0: not to its end */
};
/* Draws the seed of a day to come and commits to it by a leaf; nothing when it is there. */
enum err attendance_commit_check_day(struct tx *tx, int32_t day);
/* Draws the next people after `after` on a day whose seed was committed to; ret_last gets the last
 * one, 0 when done. On a day without a commitment of the day before nobody is drawn. */
enum err attendance_draw_checks(struct tx *tx, int32_t day, struct employee_id after, int max,
	struct employee_id *ret_last);
/* Once a minute per government: commits to the seed of tomorrow, and adds the job that draws today
 * once the day is open. */
enum err attendance_tick_checks(struct tx *tx, int32_t today);

/* ---- calls, and what people do about a check ---- */

/* Why a call is refused, by name. */
enum call_fault {
	CALL_GOOD,
	CALL_NOT_HOME,  /* the person is not at home or elsewhere by mode on that day */
	CALL_NOT_WORK,  /* not now: break, edge of the day, a letter, no work */
	CALL_NO_TIME,   /* the day of work has no longer as much time as an answer has */
	CALL_DAY_LIMIT, /* as often as a day allows */
	CALL_WEEK_LIMIT
};
extern const char *const call_fault_names[];
/* Asks: fills id, day, unit, times. *ret_fault says why not; then nothing was written. */
enum err attendance_add_call(struct tx *tx, struct check *call, enum call_fault *ret_fault);
/* A session of the person fetched what is open now: the first time is kept, with one leaf. */
enum err attendance_show_checks(struct tx *tx, struct employee_id employee);
/* The superior saw the person at his place; once. E_CONFLICT when somebody already has. */
enum err attendance_see_check(
	struct tx *tx, struct check *check, struct employee_id by, const char *note);

/* A check with what became of it, in the light of its day. */
struct judged_check {
	enum check_state state;
	struct check_reply reply;
	struct place_judgement place; /* of the answer */
	enum zone zone;
};
/* `view` is room to work in, and keeps the day for the next check of the same person and day. */
enum err attendance_judge_check(
	struct tx *tx, const struct check *check, struct day_view *view, struct judged_check *ret);

/* How many calls of the person were missed in the week and in the month of `day`, until the end of
 * it: facts for who asks, and no verdict. */
enum err attendance_count_missed(struct tx *tx, struct employee_id employee, int32_t day,
	struct day_view *view, int32_t *ret_week, int32_t *ret_month);

/* ---- statements ---- */

enum err attendance_load_check_day(struct tx *tx, int32_t day, struct check_day *ret);
enum err attendance_add_check_day(struct tx *tx, const struct check_day *row);
enum err attendance_set_check_day(struct tx *tx, const struct check_day *row);
enum err attendance_add_check(struct tx *tx, const struct check *c, int64_t *ret_rows);
enum err attendance_load_check(struct tx *tx, int64_t id, struct check *ret);
enum err attendance_set_check(struct tx *tx, const struct check *c);
/* Lots and calls of a person on the days [from, to]. */
enum err attendance_count_checks(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, int32_t *ret_lots, int32_t *ret_calls);
/* Open ones of a person: opened, and still taking answers. */
enum err attendance_list_open_checks(
	struct tx *tx, struct employee_id employee, struct check *ret, int max, int *ret_count);
/* Opened ones of a person since a day, newest first. */
enum err attendance_list_own_checks(struct tx *tx, struct employee_id employee, int32_t since,
	struct check *ret, int max, int *ret_count);
/* Calls of a person that have opened on the days [from, to], newest first. */
enum err attendance_list_calls(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct check *ret, int max, int *ret_count);
/* Opened ones of a day of the people the actor answers for, also in another's place, by name. */
enum err attendance_list_team_checks(struct tx *tx, struct employee_id actor, int32_t day,
	struct check *ret, int max, int *ret_count);

#define CHECK_STMTS 11
extern struct db_stmt *const attendance_check_stmts[CHECK_STMTS];
#define CHECKS_PAGE     200
#define JOB_DRAW_CHECKS "draw_checks"
extern const struct job_kind attendance_check_jobs[1];

/* Of attendance_call_routes.c, listed with the others in attendance_check_routes.c. */
extern const struct shape attendance_call_shape, attendance_called_shape, attendance_seen_shape;
enum err attendance_find_called(struct req *rq, struct object *ret_object);
enum err attendance_post_call(struct req *rq);
enum err attendance_find_seen(struct req *rq, struct object *ret_object);
enum err attendance_post_seen(struct req *rq);
#endif
