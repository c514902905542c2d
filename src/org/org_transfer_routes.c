/*
 * A decree on the person page: another place, another superior.
 *
 * Entered by the personnel board, never about oneself, with TMT and number (PP 11/2017). Days since
 * the TMT follow at once but for those somebody decided about: the reply names the case that lists
 * them (org_case.h).
 */
#include "org/org_transfer.h"

#include "org/org_case_int.h"
#include "org/org_routes.h"

#define POSTS_MAX 8

/* ---- shapes ---- */

struct placement_input {
	struct employee_id employee;
	struct unit_id unit;
	const char *position, *decree;
	int32_t position_level, valid_from, valid_to;
	int64_t *posts;
	int post_count;
};

struct superior_input {
	struct employee_id employee, superior;
	int32_t relation, valid_from, valid_to;
	const char *letter;
};

struct transfer_reply {
	int64_t case_id;
	int32_t case_days;
};

static const struct field placement_input_fields[] = {
	PATH_ID(struct placement_input, employee, "The employee."),
	F_ID(struct placement_input, unit, 0, "Where, from the first day on."),
	F_TEXT(struct placement_input, position, 1, 120, 0, "Position."),
	F_ENUM(struct placement_input, position_level, position_level_names, 0, "Its level."),
	F_TEXT(struct placement_input, decree, 1, 100, 0, "Number of the decree."),
	F_DAY(struct placement_input, valid_from, 0, "First day (TMT); a year back at most."),
	F_DAY(struct placement_input, valid_to, OPTIONAL,
		"Last day; then the placement before goes on. Absent: until the next decree."),
	F_IDS(struct placement_input, posts, post_count, 0, POSTS_MAX, OPTIONAL,
		"Service posts of the unit he serves at from the first day on; absent: as before, "
		"none in another unit."),
	F_END,
};
const struct shape org_placement_input_shape = SHAPE(
	"PlacementInput", struct placement_input, placement_input_fields);

static const struct field superior_input_fields[] = {
	PATH_ID(struct superior_input, employee, "The employee."),
	F_ENUM(struct superior_input, relation, relation_kind_names, 0, "Supervisor or team lead."),
	F_ID(struct superior_input, superior, 0, "Who answers for him."),
	F_TEXT(struct superior_input, letter, 1, 100, 0, "Number of the letter."),
	F_DAY(struct superior_input, valid_from, 0, "First day; a year back at most."),
	F_DAY(struct superior_input, valid_to, OPTIONAL,
		"Last day; then the one before goes on. Absent: until the next letter."),
	F_END,
};
const struct shape org_superior_input_shape = SHAPE(
	"SuperiorInput", struct superior_input, superior_input_fields);

static const struct field transfer_reply_fields[] = {
	F_ID(struct transfer_reply, case_id, OPTIONAL,
		"The case over days that somebody decided about; absent: there are none."),
	F_INT(struct transfer_reply, case_days, 0, INT32_MAX, 0, "How many days it lists."),
	F_END,
};
const struct shape org_transfer_shape = SHAPE(
	"TransferEntered", struct transfer_reply, transfer_reply_fields);

/* ---- entering ---- */

enum err org_find_placement_subject(struct req *rq, struct object *ret_object)
{
	const struct placement_input *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

enum err org_find_superior_subject(struct req *rq, struct object *ret_object)
{
	const struct superior_input *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

static enum err check_transfer(struct req *rq, const struct transfer_facts *facts)
{
	const struct transfer_fault fault = org_check_transfer(facts);

	return fault.code ? refuse(rq, fault.code, fault.pointer, fault.reason) : OK;
}

enum err org_reply_transfer(struct req *rq, int64_t case_id, int days)
{
	const struct transfer_reply out = {case_id, days};

	return reply(rq, 200, &out);
}

/* Posts belong to the unit on the first day. */
static enum err check_posts(
	struct req *rq, const struct org_tree *tree, const struct placement_input *in)
{
	for (int i = 0; i < in->post_count; i++) {
		const struct org_post *post = org_find_post(tree, (struct post_id){in->posts[i]});

		if (!post || post->unit.v != in->unit.v || post->valid_from > in->valid_from ||
			post->valid_to < in->valid_from)
			return refuse(rq, E_NOT_FOUND, "/posts", "no such post of the unit");
	}
	return OK;
}

static enum err check_unit(struct req *rq, const struct org_tree *tree, struct unit_id unit,
	struct transfer_facts *facts)
{
	const struct org_unit *u = org_find_unit(tree, unit);
	struct org_scopes scopes;
	enum err e = org_load_scopes(rq, P_ORG_WRITE, &scopes);

	if (e)
		return e;
	if (!u || !org_in_scopes(&scopes, u->path))
		return refuse(rq, E_NOT_FOUND, "/unit", "no such unit");
	facts->has_unit = true;
	facts->unit = (struct dated){u->valid_from, u->valid_to};
	return OK;
}

struct placements {
	struct org_placement_row row[HISTORY_MAX];
	int count;
};

static enum err load_placements(struct req *rq, const struct placement_input *in,
	struct placements *before, struct transfer_facts *facts)
{
	struct dated span[HISTORY_MAX];
	enum err e = org_list_placement_rows(
		rq->tx, in->employee, before->row, HISTORY_MAX, &before->count);

	if (e)
		return e;
	for (int i = 0; i < before->count; i++)
		span[i] = (struct dated){before->row[i].valid_from, before->row[i].valid_to};
	facts->timeline = org_plan_timeline(span, before->count, facts->from, facts->to);
	return org_load_service_span(rq->tx, in->employee, &facts->service);
}

/* Whose posts are not named keeps them in his unit and loses them with it. */
static enum err enter_posts(struct req *rq, const struct placement_input *in,
	const struct placements *before, const struct timeline *plan)
{
	const bool stays = plan->ends >= 0 && before->row[plan->ends].unit.v == in->unit.v;

	if (!in->posts && stays)
		return OK;
	return org_enter_posts(rq->tx, in->employee, in->posts, in->post_count, in->valid_from);
}

static enum err enter_placement(struct req *rq, const struct placement_input *in,
	const struct placements *before, const struct transfer_facts *facts)
{
	const struct org_decree decree = {.kind = CASE_PLACEMENT,
		.employee = in->employee,
		.number = in->decree,
		.from = facts->from,
		.to = facts->to,
		.unit = in->unit,
		.position = in->position,
		.level = (enum position_level)in->position_level};
	int64_t case_id;
	int days;
	enum err e = org_open_case(rq->tx, &decree, rq->actor.employee, &case_id, &days);

	if (!e)
		e = org_enter_placement(
			rq->tx, &decree, before->row, &facts->timeline, rq->actor.employee);
	if (!e)
		e = enter_posts(rq, in, before, &facts->timeline);
	return e ? e : org_reply_transfer(rq, case_id, days);
}

static struct transfer_facts facts_of(const struct req *rq, int32_t from, int32_t to)
{
	return (struct transfer_facts){
		.from = from, .to = to == DAY_NONE ? DAY_FOREVER : to, .today = req_today(rq)};
}

enum err org_post_placement(struct req *rq)
{
	const struct placement_input *in = rq->input;
	struct placements *before = ARENA_NEW(rq->tx->arena, struct placements);
	struct transfer_facts facts = facts_of(rq, in->valid_from, in->valid_to);
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = check_unit(rq, tree, in->unit, &facts)) ||
		(e = load_placements(rq, in, before, &facts)) || (e = check_transfer(rq, &facts)) ||
		(e = check_posts(rq, tree, in)))
		return e;
	return enter_placement(rq, in, before, &facts);
}

struct relations {
	struct org_relation_row row[HISTORY_MAX];
	int count;
};

/* Those of the kind alone, oldest first. */
static enum err load_relations(struct req *rq, const struct superior_input *in,
	struct relations *before, struct transfer_facts *facts)
{
	struct dated span[HISTORY_MAX];
	int all, kept = 0;
	enum err e = org_list_relation_rows(rq->tx, in->employee, before->row, HISTORY_MAX, &all);

	for (int i = 0; !e && i < all; i++)
		if (before->row[i].kind == in->relation)
			before->row[kept++] = before->row[i];
	before->count = kept;
	for (int i = 0; i < kept; i++)
		span[i] = (struct dated){before->row[i].valid_from, before->row[i].valid_to};
	facts->timeline = org_plan_timeline(span, kept, facts->from, facts->to);
	return e ? e : org_load_service_span(rq->tx, in->employee, &facts->service);
}

static enum err load_superior(
	struct req *rq, const struct superior_input *in, struct transfer_facts *facts)
{
	enum err e;

	facts->has_superior = true;
	facts->is_self = in->superior.v == in->employee.v;
	e = org_load_service_span(rq->tx, in->superior, &facts->superior_service);
	if (e == E_NOT_FOUND)
		return refuse(rq, E_NOT_FOUND, "/superior", "no such employee");
	if (e || in->relation != RELATION_SUPERVISOR)
		return e;
	return org_load_is_cycle(
		rq->tx, in->employee, in->superior, facts->from, facts->to, &facts->is_cycle);
}

static enum err enter_superior(struct req *rq, const struct superior_input *in,
	const struct relations *before, const struct transfer_facts *facts)
{
	const struct org_decree decree = {.kind = CASE_SUPERVISOR,
		.employee = in->employee,
		.number = in->letter,
		.from = facts->from,
		.to = facts->to,
		.superior = in->superior};
	int64_t case_id = 0;
	int days = 0;
	enum err e = OK;

	if (in->relation == RELATION_SUPERVISOR)
		e = org_open_case(rq->tx, &decree, rq->actor.employee, &case_id, &days);
	if (!e)
		e = org_enter_relation(rq->tx, &decree, (enum relation_kind)in->relation,
			before->row, &facts->timeline, rq->actor.employee);
	return e ? e : org_reply_transfer(rq, case_id, days);
}

enum err org_post_superior(struct req *rq)
{
	const struct superior_input *in = rq->input;
	struct relations *before = ARENA_NEW(rq->tx->arena, struct relations);
	struct transfer_facts facts = facts_of(rq, in->valid_from, in->valid_to);
	enum err e = load_superior(rq, in, &facts);

	if (e || (e = load_relations(rq, in, before, &facts)) || (e = check_transfer(rq, &facts)))
		return e;
	return enter_superior(rq, in, before, &facts);
}
