/*
 * Accounts that follow the service of their owners: who left can no longer sign in, and whoever is
 * signed in is not any more.
 *
 * The end stands on the account as an instant, passed or to come, so that a contract that ends in
 * December needs no job in December, and a session is cut to it when it is made (ASVS 5 7.4.2).
 * platform/ knows accounts and no employees: this is where the one is told of the other.
 */
#include "org/org_db.h"

#include "platform/auth.h"
#include "platform/clock.h"

enum err org_end_account(struct tx *tx, struct employee_id employee, int32_t last_day)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	return auth_end_account(tx, employee,
		last_day == DAY_FOREVER ? INSTANT_NONE : instant_of(last_day + 1, 0, tree->zone));
}

struct db_stmt ORG_LOAD_LAST_DAY = {"org_load_last_day",
	"SELECT valid_to FROM org_employee WHERE government_id = $1 AND employee_id = $2", 0};

static enum err load_last_day(struct tx *tx, struct employee_id employee, int32_t *ret_day)
{
	return db_load(tx, &ORG_LOAD_LAST_DAY, BIND(db_int(tx->government.v), db_int(employee.v)),
		INTO(to_int32(ret_day)));
}

enum err org_add_account(
	struct tx *tx, struct employee_id employee, const char *nip, const char *phc)
{
	int32_t last_day;
	enum err e = load_last_day(tx, employee, &last_day);

	if (!e)
		e = auth_add_account(tx, employee, nip, phc);
	if (e || last_day == DAY_FOREVER)
		return e;
	return org_end_account(tx, employee, last_day);
}
