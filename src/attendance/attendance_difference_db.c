/*
 * Days beside what other systems say of them, person by person, and the days of a month in order of
 * people: reads only.
 */
#include "attendance/attendance_source_int.h"

#define TO_ENUM(e) to_int32((int32_t *)&(e))

/* $2 the day, $3 its month, $4 after, $5 path, $6 its length. */
struct db_stmt ATTENDANCE_LIST_COMPARED = {"attendance_list_compared",
	"SELECT d.employee_id, d.unit_id, d.mode, d.mode_source, d.state, d.in_at, d.in_phone_at,"
	" d.out_at, d.out_phone_at, d.late_minutes, d.early_minutes, d.flags, d.status, d.basis,"
	" d.relieved_minutes, d.made_up_minutes, e.name, e.title_before, e.title_after,"
	" CASE WHEN x.employee_id IS NULL THEN 0 ELSE 1 END, coalesce(x.in_at, 0),"
	" coalesce(x.out_at, 0), CASE WHEN a.unit_id IS NULL THEN 0 ELSE 1 END, s.days"
	" FROM attendance_day AS d"
	" JOIN org_employee AS e ON e.government_id = d.government_id"
	" AND e.employee_id = d.employee_id"
	" JOIN org_unit AS u ON u.government_id = d.government_id AND u.unit_id = d.unit_id"
	" LEFT JOIN attendance_external AS x ON x.government_id = d.government_id"
	" AND x.day = d.day AND x.employee_id = d.employee_id"
	" LEFT JOIN attendance_arrived AS a ON a.government_id = d.government_id"
	" AND a.day = d.day AND a.unit_id = d.unit_id"
	" LEFT JOIN attendance_simpegnas AS s ON s.government_id = d.government_id"
	" AND s.month = $3 AND s.employee_id = d.employee_id AND s.replaced_at = 0"
	" WHERE d.government_id = $1 AND d.day = $2 AND d.employee_id > $4"
	" AND substr(u.path, 1, CAST($6 AS INTEGER)) = $5 ORDER BY d.employee_id LIMIT $7",
	0};

void attendance_query_compared(struct tx *tx, const char *path, int32_t day,
	struct employee_id after, int max, struct db_rows *ret_rows)
{
	int32_t first, last;

	day_month_bounds(day, &first, &last);
	db_query(tx, &ATTENDANCE_LIST_COMPARED,
		BIND(db_int(tx->government.v), db_int(day), db_int(first), db_int(after.v),
			db_text(path), db_int((int64_t)strlen(path)), db_int(max)),
		ret_rows);
}

bool attendance_next_compared(struct db_rows *rows, int32_t day, struct compared_day *ret)
{
	struct attendance_day *r = &ret->row;
	bool is_there;

	*ret = (struct compared_day){.row = {.day = day}};
	is_there = db_next(rows,
		INTO(to_int64(&r->employee.v), to_int64(&r->unit.v), TO_ENUM(r->mode),
			TO_ENUM(r->source), TO_ENUM(r->state), to_int64(&r->in_at),
			to_int64(&r->in_phone_at), to_int64(&r->out_at), to_int64(&r->out_phone_at),
			to_int32(&r->late_minutes), to_int32(&r->early_minutes),
			to_int32(&r->flags), TO_ENUM(r->status), to_int32(&r->basis),
			to_int32(&r->relieved_minutes), to_int32(&r->made_up_minutes),
			to_text(&ret->name), to_text(&ret->title_before),
			to_text(&ret->title_after), to_bool(&ret->has_external),
			to_int64(&ret->external.in_at), to_int64(&ret->external.out_at),
			to_bool(&ret->has_arrived), to_text(&ret->simpegnas)));
	return is_there;
}

/* $2, $3 the days, $4 path, $5 its length, $6 how many. */
struct db_stmt ATTENDANCE_LIST_RECAP = {"attendance_list_recap",
	"SELECT d.employee_id, e.nip, e.name, e.title_before, e.title_after, d.unit_id, d.day,"
	" d.mode, d.state, d.in_at, d.out_at, d.late_minutes, d.early_minutes, d.flags, d.status,"
	" d.basis, d.relieved_minutes, d.made_up_minutes"
	" FROM org_employee AS e JOIN attendance_day AS d ON d.government_id = e.government_id"
	" AND d.employee_id = e.employee_id AND d.day >= $2 AND d.day <= $3"
	" JOIN org_unit AS u ON u.government_id = d.government_id AND u.unit_id = d.unit_id"
	" WHERE e.government_id = $1 AND substr(u.path, 1, CAST($5 AS INTEGER)) = $4"
	" ORDER BY d.employee_id, d.day LIMIT $6",
	0};

void attendance_query_recap(struct tx *tx, const char *path, int32_t from, int32_t to, int max,
	struct db_rows *ret_rows)
{
	db_query(tx, &ATTENDANCE_LIST_RECAP,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		ret_rows);
}

bool attendance_next_recap(struct db_rows *rows, struct recap_day *ret)
{
	struct attendance_day *r = &ret->row;

	*ret = (struct recap_day){0};
	return db_next(
		rows, INTO(to_int64(&r->employee.v), to_text(&ret->nip), to_text(&ret->name),
			      to_text(&ret->title_before), to_text(&ret->title_after),
			      to_int64(&r->unit.v), to_int32(&r->day), TO_ENUM(r->mode),
			      TO_ENUM(r->state), to_int64(&r->in_at), to_int64(&r->out_at),
			      to_int32(&r->late_minutes), to_int32(&r->early_minutes),
			      to_int32(&r->flags), TO_ENUM(r->status), to_int32(&r->basis),
			      to_int32(&r->relieved_minutes), to_int32(&r->made_up_minutes)));
}
