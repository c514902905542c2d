/*
 * Verdicts about events end with a person: the superior of that day is asked, and what he does not
 * say counts for the employee.
 *
 * UU 27/2022 art. 10: nobody is judged by a machine alone. The event counts meanwhile, so nobody is
 * late or absent because a confirmation is open. Denying needs a reason and names its consequence;
 * the employee reads it at once, may explain before and after, and may object by a correction.
 * Silence until the end of the due day confirms and is counted against the queue of the unit, never
 * against a person. A decision is a row of the journal where it changes what counts, and a leaf
 * always.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_H
#define LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_H

#include "attendance/attendance_evidence.h"
#include "platform/slice.h"

/* Why it is asked. */
enum confirmation_kind {
	CONFIRMATION_NEEDED,      /* the verdict is needs_confirmation */
	CONFIRMATION_SAMPLE,      /* the verdict is ok_sampled: drawn, nothing more */
	CONFIRMATION_QUEUED_TIME, /* the time counts; it came late enough to be looked at */
	CONFIRMATION_CHECK,       /* an answer to a presence check or call-in */
	CONFIRMATION_KINDS
};
extern const char *const confirmation_kind_names[]; /* needs_confirmation sample queued_time check
						     */
enum confirmation_state { CONFIRMATION_WAITS, CONFIRMED, DENIED, CONFIRMED_BY_SILENCE };
extern const char *const confirmation_state_names[]; /* waiting confirmed denied silent */
enum confirmation_consequence {
	CONSEQUENCE_COUNTS,     /* as it was claimed: of everything but a denial */
	CONSEQUENCE_RECEIPT,    /* counts, at the time of its receipt */
	CONSEQUENCE_NOT_COUNTED /* does not count */
};
extern const char *const confirmation_consequence_names[]; /* counts receipt not_counted */

struct confirmation {
	int64_t id;
	struct employee_id employee;
	int32_t day; /* of work, the punch's window */
	struct unit_id unit;
	int32_t punch_day;
	struct uuid event_id;
	int64_t punch_id;
	enum direction direction;
	int64_t happened_at, received_at;
	enum confirmation_kind kind;
	int64_t marks; /* enum evidence_mark bits */
	int64_t asked_at;
	int32_t due_day;
	bool to_officer;
	enum confirmation_state state;
	enum confirmation_consequence consequence;
	int32_t version;
	const char *explanation;
	int64_t explained_at; /* 0 never */
	struct employee_id decided_by, decided_for;
	int64_t decided_at;
	const char *decision;
	enum time_grade grade; /* as the journal has it */
	int punch_flags;       /* likewise */
	const char *full_name; /* filled by lists of others' */
};

/*
 * Asks the superior of the punch's day to confirm it; call it after the punch is in the journal and
 * never for one that was rejected. Once per punch: asked again while it waits, what is new is added
 * (marks, the stronger kind); what was decided stays decided. Due is the last civil day within
 * PARAMETER_CONFIRM_DAYS working days of the unit from today on. Nothing is asked about who was not
 * in service. Needs tx->changes.
 */
enum err attendance_ask_confirmation(struct tx *tx, struct employee_id employee,
	const struct punch *punch, enum confirmation_kind kind, int64_t marks);

/* The person's word about a punch, given elsewhere (a correction, a word about the day): `marks` of
 * the row that was written settle what waits about it; 0 and a punch nobody was asked about change
 * nothing. */
enum err attendance_follow_confirmation(struct tx *tx, int64_t punch_id, int marks,
	struct employee_id by, struct employee_id acts_for, const char *reason);
/* Whether a superior denied the punch, so that its owner may object. */
enum err attendance_load_is_denied(struct tx *tx, int64_t punch_id, bool *ret);

/* What a person says about an event, for routes and the demo. */
struct confirmation_verdict {
	bool confirms;
	enum confirmation_consequence consequence; /* of a denial */
	const char *reason;                        /* likewise; "" */
	struct employee_id by, acts_for;
};
/* Writes the verdicts into the journal and the rows, with one leaf for all. */
enum err attendance_settle_confirmations(struct tx *tx, struct confirmation *c, int count,
	const struct confirmation_verdict *verdict);
/* The employee's own words, beside the event; a leaf. */
enum err attendance_explain_confirmation(struct tx *tx, struct confirmation *c, const char *text);
enum err attendance_load_confirmation(struct tx *tx, int64_t id, struct confirmation *ret);
/* By its punch; E_NOT_FOUND when nobody was asked. */
enum err attendance_load_punch_confirmation(
	struct tx *tx, int64_t punch_id, struct confirmation *ret);

/* Once a minute per government: adds the jobs that count silence as a yes, and look at yesterday's
 * events beside their history. */
enum err attendance_tick_evidence(struct tx *tx, int32_t today);
/* Confirms by silence the next ones (at most `max`) that were due before `today`; ret_done says how
 * many. */
enum err attendance_settle_silence(struct tx *tx, int32_t today, int max, int *ret_done);

extern const struct slice attendance_confirmations_slice, attendance_outcomes_slice,
	attendance_signals_slice;

#endif
