/* Finds people by the number an operator types. Reads org, writes nothing. */
#include "verb_admin.h"

#include "platform/slice.h"

static struct db_stmt LOAD_EMPLOYEE = {"admin_load_employee",
	"SELECT employee_id FROM org_employee WHERE government_id = $1 AND nip = $2", 0};

enum err admin_load_employee(struct tx *tx, const char *nip, struct employee_id *ret)
{
	ret->v = 0;
	return db_load(tx, &LOAD_EMPLOYEE, BIND(db_int(tx->government.v), db_text(nip)),
		INTO(to_int64(&ret->v)));
}

void admin_db_register(void)
{
	static struct db_stmt *const stmts[] = {&LOAD_EMPLOYEE};
	db_register(stmts, COUNT_OF(stmts));
}
