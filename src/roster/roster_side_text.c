/*
 * Shapes of side rules and of what came of them, and what takes them to the values of
 * roster_side.h.
 */
#include "roster/roster_side_text.h"

/* ---- rules ---- */

struct set_text {
	int32_t *people;
	int people_count;
	int32_t *most;
	int most_count;
};
static const struct field set_fields[] = {
	F_INTS(struct set_text, people, people_count, 1, ROSTER_PEOPLE_MAX, 0, "Of these people."),
	F_INTS(struct set_text, most, most_count, 1, ROSTER_DAYS_MAX, 0,
		"Per day, how many at most are home."),
	F_END,
};
static const struct shape set_shape = SHAPE("RosterSet", struct set_text, set_fields);

struct anchor_text {
	int32_t group;
	int32_t *weekdays;
	int weekday_count;
};
static const struct field anchor_fields[] = {
	F_INT(struct anchor_text, group, 0, ROSTER_GROUPS_MAX - 1, 0,
		"The group that is in the office together."),
	F_INTS(struct anchor_text, weekdays, weekday_count, 1, SUNDAY, 0,
		"The weekdays it may choose one of; 1 is Monday."),
	F_END,
};
static const struct shape anchor_shape = SHAPE("RosterAnchor", struct anchor_text, anchor_fields);

struct side_text {
	int32_t run_most, edge_most, edge_from, edge_tail;
	struct set_text *sets;
	struct anchor_text *anchors;
	int set_count, anchor_count;
};
static const struct field side_fields[] = {
	F_INT(struct side_text, run_most, 1, ROSTER_DAYS_MAX, OPTIONAL, "Home days in a row."),
	F_INT(struct side_text, edge_most, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Home days at the edges of weeks in the period."),
	F_INT(struct side_text, edge_from, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"The day, from 0, that those begin with."),
	F_INT(struct side_text, edge_tail, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"So many days at the end are not of them."),
	F_LIST(struct side_text, sets, set_count, &set_shape, 0, ROSTER_SETS_MAX, OPTIONAL,
		"People of whom not too many are home at once."),
	F_LIST(struct side_text, anchors, anchor_count, &anchor_shape, 0, ROSTER_ANCHORS_MAX,
		OPTIONAL, "Groups that choose a weekday in the office."),
	F_END,
};
const struct shape side_shape = SHAPE("RosterSide", struct side_text, side_fields);

static enum err take_anchors(const struct side_text *text, struct arena *arena,
	struct roster_anchor *anchor, struct field_fault *fault)
{
	for (int a = 0; a < text->anchor_count; a++) {
		const struct anchor_text *t = &text->anchors[a];
		anchor[a].group = t->group;
		for (int i = 0; i < t->weekday_count; i++) {
			if (t->weekdays[i] < MONDAY || t->weekdays[i] > SUNDAY) {
				*fault = (struct field_fault){
					arena_printf(arena, "/side/anchors/%d/weekdays", a),
					"a weekday is 1 to 7"};
				return E_BAD_FIELD;
			}
			anchor[a].weekdays |= (uint8_t)WEEKDAY_BIT(t->weekdays[i]);
		}
	}
	return OK;
}

static enum err take_sets(const struct side_text *text, int32_t days, struct arena *arena,
	struct roster_set *set, struct field_fault *fault)
{
	for (int s = 0; s < text->set_count; s++) {
		const struct set_text *t = &text->sets[s];
		set[s] = (struct roster_set){t->people, t->people_count, t->most};
		if (t->most_count != days) {
			*fault = (struct field_fault){
				arena_printf(arena, "/side/sets/%d/most", s), "one number per day"};
			return E_BAD_FIELD;
		}
	}
	return OK;
}

enum err side_from_text(const struct side_text *text, int32_t days, struct arena *arena,
	struct roster_side *ret, struct field_fault *ret_fault)
{
	struct roster_set *set = ARENA_ARRAY(arena, (size_t)text->set_count, struct roster_set);
	struct roster_anchor *anchor = ARENA_ARRAY(
		arena, (size_t)text->anchor_count, struct roster_anchor);
	*ret = (struct roster_side){
		.run_most = text->run_most == INT_NONE ? ROSTER_NO_RUN : text->run_most,
		.edge_most = text->edge_most == INT_NONE ? ROSTER_NO_EDGE : text->edge_most,
		.edge_from = text->edge_from == INT_NONE ? 0 : text->edge_from,
		.edge_tail = text->edge_tail == INT_NONE ? 0 : text->edge_tail,
		.set = set,
		.sets = text->set_count,
		.anchor = anchor,
		.anchors = text->anchor_count,
	};
	enum err e = take_sets(text, days, arena, set, ret_fault);
	return e ? e : take_anchors(text, arena, anchor, ret_fault);
}

void side_set_days(struct roster_side *side, const int32_t *day, int32_t days, struct arena *arena)
{
	uint8_t *weekday = ARENA_ARRAY(arena, (size_t)days, uint8_t);
	for (int32_t d = 0; d < days; d++)
		weekday[d] = (uint8_t)day_weekday(day[d]);
	side->weekday = weekday;
}

static struct anchor_text *anchor_texts(const struct roster_side *side, struct arena *arena)
{
	struct anchor_text *text = ARENA_ARRAY(arena, (size_t)side->anchors, struct anchor_text);
	for (int32_t a = 0; a < side->anchors; a++) {
		struct anchor_text *t = &text[a];
		t->group = side->anchor[a].group;
		t->weekdays = ARENA_ARRAY(arena, SUNDAY, int32_t);
		for (int32_t w = MONDAY; w <= SUNDAY; w++) {
			if (side->anchor[a].weekdays & WEEKDAY_BIT(w))
				t->weekdays[t->weekday_count++] = w;
		}
	}
	return text;
}

struct side_text *side_to_text(const struct roster_side *side, int32_t days, struct arena *arena)
{
	struct side_text *text = ARENA_NEW(arena, struct side_text);
	*text = (struct side_text){
		.run_most = side->run_most == ROSTER_NO_RUN ? INT_NONE : side->run_most,
		.edge_most = side->edge_most == ROSTER_NO_EDGE ? INT_NONE : side->edge_most,
		.edge_from = side->edge_from ? side->edge_from : INT_NONE,
		.edge_tail = side->edge_tail ? side->edge_tail : INT_NONE,
		.sets = side->sets ? ARENA_ARRAY(arena, (size_t)side->sets, struct set_text) : NULL,
		.set_count = side->sets,
		.anchors = side->anchors ? anchor_texts(side, arena) : NULL,
		.anchor_count = side->anchors,
	};
	for (int32_t s = 0; s < side->sets; s++) {
		const struct roster_set *set = &side->set[s];
		text->sets[s] = (struct set_text){
			(int32_t *)set->person, set->people, (int32_t *)set->most, days};
	}
	return text;
}

/* ---- what came of them ---- */

static const char *const kind_names[] = {"run", "edge", "set", "anchor", NULL};

struct side_breach_text {
	int32_t kind, row, column, amount;
};
static const struct field side_breach_fields[] = {
	F_ENUM(struct side_breach_text, kind, kind_names, 0,
		"A person's run, a person's edges, a set on a day, an anchor on its weekday."),
	F_INT(struct side_breach_text, row, 0, INT32_MAX, 0, "Which person, set or anchor."),
	F_INT(struct side_breach_text, column, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"The first day of the run, the day of the set, the weekday of the anchor."),
	F_INT(struct side_breach_text, amount, 1, INT32_MAX, 0, "By how many days at home."),
	F_END,
};
static const struct shape side_breach_shape = SHAPE(
	"RosterSideBreach", struct side_breach_text, side_breach_fields);

struct side_answer_text {
	struct side_breach_text *broken;
	struct anchor_text *anchors;
	int broken_count, anchor_count;
	int64_t amount, least, cost, bound;
	bool is_fallback;
};
#define SIDE_BREACHES_MAX ((ROSTER_PEOPLE_MAX + ROSTER_SETS_MAX) * ROSTER_DAYS_MAX)
static const struct field side_answer_fields[] = {
	F_LIST(struct side_answer_text, broken, broken_count, &side_breach_shape, 0,
		SIDE_BREACHES_MAX, 0, "Every rule that is not kept."),
	F_INT64(struct side_answer_text, amount, 0, INT64_MAX, 0, "By how much, all together."),
	F_INT64(struct side_answer_text, least, 0, INT64_MAX, 0,
		"Proven: no roster breaks the rules by less."),
	F_INT64(struct side_answer_text, cost, INT64_MIN + 1, INT64_MAX, 0,
		"Of wishes and unfairness; lower is better."),
	F_INT64(struct side_answer_text, bound, INT64_MIN + 1, INT64_MAX, 0,
		"Proven: none that breaks them no more costs less."),
	F_BOOL(struct side_answer_text, is_fallback, 0,
		"Somewhere the roster does not know the rules, for want of time."),
	F_LIST(struct side_answer_text, anchors, anchor_count, &anchor_shape, 0, ROSTER_ANCHORS_MAX,
		OPTIONAL, "The weekday that each group chose."),
	F_END,
};
const struct shape side_answer_shape = SHAPE(
	"RosterSideAnswer", struct side_answer_text, side_answer_fields);

struct side_answer_text *side_answer_to_text(
	const struct roster_side_answer *answer, struct arena *arena)
{
	const struct roster_side_verdict *v = &answer->verdict;
	struct side_answer_text *text = ARENA_NEW(arena, struct side_answer_text);
	*text = (struct side_answer_text){
		.broken = ARENA_ARRAY(arena, (size_t)v->breaches, struct side_breach_text),
		.broken_count = v->breaches,
		.anchors = answer->side.anchors ? anchor_texts(&answer->side, arena) : NULL,
		.anchor_count = answer->side.anchors,
		.amount = v->amount,
		.least = answer->least,
		.cost = answer->cost,
		.bound = answer->bound,
		.is_fallback = answer->is_fallback,
	};
	for (int32_t i = 0; i < v->breaches; i++) {
		const struct roster_side_breach *b = &v->breach[i];
		text->broken[i] = (struct side_breach_text){
			b->kind, b->row, b->column < 0 ? INT_NONE : b->column, b->amount};
	}
	return text;
}

void side_answer_from_text(const struct side_answer_text *text, struct roster_side_answer *ret)
{
	ret->least = text->least;
	ret->bound = text->bound;
}
