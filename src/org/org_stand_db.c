/*
 * The dated facts behind a stand, and the lists that follow from it: who answers for a person, for
 * whom somebody answers.
 *
 * One statement tells everything about a superior and his office. Terms of others are cut to their
 * service, so that who left holds nothing. Roles 3 and 4 are the heads of a unit and of an agency,
 * acting 0 definitive, 1 plt, 2 plh, 3 a delegate; relation kinds 0 and 1 are the roles supervisor
 * (1) and team lead (2).
 */
#include "org/org_db.h"
#include "org/org_stand.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#define TEAM_ROWS_MAX 2000

/* The later first day and the earlier last day of two dated rows. */
#define CUT(a, b)                                                                                  \
	"CASE WHEN " a ".valid_from > " b ".valid_from THEN " a ".valid_from ELSE " b              \
	".valid_from END, CASE WHEN " a ".valid_to < " b ".valid_to THEN " a ".valid_to ELSE " b   \
	".valid_to END"
/* CROSS JOIN keeps the order on both engines: from the few offices of the one asked about. */
#define OFFICES_OF_SUPERIOR                                                                        \
	" o.government_id = $1 AND o.employee_id = $2 AND o.role IN (3, 4)"                        \
	" AND o.acting IN (0, 1) AND o.unit_id <> 0"
#define HOLDER_IN_SERVICE                                                                          \
	" AND r.role IN (3, 4) AND r.acting <> 3"                                                  \
	" AND e.government_id = $1 AND e.employee_id = r.employee_id"

struct db_stmt ORG_LIST_SEAT_TERMS = {"org_list_seat_terms",
	"SELECT DISTINCT kind, unit_id, holder_id, acting, first_day, last_day FROM ("
	"SELECT 0 AS kind, 0 AS unit_id, employee_id AS holder_id, 0 AS acting,"
	" valid_from AS first_day, valid_to AS last_day"
	" FROM org_employee WHERE government_id = $1 AND employee_id = $2"
	" UNION ALL SELECT 1, unit_id, employee_id, acting, valid_from, valid_to FROM org_role"
	" WHERE government_id = $1 AND employee_id = $2 AND role IN (3, 4) AND acting IN (0, 1)"
	" AND unit_id <> 0"
	" UNION ALL SELECT 2, r.unit_id, r.employee_id, r.acting, " CUT(
		"r", "e") " FROM org_role o CROSS JOIN org_role r CROSS JOIN org_employee e"
			  " WHERE" OFFICES_OF_SUPERIOR
			  " AND r.government_id = $1 AND r.unit_id = o.unit_id"
			  " AND r.employee_id <> $2" HOLDER_IN_SERVICE
			  " UNION ALL SELECT 3, o.unit_id, r.employee_id, r.acting, " CUT("r",
				  "e") " FROM org_role o CROSS JOIN org_unit u CROSS JOIN org_role "
				       "r CROSS JOIN org_employee e"
				       " WHERE" OFFICES_OF_SUPERIOR
				       " AND u.government_id = $1 AND u.unit_id = o.unit_id"
				       " AND u.parent_id <> 0 AND r.government_id = $1 AND "
				       "r.unit_id = u.parent_id" HOLDER_IN_SERVICE
				       " UNION ALL SELECT 4, 0, r.superior_id, 0, " CUT("r",
					       "e") " FROM org_relation r CROSS JOIN org_employee e"
						    " WHERE r.government_id = $1 AND r.employee_id "
						    "= $2 AND r.kind = 0"
						    " AND e.government_id = $1 AND e.employee_id = "
						    "r.superior_id"
						    " UNION ALL SELECT 5, role - 1, employee_id, "
						    "acting, valid_from, valid_to FROM org_role"
						    " WHERE government_id = $1 AND for_id = $2 AND "
						    "role IN (1, 2) AND acting = 3) AS terms"
						    " WHERE last_day >= first_day ORDER BY kind, "
						    "first_day DESC, holder_id LIMIT $3",
	0};

enum err org_load_seat(struct tx *tx, struct employee_id superior, struct org_seat *ret)
{
	struct db_rows rows;
	const struct org_tree *tree;
	struct seat_term t = {0};
	int32_t kind, acting;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	*ret = (struct org_seat){
		.superior = superior, .today = instant_day(tx->now_ms, tree->zone)};
	ret->term = ARENA_ARRAY(tx->arena, SEAT_TERMS_MAX, struct seat_term);
	db_query(tx, &ORG_LIST_SEAT_TERMS,
		BIND(db_int(tx->government.v), db_int(superior.v), db_int(SEAT_TERMS_MAX)), &rows);
	while (ret->terms < SEAT_TERMS_MAX &&
		db_next(&rows, INTO(to_int32(&kind), to_int64(&t.unit.v), to_int64(&t.holder.v),
				       to_int32(&acting), to_int32(&t.from), to_int32(&t.to)))) {
		t.kind = (enum term_kind)kind;
		t.acting = (enum acting)acting;
		ret->term[ret->terms++] = t;
	}
	return db_end(&rows);
}

/* An office of the actor, and one that is or was another's at the same unit or one below. CROSS
 * JOIN keeps SQLite from beginning with the offices of everybody. */
#define OFFICE_OF_ACTOR " FROM org_role h CROSS JOIN org_unit u CROSS JOIN org_role s"
#define OTHERS_OFFICE                                                                              \
	" WHERE h.government_id = $1 AND h.employee_id = $2 AND h.role IN (3, 4)"                  \
	" AND h.acting <> 3 AND h.unit_id <> 0 AND h.valid_from <= $4 AND h.valid_to >= $3"        \
	" AND u.government_id = $1 AND u.unit_id <> 0 AND s.government_id = $1"                    \
	" AND s.unit_id = u.unit_id AND s.role IN (3, 4) AND s.acting IN (0, 1)"                   \
	" AND s.valid_from <= $4 AND s.employee_id <> $2"

/* Only a superior whose office or service ended by $4 sends anything one level up; of the past
 * heads of a unit below, the newest and those whom somebody still answers to. Newest first. */
struct db_stmt ORG_LIST_SEATS = {"org_list_seats",
	"SELECT superior_id FROM ("
	"SELECT for_id AS superior_id, valid_to AS last_day FROM org_role"
	" WHERE government_id = $1 AND employee_id = $2"
	" AND role IN (1, 2) AND acting = 3 AND valid_from <= $4 AND valid_to >= $3"
	" UNION ALL SELECT s.employee_id, s.valid_to" OFFICE_OF_ACTOR OTHERS_OFFICE
	" AND u.unit_id = h.unit_id"
	" UNION ALL SELECT s.employee_id, s.valid_to" OFFICE_OF_ACTOR
	" CROSS JOIN org_employee e" OTHERS_OFFICE
	" AND u.parent_id = h.unit_id AND e.government_id = $1 AND e.employee_id = s.employee_id"
	" AND (s.valid_to < $4 OR e.valid_to < $4)"
	" AND (NOT EXISTS (SELECT 1 FROM org_role n WHERE n.government_id = $1"
	"  AND n.unit_id = s.unit_id AND n.role IN (3, 4) AND n.acting IN (0, 1)"
	"  AND n.valid_from > s.valid_from AND n.valid_from <= $4)"
	" OR EXISTS (SELECT 1 FROM org_relation b WHERE b.government_id = $1"
	"  AND b.superior_id = s.employee_id AND b.kind = 0 AND b.valid_from <= $4"
	"  AND b.valid_to >= $3)"
	" OR EXISTS (SELECT 1 FROM org_pin x WHERE x.government_id = $1"
	"  AND x.superior_id = s.employee_id AND x.day BETWEEN $3 AND $4))"
	" UNION ALL SELECT r.employee_id, r.valid_to FROM org_relation r"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = r.employee_id"
	" WHERE r.government_id = $1 AND r.superior_id = $2 AND r.kind = 0 AND r.valid_from <= $4"
	" AND r.valid_to >= $3 AND (e.valid_to < $4 OR EXISTS (SELECT 1 FROM org_role s"
	"  WHERE s.government_id = $1 AND s.employee_id = r.employee_id AND s.role IN (3, 4)"
	"  AND s.acting IN (0, 1) AND s.valid_to < $4))) AS seats"
	" WHERE superior_id <> $2 GROUP BY superior_id"
	" ORDER BY max(last_day) DESC, superior_id DESC LIMIT $5",
	0};

enum err org_list_seats(struct tx *tx, struct employee_id actor, int32_t from, int32_t to,
	struct org_seat *ret_seat, int *ret_count)
{
	struct employee_id superior[SEATS_MAX] = {actor};
	struct db_rows rows;
	int n = 1;
	enum err e;

	db_query(tx, &ORG_LIST_SEATS,
		BIND(db_int(tx->government.v), db_int(actor.v), db_int(from), db_int(to),
			db_int(SEATS_MAX - 1)),
		&rows);
	while (n < SEATS_MAX && db_next(&rows, INTO(to_int64(&superior[n].v))))
		n++;
	e = db_end(&rows);
	for (int i = 0; i < n && !e; i++)
		e = org_load_seat(tx, superior[i], &ret_seat[i]);
	*ret_count = e ? 0 : n;
	return e;
}

/* ---- who answers for a person ---- */

/* A pinned day keeps its unit and its supervisor. */
struct db_stmt ORG_LIST_BONDS = {"org_list_bonds",
	"SELECT r.kind, CASE WHEN r.kind = 0 AND coalesce(x.superior_id, 0) <> 0 THEN x.superior_id"
	" ELSE r.superior_id END, CASE WHEN r.kind = 0 AND coalesce(x.superior_id, 0) <> 0 THEN 0"
	" ELSE r.valid_from END, coalesce(NULLIF(x.unit_id, 0), p.unit_id, 0) FROM org_relation r"
	" LEFT JOIN org_placement p ON p.government_id = $1 AND p.employee_id = $2"
	"  AND p.valid_from <= $3 AND p.valid_to >= $3"
	" LEFT JOIN org_pin x ON x.government_id = $1 AND x.employee_id = $2 AND x.day = $3"
	" WHERE r.government_id = $1 AND r.employee_id = $2 AND r.valid_from <= $3"
	" AND r.valid_to >= $3 ORDER BY r.kind LIMIT 2",
	0};

struct bound {
	struct org_bond bond;
	struct employee_id superior;
};

static enum err list_bonds(struct tx *tx, struct employee_id employee, int32_t day,
	struct bound *ret_bound, int *ret_count)
{
	struct db_rows rows;
	struct bound b = {.bond.employee = employee};
	int32_t kind;
	int n = 0;

	db_query(tx, &ORG_LIST_BONDS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)), &rows);
	while (n < 2 && db_next(&rows, INTO(to_int32(&kind), to_int64(&b.superior.v),
					       to_int32(&b.bond.from), to_int64(&b.bond.unit.v)))) {
		b.bond.relation = (enum relation_kind)kind;
		ret_bound[n++] = b;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* The strongest stand over the person: as supervisor first. */
static enum err load_strongest(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, struct bound *ret_bound, enum stand *ret_stand)
{
	struct bound bound[2];
	const struct org_tree *tree;
	struct org_seat seat;
	int bounds;
	enum err e = org_load_tree(tx, &tree);

	*ret_stand = STAND_NONE;
	if (!e)
		e = list_bonds(tx, employee, day, bound, &bounds);
	for (int i = 0; !e && i < bounds && !*ret_stand; i++) {
		e = org_load_seat(tx, bound[i].superior, &seat);
		if (!e)
			*ret_stand = org_decide_stand(tree, &seat, &bound[i].bond, actor, day);
		*ret_bound = bound[i];
	}
	return e;
}

enum err org_load_reach(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, enum reach *ret_reach, struct employee_id *ret_for)
{
	struct bound bound;
	enum stand stand;
	enum err e = load_strongest(tx, actor, employee, day, &bound, &stand);

	*ret_reach = REACH_NONE;
	*ret_for = (struct employee_id){0};
	if (e || !stand)
		return e;
	*ret_reach = bound.bond.relation == RELATION_SUPERVISOR ? REACH_SUPERVISOR
								: REACH_TEAM_LEAD;
	if (stand != STAND_OWN)
		*ret_for = bound.superior;
	return OK;
}

enum err org_load_stand(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, enum stand *ret_stand, struct employee_id *ret_for)
{
	struct bound bound;
	enum err e = load_strongest(tx, actor, employee, day, &bound, ret_stand);

	*ret_for = (struct employee_id){0};
	if (!e && *ret_stand && bound.bond.relation != RELATION_SUPERVISOR)
		*ret_stand = STAND_NONE;
	if (!e && *ret_stand > STAND_OWN)
		*ret_for = bound.superior;
	return e;
}

enum err org_load_authority(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, bool *ret_may, struct employee_id *ret_for)
{
	enum stand stand;
	enum err e = org_load_stand(tx, actor, employee, day, &stand, ret_for);

	*ret_may = !e && stand != STAND_NONE;
	return e;
}

/* ---- for whom somebody answers ---- */

struct db_stmt ORG_LIST_TEAM = {"org_list_team",
	"SELECT e.employee_id, e.nip, e.name, e.title_before, e.title_after, e.employment_kind,"
	" e.has_phone, coalesce(NULLIF(x.unit_id, 0), p.unit_id, 0), coalesce(p.position, ''),"
	" coalesce(p.position_level, 5), r.kind, r.valid_from, e.name_folded"
	" FROM (SELECT employee_id, kind, valid_from FROM org_relation WHERE government_id = $1"
	"  AND superior_id = $2 AND valid_from <= $3 AND valid_to >= $3"
	"  UNION ALL SELECT employee_id, 0, 0 FROM org_pin WHERE government_id = $1"
	"  AND superior_id = $2 AND day = $3) AS r"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = r.employee_id"
	"  AND (CAST($5 AS BIGINT) = 1 OR (e.valid_from <= $3 AND e.valid_to >= $3))"
	" LEFT JOIN org_placement p ON p.government_id = $1 AND p.employee_id = e.employee_id"
	"  AND p.valid_from <= $3 AND p.valid_to >= $3"
	" LEFT JOIN org_pin x ON x.government_id = $1 AND x.employee_id = e.employee_id"
	"  AND x.day = $3"
	" WHERE r.kind = 1 OR coalesce(x.superior_id, 0) = 0 OR x.superior_id = $2"
	" ORDER BY e.name_folded, e.employee_id, r.kind LIMIT $4",
	0};

struct team_row {
	struct team_member member;
	const char *folded;
};

struct team_list {
	struct team_row *row;
	int rows;
	bool with_left; /* who left the service too */
};

/* The people of one superior over whom the actor stands. */
static enum err add_people_of(struct tx *tx, const struct org_tree *tree,
	const struct org_seat *seat, struct employee_id actor, int32_t day, struct team_list *list)
{
	struct db_rows rows;
	struct team_row t = {.member.superior = seat->superior};
	struct employee_row *p = &t.member.row;
	int32_t employment, level, relation, since;

	db_query(tx, &ORG_LIST_TEAM,
		BIND(db_int(tx->government.v), db_int(seat->superior.v), db_int(day),
			db_int(TEAM_ROWS_MAX), db_int(list->with_left)),
		&rows);
	while (list->rows < TEAM_ROWS_MAX &&
		db_next(&rows,
			INTO(to_int64(&p->id.v), to_text(&p->nip), to_text(&p->name),
				to_text(&p->title_before), to_text(&p->title_after),
				to_int32(&employment), to_bool(&p->has_phone), to_int64(&p->unit.v),
				to_text(&p->position), to_int32(&level), to_int32(&relation),
				to_int32(&since), to_text(&t.folded)))) {
		p->kind = (enum employment_kind)employment;
		p->level = (enum position_level)level;
		t.member.relation = (enum relation_kind)relation;
		const struct org_bond bond = {p->id, p->unit, t.member.relation, since};

		t.member.stand = org_decide_stand(tree, seat, &bond, actor, day);
		if (t.member.stand)
			list->row[list->rows++] = t;
	}
	return db_end(&rows);
}

/* By name; of one person the supervisor's relation first, and what is one's own before the rest. */
static int compare_members(const void *a, const void *b)
{
	const struct team_row *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);

	if (order)
		return order;
	if (x->member.row.id.v != y->member.row.id.v)
		return x->member.row.id.v < y->member.row.id.v ? -1 : 1;
	if (x->member.relation != y->member.relation)
		return (int)x->member.relation - (int)y->member.relation;
	return (int)x->member.stand - (int)y->member.stand;
}

static enum err list_people(struct tx *tx, struct employee_id superior, int32_t day, bool with_left,
	struct team_member *ret_member, int max, int *ret_count)
{
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	struct team_list list = {
		ARENA_ARRAY(tx->arena, TEAM_ROWS_MAX, struct team_row), 0, with_left};
	const struct org_tree *tree;
	int seats = 0, n = 0;
	enum err e = org_load_tree(tx, &tree);

	if (!e)
		e = org_list_seats(tx, superior, day, day, seat, &seats);
	for (int i = 0; i < seats && !e; i++)
		e = add_people_of(tx, tree, &seat[i], superior, day, &list);
	qsort(list.row, (size_t)list.rows, sizeof(*list.row), compare_members);
	for (int i = 0; i < list.rows && n < max; i++)
		if (n == 0 || ret_member[n - 1].row.id.v != list.row[i].member.row.id.v)
			ret_member[n++] = list.row[i].member;
	*ret_count = e ? 0 : n;
	return e;
}

enum err org_list_team(struct tx *tx, struct employee_id superior, int32_t day,
	struct team_member *ret_member, int max, int *ret_count)
{
	return list_people(tx, superior, day, false, ret_member, max, ret_count);
}

enum err org_list_line(struct tx *tx, struct employee_id superior, int32_t day,
	struct team_member *ret_member, int max, int *ret_count)
{
	return list_people(tx, superior, day, true, ret_member, max, ret_count);
}

/* ---- whether he answers for anybody ---- */

struct db_stmt ORG_LIST_LED = {"org_list_led",
	"SELECT r.employee_id, r.kind, r.valid_from, r.valid_to, coalesce(p.unit_id, 0)"
	" FROM org_relation r LEFT JOIN org_placement p ON p.government_id = $1"
	"  AND p.employee_id = r.employee_id AND p.valid_from <= $4 AND p.valid_to >= $4"
	" WHERE r.government_id = $1 AND r.superior_id = $2 AND r.valid_from <= $4"
	" AND r.valid_to >= $3 ORDER BY r.employee_id, r.kind LIMIT $5",
	0};

static bool stands_on_any(const struct org_tree *tree, const struct org_seat *seat,
	const struct org_bond *bond, struct employee_id actor, int32_t from, int32_t to)
{
	for (int32_t day = to; day >= from; day--)
		if (org_decide_stand(tree, seat, bond, actor, day))
			return true;
	return false;
}

static enum err find_led(struct tx *tx, const struct org_tree *tree, const struct org_seat *seat,
	struct employee_id actor, int32_t since, int32_t day, bool *ret_leads)
{
	struct db_rows rows;
	struct org_bond bond;
	int32_t kind, to;

	db_query(tx, &ORG_LIST_LED,
		BIND(db_int(tx->government.v), db_int(seat->superior.v), db_int(since), db_int(day),
			db_int(TEAM_ROWS_MAX)),
		&rows);
	while (db_next(
		&rows, INTO(to_int64(&bond.employee.v), to_int32(&kind), to_int32(&bond.from),
			       to_int32(&to), to_int64(&bond.unit.v)))) {
		bond.relation = (enum relation_kind)kind;
		if (!ret_leads[kind == RELATION_TEAM_LEAD])
			ret_leads[kind == RELATION_TEAM_LEAD] = stands_on_any(tree, seat, &bond,
				actor, bond.from > since ? bond.from : since, to < day ? to : day);
	}
	return db_end(&rows);
}

enum err org_load_leads(struct tx *tx, struct employee_id actor, int32_t since, int32_t day,
	bool *ret_supervises, bool *ret_leads)
{
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	const struct org_tree *tree;
	bool found[2] = {false, false};
	int seats = 0;
	enum err e = org_load_tree(tx, &tree);

	if (!e)
		e = org_list_seats(tx, actor, since, day, seat, &seats);
	for (int i = 0; i < seats && !e && !(found[0] && found[1]); i++)
		e = find_led(tx, tree, &seat[i], actor, since, day, found);
	*ret_supervises = found[0];
	*ret_leads = found[1];
	return e;
}
