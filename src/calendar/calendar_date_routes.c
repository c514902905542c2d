/*
 * Days that differ from the pattern, over HTTP: Ramadan, breaks between semesters, a floating
 * start.
 *
 * Perpres 21/2023 art. 4(2), (4), (6) (Ramadan) and 8-9 (flexible time, the principle); PermenPANRB
 * 6/2018 art. 3-4 (made up the same day); the school calendar of the education agency. What is not
 * verified is entered as an example and says so.
 */
#include "calendar/calendar_int.h"

#include "org/org.h"

#define ROWS_MAX         1000
#define RAMADAN_DAYS_MAX 31
#define BREAK_DAYS_MAX   62
#define BAND_MINUTES_MAX 120

struct end_input {
	int64_t id;
	int32_t last_day;
};
#define END_FIELDS(path)                                                                           \
	{path, FIELD_ID, FROM_PATH, 0, offsetof(struct end_input, id), 0, 0, 0, NULL, NULL,        \
		"Which one."},                                                                     \
		F_DAY(struct end_input, last_day, 0,                                               \
			"Last day it holds; before its first: taken back."),                       \
		F_END

static const struct field break_end_fields[] = {END_FIELDS("break")};
const struct shape calendar_break_end_shape = SHAPE(
	"SchoolBreakEnd", struct end_input, break_end_fields);
static const struct field band_end_fields[] = {END_FIELDS("band")};
const struct shape calendar_band_end_shape = SHAPE("BandEnd", struct end_input, band_end_fields);

/* Ends a row of a unit and marks the days it loses. */
static enum err end_row(
	struct req *rq, enum dated_table table, const struct dated *held, struct unit_id unit)
{
	const struct end_input *in = rq->input;
	int32_t last = in->last_day < held->valid_from ? held->valid_from - 1 : in->last_day;
	int64_t rows = 0;
	enum err e = calendar_check_days(rq, last + 1, "/last_day", DAY_NONE, "");
	if (e || (e = calendar_end_row(rq->tx, table, in->id, last, &rows)))
		return e;
	if (!rows)
		return refuse(rq, E_CONFLICT, "/last_day", "it has ended before that day");
	calendar_mark(rq->tx, unit, last + 1, held->valid_to);
	return reply(rq, 204, NULL);
}

static enum err check_scope(struct req *rq, struct unit_id unit, struct pattern_id pattern)
{
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	if (unit.v && !org_find_unit(tree, unit))
		return refuse(rq, E_BAD_FIELD, "/unit", "unknown");
	if (pattern.v && !calendar_find_pattern(c, pattern))
		return refuse(rq, E_BAD_FIELD, "/pattern", "unknown");
	return OK;
}

static const char *pattern_name(const struct calendar *c, struct pattern_id id)
{
	const struct pattern *p = calendar_find_pattern(c, id);
	return p ? p->name : NULL;
}

/* ---- breaks between semesters ---- */

struct break_view {
	int64_t id;
	struct unit_id unit;
	const char *unit_name;
	struct pattern_id pattern;
	const char *pattern_name, *name, *source;
	int32_t valid_from, valid_to;
};

#define BREAK_FIELDS                                                                               \
	F_ID(struct break_view, unit, OPTIONAL, "The unit and those below it; none: everyone."),   \
		F_ID(struct break_view, pattern, OPTIONAL,                                         \
			"Only people who follow this pattern; every one when absent."),            \
		F_TEXT(struct break_view, name, 1, 120, 0, "What it is called."),                  \
		F_TEXT(struct break_view, source, 1, 200, 0, "Number of the school calendar."),    \
		F_DAY(struct break_view, valid_from, 0, "First day."),                             \
		F_DAY(struct break_view, valid_to, 0, "Last day.")

static const struct field break_fields[] = {
	F_ID(struct break_view, id, 0, "The break."),
	BREAK_FIELDS,
	F_TEXT(struct break_view, unit_name, 1, 200, OPTIONAL, "Name of the unit."),
	F_TEXT(struct break_view, pattern_name, 1, 200, OPTIONAL, "Name of the pattern."),
	F_END,
};
static const struct shape break_shape = SHAPE("SchoolBreak", struct break_view, break_fields);
static const struct field break_input_fields[] = {BREAK_FIELDS, F_END};
const struct shape calendar_break_input_shape = SHAPE(
	"SchoolBreakInput", struct break_view, break_input_fields);

struct breaks_view {
	struct break_view *items;
	int items_count;
};
static const struct field breaks_fields[] = {
	F_LIST(struct breaks_view, items, items_count, &break_shape, 0, ROWS_MAX, 0,
		"The latest entered first."),
	F_END,
};
const struct shape calendar_breaks_shape = SHAPE("SchoolBreaks", struct breaks_view, breaks_fields);

enum err calendar_get_breaks(struct req *rq)
{
	const struct org_tree *tree;
	const struct calendar *c;
	struct breaks_view out = {.items = ARENA_ARRAY(rq->tx->arena, ROWS_MAX, struct break_view)};
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	for (int i = 0; i < c->school_breaks && out.items_count < ROWS_MAX; i++) {
		const struct school_break *b = &c->school_break[i];
		if (calendar_holds_ever(&b->held))
			out.items[out.items_count++] = (struct break_view){b->id, b->unit,
				calendar_unit_name(tree, b->unit), b->pattern,
				pattern_name(c, b->pattern), b->name, b->source, b->held.valid_from,
				b->held.valid_to};
	}
	return reply(rq, 200, &out);
}

enum err calendar_find_break_unit(struct req *rq, struct object *ret_object)
{
	const struct break_view *in = rq->input;
	ret_object->unit = in->unit;
	return OK;
}

enum err calendar_post_break(struct req *rq)
{
	const struct break_view *in = rq->input;
	struct calendar_key key;
	enum err e = calendar_check_days(
		rq, in->valid_from, "/valid_from", in->valid_to, "/valid_to");
	if (e || (e = check_scope(rq, in->unit, in->pattern)))
		return e;
	if (in->valid_to - in->valid_from >= BREAK_DAYS_MAX)
		return refuse(rq, E_BAD_FIELD, "/valid_to", "within 62 days");
	e = calendar_add_break(rq->tx,
		&(struct break_row){in->unit, in->pattern, in->name, in->source, in->valid_from,
			in->valid_to, rq->actor.employee},
		&key.id);
	return e ? e : reply(rq, 200, &key);
}

static enum err load_break(struct req *rq, const struct school_break **ret)
{
	const struct end_input *in = rq->input;
	const struct calendar *c;
	enum err e = calendar_load(rq->tx, rq->tx->arena, &c);
	for (int i = 0; !e && i < c->school_breaks; i++) {
		*ret = &c->school_break[i];
		if ((*ret)->id == in->id)
			return OK;
	}
	return e ? e : E_NOT_FOUND;
}

enum err calendar_find_break(struct req *rq, struct object *ret_object)
{
	const struct school_break *b;
	enum err e = load_break(rq, &b);
	if (!e)
		ret_object->unit = b->unit;
	return e;
}

enum err calendar_post_break_end(struct req *rq)
{
	const struct school_break *b;
	enum err e = load_break(rq, &b);
	return e ? e : end_row(rq, TABLE_BREAK, &b->held, b->unit);
}

/* ---- a floating start ---- */

struct band_view {
	int64_t id;
	struct unit_id unit;
	const char *unit_name;
	struct pattern_id pattern;
	const char *pattern_name;
	int32_t before_minutes, after_minutes;
	const char *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
};

#define BAND_FIELDS                                                                                \
	F_ID(struct band_view, unit, OPTIONAL, "The unit and those below it; none: everyone."),    \
		F_ID(struct band_view, pattern, OPTIONAL,                                          \
			"Only people who follow this pattern; every one when absent."),            \
		F_INT(struct band_view, before_minutes, 0, BAND_MINUTES_MAX, 0,                    \
			"Who comes so much earlier may leave as much earlier."),                   \
		F_INT(struct band_view, after_minutes, 0, BAND_MINUTES_MAX, 0,                     \
			"Who comes so much later makes it up the same day."),                      \
		F_TEXT(struct band_view, legal_basis, 1, 400, 0, "What it rests on."),             \
		F_DAY(struct band_view, valid_from, 0, "First day."),                              \
		F_DAY(struct band_view, valid_to, OPTIONAL, "Last day, if known.")

static const struct field band_fields[] = {
	F_ID(struct band_view, id, 0, "The band."),
	BAND_FIELDS,
	F_TEXT(struct band_view, verified_by, 0, 200, 0, "Who checked it; empty for an example."),
	F_TEXT(struct band_view, unit_name, 1, 200, OPTIONAL, "Name of the unit."),
	F_TEXT(struct band_view, pattern_name, 1, 200, OPTIONAL, "Name of the pattern."),
	F_END,
};
static const struct shape band_shape = SHAPE("Band", struct band_view, band_fields);
static const struct field band_input_fields[] = {BAND_FIELDS, F_END};
const struct shape calendar_band_input_shape = SHAPE(
	"BandInput", struct band_view, band_input_fields);

struct bands_view {
	struct band_view *items;
	int items_count;
};
static const struct field bands_fields[] = {
	F_LIST(struct bands_view, items, items_count, &band_shape, 0, ROWS_MAX, 0,
		"The latest entered first."),
	F_END,
};
const struct shape calendar_bands_shape = SHAPE("Bands", struct bands_view, bands_fields);

enum err calendar_get_bands(struct req *rq)
{
	const struct org_tree *tree;
	const struct calendar *c;
	struct bands_view out = {.items = ARENA_ARRAY(rq->tx->arena, ROWS_MAX, struct band_view)};
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	for (int i = 0; i < c->bands && out.items_count < ROWS_MAX; i++) {
		const struct band *b = &c->band[i];
		if (calendar_holds_ever(&b->held))
			out.items[out.items_count++] = (struct band_view){b->id, b->unit,
				calendar_unit_name(tree, b->unit), b->pattern,
				pattern_name(c, b->pattern), b->before_minutes, b->after_minutes,
				b->legal_basis, b->verified_by, b->held.valid_from,
				calendar_shown_end(b->held.valid_to)};
	}
	return reply(rq, 200, &out);
}

enum err calendar_find_band_unit(struct req *rq, struct object *ret_object)
{
	const struct band_view *in = rq->input;
	ret_object->unit = in->unit;
	return OK;
}

enum err calendar_post_band(struct req *rq)
{
	const struct band_view *in = rq->input;
	struct calendar_key key;
	const char *name;
	enum err e = calendar_check_days(
		rq, in->valid_from, "/valid_from", in->valid_to, "/valid_to");
	if (e || (e = check_scope(rq, in->unit, in->pattern)))
		return e;
	if (in->before_minutes + in->after_minutes == 0)
		return refuse(rq, E_BAD_FIELD, "/after_minutes", "a band of no minutes is none");
	if ((e = calendar_load_voucher(rq, &name)))
		return e;
	e = calendar_add_band(rq->tx,
		&(struct band_row){in->unit, in->pattern, in->before_minutes, in->after_minutes,
			in->legal_basis, name, in->valid_from, calendar_open_end(in->valid_to),
			rq->actor.employee},
		&key.id);
	return e ? e : reply(rq, 200, &key);
}

static enum err load_band(struct req *rq, const struct band **ret)
{
	const struct end_input *in = rq->input;
	const struct calendar *c;
	enum err e = calendar_load(rq->tx, rq->tx->arena, &c);
	for (int i = 0; !e && i < c->bands; i++) {
		*ret = &c->band[i];
		if ((*ret)->id == in->id)
			return OK;
	}
	return e ? e : E_NOT_FOUND;
}

enum err calendar_find_band(struct req *rq, struct object *ret_object)
{
	const struct band *b;
	enum err e = load_band(rq, &b);
	if (!e)
		ret_object->unit = b->unit;
	return e;
}

enum err calendar_post_band_end(struct req *rq)
{
	const struct band *b;
	enum err e = load_band(rq, &b);
	return e ? e : end_row(rq, TABLE_BAND, &b->held, b->unit);
}

/* ---- Ramadan ---- */

struct regime_view {
	int64_t id;
	int32_t valid_from, valid_to;
	const char *source;
	int64_t recorded_at;
};

#define REGIME_FIELDS                                                                              \
	F_DAY(struct regime_view, valid_from, 0, "First day of fasting."),                         \
		F_DAY(struct regime_view, valid_to, 0, "Last day of fasting."),                    \
		F_TEXT(struct regime_view, source, 1, 200, 0, "The decision it rests on.")

static const struct field regime_fields[] = {
	F_ID(struct regime_view, id, 0, "The span."),
	REGIME_FIELDS,
	F_INSTANT(struct regime_view, recorded_at, OPTIONAL, "When it was entered."),
	F_END,
};
static const struct shape regime_shape = SHAPE("Ramadan", struct regime_view, regime_fields);
static const struct field regime_input_fields[] = {REGIME_FIELDS, F_END};
const struct shape calendar_regime_input_shape = SHAPE(
	"RamadanInput", struct regime_view, regime_input_fields);

struct regimes_view {
	struct regime_view *items;
	int items_count;
};
static const struct field regimes_fields[] = {
	F_LIST(struct regimes_view, items, items_count, &regime_shape, 0, ROWS_MAX, 0,
		"In day order; what was replaced is left out."),
	F_END,
};
const struct shape calendar_regimes_shape = SHAPE("Ramadans", struct regimes_view, regimes_fields);

enum err calendar_get_regimes(struct req *rq)
{
	const struct calendar *c;
	struct regimes_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, ROWS_MAX, struct regime_view)};
	enum err e = calendar_load(rq->tx, rq->tx->arena, &c);
	if (e)
		return e;
	for (int i = 0; i < c->spans && out.items_count < ROWS_MAX; i++) {
		const struct regime_span *s = &c->span[i];
		if (calendar_holds_ever(&s->held))
			out.items[out.items_count++] = (struct regime_view){s->id,
				s->held.valid_from, s->held.valid_to, s->source,
				s->held.recorded_at ? s->held.recorded_at : INSTANT_NONE};
	}
	return reply(rq, 200, &out);
}

enum err calendar_post_regime(struct req *rq)
{
	const struct regime_view *in = rq->input;
	const struct calendar *c;
	enum err e = calendar_check_days(
		rq, in->valid_from, "/valid_from", in->valid_to, "/valid_to");
	if (e)
		return e;
	if (in->valid_to - in->valid_from >= RAMADAN_DAYS_MAX)
		return refuse(rq, E_BAD_FIELD, "/valid_to", "Ramadan has 29 or 30 days");
	e = calendar_set_regime(rq->tx, REGIME_RAMADAN, in->valid_from, in->valid_to, in->source);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	for (int i = 0; i < c->spans; i++)
		if (c->span[i].held.valid_from == in->valid_from &&
			calendar_holds_ever(&c->span[i].held))
			return reply(rq, 200, &(struct calendar_key){c->span[i].id});
	return E_INTERNAL;
}
