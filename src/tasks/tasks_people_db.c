/* The people a task may go to, as org has them: read here, never written. */
#include "tasks/tasks_int.h"

#include "base/str.h"

#include <string.h>

#define PERSON                                                                                     \
	"SELECT e.employee_id, e.name, e.title_before, e.title_after, p.position, p.unit_id"       \
	" FROM org_placement p JOIN org_employee e ON e.government_id = p.government_id"           \
	" AND e.employee_id = p.employee_id AND e.valid_from <= $3 AND e.valid_to >= $3"
#define PLACED " WHERE p.government_id = $1 AND p.valid_from <= $3 AND p.valid_to >= $3"

static struct db_stmt FIND_PEOPLE = {"tasks_find_people",
	PERSON
	" JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" AND substr(u.path, 1, length(CAST($2 AS TEXT))) = $2" PLACED
	" AND e.name_folded LIKE $4 ESCAPE '!' ORDER BY e.name_folded, e.employee_id LIMIT $5",
	0};
static struct db_stmt LIST_UNIT = {"tasks_list_unit_people",
	PERSON PLACED " AND p.unit_id = $2 ORDER BY e.name_folded, e.employee_id LIMIT $4", 0};

static enum err list(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct task_person *ret, int max, int *ret_count)
{
	struct employee_row who = {0};
	struct task_person p = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&p.id.v), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after),
				       to_text(&p.position), to_int64(&p.unit.v)))) {
		p.full_name = org_full_name(tx->arena, &who);
		ret[n++] = p;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* Anywhere in the name; what LIKE reads as a sign is taken as written. */
static const char *pattern_of(struct arena *arena, const char *name)
{
	const char *folded = str_fold(arena, name);
	struct buf b;

	buf_init(&b, arena, strlen(folded) + 8);
	buf_char(&b, '%');
	for (; *folded; folded++) {
		if (strchr("!%_", *folded))
			buf_char(&b, '!');
		buf_char(&b, *folded);
	}
	buf_char(&b, '%');
	return b.p;
}

enum err tasks_find_people(struct tx *tx, const char *unit_path, int32_t day, const char *name,
	struct task_person *ret, int max, int *ret_count)
{
	return list(tx, &FIND_PEOPLE,
		BIND(db_int(tx->government.v), db_text(unit_path), db_int(day),
			db_text(pattern_of(tx->arena, name)), db_int(max)),
		ret, max, ret_count);
}

enum err tasks_list_unit_people(struct tx *tx, struct unit_id unit, int32_t day,
	struct task_person *ret, int max, int *ret_count)
{
	return list(tx, &LIST_UNIT,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(day), db_int(max)), ret, max,
		ret_count);
}

/* Definitive before plt before plh; roles 3 and 4 are the heads of a unit and of an agency. */
static struct db_stmt LOAD_HEAD = {"tasks_load_head",
	"SELECT e.name, e.title_before, e.title_after FROM org_role r JOIN org_employee e"
	" ON e.government_id = r.government_id AND e.employee_id = r.employee_id"
	" AND e.valid_from <= $3 AND e.valid_to >= $3 WHERE r.government_id = $1 AND r.unit_id = $2"
	" AND r.role IN (3, 4) AND r.acting <> 3 AND r.valid_from <= $3 AND r.valid_to >= $3"
	" ORDER BY r.acting, r.role_id LIMIT 1",
	0};

enum err tasks_load_head(
	struct tx *tx, struct unit_id unit, int32_t day, bool *ret_has, const char **ret_name)
{
	_Static_assert(ROLE_UNIT_HEAD == 3 && ROLE_AGENCY_HEAD == 4 && ACTING_DELEGATE == 3,
		"numbers of the statement");
	struct employee_row who = {0};
	enum err e = db_load(tx, &LOAD_HEAD,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(day)),
		INTO(to_text(&who.name), to_text(&who.title_before), to_text(&who.title_after)));

	*ret_has = e == OK;
	*ret_name = e == OK ? org_full_name(tx->arena, &who) : NULL;
	return e == E_NOT_FOUND ? OK : e;
}

static struct db_stmt COUNT_PLACED = {"tasks_count_placed",
	"SELECT count(*) FROM org_employee e JOIN org_placement p ON p.government_id = $1"
	" AND p.employee_id = e.employee_id AND p.unit_id = $3 AND p.valid_from <= $4"
	" AND p.valid_to >= $4 WHERE e.government_id = $1 AND e.employee_id = $2"
	" AND e.valid_from <= $4 AND e.valid_to >= $4",
	0};

enum err tasks_load_hand(struct tx *tx, const struct places *places, const struct task_row *task,
	int32_t day, struct party *ret)
{
	const struct org_tree *tree;
	int32_t placed;
	bool has_head = false;
	const char *name;
	enum err e = org_load_tree(tx, &tree);

	*ret = task->to;
	if (e || task->to.v <= 0)
		return e;
	e = db_load(tx, &COUNT_PLACED,
		BIND(db_int(tx->government.v), db_int(task->to.v), db_int(task->to_unit.v),
			db_int(day)),
		INTO(to_int32(&placed)));
	if (e || placed)
		return e;
	for (const struct org_unit *u = org_find_unit(tree, task->to_unit); u && !has_head && !e;
		u = org_find_unit(tree, u->parent)) {
		const struct party office = party_of_office(u->id);

		e = tasks_load_head(tx, u->id, day, &has_head, &name);
		has_head |= tasks_find_place(places, office) != NULL;
		if (has_head)
			*ret = office;
	}
	return e;
}

enum err tasks_load_name(
	struct tx *tx, struct employee_id employee, int32_t day, const char **ret_name)
{
	struct employee_row who;
	enum err e = org_load_employee(tx, employee, day, &who);

	*ret_name = e ? "" : org_full_name(tx->arena, &who);
	return e == E_NOT_FOUND ? OK : e;
}

struct db_stmt *const tasks_people_stmts[TASKS_PEOPLE_STMTS] = {
	&FIND_PEOPLE, &LIST_UNIT, &LOAD_HEAD, &COUNT_PLACED};
