/*
 * Absence: the kinds of leave and duty as dated local rows, notices told from the phone, letters
 * that cover many, balances from SIMPEG.
 *
 * Perka BKN 24/2017 as amended by 7/2021 (PNS) and Perban BKN 7/2022 (PPPK) stand behind the kinds;
 * what is local (who decides, how long a document may take) is data with verified_by, "" being an
 * example. org_status alone says what holds: a notice becomes one when a person accepts it. A
 * notice that waits makes nobody absent. Pure but for the hook and the loads; the recap reads
 * recap_class.
 */
#ifndef LUWES_ORG_ORG_ABSENCE_H
#define LUWES_ORG_ORG_ABSENCE_H

#include "org/org.h"

/* Who decides on a notice. NOBODY: comes by letter; OFFICER: told late, or nobody is his superior.
 */
enum decider {
	DECIDER_SUPERVISOR,
	DECIDER_AGENCY_HEAD,
	DECIDER_BKD,
	DECIDER_NOBODY,
	DECIDER_OFFICER
};
extern const char *const decider_names[];
enum document_need { DOCUMENT_NONE, DOCUMENT_MAY, DOCUMENT_MUST };
extern const char *const document_need_names[];
/* How the monthly recap counts such a day: C, S, I, DL. */
enum recap_class { RECAP_LEAVE, RECAP_SICK, RECAP_PERMIT, RECAP_DUTY };
extern const char *const recap_class_names[];

/* The kinds as others may see them: status_kind_names, and one more for what is masked. */
#define SHOWN_MASKED STATUS_KIND_COUNT
extern const char *const shown_kind_names[]; /* ..., "sick_or_permit" */
/* Sickness, childbirth, and the permit that hides among them so that a mask tells nothing. */
bool org_is_private_kind(enum status_kind kind);
/* What somebody reads of a kind: itself when it is nobody's secret or he may know. */
int32_t org_shown_kind(enum status_kind kind, bool may_know);

struct org_kind {
	int64_t kind_id;
	int32_t kind;
	const char *name;
	int32_t decided_by, document;
	int32_t document_days;            /* working days after the last day */
	int32_t least_days, longest_days; /* spans the row speaks of; longest 0: not said */
	int32_t back_days; /* told at most so many working days after the first day */
	bool sensitive, part_of_day;
	int32_t recap_class;
	int32_t for_kinds; /* bit per employment_kind */
	const char *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
};
#define KINDS_MAX 200

/* Rows in force on `day` or, with day DAY_NONE, all; by kind, days and employment. */
enum err org_list_kinds(
	struct tx *tx, int32_t day, struct org_kind *ret_kind, int max, int *ret_count);

/*
 * The row that speaks of a status of so many days on one of them: of its employment and span; where
 * none does, of its employment; else any of the kind in force. NULL when there is none. Pure.
 */
const struct org_kind *org_find_kind(const struct org_kind *kind, int kinds,
	enum status_kind status, int32_t day, enum employment_kind employment, int32_t days);

/* What a notice asks, as the rules see it. */
struct notice_ask {
	enum status_kind kind;
	int32_t from, to, from_minute, to_minute; /* minutes -1: whole days */
	enum employment_kind employment;
	int32_t today;
	const char *reason, *route; /* never NULL */
};
enum notice_fault {
	NOTICE_SOUND,
	NOTICE_ENDS_BEFORE,   /* to before from */
	NOTICE_TOO_LONG_AGO,  /* more than NOTICE_BACK_DAYS back */
	NOTICE_TOO_FAR,       /* more than NOTICE_AHEAD_DAYS ahead */
	NOTICE_NO_KIND,       /* no row of the kind is in force for this employment */
	NOTICE_BY_LETTER,     /* such a status comes by letter alone */
	NOTICE_TOO_MANY_DAYS, /* no row speaks of so many days */
	NOTICE_WHOLE_DAYS,    /* the kind is not for part of a day */
	NOTICE_BAD_PART,      /* minutes missing, turned or outside the day */
	NOTICE_NO_PLACE,      /* outside duty without a place */
	NOTICE_NO_REASON,
	NOTICE_FAULTS
};
#define NOTICE_BACK_DAYS  366
#define NOTICE_AHEAD_DAYS 366
#define NOTICE_REASON_MIN 5

/* The row that speaks of the ask, or why there is none; *ret_row NULL then. Pure. */
enum notice_fault org_check_notice(const struct org_kind *kind, int kinds,
	const struct notice_ask *ask, const struct org_kind **ret_row);
/* Who is to decide: late ones, and those of who has no superior, go to the officer. Pure. */
enum decider org_decide_decider(const struct org_kind *row, bool is_late, bool has_supervisor);

/* What the actor is to the one whose notice it is, on its first day. */
struct decider_standing {
	bool is_self, is_supervisor, is_agency_head, is_officer, is_bkd;
};
/* Nobody on himself; the board stands behind the agency head and the officer. Pure. */
bool org_may_decide(enum decider decider, const struct decider_standing *actor);

/* A document was promised, is not there, and its day is over. Never a refusal by itself. Pure. */
bool org_is_document_overdue(int32_t document_due, int64_t document_at, int32_t today);

/* Two statuses of one person at once: whole days with anything, parts where their minutes meet. */
struct status_part {
	int32_t from, to, from_minute, to_minute;
};
bool org_is_overlap(const struct status_part *a, const struct status_part *b);

/*
 * The `n`-th working day after `day` for the office of a unit; n 0: the day itself. The calendar
 * sits above and puts its own here; without it Monday to Friday are worked.
 */
extern enum err (*org_find_working_day)(
	struct tx *tx, struct unit_id unit, int32_t day, int n, int32_t *ret_day);

/* Once a minute: first rows of a government that has none, and the reminder of late documents. */
enum err org_absence_tick(struct tx *tx);

/* Adds the rows of data/leave-kinds.csv. E_BAD_REQUEST when the text is not such a table. */
struct bytes;
enum err org_seed_kinds(struct tx *tx, struct bytes csv, int *ret_added);

#endif
