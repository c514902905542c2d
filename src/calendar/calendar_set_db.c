/*
 * Working time written down: patterns, assignments, regimes, holidays, breaks, bands, assemblies.
 *
 * Rows are added, not edited; a regime that is decided anew ends what was said about the same days,
 * and the log keeps both. Every change adds one leaf over its canonical content, and marks the days
 * it touches.
 */
#include "calendar/calendar_int.h"

#include "org/org.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/fields.h"
#include "trust/trust.h"

#include <assert.h>

struct buf calendar_canonical(struct tx *tx, const char *kind)
{
	struct buf b;
	buf_init(&b, tx->arena, 512);
	buf_printf(&b, "[\"%s\"", kind);
	return b;
}

void calendar_canonical_int(struct buf *b, int64_t v)
{
	buf_char(b, ',');
	buf_int(b, v);
}

void calendar_canonical_text(struct buf *b, const char *s)
{
	buf_char(b, ',');
	fields_encode_text(b, s);
}

void calendar_add_leaf(struct tx *tx, struct buf *b, int64_t subject)
{
	buf_char(b, ']');
	trust_add_leaf(tx, LEAF_CALENDAR, subject, b->p, b->n);
}

void calendar_mark(struct tx *tx, struct unit_id unit, int32_t from, int32_t to)
{
	if (to < from)
		return;
	if (!unit.v) {
		changes_add(tx->changes, CHANGE_RANGE, from, to);
		return;
	}
	changes_add(tx->changes, CHANGE_UNIT, unit.v, from);
	changes_add(tx->changes, CHANGE_UNIT, unit.v, to);
}

/* ---- patterns ---- */

struct db_stmt CALENDAR_ADD_PATTERN = {"calendar_add_pattern",
	"INSERT INTO calendar_pattern (government_id, pattern_id, code, name, cycle_days, "
	"anchor_day, works_holidays, legal_basis, verified_by, valid_from, valid_to, recorded_at) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
	0};

static enum err add_pattern_row(struct tx *tx, int64_t id, const struct pattern_row *row)
{
	return db_exec(tx, &CALENDAR_ADD_PATTERN,
		BIND(db_int(tx->government.v), db_int(id), db_text(row->code), db_text(row->name),
			db_int(row->cycle_days), db_int(row->anchor_day),
			db_int(row->works_holidays), db_text(row->legal_basis),
			db_text(row->verified_by), db_int(row->valid_from), db_int(row->valid_to),
			db_int(tx->now_ms)),
		NULL);
}

struct db_stmt CALENDAR_ADD_PATTERN_DAY = {"calendar_add_pattern_day",
	"INSERT INTO calendar_pattern_day (government_id, pattern_id, regime, cycle_day, starts, "
	"ends, break_starts, break_ends, asked_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
	"$9)",
	0};

static enum err add_pattern_day(struct tx *tx, int64_t pattern, const struct pattern_day_row *row)
{
	const struct shift *s = &row->shift;
	return db_exec(tx, &CALENDAR_ADD_PATTERN_DAY,
		BIND(db_int(tx->government.v), db_int(pattern), db_int(row->regime),
			db_int(row->cycle_day), db_int(s->starts), db_int(s->ends),
			db_int(s->break_starts), db_int(s->break_ends), db_int(s->asked_minutes)),
		NULL);
}

static void add_pattern_leaf(struct tx *tx, int64_t id, const struct pattern_row *row,
	const struct pattern_day_row *day, int days)
{
	struct buf b = calendar_canonical(tx, "pattern");
	calendar_canonical_text(&b, row->code);
	calendar_canonical_text(&b, row->name);
	calendar_canonical_text(&b, row->legal_basis);
	calendar_canonical_int(&b, row->cycle_days);
	calendar_canonical_int(&b, row->anchor_day);
	calendar_canonical_int(&b, row->works_holidays);
	calendar_canonical_int(&b, row->valid_from);
	calendar_canonical_int(&b, row->valid_to);
	for (int i = 0; i < days; i++) {
		const struct shift *s = &day[i].shift;
		buf_printf(&b, ",[%d,%d,%d,%d,%d,%d,%d]", (int)day[i].regime, day[i].cycle_day,
			s->starts, s->ends, s->break_starts, s->break_ends, s->asked_minutes);
	}
	calendar_add_leaf(tx, &b, id);
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

/* ---- assignments ---- */

/* What the person has on the first day, before this one. */
struct db_stmt CALENDAR_ADD_ASSIGNMENT = {"calendar_add_assignment",
	"INSERT INTO calendar_assignment (government_id, assignment_id, employee_id, unit_id, "
	"pattern_id, cycle_offset, valid_from, valid_to, recorded_at, was_pattern_id, was_offset) "
	"SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), "
	"CAST($5 AS BIGINT), CAST($6 AS INTEGER), CAST($7 AS INTEGER), CAST($8 AS INTEGER), "
	"CAST($9 AS BIGINT), coalesce(max(pattern_id), 0), coalesce(max(cycle_offset), 0) "
	"FROM calendar_assignment WHERE government_id = $1 AND $3 > 0 AND assignment_id = "
	"(SELECT max(x.assignment_id + 0) FROM calendar_assignment x WHERE x.government_id = $1 "
	"AND x.employee_id = $3 AND x.valid_from <= $7 AND x.valid_to >= $7)",
	0};

static enum err add_assignment(struct tx *tx, int64_t id, const struct assignment_row *row)
{
	return db_exec(tx, &CALENDAR_ADD_ASSIGNMENT,
		BIND(db_int(tx->government.v), db_int(id), db_int(row->employee.v),
			db_int(row->unit.v), db_int(row->pattern.v), db_int(row->cycle_offset),
			db_int(row->valid_from), db_int(row->valid_to), db_int(tx->now_ms)),
		NULL);
}

static void add_assignment_leaf(struct tx *tx, int64_t id, const struct assignment_row *row)
{
	struct buf b = calendar_canonical(tx, "assignment");
	calendar_canonical_int(&b, row->employee.v);
	calendar_canonical_int(&b, row->unit.v);
	calendar_canonical_int(&b, row->pattern.v);
	calendar_canonical_int(&b, row->cycle_offset);
	calendar_canonical_int(&b, row->valid_from);
	calendar_canonical_int(&b, row->valid_to);
	calendar_add_leaf(tx, &b, id);
}

enum err calendar_assign_row(struct tx *tx, const struct assignment_row *row, int64_t *ret_id)
{
	*ret_id = id_next();
	enum err e = add_assignment(tx, *ret_id, row);
	if (e)
		return e;
	add_assignment_leaf(tx, *ret_id, row);
	if (row->employee.v) {
		changes_add(tx->changes, CHANGE_PERSON, row->employee.v, row->valid_from - 1);
		return OK;
	}
	calendar_mark(tx, row->unit, row->valid_from, row->valid_to);
	return org_touch_generation(tx);
}

enum err calendar_assign(struct tx *tx, struct employee_id employee, struct unit_id unit,
	struct pattern_id pattern, int cycle_offset, int32_t from, int32_t to)
{
	const struct assignment_row row = {.employee = employee,
		.unit = unit,
		.pattern = pattern,
		.cycle_offset = cycle_offset,
		.valid_from = from,
		.valid_to = to};
	int64_t id;
	return calendar_assign_row(tx, &row, &id);
}

struct db_stmt CALENDAR_LOAD_ASSIGNMENT = {"calendar_load_assignment",
	"SELECT assignment_id, employee_id, unit_id, pattern_id, cycle_offset, valid_from, "
	"valid_to "
	"FROM calendar_assignment WHERE government_id = $1 AND assignment_id = $2 "
	"AND pattern_id <> 0",
	0};

enum err calendar_load_assignment(struct tx *tx, int64_t id, struct assignment_row *ret)
{
	*ret = (struct assignment_row){.name = ""};
	return db_load(tx, &CALENDAR_LOAD_ASSIGNMENT, BIND(db_int(tx->government.v), db_int(id)),
		INTO(to_int64(&ret->id), to_int64(&ret->employee.v), to_int64(&ret->unit.v),
			to_int64(&ret->pattern.v), to_int32(&ret->cycle_offset),
			to_int32(&ret->valid_from), to_int32(&ret->valid_to)));
}

struct db_stmt CALENDAR_LIST_PEOPLE_ASSIGNMENTS = {"calendar_list_people_assignments",
	"SELECT a.assignment_id, a.employee_id, p.unit_id, a.pattern_id, a.cycle_offset, "
	"a.valid_from, a.valid_to, e.name, e.title_before, e.title_after "
	"FROM calendar_assignment a JOIN org_employee e ON e.government_id = a.government_id "
	"AND e.employee_id = a.employee_id JOIN org_placement p ON p.government_id = "
	"a.government_id AND p.employee_id = a.employee_id AND p.valid_from <= $2 AND p.valid_to "
	">= $2 JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id "
	"WHERE a.government_id = $1 AND a.employee_id > 0 AND a.pattern_id <> 0 "
	"AND a.valid_to >= $2 AND a.valid_to >= a.valid_from AND a.assignment_id > $3 "
	"AND substr(u.path, 1, CAST($5 AS INTEGER)) = $4 ORDER BY a.assignment_id LIMIT $6",
	0};

enum err calendar_list_people_assignments(struct tx *tx, const char *path, int32_t day,
	int64_t after, struct assignment_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct assignment_row a;
	struct employee_row who = {0};
	int n = 0;
	db_query(tx, &CALENDAR_LIST_PEOPLE_ASSIGNMENTS,
		BIND(db_int(tx->government.v), db_int(day), db_int(after), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows,
			INTO(to_int64(&a.id), to_int64(&a.employee.v), to_int64(&a.unit.v),
				to_int64(&a.pattern.v), to_int32(&a.cycle_offset),
				to_int32(&a.valid_from), to_int32(&a.valid_to), to_text(&who.name),
				to_text(&who.title_before), to_text(&who.title_after)))) {
		a.name = org_full_name(tx->arena, &who);
		ret[n++] = a;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* ---- ends ---- */

#define END_OF(table, id)                                                                          \
	"UPDATE " table " SET first_to = valid_to, valid_to = $3, ended_at = $4 "                  \
	"WHERE government_id = $1 AND " id " = $2 AND valid_to > $3"
struct db_stmt CALENDAR_END_PATTERN = {
	"calendar_end_pattern", END_OF("calendar_pattern", "pattern_id"), 0};
struct db_stmt CALENDAR_END_ASSIGNMENT = {
	"calendar_end_assignment", END_OF("calendar_assignment", "assignment_id"), 0};
struct db_stmt CALENDAR_END_BREAK = {"calendar_end_break", END_OF("calendar_break", "break_id"), 0};
struct db_stmt CALENDAR_END_BAND = {"calendar_end_band", END_OF("calendar_band", "band_id"), 0};
struct db_stmt CALENDAR_END_TURN_KIND = {
	"calendar_end_turn_kind", END_OF("calendar_turn_kind", "kind_no"), 0};

enum err calendar_end_row(
	struct tx *tx, enum dated_table table, int64_t id, int32_t last_day, int64_t *ret_rows)
{
	static struct db_stmt *const stmt[] = {[TABLE_PATTERN] = &CALENDAR_END_PATTERN,
		[TABLE_ASSIGNMENT] = &CALENDAR_END_ASSIGNMENT,
		[TABLE_BREAK] = &CALENDAR_END_BREAK,
		[TABLE_BAND] = &CALENDAR_END_BAND,
		[TABLE_TURN_KIND] = &CALENDAR_END_TURN_KIND};
	static const char *const name[] = {[TABLE_PATTERN] = "pattern_end",
		[TABLE_ASSIGNMENT] = "assignment_end",
		[TABLE_BREAK] = "break_end",
		[TABLE_BAND] = "band_end",
		[TABLE_TURN_KIND] = "turn_kind_end"};
	enum err e = db_exec(tx, stmt[table],
		BIND(db_int(tx->government.v), db_int(id), db_int(last_day), db_int(tx->now_ms)),
		ret_rows);
	if (e || *ret_rows == 0)
		return e;
	struct buf b = calendar_canonical(tx, name[table]);
	calendar_canonical_int(&b, id);
	calendar_canonical_int(&b, last_day);
	calendar_add_leaf(tx, &b, id);
	return org_touch_generation(tx);
}

/* The row that says "none of his own from here on" keeps what he had, for days already begun. */
enum err calendar_end_assignment(struct tx *tx, const struct assignment_row *row, int32_t last_day)
{
	int64_t rows = 0;
	int32_t next = last_day < row->valid_from ? row->valid_from : last_day + 1;
	enum err e = OK;
	if (row->employee.v)
		e = add_assignment(tx, id_next(),
			&(struct assignment_row){.employee = row->employee,
				.valid_from = next,
				.valid_to = row->valid_to});
	if (e || (e = calendar_end_row(tx, TABLE_ASSIGNMENT, row->id, next - 1, &rows)))
		return e;
	if (row->employee.v)
		changes_add(tx->changes, CHANGE_PERSON, row->employee.v, next - 1);
	else
		calendar_mark(tx, row->unit, next, row->valid_to);
	return OK;
}

/* ---- holidays ---- */

static void add_holiday_leaf(struct tx *tx, const char *what, const struct holiday *row)
{
	struct buf b = calendar_canonical(tx, what);
	calendar_canonical_int(&b, row->unit.v);
	calendar_canonical_int(&b, row->day);
	calendar_canonical_int(&b, row->kind);
	calendar_canonical_text(&b, row->name);
	calendar_canonical_text(&b, row->source);
	calendar_canonical_int(&b, row->issued);
	calendar_canonical_text(&b, row->issuer);
	calendar_canonical_int(&b, row->recorded_by.v);
	if (row->withdrawn_by.v) {
		calendar_canonical_int(&b, row->withdrawn_by.v);
		calendar_canonical_text(&b, row->withdrawn_why);
	}
	calendar_add_leaf(tx, &b, row->id);
}

static enum err say_holiday(struct tx *tx, const char *what, const struct holiday *row)
{
	add_holiday_leaf(tx, what, row);
	calendar_mark(tx, row->unit, row->day, row->day);
	return org_touch_generation(tx);
}

struct db_stmt CALENDAR_ADD_HOLIDAY = {"calendar_add_holiday",
	"INSERT INTO calendar_holiday (government_id, holiday_id, unit_id, day, kind, name, "
	"source, issued, issuer, recorded_by, recorded_at, ended_at, withdrawn_by, withdrawn_why) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, '')",
	0};

enum err calendar_add_holiday(struct tx *tx, const struct holiday *row, int64_t *ret_id)
{
	struct holiday added = *row;
	*ret_id = added.id = id_next();
	enum err e = db_exec(tx, &CALENDAR_ADD_HOLIDAY,
		BIND(db_int(tx->government.v), db_int(added.id), db_int(row->unit.v),
			db_int(row->day), db_int(row->kind), db_text(row->name),
			db_text(row->source), db_int(row->issued), db_text(row->issuer),
			db_int(row->recorded_by.v), db_int(tx->now_ms)),
		NULL);
	return e ? e : say_holiday(tx, "holiday", &added);
}

struct db_stmt CALENDAR_WITHDRAW_HOLIDAY = {"calendar_withdraw_holiday",
	"UPDATE calendar_holiday SET ended_at = $3, withdrawn_by = $4, withdrawn_why = $5 "
	"WHERE government_id = $1 AND holiday_id = $2 AND ended_at = 0",
	0};

enum err calendar_withdraw_holiday(
	struct tx *tx, const struct holiday *row, struct employee_id by, const char *why)
{
	struct holiday gone = *row;
	enum err e = db_exec(tx, &CALENDAR_WITHDRAW_HOLIDAY,
		BIND(db_int(tx->government.v), db_int(row->id), db_int(tx->now_ms), db_int(by.v),
			db_text(why)),
		NULL);
	gone.withdrawn_by = by;
	gone.withdrawn_why = why;
	return e ? e : say_holiday(tx, "holiday_withdrawn", &gone);
}

/* Since when a day is a holiday stays as it is when its name or decree is mended. */
struct db_stmt CALENDAR_MEND_HOLIDAY = {"calendar_mend_holiday",
	"UPDATE calendar_holiday SET kind = $3, name = $4, source = $5 WHERE government_id = $1 "
	"AND day = $2 AND unit_id = 0 AND ended_at = 0",
	0};

enum err calendar_set_holiday(
	struct tx *tx, int32_t day, enum holiday_kind kind, const char *name, const char *source)
{
	const struct holiday row = {
		.id = day, .day = day, .kind = kind, .name = name, .source = source, .issuer = ""};
	int64_t mended = 0, id;
	enum err e = db_exec(tx, &CALENDAR_MEND_HOLIDAY,
		BIND(db_int(tx->government.v), db_int(day), db_int(kind), db_text(name),
			db_text(source)),
		&mended);
	if (e)
		return e;
	return mended ? say_holiday(tx, "holiday", &row) : calendar_add_holiday(tx, &row, &id);
}

/* ---- Ramadan ---- */

struct db_stmt CALENDAR_LOAD_REGIME_BOUNDS = {"calendar_load_regime_bounds",
	"SELECT coalesce(min(valid_from), CAST($3 AS INTEGER)), coalesce(max(valid_to), CAST($4 AS "
	"INTEGER)) "
	"FROM calendar_regime_span "
	"WHERE government_id = $1 AND regime = $2 AND valid_from <= $4 AND valid_to >= $3 "
	"AND valid_to >= valid_from",
	0};

/* The stretch of days that a new statement about [from, to] changes: these and those it replaces.
 */
static enum err load_regime_bounds(struct tx *tx, enum regime regime, int32_t from, int32_t to,
	int32_t *ret_from, int32_t *ret_to)
{
	enum err e = db_load(tx, &CALENDAR_LOAD_REGIME_BOUNDS,
		BIND(db_int(tx->government.v), db_int(regime), db_int(from), db_int(to)),
		INTO(to_int32(ret_from), to_int32(ret_to)));
	if (from < *ret_from)
		*ret_from = from;
	if (to > *ret_to)
		*ret_to = to;
	return e;
}

struct db_stmt CALENDAR_END_REGIMES = {"calendar_end_regimes",
	"UPDATE calendar_regime_span SET first_to = valid_to, valid_to = valid_from - 1, "
	"ended_at = $5 "
	"WHERE government_id = $1 AND regime = $2 AND valid_from <= $4 AND valid_to >= $3 "
	"AND valid_to >= valid_from",
	0};

static enum err end_regimes(struct tx *tx, enum regime regime, int32_t from, int32_t to)
{
	return db_exec(tx, &CALENDAR_END_REGIMES,
		BIND(db_int(tx->government.v), db_int(regime), db_int(from), db_int(to),
			db_int(tx->now_ms)),
		NULL);
}

struct db_stmt CALENDAR_ADD_REGIME = {"calendar_add_regime",
	"INSERT INTO calendar_regime_span (government_id, span_id, regime, valid_from, valid_to, "
	"source, recorded_at, ended_at, first_to) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0)",
	0};

static enum err add_regime(
	struct tx *tx, enum regime regime, int32_t from, int32_t to, const char *source)
{
	return db_exec(tx, &CALENDAR_ADD_REGIME,
		BIND(db_int(tx->government.v), db_int(id_next()), db_int(regime), db_int(from),
			db_int(to), db_text(source), db_int(tx->now_ms)),
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
	struct buf b = calendar_canonical(tx, "regime");
	calendar_canonical_int(&b, regime);
	calendar_canonical_int(&b, from);
	calendar_canonical_int(&b, to);
	calendar_canonical_text(&b, source);
	calendar_add_leaf(tx, &b, from);
	changes_add(tx->changes, CHANGE_RANGE, first, last);
	return org_touch_generation(tx);
}

/* ---- breaks and bands ---- */

struct db_stmt CALENDAR_ADD_BREAK = {"calendar_add_break",
	"INSERT INTO calendar_break (government_id, break_id, unit_id, pattern_id, name, source, "
	"valid_from, valid_to, recorded_at, recorded_by, ended_at, first_to) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)",
	0};

enum err calendar_add_break(struct tx *tx, const struct break_row *row, int64_t *ret)
{
	*ret = id_next();
	enum err e = db_exec(tx, &CALENDAR_ADD_BREAK,
		BIND(db_int(tx->government.v), db_int(*ret), db_int(row->unit.v),
			db_int(row->pattern.v), db_text(row->name), db_text(row->source),
			db_int(row->valid_from), db_int(row->valid_to), db_int(tx->now_ms),
			db_int(row->by.v)),
		NULL);
	if (e)
		return e;
	struct buf b = calendar_canonical(tx, "break");
	calendar_canonical_int(&b, row->unit.v);
	calendar_canonical_int(&b, row->pattern.v);
	calendar_canonical_text(&b, row->name);
	calendar_canonical_text(&b, row->source);
	calendar_canonical_int(&b, row->valid_from);
	calendar_canonical_int(&b, row->valid_to);
	calendar_canonical_int(&b, row->by.v);
	calendar_add_leaf(tx, &b, *ret);
	calendar_mark(tx, row->unit, row->valid_from, row->valid_to);
	return org_touch_generation(tx);
}

struct db_stmt CALENDAR_ADD_BAND = {"calendar_add_band",
	"INSERT INTO calendar_band (government_id, band_id, unit_id, pattern_id, before_minutes, "
	"after_minutes, legal_basis, verified_by, valid_from, valid_to, recorded_at, recorded_by, "
	"ended_at, first_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0)",
	0};

enum err calendar_add_band(struct tx *tx, const struct band_row *row, int64_t *ret)
{
	*ret = id_next();
	enum err e = db_exec(tx, &CALENDAR_ADD_BAND,
		BIND(db_int(tx->government.v), db_int(*ret), db_int(row->unit.v),
			db_int(row->pattern.v), db_int(row->before_minutes),
			db_int(row->after_minutes), db_text(row->legal_basis),
			db_text(row->verified_by), db_int(row->valid_from), db_int(row->valid_to),
			db_int(tx->now_ms), db_int(row->by.v)),
		NULL);
	if (e)
		return e;
	struct buf b = calendar_canonical(tx, "band");
	calendar_canonical_int(&b, row->unit.v);
	calendar_canonical_int(&b, row->pattern.v);
	calendar_canonical_int(&b, row->before_minutes);
	calendar_canonical_int(&b, row->after_minutes);
	calendar_canonical_text(&b, row->legal_basis);
	calendar_canonical_int(&b, row->valid_from);
	calendar_canonical_int(&b, row->valid_to);
	calendar_canonical_int(&b, row->by.v);
	calendar_add_leaf(tx, &b, *ret);
	calendar_mark(tx, row->unit, row->valid_from, row->valid_to);
	return org_touch_generation(tx);
}

/* ---- the default ---- */

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
