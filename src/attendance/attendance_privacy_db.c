/* Statements of the notice about positions. */
#include "attendance/attendance_privacy.h"

static struct db_stmt LOAD_SHOWN = {"attendance_load_privacy_shown",
	"SELECT version, shown_at FROM attendance_privacy_shown WHERE government_id = $1"
	" AND employee_id = $2 ORDER BY version DESC LIMIT 1",
	0};

enum err attendance_load_shown(
	struct tx *tx, struct employee_id employee, int32_t *ret_version, int64_t *ret_shown_at)
{
	return db_load(tx, &LOAD_SHOWN, BIND(db_int(tx->government.v), db_int(employee.v)),
		INTO(to_int32(ret_version), to_int64(ret_shown_at)));
}

static struct db_stmt ADD_SHOWN = {"attendance_add_privacy_shown",
	"INSERT INTO attendance_privacy_shown (government_id, employee_id, version, shown_at, days)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
	0};

enum err attendance_add_shown(
	struct tx *tx, struct employee_id employee, int32_t version, int32_t days)
{
	return db_exec(tx, &ADD_SHOWN,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(version),
			db_int(tx->now_ms), db_int(days)),
		NULL);
}

struct db_stmt *const attendance_privacy_stmts[PRIVACY_STMTS] = {&LOAD_SHOWN, &ADD_SHOWN};
