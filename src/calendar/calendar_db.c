/*
 * The calendar of a government as it is loaded: patterns, assignments, regimes, holidays, breaks,
 * bands, kinds of turns and assemblies, small enough to lie in memory as a whole.
 *
 * What has ended is loaded too: days of the past are judged by it, and a day that was changed tells
 * what held before. A person's own pattern and turns are not here; they come with his facts.
 */
#include "calendar/calendar_int.h"

#include "platform/platform_db.h"

#include <assert.h>
#include <stdlib.h>
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

#define DATED "valid_from, valid_to, first_to, recorded_at, ended_at"
#define TO_DATED(d)                                                                                \
	to_int32(&(d).valid_from), to_int32(&(d).valid_to), to_int32(&(d).first_to),               \
		to_int64(&(d).recorded_at), to_int64(&(d).ended_at)

struct db_stmt CALENDAR_LIST_PATTERNS = {"calendar_list_patterns",
	"SELECT pattern_id, code, name, legal_basis, verified_by, cycle_days, anchor_day, "
	"works_holidays, " DATED
	" FROM calendar_pattern WHERE government_id = $1 ORDER BY pattern_id",
	0};

static enum err list_patterns(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct pattern p = {0};
	db_query(tx, &CALENDAR_LIST_PATTERNS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&p.id.v), to_text(&p.code), to_text(&p.name), to_text(&p.legal_basis),
			to_text(&p.verified_by), to_int32(&p.cycle_days), to_int32(&p.anchor_day),
			to_bool(&p.works_holidays), TO_DATED(p.held)))) {
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

struct db_stmt CALENDAR_LIST_PATTERN_DAYS = {"calendar_list_pattern_days",
	"SELECT pattern_id, regime, cycle_day, starts, ends, break_starts, break_ends, "
	"asked_minutes "
	"FROM calendar_pattern_day WHERE government_id = $1 ORDER BY pattern_id, regime, cycle_day",
	0};

/* The days of patterns come in the order of the patterns already listed. */
static enum err list_pattern_days(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	int64_t id;
	int32_t regime, cycle_day, starts, ends, break_starts, break_ends, asked;
	int i = 0;
	db_query(tx, &CALENDAR_LIST_PATTERN_DAYS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int64(&id), to_int32(&regime), to_int32(&cycle_day),
				      to_int32(&starts), to_int32(&ends), to_int32(&break_starts),
				      to_int32(&break_ends), to_int32(&asked)))) {
		while (i < c->patterns && c->pattern[i].id.v < id)
			i++;
		assert(i < c->patterns && c->pattern[i].id.v == id);
		struct pattern *p = &c->pattern[i];
		assert(regime >= 0 && regime < REGIME_COUNT && cycle_day >= 0 &&
			cycle_day < p->cycle_days);
		if (!p->shift[regime])
			p->shift[regime] = new_cycle(tx->arena, p->cycle_days);
		p->shift[regime][cycle_day] = (struct shift){
			starts, ends, break_starts, break_ends, .asked_minutes = asked};
	}
	return db_end(&rows);
}

struct db_stmt CALENDAR_LIST_UNIT_ASSIGNMENTS = {"calendar_list_unit_assignments",
	"SELECT assignment_id, unit_id, pattern_id, cycle_offset, " DATED
	" FROM calendar_assignment WHERE government_id = $1 AND employee_id = 0 "
	"ORDER BY unit_id, valid_from DESC, assignment_id DESC",
	0};

static enum err list_unit_assignments(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct unit_assignment a = {0};
	db_query(tx, &CALENDAR_LIST_UNIT_ASSIGNMENTS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int64(&a.id), to_int64(&a.unit.v), to_int64(&a.pattern.v),
				      to_int32(&a.cycle_offset), TO_DATED(a.held)))) {
		GROW(tx->arena, c->assignment, c->assignments);
		c->assignment[c->assignments++] = a;
	}
	return db_end(&rows);
}

struct db_stmt CALENDAR_LIST_REGIMES = {"calendar_list_regimes",
	"SELECT span_id, regime, source, " DATED
	" FROM calendar_regime_span WHERE government_id = $1 ORDER BY valid_from, regime, span_id",
	0};

static enum err list_regimes(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct regime_span s = {0};
	db_query(tx, &CALENDAR_LIST_REGIMES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&s.id), to_int32(&s.regime), to_text(&s.source), TO_DATED(s.held)))) {
		GROW(tx->arena, c->span, c->spans);
		c->span[c->spans++] = s;
	}
	return db_end(&rows);
}

struct db_stmt CALENDAR_LIST_HOLIDAYS = {"calendar_list_holidays",
	"SELECT holiday_id, unit_id, day, kind, name, source, issued, issuer, recorded_by, "
	"recorded_at, ended_at, withdrawn_by, withdrawn_why FROM calendar_holiday "
	"WHERE government_id = $1 ORDER BY day, holiday_id",
	0};

static enum err list_holidays(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct holiday h = {0};
	int64_t recorded_at, ended_at;
	db_query(tx, &CALENDAR_LIST_HOLIDAYS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(
		&rows, INTO(to_int64(&h.id), to_int64(&h.unit.v), to_int32(&h.day),
			       to_int32(&h.kind), to_text(&h.name), to_text(&h.source),
			       to_int32(&h.issued), to_text(&h.issuer), to_int64(&h.recorded_by.v),
			       to_int64(&recorded_at), to_int64(&ended_at),
			       to_int64(&h.withdrawn_by.v), to_text(&h.withdrawn_why)))) {
		h.held = (struct dated){h.day, ended_at ? h.day - 1 : h.day, ended_at ? h.day : 0,
			recorded_at, ended_at};
		GROW(tx->arena, c->holiday, c->holidays);
		c->holiday[c->holidays++] = h;
	}
	return db_end(&rows);
}

struct db_stmt CALENDAR_LIST_BREAKS = {"calendar_list_breaks",
	"SELECT break_id, unit_id, pattern_id, name, source, " DATED
	" FROM calendar_break WHERE government_id = $1 ORDER BY break_id DESC",
	0};

static enum err list_breaks(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct school_break b = {0};
	db_query(tx, &CALENDAR_LIST_BREAKS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int64(&b.id), to_int64(&b.unit.v), to_int64(&b.pattern.v),
				      to_text(&b.name), to_text(&b.source), TO_DATED(b.held)))) {
		GROW(tx->arena, c->school_break, c->school_breaks);
		c->school_break[c->school_breaks++] = b;
	}
	return db_end(&rows);
}

struct db_stmt CALENDAR_LIST_BANDS = {"calendar_list_bands",
	"SELECT band_id, unit_id, pattern_id, before_minutes, after_minutes, legal_basis, "
	"verified_by, " DATED " FROM calendar_band WHERE government_id = $1 ORDER BY band_id DESC",
	0};

static enum err list_bands(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct band b = {0};
	db_query(tx, &CALENDAR_LIST_BANDS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&b.id), to_int64(&b.unit.v), to_int64(&b.pattern.v),
			to_int32(&b.before_minutes), to_int32(&b.after_minutes),
			to_text(&b.legal_basis), to_text(&b.verified_by), TO_DATED(b.held)))) {
		GROW(tx->arena, c->band, c->bands);
		c->band[c->bands++] = b;
	}
	return db_end(&rows);
}

struct db_stmt CALENDAR_LIST_TURN_KINDS = {"calendar_list_turn_kinds",
	"SELECT kind_no, unit_id, code, name, starts, ends, break_starts, break_ends, "
	"legal_basis, verified_by, " DATED
	" FROM calendar_turn_kind WHERE government_id = $1 ORDER BY kind_no",
	0};

static enum err list_turn_kinds(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct turn_kind k = {0};
	db_query(tx, &CALENDAR_LIST_TURN_KINDS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int32(&k.no), to_int64(&k.unit.v), to_text(&k.code), to_text(&k.name),
			to_int32(&k.shift.starts), to_int32(&k.shift.ends),
			to_int32(&k.shift.break_starts), to_int32(&k.shift.break_ends),
			to_text(&k.legal_basis), to_text(&k.verified_by), TO_DATED(k.held)))) {
		assert(k.no >= 1 && k.no <= TURN_KINDS_MAX);
		c->kind[k.no] = k;
	}
	return db_end(&rows);
}

struct db_stmt CALENDAR_LIST_EVENTS = {"calendar_list_events",
	"SELECT event_id, name, place, letter, site_unit_id, day, opens, starts, closes, excuses, "
	"recorded_at, cancelled_at, reason FROM calendar_event WHERE government_id = $1 "
	"ORDER BY day, event_id",
	0};

static enum err list_events(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	struct calendar_event v = {0};
	db_query(tx, &CALENDAR_LIST_EVENTS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&v.id), to_text(&v.name), to_text(&v.place), to_text(&v.letter),
			to_int64(&v.site_unit.v), to_int32(&v.day), to_int32(&v.opens),
			to_int32(&v.starts), to_int32(&v.closes), to_int32(&v.excuses),
			to_int64(&v.recorded_at), to_int64(&v.cancelled_at), to_text(&v.reason)))) {
		GROW(tx->arena, c->event, c->events);
		c->event[c->events++] = v;
	}
	return db_end(&rows);
}

static struct calendar_event *event_of(struct calendar *c, int64_t id)
{
	for (int i = 0; i < c->events; i++)
		if (c->event[i].id == id)
			return &c->event[i];
	return NULL;
}

struct db_stmt CALENDAR_LIST_EVENT_UNITS = {"calendar_list_event_units",
	"SELECT event_id, unit_id FROM calendar_event_unit WHERE government_id = $1 "
	"ORDER BY event_id, unit_id",
	0};

static enum err list_event_units(struct tx *tx, struct calendar *c)
{
	struct db_rows rows;
	int64_t id;
	struct unit_id unit;
	struct calendar_event *event = NULL;
	db_query(tx, &CALENDAR_LIST_EVENT_UNITS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int64(&id), to_int64(&unit.v)))) {
		if (!event || event->id != id)
			event = event_of(c, id);
		assert(event);
		GROW(tx->arena, event->unit, event->units);
		event->unit[event->units++] = unit;
	}
	return db_end(&rows);
}

/* ---- when tables changed ---- */

static void note_change(struct arena *a, struct calendar *c, int64_t at, int32_t from, int32_t to,
	struct unit_id unit)
{
	if (!at || to < from)
		return;
	GROW(a, c->change, c->changes);
	c->change[c->changes++] = (struct table_change){at, from, to, unit};
}

/* A row changed its days when it was recorded, and those it lost when its end was said. */
static void note_dated(
	struct arena *a, struct calendar *c, const struct dated *d, struct unit_id unit)
{
	int32_t last = d->ended_at ? d->first_to : d->valid_to;

	note_change(a, c, d->recorded_at, d->valid_from, last, unit);
	if (d->ended_at)
		note_change(a, c, d->ended_at, d->valid_to + 1, d->first_to, unit);
}

static int latest_first(const void *a, const void *b)
{
	const struct table_change *x = a, *y = b;

	return (x->at < y->at) - (x->at > y->at);
}

static void note_changes(struct arena *a, struct calendar *c)
{
	const struct unit_id everyone = {0};

	for (int i = 0; i < c->patterns; i++)
		if (c->pattern[i].held.ended_at)
			note_change(a, c, c->pattern[i].held.ended_at,
				c->pattern[i].held.valid_to + 1, c->pattern[i].held.first_to,
				everyone);
	for (int i = 0; i < c->assignments; i++)
		note_dated(a, c, &c->assignment[i].held, c->assignment[i].unit);
	for (int i = 0; i < c->spans; i++)
		note_dated(a, c, &c->span[i].held, everyone);
	for (int i = 0; i < c->holidays; i++)
		note_dated(a, c, &c->holiday[i].held, c->holiday[i].unit);
	for (int i = 0; i < c->school_breaks; i++)
		note_dated(a, c, &c->school_break[i].held, c->school_break[i].unit);
	for (int i = 0; i < c->bands; i++)
		note_dated(a, c, &c->band[i].held, c->band[i].unit);
	if (c->changes)
		qsort(c->change, (size_t)c->changes, sizeof(*c->change), latest_first);
}

enum err calendar_load(struct tx *tx, struct arena *arena, const struct calendar **ret)
{
	struct tx into = *tx; /* texts read point into the arena the calendar lives in */
	struct calendar *c = ARENA_NEW(arena, struct calendar);
	enum err e;
	into.arena = arena;
	if ((e = list_patterns(&into, c)) || (e = list_pattern_days(&into, c)) ||
		(e = list_unit_assignments(&into, c)) || (e = list_regimes(&into, c)) ||
		(e = list_holidays(&into, c)) || (e = list_breaks(&into, c)) ||
		(e = list_bands(&into, c)) || (e = list_turn_kinds(&into, c)) ||
		(e = list_events(&into, c)) || (e = list_event_units(&into, c)))
		return e;
	note_changes(arena, c);
	*ret = c;
	return OK;
}
