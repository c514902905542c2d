/*
 * What a late decree may change by itself: pure.
 *
 * Every day nobody decided about. What was decided is changed by a decision only (UU 30/2014
 * art. 64), whatever it was: this is the one place that says so.
 */
#include "org/org_case_int.h"

#include "base/str.h"

const char *const case_kind_names[] = {"placement", "supervisor", NULL};
const char *const case_state_names[] = {"open", "accepted", "kept", NULL};
const char *const decided_ground_names[] = {"report", "correction", "paper", "closed", NULL};

bool org_decide_is_pinned(int grounds)
{
	return grounds != 0;
}

bool org_is_changed_by(const struct org_day_standing *was, const struct org_decree *decree)
{
	if (decree->kind == CASE_SUPERVISOR)
		return was->superior.v != 0 && was->superior.v != decree->superior.v;
	return was->unit.v != 0 && (was->unit.v != decree->unit.v || was->level != decree->level ||
					   !str_eq(was->position, decree->position));
}
