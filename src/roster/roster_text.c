/*
 * Shapes of an instance and of a roster, and what takes them to the arrays of roster_model.h.
 */
#include "roster/roster_side_text.h"
#include "roster/roster_text.h"

#include "base/str.h"
#include "roster/roster_network.h"

#include <string.h>

static const char *const rank_names[] = {"service", "agency", "unit", "quota", NULL};
static const char *const place_names[] = {"group", "week", "edge", "period", "cell", NULL};
static const char cell_letters[] = "-.R"; /* by enum roster_cell */

struct day_text {
	int32_t day, week;
	bool edge;
};
static const struct field day_fields[] = {
	F_DAY(struct day_text, day, 0, "A day that is planned; later ones follow."),
	F_INT(struct day_text, week, 0, ROSTER_DAYS_MAX, 0, "Which week it lies in, from 0."),
	F_BOOL(struct day_text, edge, OPTIONAL, "At the edge of its week, as Monday and Friday."),
	F_END,
};
static const struct shape day_shape = SHAPE("RosterDay", struct day_text, day_fields);

struct group_text {
	int32_t parent, rank;
	int32_t *least, *most;
	int least_count, most_count;
};
static const struct field group_fields[] = {
	F_INT(struct group_text, parent, 0, ROSTER_GROUPS_MAX - 1, OPTIONAL,
		"An earlier group it lies in; the first has none."),
	F_ENUM(struct group_text, rank, rank_names, 0, "When its limits give way."),
	F_INTS(struct group_text, least, least_count, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Per day, how many at least are home."),
	F_INTS(struct group_text, most, most_count, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Per day, how many at most are home."),
	F_END,
};
static const struct shape group_shape = SHAPE("RosterGroup", struct group_text, group_fields);

struct person_text {
	int32_t group, week_least, week_most, edge_most, least, most, share;
	const char *cells, *published;
	int32_t *wishes, *week_caps;
	int wish_count, cap_count;
};
static const struct field person_fields[] = {
	F_INT(struct person_text, group, 0, ROSTER_GROUPS_MAX - 1, 0, "His innermost group."),
	F_INT(struct person_text, week_least, 0, ROSTER_DAYS_MAX, OPTIONAL, "Home days of a week."),
	F_INT(struct person_text, week_most, 0, ROSTER_DAYS_MAX, OPTIONAL, "Home days of a week."),
	F_INTS(struct person_text, week_caps, cap_count, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Per week, home days at most, where that differs by week; in place of week_most."),
	F_INT(struct person_text, edge_most, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Home days of a week at its edges."),
	F_INT(struct person_text, least, 0, ROSTER_DAYS_MAX, OPTIONAL, "Home days of the period."),
	F_INT(struct person_text, most, 0, ROSTER_DAYS_MAX, OPTIONAL, "Home days of the period."),
	F_INT(struct person_text, share, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Home days that would be fair."),
	F_TEXT(struct person_text, cells, 1, ROSTER_DAYS_MAX, 0,
		"One letter per day: . free, - cannot be home, R locked at home."),
	F_TEXT(struct person_text, published, 1, ROSTER_DAYS_MAX, OPTIONAL,
		"One letter per day of the roster that stands: K in the office, R at home."),
	F_INTS(struct person_text, wishes, wish_count, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Per day, what being home costs; less is wished more."),
	F_END,
};
static const struct shape person_shape = SHAPE("RosterPerson", struct person_text, person_fields);

struct instance_text {
	struct day_text *days;
	struct group_text *groups;
	struct person_text *people;
	int day_count, group_count, person_count;
	int32_t fairness;
	struct side_text *side;
};
static const struct field instance_fields[] = {
	F_LIST(struct instance_text, days, day_count, &day_shape, 1, ROSTER_DAYS_MAX, 0,
		"The days that are planned."),
	F_LIST(struct instance_text, groups, group_count, &group_shape, 1, ROSTER_GROUPS_MAX, 0,
		"Groups, each after the one it lies in."),
	F_LIST(struct instance_text, people, person_count, &person_shape, 0, ROSTER_PEOPLE_MAX, 0,
		"People."),
	F_INT(struct instance_text, fairness, 0, ROSTER_WEIGHT_MAX, OPTIONAL,
		"Weight of unfairness; none when absent."),
	F_OBJECT(struct instance_text, side, &side_shape, OPTIONAL,
		"Rules beside the limits; see luwes-mip."),
	F_END,
};
const struct shape roster_instance_shape = SHAPE(
	"RosterInstance", struct instance_text, instance_fields);

/* ---- reading ---- */

struct reading {
	const struct instance_text *text;
	struct roster_instance *in;
	struct arena *arena;
	struct field_fault *fault;
};

static enum err fault(
	const struct reading *r, const char *list, int row, const char *field, const char *reason)
{
	*r->fault = (struct field_fault){
		arena_printf(r->arena, "/%s/%d/%s", list, row, field), reason};
	return E_BAD_FIELD;
}

static int32_t or_else(int32_t value, int32_t otherwise)
{
	return value == INT_NONE ? otherwise : value;
}

static enum err read_days(const struct reading *r, int32_t *day, uint8_t *week, bool *edge)
{
	for (int d = 0; d < r->text->day_count; d++) {
		day[d] = r->text->days[d].day;
		week[d] = (uint8_t)r->text->days[d].week;
		edge[d] = r->text->days[d].edge;
		if (d && day[d] <= day[d - 1])
			return fault(r, "days", d, "day", "not after the day before it");
	}
	return OK;
}

static enum err read_groups(
	const struct reading *r, struct roster_group *group, struct roster_limit *limit)
{
	int days = r->text->day_count;
	for (int g = 0; g < r->text->group_count; g++) {
		const struct group_text *t = &r->text->groups[g];
		group[g] = (struct roster_group){or_else(t->parent, -1), (enum roster_rank)t->rank};
		if (t->least_count && t->least_count != days)
			return fault(r, "groups", g, "least", "one number per day");
		if (t->most_count && t->most_count != days)
			return fault(r, "groups", g, "most", "one number per day");
		for (int d = 0; d < days; d++)
			limit[g * days + d] = (struct roster_limit){
				t->least_count ? t->least[d] : 0,
				t->most_count ? t->most[d] : ROSTER_NO_LIMIT};
	}
	return OK;
}

static enum err read_person(
	const struct reading *r, int p, struct roster_person *who, uint8_t *cell, int16_t *wish)
{
	const struct person_text *t = &r->text->people[p];
	int days = r->text->day_count;
	*who = (struct roster_person){
		.group = t->group,
		.week_least = or_else(t->week_least, 0),
		.week_most = or_else(t->week_most, ROSTER_NO_LIMIT),
		.week_caps = t->cap_count ? t->week_caps : NULL,
		.edge_most = or_else(t->edge_most, ROSTER_NO_LIMIT),
		.least = or_else(t->least, 0),
		.most = or_else(t->most, ROSTER_NO_LIMIT),
		.share = or_else(t->share, 0),
	};
	if ((int)strlen(t->cells) != days)
		return fault(r, "people", p, "cells", "one letter per day");
	if (t->cap_count && t->cap_count != r->text->days[days - 1].week + 1)
		return fault(r, "people", p, "week_caps", "one number per week");
	if (t->wish_count && t->wish_count != days)
		return fault(r, "people", p, "wishes", "one number per day");
	for (int d = 0; d < days; d++) {
		const char *letter = strchr(cell_letters, t->cells[d]);
		int32_t w = t->wish_count ? t->wishes[d] : 0;
		if (!letter)
			return fault(r, "people", p, "cells", "a letter other than . - R");
		if (w > ROSTER_WEIGHT_MAX || w < -ROSTER_WEIGHT_MAX)
			return fault(r, "people", p, "wishes", "a wish is -1000 to 1000");
		cell[d] = (uint8_t)(letter - cell_letters);
		wish[d] = (int16_t)w;
	}
	return OK;
}

/* Letters of a roster, K and R, as who is home. */
static enum err read_letters(const struct reading *r, const char *letters, uint8_t *home)
{
	if ((int32_t)strlen(letters) != r->in->days ||
		(int32_t)strspn(letters, "KR") != r->in->days) {
		r->fault->reason = "one letter per day, K or R";
		return E_BAD_FIELD;
	}
	for (int32_t d = 0; d < r->in->days; d++)
		home[d] = letters[d] == 'R';
	return OK;
}

/* The roster that stands; who has none in it is in the office. */
static enum err take_published(const struct reading *r)
{
	size_t cells = (size_t)r->in->people * (size_t)r->in->days;
	uint8_t *home = ARENA_ARRAY(r->arena, cells, uint8_t);
	for (int32_t p = 0; p < r->in->people; p++) {
		const char *letters = r->text->people[p].published;
		if (!letters)
			continue;
		if (read_letters(r, letters, home + network_at(r->in, p, 0)))
			return fault(r, "people", p, "published", r->fault->reason);
		r->in->published = home;
	}
	return OK;
}

static enum err take(const struct reading *r, const int32_t **ret_day)
{
	size_t days = (size_t)r->text->day_count, people = (size_t)r->text->person_count;
	size_t groups = (size_t)r->text->group_count;
	int32_t *day = ARENA_ARRAY(r->arena, days, int32_t);
	uint8_t *week = ARENA_ARRAY(r->arena, days, uint8_t);
	bool *edge = ARENA_ARRAY(r->arena, days, bool);
	uint8_t *cell = ARENA_ARRAY(r->arena, days * people, uint8_t);
	int16_t *wish = ARENA_ARRAY(r->arena, days * people, int16_t);
	struct roster_group *group = ARENA_ARRAY(r->arena, groups, struct roster_group);
	struct roster_limit *limit = ARENA_ARRAY(r->arena, groups * days, struct roster_limit);
	struct roster_person *person = ARENA_ARRAY(r->arena, people, struct roster_person);
	enum err e = read_days(r, day, week, edge);
	if (!e)
		e = read_groups(r, group, limit);
	for (size_t p = 0; p < people && !e; p++)
		e = read_person(r, (int)p, &person[p], cell + p * days, wish + p * days);
	*r->in = (struct roster_instance){(int32_t)days, (int32_t)people, (int32_t)groups, week,
		edge, group, person, limit, cell, wish, or_else(r->text->fairness, 0)};
	*ret_day = day;
	return e ? e : take_published(r);
}

/* The largest instance has so many commas and opening brackets, or fewer; hostile text could have
 * one per byte, and each costs far more memory than a byte. */
#define MARKS_MAX                                                                                  \
	(ROSTER_PEOPLE_MAX * (ROSTER_DAYS_MAX + 32) +                                              \
		ROSTER_GROUPS_MAX * (2 * ROSTER_DAYS_MAX + 16))

static bool is_too_much(const char *json, size_t n)
{
	size_t marks = 0;
	for (size_t i = 0; i < n; i++)
		marks += json[i] == ',' || json[i] == '[' || json[i] == '{';
	return marks > MARKS_MAX;
}

/* The rules beside the limits, when there are any. */
static enum err take_side(
	const struct reading *r, const int32_t *day, const struct roster_side **ret)
{
	struct roster_side *side = ARENA_NEW(r->arena, struct roster_side);
	*ret = NULL;
	if (!r->text->side)
		return OK;
	enum err e = side_from_text(r->text->side, r->in->days, r->arena, side, r->fault);
	if (e)
		return e;
	side_set_days(side, day, r->in->days, r->arena);
	const char *why = roster_check_side(r->in, side, r->arena);
	if (why) {
		*r->fault = (struct field_fault){"/side", why};
		return E_BAD_FIELD;
	}
	*ret = side;
	return OK;
}

enum err roster_read_instance(const char *json, size_t n, struct arena *arena,
	struct roster_instance *ret, const int32_t **ret_day, const struct roster_side **ret_side,
	struct field_fault *ret_fault)
{
	struct instance_text text = {0};
	struct reading r = {&text, ret, arena, ret_fault};
	if (is_too_much(json, n)) {
		*ret_fault = (struct field_fault){"", "more values than an instance can have"};
		return E_BAD_REQUEST;
	}
	enum err e = fields_decode(&roster_instance_shape, arena, json, n, &text, ret_fault);
	if (e || (e = take(&r, ret_day)))
		return e;
	const char *why = roster_check_instance(ret, arena);
	if (!why)
		return take_side(&r, *ret_day, ret_side);
	*ret_fault = (struct field_fault){"", why};
	return E_BAD_FIELD;
}

/* ---- writing ---- */

static void write_limits(
	const struct roster_instance *in, int32_t g, struct group_text *t, struct arena *arena)
{
	const struct roster_limit *limit = in->limit + (size_t)g * (size_t)in->days;
	bool has_least = false, has_most = false;
	t->least = ARENA_ARRAY(arena, (size_t)in->days, int32_t);
	t->most = ARENA_ARRAY(arena, (size_t)in->days, int32_t);
	for (int32_t d = 0; d < in->days; d++) {
		t->least[d] = limit[d].least;
		t->most[d] = limit[d].most;
		has_least |= limit[d].least > 0;
		has_most |= limit[d].most != ROSTER_NO_LIMIT;
	}
	t->least_count = has_least ? in->days : 0;
	t->most_count = has_most ? in->days : 0;
	if (!has_least)
		t->least = NULL;
	if (!has_most)
		t->most = NULL;
}

static int32_t if_limit(int32_t value)
{
	return value == ROSTER_NO_LIMIT ? INT_NONE : value;
}

static const char *write_letters(
	const struct roster_instance *in, int32_t p, const uint8_t *home, struct arena *arena)
{
	char *letters = ARENA_ARRAY(arena, (size_t)in->days + 1, char);
	for (int32_t d = 0; d < in->days; d++)
		letters[d] = home[network_at(in, p, d)] ? 'R' : 'K';
	return letters;
}

/* As many as a week has days do not limit. */
static void write_caps(const struct roster_instance *in, const int32_t *caps, struct person_text *t,
	struct arena *arena)
{
	t->cap_count = in->week[in->days - 1] + 1;
	t->week_caps = ARENA_ARRAY(arena, (size_t)t->cap_count, int32_t);
	for (int32_t w = 0; w < t->cap_count; w++)
		t->week_caps[w] = network_smaller(caps[w], ROSTER_DAYS_MAX);
}

static void write_person(
	const struct roster_instance *in, int32_t p, struct person_text *t, struct arena *arena)
{
	const struct roster_person *who = &in->person[p];
	size_t days = (size_t)in->days, first = (size_t)p * days;
	char *cells = ARENA_ARRAY(arena, days + 1, char);
	bool wishes = false;
	*t = (struct person_text){who->group, who->week_least, if_limit(who->week_most),
		if_limit(who->edge_most), who->least, if_limit(who->most), who->share, cells,
		in->published ? write_letters(in, p, in->published, arena) : NULL, NULL, NULL, 0,
		0};
	if (who->week_caps)
		write_caps(in, who->week_caps, t, arena);
	for (size_t d = 0; d < days; d++) {
		cells[d] = cell_letters[in->cell[first + d]];
		wishes |= in->wish[first + d] != 0;
	}
	if (!wishes)
		return;
	t->wishes = ARENA_ARRAY(arena, days, int32_t);
	t->wish_count = in->days;
	for (size_t d = 0; d < days; d++)
		t->wishes[d] = in->wish[first + d];
}

void roster_write_instance(const struct roster_instance *in, const int32_t *day,
	const struct roster_side *side, struct arena *arena, struct buf *out)
{
	struct instance_text text = {
		.days = ARENA_ARRAY(arena, (size_t)in->days, struct day_text),
		.groups = ARENA_ARRAY(arena, (size_t)in->groups, struct group_text),
		.people = ARENA_ARRAY(arena, (size_t)in->people, struct person_text),
		.day_count = in->days,
		.group_count = in->groups,
		.person_count = in->people,
		.fairness = in->fairness,
		.side = side ? side_to_text(side, in->days, arena) : NULL,
	};
	for (int32_t d = 0; d < in->days; d++)
		text.days[d] = (struct day_text){day[d], in->week[d], in->edge && in->edge[d]};
	for (int32_t g = 0; g < in->groups; g++) {
		text.groups[g] = (struct group_text){
			.parent = g ? in->group[g].parent : INT_NONE, .rank = in->group[g].rank};
		write_limits(in, g, &text.groups[g], arena);
	}
	for (int32_t p = 0; p < in->people; p++)
		write_person(in, p, &text.people[p], arena);
	fields_encode(&roster_instance_shape, &text, out);
}

/* ---- the roster ---- */

struct breach_text {
	int32_t kind, row, column, rank, amount;
	bool is_below;
};
static const struct field breach_fields[] = {
	F_ENUM(struct breach_text, kind, place_names, 0,
		"A group on a day, a person in a week, at its edges, in the period, or on a day."),
	F_INT(struct breach_text, row, 0, INT32_MAX, 0, "Which group or person."),
	F_INT(struct breach_text, column, 0, ROSTER_DAYS_MAX, OPTIONAL, "Which day or week."),
	F_ENUM(struct breach_text, rank, rank_names, 0, "The rank of the limit."),
	F_BOOL(struct breach_text, is_below, 0, "Under the least; else above the most."),
	F_INT(struct breach_text, amount, 1, INT32_MAX, 0, "By how many days at home."),
	F_END,
};
static const struct shape breach_shape = SHAPE("RosterBreach", struct breach_text, breach_fields);

struct broken_text {
	int64_t service, agency, unit, quota;
};
static const struct field broken_fields[] = {
	F_INT64(struct broken_text, service, 0, INT64_MAX, 0, "Minimums of posts."),
	F_INT64(struct broken_text, agency, 0, INT64_MAX, 0, "Shares of agencies."),
	F_INT64(struct broken_text, unit, 0, INT64_MAX, 0, "Shares of units."),
	F_INT64(struct broken_text, quota, 0, INT64_MAX, 0, "Quotas of people."),
	F_END,
};
static const struct shape broken_shape = SHAPE("RosterBroken", struct broken_text, broken_fields);

struct priced_text {
	struct broken_text broken;
	int64_t least_cost, gap;
	bool is_best;
};
static const struct field priced_fields[] = {
	F_OBJECT(struct priced_text, broken, &broken_shape, 0, "No roster breaks less than this."),
	F_INT64(struct priced_text, least_cost, INT64_MIN + 1, INT64_MAX, 0,
		"None that breaks as little costs less than this."),
	F_INT64(struct priced_text, gap, INT64_MIN + 1, INT64_MAX, 0,
		"Cost of this roster above that."),
	F_BOOL(struct priced_text, is_best, 0, "It breaks and costs no more: it is the best."),
	F_END,
};
static const struct shape priced_shape = SHAPE("RosterPriced", struct priced_text, priced_fields);

struct solution_text {
	int64_t cost;
	struct broken_text broken;
	struct breach_text *breaches;
	const char **people;
	int breach_count, person_count;
	struct side_answer_text *side;
	struct priced_text *priced;
};
#define BREACHES_MAX (ROSTER_GROUPS_MAX * ROSTER_DAYS_MAX + ROSTER_PEOPLE_MAX * ROSTER_DAYS_MAX)
static const struct field solution_fields[] = {
	F_INT64(struct solution_text, cost, INT64_MIN + 1, INT64_MAX, 0,
		"Of wishes and unfairness; lower is better."),
	F_OBJECT(struct solution_text, broken, &broken_shape, 0, "By how much, rank by rank."),
	F_LIST(struct solution_text, breaches, breach_count, &breach_shape, 0, BREACHES_MAX, 0,
		"Every limit that is not kept."),
	F_TEXTS(struct solution_text, people, person_count, 0, ROSTER_PEOPLE_MAX, 0,
		"Per person one letter a day: K in the office, R at home."),
	F_OBJECT(struct solution_text, side, &side_answer_shape, OPTIONAL,
		"What came of the side rules."),
	F_OBJECT(struct solution_text, priced, &priced_shape, OPTIONAL,
		"What is proven where a limit over all groups was kept by a price."),
	F_END,
};
const struct shape roster_solution_shape = SHAPE(
	"RosterSolution", struct solution_text, solution_fields);

static int32_t column_of(struct roster_place place)
{
	return place.column < 0 ? INT_NONE : place.column;
}

static struct breach_text breach_text(const struct roster_breach *b)
{
	return (struct breach_text){
		b->place.kind, b->place.row, column_of(b->place), b->rank, b->amount, b->is_below};
}

static struct broken_text broken_text(const int64_t *broken)
{
	return (struct broken_text){
		broken[RANK_SERVICE], broken[RANK_AGENCY], broken[RANK_UNIT], broken[RANK_QUOTA]};
}

static struct solution_text solution_text(
	const struct roster_instance *in, const struct roster_solution *s, struct arena *arena)
{
	struct solution_text text = {
		.cost = s->cost,
		.broken = broken_text(s->broken),
		.breaches = ARENA_ARRAY(arena, (size_t)s->breaches, struct breach_text),
		.people = ARENA_ARRAY(arena, (size_t)in->people, const char *),
		.breach_count = s->breaches,
		.person_count = in->people,
	};
	for (int32_t i = 0; i < s->breaches; i++)
		text.breaches[i] = breach_text(&s->breach[i]);
	for (int32_t p = 0; p < in->people; p++)
		text.people[p] = write_letters(in, p, s->home, arena);
	return text;
}

void roster_write_solution(const struct roster_instance *in, const struct roster_solution *s,
	const struct roster_side_answer *side, struct arena *arena, struct buf *out)
{
	struct solution_text text = solution_text(in, s, arena);
	text.side = side ? side_answer_to_text(side, arena) : NULL;
	fields_encode(&roster_solution_shape, &text, out);
}

void roster_write_priced(const struct roster_instance *in, const struct roster_priced *priced,
	struct arena *arena, struct buf *out)
{
	struct solution_text text = solution_text(in, &priced->solution, arena);
	struct priced_text proven = {broken_text(priced->least_broken), priced->least_cost,
		priced->solution.cost - priced->least_cost, priced->is_best};
	text.priced = &proven;
	fields_encode(&roster_solution_shape, &text, out);
}

static enum err take_home(const struct reading *r, const char *const *people, uint8_t *home)
{
	for (int32_t p = 0; p < r->in->people; p++) {
		if (read_letters(r, people[p], home + network_at(r->in, p, 0))) {
			r->fault->pointer = arena_printf(r->arena, "/people/%d", p);
			return E_BAD_FIELD;
		}
	}
	return OK;
}

enum err roster_read_solution(const char *json, size_t n, const struct roster_instance *in,
	struct arena *arena, uint8_t **ret_home, struct roster_side_answer *ret_side,
	struct field_fault *ret_fault)
{
	struct solution_text text = {0};
	struct reading r = {.in = (struct roster_instance *)in, .arena = arena, .fault = ret_fault};
	enum err e = fields_decode(&roster_solution_shape, arena, json, n, &text, ret_fault);
	if (e)
		return e;
	if (text.person_count != in->people) {
		*ret_fault = (struct field_fault){"/people", "not the people of the instance"};
		return E_BAD_FIELD;
	}
	*ret_home = ARENA_ARRAY(arena, (size_t)in->people * (size_t)in->days, uint8_t);
	*ret_side = (struct roster_side_answer){0};
	if (text.side)
		side_answer_from_text(text.side, ret_side);
	return take_home(&r, text.people, *ret_home);
}

/* ---- clashes ---- */

struct demand_text {
	int32_t kind, row, column, days;
};
static const struct field demand_fields[] = {
	F_ENUM(struct demand_text, kind, place_names, 0,
		"A group on a day, a person in a week, at its edges, in the period, or on a day."),
	F_INT(struct demand_text, row, 0, INT32_MAX, 0, "Which group or person."),
	F_INT(struct demand_text, column, 0, ROSTER_DAYS_MAX, OPTIONAL, "Which day or week."),
	F_INT(struct demand_text, days, 1, INT32_MAX, 0, "How many days at home."),
	F_END,
};
static const struct shape demand_shape = SHAPE("RosterDemand", struct demand_text, demand_fields);

struct clash_text {
	int64_t asked, let, short_by;
	struct demand_text *asks, *lets;
	int ask_count, let_count;
};
static const struct field clash_fields[] = {
	F_INT64(struct clash_text, short_by, 1, INT64_MAX, 0,
		"What is asked for beyond what is let."),
	F_INT64(struct clash_text, asked, 1, INT64_MAX, 0, "Days at home that are asked for."),
	F_INT64(struct clash_text, let, 0, INT64_MAX, 0, "Days at home that are let."),
	F_LIST(struct clash_text, asks, ask_count, &demand_shape, 0, BREACHES_MAX, 0,
		"The limits that ask."),
	F_LIST(struct clash_text, lets, let_count, &demand_shape, 0, BREACHES_MAX, 0,
		"The limits that let no more."),
	F_END,
};
static const struct shape clash_shape = SHAPE("RosterClash", struct clash_text, clash_fields);

struct clashes_text {
	int64_t short_by;
	struct clash_text *clashes;
	int clash_count;
};
static const struct field clashes_fields[] = {
	F_INT64(struct clashes_text, short_by, 0, INT64_MAX, 0, "What any roster breaks at least."),
	F_LIST(struct clashes_text, clashes, clash_count, &clash_shape, 0, BREACHES_MAX, 0,
		"Each by itself."),
	F_END,
};
const struct shape roster_clashes_shape = SHAPE(
	"RosterClashes", struct clashes_text, clashes_fields);

static struct demand_text *demand_texts(
	const struct roster_demand *demand, int32_t count, struct arena *arena)
{
	struct demand_text *t = ARENA_ARRAY(arena, (size_t)count, struct demand_text);
	for (int32_t i = 0; i < count; i++) {
		t[i] = (struct demand_text){demand[i].place.kind, demand[i].place.row,
			column_of(demand[i].place), demand[i].days};
	}
	return t;
}

void roster_write_clashes(
	const struct roster_clashes *clashes, struct arena *arena, struct buf *out)
{
	struct clashes_text text = {.short_by = clashes->short_by,
		.clashes = ARENA_ARRAY(arena, (size_t)clashes->count, struct clash_text),
		.clash_count = clashes->count};
	for (int32_t i = 0; i < clashes->count; i++) {
		const struct roster_clash *c = &clashes->clash[i];
		text.clashes[i] = (struct clash_text){c->asked, c->let, c->short_by,
			demand_texts(c->asks, c->ask_count, arena),
			demand_texts(c->lets, c->let_count, arena), c->ask_count, c->let_count};
	}
	fields_encode(&roster_clashes_shape, &text, out);
}
