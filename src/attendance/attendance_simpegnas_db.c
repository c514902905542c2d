/*
 * Months of SIMPEGNAS: the versions of each person, and new ones from the stage of an import.
 *
 * A month is one row per person and version, its days one text: a whole government's month is
 * written by two statements. The version that holds is the one not replaced.
 */
#include "attendance/attendance_source_int.h"

#define MONTH_COLUMNS                                                                              \
	"s.employee_id, s.month, s.version, s.record_id, s.made_at, s.replaced_at, s.days"
#define INTO_MONTH(r)                                                                              \
	INTO(to_int64(&(r)->employee.v), to_int32(&(r)->month), to_int32(&(r)->version),           \
		to_int64(&(r)->record_id), to_int64(&(r)->made_at), to_int64(&(r)->replaced_at),   \
		to_text(&(r)->days))

struct db_stmt ATTENDANCE_LOAD_SIMPEGNAS = {"attendance_load_simpegnas",
	"SELECT " MONTH_COLUMNS " FROM attendance_simpegnas AS s WHERE s.government_id = $1"
	" AND s.month = $2 AND s.employee_id = $3 AND s.replaced_at = 0",
	0};

enum err attendance_load_simpegnas(
	struct tx *tx, struct employee_id employee, int32_t month, struct simpegnas_row *ret)
{
	return db_load(tx, &ATTENDANCE_LOAD_SIMPEGNAS,
		BIND(db_int(tx->government.v), db_int(month), db_int(employee.v)), INTO_MONTH(ret));
}

/* The unit of the last day of the month, or of the person's last day in it. */
struct db_stmt ATTENDANCE_LIST_SIMPEGNAS = {"attendance_list_simpegnas",
	"SELECT " MONTH_COLUMNS " FROM attendance_simpegnas AS s WHERE s.government_id = $1"
	" AND s.month = $2 AND s.employee_id > $3 AND EXISTS (SELECT 1 FROM org_placement AS p"
	" JOIN org_unit AS u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" WHERE p.government_id = s.government_id AND p.employee_id = s.employee_id"
	" AND p.valid_from <= $4 AND p.valid_to >= $2"
	" AND substr(u.path, 1, CAST($6 AS INTEGER)) = $5)"
	" ORDER BY s.employee_id, s.version LIMIT $7",
	0};

enum err attendance_list_simpegnas(struct tx *tx, const char *path, int32_t month,
	struct employee_id after, struct simpegnas_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int32_t first, last;
	int n = 0;

	day_month_bounds(month, &first, &last);
	db_query(tx, &ATTENDANCE_LIST_SIMPEGNAS,
		BIND(db_int(tx->government.v), db_int(month), db_int(after.v), db_int(last),
			db_text(path), db_int((int64_t)strlen(path)), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_MONTH(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* Staged: subject the person, i1 month, i2 version, i3 record id, t1 the days. */
struct db_stmt ATTENDANCE_END_STAGED_SIMPEGNAS = {"attendance_end_staged_simpegnas",
	"UPDATE attendance_simpegnas SET replaced_at = $3 WHERE government_id = $1"
	" AND replaced_at = 0 AND (month, employee_id) IN (SELECT r.i1, r.subject_id"
	" FROM org_import_row AS r WHERE r.government_id = $1 AND r.import_id = $2)",
	0};

struct db_stmt ATTENDANCE_ADD_STAGED_SIMPEGNAS = {"attendance_add_staged_simpegnas",
	"INSERT INTO attendance_simpegnas (government_id, month, employee_id, version, record_id,"
	" import_id, made_at, replaced_at, days)"
	" SELECT government_id, CAST(i1 AS INTEGER), subject_id, CAST(i2 AS INTEGER), i3, "
	"import_id,"
	" CAST($3 AS BIGINT), 0, t1 FROM org_import_row"
	" WHERE government_id = $1 AND import_id = $2",
	0};

enum err attendance_add_staged_simpegnas(struct tx *tx, int64_t import_id)
{
	enum err e = db_exec(tx, &ATTENDANCE_END_STAGED_SIMPEGNAS,
		BIND(db_int(tx->government.v), db_int(import_id), db_int(tx->now_ms)), NULL);

	return e ? e
		 : db_exec(tx, &ATTENDANCE_ADD_STAGED_SIMPEGNAS,
			   BIND(db_int(tx->government.v), db_int(import_id), db_int(tx->now_ms)),
			   NULL);
}
