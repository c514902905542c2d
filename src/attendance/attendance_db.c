/*
 * Every SQL statement of attendance: the journal of punches, the projected days, the opened days.
 *
 * The journal is only ever appended to. Its key starts with the civil day and the person, so that a
 * fold reads a person's punches in one place and months can be cut off; a fold asks day by day,
 * because a span of days would read everybody's.
 */
#include "attendance/attendance_int.h"
#include "attendance/attendance_position.h"
#include "attendance/attendance_retention.h"
#include "attendance/attendance_source_int.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))

/* The columns of plain positions are of before they were sealed: 2147483647 says that there is
 * none.
 */
static struct db_stmt ADD_PUNCH = {"attendance_add_punch",
	"INSERT INTO attendance_punch (government_id, punch_day, employee_id, event_id, punch_id, "
	"direction,"
	" received_at, phone_at, offset_ms, lat_e7, lon_e7, accuracy_metres, place_error, flags, "
	"note, source, refers_to, time_grade, sealed_position)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 2147483647, 2147483647, 0, $10, $11, $12, "
	"$13, $14, $15, $16)"
	" ON CONFLICT DO NOTHING",
	0};

#define JOURNAL_VALUES  16
#define JOURNAL_AT_ONCE 250

static void set_journal_row(struct db_value *v, struct government_id government,
	struct employee_id employee, const struct punch *punch, struct bytes sealed)
{
	const struct db_value row[JOURNAL_VALUES] = {db_int(government.v), db_int(punch->punch_day),
		db_int(employee.v), db_bytes(punch->event_id.b, sizeof(punch->event_id.b)),
		db_int(punch->punch_id), db_int(punch->direction), db_int(punch->received_at),
		db_int(punch->phone_at), db_int(punch->offset_ms), db_int(punch->place_error),
		db_int(punch->flags), db_text(punch->note ? punch->note : ""),
		db_int(punch->source), db_int(punch->refers_to), db_int(punch->time_grade),
		db_bytes(sealed.p, sealed.n)};

	memcpy(v, row, sizeof(row));
}

enum err attendance_add_sealed_row(struct tx *tx, struct employee_id employee,
	const struct punch *punch, struct bytes sealed, int64_t *ret_rows)
{
	struct db_value v[JOURNAL_VALUES];
	enum err e;

	set_journal_row(v, tx->government, employee, punch, sealed);
	e = db_exec(tx, &ADD_PUNCH, (struct db_bind){v, JOURNAL_VALUES}, ret_rows);
	if (e || *ret_rows == 0 || sealed.n == 0)
		return e;
	return attendance_note_position(tx, punch->punch_day);
}

enum err attendance_add_journal_row(
	struct tx *tx, struct employee_id employee, const struct punch *punch, int64_t *ret_rows)
{
	return attendance_add_sealed_row(
		tx, employee, punch, attendance_seal_position(tx->arena, punch), ret_rows);
}

enum err attendance_add_journal_rows(
	struct tx *tx, const struct employee_id *employee, const struct punch *punch, int punches)
{
	const int most = punches < JOURNAL_AT_ONCE ? punches : JOURNAL_AT_ONCE;
	struct db_value *v = ARENA_ARRAY(tx->arena, (size_t)most * JOURNAL_VALUES, struct db_value);
	enum err e = OK;

	for (int done = 0; done < punches && !e; done += most) {
		const int count = punches - done < most ? punches - done : most;

		for (int i = 0; i < count; i++) {
			assert(punch[done + i].point.lat_e7 == NO_COORDINATE);
			set_journal_row(v + i * JOURNAL_VALUES, tx->government, employee[done + i],
				&punch[done + i], (struct bytes){NULL, 0});
		}
		e = db_exec_many(tx, &ADD_PUNCH, (struct db_bind){v, JOURNAL_VALUES}, count, NULL);
	}
	return e;
}

#define PUNCH_COLUMNS                                                                              \
	"event_id, punch_id, punch_day, direction, received_at, phone_at, offset_ms, lat_e7, "     \
	"lon_e7, accuracy_metres,"                                                                 \
	" place_error, flags, note, source, refers_to, time_grade, sealed_position, "              \
	"position_erased_at, place_unit, place_verdict, place_reason, place_bucket, place_site, "  \
	"event_unit, event_place"
/* What is read beside a punch. */
struct punch_cells {
	struct bytes event_id, sealed;
	struct kept_place kept;
};
#define INTO_PUNCH(p, c)                                                                           \
	INTO(to_bytes(&(c)->event_id), to_int64(&(p)->punch_id), to_int32(&(p)->punch_day),        \
		TO_ENUM((p)->direction), to_int64(&(p)->received_at), to_int64(&(p)->phone_at),    \
		to_int64(&(p)->offset_ms), to_int32(&(p)->point.lat_e7),                           \
		to_int32(&(p)->point.lon_e7), to_int32(&(p)->accuracy_metres),                     \
		TO_ENUM((p)->place_error), to_int32(&(p)->flags), to_text(&(p)->note),             \
		TO_ENUM((p)->source), to_int64(&(p)->refers_to), TO_ENUM((p)->time_grade),         \
		to_bytes(&(c)->sealed), to_int64(&(c)->kept.erased_at),                            \
		to_int64(&(c)->kept.unit.v), TO_ENUM((c)->kept.own.verdict),                       \
		TO_ENUM((c)->kept.own.reason), TO_ENUM((c)->kept.own.bucket),                      \
		to_int64(&(c)->kept.own.site.v), to_int64(&(c)->kept.event_unit.v),                \
		TO_ENUM((c)->kept.event))

/* A position that does not open is none: nobody is judged by what was not sealed for his punch. */
static void take_cells(struct tx *tx, struct punch *punch, const struct punch_cells *c)
{
	if (c->event_id.n == sizeof(punch->event_id.b))
		memcpy(punch->event_id.b, c->event_id.p, c->event_id.n);
	if (c->sealed.n && !attendance_open_position(c->sealed, punch))
		punch->place_error = POSITION_UNAVAILABLE;
	punch->kept = NULL;
	if (c->kept.erased_at) {
		struct kept_place *kept = ARENA_NEW(tx->arena, struct kept_place);

		*kept = c->kept;
		punch->kept = kept;
	}
}

static struct db_stmt LOAD_PUNCH = {"attendance_load_punch",
	"SELECT " PUNCH_COLUMNS " FROM attendance_punch"
	" WHERE government_id = $1 AND punch_day = $2 AND employee_id = $3 AND event_id = $4",
	0};

enum err attendance_load_punch(struct tx *tx, struct employee_id employee, int32_t day,
	const struct uuid *event_id, struct punch *ret)
{
	struct punch_cells cells = {0};
	enum err e;

	*ret = (struct punch){0};
	e = db_load(tx, &LOAD_PUNCH,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v),
			db_bytes(event_id->b, sizeof(event_id->b))),
		INTO_PUNCH(ret, &cells));
	if (!e)
		take_cells(tx, ret, &cells);
	return e;
}

/* Kept apart because the phone named a day that had not begun when it arrived: 2 is
 * PUNCH_QUARANTINED; a day begins in every zone before midnight UTC. Found by its own index. */
static struct db_stmt LIST_AHEAD = {"attendance_list_ahead",
	"SELECT punch_day, punch_id FROM attendance_punch WHERE government_id = $1"
	" AND employee_id = $2 AND punch_day > $3 AND (flags & 2) = 2 AND source = 0"
	" AND received_at >= $4 AND received_at < $5"
	" AND received_at < CAST(punch_day AS BIGINT) * 86400000 ORDER BY punch_day LIMIT $6",
	0};

enum err attendance_list_ahead(struct tx *tx, struct employee_id employee, int32_t after,
	int64_t from, int64_t to, struct ahead *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_AHEAD,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(after), db_int(from),
			db_int(to), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int32(&ret[n].punch_day), to_int64(&ret[n].punch_id))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* One look-up by key for each day. */
#define PUNCHES_OF(nth)                                                                            \
	"SELECT " PUNCH_COLUMNS " FROM attendance_punch WHERE CAST($3 AS INTEGER) + " nth          \
	" <= CAST($4 AS INTEGER) AND government_id = $1"                                           \
	" AND punch_day = CAST($3 AS INTEGER) + " nth " AND employee_id = $2"
static struct db_stmt LIST_PUNCHES = {"attendance_list_punches",
	PUNCHES_OF("0") " UNION ALL " PUNCHES_OF("1") " UNION ALL " PUNCHES_OF("2") " LIMIT $5", 0};

int attendance_compare_punches(const void *a, const void *b)
{
	const struct punch *x = a, *y = b;

	if (x->punch_day != y->punch_day)
		return x->punch_day < y->punch_day ? -1 : 1;
	return memcmp(x->event_id.b, y->event_id.b, sizeof(x->event_id.b));
}

enum err attendance_list_punches(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct punch *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct punch_cells cells = {0};
	int n = 0;

	assert(to - from <= 2);
	db_query(tx, &LIST_PUNCHES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_PUNCH(&ret[n], &cells)))
		take_cells(tx, &ret[n++], &cells);
	qsort(ret, (size_t)n, sizeof(*ret),
		attendance_compare_punches); /* no ORDER BY: it costs a sorter */
	*ret_count = n;
	return db_end(&rows);
}

#define DAY_COLUMNS                                                                                \
	"day, employee_id, unit_id, mode, mode_source, state, starts, ends, in_at, in_phone_at, "  \
	"out_at, out_phone_at,"                                                                    \
	" late_minutes, claim_late_minutes, early_minutes, worked_minutes, in_place, out_place, "  \
	"in_distance, duty, flags, status, basis, relieved_minutes, made_up_minutes, event, "      \
	"event_minutes"
#define INTO_DAY(r)                                                                                \
	INTO(to_int32(&(r)->day), to_int64(&(r)->employee.v), to_int64(&(r)->unit.v),              \
		TO_ENUM((r)->mode), TO_ENUM((r)->source), TO_ENUM((r)->state),                     \
		to_int32(&(r)->starts), to_int32(&(r)->ends), to_int64(&(r)->in_at),               \
		to_int64(&(r)->in_phone_at), to_int64(&(r)->out_at), to_int64(&(r)->out_phone_at), \
		to_int32(&(r)->late_minutes), to_int32(&(r)->claim_late_minutes),                  \
		to_int32(&(r)->early_minutes), to_int32(&(r)->worked_minutes),                     \
		TO_ENUM((r)->in_place), TO_ENUM((r)->out_place), TO_ENUM((r)->in_distance),        \
		TO_ENUM((r)->duty), to_int32(&(r)->flags), TO_ENUM((r)->status),                   \
		to_int32(&(r)->basis), to_int32(&(r)->relieved_minutes),                           \
		to_int32(&(r)->made_up_minutes), TO_ENUM((r)->event),                              \
		to_int32(&(r)->event_minutes))

static struct db_stmt LOAD_DAY = {"attendance_load_day",
	"SELECT " DAY_COLUMNS
	" FROM attendance_day WHERE government_id = $1 AND day = $2 AND employee_id = $3",
	0};

enum err attendance_load_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct attendance_day *ret)
{
	return db_load(tx, &LOAD_DAY,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v)), INTO_DAY(ret));
}

static struct db_stmt LIST_DAYS = {"attendance_list_days",
	"SELECT " DAY_COLUMNS " FROM attendance_day"
	" WHERE government_id = $1 AND employee_id = $2 AND day >= $3 AND day <= $4 ORDER BY day "
	"LIMIT $5",
	0};

enum err attendance_list_days(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct attendance_day *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_DAYS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_DAY(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* The latest first, so that of many the near ones are folded. */
static struct db_stmt LIST_FOLDED = {"attendance_list_folded",
	"SELECT day FROM attendance_day WHERE government_id = $1 AND employee_id = $2 AND day >= "
	"$3 "
	"ORDER BY day DESC LIMIT $4",
	0};

enum err attendance_list_folded(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_FOLDED,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int32(&ret[n]))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_DAY = {"attendance_list_day",
	"SELECT " DAY_COLUMNS " FROM attendance_day"
	" WHERE government_id = $1 AND day = $2 AND employee_id > $3 ORDER BY employee_id LIMIT $4",
	0};

enum err attendance_list_day(struct tx *tx, int32_t day, struct employee_id after,
	struct attendance_day *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_DAY,
		BIND(db_int(tx->government.v), db_int(day), db_int(after.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO_DAY(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

#define BIND_DAY(tx, r)                                                                            \
	BIND(db_int((tx)->government.v), db_int((r)->day), db_int((r)->employee.v),                \
		db_int((r)->unit.v), db_int((r)->mode), db_int((r)->source), db_int((r)->state),   \
		db_int((r)->starts), db_int((r)->ends), db_int((r)->in_at),                        \
		db_int((r)->in_phone_at), db_int((r)->out_at), db_int((r)->out_phone_at),          \
		db_int((r)->late_minutes), db_int((r)->claim_late_minutes),                        \
		db_int((r)->early_minutes), db_int((r)->worked_minutes), db_int((r)->in_place),    \
		db_int((r)->out_place), db_int((r)->in_distance), db_int((r)->duty),               \
		db_int((r)->flags), db_int((r)->status), db_int((r)->basis),                       \
		db_int((r)->relieved_minutes), db_int((r)->made_up_minutes), db_int((r)->event),   \
		db_int((r)->event_minutes))

static struct db_stmt ADD_DAY = {"attendance_add_day",
	"INSERT INTO attendance_day (government_id, " DAY_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
	"$19, $20, $21, $22, $23, $24, $25, $26, $27, $28)",
	0};

enum err attendance_add_day(struct tx *tx, const struct attendance_day *row)
{
	return db_exec(tx, &ADD_DAY, BIND_DAY(tx, row), NULL);
}

/* The unit is not set: it stands in an index, which a punch need not touch. */
static struct db_stmt SET_DAY = {"attendance_set_day",
	"UPDATE attendance_day SET mode = $5, mode_source = $6, state = $7, "
	"starts = $8, ends = $9, in_at = $10, in_phone_at = $11, out_at = $12, out_phone_at = $13,"
	" late_minutes = $14, claim_late_minutes = $15, early_minutes = $16, worked_minutes = $17,"
	" in_place = $18, out_place = $19, in_distance = $20, duty = $21, flags = $22,"
	" status = $23, basis = $24, relieved_minutes = $25, made_up_minutes = $26,"
	" event = $27, event_minutes = $28"
	" WHERE government_id = $1 AND day = $2 AND employee_id = $3 AND unit_id = $4",
	0};

enum err attendance_set_day(struct tx *tx, const struct attendance_day *row)
{
	return db_exec(tx, &SET_DAY, BIND_DAY(tx, row), NULL);
}

static struct db_stmt END_DAY = {"attendance_end_day",
	"DELETE FROM attendance_day WHERE government_id = $1 AND day = $2 AND employee_id = $3", 0};

enum err attendance_end_day(struct tx *tx, struct employee_id employee, int32_t day)
{
	return db_exec(tx, &END_DAY,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v)), NULL);
}

static struct db_stmt LOAD_OPENED = {"attendance_load_opened",
	"SELECT opened_at, settled_at FROM attendance_opened WHERE government_id = $1 AND day = $2",
	0};

enum err attendance_load_opened(
	struct tx *tx, int32_t day, int64_t *ret_opened_at, int64_t *ret_settled_at)
{
	return db_load(tx, &LOAD_OPENED, BIND(db_int(tx->government.v), db_int(day)),
		INTO(to_int64(ret_opened_at), to_int64(ret_settled_at)));
}

static struct db_stmt ADD_OPENED = {"attendance_add_opened",
	"INSERT INTO attendance_opened (government_id, day, opened_at, settled_at) VALUES ($1, $2, "
	"$3, 0)"
	" ON CONFLICT DO NOTHING",
	0};

enum err attendance_add_opened(struct tx *tx, int32_t day)
{
	enum err e = db_exec(tx, &ADD_OPENED,
		BIND(db_int(tx->government.v), db_int(day), db_int(tx->now_ms)), NULL);

	return e ? e : attendance_note_opened(tx, day);
}

static struct db_stmt SET_SETTLED = {"attendance_set_settled",
	"UPDATE attendance_opened SET settled_at = $3 WHERE government_id = $1 AND day = $2", 0};

enum err attendance_set_settled(struct tx *tx, int32_t day)
{
	return db_exec(tx, &SET_SETTLED,
		BIND(db_int(tx->government.v), db_int(day), db_int(tx->now_ms)), NULL);
}

static struct db_stmt LOAD_NEXT_OPENED = {"attendance_load_next_opened",
	"SELECT coalesce(min(day), $4) FROM attendance_opened WHERE government_id = $1 AND day > "
	"$2 AND day <= $3",
	0};

enum err attendance_load_next_opened(struct tx *tx, int32_t after, int32_t to, int32_t *ret_day)
{
	return db_load(tx, &LOAD_NEXT_OPENED,
		BIND(db_int(tx->government.v), db_int(after), db_int(to), db_int(DAY_NONE)),
		INTO(to_int32(ret_day)));
}

static struct db_stmt LOAD_LAST_OPENED = {"attendance_load_last_opened",
	"SELECT coalesce(max(day), $3) FROM attendance_opened WHERE government_id = $1 AND day < "
	"$2",
	0};

enum err attendance_load_last_opened(struct tx *tx, int32_t before, int32_t *ret_day)
{
	return db_load(tx, &LOAD_LAST_OPENED,
		BIND(db_int(tx->government.v), db_int(before), db_int(DAY_NONE)),
		INTO(to_int32(ret_day)));
}

static enum err list_people(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct employee_id *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].v))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* Duty outside the office is never absent and owes no way out, so its rows have nothing to settle;
 * an assembly is settled whatever the day was. */
static struct db_stmt LIST_UNSETTLED = {"attendance_list_unsettled",
	"SELECT employee_id FROM attendance_day WHERE government_id = $1 AND day = $2 AND "
	"employee_id > $3"
	" AND mode <> $4 AND (state = $5 OR state = $6 OR state = $7 OR event = $8)"
	" ORDER BY employee_id LIMIT $9",
	0};

enum err attendance_list_unsettled(struct tx *tx, int32_t day, struct employee_id after,
	struct employee_id *ret, int max, int *ret_count)
{
	return list_people(tx, &LIST_UNSETTLED,
		BIND(db_int(tx->government.v), db_int(day), db_int(after.v),
			db_int(MODE_OUTSIDE_DUTY), db_int(DAY_EXPECTED), db_int(DAY_PRESENT),
			db_int(DAY_PAPER), db_int(EVENT_EXPECTED), db_int(max)),
		ret, max, ret_count);
}

static struct db_stmt LIST_KNOWN = {"attendance_list_known",
	"SELECT employee_id FROM (SELECT employee_id FROM attendance_day WHERE government_id = $1 "
	"AND day = $2"
	" UNION SELECT employee_id FROM attendance_punch WHERE government_id = $1 AND punch_day = "
	"$2) AS known"
	" WHERE employee_id > $3 ORDER BY employee_id LIMIT $4",
	0};

enum err attendance_list_known(struct tx *tx, int32_t day, struct employee_id after,
	struct employee_id *ret, int max, int *ret_count)
{
	return list_people(tx, &LIST_KNOWN,
		BIND(db_int(tx->government.v), db_int(day), db_int(after.v), db_int(max)), ret, max,
		ret_count);
}

static struct db_stmt LIST_STRANGERS = {"attendance_list_strangers",
	"SELECT d.employee_id FROM attendance_day AS d WHERE d.government_id = $1 AND d.day = $2 "
	"AND d.employee_id > $3"
	" AND NOT EXISTS (SELECT 1 FROM org_employee AS e WHERE e.government_id = d.government_id"
	" AND e.employee_id = d.employee_id AND e.valid_from <= d.day AND e.valid_to >= d.day)"
	" ORDER BY d.employee_id LIMIT $4",
	0};

enum err attendance_list_strangers(struct tx *tx, int32_t day, struct employee_id after,
	struct employee_id *ret, int max, int *ret_count)
{
	return list_people(tx, &LIST_STRANGERS,
		BIND(db_int(tx->government.v), db_int(day), db_int(after.v), db_int(max)), ret, max,
		ret_count);
}

static struct db_stmt COUNT_EVENTS = {"attendance_count_events",
	"SELECT unit_id, event, count(*) FROM attendance_day WHERE government_id = $1 AND day = $2 "
	"AND event > 0 GROUP BY unit_id, event ORDER BY unit_id, event",
	0};

enum err attendance_count_events(
	struct tx *tx, int32_t day, struct event_count **ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	*ret = ARENA_ARRAY(tx->arena, (size_t)max, struct event_count);
	db_query(tx, &COUNT_EVENTS, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&(*ret)[n].unit.v), to_int32(&(*ret)[n].event),
				       to_int32(&(*ret)[n].people))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_IS_QUEUED = {"attendance_load_is_queued",
	"SELECT count(*) FROM platform_job WHERE state IN ($3, $4) AND government_id = $1 AND kind "
	"= $2",
	0};

enum err attendance_load_is_queued(struct tx *tx, const char *kind, bool *ret_queued)
{
	int64_t count = 0;
	enum err e = db_load(tx, &LOAD_IS_QUEUED,
		BIND(db_int(tx->government.v), db_text(kind), db_int(JOB_WAITING),
			db_int(JOB_RUNNING)),
		INTO(to_int64(&count)));

	*ret_queued = count > 0;
	return e;
}

/* Bits of enum day_basis: 16 entered by a person, 64 a decision changed what counts. */
static struct db_stmt LIST_DECIDED = {"attendance_list_decided",
	"SELECT day, basis FROM attendance_day WHERE government_id = $1 AND employee_id = $2"
	" AND day >= $3 AND day <= $4 AND (basis & 80) <> 0 ORDER BY day LIMIT $5",
	0};

enum err attendance_list_decided(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct org_decided_day *ret_day, int max, int *ret_count)
{
	_Static_assert((BASIS_MANUAL | BASIS_CORRECTED) == 80, "the mask of the statement");
	struct db_rows rows;
	int32_t day, basis;
	int n = 0;

	db_query(tx, &LIST_DECIDED,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int32(&day), to_int32(&basis))))
		ret_day[n++] = (struct org_decided_day){
			day, (basis & BASIS_MANUAL ? GROUND_PAPER : 0) |
				     (basis & BASIS_CORRECTED ? GROUND_CORRECTION : 0)};
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt *const attendance_stmts[] = {&ADD_PUNCH, &LOAD_PUNCH, &LIST_AHEAD, &LIST_PUNCHES,
	&LOAD_DAY, &LIST_DAYS, &LIST_FOLDED, &LIST_DAY, &ADD_DAY, &SET_DAY, &END_DAY, &LOAD_OPENED,
	&ADD_OPENED, &SET_SETTLED, &LOAD_NEXT_OPENED, &LOAD_LAST_OPENED, &LIST_UNSETTLED,
	&LIST_KNOWN, &LIST_STRANGERS, &COUNT_EVENTS, &LOAD_IS_QUEUED, &ATTENDANCE_LIST_ACCEPTED,
	&LIST_DECIDED, &ATTENDANCE_LOAD_IS_CLOSED, &ATTENDANCE_ADD_CLOSED, &ATTENDANCE_LIST_CLOSED,
	&ATTENDANCE_LOAD_LAST_CLOSED, &ATTENDANCE_LIST_SOURCES, &ATTENDANCE_LIST_CODES,
	&ATTENDANCE_LOAD_EXTERNAL, &ATTENDANCE_SET_EXTERNAL, &ATTENDANCE_END_EXTERNAL,
	&ATTENDANCE_LOAD_ARRIVED, &ATTENDANCE_LOAD_SIMPEGNAS, &ATTENDANCE_NOTE_POSITION,
	&ATTENDANCE_NOTE_OPENED, &ATTENDANCE_LOAD_SWEPT, &ATTENDANCE_SET_SWEPT,
	&ATTENDANCE_LOAD_PLAIN_DAY};
