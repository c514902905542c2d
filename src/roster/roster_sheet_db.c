/*
 * What a sheet reads beside the facts of its people: opening periods, published lines of the period
 * and of the half year before it, wishes, and the lines of a version.
 *
 * One statement each over the people of a unit that has somebody on the sheet: the units of which
 * nobody is on it are often most of the node.
 */
#include "roster/roster_sheet_db.h"

#include "platform/db.h"

#define PERIODS_MAX 20000

struct db_stmt ROSTER_LIST_PERIODS = {"roster_list_periods",
	"SELECT post_id, weekday, opens, closes, minimum FROM org_post_period"
	" WHERE government_id = $1 AND minimum > 0 ORDER BY post_id, weekday, opens LIMIT $2",
	0};

enum err roster_list_periods(struct tx *tx, struct sheet_period **ret, int32_t *ret_count)
{
	struct db_rows rows;
	struct sheet_period row, *list = NULL;
	int32_t count = 0, room = 0;
	db_query(tx, &ROSTER_LIST_PERIODS, BIND(db_int(tx->government.v), db_int(PERIODS_MAX)),
		&rows);
	while (db_next(
		&rows, INTO(to_int64(&row.post.v), to_int32(&row.weekday), to_int32(&row.opens),
			       to_int32(&row.closes), to_int32(&row.minimum)))) {
		ARENA_GROW(tx->arena, list, count, &room);
		list[count++] = row;
	}
	*ret = list;
	*ret_count = count;
	return db_end(&rows);
}

/* Those placed in unit $2 some time in [$3, $4], the period. */
#define OF_THE_UNIT                                                                                \
	" IN (SELECT q.employee_id FROM org_placement q WHERE q.government_id = $1"                \
	" AND q.unit_id = $2 AND q.valid_from <= $4 AND q.valid_to >= $3)"

struct db_stmt ROSTER_LIST_LEDGER = {"roster_list_ledger",
	"SELECT employee_id, period_from, days FROM roster_current WHERE government_id = $1"
	" AND period_from <= $4 AND period_to >= $5 AND employee_id" OF_THE_UNIT
	" ORDER BY employee_id, period_from",
	0};

/* Real working days alone count: L, C and D are neither had nor missed. */
static void note_past(
	const struct roster_sheet *s, struct sheet_person *p, int32_t day, char letter)
{
	bool is_home = policy_is_away(roster_letter_mode(letter));
	enum weekday weekday = day_weekday(day);
	p->past += is_home;
	p->past_free += is_home || letter == 'K';
	p->past_edge += is_home && roster_is_edge_day(day);
	if (is_home && day >= s->from - (int32_t)(day_weekday(s->from) - MONDAY))
		p->lead |= WEEKDAY_BIT(weekday);
}

/* The Sunday of its last week. */
static int32_t last_sunday(const struct roster_sheet *s)
{
	return s->to + (int32_t)(SUNDAY - day_weekday(s->to));
}

static void note_line(struct tx *tx, struct roster_sheet *s, struct sheet_person *p, int32_t from,
	const char *days)
{
	for (int32_t i = 0; days[i]; i++) {
		int32_t day = from + i;
		if (day < s->from)
			note_past(s, p, day, days[i]);
		if (day > s->to && day <= last_sunday(s) &&
			policy_is_away(roster_letter_mode(days[i])))
			p->trail |= WEEKDAY_BIT(day_weekday(day));
		if (day < s->from || day > s->to || days[i] == '-')
			continue;
		if (!p->was) {
			p->was = ARENA_ARRAY(tx->arena, (size_t)s->days + 1, char);
			memset(p->was, '-', (size_t)s->days);
		}
		p->was[day - s->from] = days[i];
	}
}

/* One of that unit on the sheet; NULL: not on it, or listed with another unit he is placed in. */
static struct sheet_person *find_listed(
	struct roster_sheet *s, struct unit_id unit, struct employee_id employee)
{
	int32_t p = roster_find_on_sheet(s, employee);
	return p >= 0 && s->person[p].unit.v == unit.v ? &s->person[p] : NULL;
}

static enum err load_ledger(struct tx *tx, struct roster_sheet *s, struct unit_id unit)
{
	struct db_rows rows;
	struct employee_id employee;
	struct sheet_person *p;
	int32_t from;
	const char *days;
	db_query(tx, &ROSTER_LIST_LEDGER,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(s->from),
			db_int(last_sunday(s)), db_int(s->from - SHEET_LEDGER_DAYS)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&employee.v), to_int32(&from), to_text(&days))))
		if ((p = find_listed(s, unit, employee)))
			note_line(tx, s, p, from, days);
	return db_end(&rows);
}

struct db_stmt ROSTER_LIST_WISHES = {"roster_list_wishes",
	"SELECT employee_id, day, wish FROM roster_wish WHERE government_id = $1"
	" AND day >= $3 AND day <= $4 AND employee_id" OF_THE_UNIT,
	0};

static enum err load_wishes(struct tx *tx, struct roster_sheet *s, struct unit_id unit)
{
	struct db_rows rows;
	struct employee_id employee;
	struct sheet_person *p;
	int32_t day, wish;
	db_query(tx, &ROSTER_LIST_WISHES,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(s->from), db_int(s->to)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&employee.v), to_int32(&day), to_int32(&wish))))
		if ((p = find_listed(s, unit, employee)))
			p->wishes[day - s->from] = wish == 1 ? '+' : '-';
	return db_end(&rows);
}

static bool is_mode(char letter)
{
	return letter == 'K' || policy_is_away(roster_letter_mode(letter));
}

/* Letters begin as they are in force, where the day can be decided or has begun. */
static void take_current(struct roster_sheet *s)
{
	for (int32_t p = 0; p < s->people; p++) {
		struct sheet_person *person = &s->person[p];
		for (int32_t d = 0; person->was && d < s->days; d++) {
			if (is_mode(person->was[d]) && roster_is_decided_cell(person->cells[d]))
				person->days[d] = person->was[d];
		}
	}
}

static bool is_first_of_unit(const struct roster_sheet *s, int32_t person)
{
	for (int32_t p = 0; p < person; p++)
		if (s->person[p].unit.v == s->person[person].unit.v)
			return false;
	return true;
}

enum err roster_load_history(struct tx *tx, struct roster_sheet *sheet)
{
	for (int32_t p = 0; p < sheet->people; p++) {
		struct unit_id unit = sheet->person[p].unit;
		enum err e;
		if (is_first_of_unit(sheet, p) &&
			((e = load_ledger(tx, sheet, unit)) || (e = load_wishes(tx, sheet, unit))))
			return e;
	}
	take_current(sheet);
	return OK;
}

/* ---- the lines of a version ---- */

struct db_stmt ROSTER_LIST_STORED_LINES = {"roster_list_stored_lines",
	"SELECT l.employee_id, coalesce(e.name, ''), l.days, l.locked, l.share FROM roster_line l"
	" LEFT JOIN org_employee e"
	" ON e.government_id = l.government_id AND e.employee_id = l.employee_id"
	" WHERE l.government_id = $1 AND l.version_id = $2 ORDER BY l.employee_id",
	0};

enum err roster_list_stored_lines(
	struct tx *tx, int64_t version_id, struct stored_line **ret, int32_t *ret_count)
{
	struct db_rows rows;
	struct stored_line row, *list = NULL;
	int32_t count = 0, room = 0;
	db_query(tx, &ROSTER_LIST_STORED_LINES, BIND(db_int(tx->government.v), db_int(version_id)),
		&rows);
	while (db_next(
		&rows, INTO(to_int64(&row.employee.v), to_text(&row.name), to_text(&row.days),
			       to_text(&row.locked), to_int32(&row.share)))) {
		if (!row.days[strspn(row.days, "-")])
			continue;
		ARENA_GROW(tx->arena, list, count, &room);
		list[count++] = row;
	}
	*ret = list;
	*ret_count = count;
	return db_end(&rows);
}

/* A letter of leave, of duty, of a day off or of another unit is not the planner's; one of a day
 * that has begun is, where the version held. */
static bool is_planned(const struct roster_sheet *sheet, const struct roster_version *v,
	const struct sheet_person *person, int32_t d)
{
	char cell = person->cells[d];
	if (sheet->from + d < sheet->first_open)
		return cell == SHEET_PAST && v->published_at && sheet->from + d >= v->bound_from;
	return person->is_open && cell != SHEET_OFF && cell != SHEET_LEAVE && cell != SHEET_DUTY &&
	       cell != SHEET_ELSEWHERE;
}

static void fill_line(const struct roster_sheet *sheet, const struct roster_version *v,
	struct sheet_person *person, const struct stored_line *line)
{
	bool is_locked = strlen(line->locked) == strlen(line->days);
	person->share = line->share;
	for (int32_t d = 0; d < sheet->days && line->days[d]; d++) {
		if (!is_mode(line->days[d]) || !is_planned(sheet, v, person, d))
			continue;
		person->days[d] = line->days[d];
		if (is_locked && line->locked[d] == 'x')
			person->locked[d] = 'x';
	}
}

/* With no day to decide: still away on a day ahead, or to be in the office and gone. */
static bool is_lost(
	const struct roster_sheet *s, const struct sheet_person *person, const char *days)
{
	int32_t d = s->first_open > s->from ? s->first_open - s->from : 0;
	bool is = false;
	for (; d < s->days && !(person && person->is_open); d++) {
		bool has_left = person && person->cells[d] == SHEET_ELSEWHERE;
		is |= policy_is_away(roster_letter_mode(days[d])) || (has_left && days[d] == 'K');
	}
	return is;
}

struct db_stmt ROSTER_LIST_NEWER = {"roster_list_newer",
	"SELECT c.employee_id, c.period_from, c.days FROM roster_line l JOIN roster_current c"
	" ON c.government_id = l.government_id AND c.employee_id = l.employee_id"
	" AND c.period_from <= $4 AND c.period_to >= $3 JOIN roster_version w"
	" ON w.government_id = c.government_id AND w.version_id = c.version_id"
	" AND w.published_at > $5 AND w.unit_id = $6"
	" WHERE l.government_id = $1 AND l.version_id = $2",
	0};

static void note_newer(
	struct tx *tx, const struct roster_sheet *s, int32_t p, int32_t from, const char *days)
{
	struct sheet_person *person = &s->person[p];
	if (!person->was)
		return;
	if (!person->newer) {
		person->newer = ARENA_ARRAY(tx->arena, (size_t)s->days + 1, char);
		memset(person->newer, '.', (size_t)s->days);
	}
	for (int32_t d = 0; d < s->days; d++)
		if (roster_line_letter(days, from, s->from + d))
			person->newer[d] = 'x';
}

enum err roster_load_newer(
	struct tx *tx, const struct roster_version *v, struct roster_sheet *sheet)
{
	struct db_rows rows;
	struct employee_id employee;
	int32_t from;
	const char *days;
	if (v->version_id == 0 || v->state == ROSTER_PUBLISHED || v->state == ROSTER_REPLACED)
		return OK;
	db_query(tx, &ROSTER_LIST_NEWER,
		BIND(db_int(tx->government.v), db_int(v->version_id), db_int(v->period_from),
			db_int(v->period_to), db_int(v->made_at), db_int(v->unit.v)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&employee.v), to_int32(&from), to_text(&days)))) {
		int32_t p = roster_find_on_sheet(sheet, employee);
		if (p >= 0)
			note_newer(tx, sheet, p, from, days);
	}
	return db_end(&rows);
}

void roster_fill_sheet(struct roster_sheet *sheet, const struct roster_version *v,
	const struct stored_line *line, int32_t lines)
{
	sheet->newcomers = sheet->open;
	for (int32_t i = 0; i < lines; i++) {
		int32_t p = roster_find_on_sheet(sheet, line[i].employee);
		struct sheet_person *person = p < 0 ? NULL : &sheet->person[p];
		sheet->lost += is_lost(sheet, person, line[i].days);
		sheet->newcomers -= person && person->is_open;
		if (person)
			fill_line(sheet, v, person, &line[i]);
	}
}
