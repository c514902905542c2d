/* What the files of reports share: the report as it lies in the store, its rules and statements. */
#ifndef LUWES_REPORTS_REPORTS_INT_H
#define LUWES_REPORTS_REPORTS_INT_H

#include "org/org_case.h"
#include "org/org_stand.h"
#include "reports/reports.h"

#define REPORT_ITEMS_MAX 20
#define REPORT_TEAM_MAX  500

/* A line of a report: what was done in a span of the day, how much of it, and what shows it. */
struct report_item {
	int32_t starts, ends; /* minutes of day */
	const char *description;
	int32_t volume;
	const char *unit_of_measure;
	const char *target, *evidence_sha256, *evidence_name, *evidence_link; /* NULL: none */
	int64_t target_id;         /* planned result of an agreed plan of its owner; 0: none */
	int32_t effective_minutes; /* of the span; 0, INT_NONE: all of it */
	const char
		*target_result; /* that result in words, where it is shown; NULL: not asked for */
	const char *reference;  /* number of a letter, case or register; NULL: none */
	int32_t day;     /* of a report of the week: which day; 0, DAY_NONE: the report's own */
	int64_t task_id; /* a task of its writer; 0: none */
	const struct report_task *task; /* where it is shown; NULL: none, or not asked for */
	int32_t usual_volume; /* where it is shown: what is usual, of an unusual one; else INT_NONE
			       */
};

#define MODE_UNSAID (-1) /* never handed in, or for a day that was not decided yet */

struct daily_report {
	struct report_id id;
	struct employee_id employee;
	int32_t day;
	int32_t state; /* enum report_state */
	int32_t version;
	const char *obstacle;
	int64_t submitted_at; /* when it came; 0: never */
	int64_t made_at;      /* when it was handed in: reports_find_made_at */
	bool is_late;
	bool is_confirmed; /* handed in by one tap: nothing but what the schedule says */
	int32_t mode;      /* enum work_mode of the day when it was handed in; MODE_UNSAID */
	struct employee_id decided_by, decided_for; /* 0: nobody; decided_for: in whose place */
	int32_t decided_as; /* enum stand: himself, or why in the principal's place */
	int64_t decided_at;
	const char *reason;
	struct unit_id counted_unit;
	int32_t counted_state, counted_wait;
	int32_t notes; /* in its thread; written by reports_add_note and reports_advise alone */
	int32_t advice, advised_version; /* enum report_advice, of which version: reports_advice_of;
					    written by reports_advise alone */
	struct employee_id advised_by;
};

/* What the team lead advises (reports_lead.h). */
enum report_advice { ADVICE_NONE, ADVICE_VERIFY, ADVICE_RETURN };
extern const char *const report_advice_names[]; /* none verify return */
/* The advice that holds: of the version that waits. Pure. */
static inline enum report_advice reports_advice_of(const struct daily_report *r)
{
	return r->state == REPORT_SUBMITTED && r->advised_version == r->version
		       ? (enum report_advice)r->advice
		       : ADVICE_NONE;
}

enum report_event_kind {
	EVENT_SUBMITTED,
	EVENT_VERIFIED,
	EVENT_RETURNED,
	EVENT_WITHDRAWN,
	/* from here on seen by who has part in the report alone: P_REPORT_NOTE */
	EVENT_NOTED,
	EVENT_ADVISED_VERIFY,
	EVENT_ADVISED_RETURN
};
extern const char *const report_event_kind_names[];
/* What an advice is in the thread. Pure. */
static inline enum report_event_kind reports_event_of(enum report_advice advice)
{
	return advice == ADVICE_VERIFY ? EVENT_ADVISED_VERIFY : EVENT_ADVISED_RETURN;
}

struct report_event {
	int32_t kind;
	const char *actor_name; /* with titles */
	int64_t at;
	const char *note;
};

/* What a plan of results and a rating are of. */
enum report_period { PERIOD_ANNUAL, PERIOD_QUARTERLY };
extern const char *const report_period_names[]; /* annual quarterly */

/* --- rules, pure --- */

/* First and last day of the period that holds `day`: the calendar year or its quarter. */
void reports_period_of(
	enum report_period period, int32_t day, int32_t *ret_first, int32_t *ret_last);

/* The owner saves or submits: OK, E_STALE, E_REPORT_STATE or E_REPORT_EMPTY. `r` has state none
 * when there is no report. */
enum err reports_decide_save(
	const struct daily_report *r, int32_t version_seen, int items, bool submits);

/*
 * One tap instead of a written report (duty daily_confirm): OK, E_STALE, E_REPORT_STATE when one
 * was handed in or came back to be mended, E_REFUSED when the day owes no such report or its work
 * has not begun. A draft gives way.
 */
enum err reports_decide_confirm(const struct daily_report *r, int32_t version_seen,
	const struct attendance_day *day, int64_t now_ms, enum zone zone);

/* The one item of such a report: the whole shift in the words of the rule; what the shift asks of
 * its span are its effective minutes. */
struct report_item reports_make_confirmed(const struct shift *shift, const char *words);

/* What one tap would hand in for the viewed day; false when the day owes no such report. Pure. */
struct report_schedule {
	int32_t starts, ends;
	const char *words;
};
bool reports_find_schedule(const struct policy_book *book, const struct day_ruling *ruling,
	struct report_schedule *ret);

/*
 * When a report that came at `now_ms` was handed in: when the phone says (`said`, in the server's
 * time), which may have kept it without a signal; never after it came, and what says to be older
 * than REPORT_CARRIED_DAYS, or nothing (INSTANT_NONE), was handed in when it came. Pure.
 */
#define REPORT_CARRIED_DAYS    7
#define REPORT_CARRIED_MINUTES 60
int64_t reports_find_made_at(int64_t said, int64_t now_ms);
/* It came REPORT_CARRIED_MINUTES or more after it was handed in: both are shown then. Pure. */
bool reports_is_carried(const struct daily_report *r);

/* The report as it stands after a save; what was handed in at `on_time_until` or later is late. */
void reports_apply_save(struct daily_report *r, const char *obstacle, bool submits,
	int64_t on_time_until, int64_t made_at, int64_t now_ms);

/* Whole days from handing in to the decision, at most 99; 0 while there is none. */
int32_t reports_days_waited(const struct daily_report *r, enum zone zone);

/* The owner takes back what he handed in: OK, E_STALE, E_REPORT_STATE when it does not wait for a
 * decision, or E_REFUSED when it was handed in before `today`. */
enum err reports_decide_withdraw(
	const struct daily_report *r, int32_t version_seen, int32_t today, enum zone zone);

/* The report as it stands then: a draft. What came in time has to come in time once more. */
void reports_apply_withdraw(struct daily_report *r, int64_t on_time_until);

/* Somebody verifies or returns: OK, E_SELF, E_STALE or E_REPORT_STATE. Whether he may is not asked
 * here. */
enum err reports_decide_verdict(
	const struct daily_report *r, struct employee_id actor, int32_t version_seen);

/* A note may be added to what was handed in: OK, E_REPORT_STATE, or E_CONFLICT when the thread is
 * full. Whether he may is not asked here. */
#define REPORT_NOTES_MAX     50
#define REPORT_NOTE_TEXT_MAX 1000
enum err reports_decide_note(const struct daily_report *r);

/*
 * The first instant at which the report of `day` is late: so many minutes
 * (PARAMETER_REPORT_GRACE_MINUTES of that day) after the end of the civil day on which its work
 * ends. A shift past midnight (shift_ends > 1440) ends on the next day. Pure.
 */
int64_t reports_find_on_time_until(int32_t day, int shift_ends, int grace_minutes, enum zone zone);
/* The same by the number of that day. */
enum err reports_load_on_time_until(
	struct tx *tx, int32_t day, int shift_ends, enum zone zone, int64_t *ret);

/* Day of an item of the report of `day`. */
static inline int32_t reports_item_day(const struct report_item *item, int32_t day)
{
	return item->day == 0 || item->day == DAY_NONE ? day : item->day;
}

/* First day of which items of the report of `day` may be: of a report of the week its Monday, else
 * the day itself. Pure. */
int32_t reports_first_day(int32_t day, bool is_weekly);

/* Whether a report of `day` may be written on `today`: not before the day, but that of the week
 * from any day of it on; `week_day` is by when the report of today's week is due, 0: none is. Pure.
 */
bool reports_may_write(int32_t day, int32_t today, int32_t week_day);

/* First thing wrong with items that bounds of single fields cannot say, of which each is of a day
 * of [first, day]; false when there is none. */
struct item_fault {
	int item;
	const char *field, *reason;
};
bool reports_find_item_fault(const struct report_item *item, int items, int32_t first, int32_t day,
	struct item_fault *ret);

/* What a supervisor should look at before verifying in bulk. */
enum report_remark {
	REMARK_NO_EVIDENCE = 1,
	REMARK_OVERLAP = 2,
	REMARK_NO_PUNCH = 4,
	REMARK_LATE = 8,
	REMARK_VOLUME = 16, /* reports_mark.h */
	REMARK_MODE = 32,   /* reports_mark.h */
	REMARK_ADVISED_RETURN = 64
};
#define REPORT_REMARKS 7
extern const char *const report_remark_names[]; /* by bit */
/* A confirmed report brings no evidence: what shows it is the presence of that day. */
int reports_find_remarks(
	const struct daily_report *r, const struct report_item *item, int items, bool has_punch);

/* --- database --- */

/* E_NOT_FOUND when there is none. */
enum err reports_load(struct tx *tx, struct report_id id, struct daily_report *ret);
enum err reports_load_of_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct daily_report *ret);
/* Adds or replaces the row of its employee and day, but for what was counted. */
enum err reports_set(struct tx *tx, const struct daily_report *r);
enum err reports_set_counted(struct tx *tx, const struct daily_report *r);
/* Replaces all items. */
enum err reports_set_items(
	struct tx *tx, struct report_id id, const struct report_item *item, int items);
/* At most REPORT_ITEMS_MAX, in order. */
enum err reports_list_items(
	struct tx *tx, struct report_id id, struct report_item *ret_item, int *ret_count);
enum err reports_add_event(struct tx *tx, struct report_id id, int64_t event_id,
	enum report_event_kind kind, struct employee_id actor, const char *note);
/* The whole thread, oldest first. */
enum err reports_list_events(
	struct tx *tx, struct report_id id, struct report_event **ret_event, int *ret_count);

/*
 * Reports handed in by people `superior` answers for as supervisor on the report's day, himself or
 * in another's place (org_stand.h): those of `last` and the undecided from `first` on (DAY_NONE:
 * however old); undecided first, the oldest day first. `state` -1: any. At most REPORT_TEAM_MAX.
 */
struct team_report {
	struct daily_report report;
	const char *full_name, *folded; /* his name; folded for its order */
	struct employee_id superior;    /* whose person he is that day */
	enum stand stand;
};
enum err reports_list_team(struct tx *tx, struct employee_id superior, int32_t first, int32_t last,
	int state, struct team_report **ret_report, int *ret_count);

/* Days on which a report was verified or returned: org_decided_source. */
enum err reports_list_decided(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_decided_day *ret_day, int max, int *ret_count);

/* Whether the owner may name the task in a report or plan of the day; an unknown task may not. */
enum err reports_check_task(
	struct tx *tx, struct employee_id owner, int32_t day, int64_t task, bool *ret_may);
/* The first item that names a task its owner may not name and his report of the day did not name
 * before; -1 when there is none. */
enum err reports_find_foreign_task(struct tx *tx, struct employee_id owner, int32_t day,
	const struct report_item *item, int items, int *ret_item);
/* The task that an item names, in words; NULL where there is none. */
enum err reports_name_task(struct tx *tx, int64_t task, const struct report_task **ret);

/* Why the file is no evidence of `owner`; NULL when it is: he uploaded it, a picture or a PDF. */
enum err reports_check_file(
	struct tx *tx, struct employee_id owner, const char *sha256_hex, const char **ret_fault);

/* --- as the routes do, without a request: for the demo, which lives through days that passed ---
 */

/* The owner hands in a new report for a day at tx->now_ms. */
enum err reports_hand_in(struct tx *tx, struct employee_id owner, int32_t day, const char *obstacle,
	struct report_item *item, int items, struct report_id *ret);
/* The same by one tap, as the day's rule says. */
enum err reports_hand_in_confirmed(
	struct tx *tx, struct employee_id owner, int32_t day, struct report_id *ret);
/* `actor` decides reports in their first version, as one decision with one leaf; each as
 * reports_post_verifications would. */
enum err reports_decide_many(struct tx *tx, struct employee_id actor, enum report_event_kind kind,
	const char *reason, const struct report_id *id, int count);

/* Moves the counters of the reports this batch touched. */
enum err reports_project(struct tx *tx);

#define REPORTS_STMTS 16
struct db_stmt;
extern struct db_stmt *const reports_stmts[REPORTS_STMTS];

#endif
