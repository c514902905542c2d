/*
 * One person as the personnel office sees him: where he is placed today and from a day to come, who
 * answers for him, whether he answers for others, and what the one who looks may do for him. Roles
 * and statuses have routes and permissions of their own; the NIP is masked but for who may read it,
 * as in the list, and every look leaves a row (UU 27/2022).
 */
#include "org/org_access.h"
#include "org/org_routes.h"

#define PLACEMENTS_MAX 20

struct person_path {
	struct employee_id employee;
};

struct placement_item {
	struct unit_id unit;
	const char *unit_name, *agency_name, *position, *decree;
	int32_t position_level, valid_from, valid_to;
};

struct superior_item {
	struct employee_id employee;
	const char *full_name, *position;
	int32_t relation;
};

struct person_detail {
	struct employee_id id;
	const char *nip, *full_name;
	int32_t employment_kind;
	struct unit_id agency;
	struct placement_item *placements;
	int placement_count;
	struct superior_item *superiors;
	int superior_count;
	bool supervises, leads, may_set_roles, may_set_status;
};

static const struct field person_path_fields[] = {
	PATH_ID(struct person_path, employee, "The employee."),
	F_END,
};
const struct shape org_person_path_shape = SHAPE(
	"PersonPath", struct person_path, person_path_fields);

static const struct field placement_fields[] = {
	F_ID(struct placement_item, unit, 0, "Where."),
	F_TEXT(struct placement_item, unit_name, 0, 200, 0, "Its name."),
	F_TEXT(struct placement_item, agency_name, 0, 200, 0, "Name of its agency."),
	F_TEXT(struct placement_item, position, 0, 120, 0, "Position."),
	F_ENUM(struct placement_item, position_level, position_level_names, 0, "Its level."),
	F_TEXT(struct placement_item, decree, 0, 100, 0, "Number of the decree."),
	F_DAY(struct placement_item, valid_from, 0, "First day (TMT)."),
	F_DAY(struct placement_item, valid_to, 0, "Last day."),
	F_END,
};
static const struct shape placement_shape = SHAPE(
	"Placement", struct placement_item, placement_fields);

static const struct field superior_fields[] = {
	F_ENUM(struct superior_item, relation, relation_kind_names, 0, "Supervisor or team lead."),
	F_ID(struct superior_item, employee, 0, "Who."),
	F_TEXT(struct superior_item, full_name, 1, 240, 0, "Name with titles."),
	F_TEXT(struct superior_item, position, 0, 120, 0, "Position today."),
	F_END,
};
static const struct shape superior_shape = SHAPE("Superior", struct superior_item, superior_fields);

static const struct field person_detail_fields[] = {
	F_ID(struct person_detail, id, 0, "The employee."),
	F_TEXT(struct person_detail, nip, 18, 18, MASKED,
		"NIP or NI PPPK; its end alone for who may not read it."),
	F_TEXT(struct person_detail, full_name, 1, 240, 0, "Name with titles."),
	F_ENUM(struct person_detail, employment_kind, employment_kind_names, 0,
		"PNS, CPNS, PPPK, part time."),
	F_ID(struct person_detail, agency, OPTIONAL, "Agency of today; absent: not placed."),
	F_LIST(struct person_detail, placements, placement_count, &placement_shape, 0,
		PLACEMENTS_MAX, 0, "Of today and to come, in their order."),
	F_LIST(struct person_detail, superiors, superior_count, &superior_shape, 0, 2, 0,
		"Who answers for him today."),
	F_BOOL(struct person_detail, supervises, 0, "Answers for somebody today as supervisor."),
	F_BOOL(struct person_detail, leads, 0, "Answers for somebody today as team lead."),
	F_BOOL(struct person_detail, may_set_roles, 0, "The one who asks may grant him roles."),
	F_BOOL(struct person_detail, may_set_status, 0, "The one who asks may enter his leave."),
	F_END,
};
const struct shape org_person_detail_shape = SHAPE(
	"PersonDetail", struct person_detail, person_detail_fields);

enum err org_find_person(struct req *rq, struct object *ret_object)
{
	const struct person_path *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

static enum err load_placements(
	struct req *rq, const struct org_tree *tree, struct person_detail *person)
{
	struct org_placement_line line[PLACEMENTS_MAX];
	enum err e = org_list_placements(
		rq->tx, person->id, req_today(rq), line, PLACEMENTS_MAX, &person->placement_count);

	person->placements = ARENA_ARRAY(rq->tx->arena, PLACEMENTS_MAX, struct placement_item);
	for (int i = 0; !e && i < person->placement_count; i++) {
		const struct org_unit *unit = org_find_unit(tree, line[i].unit);

		if (unit && line[i].valid_from <= req_today(rq))
			person->agency = unit->agency;
		person->placements[i] = (struct placement_item){line[i].unit,
			org_unit_name(tree, line[i].unit),
			unit ? org_unit_name(tree, unit->agency) : "", line[i].position,
			line[i].decree, line[i].position_level, line[i].valid_from,
			line[i].valid_to};
	}
	return e;
}

static enum err load_superiors(struct req *rq, struct person_detail *person)
{
	person->superiors = ARENA_ARRAY(rq->tx->arena, 2, struct superior_item);
	for (int kind = RELATION_SUPERVISOR; kind <= RELATION_TEAM_LEAD; kind++) {
		struct employee_id superior;
		struct employee_row row;
		enum err e = org_load_superior(
			rq->tx, person->id, (enum relation_kind)kind, req_today(rq), &superior);

		if (!e && superior.v == 0)
			continue;
		if (e || (e = org_load_employee(rq->tx, superior, req_today(rq), &row)))
			return e;
		person->superiors[person->superior_count++] = (struct superior_item){
			superior, org_full_name(rq->tx->arena, &row), row.position, kind};
	}
	return OK;
}

/* E_NOT_FOUND says no, as it would to the act itself. */
static enum err load_leave(struct req *rq, enum permission permission, bool *ret_may)
{
	enum err e = org_authorise(rq, permission, &rq->object);

	*ret_may = !e;
	return e == E_NOT_FOUND || e == E_FORBIDDEN ? OK : e;
}

enum err org_get_person(struct req *rq)
{
	const struct person_path *in = rq->input;
	const int32_t today = req_today(rq);
	struct person_detail *person = ARENA_NEW(rq->tx->arena, struct person_detail);
	const struct org_tree *tree;
	struct org_person row;
	bool sees_nip;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_person(rq->tx, in->employee, today, &row)) ||
		(e = load_leave(rq, P_NIP_READ, &sees_nip)))
		return e;
	person->id = row.id;
	person->nip = sees_nip ? row.nip : org_mask_nip(rq->tx->arena, row.nip);
	person->employment_kind = row.employment_kind;
	person->full_name = org_full_name(rq->tx->arena, &(struct employee_row){.name = row.name,
								 .title_before = row.title_before,
								 .title_after = row.title_after});
	if ((e = load_placements(rq, tree, person)) || (e = load_superiors(rq, person)) ||
		(e = org_load_leads(
			 rq->tx, person->id, today, today, &person->supervises, &person->leads)) ||
		(e = load_leave(rq, P_ORG_WRITE, &person->may_set_roles)) ||
		(e = load_leave(rq, P_STATUS_WRITE, &person->may_set_status)))
		return e;
	return reply(rq, 200, person);
}
