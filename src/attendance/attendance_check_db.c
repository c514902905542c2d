/*
 * Every statement about presence checks and the lots of days.
 */
#include "attendance/attendance_check.h"

#include "attendance/attendance_correction.h"

#include <stdlib.h>
#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))

/* ---- the lot of a day ---- */

static struct db_stmt LOAD_CHECK_DAY = {"attendance_load_check_day",
	"SELECT commitment, committed_at, leaf_index, seed, percent, minutes, edge_minutes,"
	" week_max, drawn_at FROM attendance_check_day WHERE government_id = $1 AND day = $2",
	0};

enum err attendance_load_check_day(struct tx *tx, int32_t day, struct check_day *ret)
{
	struct bytes commitment = {0};
	enum err e;

	*ret = (struct check_day){.day = day};
	e = db_load(tx, &LOAD_CHECK_DAY, BIND(db_int(tx->government.v), db_int(day)),
		INTO(to_bytes(&commitment), to_int64(&ret->committed_at),
			to_int64(&ret->leaf_index), to_bytes(&ret->seed), to_int32(&ret->percent),
			to_int32(&ret->minutes), to_int32(&ret->edge_minutes),
			to_int32(&ret->week_max), to_int64(&ret->drawn_at)));
	if (!e && commitment.n == sizeof(ret->commitment.b))
		memcpy(ret->commitment.b, commitment.p, sizeof(ret->commitment.b));
	return e;
}

static struct db_stmt ADD_CHECK_DAY = {"attendance_add_check_day",
	"INSERT INTO attendance_check_day (government_id, day, commitment, committed_at,"
	" leaf_index, seed, percent, minutes, edge_minutes, week_max, drawn_at)"
	" VALUES ($1, $2, $3, $4, $5, NULL, 0, 0, 0, 0, 0)",
	0};

enum err attendance_add_check_day(struct tx *tx, const struct check_day *row)
{
	return db_exec(tx, &ADD_CHECK_DAY,
		BIND(db_int(tx->government.v), db_int(row->day),
			db_bytes(row->commitment.b, sizeof(row->commitment.b)),
			db_int(row->committed_at), db_int(row->leaf_index)),
		NULL);
}

static struct db_stmt SET_CHECK_DAY = {"attendance_set_check_day",
	"UPDATE attendance_check_day SET seed = $3, percent = $4, minutes = $5,"
	" edge_minutes = $6, week_max = $7, drawn_at = $8 WHERE government_id = $1 AND day = $2",
	0};

enum err attendance_set_check_day(struct tx *tx, const struct check_day *row)
{
	return db_exec(tx, &SET_CHECK_DAY,
		BIND(db_int(tx->government.v), db_int(row->day),
			row->seed.n ? db_bytes(row->seed.p, row->seed.n) : db_null(),
			db_int(row->percent), db_int(row->minutes), db_int(row->edge_minutes),
			db_int(row->week_max), db_int(row->drawn_at)),
		NULL);
}

/* ---- one check ---- */

#define CHECK_COLUMNS                                                                              \
	"c.check_id, c.employee_id, c.day, c.unit_id, c.kind, c.opens_at, c.closes_at, "           \
	"c.until_at, c.note, c.asked_at, c.asked_by, c.asked_for, c.shown_at, c.seen_at, "         \
	"c.seen_by, c.seen_note"
#define INTO_CHECK(c)                                                                              \
	to_int64(&(c)->id), to_int64(&(c)->employee.v), to_int32(&(c)->day),                       \
		to_int64(&(c)->unit.v), TO_ENUM((c)->kind), to_int64(&(c)->opens_at),              \
		to_int64(&(c)->closes_at), to_int64(&(c)->until_at), to_text(&(c)->note),          \
		to_int64(&(c)->asked_at), to_int64(&(c)->asked_by.v), to_int64(&(c)->asked_for.v), \
		to_int64(&(c)->shown_at), to_int64(&(c)->seen_at), to_int64(&(c)->seen_by.v),      \
		to_text(&(c)->seen_note)

static struct db_stmt ADD_CHECK = {"attendance_add_check",
	"INSERT INTO attendance_check (government_id, check_id, employee_id, day, unit_id, kind,"
	" opens_at, closes_at, until_at, note, asked_at, asked_by, asked_for, shown_at, seen_at,"
	" seen_by, seen_note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0,"
	" 0, 0, '') ON CONFLICT DO NOTHING",
	0};

enum err attendance_add_check(struct tx *tx, const struct check *c, int64_t *ret_rows)
{
	return db_exec(tx, &ADD_CHECK,
		BIND(db_int(tx->government.v), db_int(c->id), db_int(c->employee.v), db_int(c->day),
			db_int(c->unit.v), db_int(c->kind), db_int(c->opens_at),
			db_int(c->closes_at), db_int(c->until_at), db_text(c->note),
			db_int(c->asked_at), db_int(c->asked_by.v), db_int(c->asked_for.v)),
		ret_rows);
}

static struct db_stmt LOAD_CHECK = {"attendance_load_check",
	"SELECT " CHECK_COLUMNS
	" FROM attendance_check c WHERE c.government_id = $1 AND c.check_id = $2",
	0};

enum err attendance_load_check(struct tx *tx, int64_t id, struct check *ret)
{
	*ret = (struct check){0};
	return db_load(
		tx, &LOAD_CHECK, BIND(db_int(tx->government.v), db_int(id)), INTO(INTO_CHECK(ret)));
}

static struct db_stmt SET_CHECK = {"attendance_set_check",
	"UPDATE attendance_check SET shown_at = $3, seen_at = $4, seen_by = $5, seen_note = $6"
	" WHERE government_id = $1 AND check_id = $2",
	0};

enum err attendance_set_check(struct tx *tx, const struct check *c)
{
	return db_exec(tx, &SET_CHECK,
		BIND(db_int(tx->government.v), db_int(c->id), db_int(c->shown_at),
			db_int(c->seen_at), db_int(c->seen_by.v), db_text(c->seen_note)),
		NULL);
}

static struct db_stmt COUNT_CHECKS = {"attendance_count_checks",
	"SELECT coalesce(sum(CASE WHEN kind = 0 THEN 1 ELSE 0 END), 0),"
	" coalesce(sum(CASE WHEN kind = 0 THEN 0 ELSE 1 END), 0) FROM attendance_check"
	" WHERE government_id = $1 AND employee_id = $2 AND day BETWEEN $3 AND $4",
	0};

enum err attendance_count_checks(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, int32_t *ret_lots, int32_t *ret_calls)
{
	return db_load(tx, &COUNT_CHECKS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to)),
		INTO(to_int32(ret_lots), to_int32(ret_calls)));
}

/* ---- lists ---- */

static enum err list_checks(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct check *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max) {
		ret[n] = (struct check){0};
		if (!db_next(&rows, INTO(INTO_CHECK(&ret[n]))))
			break;
		n++;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_OPEN_CHECKS = {"attendance_list_open_checks",
	"SELECT " CHECK_COLUMNS " FROM attendance_check c WHERE c.government_id = $1"
	" AND c.employee_id = $2 AND c.day >= $3 AND c.opens_at <= $4 AND c.until_at >= $4"
	" ORDER BY c.closes_at, c.check_id LIMIT $5",
	0};

enum err attendance_list_open_checks(
	struct tx *tx, struct employee_id employee, struct check *ret, int max, int *ret_count)
{
	/* of a night shift the day before, in any zone */
	int32_t since = instant_day(tx->now_ms, ZONE_WIB) - 1;

	return list_checks(tx, &LIST_OPEN_CHECKS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(since),
			db_int(tx->now_ms), db_int(max)),
		ret, max, ret_count);
}

static struct db_stmt LIST_OWN_CHECKS = {"attendance_list_own_checks",
	"SELECT " CHECK_COLUMNS " FROM attendance_check c WHERE c.government_id = $1"
	" AND c.employee_id = $2 AND c.day >= $3 AND c.opens_at <= $4"
	" ORDER BY c.opens_at DESC, c.check_id LIMIT $5",
	0};

enum err attendance_list_own_checks(struct tx *tx, struct employee_id employee, int32_t since,
	struct check *ret, int max, int *ret_count)
{
	return list_checks(tx, &LIST_OWN_CHECKS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(since),
			db_int(tx->now_ms), db_int(max)),
		ret, max, ret_count);
}

static struct db_stmt LIST_CALLS = {"attendance_list_calls",
	"SELECT " CHECK_COLUMNS " FROM attendance_check c WHERE c.government_id = $1"
	" AND c.employee_id = $2 AND c.day BETWEEN $3 AND $4 AND c.kind <> 0 AND c.opens_at <= $5"
	" ORDER BY c.day DESC, c.check_id DESC LIMIT $6",
	0};

enum err attendance_list_calls(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct check *ret, int max, int *ret_count)
{
	_Static_assert(CHECK_LOT == 0, "stands in LIST_CALLS");
	return list_checks(tx, &LIST_CALLS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(tx->now_ms), db_int(max)),
		ret, max, ret_count);
}

/* One of others', with what it is sorted by. */
struct named {
	struct check c;
	const char *folded;
};

static struct db_stmt LIST_TEAM_CHECKS = {"attendance_list_team_checks",
	"SELECT " CHECK_COLUMNS ", e.name_folded, e.name, e.title_before, e.title_after"
	" FROM (SELECT employee_id FROM org_relation WHERE government_id = $1 AND kind = 0"
	" AND superior_id = $2 AND valid_from <= $3 AND valid_to >= $3"
	" UNION SELECT employee_id FROM org_pin WHERE government_id = $1 AND superior_id = $2"
	" AND day = $3) AS s"
	" JOIN attendance_check c ON c.government_id = $1 AND c.employee_id = s.employee_id"
	" AND c.day = $3 AND c.opens_at <= $4 AND c.employee_id <> $5"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = c.employee_id"
	" ORDER BY e.name_folded, c.opens_at, c.check_id LIMIT $6",
	0};

static enum err list_named(struct tx *tx, struct employee_id superior, struct employee_id actor,
	int32_t day, struct named *ret, int max, int *ret_count)
{
	struct employee_row owner = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_TEAM_CHECKS,
		BIND(db_int(tx->government.v), db_int(superior.v), db_int(day), db_int(tx->now_ms),
			db_int(actor.v), db_int(max)),
		&rows);
	while (n < max) {
		ret[n] = (struct named){0};
		if (!db_next(&rows, INTO(INTO_CHECK(&ret[n].c), to_text(&ret[n].folded),
					    to_text(&owner.name), to_text(&owner.title_before),
					    to_text(&owner.title_after))))
			break;
		ret[n++].c.full_name = org_full_name(tx->arena, &owner);
	}
	*ret_count = n;
	return db_end(&rows);
}

/* Keeps those of whom the actor is the superior of the day, himself or in another's place. */
static enum err keep_own(
	struct tx *tx, struct employee_id actor, struct named *row, int count, int *ret_kept)
{
	struct employee_id acts_for;
	int kept = 0;
	enum err e = OK;

	for (int i = 0; i < count && !e; i++) {
		bool may = kept && row[kept - 1].c.employee.v == row[i].c.employee.v;

		if (!may)
			e = org_load_authority(
				tx, actor, row[i].c.employee, row[i].c.day, &may, &acts_for);
		if (!e && may)
			row[kept++] = row[i];
	}
	*ret_kept = kept;
	return e;
}

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);

	if (order)
		return order;
	if (x->c.employee.v != y->c.employee.v)
		return x->c.employee.v < y->c.employee.v ? -1 : 1;
	if (x->c.opens_at != y->c.opens_at)
		return x->c.opens_at < y->c.opens_at ? -1 : 1;
	return (x->c.id > y->c.id) - (x->c.id < y->c.id);
}

enum err attendance_list_team_checks(struct tx *tx, struct employee_id actor, int32_t day,
	struct check *ret, int max, int *ret_count)
{
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	struct named *row;
	int seats = 0, rows = 0, n = 0;
	enum err e = org_list_seats(tx, actor, day, day, seat, &seats);

	row = ARENA_ARRAY(tx->arena, (size_t)max * (size_t)(seats + 1), struct named);
	for (int i = 0; i < seats && !e; i++) {
		int count = 0;

		e = list_named(tx, seat[i].superior, actor, day, row + rows, max, &count);
		if (!e)
			e = keep_own(tx, actor, row + rows, count, &count);
		rows += e ? 0 : count;
	}
	if (rows)
		qsort(row, (size_t)rows, sizeof(*row), compare_named);
	for (int i = 0; i < rows && n < max && !e; i++)
		if (n == 0 || ret[n - 1].id != row[i].c.id)
			ret[n++] = row[i].c;
	*ret_count = n;
	return e;
}

struct db_stmt *const attendance_check_stmts[CHECK_STMTS] = {&LOAD_CHECK_DAY, &ADD_CHECK_DAY,
	&SET_CHECK_DAY, &ADD_CHECK, &LOAD_CHECK, &SET_CHECK, &COUNT_CHECKS, &LIST_OPEN_CHECKS,
	&LIST_OWN_CHECKS, &LIST_CALLS, &LIST_TEAM_CHECKS};
