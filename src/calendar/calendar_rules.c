/*
 * What a person's working time on a day is, and how late or early a minute is against it.
 *
 * Perpres 21/2023 art. 3-4 (days, hours, breaks, Ramadan; local zone), art. 7 (units that serve
 * citizens directly follow patterns of their own), art. 8 and PermenPANRB 6/2018 art. 3-4 (a start
 * that floats and is made up the same day); the joint decrees on holidays. The most specific
 * pattern wins: the person's, then the nearest unit's upwards, then everyone's; a turn given to him
 * for the day beats them all. A pattern without a Ramadan table goes on as usual in Ramadan. Zones
 * do not occur here: a minute is a minute of the place's own clock.
 *
 * Every look-up is asked "as it was known at an instant": so the hours a day had before a table was
 * changed are found by the same rules as those it has now.
 */
#include "calendar/calendar_int.h"

#include "base/str.h"
#include "org/org.h"

#include <string.h>

const char *const regime_names[] = {"normal", "ramadan", NULL};
const char *const holiday_kind_names[] = {"national", "joint_leave", "local", NULL};

#define NOW INT64_MAX

static const struct shift DAY_OFF = {MINUTE_OFF, MINUTE_OFF, MINUTE_OFF, MINUTE_OFF, 0, 0, 0, 0};

/* What is asked: whose day, and as known when. */
struct query {
	const struct calendar *c;
	const struct org_tree *tree;
	struct unit_id unit;
	const struct personal_pattern *personal;
	int32_t day;
	int64_t as_of;
};

static bool is_in_force(const struct query *q, const struct dated *held)
{
	int32_t to = held->ended_at > q->as_of ? held->first_to : held->valid_to;

	return held->recorded_at <= q->as_of && q->day >= held->valid_from && q->day <= to;
}

const struct pattern *calendar_find_pattern(const struct calendar *c, struct pattern_id id)
{
	for (int low = 0, high = c->patterns; low < high;) {
		int middle = low + (high - low) / 2;
		const struct pattern *p = &c->pattern[middle];
		if (p->id.v == id.v)
			return p;
		if (p->id.v < id.v)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static const struct pattern *find_pattern(const struct query *q, struct pattern_id id)
{
	const struct pattern *p = id.v ? calendar_find_pattern(q->c, id) : NULL;

	return p && is_in_force(q, &p->held) ? p : NULL;
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
	const struct query *q, struct unit_id unit, int *ret_offset)
{
	for (int i = first_assignment(q->c, unit); i < q->c->assignments; i++) {
		const struct unit_assignment *a = &q->c->assignment[i];
		if (a->unit.v != unit.v)
			return NULL;
		const struct pattern *p = find_pattern(q, a->pattern);
		if (p && is_in_force(q, &a->held)) {
			*ret_offset = a->cycle_offset;
			return p;
		}
	}
	return NULL;
}

static const struct pattern *find_personal_pattern(const struct query *q, int *ret_offset)
{
	bool is_old = q->personal->set_at > q->as_of;

	*ret_offset = is_old ? q->personal->was_offset : q->personal->cycle_offset;
	return find_pattern(q, is_old ? q->personal->was_pattern : q->personal->pattern);
}

static const struct pattern *find_pattern_of(const struct query *q, int *ret_offset)
{
	const struct pattern *p = find_personal_pattern(q, ret_offset);

	for (const struct org_unit *u = org_find_unit(q->tree, q->unit); !p && u;
		u = org_find_unit(q->tree, u->parent))
		p = find_own_pattern(q, u->id, ret_offset);
	return p ? p : find_own_pattern(q, (struct unit_id){0}, ret_offset);
}

static enum regime find_regime(const struct query *q, const char **ret_source)
{
	for (int i = 0; i < q->c->spans; i++) {
		if (!is_in_force(q, &q->c->span[i].held))
			continue;
		*ret_source = q->c->span[i].source;
		return (enum regime)q->c->span[i].regime;
	}
	*ret_source = "";
	return REGIME_NORMAL;
}

/* Index of the first holiday on `day` or later. */
static int first_holiday(const struct calendar *c, int32_t day)
{
	int low = 0, high = c->holidays;

	while (low < high) {
		int middle = low + (high - low) / 2;
		if (c->holiday[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct holiday *find_holiday(const struct query *q)
{
	const struct calendar *c = q->c;

	for (int i = first_holiday(c, q->day); i < c->holidays && c->holiday[i].day == q->day;
		i++) {
		const struct holiday *h = &c->holiday[i];
		if (is_in_force(q, &h->held) &&
			(!h->unit.v || (q->unit.v && org_is_below(q->tree, q->unit, h->unit))))
			return h;
	}
	return NULL;
}

const struct holiday *calendar_find_holiday(
	const struct calendar *c, const struct org_tree *tree, struct unit_id unit, int32_t day)
{
	const struct query q = {c, tree, unit, NULL, day, NOW};

	return find_holiday(&q);
}

bool calendar_may_withdraw_holiday(int32_t day, int32_t recorded, int32_t today)
{
	return day > today || recorded == today;
}

const char *calendar_holiday(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, int32_t day, enum holiday_kind *ret_kind, const char **ret_source)
{
	const struct holiday *h = calendar_find_holiday(c, tree, unit, day);

	if (!h)
		return NULL;
	*ret_kind = (enum holiday_kind)h->kind;
	*ret_source = h->source;
	return h->name;
}

/* A row of the unit or one above it, and of the pattern or of every one. */
static bool concerns(const struct query *q, struct unit_id unit, struct pattern_id pattern,
	const struct pattern *p, const struct dated *held)
{
	return (!pattern.v || pattern.v == p->id.v) && is_in_force(q, held) &&
	       (!unit.v || org_is_below(q->tree, q->unit, unit));
}

static const struct school_break *find_break(const struct query *q, const struct pattern *p)
{
	for (int i = 0; i < q->c->school_breaks; i++) {
		const struct school_break *b = &q->c->school_break[i];
		if (concerns(q, b->unit, b->pattern, p, &b->held))
			return b;
	}
	return NULL;
}

static int depth_of(const struct org_tree *tree, struct unit_id unit)
{
	int depth = 0;

	for (const struct org_unit *u = org_find_unit(tree, unit); u;
		u = org_find_unit(tree, u->parent))
		depth++;
	return depth;
}

/* The nearest unit's band, of several the latest. */
static const struct band *find_band(const struct query *q, const struct pattern *p)
{
	const struct band *best = NULL;

	for (int i = 0; i < q->c->bands; i++) {
		const struct band *b = &q->c->band[i];
		if (!concerns(q, b->unit, b->pattern, p, &b->held))
			continue;
		if (!best || depth_of(q->tree, b->unit) > depth_of(q->tree, best->unit))
			best = b;
	}
	return best;
}

static int cycle_day_of(const struct pattern *p, int32_t day, int offset)
{
	int64_t since = (int64_t)day - p->anchor_day - offset;
	return (int)((since % p->cycle_days + p->cycle_days) % p->cycle_days);
}

/* ---- turns ---- */

const struct turn_kind *calendar_turn_kind(const struct calendar *c, int no)
{
	return no >= 1 && no <= TURN_KINDS_MAX && c->kind[no].no ? &c->kind[no] : NULL;
}

/* The numbers of the kinds of the day; NULL when it is none of the three. */
static const int *turns_of(const struct query *q)
{
	const struct personal_pattern *p = q->personal;
	int64_t at = (int64_t)q->day - p->turn_day + 1;

	if (at < 0 || at > 2)
		return NULL;
	return at == 1 && p->turn_set_at > q->as_of ? p->was_turn : p->turn[at];
}

/* One turn as it is; of two the gap is the break, and neither's own break is taken off. */
static struct shift join_turns(const struct turn_kind *a, const struct turn_kind *b)
{
	if (!b || b->shift.starts == MINUTE_OFF)
		return a->shift;
	if (a->shift.starts == MINUTE_OFF)
		return b->shift;
	if (b->shift.starts < a->shift.starts) {
		const struct turn_kind *swap = a;
		a = b;
		b = swap;
	}
	if (a->shift.ends >= b->shift.starts)
		return (struct shift){a->shift.starts, b->shift.ends, MINUTE_OFF, MINUTE_OFF};
	return (struct shift){a->shift.starts, b->shift.ends, a->shift.ends, b->shift.starts, 1};
}

static bool find_turn(const struct query *q, struct shift *ret, struct shift_reason *why)
{
	const int *no = turns_of(q);
	const struct turn_kind *first = no ? calendar_turn_kind(q->c, no[0]) : NULL;
	const struct turn_kind *second = first ? calendar_turn_kind(q->c, no[1]) : NULL;

	if (!first)
		return false;
	*ret = join_turns(first, second);
	why->is_turn = 1;
	why->pattern_code = first->code;
	why->pattern_name = first->name;
	why->legal_basis = first->legal_basis;
	return true;
}

static bool sees_kind(
	const struct org_tree *tree, const struct turn_kind *k, struct unit_id unit, int32_t day)
{
	return k->no && day >= k->held.valid_from && day <= k->held.valid_to &&
	       (!k->unit.v || org_is_below(tree, unit, k->unit));
}

const struct turn_kind *calendar_find_turn_kind(const struct calendar *c,
	const struct org_tree *tree, struct unit_id unit, const char *code, int32_t day)
{
	const struct turn_kind *best = NULL;

	for (int i = 1; i <= TURN_KINDS_MAX; i++) {
		const struct turn_kind *k = &c->kind[i];
		if (!sees_kind(tree, k, unit, day) || !str_eq(k->code, code))
			continue;
		if (!best || depth_of(tree, k->unit) >= depth_of(tree, best->unit))
			best = k;
	}
	return best;
}

static bool is_overlapping(const struct shift *a, const struct shift *b, int later_minutes)
{
	return a->starts != MINUTE_OFF && b->starts != MINUTE_OFF &&
	       a->starts < b->ends + later_minutes && b->starts + later_minutes < a->ends;
}

const char *calendar_read_turns(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, const char *text, int32_t day, int ret_turn[TURNS_MAX])
{
	char code[TURNS_MAX][24] = {{0}};
	const char *plus = strchr(text, '+');
	size_t first = plus ? (size_t)(plus - text) : strlen(text);

	ret_turn[0] = *text ? 0 : -1;
	ret_turn[1] = 0;
	if (!*text || str_eq(text, "-"))
		return NULL;
	if (first >= sizeof(code[0]) || (plus && strlen(plus + 1) >= sizeof(code[1])))
		return "unknown_turn";
	memcpy(code[0], text, first);
	memcpy(code[1], plus ? plus + 1 : "", plus ? strlen(plus + 1) : 0);
	for (int i = 0; i < (plus ? 2 : 1); i++) {
		const struct turn_kind *k = calendar_find_turn_kind(c, tree, unit, code[i], day);
		if (!k)
			return "unknown_turn";
		ret_turn[i] = k->no;
	}
	if (plus && (ret_turn[0] == ret_turn[1] || is_overlapping(&c->kind[ret_turn[0]].shift,
							   &c->kind[ret_turn[1]].shift, 0)))
		return "turns_overlap";
	return NULL;
}

static bool overlaps_next_day(
	const struct calendar *c, const int today[TURNS_MAX], const int tomorrow[TURNS_MAX])
{
	for (int i = 0; i < TURNS_MAX; i++)
		for (int k = 0; k < TURNS_MAX; k++) {
			const struct turn_kind *a = calendar_turn_kind(c, today[i]);
			const struct turn_kind *b = calendar_turn_kind(c, tomorrow[k]);
			if (a && b && is_overlapping(&a->shift, &b->shift, 1440))
				return true;
		}
	return false;
}

int calendar_find_overlap(const struct calendar *c, int (*turn)[TURNS_MAX], int days)
{
	for (int i = 0; i + 1 < days; i++)
		if (overlaps_next_day(c, turn[i], turn[i + 1]))
			return i + 1;
	return -1;
}

bool calendar_crosses_midnight(const struct calendar *c)
{
	for (int i = 1; i <= TURN_KINDS_MAX; i++)
		if (c->kind[i].no && c->kind[i].shift.ends > 1440)
			return true;
	for (int i = 0; i < c->patterns; i++)
		for (int regime = 0; regime < REGIME_COUNT; regime++)
			for (int k = 0; c->pattern[i].shift[regime] && k < c->pattern[i].cycle_days;
				k++)
				if (c->pattern[i].shift[regime][k].ends > 1440)
					return true;
	return false;
}

/* ---- the shift of a day ---- */

static void tell_pattern(const struct query *q, const struct pattern *p, struct shift_reason *why)
{
	why->pattern = p->id;
	why->pattern_code = p->code;
	why->pattern_name = p->name;
	why->legal_basis = p->legal_basis;
	why->is_turn = p->works_holidays;
	why->regime = find_regime(q, &why->regime_source);
	if (!p->shift[why->regime]) {
		why->regime = REGIME_NORMAL;
		why->regime_source = "";
	}
}

static void float_start(
	const struct query *q, const struct pattern *p, struct shift *s, struct shift_reason *why)
{
	const struct band *band = s->starts == MINUTE_OFF || s->asked_minutes ? NULL
									      : find_band(q, p);
	if (!band)
		return;
	s->band_before = band->before_minutes;
	s->band_after = band->after_minutes;
	why->band_basis = band->legal_basis;
}

static bool is_stopped(const struct query *q, const struct pattern *p, struct shift_reason *why)
{
	const struct school_break *b = find_break(q, p);

	if (b) {
		why->school_break = b->name;
		why->school_break_source = b->source;
	}
	return b || (why->holiday && !p->works_holidays);
}

static struct shift find_shift(const struct query *q, struct shift_reason *why)
{
	const struct holiday *holiday = find_holiday(q);
	struct shift s = DAY_OFF;
	int offset;

	*why = (struct shift_reason){.regime_source = ""};
	if (holiday) {
		why->holiday = holiday->name;
		why->holiday_source = holiday->source;
	}
	if (find_turn(q, &s, why))
		return s;
	const struct pattern *p = find_pattern_of(q, &offset);
	if (!p)
		return DAY_OFF;
	tell_pattern(q, p, why);
	if (!p->shift[why->regime] || is_stopped(q, p, why))
		return DAY_OFF;
	s = p->shift[why->regime][cycle_day_of(p, q->day, offset)];
	float_start(q, p, &s, why);
	return s;
}

static bool is_same_shift(const struct shift *a, const struct shift *b)
{
	return a->starts == b->starts && a->ends == b->ends && a->break_starts == b->break_starts &&
	       a->break_ends == b->break_ends && a->is_split == b->is_split &&
	       a->asked_minutes == b->asked_minutes && a->band_before == b->band_before &&
	       a->band_after == b->band_after;
}

/* The hours as known just before an instant, told when they were others. */
static bool tell_change(
	const struct query *q, const struct shift *now, int64_t at, struct shift_reason *why)
{
	struct query before = *q;
	struct shift_reason unused;

	before.as_of = at - 1;
	why->was = find_shift(&before, &unused);
	why->changed_at = at;
	if (!is_same_shift(&why->was, now))
		return true;
	why->was = (struct shift){0};
	why->changed_at = 0;
	return false;
}

/* No punch of a day is older than the day before it. */
static void find_change(const struct query *q, const struct shift *now, struct shift_reason *why)
{
	int64_t since = instant_of(q->day - 1, 0, q->tree->zone);
	const struct personal_pattern *p = q->personal;

	if (p->turn_day == q->day && p->turn_set_at > since &&
		tell_change(q, now, p->turn_set_at, why))
		return;
	if (p->set_at > since && tell_change(q, now, p->set_at, why))
		return;
	for (int i = 0; i < q->c->changes && q->c->change[i].at > since; i++) {
		const struct table_change *t = &q->c->change[i];
		if (q->day < t->from || q->day > t->to ||
			(t->unit.v && !org_is_below(q->tree, q->unit, t->unit)))
			continue;
		if (tell_change(q, now, t->at, why))
			return;
	}
}

struct shift calendar_shift(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, struct personal_pattern personal, int32_t day,
	struct shift_reason *ret_reason)
{
	struct query q = {c, tree, unit, &personal, day, NOW};
	struct shift_reason why;
	struct shift s = find_shift(&q, &why);

	find_change(&q, &s, &why);
	*ret_reason = why;
	return s;
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

int calendar_asked_minutes(const struct shift *s)
{
	if (s->asked_minutes)
		return s->asked_minutes;
	return calendar_working_minutes(s, s->starts, s->ends);
}

/* ---- assemblies ---- */

static bool is_called(
	const struct calendar_event *event, const struct org_tree *tree, struct unit_id unit)
{
	for (int i = 0; i < event->units; i++)
		if (!event->unit[i].v || org_is_below(tree, unit, event->unit[i]))
			return true;
	return false;
}

const struct calendar_event *calendar_find_event(
	const struct calendar *c, const struct org_tree *tree, struct unit_id unit, int32_t day)
{
	int low = 0, high = c ? c->events : 0;

	while (low < high) {
		int middle = low + (high - low) / 2;
		if (c->event[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	for (int i = low; c && i < c->events && c->event[i].day == day; i++)
		if (!c->event[i].cancelled_at && is_called(&c->event[i], tree, unit))
			return &c->event[i];
	return NULL;
}

const struct calendar_event *calendar_event_of(const struct calendar *c, int64_t id)
{
	for (int i = 0; i < c->events; i++)
		if (c->event[i].id == id)
			return &c->event[i];
	return NULL;
}
