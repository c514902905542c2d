/*
 * GET me: who is signed in, where he stands today, which roles he holds, which of the three entries
 * of the web app are his. An account without an employee (an operator) has its NIP and its roles
 * alone.
 */
#include "org/org_routes.h"

#include "base/str.h"
#include "org/org_access.h"
#include "platform/platform_db.h"

struct me_unit {
	struct unit_id id, agency;
	const char *name, *agency_name;
};

struct me_government {
	struct government_id id;
	const char *code, *name, *short_name, *zone, *board_label, *agency_label, *head_label;
	int32_t kind;
	bool is_demo;
};

struct me_role {
	int32_t role, acting;
	struct unit_id unit;
	const char *unit_name, *letter;
	int32_t valid_from, valid_to;
};

struct me {
	struct employee_id employee;
	const char *nip, *name, *full_name, *position;
	struct me_unit *unit;
	struct me_government government;
	struct me_role *roles;
	int role_count;
	bool is_supervisor, has_team;
	const char **audiences;
	int audience_count;
	int64_t now;
};

static const struct field me_unit_fields[] = {
	F_ID(struct me_unit, id, 0, "Unit of today."),
	F_TEXT(struct me_unit, name, 1, 200, 0, "Its name."),
	F_ID(struct me_unit, agency, 0, "Agency it belongs to."),
	F_TEXT(struct me_unit, agency_name, 1, 200, 0, "Name of the agency."),
	F_END,
};
static const struct shape me_unit_shape = SHAPE("MeUnit", struct me_unit, me_unit_fields);

static const struct field me_government_fields[] = {
	F_ID(struct me_government, id, 0, "As the bytes that phones sign name it."),
	F_TEXT(struct me_government, code, 1, 40, 0, "Code used at sign-in."),
	F_TEXT(struct me_government, name, 1, 200, 0, "Full name."),
	F_TEXT(struct me_government, short_name, 1, 100, 0, "Name without the kind."),
	F_ENUM(struct me_government, kind, government_kind_names, 0, "Province, regency or city."),
	F_TEXT(struct me_government, zone, 3, 4, 0, "WIB, WITA or WIT."),
	F_TEXT(struct me_government, board_label, 1, 40, 0,
		"What the personnel board is called here."),
	F_TEXT(struct me_government, agency_label, 1, 40, 0, "What an agency is called here."),
	F_TEXT(struct me_government, head_label, 1, 40, 0,
		"What the head of the government is called."),
	F_BOOL(struct me_government, is_demo, 0, "Fictional data."),
	F_END,
};
static const struct shape me_government_shape = SHAPE(
	"MeGovernment", struct me_government, me_government_fields);

static const struct field me_role_fields[] = {
	F_ENUM(struct me_role, role, role_names, 0, "The role."),
	F_ID(struct me_role, unit, OPTIONAL,
		"Scope: this unit and below; absent: the whole government."),
	F_TEXT(struct me_role, unit_name, 0, 200, 0, "Name of the scope."),
	F_ENUM(struct me_role, acting, acting_names, 0,
		"Definitive, acting, or in somebody's place."),
	F_TEXT(struct me_role, letter, 0, 100, 0, "Number of the letter it rests on."),
	F_DAY(struct me_role, valid_from, 0, "First day."),
	F_DAY(struct me_role, valid_to, 0, "Last day."),
	F_END,
};
static const struct shape me_role_shape = SHAPE("MeRole", struct me_role, me_role_fields);

static const struct field me_fields[] = {
	F_ID(struct me, employee, 0, "The signed-in account."),
	F_TEXT(struct me, nip, 1, 18, 0, "NIP or NI PPPK."),
	F_TEXT(struct me, name, 1, 120, 0, "Name without titles."),
	F_TEXT(struct me, full_name, 1, 240, 0, "Name with titles."),
	F_OBJECT(struct me, unit, &me_unit_shape, OPTIONAL, "Where he is placed today."),
	F_TEXT(struct me, position, 0, 120, OPTIONAL, "His position there."),
	F_OBJECT(struct me, government, &me_government_shape, 0, "His government."),
	F_LIST(struct me, roles, role_count, &me_role_shape, 0, ROLES_MAX, 0,
		"Roles in force today."),
	F_BOOL(struct me, is_supervisor, 0, "Answers for somebody today, himself or as delegate."),
	F_BOOL(struct me, has_team, 0,
		"Has people he answers for or leads, or had some in the last weeks."),
	F_TEXTS(struct me, audiences, audience_count, 0, 3, 0,
		"Entries of the web app: pegawai, atasan, bkd."),
	F_INSTANT(struct me, now, 0, "The server's time."),
	F_END,
};
const struct shape org_me_shape = SHAPE("Me", struct me, me_fields);

const char *org_unit_name(const struct org_tree *tree, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	return u ? u->name : "";
}

static enum err load_government(struct tx *tx, struct me_government *ret)
{
	struct government g;
	enum err e = platform_load_government(tx, &g);

	if (!e)
		*ret = (struct me_government){tx->government, g.code, g.name, g.short_name,
			zone_name(g.zone), g.board_label, g.agency_label, g.head_label,
			(int32_t)g.kind, g.is_demo};
	return e;
}

/* The employee and his place; an account of its own shows its NIP for a name. */
static enum err load_person(struct req *rq, const struct org_tree *tree, struct me *me)
{
	struct arena *arena = rq->tx->arena;
	struct employee_row row;
	enum err e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &row);

	if (e == E_NOT_FOUND) {
		e = org_load_account_nip(rq->tx, rq->actor.employee, &me->nip);
		me->name = me->full_name = me->nip;
		return e;
	}
	if (e)
		return e;
	me->nip = row.nip;
	me->name = row.name;
	me->full_name = org_full_name(arena, &row);
	const struct org_unit *unit = org_find_unit(tree, row.unit);
	if (!unit)
		return OK;
	me->position = row.position;
	me->unit = ARENA_NEW(arena, struct me_unit);
	*me->unit = (struct me_unit){
		unit->id, unit->agency, unit->name, org_unit_name(tree, unit->agency)};
	return OK;
}

static enum err load_roles(struct req *rq, const struct org_tree *tree, struct me *me)
{
	struct role_row *role = ARENA_ARRAY(rq->tx->arena, ROLES_MAX, struct role_row);
	enum err e = org_list_roles(
		rq->tx, rq->actor.employee, req_today(rq), role, &me->role_count);

	me->roles = ARENA_ARRAY(rq->tx->arena, ROLES_MAX, struct me_role);
	for (int i = 0; !e && i < me->role_count; i++) {
		const char *name = role[i].unit.v ? org_unit_name(tree, role[i].unit)
						  : me->government.short_name;

		me->roles[i] = (struct me_role){(int32_t)role[i].role, (int32_t)role[i].acting,
			role[i].unit, name, role[i].letter, role[i].valid_from, role[i].valid_to};
	}
	return e;
}

static bool has_role(const struct me *me, const enum role *role, int roles)
{
	for (int i = 0; i < me->role_count; i++) {
		for (int k = 0; k < roles; k++) {
			if (me->roles[i].role == (int32_t)role[k])
				return true;
		}
	}
	return false;
}

/* Which entries of the web app open for whom (product.md, the people and what each opens first). */
static void add_audiences(struct arena *arena, struct me *me)
{
	static const enum role heads[] = {ROLE_UNIT_HEAD, ROLE_AGENCY_HEAD};
	static const enum role offices[] = {ROLE_BKD, ROLE_AGENCY_OFFICER, ROLE_UNIT_OFFICER,
		ROLE_INSPECTOR, ROLE_COUNCIL, ROLE_OPERATOR, ROLE_AGENCY_HEAD, ROLE_UNIT_HEAD};

	me->audiences = ARENA_ARRAY(arena, 3, const char *);
	if (me->unit)
		me->audiences[me->audience_count++] = "pegawai";
	if (me->has_team || has_role(me, heads, (int)(sizeof(heads) / sizeof(heads[0]))))
		me->audiences[me->audience_count++] = "atasan";
	if (has_role(me, offices, (int)(sizeof(offices) / sizeof(offices[0]))))
		me->audiences[me->audience_count++] = "bkd";
}

/* Who was moved still has the days that were his to decide on. */
static enum err load_team(struct req *rq, struct me *me)
{
	const int32_t today = req_today(rq);
	bool supervises = false, leads = false;
	enum err e = org_load_leads(
		rq->tx, rq->actor.employee, today, today, &me->is_supervisor, &leads);

	if (!e)
		e = org_load_leads(rq->tx, rq->actor.employee, today - LEADS_GRACE_DAYS, today,
			&supervises, &leads);
	me->has_team = supervises || leads;
	return e;
}

enum err org_get_me(struct req *rq)
{
	struct me *me = ARENA_NEW(rq->tx->arena, struct me);
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	me->employee = rq->actor.employee;
	me->now = rq->tx->now_ms;
	if (e || (e = load_government(rq->tx, &me->government)) ||
		(e = load_person(rq, tree, me)) || (e = load_roles(rq, tree, me)) ||
		(e = load_team(rq, me)))
		return e;
	add_audiences(rq->tx->arena, me);
	return reply(rq, 200, me);
}
