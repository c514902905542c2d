/*
 * The recap over HTTP: a unit's month with its people, one person's days, one's own.
 *
 * Every number opens to its days: the cells come with the person, and a day opens to its punches
 * and rules by attendance/days. A closed month shows what was sealed and says how many days changed
 * since. A head sees the NIP masked on the screen; the paper he signs has it.
 */
#include "reports/reports_recap_routes.h"

#include "base/str.h"
#include "org/org_case.h"
#include "org/org_document.h"
#include "platform/auth.h"

#define PAGE_MAX  200
#define LINES_MAX 31 /* units of one person in a month */

/* ---- shared shapes ---- */

static const struct field figures_fields[] = {
#define X(name, column, head)                                                                      \
	{#column, FIELD_INT, FROM_BODY, 0,                                                         \
		offsetof(struct recap_line, n) + sizeof(int32_t) * (size_t)name, 0, 0, INT32_MAX,  \
		NULL, NULL, head},
#include "reports/reports_recap.def"
#undef X
	F_END,
};
const struct shape recap_figures_shape = SHAPE("RecapFigures", struct recap_line, figures_fields);

#define MINUTES_OF(m, doc) F_INT(struct cell_view, m, 0, 4320, 0, doc)
static const struct field cell_fields[] = {
	F_DAY(struct cell_view, day, 0, "The day."),
	F_ENUM(struct cell_view, figure, figure_names, 0, "What it counts as."),
	MINUTES_OF(late_minutes, "Late by both clocks, less what was relieved or made up."),
	MINUTES_OF(early_minutes, "Left early."),
	MINUTES_OF(worked_minutes, "Worked."),
	MINUTES_OF(made_up_minutes, "Of the lateness, made up the same day."),
	MINUTES_OF(relieved_minutes, "Of the lateness, taken away by an incident."),
	F_INT(struct cell_view, late_class, 0, 4, 0, "TL1 to TL4; 0 none."),
	F_INT(struct cell_view, early_class, 0, 4, 0, "PSW1 to PSW4; 0 none."),
	F_BOOL(struct cell_view, no_out, 0, "No way out was recorded."),
	F_ENUM(struct cell_view, report, recap_report_names, 0, "The daily report."),
	F_ENUM(struct cell_view, counts_as, recap_letter_names, 0,
		"As what an absence counts, by the dated row of its kind: S, I, C or TB."),
	F_END,
};
const struct shape recap_cell_shape = SHAPE("RecapDay", struct cell_view, cell_fields);

static const struct field part_fields[] = {
	F_ID(struct part_view, id, 0, "Subject of the papers issued of it."),
	F_INT(struct part_view, part, 0, RECAP_PARTS_MAX, 0, "0 the closing, then supplements."),
	F_TEXT(struct part_view, sealer, 0, 300, 0, "Who sealed it."),
	F_ENUM(struct part_view, acting, acting_names, 0, "How he holds the office."),
	F_TEXT(struct part_view, letter, 0, 120, 0, "Letter of his office."),
	F_INSTANT(struct part_view, sealed_at, 0, "When."),
	F_INT(struct part_view, people, 0, RECAP_PEOPLE_MAX, 0, "Lines in it."),
	F_TEXT(struct part_view, sha256, 64, 64, 0, "Of its content, hexadecimal."),
	F_TEXT(struct part_view, reason, 0, 500, 0, "Of a supplement."),
	F_END,
};
const struct shape recap_part_shape = SHAPE("RecapPart", struct part_view, part_fields);

struct cell_view recap_show_cell(const struct recap_cell *c)
{
	return (struct cell_view){c->day, (int32_t)c->figure, c->late_minutes, c->early_minutes,
		c->worked_minutes, c->made_up_minutes, c->relieved_minutes, c->late_class,
		c->early_class, (int32_t)c->report, (int32_t)c->letter, c->no_out};
}

struct cell_view *recap_show_cells(struct arena *arena, const struct recap_cell *cell, int cells)
{
	struct cell_view *view = ARENA_ARRAY(arena, (size_t)cells, struct cell_view);

	for (int i = 0; i < cells; i++)
		view[i] = recap_show_cell(&cell[i]);
	return view;
}

static const struct field limit_fields[] = {
	F_INT(struct limit_view, times, 1, 31, 0, "So many late arrivals a month are borne."),
	F_TEXT(struct limit_view, legal_basis, 1, 300, 0, "Rule it comes from."),
	F_BOOL(struct limit_view, verified, 0, "Read by somebody; else an example, not law."),
	F_END,
};
const struct shape recap_limit_shape = SHAPE("RecapLateLimit", struct limit_view, limit_fields);

struct limit_view *recap_show_limit(struct arena *arena, const struct recap_band *limit)
{
	struct limit_view *view = limit ? ARENA_NEW(arena, struct limit_view) : NULL;

	if (limit)
		*view = (struct limit_view){
			limit->to[0], limit->legal_basis, limit->verified_by[0] != '\0'};
	return view;
}

enum err recap_load_limit(struct req *rq, int32_t month, const struct recap_band **ret)
{
	struct recap_bands bands;
	enum err e = recap_list_bands(rq->tx, &bands);

	*ret = e ? NULL : recap_find_limit(&bands, month);
	return e;
}

struct part_view recap_show_part(struct arena *arena, const struct recap_part *p)
{
	char hex[65];

	hex_encode(p->sha256.b, sizeof p->sha256.b, hex);
	return (struct part_view){p->recap_id, p->part, p->sealer, p->acting, p->letter,
		p->sealed_at, p->people, arena_strdup(arena, hex), p->reason};
}

/* ---- a month ---- */

int32_t recap_month_asked(const struct req *rq, int32_t month)
{
	int32_t first, last;

	day_month_bounds(month == DAY_NONE ? req_today(rq) : month, &first, &last);
	return first;
}

enum err recap_find_unit(struct req *rq, struct object *ret_object)
{
	const struct recap_input *in = rq->input;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	ret_object->unit = in->unit;
	return e || org_find_unit(tree, in->unit) ? e : E_NOT_FOUND;
}

enum err recap_load_month(struct req *rq, struct unit_id unit, int32_t month,
	struct recap_part *ret_part, int *ret_parts, struct recap_month *ret)
{
	enum err e = recap_list_parts(rq->tx, unit, month, ret_part, RECAP_PARTS_MAX, ret_parts);

	if (e)
		return e;
	return *ret_parts ? recap_load_sealed(rq->tx, unit, month, RECAP_PARTS_MAX, ret)
			  : recap_load_live(rq->tx, unit, month, ret);
}

enum err recap_load_blockers(struct req *rq, const struct recap_month *m, struct blockers *ret)
{
	*ret = (struct blockers){0};
	ret->n[BLOCKER_DAYS] = m->total.n[FIGURE_WAITS];
	ret->n[BLOCKER_OPEN] = m->total.n[FIGURE_OPEN];
	ret->n[BLOCKER_EMPTY] = m->people == 0;
	return recap_count_blockers(rq->tx, m->unit, m->first, m->last, ret);
}

/* ---- GET recap/units/{unit} ---- */

struct line_view {
	struct employee_id employee;
	const char *nip, *name, *position;
	struct recap_line figures;
	bool is_often_late;
};

static const struct field line_fields[] = {
	F_ID(struct line_view, employee, 0, "Whose line."),
	F_TEXT(struct line_view, nip, 0, 40, MASKED, "NIP."),
	F_TEXT(struct line_view, name, 0, 300, 0, "Name with titles."),
	F_TEXT(struct line_view, position, 0, 200, 0, "Position."),
	F_OBJECT(struct line_view, figures, &recap_figures_shape, 0, "Sum of his days here."),
	F_BOOL(struct line_view, is_often_late, 0,
		"More late arrivals than late_limit bears: named, nothing is cut by it."),
	F_END,
};
static const struct shape line_shape = SHAPE("RecapLine", struct line_view, line_fields);

struct blocker_view {
	int32_t kind, count;
};

static const struct field blocker_fields[] = {
	F_ENUM(struct blocker_view, kind, blocker_names, 0, "What stands in the way."),
	F_INT(struct blocker_view, count, 1, INT32_MAX, 0, "How many."),
	F_END,
};
static const struct shape blocker_shape = SHAPE(
	"RecapBlocker", struct blocker_view, blocker_fields);

struct unit_view {
	struct unit_id unit;
	const char *name, *agency_name;
	int32_t month, people, changed_days, often_late;
	struct limit_view *late_limit;
	bool is_closed, may_close;
	const char *closer; /* who closes, when it is not the reader */
	struct recap_line total;
	struct line_view *items;
	int count;
	struct employee_id next;
	struct part_view *parts;
	int part_count;
	struct blocker_view *blockers;
	int blocker_count;
};

static const struct field unit_fields[] = {
	F_ID(struct unit_view, unit, 0, "The unit, without those below it."),
	F_TEXT(struct unit_view, name, 0, 200, 0, "Its name."),
	F_TEXT(struct unit_view, agency_name, 0, 200, 0, "Its agency."),
	F_DAY(struct unit_view, month, 0, "First day of the month."),
	F_INT(struct unit_view, people, 0, RECAP_PEOPLE_MAX, 0, "Lines in all."),
	F_BOOL(struct unit_view, is_closed, 0, "Sealed: what follows is what was sealed."),
	F_BOOL(struct unit_view, may_close, 0,
		"The reader holds the office that closes and seals."),
	F_TEXT(struct unit_view, closer, 1, 300, OPTIONAL, "Who does, when it is somebody else."),
	F_INT(struct unit_view, changed_days, 0, INT32_MAX, 0,
		"Days that changed since the last part was sealed."),
	F_OBJECT(struct unit_view, late_limit, &recap_limit_shape, OPTIONAL,
		"How many late arrivals a month bears; absent: no rule holds."),
	F_INT(struct unit_view, often_late, 0, RECAP_PEOPLE_MAX, 0, "People above it."),
	F_OBJECT(struct unit_view, total, &recap_figures_shape, 0, "Sum of all lines."),
	F_LIST(struct unit_view, items, count, &line_shape, 0, PAGE_MAX, 0, "Lines by name."),
	F_ID(struct unit_view, next, OPTIONAL, "Cursor of the next page."),
	F_LIST(struct unit_view, parts, part_count, &recap_part_shape, 0, RECAP_PARTS_MAX, 0,
		"The closing and its supplements."),
	F_LIST(struct unit_view, blockers, blocker_count, &blocker_shape, 0, BLOCKER_COUNT, 0,
		"What stands in the way of closing; of an open month."),
	F_END,
};
static const struct shape unit_shape = SHAPE("RecapUnit", struct unit_view, unit_fields);

static const struct field unit_query_fields[] = {
	PATH_ID(struct recap_input, unit, "The unit."),
	Q_DAY(struct recap_input, month, OPTIONAL, "Any day of the month; this month when absent."),
	Q_ID(struct recap_input, cursor, OPTIONAL, "next of the page before."),
	Q_INT(struct recap_input, limit, 1, PAGE_MAX, OPTIONAL, "Lines; 100 when absent."),
	F_END,
};
static const struct shape unit_query_shape = SHAPE(
	"RecapUnitQuery", struct recap_input, unit_query_fields);

static bool may_read_nip(struct req *rq, struct unit_id unit)
{
	return auth_authorise(rq, P_NIP_READ, &(struct object){.unit = unit, .day = DAY_NONE}) ==
	       OK;
}

/* The page after the cursor, in the order of names. */
static void show_page(struct req *rq, const struct recap_month *m, const struct recap_band *rule,
	struct unit_view *out)
{
	const struct recap_input *in = rq->input;
	int limit = in->limit == INT_NONE ? 100 : in->limit, at = 0;
	bool is_full = may_read_nip(rq, m->unit);

	for (int i = 0; in->cursor.v && i < m->people; i++)
		if (m->person[i].employee.v == in->cursor.v)
			at = i + 1;
	out->items = ARENA_ARRAY(rq->tx->arena, (size_t)limit, struct line_view);
	for (; at < m->people && out->count < limit; at++) {
		const struct recap_person *p = &m->person[at];

		out->items[out->count++] = (struct line_view){p->employee,
			is_full ? p->nip : org_mask_nip(rq->tx->arena, p->nip), p->name,
			p->position, p->line, recap_is_often_late(rule, &p->line)};
	}
	if (at < m->people)
		out->next = out->items[out->count - 1].employee;
}

static enum err show_blockers(struct req *rq, const struct recap_month *m, struct unit_view *out)
{
	struct blockers b;
	enum err e = recap_load_blockers(rq, m, &b);

	out->blockers = ARENA_ARRAY(rq->tx->arena, BLOCKER_COUNT, struct blocker_view);
	for (int i = 0; i < BLOCKER_COUNT && !e; i++)
		if (b.n[i] > 0)
			out->blockers[out->blocker_count++] = (struct blocker_view){i, b.n[i]};
	return e;
}

static enum err show_changed(struct req *rq, const struct recap_part *part, int parts,
	const struct recap_month *m, struct unit_view *out)
{
	struct recap_changes changes;
	enum err e = recap_load_changes(rq, m->unit, m->first, &part[parts - 1], &changes);

	out->changed_days = e ? 0 : changes.changes;
	out->parts = ARENA_ARRAY(rq->tx->arena, (size_t)parts, struct part_view);
	for (out->part_count = 0; out->part_count < parts; out->part_count++)
		out->parts[out->part_count] = recap_show_part(
			rq->tx->arena, &part[out->part_count]);
	return e;
}

static enum err show_closer(struct req *rq, const struct org_tree *tree, struct unit_view *out)
{
	struct recap_head head[RECAP_HEADS_MAX];
	struct employee_row row;
	int heads, found;
	enum err e = recap_list_heads(rq->tx, tree, out->unit, req_today(rq), head, &heads);

	if (e)
		return e;
	out->may_close = recap_find_closer(head, heads, rq->actor.employee) >= 0;
	found = recap_find_signer(head, heads, 0);
	for (int i = 0; i < heads && found < 0; i++)
		if (head[i].acting != ACTING_DELEGATE)
			found = i;
	if (out->may_close || found < 0)
		return OK;
	e = org_load_employee(rq->tx, head[found].employee, req_today(rq), &row);
	if (!e)
		out->closer = org_full_name(rq->tx->arena, &row);
	return e == E_NOT_FOUND ? OK : e;
}

static enum err get_unit(struct req *rq)
{
	const struct recap_input *in = rq->input;
	struct recap_part *part = ARENA_ARRAY(rq->tx->arena, RECAP_PARTS_MAX, struct recap_part);
	struct unit_view out = {.unit = in->unit, .month = recap_month_asked(rq, in->month)};
	const struct org_tree *tree;
	const struct recap_band *limit;
	const struct org_unit *unit;
	struct recap_month m;
	int parts;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || !(unit = org_find_unit(tree, in->unit)))
		return e ? e : E_NOT_FOUND;
	if ((e = recap_load_month(rq, in->unit, out.month, part, &parts, &m)) ||
		(e = recap_name_people(rq->tx, &m)) || (e = show_closer(rq, tree, &out)))
		return e;
	e = parts ? show_changed(rq, part, parts, &m, &out) : show_blockers(rq, &m, &out);
	if (e || (e = recap_load_limit(rq, out.month, &limit)))
		return e;
	recap_sort_by_name(&m);
	show_page(rq, &m, limit, &out);
	out.late_limit = recap_show_limit(rq->tx->arena, limit);
	for (int i = 0; i < m.people; i++)
		out.often_late += recap_is_often_late(limit, &m.person[i].line);
	out.name = unit->name;
	out.agency_name = org_find_unit(tree, unit->agency)->name;
	out.is_closed = parts > 0;
	out.people = m.people;
	out.total = m.total;
	return reply(rq, 200, &out);
}

/* ---- a person's days ---- */

struct person_view {
	struct unit_id unit;
	const char *unit_name;
	struct employee_id employee;
	const char *name, *position;
	bool is_closed, is_often_late;
	struct limit_view *late_limit;
	struct recap_line figures;
	struct cell_view *days;
	int day_count;
};

static const struct field person_fields[] = {
	F_ID(struct person_view, unit, 0, "The unit these days belonged to."),
	F_TEXT(struct person_view, unit_name, 0, 200, 0, "Its name."),
	F_ID(struct person_view, employee, 0, "Whose days."),
	F_TEXT(struct person_view, name, 0, 300, 0, "Name with titles."),
	F_TEXT(struct person_view, position, 0, 200, 0, "Position."),
	F_BOOL(struct person_view, is_closed, 0, "As sealed."),
	F_BOOL(struct person_view, is_often_late, 0,
		"More late arrivals than late_limit bears: named, nothing is cut by it."),
	F_OBJECT(struct person_view, late_limit, &recap_limit_shape, OPTIONAL,
		"How many late arrivals a month bears; absent: no rule holds."),
	F_OBJECT(struct person_view, figures, &recap_figures_shape, 0, "Their sum."),
	F_LIST(struct person_view, days, day_count, &recap_cell_shape, 0, RECAP_DAYS_MAX, 0,
		"In order."),
	F_END,
};
static const struct shape person_shape = SHAPE("RecapPerson", struct person_view, person_fields);

static const struct field person_query_fields[] = {
	PATH_ID(struct recap_input, unit, "The unit."),
	PATH_ID(struct recap_input, employee, "The person."),
	Q_DAY(struct recap_input, month, OPTIONAL, "Any day of the month; this month when absent."),
	F_END,
};
static const struct shape person_query_shape = SHAPE(
	"RecapPersonQuery", struct recap_input, person_query_fields);

static struct person_view show_person(struct arena *arena, const struct org_tree *tree,
	const struct recap_month *m, const struct recap_band *limit, bool is_closed)
{
	const struct org_unit *unit = org_find_unit(tree, m->unit);
	const struct recap_person *p = m->person;

	return (struct person_view){.unit = m->unit,
		.unit_name = unit ? unit->name : "",
		.employee = p->employee,
		.name = p->name,
		.position = p->position,
		.is_closed = is_closed,
		.is_often_late = recap_is_often_late(limit, &p->line),
		.late_limit = recap_show_limit(arena, limit),
		.figures = p->line,
		.days = recap_show_cells(arena, p->cell, p->cells),
		.day_count = p->cells};
}

/* Only the one who is asked for is left, with his name. */
static enum err name_one(struct req *rq, struct recap_month *m)
{
	const struct recap_input *in = rq->input;
	struct recap_person *p = recap_find_person(m, in->employee);

	if (!p)
		return E_NOT_FOUND;
	m->person = p;
	m->people = 1;
	return recap_name_people(rq->tx, m);
}

static enum err get_person(struct req *rq)
{
	const struct recap_input *in = rq->input;
	struct recap_part *part = ARENA_ARRAY(rq->tx->arena, RECAP_PARTS_MAX, struct recap_part);
	struct person_view out;
	const struct recap_band *limit;
	const struct org_tree *tree;
	struct recap_month m;
	int parts;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	e = recap_load_month(rq, in->unit, recap_month_asked(rq, in->month), part, &parts, &m);
	if (e || (e = name_one(rq, &m)) || (e = recap_load_limit(rq, m.first, &limit)))
		return e;
	out = show_person(rq->tx->arena, tree, &m, limit, parts > 0);
	rq->object.employee = in->employee; /* whose data was seen, by right of the unit */
	return reply(rq, 200, &out);
}

/* ---- one's own ---- */

struct own_view {
	int32_t month;
	struct person_view *items;
	int count;
};

static const struct field own_fields[] = {
	F_DAY(struct own_view, month, 0, "First day of the month."),
	F_LIST(struct own_view, items, count, &person_shape, 0, LINES_MAX, 0,
		"One for each unit one belonged to."),
	F_END,
};
static const struct shape own_shape = SHAPE("RecapOwn", struct own_view, own_fields);

static const struct field own_query_fields[] = {
	Q_DAY(struct recap_input, month, OPTIONAL, "Any day of the month; this month when absent."),
	F_END,
};
static const struct shape own_query_shape = SHAPE(
	"RecapOwnQuery", struct recap_input, own_query_fields);

struct own_units {
	struct unit_id unit[LINES_MAX];
	int units;
};

static enum err take_unit(void *arg, const struct attendance_day *day, const struct recap_cell *c)
{
	struct own_units *own = arg;

	(void)c;
	for (int i = 0; i < own->units; i++)
		if (own->unit[i].v == day->unit.v)
			return OK;
	if (own->units < LINES_MAX)
		own->unit[own->units++] = day->unit;
	return OK;
}

/* The days of one person in one unit, without reading those of the others. */
struct own_days {
	struct unit_id unit;
	struct recap_person *person;
};

static enum err take_own(void *arg, const struct attendance_day *day, const struct recap_cell *c)
{
	struct own_days *own = arg;

	if (day->unit.v == own->unit.v && own->person->cells < RECAP_DAYS_MAX) {
		own->person->cell[own->person->cells++] = *c;
		recap_add_cell(&own->person->line, c);
	}
	return OK;
}

static int by_day(const void *a, const void *b)
{
	const struct recap_cell *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static enum err load_own(struct req *rq, struct unit_id unit, int32_t month, bool *ret_closed,
	struct recap_month *ret)
{
	struct recap_part *part = ARENA_ARRAY(rq->tx->arena, RECAP_PARTS_MAX, struct recap_part);
	struct recap_tables tables;
	int parts;
	enum err e = recap_list_parts(rq->tx, unit, month, part, RECAP_PARTS_MAX, &parts);

	*ret_closed = parts > 0;
	if (e || parts)
		return e ? e : recap_load_sealed(rq->tx, unit, month, RECAP_PARTS_MAX, ret);
	*ret = (struct recap_month){
		.unit = unit, .person = ARENA_NEW(rq->tx->arena, struct recap_person), .people = 1};
	day_month_bounds(month, &ret->first, &ret->last);
	ret->person->employee = rq->actor.employee;
	ret->person->cell = ARENA_ARRAY(rq->tx->arena, RECAP_DAYS_MAX, struct recap_cell);
	if ((e = recap_load_tables(rq->tx, &tables)))
		return e;
	e = recap_scan_person(rq->tx, rq->actor.employee, ret->first, ret->last, &tables, take_own,
		&(struct own_days){unit, ret->person});
	if (ret->person->cells)
		qsort(ret->person->cell, (size_t)ret->person->cells, sizeof *ret->person->cell,
			by_day);
	return e;
}

static enum err get_own(struct req *rq)
{
	const struct recap_input *in = rq->input;
	struct own_view out = {.month = recap_month_asked(rq, in->month),
		.items = ARENA_ARRAY(rq->tx->arena, LINES_MAX, struct person_view)};
	struct own_units own = {.units = 0};
	struct recap_tables none = {0};
	const struct recap_band *limit = NULL;
	const struct org_tree *tree;
	int32_t first, last;
	enum err e = org_load_tree(rq->tx, &tree);

	day_month_bounds(out.month, &first, &last);
	if (!e)
		e = recap_load_limit(rq, first, &limit);
	if (!e)
		e = recap_scan_person(
			rq->tx, rq->actor.employee, first, last, &none, take_unit, &own);
	for (int i = 0; i < own.units && !e; i++) {
		struct recap_month m;
		struct recap_person *p;
		bool is_closed;

		e = load_own(rq, own.unit[i], out.month, &is_closed, &m);
		p = e ? NULL : recap_find_person(&m, rq->actor.employee);
		if (!p)
			continue;
		m.person = p;
		m.people = 1;
		e = recap_name_people(rq->tx, &m);
		if (!e)
			out.items[out.count++] = show_person(
				rq->tx->arena, tree, &m, limit, is_closed);
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- routes ---- */

#define UNIT_PATH "/api/v1/recap/units/{unit}"
#define OWN_UNIT  "/api/v1/recap/units/{unit}"

static const struct route routes[] = {
	{GET, "/api/v1/recap/units", P_RECAP_READ, TX_READ, &recap_units_query_shape,
		&recap_units_shape, recap_get_units,
		.exports = EXPORT("rekap-unit", "Rekap bulanan per unit"),
		.object = recap_find_parent, .slow = true,
		.summary = "Units one may read with the sums of a month, and which closed it.",
		.example_path = "/api/v1/recap/units?month=2025-11-01"},
	{GET, UNIT_PATH, P_RECAP_READ, TX_READ, &unit_query_shape, &unit_shape, get_unit,
		.object = recap_find_unit, .slow = true,
		.summary = "A unit's month: lines of its people, closing and supplements.",
		.example_path = OWN_UNIT "?month=2025-11-01"},
	{GET, UNIT_PATH "/people/{employee}", P_RECAP_READ, TX_READ, &person_query_shape,
		&person_shape, get_person, .object = recap_find_unit, .sees = true,
		.summary = "The days behind a person's line.",
		.example_path = OWN_UNIT "/people/{employee}?month=2025-11-01"},
	{GET, "/api/v1/recap/me", P_RECAP_SELF, TX_READ, &own_query_shape, &own_shape, get_own,
		.summary = "One's own month, a line for each unit one belonged to."},
	{POST, UNIT_PATH "/close", P_RECAP_CLOSE, TX_WRITE, &recap_close_shape, &recap_closed_shape,
		recap_post_close, .object = recap_find_unit,
		.summary = "The head of the unit closes and seals a month for ever.",
		.example = "{\"month\":\"2025-10-01\"}", .example_path = OWN_UNIT "/close"},
	{GET, UNIT_PATH "/changes", P_RECAP_READ, TX_READ, &recap_changes_query_shape,
		&recap_changes_shape, recap_get_changes,
		.exports = EXPORT("rekap-susulan", "Rekap susulan: perubahan setelah ditutup"),
		.object = recap_find_unit, .slow = true,
		.summary = "What a supplement changed, or what changed since the last was sealed.",
		.example_path = OWN_UNIT "/changes?month=2025-11-01"},
	{POST, UNIT_PATH "/supplements", P_RECAP_CLOSE, TX_WRITE, &recap_supplement_shape,
		&recap_closed_shape, recap_post_supplement, .object = recap_find_unit,
		.summary = "Seals what changed in a closed month as the next supplement.",
		.example =
			"{\"month\":\"2025-10-01\",\"days\":1,\"reason\":\"Koreksi yang disetujui "
			"setelah penutupan\"}",
		.example_path = OWN_UNIT "/supplements"},
	{GET, UNIT_PATH "/print", P_RECAP_READ, TX_READ, &recap_print_query_shape, NULL,
		recap_get_print, .object = recap_find_unit, .slow = true,
		.raw_type = "application/pdf", .summary = "The paper to be signed, A4 or F4.",
		.example_path = OWN_UNIT "/print?month=2025-11-01&paper=f4"},
	{POST, UNIT_PATH "/print", P_DOCUMENT_ISSUE, TX_WRITE, &recap_print_issue_shape,
		&org_issued_shape, org_post_issue, .object = recap_find_unit,
		.prepare = recap_prepare_print, .slow = true,
		.summary = "Issues the paper of a closed month: code, QR, register, signature.",
		.example = "{}", .example_path = OWN_UNIT "/print?month=2025-11-01&paper=f4"},
	{GET, UNIT_PATH "/sheet", P_RECAP_READ, TX_READ, &recap_sheet_query_shape, NULL,
		recap_get_sheet, .object = recap_find_unit, .slow = true,
		.raw_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		.summary = "Every figure as a workbook or CSV, of the unit or of all below it.",
		.example_path = OWN_UNIT "/sheet?month=2025-11-01"},
	{GET, "/api/v1/recap/bands", P_POLICY_READ, TX_READ, NULL, &recap_bands_shape,
		recap_get_bands,
		.summary = "Classes of lateness and of leaving early, and how many late arrivals a "
			   "month bears, dated."},
	{POST, "/api/v1/recap/bands", P_POLICY_WRITE, TX_WRITE, &recap_band_input_shape,
		&recap_band_added_shape, recap_post_band,
		.summary = "Enters classes from a day on; they replace the ones before.",
		.example = "{\"kind\":\"late\",\"first_to\":30,\"second_to\":60,\"third_to\":90,"
			   "\"legal_basis\":\"Pergub tentang TPP\",\"valid_from\":\"2026-01-01\"}"},
};

/* A late decree changes no day of a closed month by itself. */
static void wire(void)
{
	org_add_decided_source(attendance_list_closed_days);
}

const struct slice reports_recap_slice = {
	.name = "recap",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = recap_stmts,
	.stmt_count = RECAP_STMTS,
	.wire = wire,
};
