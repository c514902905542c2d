/*
 * When a plan may be saved, proposed, agreed or returned, and what in it is wrong.
 *
 * PermenPANRB 6/2022: the dialogue of the planning stage ends with both agreeing; a plan has at
 * least one main result; the direct superior agrees, and nobody agrees with himself; what was
 * agreed is assessed when its period is over.
 */
#include "reports/reports_target.h"

#include "base/date.h"
#include "base/str.h"

const char *const plan_state_names[] = {
	"draft", "proposed", "agreed", "returned", "replaced", "closed", NULL};
const char *const target_kind_names[] = {"main", "additional", NULL};
const char *const day_plan_state_names[] = {
	"not_asked", "awaited", "in_time", "late", "missing", NULL};
const char *const target_aspect_names[] = {"quantity", "quality", "time", "cost", NULL};

char *reports_unit_key(struct arena *arena, const char *unit_of_measure)
{
	return str_fold(arena, unit_of_measure);
}

const struct target_measure *reports_counting_measure(const struct target *target)
{
	for (int i = 0; i < target->measures_count; i++)
		if (target->measures[i].aspect == ASPECT_QUANTITY)
			return &target->measures[i];
	return NULL;
}

struct target *reports_find_target(struct target *target, int targets, int64_t id)
{
	for (int i = 0; i < targets; i++)
		if (target[i].id == id)
			return &target[i];
	return NULL;
}

int reports_progress(int64_t reached, int64_t planned)
{
	int64_t share;

	if (planned <= 0)
		return -1;
	share = (2 * 1000 * reached + planned) / (2 * planned);
	return share > 9999 ? 9999 : (int)share;
}

/* ---- what is wrong with a plan ---- */

static bool is_fault(
	struct target_fault *ret, int target, int measure, const char *field, const char *reason)
{
	*ret = (struct target_fault){target, measure, field, reason};
	return true;
}

static int count_aspect(const struct target *target, enum target_aspect aspect)
{
	int n = 0;

	for (int i = 0; i < target->measures_count; i++)
		n += target->measures[i].aspect == (int32_t)aspect;
	return n;
}

static bool find_measure_fault(const struct target *target, int at, struct target_fault *ret)
{
	for (int i = 0; i < target->measures_count; i++) {
		const struct target_measure *m = &target->measures[i];

		if (m->aspect == ASPECT_QUANTITY && m->amount < 1)
			return is_fault(ret, at, i, "amount", "a quantity is at least 1");
	}
	if (count_aspect(target, ASPECT_QUANTITY) > 1)
		return is_fault(ret, at, -1, "measures", "more than one measure by quantity");
	return false;
}

bool reports_find_target_fault(const struct target *target, int targets, struct target_fault *ret)
{
	for (int i = 0; i < targets; i++) {
		if (target[i].parent && target[i].parent == target[i].id)
			return is_fault(ret, i, -1, "parent", "derived from itself");
		for (int k = 0; target[i].id && k < i; k++)
			if (target[k].id == target[i].id)
				return is_fault(ret, i, -1, "target", "named twice");
		if (find_measure_fault(&target[i], i, ret))
			return true;
	}
	return false;
}

/* ---- states ---- */

enum err reports_decide_plan_save(const struct target_plan *p, int32_t version_seen)
{
	if (p->version != version_seen)
		return E_STALE;
	return p->state == PLAN_DRAFT || p->state == PLAN_RETURNED || p->state == PLAN_PROPOSED
		       ? OK
		       : E_REFUSED;
}

static bool has_main(const struct target *target, int targets)
{
	for (int i = 0; i < targets; i++)
		if (target[i].kind == TARGET_MAIN)
			return true;
	return false;
}

enum err reports_decide_plan_propose(
	const struct target_plan *p, int32_t version_seen, const struct target *target, int targets)
{
	if (p->version != version_seen)
		return E_STALE;
	if (p->state != PLAN_DRAFT && p->state != PLAN_RETURNED)
		return E_REFUSED;
	return has_main(target, targets) ? OK : E_REPORT_EMPTY;
}

enum err reports_decide_plan_verdict(
	const struct target_plan *p, struct employee_id actor, int32_t version_seen)
{
	if (p->owner.v == actor.v)
		return E_SELF;
	if (p->version != version_seen)
		return E_STALE;
	return p->state == PLAN_PROPOSED ? OK : E_REFUSED;
}

enum err reports_decide_plan_close(
	const struct target_plan *p, struct employee_id actor, int32_t version_seen, int32_t today)
{
	if (p->owner.v == actor.v)
		return E_SELF;
	if (p->version != version_seen)
		return E_STALE;
	return p->state == PLAN_AGREED && p->last_day < today ? OK : E_REFUSED;
}

enum err reports_decide_plan_begin(int32_t first_day, int32_t last_day, int32_t today)
{
	return last_day < today || first_day > today + 366 ? E_BAD_FIELD : OK;
}

enum err reports_decide_plan_revise(const struct target_plan *p)
{
	return p->state == PLAN_AGREED ? OK : E_REFUSED;
}

enum day_plan_state reports_decide_day_plan(int64_t due_at, int64_t said_at, int64_t now_ms)
{
	if (due_at == NO_INSTANT)
		return DAY_PLAN_NOT_ASKED;
	if (said_at == NO_INSTANT)
		return now_ms <= due_at ? DAY_PLAN_AWAITED : DAY_PLAN_MISSING;
	return said_at <= due_at ? DAY_PLAN_IN_TIME : DAY_PLAN_LATE;
}
