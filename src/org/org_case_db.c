/*
 * Cases of late decrees and the days they pin.
 *
 * A pin has two halves, placement and supervisor, because one decree speaks of one of them; a half
 * that is pinned already keeps what the day was first decided with. Accepting a day frees the half
 * of its case, keeping it leaves the pin for good.
 */
#include "org/org_case_int.h"

#include "base/str.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "trust/trust.h"

#include <assert.h>
#include <stdlib.h>

#define SOURCES_MAX 8

static org_decided_source sources[SOURCES_MAX];

void org_add_decided_source(org_decided_source source)
{
	int n = 0;

	while (n < SOURCES_MAX && sources[n] && sources[n] != source)
		n++;
	assert(n < SOURCES_MAX);
	sources[n] = source;
}

static int compare_decided(const void *a, const void *b)
{
	const struct org_decided_day *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

enum err org_list_decided_days(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_decided_day *ret_day, int max, int *ret_count)
{
	struct org_decided_day all[SOURCES_MAX * DECIDED_MAX];
	int n = 0, kept = 0, count;
	enum err e = OK;

	assert(max <= DECIDED_MAX);
	for (int i = 0; i < SOURCES_MAX && sources[i] && !e; i++) {
		e = sources[i](tx, employee, from, to, all + n, max, &count);
		n += e ? 0 : count;
	}
	qsort(all, (size_t)n, sizeof(*all), compare_decided);
	for (int i = 0; i < n && !e; i++) {
		if (kept && ret_day[kept - 1].day == all[i].day)
			ret_day[kept - 1].grounds |= all[i].grounds;
		else if (kept < max)
			ret_day[kept++] = all[i];
	}
	*ret_count = kept;
	return e;
}

/* ---- opening ---- */

struct db_stmt ORG_LOAD_DAY_STANDING = {"org_load_day_standing",
	"SELECT coalesce(NULLIF(x.unit_id, 0), p.unit_id, 0),"
	" CASE WHEN coalesce(x.unit_id, 0) <> 0 THEN x.position ELSE coalesce(p.position, '') END,"
	" CASE WHEN coalesce(x.unit_id, 0) <> 0 THEN x.position_level"
	" ELSE coalesce(p.position_level, 5) END,"
	" coalesce(NULLIF(x.superior_id, 0), r.superior_id, 0) FROM org_employee e"
	" LEFT JOIN org_placement p ON p.government_id = $1 AND p.employee_id = $2"
	"  AND p.valid_from <= $3 AND p.valid_to >= $3"
	" LEFT JOIN org_relation r ON r.government_id = $1 AND r.employee_id = $2 AND r.kind = 0"
	"  AND r.valid_from <= $3 AND r.valid_to >= $3"
	" LEFT JOIN org_pin x ON x.government_id = $1 AND x.employee_id = $2 AND x.day = $3"
	" WHERE e.government_id = $1 AND e.employee_id = $2",
	0};

static enum err load_standing(
	struct tx *tx, struct employee_id employee, int32_t day, struct org_day_standing *ret)
{
	int32_t level;
	enum err e = db_load(tx, &ORG_LOAD_DAY_STANDING,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)),
		INTO(to_int64(&ret->unit.v), to_text(&ret->position), to_int32(&level),
			to_int64(&ret->superior.v)));

	ret->level = (enum position_level)level;
	return e;
}

struct db_stmt ORG_LIST_DAY_POSTS = {"org_list_day_posts",
	"SELECT DISTINCT post_id FROM org_post_member WHERE government_id = $1"
	" AND employee_id = $2 AND valid_from <= $3 AND valid_to >= $3 ORDER BY post_id LIMIT 8",
	0};

static enum err print_posts(
	struct tx *tx, struct employee_id employee, int32_t day, const char **ret_posts)
{
	struct db_rows rows;
	struct buf b;
	int64_t post;

	buf_init(&b, tx->arena, 64);
	buf_str(&b, "");
	db_query(tx, &ORG_LIST_DAY_POSTS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)), &rows);
	while (db_next(&rows, INTO(to_int64(&post))))
		buf_printf(&b, "%s%lld", b.n ? "," : "", (long long)post);
	*ret_posts = b.p;
	return db_end(&rows);
}

struct db_stmt ORG_ADD_PIN = {"org_add_pin",
	"INSERT INTO org_pin (government_id, employee_id, day, unit_id, position, position_level,"
	" posts, superior_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	" ON CONFLICT (government_id, employee_id, day) DO UPDATE SET"
	" position = CASE WHEN org_pin.unit_id = 0 THEN excluded.position ELSE org_pin.position "
	"END,"
	" position_level = CASE WHEN org_pin.unit_id = 0 THEN excluded.position_level"
	"  ELSE org_pin.position_level END,"
	" posts = CASE WHEN org_pin.unit_id = 0 THEN excluded.posts ELSE org_pin.posts END,"
	" unit_id = CASE WHEN org_pin.unit_id = 0 THEN excluded.unit_id ELSE org_pin.unit_id END,"
	" superior_id = CASE WHEN org_pin.superior_id = 0 THEN excluded.superior_id"
	"  ELSE org_pin.superior_id END",
	0};

static enum err add_pin(struct tx *tx, const struct org_decree *decree, int32_t day,
	const struct org_day_standing *was)
{
	const bool is_placement = decree->kind == CASE_PLACEMENT;
	const char *posts = "";
	enum err e = is_placement ? print_posts(tx, decree->employee, day, &posts) : OK;

	if (e)
		return e;
	return db_exec(tx, &ORG_ADD_PIN,
		BIND(db_int(tx->government.v), db_int(decree->employee.v), db_int(day),
			db_int(is_placement ? was->unit.v : 0),
			db_text(is_placement ? was->position : ""),
			db_int(is_placement ? (int64_t)was->level : 0), db_text(posts),
			db_int(is_placement ? 0 : was->superior.v)),
		NULL);
}

struct db_stmt ORG_ADD_CASE_DAY = {"org_add_case_day",
	"INSERT INTO org_case_day (government_id, case_id, day, employee_id, grounds, was_unit,"
	" was_position, was_level, was_superior, new_unit, new_position, new_level, new_superior,"
	" state, reason, decided_by, decided_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, '', 0, 0)",
	0};

static enum err add_case_day(struct tx *tx, int64_t case_id, const struct org_decree *decree,
	const struct org_decided_day *decided, const struct org_day_standing *was)
{
	const bool is_placement = decree->kind == CASE_PLACEMENT;
	const struct org_day_standing none = {.position = ""};
	const struct org_day_standing new = {
		decree->unit, decree->position, decree->level, decree->superior};
	const struct org_day_standing *a = is_placement ? was : &none;
	const struct org_day_standing *b = is_placement ? &new : &none;

	return db_exec(tx, &ORG_ADD_CASE_DAY,
		BIND(db_int(tx->government.v), db_int(case_id), db_int(decided->day),
			db_int(decree->employee.v), db_int(decided->grounds), db_int(a->unit.v),
			db_text(a->position), db_int(a->level),
			db_int(is_placement ? 0 : was->superior.v), db_int(b->unit.v),
			db_text(b->position), db_int(b->level),
			db_int(is_placement ? 0 : decree->superior.v)),
		NULL);
}

struct db_stmt ORG_ADD_CASE = {"org_add_case",
	"INSERT INTO org_case (government_id, case_id, employee_id, kind, decree, effective,"
	" first_day, unit_id, days, open_days, opened_by, opened_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)",
	0};

struct opening {
	const struct org_decree *decree;
	int64_t case_id;
	int32_t first;
	struct unit_id unit; /* of the first day */
	int days;
};

static enum err add_case(struct tx *tx, const struct opening *o, struct employee_id by)
{
	const struct org_decree *decree = o->decree;
	struct buf fact;
	enum err e = db_exec(tx, &ORG_ADD_CASE,
		BIND(db_int(tx->government.v), db_int(o->case_id), db_int(decree->employee.v),
			db_int(decree->kind), db_text(decree->number), db_int(decree->from),
			db_int(o->first), db_int(o->unit.v), db_int(o->days), db_int(by.v),
			db_int(tx->now_ms)),
		NULL);

	if (e)
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "case %s employee %lld decree %s from %d first day %d days %d by %lld",
		case_kind_names[decree->kind], (long long)decree->employee.v, decree->number,
		decree->from, o->first, o->days, (long long)by.v);
	trust_add_leaf(tx, LEAF_CASE, o->case_id, fact.p, fact.n);
	return OK;
}

static enum err pin_day(struct tx *tx, struct opening *o, const struct org_decided_day *decided)
{
	struct org_day_standing was;
	enum err e;

	if (!org_decide_is_pinned(decided->grounds))
		return OK;
	e = load_standing(tx, o->decree->employee, decided->day, &was);
	if (e || !org_is_changed_by(&was, o->decree))
		return e;
	if (o->days++ == 0) {
		o->first = decided->day;
		o->unit = was.unit;
	}
	e = add_pin(tx, o->decree, decided->day, &was);
	return e ? e : add_case_day(tx, o->case_id, o->decree, decided, &was);
}

enum err org_open_case(struct tx *tx, const struct org_decree *decree, struct employee_id by,
	int64_t *ret_case, int *ret_days)
{
	struct opening o = {.decree = decree, .case_id = id_next()};
	struct org_decided_day day[DECIDED_MAX];
	int32_t today, from = decree->from;
	int count = DECIDED_MAX;
	enum err e = org_load_today(tx, &today);

	while (!e && count == DECIDED_MAX && from <= today && from <= decree->to) {
		e = org_list_decided_days(tx, decree->employee, from,
			decree->to < today ? decree->to : today, day, DECIDED_MAX, &count);
		for (int i = 0; i < count && !e; i++)
			e = pin_day(tx, &o, &day[i]);
		from = count ? day[count - 1].day + 1 : from;
	}
	*ret_case = o.days ? o.case_id : 0;
	*ret_days = o.days;
	return e || o.days == 0 ? e : add_case(tx, &o, by);
}

/* ---- reading ---- */

#define CASE_COLUMNS                                                                               \
	"SELECT c.case_id, c.employee_id, c.kind, c.decree, c.effective, c.first_day, c.days,"     \
	" c.open_days, c.opened_by, c.opened_at, e.name, e.title_before, e.title_after,"           \
	" coalesce(o.name, ''), coalesce(o.title_before, ''), coalesce(o.title_after, ''),"        \
	" c.unit_id FROM org_case c"                                                               \
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = c.employee_id"           \
	" LEFT JOIN org_employee o ON o.government_id = $1 AND o.employee_id = c.opened_by"

static bool next_case(struct db_rows *rows, struct arena *arena, struct org_case_row *ret)
{
	struct employee_row who = {0}, by = {0};

	if (!db_next(rows,
		    INTO(to_int64(&ret->case_id), to_int64(&ret->employee.v), to_int32(&ret->kind),
			    to_text(&ret->decree), to_int32(&ret->effective),
			    to_int32(&ret->first_day), to_int32(&ret->days),
			    to_int32(&ret->open_days), to_int64(&ret->opened_by.v),
			    to_int64(&ret->opened_at), to_text(&who.name),
			    to_text(&who.title_before), to_text(&who.title_after),
			    to_text(&by.name), to_text(&by.title_before), to_text(&by.title_after),
			    to_int64(&ret->unit.v))))
		return false;
	ret->full_name = org_full_name(arena, &who);
	ret->opened_by_name = org_full_name(arena, &by);
	return true;
}

static enum err read_cases(
	struct tx *tx, struct db_rows *rows, struct org_case_row *ret_row, int max, int *ret_count)
{
	int n = 0;

	while (n < max && next_case(rows, tx->arena, &ret_row[n]))
		n++;
	*ret_count = n;
	return db_end(rows);
}

struct db_stmt ORG_LOAD_CASE = {
	"org_load_case", CASE_COLUMNS " WHERE c.government_id = $1 AND c.case_id = $2", 0};

enum err org_load_case(struct tx *tx, int64_t case_id, struct org_case_row *ret_row)
{
	struct db_rows rows;
	int count;
	enum err e;

	db_query(tx, &ORG_LOAD_CASE, BIND(db_int(tx->government.v), db_int(case_id)), &rows);
	e = read_cases(tx, &rows, ret_row, 1, &count);
	return e ? e : count ? OK : E_NOT_FOUND;
}

struct db_stmt ORG_LIST_CASES = {"org_list_cases",
	CASE_COLUMNS
	" LEFT JOIN org_unit u ON u.government_id = $1 AND u.unit_id = c.unit_id"
	" WHERE c.government_id = $1 AND (CAST($2 AS TEXT) = '/' OR"
	"  substr(u.path, 1, CAST($3 AS INTEGER)) = $2)"
	" AND (CAST($4 AS INTEGER) = 0 OR c.open_days > 0) AND ($5 = 0 OR c.case_id < $5)"
	" ORDER BY c.case_id DESC LIMIT $6",
	0};

enum err org_list_cases(struct tx *tx, const char *path, bool is_open, int64_t before,
	struct org_case_row *ret_row, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &ORG_LIST_CASES,
		BIND(db_int(tx->government.v), db_text(path), db_int((int64_t)strlen(path)),
			db_int(is_open), db_int(before), db_int(max)),
		&rows);
	return read_cases(tx, &rows, ret_row, max, ret_count);
}

struct db_stmt ORG_LIST_PERSON_CASES = {"org_list_person_cases",
	CASE_COLUMNS
	" WHERE c.government_id = $1 AND c.employee_id = $2 ORDER BY c.case_id DESC LIMIT $3",
	0};

enum err org_list_person_cases(struct tx *tx, struct employee_id employee,
	struct org_case_row *ret_row, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &ORG_LIST_PERSON_CASES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), &rows);
	return read_cases(tx, &rows, ret_row, max, ret_count);
}

#define PEOPLE_OF_DAY                                                                              \
	" LEFT JOIN org_employee a ON a.government_id = $1 AND a.employee_id = d.was_superior"     \
	" LEFT JOIN org_employee b ON b.government_id = $1 AND b.employee_id = d.new_superior"     \
	" LEFT JOIN org_employee o ON o.government_id = $1 AND o.employee_id = d.decided_by"
#define NAME_OF(t)                                                                                 \
	" coalesce(" t ".name, ''), coalesce(" t ".title_before, ''), coalesce(" t                 \
	".title_after, '')"
#define INTO_NAME(row)                                                                             \
	to_text(&(row).name), to_text(&(row).title_before), to_text(&(row).title_after)

struct db_stmt ORG_LIST_CASE_DAYS = {"org_list_case_days",
	"SELECT d.day, d.grounds, d.state, d.was_unit, d.was_position, d.was_level, d.was_superior,"
	" d.new_unit, d.new_position, d.new_level, d.new_superior, d.reason, d.decided_at," NAME_OF(
		"a") "," NAME_OF("b") "," NAME_OF("o") " FROM org_case_day d" PEOPLE_OF_DAY
						       " WHERE d.government_id = $1 AND d.case_id "
						       "= $2 ORDER BY d.day LIMIT $3",
	0};

enum err org_list_case_days(
	struct tx *tx, int64_t case_id, struct org_case_day *ret_day, int max, int *ret_count)
{
	struct employee_row a = {0}, b = {0}, o = {0};
	struct org_case_day d = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_CASE_DAYS,
		BIND(db_int(tx->government.v), db_int(case_id), db_int(max)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int32(&d.day), to_int32(&d.grounds), to_int32(&d.state),
				       to_int64(&d.was_unit.v), to_text(&d.was_position),
				       to_int32(&d.was_level), to_int64(&d.was_superior.v),
				       to_int64(&d.new_unit.v), to_text(&d.new_position),
				       to_int32(&d.new_level), to_int64(&d.new_superior.v),
				       to_text(&d.reason), to_int64(&d.decided_at), INTO_NAME(a),
				       INTO_NAME(b), INTO_NAME(o)))) {
		d.was_superior_name = org_full_name(tx->arena, &a);
		d.new_superior_name = org_full_name(tx->arena, &b);
		d.decided_by_name = org_full_name(tx->arena, &o);
		ret_day[n++] = d;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_DAY_CASES = {"org_list_day_cases",
	"SELECT c.case_id, c.kind, c.decree, c.effective, d.grounds, d.state, d.was_unit,"
	" d.was_position, d.new_unit, d.new_position, d.reason, d.decided_at," NAME_OF(
		"a") "," NAME_OF("b") "," NAME_OF("o") " FROM org_case_day d JOIN org_case c ON "
						       "c.government_id = $1 AND c.case_id = "
						       "d.case_id" PEOPLE_OF_DAY
						       " WHERE d.government_id = $1 AND "
						       "d.employee_id = $2 AND d.day = $3"
						       " ORDER BY c.case_id DESC LIMIT 4",
	0};

enum err org_list_day_cases(struct tx *tx, struct employee_id employee, int32_t day,
	struct org_day_case *ret_case, int *ret_count)
{
	_Static_assert(DAY_CASES_MAX == 4, "LIMIT of the statement");
	struct employee_row a = {0}, b = {0}, o = {0};
	struct org_day_case c = {0};
	struct db_rows rows;
	int32_t kind;
	int n = 0;

	db_query(tx, &ORG_LIST_DAY_CASES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)), &rows);
	while (n < DAY_CASES_MAX &&
		db_next(&rows,
			INTO(to_int64(&c.case_id), to_int32(&kind), to_text(&c.decree),
				to_int32(&c.effective), to_int32(&c.grounds), to_int32(&c.state),
				to_int64(&c.was_unit.v), to_text(&c.was_position),
				to_int64(&c.new_unit.v), to_text(&c.new_position),
				to_text(&c.reason), to_int64(&c.decided_at), INTO_NAME(a),
				INTO_NAME(b), INTO_NAME(o)))) {
		c.kind = (enum case_kind)kind;
		c.was_superior = org_full_name(tx->arena, &a);
		c.new_superior = org_full_name(tx->arena, &b);
		c.decided_by = org_full_name(tx->arena, &o);
		ret_case[n++] = c;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* ---- deciding ---- */

struct db_stmt ORG_SET_CASE_DAY = {"org_set_case_day",
	"UPDATE org_case_day SET state = $4, reason = $5, decided_by = $6, decided_at = $7"
	" WHERE government_id = $1 AND case_id = $2 AND day = $3 AND state = 0",
	0};
struct db_stmt ORG_FREE_PLACEMENT = {"org_free_placement",
	"UPDATE org_pin SET unit_id = 0 WHERE government_id = $1 AND employee_id = $2 AND day = $3",
	0};
struct db_stmt ORG_FREE_SUPERVISOR = {"org_free_supervisor",
	"UPDATE org_pin SET superior_id = 0 WHERE government_id = $1 AND employee_id = $2"
	" AND day = $3",
	0};
struct db_stmt ORG_SET_CASE_OPEN = {"org_set_case_open",
	"UPDATE org_case SET open_days = (SELECT count(*) FROM org_case_day d"
	" WHERE d.government_id = $1 AND d.case_id = $2 AND d.state = 0)"
	" WHERE government_id = $1 AND case_id = $2",
	0};

static enum err decide_day(struct tx *tx, const struct org_case_row *row, int32_t day,
	enum case_state state, const char *reason, struct employee_id by)
{
	enum err e = db_exec(tx, &ORG_SET_CASE_DAY,
		BIND(db_int(tx->government.v), db_int(row->case_id), db_int(day), db_int(state),
			db_text(reason), db_int(by.v), db_int(tx->now_ms)),
		NULL);

	if (e || state != CASE_ACCEPTED)
		return e;
	changes_add(tx->changes, CHANGE_DAY, row->employee.v, day);
	return db_exec(tx, row->kind == CASE_PLACEMENT ? &ORG_FREE_PLACEMENT : &ORG_FREE_SUPERVISOR,
		BIND(db_int(tx->government.v), db_int(row->employee.v), db_int(day)), NULL);
}

enum err org_decide_case_days(struct tx *tx, const struct org_case_row *row, const int32_t *day,
	int days, enum case_state state, const char *reason, struct employee_id by)
{
	struct buf fact;
	enum err e = OK;

	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "case %lld %s by %lld reason %s days", (long long)row->case_id,
		case_state_names[state], (long long)by.v, reason);
	for (int i = 0; i < days && !e; i++) {
		buf_printf(&fact, " %d", day[i]);
		e = decide_day(tx, row, day[i], state, reason, by);
	}
	if (!e)
		e = db_exec(tx, &ORG_SET_CASE_OPEN,
			BIND(db_int(tx->government.v), db_int(row->case_id)), NULL);
	if (!e)
		trust_add_leaf(tx, LEAF_CASE, row->case_id, fact.p, fact.n);
	return e;
}
