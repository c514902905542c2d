/*
 * A unit's month in memory: from the days as they stand, or from what is sealed.
 *
 * Both are the same shape, so screens, prints, sheets and supplements do not ask which it was.
 */
#include "reports/reports_recap_int.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

struct taken {
	struct employee_id employee;
	struct recap_cell cell;
};

struct gathering {
	struct arena *arena;
	struct taken *row;
	int rows, room;
};

/* Room is doubled in the arena: what is left behind is at most as much again. */
static enum err take_day(void *arg, const struct attendance_day *day, const struct recap_cell *cell)
{
	struct gathering *g = arg;

	if (g->rows == g->room) {
		int room = g->room ? g->room * 2 : 1024;
		struct taken *more;

		if (room > RECAP_PEOPLE_MAX * RECAP_DAYS_MAX)
			return E_TOO_LARGE;
		more = ARENA_ARRAY(g->arena, (size_t)room, struct taken);
		if (g->rows)
			memcpy(more, g->row, (size_t)g->rows * sizeof *more);
		g->row = more;
		g->room = room;
	}
	g->row[g->rows++] = (struct taken){day->employee, *cell};
	return OK;
}

static int by_employee_and_day(const void *a, const void *b)
{
	const struct taken *x = a, *y = b;

	if (x->employee.v != y->employee.v)
		return x->employee.v < y->employee.v ? -1 : 1;
	return (x->cell.day > y->cell.day) - (x->cell.day < y->cell.day);
}

static void add_day(struct arena *arena, struct recap_month *m, const struct taken *row)
{
	struct recap_person *p = m->people ? &m->person[m->people - 1] : NULL;

	if (!p || p->employee.v != row->employee.v) {
		p = &m->person[m->people++];
		p->employee = row->employee;
		p->cell = ARENA_ARRAY(arena, RECAP_DAYS_MAX, struct recap_cell);
	}
	if (p->cells < RECAP_DAYS_MAX)
		p->cell[p->cells++] = row->cell;
	recap_add_cell(&p->line, &row->cell);
}

static struct recap_month begin_month(struct unit_id unit, int32_t month)
{
	struct recap_month m = {.unit = unit};

	day_month_bounds(month, &m.first, &m.last);
	return m;
}

static void sum_month(struct recap_month *m)
{
	m->total = (struct recap_line){0};
	for (int i = 0; i < m->people; i++)
		recap_add_line(&m->total, &m->person[i].line);
}

enum err recap_load_live(struct tx *tx, struct unit_id unit, int32_t month, struct recap_month *ret)
{
	struct gathering g = {.arena = tx->arena};
	struct recap_tables tables;
	int people = 0;
	enum err e = recap_load_tables(tx, &tables);

	*ret = begin_month(unit, month);
	if (!e)
		e = recap_scan(tx, unit, ret->first, ret->last, &tables, take_day, &g);
	if (e)
		return e;
	if (g.rows)
		qsort(g.row, (size_t)g.rows, sizeof *g.row, by_employee_and_day);
	for (int i = 0; i < g.rows; i++)
		people += i == 0 || g.row[i].employee.v != g.row[i - 1].employee.v;
	ret->person = ARENA_ARRAY(tx->arena, (size_t)people, struct recap_person);
	for (int i = 0; i < g.rows; i++)
		add_day(tx->arena, ret, &g.row[i]);
	sum_month(ret);
	return OK;
}

enum err recap_load_sealed(
	struct tx *tx, struct unit_id unit, int32_t month, int32_t part, struct recap_month *ret)
{
	struct recap_sealed_line *line;
	int lines = 0;
	enum err e = recap_list_lines(tx, unit, month, part, &line, &lines);

	*ret = begin_month(unit, month);
	if (e)
		return e;
	ret->person = ARENA_ARRAY(tx->arena, (size_t)lines, struct recap_person);
	for (int i = 0; i < lines; i++) {
		struct recap_person *p = &ret->person[ret->people];

		*p = (struct recap_person){.employee = line[i].employee,
			.nip = line[i].nip,
			.name = line[i].name,
			.position = line[i].position,
			.cell = ARENA_ARRAY(tx->arena, RECAP_DAYS_MAX, struct recap_cell)};
		if (!recap_parse_cells(line[i].days, ret->first, p->cell, &p->cells))
			return E_INTERNAL; /* only this program writes them */
		for (int k = 0; k < p->cells; k++)
			recap_add_cell(&p->line, &p->cell[k]);
		ret->people += p->cells > 0; /* who was moved away afterwards is not there */
	}
	sum_month(ret);
	return OK;
}

/* A name as on his last day in the unit. */
enum err recap_name_people(struct tx *tx, struct recap_month *m)
{
	enum err e = OK;

	for (int i = 0; i < m->people && !e; i++) {
		struct recap_person *p = &m->person[i];
		struct employee_row row;

		if (p->name)
			continue;
		e = org_load_employee(tx, p->employee, p->cell[p->cells - 1].day, &row);
		if (e)
			break;
		p->name = org_full_name(tx->arena, &row);
		p->nip = row.nip;
		p->position = row.position ? row.position : "";
	}
	return e;
}

static int by_name(const void *a, const void *b)
{
	const struct recap_person *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->employee.v > y->employee.v) - (x->employee.v < y->employee.v);
}

void recap_sort_by_name(struct recap_month *m)
{
	if (m->people)
		qsort(m->person, (size_t)m->people, sizeof *m->person, by_name);
}

struct recap_person *recap_find_person(const struct recap_month *m, struct employee_id employee)
{
	for (int i = 0; i < m->people; i++)
		if (m->person[i].employee.v == employee.v)
			return &m->person[i];
	return NULL;
}

const char *recap_format_days(struct arena *arena, const struct recap_person *p)
{
	char cell[RECAP_CELL_BYTES];
	struct buf out;

	buf_init(&out, arena, 512);
	buf_str(&out, "");
	for (int i = 0; i < p->cells; i++) {
		if (i)
			buf_char(&out, ';');
		recap_format_cell(&p->cell[i], cell);
		buf_str(&out, cell);
	}
	return out.p;
}
