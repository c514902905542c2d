/*
 * Every SQL statement of monitor: counters per unit and day, arrivals per five minutes, and the few
 * questions to the slices below that a board asks.
 *
 * The columns of the counters come from base/counter.def in its order, so a counter added there is
 * added here. The projection only ever adds deltas: two batches that touch a unit never read it
 * first.
 */
#include "monitor/monitor_int.h"

_Static_assert(COUNTER_COUNT == 20, "the placeholders of ADD_MOVE are written out");

#define PUT(i)     db_int(move->delta[i])
#define TAKE(r, i) to_int32(&(r)->counters.count[i])
#define TAKE_ALL(r)                                                                                \
	TAKE(r, 0), TAKE(r, 1), TAKE(r, 2), TAKE(r, 3), TAKE(r, 4), TAKE(r, 5), TAKE(r, 6),        \
		TAKE(r, 7), TAKE(r, 8), TAKE(r, 9), TAKE(r, 10), TAKE(r, 11), TAKE(r, 12),         \
		TAKE(r, 13), TAKE(r, 14), TAKE(r, 15), TAKE(r, 16), TAKE(r, 17), TAKE(r, 18),      \
		TAKE(r, 19)

/* clang-format off */
static struct db_stmt ADD_MOVE = {"monitor_add_move",
	"INSERT INTO monitor_counter (government_id, day, unit_id, changed_at"
#define X(name, column) ", " #column
#include "base/counter.def"
#undef X
	") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
	" ON CONFLICT (government_id, day, unit_id) DO UPDATE SET changed_at = excluded.changed_at"
#define X(name, column) ", " #column " = monitor_counter." #column " + excluded." #column
#include "base/counter.def"
#undef X
	, 0};

static struct db_stmt LOAD_COUNTERS = {"monitor_load_counters",
	"SELECT changed_at"
#define X(name, column) ", " #column
#include "base/counter.def"
#undef X
	" FROM monitor_counter WHERE government_id = $1 AND day = $2 AND unit_id = $3", 0};

static struct db_stmt LIST_BELOW = {"monitor_list_below",
	"SELECT u.unit_id, coalesce(c.changed_at, 0)"
#define X(name, column) ", coalesce(c." #column ", 0)"
#include "base/counter.def"
#undef X
	" FROM org_unit AS u LEFT JOIN monitor_counter AS c"
	" ON c.government_id = u.government_id AND c.day = $2 AND c.unit_id = u.unit_id"
	" WHERE u.government_id = $1 AND u.parent_id = $3 AND u.valid_from <= $2 AND u.valid_to >= $2"
	" ORDER BY u.code LIMIT $4", 0};

static struct db_stmt LIST_DAY = {"monitor_list_day",
	"SELECT unit_id, changed_at"
#define X(name, column) ", " #column
#include "base/counter.def"
#undef X
	" FROM monitor_counter WHERE government_id = $1 AND day = $2 ORDER BY unit_id LIMIT $3", 0};
/* clang-format on */

enum err monitor_add_move(struct tx *tx, const struct count_move *move)
{
	return db_exec(tx, &ADD_MOVE,
		BIND(db_int(tx->government.v), db_int(move->day), db_int(move->unit.v),
			db_int(tx->now_ms), PUT(0), PUT(1), PUT(2), PUT(3), PUT(4), PUT(5), PUT(6),
			PUT(7), PUT(8), PUT(9), PUT(10), PUT(11), PUT(12), PUT(13), PUT(14),
			PUT(15), PUT(16), PUT(17), PUT(18), PUT(19)),
		NULL);
}

enum err monitor_load_counters(
	struct tx *tx, int32_t day, struct unit_id unit, struct unit_counters *ret)
{
	enum err e;

	*ret = (struct unit_counters){.unit = unit};
	e = db_load(tx, &LOAD_COUNTERS, BIND(db_int(tx->government.v), db_int(day), db_int(unit.v)),
		INTO(to_int64(&ret->changed_at), TAKE_ALL(ret)));
	return e == E_NOT_FOUND ? OK : e;
}

static enum err list_counters(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct unit_counters *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].unit.v),
						 to_int64(&ret[n].changed_at), TAKE_ALL(&ret[n]))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

enum err monitor_list_below(struct tx *tx, int32_t day, struct unit_id parent,
	struct unit_counters *ret, int max, int *ret_count)
{
	return list_counters(tx, &LIST_BELOW,
		BIND(db_int(tx->government.v), db_int(day), db_int(parent.v), db_int(max)), ret,
		max, ret_count);
}

enum err monitor_list_day(
	struct tx *tx, int32_t day, struct unit_counters *ret, int max, int *ret_count)
{
	return list_counters(tx, &LIST_DAY,
		BIND(db_int(tx->government.v), db_int(day), db_int(max)), ret, max, ret_count);
}

static struct db_stmt ADD_ARRIVALS = {"monitor_add_arrivals",
	"INSERT INTO monitor_slot (government_id, day, slot, present_office, present_home, late)"
	" VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (government_id, day, slot) DO UPDATE SET"
	" present_office = monitor_slot.present_office + excluded.present_office,"
	" present_home = monitor_slot.present_home + excluded.present_home, late = "
	"monitor_slot.late + excluded.late",
	0};

enum err monitor_add_arrivals(struct tx *tx, int32_t day, const struct slot_row *row)
{
	return db_exec(tx, &ADD_ARRIVALS,
		BIND(db_int(tx->government.v), db_int(day), db_int(row->slot),
			db_int(row->present_office), db_int(row->present_home), db_int(row->late)),
		NULL);
}

static struct db_stmt LIST_SLOTS = {"monitor_list_slots",
	"SELECT slot, present_office, present_home, late FROM monitor_slot"
	" WHERE government_id = $1 AND day = $2 ORDER BY slot",
	0};

enum err monitor_list_slots(
	struct tx *tx, int32_t day, struct slot_row ret[SLOTS_PER_DAY], int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_SLOTS, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (n < SLOTS_PER_DAY &&
		db_next(&rows, INTO(to_int32(&ret[n].slot), to_int32(&ret[n].present_office),
				       to_int32(&ret[n].present_home), to_int32(&ret[n].late))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_LAST_WORKED = {"monitor_load_last_worked",
	"SELECT coalesce(max(day), $3) FROM monitor_counter"
	" WHERE government_id = $1 AND day < $2 AND day >= $2 - 14 AND unit_id = 0 AND expected > "
	"0",
	0};

enum err monitor_load_last_worked(struct tx *tx, int32_t day, int32_t *ret_day)
{
	return db_load(tx, &LOAD_LAST_WORKED,
		BIND(db_int(tx->government.v), db_int(day), db_int(DAY_NONE)),
		INTO(to_int32(ret_day)));
}

static struct db_stmt LIST_ROSTERED = {"monitor_list_rostered",
	"SELECT DISTINCT u.agency_id FROM roster_version AS v JOIN org_unit AS u"
	" ON u.government_id = v.government_id AND u.unit_id = v.unit_id"
	" WHERE v.government_id = $1 AND v.state = $3 AND v.period_from <= $2 AND v.period_to >= "
	"$2 LIMIT $4",
	0};

enum err monitor_list_rostered(
	struct tx *tx, int32_t day, struct unit_id *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_ROSTERED,
		BIND(db_int(tx->government.v), db_int(day), db_int(ROSTER_PUBLISHED), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].v))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* A day's reports are few beside all reports, but this runs only for a recount, never for a board.
 * A pinned day counts where it was decided. */
static struct db_stmt LIST_REPORTS = {"monitor_list_reports",
	"SELECT coalesce(NULLIF(k.unit_id, 0), p.unit_id, 0), r.state, count(*),"
	" CAST(sum(r.counted_wait) AS BIGINT)"
	" FROM reports_daily AS r LEFT JOIN org_placement AS p"
	" ON p.government_id = r.government_id AND p.employee_id = r.employee_id AND p.valid_from "
	"<= r.day"
	" AND p.valid_to >= r.day LEFT JOIN org_pin AS k ON k.government_id = r.government_id"
	" AND k.employee_id = r.employee_id AND k.day = r.day WHERE r.government_id = $1 AND r.day "
	"= $2"
	" AND NOT EXISTS (SELECT 1 FROM attendance_day AS d WHERE d.government_id = r.government_id"
	" AND d.day = r.day AND d.employee_id = r.employee_id AND d.state = $3)"
	" GROUP BY 1, 2 ORDER BY 1, 2",
	0};

void monitor_query_reports(struct tx *tx, int32_t day, struct db_rows *ret_rows)
{
	db_query(tx, &LIST_REPORTS,
		BIND(db_int(tx->government.v), db_int(day), db_int(DAY_NOT_USED)), ret_rows);
}

bool monitor_next_reports(struct db_rows *rows, struct report_count *ret)
{
	return db_next(rows, INTO(to_int64(&ret->unit.v), to_int32(&ret->state),
				     to_int32(&ret->count), to_int32(&ret->waited)));
}

static struct db_stmt END_COUNTERS = {"monitor_end_counters",
	"DELETE FROM monitor_counter WHERE government_id = $1 AND day = $2", 0};

enum err monitor_end_counters(struct tx *tx, int32_t day)
{
	return db_exec(tx, &END_COUNTERS, BIND(db_int(tx->government.v), db_int(day)), NULL);
}

static struct db_stmt END_SLOTS = {
	"monitor_end_slots", "DELETE FROM monitor_slot WHERE government_id = $1 AND day = $2", 0};

enum err monitor_end_slots(struct tx *tx, int32_t day)
{
	return db_exec(tx, &END_SLOTS, BIND(db_int(tx->government.v), db_int(day)), NULL);
}

struct db_stmt *const monitor_stmts[] = {&ADD_MOVE, &LOAD_COUNTERS, &LIST_BELOW, &LIST_DAY,
	&ADD_ARRIVALS, &LIST_SLOTS, &LOAD_LAST_WORKED, &LIST_ROSTERED, &LIST_REPORTS, &END_COUNTERS,
	&END_SLOTS};
