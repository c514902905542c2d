/*
 * Patterns, assignments, regimes and holidays in the store, and the calendar made of them.
 *
 * Rows are added, not edited; a regime or a holiday that is decided anew replaces what was said
 * about the same days, and the log keeps both. Every change adds one leaf over its canonical
 * content.
 */
#include "calendar/calendar_int.h"

#include "org/org.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/fields.h"
#include "platform/slice.h"
#include "trust/trust.h"

#include <assert.h>
#include <string.h>

/* Room for one more element in an array that grows by doubling in `a`. */
static void *grown(struct arena *a, void *array, int used, size_t size)
{
	bool is_full = used == 0 || (used >= 8 && (used & (used - 1)) == 0);
	if (!is_full)
		return array;
	void *larger = arena_array(a, used ? (size_t)used * 2 : 8, size);
	if (used)
		memcpy(larger, array, (size_t)used * size);
	return larger;
}

#define GROW(a, array, used) ((array) = grown((a), (array), (used), sizeof(*(array))))

static struct db_stmt LIST_PATTERNS = {"calendar_list_patterns",
	"SELECT pattern_id, code, name, legal_basis, verified_by, cycle_days, anchor_day, "
	"works_holidays, valid_from, valid_to "
	"FROM calendar_pattern WHERE government_id = $1 ORDER BY pattern_id",
	0};

static enum err list_patterns(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct pattern p = {0};
	db_query(tx, &LIST_PATTERNS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&p.id.v), to_text(&p.code), to_text(&p.name), to_text(&p.legal_basis),
			to_text(&p.verified_by), to_int32(&p.cycle_days), to_int32(&p.anchor_day),
			to_bool(&p.works_holidays), to_int32(&p.valid_from),
			to_int32(&p.valid_to)))) {
		GROW(tx->arena, c->pattern, c->patterns);
		c->pattern[c->patterns++] = p;
	}
	return db_end(&rows);
}

static struct shift *new_cycle(struct arena *a, int32_t cycle_days)
{
	struct shift *cycle = ARENA_ARRAY(a, (size_t)cycle_days, struct shift);
	for (int32_t i = 0; i < cycle_days; i++)
		cycle[i] = (struct shift){MINUTE_OFF, MINUTE_OFF, MINUTE_OFF, MINUTE_OFF};
	return cycle;
}

static struct db_stmt LIST_PATTERN_DAYS = {"calendar_list_pattern_days",
	"SELECT pattern_id, regime, cycle_day, starts, ends, break_starts, break_ends "
	"FROM calendar_pattern_day WHERE government_id = $1 ORDER BY pattern_id, regime, cycle_day",
	0};

/* The days of patterns come in the order of the patterns already listed. */
static enum err list_pattern_days(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	int64_t id;
	int32_t regime, cycle_day, starts, ends, break_starts, break_ends;
	int i = 0;
	db_query(tx, &LIST_PATTERN_DAYS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&id), to_int32(&regime), to_int32(&cycle_day), to_int32(&starts),
			to_int32(&ends), to_int32(&break_starts), to_int32(&break_ends)))) {
		while (i < c->patterns && c->pattern[i].id.v < id)
			i++;
		assert(i < c->patterns && c->pattern[i].id.v == id);
		struct pattern *p = &c->pattern[i];
		assert(regime >= 0 && regime < REGIME_COUNT && cycle_day >= 0 &&
			cycle_day < p->cycle_days);
		if (!p->shift[regime])
			p->shift[regime] = new_cycle(tx->arena, p->cycle_days);
		p->shift[regime][cycle_day] = (struct shift){
			starts, ends, break_starts, break_ends};
	}
	return db_end(&rows);
}

static struct db_stmt LIST_UNIT_ASSIGNMENTS = {"calendar_list_unit_assignments",
	"SELECT unit_id, pattern_id, cycle_offset, valid_from, valid_to FROM calendar_assignment "
	"WHERE government_id = $1 AND employee_id = 0 "
	"ORDER BY unit_id, valid_from DESC, assignment_id DESC",
	0};

static enum err list_unit_assignments(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct unit_assignment a = {0};
	db_query(tx, &LIST_UNIT_ASSIGNMENTS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(
		&rows, INTO(to_int64(&a.unit.v), to_int64(&a.pattern.v), to_int32(&a.cycle_offset),
			       to_int32(&a.valid_from), to_int32(&a.valid_to)))) {
		GROW(tx->arena, c->assignment, c->assignments);
		c->assignment[c->assignments++] = a;
	}
	return db_end(&rows);
}

static struct db_stmt LIST_REGIMES = {"calendar_list_regimes",
	"SELECT regime, valid_from, valid_to, source FROM calendar_regime WHERE government_id = $1 "
	"ORDER BY valid_from, regime",
	0};

static enum err list_regimes(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct regime_span s = {0};
	db_query(tx, &LIST_REGIMES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int32(&s.regime), to_int32(&s.valid_from),
				      to_int32(&s.valid_to), to_text(&s.source)))) {
		GROW(tx->arena, c->span, c->spans);
		c->span[c->spans++] = s;
	}
	return db_end(&rows);
}

static struct db_stmt LIST_HOLIDAYS = {"calendar_list_holidays",
	"SELECT day, kind, name, source FROM calendar_holiday WHERE government_id = $1 ORDER BY "
	"day",
	0};

static enum err list_holidays(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct holiday h = {0};
	db_query(tx, &LIST_HOLIDAYS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int32(&h.day), to_int32(&h.kind), to_text(&h.name), to_text(&h.source)))) {
		GROW(tx->arena, c->holiday, c->holidays);
		c->holiday[c->holidays++] = h;
	}
	return db_end(&rows);
}

enum err calendar_load(struct tx *tx, struct arena *arena, const struct calendar **ret)
{
	struct tx into = *tx; /* texts read point into the arena the calendar lives in */
	struct calendar *c = ARENA_NEW(arena, struct calendar);
	enum err e;
	into.arena = arena;
	if ((e = list_patterns(&into, c)) || (e = list_pattern_days(&into, c)) ||
		(e = list_unit_assignments(&into, c)) || (e = list_regimes(&into, c)) ||
		(e = list_holidays(&into, c)))
		return e;
	*ret = c;
	return OK;
}

/* --- writing --- */

/* Opens the canonical text of a change: a JSON array that begins with its kind. */
static struct buf canonical(struct tx *tx, const char *kind)
{
	struct buf b;
	buf_init(&b, tx->arena, 512);
	buf_printf(&b, "[\"%s\"", kind);
	return b;
}

static void canonical_int(struct buf *b, int64_t v)
{
	buf_char(b, ',');
	buf_int(b, v);
}

static void canonical_text(struct buf *b, const char *s)
{
	buf_char(b, ',');
	fields_encode_text(b, s);
}

static void add_leaf(struct tx *tx, struct buf *b, int64_t subject)
{
	buf_char(b, ']');
	trust_add_leaf(tx, LEAF_CALENDAR, subject, b->p, b->n);
}

static struct db_stmt ADD_PATTERN = {"calendar_add_pattern",
	"INSERT INTO calendar_pattern (government_id, pattern_id, code, name, cycle_days, "
	"anchor_day, "
	"works_holidays, legal_basis, verified_by, valid_from, valid_to) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	0};

static enum err add_pattern_row(struct tx *tx, int64_t id, const struct pattern_row *row)
{
	return db_exec(tx, &ADD_PATTERN,
		BIND(db_int(tx->government.v), db_int(id), db_text(row->code), db_text(row->name),
			db_int(row->cycle_days), db_int(row->anchor_day),
			db_int(row->works_holidays), db_text(row->legal_basis),
			db_text(row->verified_by), db_int(row->valid_from), db_int(row->valid_to)),
		NULL);
}

static struct db_stmt ADD_PATTERN_DAY = {"calendar_add_pattern_day",
	"INSERT INTO calendar_pattern_day (government_id, pattern_id, regime, cycle_day, starts, "
	"ends, "
	"break_starts, break_ends) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	0};

static enum err add_pattern_day(struct tx *tx, int64_t pattern, const struct pattern_day_row *row)
{
	const struct shift *s = &row->shift;
	return db_exec(tx, &ADD_PATTERN_DAY,
		BIND(db_int(tx->government.v), db_int(pattern), db_int(row->regime),
			db_int(row->cycle_day), db_int(s->starts), db_int(s->ends),
			db_int(s->break_starts), db_int(s->break_ends)),
		NULL);
}

static void add_pattern_leaf(struct tx *tx, int64_t id, const struct pattern_row *row,
	const struct pattern_day_row *day, int days)
{
	struct buf b = canonical(tx, "pattern");
	canonical_text(&b, row->code);
	canonical_text(&b, row->name);
	canonical_text(&b, row->legal_basis);
	canonical_int(&b, row->cycle_days);
	canonical_int(&b, row->anchor_day);
	canonical_int(&b, row->works_holidays);
	canonical_int(&b, row->valid_from);
	canonical_int(&b, row->valid_to);
	for (int i = 0; i < days; i++) {
		const struct shift *s = &day[i].shift;
		buf_printf(&b, ",[%d,%d,%d,%d,%d,%d]", (int)day[i].regime, day[i].cycle_day,
			s->starts, s->ends, s->break_starts, s->break_ends);
	}
	add_leaf(tx, &b, id);
}

enum err calendar_add_pattern(struct tx *tx, const struct pattern_row *row,
	const struct pattern_day_row *day, int days, struct pattern_id *ret)
{
	struct pattern_id id = {id_next()};
	enum err e = add_pattern_row(tx, id.v, row);
	assert(row->cycle_days >= 1 && row->cycle_days <= CYCLE_DAYS_MAX);
	for (int i = 0; !e && i < days; i++)
		e = add_pattern_day(tx, id.v, &day[i]);
	if (e || (e = org_touch_generation(tx)))
		return e;
	add_pattern_leaf(tx, id.v, row, day, days);
	*ret = id;
	return OK;
}

static struct db_stmt ADD_ASSIGNMENT = {"calendar_add_assignment",
	"INSERT INTO calendar_assignment (government_id, assignment_id, employee_id, unit_id, "
	"pattern_id, "
	"cycle_offset, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	0};

enum err calendar_assign(struct tx *tx, struct employee_id employee, struct unit_id unit,
	struct pattern_id pattern, int cycle_offset, int32_t from, int32_t to)
{
	int64_t id = id_next();
	enum err e = db_exec(tx, &ADD_ASSIGNMENT,
		BIND(db_int(tx->government.v), db_int(id), db_int(employee.v), db_int(unit.v),
			db_int(pattern.v), db_int(cycle_offset), db_int(from), db_int(to)),
		NULL);
	if (e)
		return e;
	struct buf b = canonical(tx, "assignment");
	canonical_int(&b, employee.v);
	canonical_int(&b, unit.v);
	canonical_int(&b, pattern.v);
	canonical_int(&b, cycle_offset);
	canonical_int(&b, from);
	canonical_int(&b, to);
	add_leaf(tx, &b, id);
	if (employee.v)
		return OK;
	changes_add(tx->changes, CHANGE_RANGE, from, to);
	return org_touch_generation(tx);
}

static struct db_stmt SET_HOLIDAY = {"calendar_set_holiday",
	"INSERT INTO calendar_holiday (government_id, day, kind, name, source) VALUES ($1, $2, $3, "
	"$4, $5) "
	"ON CONFLICT (government_id, day) DO UPDATE SET kind = excluded.kind, name = "
	"excluded.name, "
	"source = excluded.source",
	0};

enum err calendar_set_holiday(
	struct tx *tx, int32_t day, enum holiday_kind kind, const char *name, const char *source)
{
	enum err e = db_exec(tx, &SET_HOLIDAY,
		BIND(db_int(tx->government.v), db_int(day), db_int(kind), db_text(name),
			db_text(source)),
		NULL);
	if (e)
		return e;
	struct buf b = canonical(tx, "holiday");
	canonical_int(&b, day);
	canonical_int(&b, kind);
	canonical_text(&b, name);
	canonical_text(&b, source);
	add_leaf(tx, &b, day);
	changes_add(tx->changes, CHANGE_RANGE, day, day);
	return org_touch_generation(tx);
}

static struct db_stmt LOAD_REGIME_BOUNDS = {"calendar_load_regime_bounds",
	"SELECT coalesce(min(valid_from), CAST($3 AS INTEGER)), coalesce(max(valid_to), CAST($4 AS "
	"INTEGER)) "
	"FROM calendar_regime "
	"WHERE government_id = $1 AND regime = $2 AND valid_from <= $4 AND valid_to >= $3",
	0};

/* The stretch of days that a new statement about [from, to] changes: these and those it replaces.
 */
static enum err load_regime_bounds(struct tx *tx, enum regime regime, int32_t from, int32_t to,
	int32_t *ret_from, int32_t *ret_to)
{
	enum err e = db_load(tx, &LOAD_REGIME_BOUNDS,
		BIND(db_int(tx->government.v), db_int(regime), db_int(from), db_int(to)),
		INTO(to_int32(ret_from), to_int32(ret_to)));
	if (from < *ret_from)
		*ret_from = from;
	if (to > *ret_to)
		*ret_to = to;
	return e;
}

static struct db_stmt END_REGIMES = {"calendar_end_regimes",
	"DELETE FROM calendar_regime "
	"WHERE government_id = $1 AND regime = $2 AND valid_from <= $4 AND valid_to >= $3",
	0};

static enum err end_regimes(struct tx *tx, enum regime regime, int32_t from, int32_t to)
{
	return db_exec(tx, &END_REGIMES,
		BIND(db_int(tx->government.v), db_int(regime), db_int(from), db_int(to)), NULL);
}

static struct db_stmt ADD_REGIME = {"calendar_add_regime",
	"INSERT INTO calendar_regime (government_id, regime, valid_from, valid_to, source) "
	"VALUES ($1, $2, $3, $4, $5)",
	0};

static enum err add_regime(
	struct tx *tx, enum regime regime, int32_t from, int32_t to, const char *source)
{
	return db_exec(tx, &ADD_REGIME,
		BIND(db_int(tx->government.v), db_int(regime), db_int(from), db_int(to),
			db_text(source)),
		NULL);
}

enum err calendar_set_regime(
	struct tx *tx, enum regime regime, int32_t from, int32_t to, const char *source)
{
	int32_t first, last;
	enum err e;
	if ((e = load_regime_bounds(tx, regime, from, to, &first, &last)) ||
		(e = end_regimes(tx, regime, from, to)) ||
		(e = add_regime(tx, regime, from, to, source)))
		return e;
	struct buf b = canonical(tx, "regime");
	canonical_int(&b, regime);
	canonical_int(&b, from);
	canonical_int(&b, to);
	canonical_text(&b, source);
	add_leaf(tx, &b, from);
	changes_add(tx->changes, CHANGE_RANGE, first, last);
	return org_touch_generation(tx);
}

#define HM(hour, minute) ((hour)*60 + (minute))

enum err calendar_add_default(struct tx *tx, struct pattern_id *ret)
{
	static const struct shift monday_to_thursday[REGIME_COUNT] = {
		[REGIME_NORMAL] = {HM(7, 30), HM(16, 0), HM(12, 0), HM(13, 0)},
		[REGIME_RAMADAN] = {HM(8, 0), HM(15, 0), HM(12, 0), HM(12, 30)},
	};
	static const struct shift friday[REGIME_COUNT] = {
		[REGIME_NORMAL] = {HM(7, 30), HM(16, 30), HM(11, 30), HM(13, 0)},
		[REGIME_RAMADAN] = {HM(8, 0), HM(15, 30), HM(11, 30), HM(12, 30)},
	};
	const struct pattern_row row = {
		.code = "5HARI",
		.name = "Lima hari kerja",
		.legal_basis = "Perpres 21/2023 Pasal 3 dan Pasal 4",
		.verified_by = "setneg.go.id",
		.cycle_days = 7,
		.anchor_day = day_from_civil(2023, 1, 2), /* a Monday */
		.valid_from = day_from_civil(2023, 4, 12),
		.valid_to = DAY_FOREVER,
	};
	struct pattern_day_row day[REGIME_COUNT * 5];
	int days = 0;
	for (int regime = REGIME_NORMAL; regime < REGIME_COUNT; regime++)
		for (int i = 0; i < 5; i++)
			day[days++] = (struct pattern_day_row){(enum regime)regime, i,
				i < 4 ? monday_to_thursday[regime] : friday[regime]};
	enum err e = calendar_add_pattern(tx, &row, day, days, ret);
	if (e)
		return e;
	return calendar_assign(tx, (struct employee_id){0}, (struct unit_id){0}, *ret, 0,
		row.valid_from, row.valid_to);
}

struct db_stmt *const calendar_stmts[] = {&LIST_PATTERNS, &LIST_PATTERN_DAYS,
	&LIST_UNIT_ASSIGNMENTS, &LIST_REGIMES, &LIST_HOLIDAYS, &ADD_PATTERN, &ADD_PATTERN_DAY,
	&ADD_ASSIGNMENT, &SET_HOLIDAY, &LOAD_REGIME_BOUNDS, &END_REGIMES, &ADD_REGIME};
