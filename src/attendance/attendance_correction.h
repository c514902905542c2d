/*
 * Private to attendance: a person asks that a day be put right, and another person decides.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_CORRECTION_H
#define LUWES_ATTENDANCE_ATTENDANCE_CORRECTION_H

#include "attendance/attendance_stated.h"
#include "org/org_stand.h"

enum correction_kind {
	CORRECTION_TIME,    /* "I came at 07.25": a time no phone recorded */
	CORRECTION_CONFIRM, /* this punch was made when the phone says */
	CORRECTION_PLACE,   /* this punch was made at its place */
	CORRECTION_VOID,    /* this punch was a mistake */
	CORRECTION_RECEIPT, /* this punch was made when it arrived: said by who decides, never asked
			     */
};
extern const char *const correction_kind_names[]; /* time confirm place void receipt */
enum correction_cause {
	CAUSE_FORGOT,
	CAUSE_PHONE,
	CAUSE_SIGNAL,
	CAUSE_MISTAKE,
	CAUSE_PLACE,
	CAUSE_OTHER
};
extern const char *const correction_cause_names[]; /* forgot phone signal mistake place other */
enum correction_state {
	CORRECTION_WAITS,
	CORRECTION_ACCEPTED,
	CORRECTION_REFUSED,
	CORRECTION_WITHDRAWN
};
extern const char *const correction_state_names[]; /* waiting accepted refused withdrawn */

struct correction {
	int64_t id;
	struct employee_id employee;
	int32_t day;
	struct unit_id unit;
	enum correction_kind kind;
	enum direction direction;
	int64_t stated_at;
	int32_t punch_day;
	int64_t punch_id;
	enum correction_cause cause;
	const char *reason, *file_sha256, *file_name;
	struct uuid event_id;
	int64_t received_at;
	struct employee_id entered_by;
	bool is_late;
	enum correction_state state;
	int32_t version;
	int64_t proposal_id;
	struct employee_id decided_by, decided_for;
	int64_t decided_at;
	const char *decision;
	const char *full_name; /* filled by lists of others' */
};

enum proposal_state { PROPOSAL_WAITS, PROPOSAL_CONFIRMED, PROPOSAL_REJECTED };
extern const char *const proposal_state_names[]; /* waiting confirmed rejected */
struct proposal {
	int64_t id;
	bool accepts;
	const char *reason;
	struct employee_id proposed_by;
	int64_t proposed_at;
	enum proposal_state state;
	struct employee_id decided_by;
	int64_t decided_at;
};
#define PROPOSAL_MAX 100

/* ---- rules: pure ---- */

/* What is wrong with a question, as the reply names it; pointer NULL: nothing. */
struct stated_fault {
	enum err e;
	const char *pointer, *reason;
};
struct correction_ask {
	enum correction_kind kind;
	int32_t day, today;
	int64_t stated_at;         /* CORRECTION_TIME; NO_INSTANT: not said */
	int64_t from, to, now_ms;  /* window of the day */
	bool names_punch;          /* a punch was named ... */
	const struct punch *punch; /* ... and found on that day; NULL: not found */
	int marks;                 /* what was decided about it */
	bool is_decider;           /* a superior puts it right of his own accord */
	bool was_denied;           /* a superior did not confirm it: the person objects */
	bool waits_already;        /* the same question of that day */
};
struct stated_fault attendance_check_correction(const struct correction_ask *ask);

/* Who decides: asked in time the supervisor of that day, asked late or where there is none the
 * agency's officer. */
struct correction_standing {
	struct employee_id actor;
	bool is_supervisor, has_supervisor, is_officer;
};
enum err attendance_decide_correction(
	const struct correction *c, const struct correction_standing *who, int32_t version_seen);
/* Four eyes: who proposed many does not confirm them, but may take his proposal back; nobody they
 * are about does either. */
enum err attendance_decide_proposal(const struct proposal *p, struct employee_id actor,
	const struct correction *item, int items, bool confirms);
/* Flags of the row that a verdict writes about the punch; 0: none is written. */
int attendance_verdict_marks(enum correction_kind kind, bool accepts, bool is_apart);

/* ---- statements ---- */

enum err attendance_add_correction(struct tx *tx, const struct correction *c);
enum err attendance_load_correction(struct tx *tx, int64_t id, struct correction *ret);
/* By the phone's own id; E_NOT_FOUND when it never came. */
enum err attendance_load_correction_event(struct tx *tx, struct employee_id employee,
	const struct uuid *event, struct correction *ret);
/* State, proposal and decision of it, version one higher. */
enum err attendance_set_correction(struct tx *tx, struct correction *c);
/* One's own, newest first, ids below `before` (0: all). */
enum err attendance_list_own_corrections(struct tx *tx, struct employee_id employee, int64_t before,
	struct correction *ret, int max, int *ret_count);
/* Of a person's day, oldest first. */
enum err attendance_list_day_corrections(struct tx *tx, struct employee_id employee, int32_t day,
	struct correction *ret, int max, int *ret_count);
/* Waiting ones of days whose supervisor is the actor, or in whose place he stands; ids above. */
enum err attendance_list_team_corrections(struct tx *tx, struct employee_id actor, int64_t after,
	struct correction *ret, int max, int *ret_count);
/* Waiting ones of units below `path` ("/" all) that the officer may look at. */
enum err attendance_list_unit_corrections(struct tx *tx, const char *path, int64_t after,
	struct correction *ret, int max, int *ret_count);
enum err attendance_list_proposal_items(
	struct tx *tx, int64_t proposal, struct correction *ret, int max, int *ret_count);
enum err attendance_add_proposal(struct tx *tx, const struct proposal *p);
enum err attendance_load_proposal(struct tx *tx, int64_t id, struct proposal *ret);
enum err attendance_set_proposal(struct tx *tx, const struct proposal *p);
/* Waiting ones, ids above `after`. */
enum err attendance_list_proposals(
	struct tx *tx, int64_t after, struct proposal *ret, int max, int *ret_count);

struct undecided_day {
	struct employee_id employee;
	int32_t day;
	const char *full_name;
	struct unit_id unit; /* of that day */
	/* why: lateness only the server says, a place outside or unknown, a punch kept apart */
	bool late_unconfirmed, place_unconfirmed, held;
	bool clock_ahead; /* the phone's clock was far ahead */
};
/* Days since `since` of the actor's people that wait for his word: a time to be confirmed, a place,
 * a punch kept apart. */
enum err attendance_list_undecided(struct tx *tx, struct employee_id actor, int32_t since,
	int32_t today, struct undecided_day *ret, int max, int *ret_count);

/* Superiors in whose place the actor may stand on days of the last year: SEATS_MAX. */
enum err attendance_list_seats(
	struct tx *tx, struct employee_id actor, struct org_seat *ret_seat, int *ret_count);

#define CORRECTION_STMTS 15
extern struct db_stmt *const attendance_correction_stmts[CORRECTION_STMTS];

/* ---- decisions, for routes and the demo ---- */

/* Records the question: a stated time waits in the journal. c->id .. c->punch_id are filled. */
enum err attendance_ask_correction(struct tx *tx, struct correction *c);
/* Writes `*marks` (enum punch_flag bits; 0: nothing) about a punch of the journal that counts for
 * `day` in `unit`. What is believed of a clock set ahead is believed when it arrived: *marks then
 * says PUNCH_DENIES. */
enum err attendance_mark_punch(struct tx *tx, const struct journal_row *row,
	const struct punch *punch, struct unit_id unit, int32_t day, int *marks);
/* Who the actor is to the person on that day, and in whose place he would decide. */
enum err attendance_load_standing(struct req *rq, struct employee_id employee, int32_t day,
	struct unit_id unit, struct correction_standing *ret, struct employee_id *ret_for);
/* Names, for a refusal of attendance_decide_correction, who decides instead. */
enum err attendance_say_refusal(struct req *rq, enum err e, const char *pointer);
/* Writes the verdict into the journal and the row, with one leaf. */
enum err attendance_settle_correction(struct tx *tx, struct correction *c, bool accepts,
	struct employee_id by, struct employee_id acts_for, const char *reason);

#endif
