/*
 * Statements of the retention: which days may hold positions, whose rows do, what replaces them.
 */
#include "attendance/attendance_retention_int.h"

#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_correction.h"
#include "attendance/attendance_position.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))

/* ---- days ---- */

/* 2: being gone through. A position that comes meanwhile makes it 1 again. */
struct db_stmt ATTENDANCE_NOTE_POSITION = {"attendance_note_position",
	"INSERT INTO attendance_position_day (government_id, punch_day, is_plain, is_open, erased, "
	"looked_at, swept_at) VALUES ($1, $2, 0, 1, 0, 0, 0)"
	" ON CONFLICT (government_id, punch_day) DO UPDATE SET is_open = 1"
	" WHERE attendance_position_day.is_open <> 1",
	0};

struct db_stmt ATTENDANCE_NOTE_OPENED = {"attendance_note_opened",
	"INSERT INTO attendance_position_day (government_id, punch_day, is_plain, is_open, erased, "
	"looked_at, swept_at) VALUES ($1, $2, 0, 1, 0, 0, 0) ON CONFLICT DO NOTHING",
	0};

enum err attendance_note_opened(struct tx *tx, int32_t day)
{
	return db_exec(
		tx, &ATTENDANCE_NOTE_OPENED, BIND(db_int(tx->government.v), db_int(day)), NULL);
}

/* Today has its row since it opened. */
enum err attendance_note_position(struct tx *tx, int32_t punch_day)
{
	enum zone zone;
	enum err e = platform_load_zone(tx, &zone);

	if (e || punch_day == instant_day(tx->now_ms, zone))
		return e;
	return db_exec(tx, &ATTENDANCE_NOTE_POSITION,
		BIND(db_int(tx->government.v), db_int(punch_day)), NULL);
}

static struct db_stmt LIST_OPEN_DAYS = {"attendance_list_open_position_days",
	"SELECT punch_day FROM attendance_position_day WHERE government_id = $1 AND is_open <> 0"
	" ORDER BY punch_day LIMIT $2",
	0};

enum err attendance_list_open_position_days(
	struct tx *tx, int32_t *ret_day, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_OPEN_DAYS, BIND(db_int(tx->government.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO(to_int32(&ret_day[n]))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_DAYS = {"attendance_list_position_days",
	"SELECT d.punch_day, d.is_plain, d.is_open, d.erased, d.looked_at,"
	" (SELECT count(*) FROM attendance_position_held h WHERE h.government_id = d.government_id"
	"  AND h.punch_day = d.punch_day)"
	" FROM attendance_position_day d WHERE d.government_id = $1 AND d.punch_day <= $2"
	" ORDER BY d.punch_day DESC LIMIT $3",
	0};

enum err attendance_list_position_days(
	struct tx *tx, int32_t up_to, struct position_day *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_DAYS, BIND(db_int(tx->government.v), db_int(up_to), db_int(max)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int32(&ret[n].day), to_bool(&ret[n].is_plain),
				       to_bool(&ret[n].is_open), to_int64(&ret[n].erased),
				       to_int64(&ret[n].looked_at), to_int64(&ret[n].held))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt BEGIN_DAY = {"attendance_begin_position_day",
	"UPDATE attendance_position_day SET is_open = 2 WHERE government_id = $1 AND punch_day = "
	"$2",
	0};

enum err attendance_begin_position_day(struct tx *tx, int32_t day)
{
	return db_exec(tx, &BEGIN_DAY, BIND(db_int(tx->government.v), db_int(day)), NULL);
}

static struct db_stmt END_DAY = {"attendance_end_position_day",
	"UPDATE attendance_position_day SET is_open = 0, is_plain = 0 WHERE government_id = $1"
	" AND punch_day = $2 AND is_open = 2",
	0};

enum err attendance_end_position_day(struct tx *tx, int32_t day)
{
	return db_exec(tx, &END_DAY, BIND(db_int(tx->government.v), db_int(day)), NULL);
}

static struct db_stmt COUNT_ERASED = {"attendance_count_erased",
	"UPDATE attendance_position_day SET erased = erased + $3, looked_at = $4"
	" WHERE government_id = $1 AND punch_day = $2",
	0};

enum err attendance_count_erased(struct tx *tx, int32_t day, int64_t erased)
{
	return db_exec(tx, &COUNT_ERASED,
		BIND(db_int(tx->government.v), db_int(day), db_int(erased), db_int(tx->now_ms)),
		NULL);
}

struct db_stmt ATTENDANCE_LOAD_SWEPT = {"attendance_load_swept",
	"SELECT coalesce(max(punch_day), $3) FROM attendance_position_day WHERE government_id = $1"
	" AND punch_day <= $2 AND swept_at > 0",
	0};

enum err attendance_load_swept(struct tx *tx, int32_t up_to, int32_t *ret_day)
{
	return db_load(tx, &ATTENDANCE_LOAD_SWEPT,
		BIND(db_int(tx->government.v), db_int(up_to), db_int(DAY_NONE)),
		INTO(to_int32(ret_day)));
}

struct db_stmt ATTENDANCE_SET_SWEPT = {"attendance_set_swept",
	"INSERT INTO attendance_position_day (government_id, punch_day, is_plain, is_open, erased, "
	"looked_at, swept_at) VALUES ($1, $2, 0, 1, 0, 0, $3)"
	" ON CONFLICT (government_id, punch_day) DO UPDATE SET swept_at = excluded.swept_at",
	0};

enum err attendance_set_swept(struct tx *tx, int32_t day)
{
	return db_exec(tx, &ATTENDANCE_SET_SWEPT,
		BIND(db_int(tx->government.v), db_int(day), db_int(tx->now_ms)), NULL);
}

static struct db_stmt COUNT_NIGHTS = {"attendance_count_nights",
	"SELECT count(*) FROM attendance_position_day WHERE government_id = $1"
	" AND punch_day >= $2 AND swept_at > 0",
	0};

enum err attendance_count_nights(struct tx *tx, int32_t from, int64_t *ret)
{
	return db_load(tx, &COUNT_NIGHTS, BIND(db_int(tx->government.v), db_int(from)),
		INTO(to_int64(ret)));
}

/* ---- people passed over ---- */

static struct db_stmt ADD_HELD = {"attendance_add_position_held",
	"INSERT INTO attendance_position_held (government_id, punch_day, employee_id)"
	" VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
	0};

enum err attendance_add_position_held(struct tx *tx, int32_t day, struct employee_id employee)
{
	return db_exec(tx, &ADD_HELD,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v)), NULL);
}

static struct db_stmt END_HELD = {"attendance_end_position_held",
	"DELETE FROM attendance_position_held WHERE government_id = $1 AND punch_day = $2"
	" AND employee_id = $3",
	0};

enum err attendance_end_position_held(struct tx *tx, int32_t day, struct employee_id employee)
{
	return db_exec(tx, &END_HELD,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v)), NULL);
}

static struct db_stmt LIST_HELD = {"attendance_list_position_held",
	"SELECT punch_day, employee_id FROM attendance_position_held WHERE government_id = $1"
	" AND (punch_day, employee_id) > ($2, $3) ORDER BY punch_day, employee_id LIMIT $4",
	0};

enum err attendance_list_position_held(
	struct tx *tx, struct person_on *after, struct person_on *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_HELD,
		BIND(db_int(tx->government.v), db_int(after->day), db_int(after->employee.v),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int32(&ret[n].day), to_int64(&ret[n].employee.v))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt COUNT_HELD = {"attendance_count_position_held",
	"SELECT count(*) FROM attendance_position_held WHERE government_id = $1", 0};

enum err attendance_count_position_held(struct tx *tx, int64_t *ret)
{
	return db_load(tx, &COUNT_HELD, BIND(db_int(tx->government.v)), INTO(to_int64(ret)));
}

/* What waits for a person: correction and confirmation states 0. */
static struct db_stmt COUNT_DISPUTES = {"attendance_count_disputes",
	"SELECT (SELECT count(*) FROM attendance_hold WHERE government_id = $1"
	"   AND employee_id = $2 AND first_day <= $4 AND last_day >= $3 AND lifted_at = 0)"
	" + (SELECT count(*) FROM attendance_correction WHERE government_id = $1"
	"   AND employee_id = $2 AND day >= $3 AND day <= $4 AND state = 0)"
	" + (SELECT count(*) FROM attendance_confirmation WHERE government_id = $1"
	"   AND employee_id = $2 AND day >= $3 AND day <= $4 AND state = 0)",
	0};

enum err attendance_load_is_disputed(
	struct tx *tx, struct employee_id employee, int32_t from, int32_t to, bool *ret)
{
	_Static_assert(CORRECTION_WAITS == 0 && CONFIRMATION_WAITS == 0, "the statement says 0");
	int64_t count = 0;
	enum err e = db_load(tx, &COUNT_DISPUTES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to)),
		INTO(to_int64(&count)));

	*ret = count > 0;
	return e;
}

/* ---- rows ---- */

/* 2147483647: no plain position. */
#define IS_PLACED "(sealed_position IS NOT NULL OR lat_e7 <> 2147483647)"

static struct db_stmt LIST_PLACED_PEOPLE = {"attendance_list_placed_people",
	"SELECT DISTINCT employee_id FROM attendance_punch WHERE government_id = $1"
	" AND punch_day = $2 AND employee_id > $3 AND " IS_PLACED " ORDER BY employee_id LIMIT $4",
	0};
static struct db_stmt LIST_EVIDENCE_PEOPLE = {"attendance_list_evidence_people",
	"SELECT DISTINCT employee_id FROM attendance_evidence WHERE government_id = $1"
	" AND punch_day = $2 AND employee_id > $3 AND erased_at = 0 ORDER BY employee_id LIMIT $4",
	0};

enum err attendance_list_placed_people(struct tx *tx, bool is_evidence, int32_t day,
	struct employee_id after, struct employee_id *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, is_evidence ? &LIST_EVIDENCE_PEOPLE : &LIST_PLACED_PEOPLE,
		BIND(db_int(tx->government.v), db_int(day), db_int(after.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].v))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_PLACED = {"attendance_list_placed",
	"SELECT event_id, punch_id, punch_day, received_at, phone_at, offset_ms, place_error,"
	" source, sealed_position, lat_e7, lon_e7, accuracy_metres FROM attendance_punch"
	" WHERE government_id = $1 AND punch_day = $2 AND employee_id = $3 AND " IS_PLACED
	" ORDER BY event_id LIMIT $4",
	0};

enum err attendance_list_placed(struct tx *tx, struct employee_id employee, int32_t day,
	struct punch *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct bytes id, sealed;
	int n = 0;

	db_query(tx, &LIST_PLACED,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v), db_int(max)),
		&rows);
	while (n < max) {
		struct punch p = {0};

		if (!db_next(&rows,
			    INTO(to_bytes(&id), to_int64(&p.punch_id), to_int32(&p.punch_day),
				    to_int64(&p.received_at), to_int64(&p.phone_at),
				    to_int64(&p.offset_ms), TO_ENUM(p.place_error),
				    TO_ENUM(p.source), to_bytes(&sealed), to_int32(&p.point.lat_e7),
				    to_int32(&p.point.lon_e7), to_int32(&p.accuracy_metres))))
			break;
		if (id.n == sizeof(p.event_id.b))
			memcpy(p.event_id.b, id.p, id.n);
		if (sealed.n && !attendance_open_position(sealed, &p))
			p.place_error = POSITION_UNAVAILABLE;
		ret[n++] = p;
	}
	*ret_count = n;
	return db_end(&rows);
}

#define OF_PUNCH                                                                                   \
	" WHERE government_id = $1 AND punch_day = $2 AND employee_id = $3 AND event_id = $4"

static struct db_stmt KEEP_PLACE = {"attendance_keep_place",
	"UPDATE attendance_punch SET sealed_position = NULL, lat_e7 = 2147483647,"
	" lon_e7 = 2147483647, accuracy_metres = 0, position_erased_at = $5, place_unit = $6,"
	" place_verdict = $7, place_reason = $8, place_bucket = $9, place_site = $10,"
	" event_unit = $11, event_place = $12" OF_PUNCH,
	0};

enum err attendance_set_kept_place(struct tx *tx, struct employee_id employee,
	const struct punch *punch, const struct kept_place *kept)
{
	return db_exec(tx, &KEEP_PLACE,
		BIND(db_int(tx->government.v), db_int(punch->punch_day), db_int(employee.v),
			db_bytes(punch->event_id.b, sizeof(punch->event_id.b)),
			db_int(kept->erased_at), db_int(kept->unit.v), db_int(kept->own.verdict),
			db_int(kept->own.reason), db_int(kept->own.bucket),
			db_int(kept->own.site.v), db_int(kept->event_unit.v), db_int(kept->event)),
		NULL);
}

static struct db_stmt SEAL_POSITION = {"attendance_seal_position",
	"UPDATE attendance_punch SET sealed_position = $5, lat_e7 = 2147483647,"
	" lon_e7 = 2147483647, accuracy_metres = 0" OF_PUNCH,
	0};

enum err attendance_set_sealed_position(
	struct tx *tx, struct employee_id employee, const struct punch *punch)
{
	struct bytes sealed = attendance_seal_position(tx->arena, punch);

	return db_exec(tx, &SEAL_POSITION,
		BIND(db_int(tx->government.v), db_int(punch->punch_day), db_int(employee.v),
			db_bytes(punch->event_id.b, sizeof(punch->event_id.b)),
			db_bytes(sealed.p, sealed.n)),
		NULL);
}

static struct db_stmt LIST_UNERASED = {"attendance_list_unerased_evidence",
	"SELECT event_id, punch_id, sealed FROM attendance_evidence WHERE government_id = $1"
	" AND punch_day = $2 AND employee_id = $3 AND erased_at = 0 ORDER BY event_id LIMIT $4",
	0};

enum err attendance_list_unerased(struct tx *tx, struct employee_id employee, int32_t day,
	struct sealed_event *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_UNERASED,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_bytes(&ret[n].event_id), to_int64(&ret[n].punch_id),
				       to_bytes(&ret[n].sealed))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt SET_ERASED = {"attendance_set_evidence_erased",
	"UPDATE attendance_evidence SET sealed = $5, erased_at = $6" OF_PUNCH, 0};

enum err attendance_set_erased(
	struct tx *tx, struct employee_id employee, int32_t day, const struct sealed_event *event)
{
	return db_exec(tx, &SET_ERASED,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v),
			db_bytes(event->event_id.p, event->event_id.n),
			db_bytes(event->sealed.p, event->sealed.n), db_int(tx->now_ms)),
		NULL);
}

/* ---- what was plain before ---- */

struct db_stmt ATTENDANCE_LOAD_PLAIN_DAY = {"attendance_load_plain_day",
	"SELECT coalesce(min(punch_day), $2) FROM attendance_position_day WHERE government_id = $1"
	" AND is_plain = 1",
	0};

enum err attendance_load_plain_day(struct tx *tx, int32_t *ret_day)
{
	return db_load(tx, &ATTENDANCE_LOAD_PLAIN_DAY,
		BIND(db_int(tx->government.v), db_int(DAY_NONE)), INTO(to_int32(ret_day)));
}

static struct db_stmt LIST_PLAIN = {"attendance_list_plain",
	"SELECT employee_id, event_id, punch_id, lat_e7, lon_e7, accuracy_metres"
	" FROM attendance_punch WHERE government_id = $1 AND punch_day = $2 AND employee_id >= $3"
	" AND lat_e7 <> 2147483647 ORDER BY employee_id, event_id LIMIT $4",
	0};

enum err attendance_list_plain(struct tx *tx, int32_t day, struct employee_id from,
	struct placed *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct bytes id;
	int n = 0;

	db_query(tx, &LIST_PLAIN,
		BIND(db_int(tx->government.v), db_int(day), db_int(from.v), db_int(max)), &rows);
	while (n < max) {
		struct placed *p = &ret[n];

		*p = (struct placed){.punch = {.punch_day = day}};
		if (!db_next(&rows,
			    INTO(to_int64(&p->employee.v), to_bytes(&id),
				    to_int64(&p->punch.punch_id), to_int32(&p->punch.point.lat_e7),
				    to_int32(&p->punch.point.lon_e7),
				    to_int32(&p->punch.accuracy_metres))))
			break;
		if (id.n == sizeof(p->punch.event_id.b))
			memcpy(p->punch.event_id.b, id.p, id.n);
		n++;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt END_PLAIN = {"attendance_end_plain_day",
	"UPDATE attendance_position_day SET is_plain = 0 WHERE government_id = $1 AND punch_day = "
	"$2",
	0};

enum err attendance_end_plain_day(struct tx *tx, int32_t day)
{
	return db_exec(tx, &END_PLAIN, BIND(db_int(tx->government.v), db_int(day)), NULL);
}

/* ---- doctor ---- */

static struct db_stmt LIST_SEALED = {"attendance_list_sealed",
	"SELECT punch_id, employee_id, sealed_position FROM attendance_punch"
	" WHERE government_id = $1 AND punch_day = $2 AND sealed_position IS NOT NULL",
	0};

enum err attendance_count_unopened(struct tx *tx, int32_t day, int64_t *ret)
{
	struct db_rows rows;
	struct bytes sealed;
	struct employee_id employee;
	struct punch punch = {0};

	*ret = 0;
	db_query(tx, &LIST_SEALED, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (db_next(
		&rows, INTO(to_int64(&punch.punch_id), to_int64(&employee.v), to_bytes(&sealed))))
		*ret += !attendance_open_position(sealed, &punch);
	return db_end(&rows);
}

struct db_stmt *const attendance_retention_stmts[RETENTION_STMTS] = {&LIST_OPEN_DAYS, &LIST_DAYS,
	&BEGIN_DAY, &END_DAY, &COUNT_ERASED, &COUNT_NIGHTS, &ADD_HELD, &END_HELD, &LIST_HELD,
	&COUNT_HELD, &COUNT_DISPUTES, &LIST_PLACED_PEOPLE, &LIST_EVIDENCE_PEOPLE, &LIST_PLACED,
	&KEEP_PLACE, &SEAL_POSITION, &LIST_UNERASED, &SET_ERASED, &LIST_PLAIN, &END_PLAIN,
	&LIST_SEALED};
