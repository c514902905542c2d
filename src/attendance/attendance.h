/*
 * Presence: punches recorded first, a day judged later, a person decides.
 *
 * A punch is an event with a UUIDv7 and an explicit direction; it is never refused for its place or
 * time. Server time is the fact, phone time stands beside it: a day late by the server but not by
 * the phone is "unconfirmed", not late. The day is a projection of journal, roster, policy and
 * status; attendance_fold is pure and the stored row can be rebuilt with an identical result
 * (`luwes rebuild`). PP 94/2021 art. 1 no. 5: Masuk Kerja is carrying out the duty inside or
 * outside the office.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_H
#define LUWES_ATTENDANCE_ATTENDANCE_H

#include "policy/policy.h"

/* A check says that one is there, and neither comes nor leaves: a check window, a presence check.
 */
enum direction { DIRECTION_IN, DIRECTION_OUT, DIRECTION_CHECK };
extern const char *const direction_names[];
enum receipt_status { RECEIPT_ACCEPTED, RECEIPT_DUPLICATE, RECEIPT_QUARANTINED, RECEIPT_REJECTED };
extern const char *const receipt_status_names[];
enum place_error {
	POSITION_OK,
	POSITION_DENIED,
	POSITION_UNAVAILABLE,
	POSITION_TIMEOUT,
	POSITION_UNSUPPORTED
};
extern const char *const place_error_names[];
enum punch_flag {
	PUNCH_UNSIGNED = 1,
	PUNCH_QUARANTINED = 2,
	PUNCH_PHONE_CLOCK_OFF = 4,
	PUNCH_DELAYED = 8,
	PUNCH_MANUAL = 16,
	PUNCH_VOIDS = 32,           /* the punch it refers to does not count */
	PUNCH_CONFIRMS = 64,        /* ... counts, at the time it claims */
	PUNCH_CONFIRMS_PLACE = 128, /* ... was at its place; of itself: the office proved it */
	PUNCH_DENIES = 256          /* ... counts, but at the time of its receipt */
};
/* Those that say what a punch kept apart is worth. */
#define PUNCH_DECIDES (PUNCH_VOIDS | PUNCH_CONFIRMS | PUNCH_DENIES)
/* Who says so. A phone's punch is a fact when it arrives; the others state a time of the past,
 * which is the fact itself. */
enum punch_source {
	FROM_PHONE,
	FROM_EXTERNAL,
	FROM_PAPER,
	FROM_CORRECTION,
	FROM_KIOSK, /* an enrolled kiosk of an office signed for it */
	PUNCH_SOURCES
};
extern const char *const punch_source_names[]; /* phone external paper correction kiosk */
enum place_verdict { PLACE_NOT_ASKED, PLACE_WITHIN, PLACE_OUTSIDE, PLACE_UNKNOWN };
extern const char *const place_verdict_names[];
enum distance_bucket {
	DISTANCE_NONE,
	DISTANCE_50,
	DISTANCE_100,
	DISTANCE_250,
	DISTANCE_1000,
	DISTANCE_FAR
};
extern const char *const distance_bucket_names[]; /* none 50 100 250 1000 far (metres) */
enum day_state {
	DAY_EXPECTED,
	DAY_PRESENT,
	DAY_COMPLETE,
	DAY_ABSENT,
	DAY_LEAVE,
	DAY_OFF_WORK,
	DAY_WAITS,    /* over and not seen, but a notice, a paper or a punch waits for a decision */
	DAY_NOT_USED, /* the agency does not use Luwes on it: it counts nowhere */
	DAY_PAPER     /* without a phone and not seen: the paper list may still come */
};
/* expected present complete absent leave off waits not_used paper */
extern const char *const day_state_names[];
enum day_flag {
	DAY_LATE = 1,
	DAY_LATE_UNCONFIRMED = 2,
	DAY_EARLY = 4,
	DAY_PLACE_OUTSIDE = 8,
	DAY_PLACE_UNKNOWN = 16,
	DAY_NO_OUT = 32,
	DAY_OUTSIDE_WINDOW = 64 /* a window the rule sets was missed: in, out, or a check */
};

/* late late_unconfirmed early place_outside place_unknown no_out outside_window */
extern const char *const day_flag_names[];
/* unsigned quarantined phone_clock_off delayed manual voids confirms confirms_place denies */
extern const char *const punch_flag_names[];

/* Attendance at an assembly that concerned the person on the day. */
enum event_verdict {
	EVENT_NONE,
	EVENT_EXPECTED,
	EVENT_PRESENT,
	EVENT_LATE,
	EVENT_ABSENT,
	EVENT_LEAVE, /* excused, and by what */
	EVENT_DUTY,
	EVENT_SHIFT,
	EVENT_HOME,
	EVENT_OFF,
	EVENT_WAITS, /* over and not seen, but something waits for a decision */
	EVENT_VERDICTS
};
/* none expected present late absent excused_leave excused_duty excused_shift excused_home
 * excused_off waits */
extern const char *const event_verdict_names[];

/* How well the time of a phone's event is known (docs/EVIDENCE.md). */
enum time_grade {
	TIME_ARRIVAL,    /* the time of receipt is the fact: unsigned */
	TIME_PROVEN,     /* the interval is narrower than the tolerance */
	TIME_CONSISTENT, /* the claim counts */
	TIME_QUEUED,     /* counts; the superior sees it */
	TIME_DOUBTED     /* as arrival, until a person confirms */
};
extern const char *const time_grade_names[]; /* arrival proven consistent queued doubted */
/* Whether the claim itself is the fact. Pure. */
bool attendance_is_time_known(enum time_grade grade);

#define NO_INSTANT      INT64_MIN
#define NO_COORDINATE   INT32_MAX
#define DAY_PUNCHES_MAX 100

/* Why a place is unknown; outside and within speak for themselves. */
enum place_reason {
	PLACE_REASON_NONE,
	PLACE_REASON_DENIED,
	PLACE_REASON_UNAVAILABLE,
	PLACE_REASON_TIMEOUT,
	PLACE_REASON_UNSUPPORTED,
	PLACE_REASON_COARSE,
	PLACE_REASON_NO_SITE,
	PLACE_REASON_ERASED /* the position was taken out, and this was not asked before */
};
/* none denied unavailable timeout unsupported coarse no_site erased */
extern const char *const place_reason_names[];
/* distance_metres is to the edge of the nearest site, 0 inside. */
struct place_judgement {
	enum place_verdict verdict;
	enum place_reason reason;
	enum distance_bucket bucket;
	struct site_id site;
	int32_t distance_metres;
};
/*
 * What a position was judged as when it was taken out (UU 27/2022 art. 43): from then on this is
 * what is known. `own` is against the sites of `unit`, as if a site was asked for; `event` against
 * those of the day's assembly.
 */
struct kept_place {
	int64_t erased_at;
	struct unit_id unit, event_unit;
	struct place_judgement own;
	enum place_verdict event;
};

struct punch {
	struct uuid event_id;
	int64_t punch_id;
	int32_t punch_day;
	enum direction direction;
	int64_t received_at, phone_at, offset_ms;
	struct geo_point point; /* NO_COORDINATE: none */
	int32_t accuracy_metres;
	enum place_error place_error;
	int flags;
	const char *note; /* of an external one: the machine or app */
	enum punch_source source;
	int64_t refers_to; /* with PUNCH_VOIDS or PUNCH_CONFIRMS*: the punch_id it is about; else 0
			    */
	enum time_grade time_grade;    /* of a signed event: whether its claim is the fact */
	const struct kept_place *kept; /* the position was taken out; NULL: it was not */
};

/* Where a punch was against all sites of the person, accuracy counted in the employee's favour.
 * Pure. */
struct place_judgement attendance_judge_place(const struct org_tree *tree, struct unit_id unit,
	int32_t day, enum place_rule rule, const struct punch *punch);
/* Whether it was made outside the sites where an assembly of the day was (of `unit`); who is not
 * seen to be outside is not. Pure. */
bool attendance_is_outside(
	const struct org_tree *tree, struct unit_id unit, int32_t day, const struct punch *punch);
/* What stays of the place of a punch when its position is taken out, for the day it belongs to;
 * `event_unit` 0: no assembly with a place on it. Pure. */
struct kept_place attendance_keep_place(const struct org_tree *tree, struct unit_id unit,
	struct unit_id event_unit, int32_t day, int64_t now_ms, const struct punch *punch);

struct attendance_day {
	int32_t day;
	struct employee_id employee;
	struct unit_id unit;
	enum work_mode mode;
	enum mode_source source;
	enum day_state state;
	int starts, ends;
	int64_t in_at, in_phone_at, out_at, out_phone_at;
	int late_minutes, claim_late_minutes, early_minutes, worked_minutes;
	enum place_verdict in_place, out_place;
	enum distance_bucket in_distance;
	enum report_duty duty;
	int flags;
	enum status_kind status;               /* that decides the day */
	int basis;                             /* enum day_basis */
	int relieved_minutes, made_up_minutes; /* of late_minutes */
	enum event_verdict event;
	int event_minutes; /* late for it */
};

/* What a day rests on besides roster, rule and the phone's punches. */
enum day_basis {
	BASIS_NOTICE = 1,      /* a notice waits, or of the unseen a paper or punch kept apart */
	BASIS_PART_OF_DAY = 2, /* a letter covers part of it */
	BASIS_MADE_UP = 4,     /* lateness made up the same day */
	BASIS_RELIEVED = 8,    /* an incident took lateness away */
	BASIS_MANUAL = 16,     /* entered by a person */
	BASIS_EXTERNAL = 32,   /* another system's punch */
	BASIS_CORRECTED = 64,  /* a decision changed what counts */
	BASIS_AWAITED = 128,   /* the file of the system that judges has not come */
	BASIS_REJUDGED = 256   /* hours changed after the first punch had come: judged again */
};
extern const char *const day_basis_names[];

/* Why a punch is kept apart or not kept; every other punch is accepted. */
enum receipt_reason {
	RECEIPT_REASON_NONE,
	RECEIPT_CLOCK_AHEAD,
	RECEIPT_TOO_OLD,
	RECEIPT_NOT_IN_SERVICE,
	RECEIPT_DEVICE_ENDED,   /* of a phone that was replaced, lost or revoked */
	RECEIPT_UNKNOWN_VERSION /* an app newer than this program */
};
/* none phone_clock_ahead too_old not_in_service device_ended unknown_version */
extern const char *const receipt_reason_names[];
/*
 * Of a phone's punch: a claim more than a day after its receipt (a clock set ahead) or more than 45
 * days before it is kept, quarantined, and does not count until a person decides. Only a punch on a
 * day outside the person's service is rejected (attendance_add_punch). Pure.
 */
enum receipt_reason attendance_decide_quarantine(const struct punch *punch);
/* Flags that follow from the times of a punch: clock off, delayed, quarantined. Pure. */
int attendance_decide_punch_flags(const struct punch *punch);
/* The instant a punch claims: the phone's time, corrected by the measured offset when that exceeds
 * two minutes. Pure. */
int64_t attendance_claimed_at(const struct punch *punch);
/* The instant it counts for: as claimed, but never later than its receipt, since nothing happens
 * after it arrived. Pure. */
int64_t attendance_happened_at(const struct punch *punch);
/* Zone a person's days are counted in: of the nearest site of the unit, else the government's.
 * Pure. */
enum zone attendance_zone(const struct org_tree *tree, struct unit_id unit, int32_t day);
/* Whether the day asks for work: any mode but leave and off. Pure. */
bool attendance_is_work(enum work_mode mode);

/* What explains a day besides its ruling, as a mask; the web words each. */
enum day_reason {
	REASON_LATE_BOTH,
	REASON_LATE_SERVER_ONLY,
	REASON_EARLY,
	REASON_NO_IN,
	REASON_NO_OUT,
	REASON_NOT_SEEN,
	REASON_PLACE_OUTSIDE,
	REASON_PLACE_DENIED,
	REASON_PLACE_UNAVAILABLE,
	REASON_PLACE_TIMEOUT,
	REASON_PLACE_UNSUPPORTED,
	REASON_PLACE_COARSE,
	REASON_PLACE_NO_SITE,
	REASON_OUTSIDE_WINDOW,
	REASON_DELAYED,
	REASON_PHONE_CLOCK_OFF,
	REASON_QUARANTINED,
	REASON_LETTER_COVERS,
	REASON_PART_OF_DAY,
	REASON_NOTICE,
	REASON_WAITS,
	REASON_MANUAL,
	REASON_EXTERNAL,
	REASON_CORRECTED,
	REASON_RELIEVED,
	REASON_AWAITED,
	REASON_NOT_USED,
	REASON_REJUDGED,
	REASON_MADE_UP,
	REASON_PAPER,
	REASON_PLACE_ERASED,
	REASON_COUNT,
};
extern const char *const day_reason_names[];
/* Reasons of a row and its punches (`judgement[i]` belongs to `punch[i]`): bit 1 << enum
 * day_reason. `journal` has the rows that speak of them. Pure. */
int attendance_compute_reasons(const struct attendance_day *row, const struct punch *punch,
	const struct place_judgement *judgement, int punches, const struct punch *journal,
	int rows);

/*
 * The day from everything known about it. `window_from`/`window_to` (instants) are the stretch of
 * time whose punches belong to this day: attendance_day_window. Pure; `now_ms` only tells whether
 * that stretch is over: then unseen is absent, and a missing way out or check gets its flag.
 */
void attendance_fold(const struct policy_book *book, const struct person_day *facts,
	const struct day_ruling *ruling, const struct punch *punch, int punches,
	int64_t window_from, int64_t window_to, int64_t now_ms, struct attendance_day *ret);
/* From four hours before this day's start (or the end of the night before) to the same of the next
 * day. Pure. */
void attendance_day_window(const struct policy_book *book, const struct person_day *facts,
	enum zone zone, int64_t *ret_from, int64_t *ret_to);
/* Whether two rows say the same (for rebuild and to spare a write). */
bool attendance_day_equal(const struct attendance_day *a, const struct attendance_day *b);

/* The stored day; E_NOT_FOUND when it was never folded. */
enum err attendance_load_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct attendance_day *ret);
/* Stored days of one person in [from, to], in day order; at most `max`. */
enum err attendance_list_days(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct attendance_day *ret, int max, int *ret_count);
/* Stored rows of a day after `after` in employee order; at most `max`. */
enum err attendance_list_day(struct tx *tx, int32_t day, struct employee_id after,
	struct attendance_day *ret, int max, int *ret_count);
/* Punches of the civil days [from, to], at most three, as the journal has them (quarantined too),
 * in the order of day and event; at most `max`. */
enum err attendance_list_punches(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct punch *ret, int max, int *ret_count);

/* A day worked out now, with everything it was worked out from. */
struct day_view {
	const struct policy_book *book;
	struct person_day facts;
	struct day_ruling ruling;
	enum zone zone;
	int64_t from, to;                    /* its window */
	struct punch punch[DAY_PUNCHES_MAX]; /* of the civil days the window touches: also
						neighbours' and quarantined ones */
	int punches;
	struct attendance_day row;
};
/* How a window of the rule stands. Missed is what the fold calls so, and nothing before: a check is
 * missed once the person has left after it, or the day closed; until then it has passed. */
enum window_state { WINDOW_AHEAD, WINDOW_OPEN, WINDOW_MET, WINDOW_PASSED, WINDOW_MISSED };
extern const char *const window_state_names[]; /* ahead open met passed missed */
/* Of each window of the ruling, in its order. Pure. */
void attendance_judge_windows(
	const struct day_view *view, int64_t now_ms, enum window_state ret[WINDOWS_MAX]);
/* What other rows of the journal say about a punch: enum punch_flag bits. Whoever decided last
 * decided (an objection, another look); a place once confirmed stays so. Pure. */
int attendance_find_marks(const struct punch *punch, int punches, const struct punch *of);
/* The instant that counts, with those marks: of a phone or kiosk its arrival, unless its signed
 * time is known or a person confirmed what it claims. What a person did not believe counts when it
 * arrived. Pure. */
int64_t attendance_fact_at(const struct punch *p, int marks);

/*
 * Accepted incidents: when the server was not there, and for whom. Relief is arithmetic, pure:
 * lateness of an arrival within the interval is taken away as far as it was spent in it; a missing
 * way out is none when work ended in it; who was not seen at all waits for a decision when both
 * ends of his work lay in it.
 */
struct incident_span {
	int64_t incident_id;
	struct unit_id unit; /* this one and below; 0 everybody */
	int64_t begins_at, ends_at;
};
struct incident_list {
	const struct incident_span *span;
	int spans;
};
/* Cached per connection and generation. */
enum err attendance_load_incidents(struct tx *tx, const struct incident_list **ret);
void attendance_relieve(const struct org_tree *tree, enum zone zone,
	const struct incident_list *incidents, struct attendance_day *row);

/* How many working days after a day a person may still ask, or a list may still come. */
enum limit_kind { LIMIT_CORRECTION, LIMIT_PAPER, LIMIT_KIND_COUNT };
extern const char *const limit_kind_names[]; /* correction paper */
/* The last civil day that is within `days` working days of the unit after `day`; pure. */
int32_t attendance_add_working_days(
	const struct policy_book *book, struct unit_id unit, int32_t day, int days);

/* What persons decided about a day, for its explanation: oldest first. */
enum day_decision_kind {
	DECIDED_CORRECTION,
	DECIDED_PAPER,
	DECIDED_INCIDENT,
	DECIDED_CONFIRMATION
};
extern const char *const day_decision_kind_names[]; /* correction paper incident confirmation */
struct day_decision {
	enum day_decision_kind kind;
	int64_t id, decided_at;
	bool is_accepted;
	const char *by, *asked, *reason; /* name with titles; what was asked for; why so decided */
};
#define DAY_DECISIONS_MAX 20
enum err attendance_list_decisions(struct tx *tx, const struct attendance_day *row,
	const struct org_tree *tree, enum zone zone, struct day_decision *ret, int *ret_count);

/* Works out a person's day from the store, stored or not; E_NOT_FOUND when not in service on it. */
enum err attendance_view_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct day_view *ret);
/* The day whose window holds the present moment: today, or yesterday during a night shift. */
enum err attendance_view_now(struct tx *tx, struct employee_id employee, struct day_view *ret);
/* Whether a punch counts for the viewed day. Pure. */
bool attendance_is_of_day(const struct day_view *view, const struct punch *punch);

/* Folds the day of one person now and stores it, moving the counters; a person not in service loses
 * the row. */
enum err attendance_refold(struct tx *tx, struct employee_id employee, int32_t day);
/* Makes the rows of a day for the next people after `after`; ret_last gets the last one, 0 when
 * done: the day is then open. */
enum err attendance_open_day(struct tx *tx, int32_t day, struct employee_id after, int max,
	struct employee_id *ret_last);
/* Once a minute per government: adds the jobs that open today and, in the early morning, settle the
 * days before. */
enum err attendance_tick(struct tx *tx);
/* Once a minute per government: looks whether the program was away or answered 503 (`shed` so far
 * since its start), or phones were refused, and proposes an incident for it. */
enum err attendance_beat(struct tx *tx, int64_t shed);
/* Settles the next people of a day whose windows have closed: unseen becomes absent, in without out
 * gets its flag. */
enum err attendance_settle_day(struct tx *tx, int32_t day, struct employee_id after, int max,
	struct employee_id *ret_last);
/*
 * Computes the days [from, to] again from journal, roster, policy and status, replacing rows that
 * differ and moving the counters; ret_wrong gets how many differed. Holds the writer throughout:
 * for the verb `rebuild`.
 */
enum err attendance_rebuild(struct tx *tx, int32_t from, int32_t to, int64_t *ret_wrong);

/*
 * Appends a punch to the journal, marks its day as changed and adds a leaf. The caller fills every
 * member: punch_id from id_next(), punch_day from attendance_claimed_at in the person's zone, flags
 * by attendance_decide_punch_flags. ret: accepted or quarantined; duplicate when the person's event
 * id is known on that day; rejected when the person is not in service on it, and then nothing is
 * kept.
 */
enum err attendance_add_punch(struct tx *tx, struct employee_id employee, const struct punch *punch,
	enum receipt_status *ret);

/*
 * Months that are closed: of a unit, by the recap. A day belongs to the month of the unit its row
 * stands in; a day without a row is in none. Who changes a day of a closed month says so: it
 * becomes a supplement of the recap.
 */
enum err attendance_load_is_closed(
	struct tx *tx, struct unit_id unit, int32_t day, bool *ret_closed);
enum err attendance_load_is_day_closed(
	struct tx *tx, struct employee_id employee, int32_t day, bool *ret_closed);
/* Days of closed months, as a late decree asks for what was decided (org_case.h). */
struct org_decided_day;
enum err attendance_list_closed_days(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct org_decided_day *ret_day, int max, int *ret_count);
/* Closes the month of a unit (not of those below it) for ever. */
enum err attendance_close_month(
	struct tx *tx, struct unit_id unit, int32_t month, struct employee_id by);

/* What a row counts for on the boards (report_due too), into COUNTER_COUNT numbers. Pure. */
void attendance_contribution(const struct attendance_day *row, int32_t *ret_count);
/* The five minutes of the government's day in which the row's first arrival falls (0..287), -1 when
 * there is none. Pure. */
int attendance_arrival_slot(const struct org_tree *tree, const struct attendance_day *row);

extern const struct slice attendance_slice, attendance_corrections_slice,
	attendance_proposals_slice, attendance_papers_slice, attendance_incidents_slice,
	attendance_limits_slice, attendance_devices_slice, attendance_device_codes_slice,
	attendance_device_people_slice, attendance_passkeys_slice, attendance_evidence_slice,
	attendance_parameters_slice, attendance_retention_slice, attendance_holds_slice,
	attendance_privacy_slice, attendance_checks_slice;

#endif
