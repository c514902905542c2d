/*
 * When a decree entered wrongly may be withdrawn: pure (UU 30/2014 art. 64).
 */
#include "org/org_withdraw.h"

struct undoing org_plan_undoing(const struct dated *row, const int *says, int rows, int which)
{
	struct undoing plan = {-1, -1, -1};

	for (int i = 0; i < rows; i++)
		if (i != which && row[i].to >= row[i].from && row[i].to == row[which].from - 1)
			plan.before = i;
	for (int i = 0; i < rows; i++) {
		if (i == which || row[i].to < row[i].from || row[i].from != row[which].to + 1)
			continue;
		if (plan.before >= 0 && says[i] == says[plan.before])
			plan.again = i;
		else
			plan.resting = i;
	}
	return plan;
}

#define FAULT(code, pointer, reason) ((struct transfer_fault){code, pointer, reason})

struct transfer_fault org_check_undoing(const struct undo_facts *f)
{
	if (f->span.from < f->today - 366)
		return FAULT(E_REFUSED, "/valid_from",
			"more than a year back: correct it by another decree");
	if (f->plan.resting >= 0)
		return FAULT(E_CONFLICT, "/valid_from",
			"a later decree rests on it: withdraw that one first");
	if (f->is_placement && f->plan.before < 0 && f->span.from <= f->today)
		return FAULT(E_REFUSED, "/valid_from",
			"nothing held before it: correct it by another decree");
	if (f->is_unit_gone)
		return FAULT(E_REFUSED, "/valid_from",
			"the unit before has ended: correct it by another decree");
	if (f->is_superior_gone)
		return FAULT(E_REFUSED, "/valid_from",
			"who answered before has left: correct it by another letter");
	if (f->is_cycle)
		return FAULT(E_REFUSED, "/valid_from",
			"who answered before answers to the person by now: correct it by another "
			"letter");
	return FAULT(OK, NULL, NULL);
}

bool org_may_withdraw_role(int32_t first_day, int32_t granted, int32_t today)
{
	return first_day > today || granted == today;
}
