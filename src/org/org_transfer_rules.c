/*
 * When a decree about a person's place or superior may be entered, and when somebody may stand in:
 * pure.
 *
 * PP 11/2017 jo. PP 17/2020 (a transfer holds from the TMT of its decree), SE BKN 1/SE/I/2021 (a
 * plt stands in a vacant office, a plh for a head who is away, both for a time), UU 30/2014 art.
 * 13-14 (delegation and mandate by letter; what is delegated is not delegated on).
 */
#include "org/org_transfer.h"

struct timeline org_plan_timeline(const struct dated *row, int rows, int32_t from, int32_t to)
{
	struct timeline plan = {.ends = -1};

	for (int i = 0; i < rows; i++) {
		if (row[i].to < row[i].from || row[i].to < from || row[i].from > to)
			continue;
		if (row[i].from >= from) {
			if (!plan.is_taken || row[i].from < plan.taken_from)
				plan.taken_from = row[i].from;
			plan.is_taken = true;
		} else {
			plan.ends = i;
			plan.resumes = row[i].to > to;
		}
	}
	return plan;
}

#define FAULT(code, pointer, reason) ((struct transfer_fault){code, pointer, reason})

static bool is_within(const struct dated *span, int32_t day)
{
	return span->from <= day && day <= span->to;
}

static struct transfer_fault check_days(const struct transfer_facts *f)
{
	if (f->to < f->from)
		return FAULT(E_BAD_FIELD, "/valid_to", "before valid_from");
	if (f->from < f->service.from)
		return FAULT(E_BAD_FIELD, "/valid_from", "before the service begins");
	if (f->from > f->service.to)
		return FAULT(E_BAD_FIELD, "/valid_from", "after the service ended");
	if (f->from < f->today - 366)
		return FAULT(E_BAD_FIELD, "/valid_from",
			"more than a year back: bring older decrees in by an import");
	return FAULT(OK, NULL, NULL);
}

static struct transfer_fault check_superior(const struct transfer_facts *f)
{
	if (f->is_self)
		return FAULT(E_BAD_FIELD, "/superior", "nobody answers for himself");
	if (!is_within(&f->superior_service, f->from))
		return FAULT(E_REFUSED, "/superior", "not in service on valid_from");
	if (f->is_cycle)
		return FAULT(E_REFUSED, "/superior",
			"the chain of supervisors would lead back to the person");
	return FAULT(OK, NULL, NULL);
}

struct transfer_fault org_check_transfer(const struct transfer_facts *f)
{
	struct transfer_fault fault = check_days(f);

	if (fault.code)
		return fault;
	if (f->has_unit && !is_within(&f->unit, f->from))
		return FAULT(E_REFUSED, "/unit", "the unit does not exist on valid_from");
	if (f->has_unit && f->to != DAY_FOREVER && !is_within(&f->unit, f->to))
		return FAULT(E_REFUSED, "/unit", "the unit ends before valid_to");
	if (f->has_superior)
		fault = check_superior(f);
	if (fault.code)
		return fault;
	if (f->timeline.is_taken)
		return FAULT(E_CONFLICT, "/valid_from",
			"another decree begins within these days: end this one before it");
	return FAULT(OK, NULL, NULL);
}

/* ---- acting heads and delegation ---- */

static bool is_head(int32_t role)
{
	return role == ROLE_UNIT_HEAD || role == ROLE_AGENCY_HEAD;
}

static bool is_acting(const struct stand_in *s)
{
	return s->acting == ACTING_PLT || s->acting == ACTING_PLH;
}

static struct transfer_fault check_heads(const struct stand_in *new, const struct stand_in *there)
{
	if (is_acting(new) && is_acting(there))
		return FAULT(
			E_CONFLICT, "/valid_from", "the office has a plt or plh on these days");
	if (new->acting == ACTING_PLT && there->acting == ACTING_DEFINITIVE)
		return FAULT(E_CONFLICT, "/acting", "the office is not vacant: plh, not plt");
	if (new->acting == ACTING_DEFINITIVE && there->acting == ACTING_DEFINITIVE)
		return FAULT(E_CONFLICT, "/valid_from", "the office has a head on these days");
	return FAULT(OK, NULL, NULL);
}

static struct transfer_fault check_delegation(
	const struct stand_in *new, const struct stand_in *there)
{
	if (new->employee == there->employee &&new->acts_for == there->acts_for)
		return FAULT(E_CONFLICT, "/valid_from", "he has it on one of these days already");
	if (new->employee == there->acts_for &&new->acts_for == there->employee)
		return FAULT(E_CONFLICT, "/employee",
			"he lends his own authority to the same person on these days");
	return FAULT(OK, NULL, NULL);
}

struct transfer_fault org_check_stand_in(
	const struct stand_in *new, const struct stand_in *there, int count)
{
	if (new->acting != ACTING_DEFINITIVE &&new->to == DAY_FOREVER)
		return FAULT(E_BAD_FIELD, "/valid_to", "a plt, plh or delegate needs a last day");
	if (new->acting != ACTING_DEFINITIVE &&new->to - new->from >= 366)
		return FAULT(E_BAD_FIELD, "/valid_to", "more than a year after valid_from");
	for (int i = 0; i < count; i++) {
		const struct stand_in *t = &there[i];
		struct transfer_fault fault = {0};

		if (t->to < new->from || t->from > new->to || t->to < t->from)
			continue;
		if (new->acting == ACTING_DELEGATE && t->acting == ACTING_DELEGATE)
			fault = new->role == t->role ? check_delegation(new, t) : fault;
		else if (new->acting != ACTING_DELEGATE &&
			 t->acting != ACTING_DELEGATE &&is_head(new->role) && is_head(t->role) &&
			 new->unit == t->unit)
			fault = check_heads(new, t);
		if (fault.code)
			return fault;
	}
	return FAULT(OK, NULL, NULL);
}
