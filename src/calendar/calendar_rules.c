/*
 * What a person's working time on a day is, and how late or early a minute is against it.
 *
 * Perpres 21/2023 art. 3-4 (days, hours, breaks, Ramadan; local zone), art. 7 (units that serve
 * citizens directly follow patterns of their own); the joint decrees on holidays. The most specific
 * pattern wins: the person's, then the nearest unit's upwards, then everyone's. A pattern without a
 * Ramadan table goes on as usual in Ramadan. Zones do not occur here: a minute is a minute of the
 * place's own clock.
 */
#include "calendar/calendar_int.h"

#include "org/org.h"

const char *const regime_names[] = {"normal", "ramadan", NULL};
const char *const holiday_kind_names[] = {"national", "joint_leave", "local", NULL};

static const struct shift DAY_OFF = {MINUTE_OFF, MINUTE_OFF, MINUTE_OFF, MINUTE_OFF};

static bool is_in_force(int32_t day, int32_t from, int32_t to)
{
	return day >= from && day <= to;
}

static const struct pattern *find_pattern(
	const struct calendar *c, struct pattern_id id, int32_t day)
{
	for (int low = 0, high = c->patterns; low < high;) {
		int middle = low + (high - low) / 2;
		const struct pattern *p = &c->pattern[middle];
		if (p->id.v == id.v)
			return is_in_force(day, p->valid_from, p->valid_to) ? p : NULL;
		if (p->id.v < id.v)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Index of the first assignment of `unit`, or of where it would stand. */
static int first_assignment(const struct calendar *c, struct unit_id unit)
{
	int low = 0, high = c->assignments;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (c->assignment[middle].unit.v < unit.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The pattern that the unit itself has on a day; NULL when it has none. */
static const struct pattern *find_own_pattern(
	const struct calendar *c, struct unit_id unit, int32_t day, int *ret_offset)
{
	for (int i = first_assignment(c, unit); i < c->assignments; i++) {
		const struct unit_assignment *a = &c->assignment[i];
		if (a->unit.v != unit.v)
			return NULL;
		const struct pattern *p = find_pattern(c, a->pattern, day);
		if (p && is_in_force(day, a->valid_from, a->valid_to)) {
			*ret_offset = a->cycle_offset;
			return p;
		}
	}
	return NULL;
}

static const struct pattern *find_pattern_of(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, struct personal_pattern personal, int32_t day, int *ret_offset)
{
	const struct pattern *p = personal.pattern.v ? find_pattern(c, personal.pattern, day)
						     : NULL;
	*ret_offset = personal.cycle_offset;
	for (const struct org_unit *u = org_find_unit(tree, unit); !p && u;
		u = org_find_unit(tree, u->parent))
		p = find_own_pattern(c, u->id, day, ret_offset);
	return p ? p : find_own_pattern(c, (struct unit_id){0}, day, ret_offset);
}

static enum regime find_regime(const struct calendar *c, int32_t day, const char **ret_source)
{
	for (int i = 0; i < c->spans; i++) {
		if (!is_in_force(day, c->span[i].valid_from, c->span[i].valid_to))
			continue;
		*ret_source = c->span[i].source;
		return (enum regime)c->span[i].regime;
	}
	*ret_source = "";
	return REGIME_NORMAL;
}

const char *calendar_holiday(
	const struct calendar *c, int32_t day, enum holiday_kind *ret_kind, const char **ret_source)
{
	for (int low = 0, high = c->holidays; low < high;) {
		int middle = low + (high - low) / 2;
		const struct holiday *h = &c->holiday[middle];
		if (h->day == day) {
			*ret_kind = (enum holiday_kind)h->kind;
			*ret_source = h->source;
			return h->name;
		}
		if (h->day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static int cycle_day_of(const struct pattern *p, int32_t day, int offset)
{
	int64_t since = (int64_t)day - p->anchor_day - offset;
	return (int)((since % p->cycle_days + p->cycle_days) % p->cycle_days);
}

struct shift calendar_shift(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, struct personal_pattern personal, int32_t day,
	struct shift_reason *ret_reason)
{
	int offset;
	enum holiday_kind kind;
	struct shift_reason why = {.regime_source = ""};
	const struct pattern *p = find_pattern_of(c, tree, unit, personal, day, &offset);

	why.holiday = calendar_holiday(c, day, &kind, &why.holiday_source);
	if (p) {
		why.pattern = p->id;
		why.pattern_code = p->code;
		why.pattern_name = p->name;
		why.legal_basis = p->legal_basis;
		why.regime = find_regime(c, day, &why.regime_source);
	}
	if (p && !p->shift[why.regime]) {
		why.regime = REGIME_NORMAL;
		why.regime_source = "";
	}
	*ret_reason = why;
	if (!p || !p->shift[why.regime] || (why.holiday && !p->works_holidays))
		return DAY_OFF;
	return p->shift[why.regime][cycle_day_of(p, day, offset)];
}

/* Minutes that [from, to) and [starts, ends) have in common. */
static int overlap_minutes(int from, int to, int starts, int ends)
{
	int first = from > starts ? from : starts;
	int last = to < ends ? to : ends;
	return last > first ? last - first : 0;
}

int calendar_working_minutes(const struct shift *s, int from, int to)
{
	if (s->starts == MINUTE_OFF)
		return 0;
	int worked = overlap_minutes(from, to, s->starts, s->ends);
	if (s->break_starts == MINUTE_OFF)
		return worked;
	int first = from > s->starts ? from : s->starts;
	int last = to < s->ends ? to : s->ends;
	return worked - overlap_minutes(first, last, s->break_starts, s->break_ends);
}

int calendar_late_minutes(const struct shift *s, int minute, int grace)
{
	if (s->starts == MINUTE_OFF || minute <= s->starts + grace)
		return 0;
	return minute - s->starts - grace;
}

int calendar_early_minutes(const struct shift *s, int minute)
{
	return s->starts == MINUTE_OFF || minute >= s->ends ? 0 : s->ends - minute;
}
