/*
 * Before a roster is there: the procedures it goes through, who plans for himself, and whose roster
 * of a month is awaited, until when.
 *
 * A node is awaited when a rule of the month leaves a mode to a roster for somebody in it. Without
 * a roster everybody of it is in the office: that is what policy says of a day without a letter,
 * and the list says it in time.
 */
#include "base/str.h"
#include "platform/slice.h"
#include "roster/roster_node.h"
#include "roster/roster_version_view.h"

/* ---- procedures ---- */

struct procedure_view {
	int64_t id, unit;
	const char *unit_name;
	int32_t receipt, review_days, due_days;
	bool swap_approved;
	int32_t wishes;
	const char *columns, *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
};
static const struct field procedure_fields[] = {
	F_ID(struct procedure_view, id, 0, "The row."),
	F_ID(struct procedure_view, unit, OPTIONAL, "Agency; absent: the government."),
	F_TEXT(struct procedure_view, unit_name, 0, 200, OPTIONAL, "Its name."),
	F_ENUM(struct procedure_view, receipt, roster_receipt_names, 0, "What the board does."),
	F_INT(struct procedure_view, review_days, 0, 20, 0, "Working days of the board."),
	F_INT(struct procedure_view, due_days, 0, 60, 0, "Days before the period it is due."),
	F_BOOL(struct procedure_view, swap_approved, 0, "A swap waits for the superior."),
	F_INT(struct procedure_view, wishes, 0, 12, 0, "Days a month one may wish for."),
	F_TEXT(struct procedure_view, columns, 1, 200, 0, "Of the old attendance app's file."),
	F_TEXT(struct procedure_view, legal_basis, 0, 300, 0, "What it rests on."),
	F_TEXT(struct procedure_view, verified_by, 0, 200, 0, "Who checked it; empty: example."),
	F_DAY(struct procedure_view, valid_from, 0, "First day."),
	F_DAY(struct procedure_view, valid_to, OPTIONAL, "Last day; absent: until replaced."),
	F_END,
};
static const struct shape procedure_shape = SHAPE(
	"RosterProcedure", struct procedure_view, procedure_fields);

struct procedures_view {
	struct procedure_view *items;
	int item_count;
};
static const struct field procedures_fields[] = {
	F_LIST(struct procedures_view, items, item_count, &procedure_shape, 0,
		ROSTER_PROCEDURES_MAX, 0, "The latest first."),
	F_END,
};
static const struct shape procedures_shape = SHAPE(
	"RosterProcedures", struct procedures_view, procedures_fields);

static struct procedure_view show_procedure(
	const struct org_tree *tree, const struct roster_procedure *p)
{
	const struct org_unit *unit = org_find_unit(tree, p->unit);
	return (struct procedure_view){.id = p->procedure_id,
		.unit = p->unit.v,
		.unit_name = unit ? unit->name : NULL,
		.receipt = p->receipt,
		.review_days = p->review_days,
		.due_days = p->due_days,
		.swap_approved = p->swap_approved,
		.wishes = p->wishes,
		.columns = p->columns,
		.legal_basis = p->legal_basis,
		.verified_by = p->verified_by,
		.valid_from = p->valid_from,
		.valid_to = p->valid_to == DAY_FOREVER ? DAY_NONE : p->valid_to};
}

static enum err get_procedures(struct req *rq)
{
	struct roster_procedure *row = ARENA_ARRAY(
		rq->tx->arena, ROSTER_PROCEDURES_MAX, struct roster_procedure);
	struct procedures_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, ROSTER_PROCEDURES_MAX, struct procedure_view)};
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = roster_list_procedures(rq->tx, row, ROSTER_PROCEDURES_MAX, &out.item_count)))
		return e;
	for (int i = 0; i < out.item_count; i++)
		out.items[i] = show_procedure(tree, &row[i]);
	return reply(rq, 200, &out);
}

static const struct field new_procedure_fields[] = {
	F_ID(struct procedure_view, unit, OPTIONAL, "Agency; absent: the government."),
	F_ENUM(struct procedure_view, receipt, roster_receipt_names, 0, "What the board does."),
	F_INT(struct procedure_view, review_days, 0, 20, 0, "Working days of the board."),
	F_INT(struct procedure_view, due_days, 0, 60, 0, "Days before the period it is due."),
	F_BOOL(struct procedure_view, swap_approved, 0, "A swap waits for the superior."),
	F_INT(struct procedure_view, wishes, 0, 12, 0, "Days a month one may wish for."),
	F_TEXT(struct procedure_view, columns, 1, 200, 0,
		"Of the file: nip, nama, unit, tanggal, kode, mode, jam_masuk, jam_pulang."),
	F_TEXT(struct procedure_view, legal_basis, 1, 300, 0, "What it rests on."),
	F_TEXT(struct procedure_view, verified_by, 0, 200, OPTIONAL, "Who checked it."),
	F_DAY(struct procedure_view, valid_from, 0, "First day, not gone by."),
	F_END,
};
static const struct shape new_procedure_shape = SHAPE(
	"RosterProcedureNew", struct procedure_view, new_procedure_fields);

struct id_view {
	int64_t id;
};
static const struct field id_fields[] = {F_ID(struct id_view, id, 0, "The row."), F_END};
static const struct shape id_shape = SHAPE("RosterRowKey", struct id_view, id_fields);

static bool is_agency(const struct org_tree *tree, int64_t id)
{
	const struct org_unit *unit = org_find_unit(tree, (struct unit_id){id});
	return unit && !unit->parent.v;
}

static enum err post_procedure(struct req *rq)
{
	const struct procedure_view *in = rq->input;
	const struct org_tree *tree;
	struct id_view out;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e)
		return e;
	const struct roster_procedure p = {.unit = {in->unit},
		.receipt = in->receipt,
		.review_days = in->review_days,
		.due_days = in->due_days,
		.swap_approved = in->swap_approved,
		.wishes = in->wishes,
		.columns = in->columns,
		.legal_basis = in->legal_basis,
		.verified_by = in->verified_by ? in->verified_by : "",
		.valid_from = in->valid_from,
		.valid_to = DAY_FOREVER};
	const char *fault = roster_check_procedure(&p);
	if (fault)
		return refuse(rq, E_BAD_FIELD, fault, "not a procedure");
	if (in->unit && !is_agency(tree, in->unit))
		return refuse(rq, E_BAD_FIELD, "/unit", "no agency");
	if (in->valid_from < req_today(rq))
		return refuse(rq, E_REFUSED, "/valid_from", "gone by");
	e = roster_add_procedure(rq->tx, &p, rq->actor.employee, &out.id);
	return e ? e : reply(rq, 200, &out);
}

/* ---- nodes ---- */

struct node_view {
	int64_t id, unit;
	const char *unit_name, *agency_name, *letter;
	int32_t valid_from, valid_to;
};
static const struct field node_fields[] = {
	F_ID(struct node_view, id, 0, "The row."),
	F_ID(struct node_view, unit, 0, "The unit that plans for itself."),
	F_TEXT(struct node_view, unit_name, 0, 200, 0, "Its name."),
	F_TEXT(struct node_view, agency_name, 0, 200, 0, "Its agency."),
	F_TEXT(struct node_view, letter, 0, 120, 0, "By which letter."),
	F_DAY(struct node_view, valid_from, 0, "First day."),
	F_DAY(struct node_view, valid_to, OPTIONAL, "Last day; absent: until ended."),
	F_END,
};
static const struct shape node_shape = SHAPE("RosterNode", struct node_view, node_fields);

struct nodes_view {
	struct node_view *items;
	int item_count;
};
static const struct field nodes_fields[] = {
	F_LIST(struct nodes_view, items, item_count, &node_shape, 0, ROSTER_NODES_MAX, 0,
		"Units that plan for themselves, now or later."),
	F_END,
};
static const struct shape nodes_shape = SHAPE("RosterNodes", struct nodes_view, nodes_fields);

static enum err get_nodes(struct req *rq)
{
	struct roster_node_row *row = ARENA_ARRAY(
		rq->tx->arena, ROSTER_NODES_MAX, struct roster_node_row);
	struct nodes_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, ROSTER_NODES_MAX, struct node_view)};
	const struct org_tree *tree;
	int count = 0;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = roster_list_nodes(rq->tx, req_today(rq), row, ROSTER_NODES_MAX, &count)))
		return e;
	for (int i = 0; i < count; i++) {
		const struct org_unit *unit = org_find_unit(tree, row[i].unit);
		const struct org_unit *agency = unit ? org_find_unit(tree, unit->agency) : NULL;
		if (unit && agency)
			out.items[out.item_count++] = (struct node_view){.id = row[i].node_id,
				.unit = unit->id.v,
				.unit_name = unit->name,
				.agency_name = agency->name,
				.letter = row[i].letter,
				.valid_from = row[i].valid_from,
				.valid_to = row[i].valid_to == DAY_FOREVER ? DAY_NONE
									   : row[i].valid_to};
	}
	return reply(rq, 200, &out);
}

static const struct field new_node_fields[] = {
	F_ID(struct node_view, unit, 0, "The unit that is to plan for itself."),
	F_TEXT(struct node_view, letter, 1, 120, 0, "By which letter."),
	F_DAY(struct node_view, valid_from, 0, "First day, not gone by."),
	F_END,
};
static const struct shape new_node_shape = SHAPE(
	"RosterNodeNew", struct node_view, new_node_fields);

static enum err post_node(struct req *rq)
{
	const struct node_view *in = rq->input;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);
	const struct org_unit *unit = e ? NULL : org_find_unit(tree, (struct unit_id){in->unit});
	if (e)
		return e;
	if (!unit || !unit->parent.v)
		return refuse(rq, E_BAD_FIELD, "/unit", "no unit below an agency");
	if (in->valid_from < req_today(rq))
		return refuse(rq, E_REFUSED, "/valid_from", "gone by");
	e = roster_add_node(rq->tx, unit->id, in->letter, in->valid_from, rq->actor.employee);
	if (e == E_CONFLICT)
		return refuse(rq, e, "/unit", "plans for itself already");
	return e ? e : reply(rq, 204, NULL);
}

struct end_node_input {
	int64_t node;
	int32_t last_day;
};
static const struct field end_node_fields[] = {
	PATH_ID(struct end_node_input, node, "The row."),
	F_DAY(struct end_node_input, last_day, 0, "Last day it plans for itself."),
	F_END,
};
static const struct shape end_node_shape = SHAPE(
	"RosterNodeEnd", struct end_node_input, end_node_fields);

static enum err post_end_node(struct req *rq)
{
	const struct end_node_input *in = rq->input;
	if (in->last_day < req_today(rq) - 1)
		return refuse(rq, E_REFUSED, "/last_day", "gone by");
	enum err e = roster_end_node(rq->tx, in->node, in->last_day, rq->actor.employee);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- awaited ---- */

enum awaited_state {
	AWAITED_MISSING,
	AWAITED_DRAFT,
	AWAITED_PARTLY,
	AWAITED_SET,
	AWAITED_PUBLISHED,
	AWAITED_OFFICE
};
static const char *const awaited_names[] = {
	"missing", "draft", "partly", "set", "published", "all_office", NULL};
#define AWAITED_MAX 1000

struct awaited_view {
	int64_t unit;
	const char *unit_name;
	int32_t state;
	int64_t version;
	int32_t due_day, gap_from, gap_to;
	bool is_late, may_draft, may_confirm;
};
static const struct field awaited_fields[] = {
	F_ID(struct awaited_view, unit, 0, "The planning node."),
	F_TEXT(struct awaited_view, unit_name, 0, 200, 0, "Its name."),
	F_ENUM(struct awaited_view, state, awaited_names, 0, "How far its roster is."),
	F_ID(struct awaited_view, version, OPTIONAL, "The version."),
	F_DAY(struct awaited_view, due_day, 0, "Last day to set it."),
	F_DAY(struct awaited_view, gap_from, OPTIONAL,
		"First day of the month without a roster; absent: every day ahead has one, or its "
		"roster waits for the board."),
	F_DAY(struct awaited_view, gap_to, OPTIONAL, "Last of those days in a row."),
	F_BOOL(struct awaited_view, is_late, 0,
		"Not set in time: everybody is in the office until it is."),
	F_BOOL(struct awaited_view, may_draft, 0, "The one who asks may draft one."),
	F_BOOL(struct awaited_view, may_confirm, 0, "He may confirm that all are in the office."),
	F_END,
};
static const struct shape awaited_shape = SHAPE(
	"RosterAwaited", struct awaited_view, awaited_fields);

struct awaited_list {
	int32_t from, to;
	struct awaited_view *items;
	int item_count;
};
static const struct field awaited_list_fields[] = {
	F_DAY(struct awaited_list, from, 0, "First day of the month."),
	F_DAY(struct awaited_list, to, 0, "Its last."),
	F_LIST(struct awaited_list, items, item_count, &awaited_shape, 0, AWAITED_MAX, 0,
		"Nodes whose days a rule leaves to a roster, by code."),
	F_END,
};
static const struct shape awaited_list_shape = SHAPE(
	"RosterAwaitedList", struct awaited_list, awaited_list_fields);

struct awaited_query {
	int32_t month;
};
static const struct field awaited_query_fields[] = {
	Q_DAY(struct awaited_query, month, 0, "A day of the month."),
	F_END,
};
static const struct shape awaited_query_shape = SHAPE(
	"RosterAwaitedQuery", struct awaited_query, awaited_query_fields);

struct awaiting {
	const struct policy_book *book;
	struct roster_reader reader;
	struct roster_nodes nodes;
	struct roster_span in; /* the month */
	struct roster_version *version;
	struct roster_span *span;
	int versions;
};

static bool is_node(const struct awaiting *a, const struct org_unit *unit)
{
	return unit->valid_from <= a->in.to && unit->valid_to >= a->in.from &&
	       roster_node_of(a->book->tree, &a->nodes, unit->id) == unit;
}

/* One lies in the other: somebody may be of both. */
static bool meet(const struct org_tree *tree, struct unit_id a, struct unit_id b)
{
	return org_is_below(tree, a, b) || org_is_below(tree, b, a);
}

/* Some rule of the month leaves a mode to a roster there: both it and its instrument name people of
 * the node, as policy asks of a person. */
static bool is_awaited(const struct awaiting *a, const struct org_unit *node)
{
	const struct org_tree *tree = a->book->tree;
	for (int i = 0; i < a->book->rules; i++) {
		const struct rule *r = &a->book->rule[i];
		struct unit_id scope = a->book->instrument[r->instrument].unit;
		if (r->kind == RULE_ROSTER && r->valid_from <= a->in.to &&
			r->valid_to >= a->in.from && meet(tree, r->unit, scope) &&
			meet(tree, node->id, r->unit) && meet(tree, node->id, scope))
			return true;
	}
	return false;
}

/* The newest versions of a node that touch the month, by what they are, and the first days without
 * one that is set. A draft counts where it fills them. */
struct node_versions {
	const struct roster_version *draft, *set, *published;
	struct roster_span gap;
	bool has_gap;
};

static bool is_of_gap(const struct node_versions *n, const struct roster_version *v)
{
	return n->has_gap && v->period_from <= n->gap.to && v->period_to >= n->gap.from;
}

static struct node_versions find_versions(const struct awaiting *a, struct unit_id node)
{
	struct node_versions n = {0};
	int spans = 0;
	for (int i = 0; i < a->versions; i++) {
		const struct roster_version *v = &a->version[i];
		if (v->unit.v == node.v && v->state != ROSTER_DRAFT && v->state != ROSTER_REPLACED)
			a->span[spans++] = (struct roster_span){v->period_from, v->period_to};
	}
	n.has_gap = roster_find_gap(a->in, a->reader.today + 1, a->span, spans, &n.gap);
	for (int i = a->versions - 1; i >= 0; i--) {
		const struct roster_version *v = &a->version[i];
		if (v->unit.v != node.v || v->state == ROSTER_REPLACED ||
			(v->state == ROSTER_DRAFT && !is_of_gap(&n, v)))
			continue;
		*(v->state == ROSTER_DRAFT             ? &n.draft
			: v->state == ROSTER_PUBLISHED ? &n.published
						       : &n.set) = v;
	}
	return n;
}

/* What waits for the board goes first, then what is being worked on for days without a roster, then
 * what holds. */
static void take_versions(const struct node_versions *n, struct awaited_view *view)
{
	const struct roster_version *v = n->set ? n->set : n->draft ? n->draft : n->published;
	if (!v)
		return;
	view->version = v->version_id;
	view->state = v == n->set                      ? AWAITED_SET
		      : v == n->draft                  ? AWAITED_DRAFT
		      : n->has_gap                     ? AWAITED_PARTLY
		      : v->source == ROSTER_ALL_OFFICE ? AWAITED_OFFICE
						       : AWAITED_PUBLISHED;
}

static enum err show_awaited(struct req *rq, const struct awaiting *a, const struct org_unit *node,
	struct awaited_view *ret)
{
	const struct node_versions n = find_versions(a, node->id);
	struct roster_procedure procedure;
	enum err e = roster_load_procedure(rq->tx, node->agency, a->in.from, &procedure);
	if (e)
		return e;
	*ret = (struct awaited_view){.unit = node->id.v,
		.unit_name = node->name,
		.due_day = (n.has_gap ? n.gap.from : a->in.from) - procedure.due_days,
		.gap_from = n.has_gap ? n.gap.from : DAY_NONE,
		.gap_to = n.has_gap ? n.gap.to : DAY_NONE,
		.may_draft = org_in_scopes(&a->reader.writes, node->path),
		.may_confirm = org_in_scopes(&a->reader.publishes, node->path)};
	take_versions(&n, ret);
	ret->is_late = (n.has_gap || ret->state < AWAITED_SET) && a->reader.today > ret->due_day;
	return OK;
}

static enum err load_awaiting(struct req *rq, struct awaiting *a)
{
	const struct awaited_query *in = rq->input;
	enum err e = policy_load_book(rq->tx, &a->book);
	day_month_bounds(in->month, &a->in.from, &a->in.to);
	if (e || (e = roster_load_reader(rq, &a->reader)) ||
		(e = roster_load_nodes(rq->tx, a->in.from, &a->nodes)))
		return e;
	a->version = ARENA_ARRAY(rq->tx->arena, AWAITED_MAX * 4, struct roster_version);
	a->span = ARENA_ARRAY(rq->tx->arena, AWAITED_MAX * 4, struct roster_span);
	return roster_list_versions_between(
		rq->tx, a->in.from, a->in.to, a->version, AWAITED_MAX * 4, &a->versions);
}

static enum err get_awaited(struct req *rq)
{
	struct awaiting *a = ARENA_NEW(rq->tx->arena, struct awaiting);
	struct awaited_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, AWAITED_MAX, struct awaited_view)};
	enum err e = load_awaiting(rq, a);
	if (e)
		return e;
	out.from = a->in.from;
	out.to = a->in.to;
	for (int i = 0; i < a->book->tree->units && out.item_count < AWAITED_MAX && !e; i++) {
		const struct org_unit *unit = a->book->tree->by_code[i];
		if (is_node(a, unit) && org_in_scopes(&a->reader.reads, unit->path) &&
			is_awaited(a, unit))
			e = show_awaited(rq, a, unit, &out.items[out.item_count++]);
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{GET, "/api/v1/roster/procedures", P_POLICY_READ, TX_READ, NULL, &procedures_shape,
		get_procedures, .exports = EXPORT("tata-cara-jadwal", "Tata cara jadwal"),
		.summary = "What happens to rosters between the agencies and the board."},
	{POST, "/api/v1/roster/procedures", P_POLICY_WRITE, TX_WRITE, &new_procedure_shape,
		&id_shape, post_procedure,
		.summary = "Sets a procedure from a day on; the one before ends.",
		.example =
			"{\"receipt\":\"acknowledge\",\"review_days\":2,\"due_days\":3,"
			"\"swap_approved\":true,\"wishes\":4,\"columns\":\"nip,nama,tanggal,kode\","
			"\"legal_basis\":\"SE 150/KPG.03/BKD\",\"valid_from\":\"2025-12-01\"}"},
	{GET, "/api/v1/roster/nodes", P_POLICY_READ, TX_READ, NULL, &nodes_shape, get_nodes,
		.exports = EXPORT("unit-perencana", "Unit perencana jadwal"),
		.summary = "Units below an agency that plan for themselves."},
	{POST, "/api/v1/roster/nodes", P_POLICY_WRITE, TX_WRITE, &new_node_shape, NULL, post_node,
		.summary = "Lets a unit plan for itself from a day on.",
		.example = "{\"unit\":\"{unit:own}\",\"letter\":\"SK 1/2025\",\"valid_from\":"
			   "\"2025-12-01\"}"},
	{POST, "/api/v1/roster/nodes/{node}/end", P_POLICY_WRITE, TX_WRITE, &end_node_shape, NULL,
		post_end_node, .summary = "From the day after its agency plans for it again.",
		.example = "{\"last_day\":\"2025-12-31\"}"},
	{GET, "/api/v1/roster/awaited", P_ROSTER_READ, TX_READ, &awaited_query_shape,
		&awaited_list_shape, get_awaited,
		.exports = EXPORT("jadwal-ditunggu", "Jadwal yang ditunggu"),
		.summary = "Whose roster of a month is there, awaited or late.",
		.example_path = "/api/v1/roster/awaited?month=2025-12-01"},
};

const struct slice roster_procedure_slice = {
	.name = "roster procedure",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
