/*
 * What the planner's routes begin with: a version with its sheet, looked at on a read snapshot in
 * the pool, and asked again in the transaction whether it is still the one that was looked at.
 */
#include "roster/roster_work.h"

int32_t roster_first_open(const struct req *rq)
{
	return req_today(rq) + 1;
}

enum err roster_load_node(
	struct req *rq, struct unit_id unit, int32_t from, const struct org_unit **ret)
{
	const struct org_tree *tree;
	struct roster_nodes nodes;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = roster_load_nodes(rq->tx, from, &nodes)))
		return e;
	*ret = org_find_unit(tree, unit);
	if (!*ret)
		return refuse(rq, E_BAD_FIELD, "/unit", "unknown");
	if (roster_node_of(tree, &nodes, unit) != *ret)
		return refuse(rq, E_REFUSED, "/unit", "another unit plans for it");
	return OK;
}

enum err roster_load_work_sheet(struct req *rq, const struct roster_version *v,
	const struct org_unit *node, const struct roster_settings *settings,
	struct roster_sheet *ret)
{
	enum err e = roster_load_sheet(rq->tx, v, node, roster_first_open(rq), settings, ret);
	return e == E_REFUSED
		       ? refuse(rq, e, "/unit",
				 "more than 5000 people take part: let parts plan for themselves")
		       : e;
}

enum err roster_load_work(struct req *rq, int64_t version_id,
	const struct roster_settings *settings, struct roster_work *ret)
{
	const struct org_tree *tree;
	ret->seen_at = rq->tx->now_ms;
	enum err e = roster_load_version(rq->tx, version_id, &ret->version);
	if (e || (e = org_load_tree(rq->tx, &tree)))
		return e;
	const struct org_unit *node = org_find_unit(tree, ret->version.unit);
	if (!node)
		return E_NOT_FOUND;
	e = roster_load_work_sheet(rq, &ret->version, node, settings, &ret->sheet);
	ret->sheet.proof = roster_read_proof(rq->tx->arena, ret->version.settings);
	return e;
}

static enum err check_draft(struct req *rq, const struct roster_version *v, int32_t revision)
{
	if (v->state != ROSTER_DRAFT)
		return refuse(rq, E_CONFLICT, "/version", "no draft any more");
	return v->revision == revision ? OK : E_STALE;
}

enum err roster_load_draft(struct req *rq, int64_t version_id, int32_t revision,
	const struct roster_settings *settings, struct roster_work *ret)
{
	const struct org_unit *node;
	enum err e = roster_load_version(rq->tx, version_id, &ret->version);
	if (e || (e = check_draft(rq, &ret->version, revision)) ||
		(e = roster_load_node(rq, ret->version.unit, ret->version.period_from, &node)))
		return e;
	return roster_load_work(rq, version_id, settings, ret);
}

enum err roster_recheck_draft(struct req *rq, const struct roster_work *work)
{
	struct roster_version now;
	enum err e = roster_load_version(rq->tx, work->version.version_id, &now);
	return e ? e : check_draft(rq, &now, work->version.revision);
}

struct roster_line *roster_make_lines(struct req *rq, const struct roster_sheet *s)
{
	struct roster_line *line = ARENA_ARRAY(
		rq->tx->arena, (size_t)s->people + 1, struct roster_line);
	for (int32_t p = 0; p < s->people; p++)
		line[p] = (struct roster_line){s->person[p].employee, s->person[p].days,
			s->person[p].locked, s->person[p].share};
	return line;
}

enum err roster_check_period(struct req *rq, int32_t from, int32_t to)
{
	if (to < from || to - from >= ROSTER_DAYS_MAX)
		return refuse(rq, E_BAD_FIELD, "/period_to", "not 1 to 62 days");
	if (to < roster_first_open(rq))
		return refuse(rq, E_REFUSED, "/period_to", "over: a roster binds days ahead");
	if (from < req_today(rq) - POLICY_REACH_DAYS)
		return refuse(rq, E_REFUSED, "/period_from", "too far back: those days are judged");
	return OK;
}

static const struct field version_fields[] = {
	PATH_ID(struct version_input, version, "The version."),
	F_END,
};
const struct shape roster_version_shape = SHAPE(
	"RosterVersionPath", struct version_input, version_fields);
