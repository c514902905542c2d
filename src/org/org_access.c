/*
 * The facts for org_decide_access: who the actor is today, how he relates to the object on its day.
 *
 * Every employee in service is ROLE_EMPLOYEE without a row; who has a relation as superior is
 * supervisor or team lead on that day, himself or as delegate. A plt or plh row counts as the
 * office itself. Facts are loaded from cheap to dear and the rule is asked after each: roles only
 * add, so an early yes is final, and a punch costs one SELECT.
 */
#include "org/org_access.h"

#include "org/org_db.h"

#define STANDINGS_MAX (ROLES_MAX + 3)

struct facts {
	struct standing standing[STANDINGS_MAX];
	int standings;
	enum reach reach;
	struct unit_id unit; /* of the object that day; 0: whole government or not placed */
	int32_t today, day;
};

static void add_standing(struct facts *f, enum role role, bool covers)
{
	f->standing[f->standings++] = (struct standing){role, covers};
}

enum err org_find_object(struct tx *tx, struct unit_id unit, struct object *ret_object)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	ret_object->unit = unit;
	return org_find_unit(tree, unit) ? OK : E_NOT_FOUND;
}

static bool is_about_nothing(const struct object *object)
{
	return !object || (object->employee.v == 0 && object->unit.v == 0);
}

static bool is_allowed(const struct facts *f, enum permission permission)
{
	return org_decide_access((int)permission, f->standing, f->standings, f->reach);
}

/* The actor as employee, and his own relation to the object. Who left the service has no role any
 * more. */
static enum err load_self(struct req *rq, const struct object *object, struct facts *f)
{
	bool in_service = true;
	enum err e;

	f->today = req_today(rq);
	f->day = object && object->day != DAY_NONE && object->day != 0 ? object->day : f->today;
	f->reach = REACH_NONE;
	if (is_about_nothing(object))
		f->reach = REACH_GOVERNMENT_ONLY;
	else if (object->employee.v == rq->actor.employee.v)
		f->reach = REACH_SELF;
	e = org_load_service(rq->tx, rq->actor.employee, f->today, &in_service);
	if (e == E_NOT_FOUND) /* an account of its own, without an employee */
		return OK;
	if (!e && !in_service)
		return E_FORBIDDEN;
	if (!e)
		add_standing(f, ROLE_EMPLOYEE, false);
	return e;
}

/* Unit of the object on its day, unless the object names one beside the person; E_NOT_FOUND when it
 * is no employee of this government. */
static enum err load_unit(struct req *rq, const struct object *object, struct facts *f)
{
	struct employee_row row;
	enum err e;

	if (is_about_nothing(object))
		return OK;
	f->unit = object->unit;
	if (object->employee.v == 0)
		return OK;
	e = org_load_employee(rq->tx, object->employee, f->day, &row);
	if (!e && object->unit.v == 0)
		f->unit = row.unit;
	return e;
}

static enum err load_relation(struct req *rq, const struct object *object, struct facts *f)
{
	struct employee_id acts_for;
	bool supervises = false, leads = false;
	enum err e = OK;

	if (f->reach == REACH_GOVERNMENT_ONLY)
		e = org_load_leads(rq->tx, rq->actor.employee, f->today - LEADS_GRACE_DAYS,
			f->today, &supervises, &leads);
	else if (f->reach == REACH_NONE && object->employee.v)
		e = org_load_reach(
			rq->tx, rq->actor.employee, object->employee, f->day, &f->reach, &acts_for);
	if (supervises || f->reach == REACH_SUPERVISOR)
		add_standing(f, ROLE_SUPERVISOR, false);
	if (leads || f->reach == REACH_TEAM_LEAD)
		add_standing(f, ROLE_TEAM_LEAD, false);
	return e;
}

/* A role that exists only as a relation to people says nothing by its scope in the tree. */
static bool is_office(enum role role)
{
	return role != ROLE_EMPLOYEE && role != ROLE_SUPERVISOR && role != ROLE_TEAM_LEAD;
}

static enum err load_roles(struct req *rq, struct facts *f)
{
	struct role_row *role = ARENA_ARRAY(rq->tx->arena, ROLES_MAX, struct role_row);
	const struct org_tree *tree;
	int count;
	enum err e = org_list_roles(rq->tx, rq->actor.employee, f->today, role, &count);

	if (e || count == 0)
		return e;
	if ((e = org_load_tree(rq->tx, &tree)))
		return e;
	for (int i = 0; i < count; i++) {
		if (is_office(role[i].role))
			add_standing(f, role[i].role, org_is_below(tree, f->unit, role[i].unit));
	}
	return OK;
}

enum err org_authorise(struct req *rq, enum permission permission, const struct object *object)
{
	struct facts *f = ARENA_NEW(rq->tx->arena, struct facts);
	enum err e = load_self(rq, object, f);

	if (e == E_FORBIDDEN)
		return is_about_nothing(object) ? E_FORBIDDEN : E_NOT_FOUND;
	if (e || is_allowed(f, permission))
		return e;
	if ((e = load_unit(rq, object, f)))
		return e;
	if ((e = load_relation(rq, object, f)) || is_allowed(f, permission))
		return e;
	if ((e = load_roles(rq, f)) || is_allowed(f, permission))
		return e;
	return is_about_nothing(object) ? E_FORBIDDEN : E_NOT_FOUND;
}

enum err org_load_officer(struct tx *tx, struct employee_id employee, bool *ret_is_officer)
{
	struct role_row *role = ARENA_ARRAY(tx->arena, ROLES_MAX, struct role_row);
	int32_t today;
	int count;
	enum err e = org_load_today(tx, &today);

	*ret_is_officer = false;
	if (e || (e = org_list_roles(tx, employee, today, role, &count)))
		return e;
	for (int i = 0; i < count; i++)
		*ret_is_officer |= org_is_officer(role[i].role);
	return OK;
}

/* Adds a scope unless it lies in one that is there; takes out those that lie in it. */
static void add_scope(struct org_scopes *scopes, const char *path)
{
	int kept = 0;

	if (org_in_scopes(scopes, path))
		return;
	for (int i = 0; i < scopes->paths; i++) {
		if (!org_is_path_below(scopes->path[i], path))
			scopes->path[kept++] = scopes->path[i];
	}
	scopes->path[kept++] = path;
	scopes->paths = kept;
}

bool org_in_scopes(const struct org_scopes *scopes, const char *path)
{
	for (int i = 0; i < scopes->paths; i++) {
		if (org_is_path_below(path ? path : "/", scopes->path[i]))
			return true;
	}
	return false;
}

/* Path of a role's scope; NULL when its unit is unknown. */
static const char *scope_path(const struct org_tree *tree, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	if (unit.v == 0)
		return "/";
	return u ? u->path : NULL;
}

enum err org_load_scopes(struct req *rq, enum permission permission, struct org_scopes *ret_scopes)
{
	struct role_row *role = ARENA_ARRAY(rq->tx->arena, ROLES_MAX, struct role_row);
	const struct org_tree *tree;
	int count;
	enum err e = org_list_roles(rq->tx, rq->actor.employee, req_today(rq), role, &count);

	*ret_scopes = (struct org_scopes){0};
	if (e || (e = org_load_tree(rq->tx, &tree)))
		return e;
	for (int i = 0; i < count; i++) {
		const struct standing standing = {role[i].role, true};
		const char *path = scope_path(tree, role[i].unit);

		if (path && is_office(role[i].role) &&
			org_decide_access((int)permission, &standing, 1, REACH_NONE))
			add_scope(ret_scopes, path);
	}
	return OK;
}
