/*
 * Which row speaks of a notice, who decides, what is masked, what is late: pure.
 *
 * Perka BKN 24/2017 jo 7/2021: sick leave of one day, of 2 to 14, and above by a government doctor;
 * childbirth three months; long leave three months. Perban BKN 7/2022 for PPPK. The figures are
 * rows (data/leave-kinds.csv), not code. A fact of health is read by its owner and the named
 * officer; permit is masked with it, so that a mask does not say "sick".
 */
#include "org/org_absence.h"

#include <string.h>

const char *const decider_names[] = {"supervisor", "agency_head", "bkd", "nobody", "officer", NULL};
const char *const document_need_names[] = {"none", "may", "must", NULL};
const char *const recap_class_names[] = {"leave", "sick", "permit", "duty", NULL};
const char *const shown_kind_names[] = {"none", "annual_leave", "long_leave", "sick_leave",
	"maternity_leave", "important_leave", "unpaid_leave", "permit", "outside_duty", "training",
	"study", "joint_leave", "sick_unattested", "sick_or_permit", NULL};

_Static_assert(sizeof(shown_kind_names) / sizeof(shown_kind_names[0]) == STATUS_KIND_COUNT + 2,
	"one more than status_kind_names");

#define PART_DAYS_MAX 31

bool org_is_private_kind(enum status_kind kind)
{
	return kind == STATUS_SICK_LEAVE || kind == STATUS_SICK_UNATTESTED ||
	       kind == STATUS_MATERNITY_LEAVE || kind == STATUS_PERMIT;
}

int32_t org_shown_kind(enum status_kind kind, bool may_know)
{
	return may_know || !org_is_private_kind(kind) ? (int32_t)kind : SHOWN_MASKED;
}

static bool is_in_force(const struct org_kind *row, int32_t day)
{
	return row->valid_from <= day && row->valid_to >= day;
}

static bool is_for(const struct org_kind *row, const struct notice_ask *ask)
{
	return row->kind == (int32_t)ask->kind && is_in_force(row, ask->from) &&
	       (row->for_kinds & 1 << ask->employment) != 0;
}

static bool speaks_of(const struct org_kind *row, int32_t days)
{
	return days >= row->least_days && (row->longest_days == 0 || days <= row->longest_days);
}

const struct org_kind *org_find_kind(const struct org_kind *kind, int kinds,
	enum status_kind status, int32_t day, enum employment_kind employment, int32_t days)
{
	const struct org_kind *best = NULL;
	int best_fit = -1;

	for (int i = 0; i < kinds; i++) {
		bool is_for_him = (kind[i].for_kinds & 1 << employment) != 0;
		int fit = 2 * is_for_him + speaks_of(&kind[i], days);

		if (kind[i].kind != (int32_t)status || !is_in_force(&kind[i], day) ||
			fit <= best_fit)
			continue;
		best = &kind[i];
		best_fit = fit;
	}
	return best;
}

/* Health needs no words; whoever asks for anything else says what for. */
static bool needs_reason(enum status_kind kind)
{
	return kind != STATUS_SICK_LEAVE && kind != STATUS_SICK_UNATTESTED &&
	       kind != STATUS_MATERNITY_LEAVE && kind != STATUS_ANNUAL_LEAVE;
}

static enum notice_fault check_days(const struct notice_ask *ask)
{
	if (ask->to < ask->from)
		return NOTICE_ENDS_BEFORE;
	if (ask->from < ask->today - NOTICE_BACK_DAYS)
		return NOTICE_TOO_LONG_AGO;
	if (ask->from > ask->today + NOTICE_AHEAD_DAYS)
		return NOTICE_TOO_FAR;
	return NOTICE_SOUND;
}

static enum notice_fault check_part(const struct org_kind *row, const struct notice_ask *ask)
{
	if (ask->from_minute < 0 && ask->to_minute < 0)
		return NOTICE_SOUND;
	if (!row->part_of_day)
		return NOTICE_WHOLE_DAYS;
	if (ask->from_minute < 0 || ask->to_minute <= ask->from_minute ||
		ask->to_minute > MINUTES_PER_DAY || ask->to - ask->from >= PART_DAYS_MAX)
		return NOTICE_BAD_PART;
	return NOTICE_SOUND;
}

static enum notice_fault check_words(const struct notice_ask *ask)
{
	if (ask->kind == STATUS_OUTSIDE_DUTY && !*ask->route)
		return NOTICE_NO_PLACE;
	if (needs_reason(ask->kind) && strlen(ask->reason) < NOTICE_REASON_MIN)
		return NOTICE_NO_REASON;
	return NOTICE_SOUND;
}

/* The first row that speaks of the days; else the nearest reason why none does. */
static enum notice_fault find_row(const struct org_kind *kind, int kinds,
	const struct notice_ask *ask, const struct org_kind **ret_row)
{
	enum notice_fault fault = NOTICE_NO_KIND;

	for (int i = 0; i < kinds; i++) {
		if (!is_for(&kind[i], ask))
			continue;
		if (speaks_of(&kind[i], ask->to - ask->from + 1)) {
			*ret_row = &kind[i];
			return kind[i].decided_by == DECIDER_NOBODY ? NOTICE_BY_LETTER
								    : NOTICE_SOUND;
		}
		fault = NOTICE_TOO_MANY_DAYS;
	}
	return fault;
}

enum notice_fault org_check_notice(const struct org_kind *kind, int kinds,
	const struct notice_ask *ask, const struct org_kind **ret_row)
{
	const struct org_kind *row = NULL;
	enum notice_fault fault = check_days(ask);

	if (!fault)
		fault = find_row(kind, kinds, ask, &row);
	if (!fault)
		fault = check_part(row, ask);
	if (!fault)
		fault = check_words(ask);
	*ret_row = fault ? NULL : row;
	return fault;
}

enum decider org_decide_decider(const struct org_kind *row, bool is_late, bool has_supervisor)
{
	if (row->decided_by == DECIDER_BKD || row->decided_by == DECIDER_NOBODY)
		return (enum decider)row->decided_by;
	if (is_late || (row->decided_by == DECIDER_SUPERVISOR && !has_supervisor))
		return DECIDER_OFFICER;
	return (enum decider)row->decided_by;
}

bool org_may_decide(enum decider decider, const struct decider_standing *actor)
{
	if (actor->is_self)
		return false;
	switch (decider) {
	case DECIDER_SUPERVISOR:
		return actor->is_supervisor;
	case DECIDER_AGENCY_HEAD:
		return actor->is_agency_head || actor->is_bkd;
	case DECIDER_OFFICER:
		return actor->is_officer || actor->is_bkd;
	case DECIDER_BKD:
		return actor->is_bkd;
	case DECIDER_NOBODY:
		break;
	}
	return false;
}

bool org_is_document_overdue(int32_t document_due, int64_t document_at, int32_t today)
{
	return document_due > 0 && document_at == 0 && today > document_due;
}

bool org_is_overlap(const struct status_part *a, const struct status_part *b)
{
	if (a->from > b->to || b->from > a->to)
		return false;
	if (a->from_minute < 0 || b->from_minute < 0)
		return true;
	return a->from_minute < b->to_minute && b->from_minute < a->to_minute;
}
