/*
 * Differences over HTTP: where the day here and the day by another system do not agree, by name and
 * day, and how many of each of the last days. Nothing is decided here: the officer opens the day
 * and asks for a correction, which another person decides.
 */
#include "attendance/attendance_source_int.h"

#include "org/org_access.h"

#define PAGE_MAX   100
#define SCAN_PAGE  500
#define SCAN_MAX   20000
#define DAYS_SHOWN 7
#define PEOPLE_MAX 100000

/* ---- GET attendance/differences ---- */

struct differences_query {
	struct unit_id unit;
	int32_t day;
	struct employee_id cursor;
};

static const struct field differences_query_fields[] = {
	Q_ID(struct differences_query, unit, 0, "The unit; people below it too."),
	Q_DAY(struct differences_query, day, OPTIONAL,
		"A day that is over; yesterday when absent."),
	Q_ID(struct differences_query, cursor, OPTIONAL, "next of the page before."),
	F_END,
};
const struct shape attendance_differences_query_shape = SHAPE(
	"DifferencesQuery", struct differences_query, differences_query_fields);

struct difference_item {
	struct employee_id employee;
	const char *full_name, *unit_name;
	int32_t mode, state;
	int64_t in_at, out_at, external_in_at, external_out_at;
	const char *simpegnas_code;
	int64_t simpegnas_in_at, simpegnas_out_at;
	const char **external, **simpegnas;
	int external_count, simpegnas_count;
};

#define KINDS_MAX 8
static const struct field difference_fields[] = {
	F_ID(struct difference_item, employee, 0, "Whose day."),
	F_TEXT(struct difference_item, full_name, 1, 300, 0, "Name with titles."),
	F_TEXT(struct difference_item, unit_name, 0, 200, 0, "Unit of that day."),
	F_ENUM(struct difference_item, mode, work_mode_names, 0, "Where work was done."),
	F_ENUM(struct difference_item, state, day_state_names, 0, "What the day is here."),
	F_INSTANT(struct difference_item, in_at, OPTIONAL, "First in here."),
	F_INSTANT(struct difference_item, out_at, OPTIONAL, "Last out here."),
	F_INSTANT(struct difference_item, external_in_at, OPTIONAL,
		"First in by the other system's punches."),
	F_INSTANT(struct difference_item, external_out_at, OPTIONAL, "Last out by them."),
	F_TEXT(struct difference_item, simpegnas_code, 1, CODE_BYTES_MAX, OPTIONAL,
		"What SIMPEGNAS calls the day."),
	F_INSTANT(struct difference_item, simpegnas_in_at, OPTIONAL, "First in by SIMPEGNAS."),
	F_INSTANT(struct difference_item, simpegnas_out_at, OPTIONAL, "Last out by SIMPEGNAS."),
	F_TEXTS(struct difference_item, external, external_count, 0, KINDS_MAX, 0,
		"What differs from the other system's punches: in_missing_here, in_missing_there, "
		"out_missing_here, out_missing_there, in_apart, out_apart."),
	F_TEXTS(struct difference_item, simpegnas, simpegnas_count, 0, KINDS_MAX, 0,
		"What differs from SIMPEGNAS; also status."),
	F_END,
};
static const struct shape difference_shape = SHAPE(
	"Difference", struct difference_item, difference_fields);

struct differences {
	int32_t day;
	int32_t arrived_units;
	struct difference_item *items;
	int count;
	struct employee_id next;
};

static const struct field differences_fields[] = {
	F_DAY(struct differences, day, 0, "The day shown."),
	F_INT(struct differences, arrived_units, 0, PEOPLE_MAX, 0,
		"Units whose punches of the day were imported; of the others nothing is compared."),
	F_LIST(struct differences, items, count, &difference_shape, 0, PAGE_MAX, 0,
		"Days that differ, in the order of people."),
	F_ID(struct differences, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape attendance_differences_shape = SHAPE(
	"Differences", struct differences, differences_fields);

static const char **name_bits(struct arena *arena, int bits, int *ret_count)
{
	const char **found = ARENA_ARRAY(arena, KINDS_MAX, const char *);

	*ret_count = 0;
	for (int i = 0; difference_names[i]; i++)
		if (bits & 1 << i)
			found[(*ret_count)++] = difference_names[i];
	return found;
}

static const char *unit_name(const struct org_tree *tree, struct unit_id id)
{
	const struct org_unit *unit = org_find_unit(tree, id);

	return unit ? unit->name : "";
}

static struct difference_item make_item(struct arena *arena, const struct org_tree *tree,
	const struct compared_day *c, const struct judged_difference *j)
{
	const struct employee_row name = {
		.name = c->name, .title_before = c->title_before, .title_after = c->title_after};
	struct difference_item item = {.employee = c->row.employee,
		.full_name = org_full_name(arena, &name),
		.unit_name = unit_name(tree, c->row.unit),
		.mode = (int32_t)c->row.mode,
		.state = (int32_t)c->row.state,
		.in_at = c->row.in_at,
		.out_at = c->row.out_at,
		.external_in_at = c->has_external ? c->external.in_at : NO_INSTANT,
		.external_out_at = c->has_external ? c->external.out_at : NO_INSTANT,
		.simpegnas_code = j->record.code[0] ? arena_strdup(arena, j->record.code) : NULL,
		.simpegnas_in_at = j->record_in_at,
		.simpegnas_out_at = j->record_out_at};

	item.external = name_bits(arena, j->external, &item.external_count);
	item.simpegnas = name_bits(arena, j->simpegnas, &item.simpegnas_count);
	return item;
}

/* One page of people looked at; ret_last gets the last of them, 0 when there are no more. */
static enum err scan_page(struct req *rq, const struct source_book *book,
	const struct org_tree *tree, const char *path, struct employee_id after,
	struct differences *out, struct employee_id *ret_last)
{
	struct db_rows rows;
	struct compared_day c;
	int n = 0;

	attendance_query_compared(rq->tx, path, out->day, after, SCAN_PAGE, &rows);
	*ret_last = (struct employee_id){0};
	while (attendance_next_compared(&rows, out->day, &c)) {
		struct judged_difference j;

		n++;
		*ret_last = c.row.employee;
		attendance_judge_compared(book, tree, &c, &j);
		if (j.external || j.simpegnas)
			out->items[out->count++] = make_item(rq->tx->arena, tree, &c, &j);
		if (out->count == PAGE_MAX)
			break;
	}
	if (n < SCAN_PAGE && out->count < PAGE_MAX)
		*ret_last = (struct employee_id){0};
	return db_end(&rows);
}

static enum err refuse_day(struct req *rq)
{
	return refuse(rq, E_BAD_FIELD, "/day", "must be a day that is over");
}

enum err attendance_find_difference_unit(struct req *rq, struct object *ret_object)
{
	const struct differences_query *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

enum err attendance_get_differences(struct req *rq)
{
	const struct differences_query *in = rq->input;
	struct differences out = {.day = in->day == DAY_NONE ? req_today(rq) - 1 : in->day,
		.items = ARENA_ARRAY(rq->tx->arena, PAGE_MAX, struct difference_item)};
	const struct source_book *book;
	const struct org_tree *tree;
	struct employee_id after = in->cursor;
	enum err e;

	if (out.day >= req_today(rq))
		return refuse_day(rq);
	if ((e = org_load_tree(rq->tx, &tree)) || (e = attendance_load_sources(rq->tx, &book)) ||
		(e = attendance_count_arrived(
			 rq->tx, org_find_unit(tree, in->unit)->path, out.day, &out.arrived_units)))
		return e;
	for (int scanned = 0; scanned < SCAN_MAX && out.count < PAGE_MAX && !e;
		scanned += SCAN_PAGE) {
		e = scan_page(rq, book, tree, org_find_unit(tree, in->unit)->path, after, &out,
			&out.next);
		after = out.next;
		if (!after.v)
			break;
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- GET attendance/differences/days ---- */

struct difference_days_query {
	struct unit_id unit;
	int32_t to;
};

static const struct field difference_days_query_fields[] = {
	Q_ID(struct difference_days_query, unit, 0, "The unit; people below it too."),
	Q_DAY(struct difference_days_query, to, OPTIONAL, "Last day; yesterday when absent."),
	F_END,
};
const struct shape attendance_difference_days_query_shape = SHAPE(
	"DifferenceDaysQuery", struct difference_days_query, difference_days_query_fields);

struct difference_day {
	int32_t day, people, compared, differing, arrived_units;
};

static const struct field difference_day_fields[] = {
	F_DAY(struct difference_day, day, 0, "The day."),
	F_INT(struct difference_day, people, 0, PEOPLE_MAX, 0, "People of the unit that day."),
	F_INT(struct difference_day, compared, 0, PEOPLE_MAX, 0,
		"Of them, another system says something."),
	F_INT(struct difference_day, differing, 0, PEOPLE_MAX, 0, "Of them, it differs."),
	F_INT(struct difference_day, arrived_units, 0, PEOPLE_MAX, 0,
		"Units whose punches were imported."),
	F_END,
};
static const struct shape difference_day_shape = SHAPE(
	"DifferenceDay", struct difference_day, difference_day_fields);

struct difference_days {
	struct difference_day *items;
	int count;
};

static const struct field difference_days_fields[] = {
	F_LIST(struct difference_days, items, count, &difference_day_shape, 0, DAYS_SHOWN, 0,
		"The latest first."),
	F_END,
};
const struct shape attendance_difference_days_shape = SHAPE(
	"DifferenceDays", struct difference_days, difference_days_fields);

enum err attendance_find_difference_days_unit(struct req *rq, struct object *ret_object)
{
	const struct difference_days_query *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

static enum err count_day(struct req *rq, const struct source_book *book,
	const struct org_tree *tree, const char *path, struct difference_day *out)
{
	struct db_rows rows;
	struct compared_day c;

	attendance_query_compared(
		rq->tx, path, out->day, (struct employee_id){0}, PEOPLE_MAX, &rows);
	while (attendance_next_compared(&rows, out->day, &c)) {
		struct judged_difference j;

		attendance_judge_compared(book, tree, &c, &j);
		out->people++;
		out->compared += c.has_external || c.has_arrived || j.record.code[0];
		out->differing += j.external || j.simpegnas;
	}
	return db_end(&rows);
}

enum err attendance_get_difference_days(struct req *rq)
{
	const struct difference_days_query *in = rq->input;
	int32_t to = in->to == DAY_NONE ? req_today(rq) - 1 : in->to;
	struct difference_days out = {
		.items = ARENA_ARRAY(rq->tx->arena, DAYS_SHOWN, struct difference_day)};
	const struct source_book *book;
	const struct org_tree *tree;
	enum err e;

	if (to >= req_today(rq))
		return refuse(rq, E_BAD_FIELD, "/to", "must be a day that is over");
	if ((e = org_load_tree(rq->tx, &tree)) || (e = attendance_load_sources(rq->tx, &book)))
		return e;
	for (; out.count < DAYS_SHOWN && !e; out.count++) {
		struct difference_day *day = &out.items[out.count];

		day->day = to - out.count;
		e = count_day(rq, book, tree, org_find_unit(tree, in->unit)->path, day);
		if (!e)
			e = attendance_count_arrived(rq->tx, org_find_unit(tree, in->unit)->path,
				day->day, &day->arrived_units);
	}
	return e ? e : reply(rq, 200, &out);
}
