/*
 * A verdict on many corrections at once: four eyes. An officer proposes it, a second one confirms,
 * and nobody is among those it is about.
 */
#include "attendance/attendance_correction_view.h"

#include "org/org_access.h"
#include "platform/clock.h"

struct proposal_item {
	int64_t correction;
	int32_t version;
};
static const struct field item_fields[] = {
	F_ID(struct proposal_item, correction, 0, "The correction."),
	F_INT(struct proposal_item, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
static const struct shape item_shape = SHAPE("ProposalItem", struct proposal_item, item_fields);
struct proposal_input {
	struct proposal_item *items;
	int count;
	bool accepts;
	const char *reason;
};
static const struct field proposal_input_fields[] = {
	F_LIST(struct proposal_input, items, count, &item_shape, 1, PROPOSAL_MAX, 0,
		"Which corrections."),
	F_BOOL(struct proposal_input, accepts, 0, "Accept them; false: refuse them."),
	F_TEXT(struct proposal_input, reason, REASON_LEAST, LONG_REASON, 0, "Why so."),
	F_END,
};
static const struct shape proposal_input_shape = SHAPE(
	"ProposalInput", struct proposal_input, proposal_input_fields);

struct proposal_view {
	int64_t id, proposed_at;
	bool accepts, may_confirm, may_withdraw;
	const char *reason, *proposed_by;
	struct correction_view *items;
	int count;
};
static const struct field proposal_view_fields[] = {
	F_ID(struct proposal_view, id, 0, "The proposal."),
	F_BOOL(struct proposal_view, accepts, 0, "Accept them; false: refuse them."),
	F_TEXT(struct proposal_view, reason, 0, LONG_REASON, 0, "Why so."),
	F_TEXT(struct proposal_view, proposed_by, 0, 300, 0, "Who proposes it."),
	F_INSTANT(struct proposal_view, proposed_at, 0, "Since when it waits."),
	F_BOOL(struct proposal_view, may_confirm, 0, "The reader may be the second person."),
	F_BOOL(struct proposal_view, may_withdraw, 0,
		"The reader proposed it and may take it back."),
	F_LIST(struct proposal_view, items, count, &correction_view_shape, 0, PROPOSAL_MAX, 0,
		"What it is about."),
	F_END,
};
static const struct shape proposal_view_shape = SHAPE(
	"Proposal", struct proposal_view, proposal_view_fields);
struct proposal_list {
	struct proposal_view *items;
	int count;
};
static const struct field proposal_list_fields[] = {
	F_LIST(struct proposal_list, items, count, &proposal_view_shape, 0, CORRECTIONS_PAGE, 0,
		"Oldest first."),
	F_END,
};
static const struct shape proposal_list_shape = SHAPE(
	"Proposals", struct proposal_list, proposal_list_fields);

static const char *item_pointer(struct req *rq, int i)
{
	return arena_printf(rq->tx->arena, "/items/%d/correction", i);
}

/* One item as the proposer sees it: within his office, not about himself, still waiting. */
static enum err take_item(struct req *rq, const struct proposal_item *in, int i, int64_t proposal)
{
	struct correction c;
	bool is_officer = false;
	enum err e = attendance_load_correction(rq->tx, in->correction, &c);

	if (!e)
		e = org_is_agency_officer(rq, c.unit, &is_officer);
	if (e == E_NOT_FOUND || (!e && !is_officer))
		return refuse(rq, E_BAD_FIELD, item_pointer(rq, i), "not in your office");
	if (e)
		return e;
	if (c.employee.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, item_pointer(rq, i), "is your own");
	if (c.version != in->version)
		return refuse(rq, E_STALE, item_pointer(rq, i), "was changed meanwhile");
	if (c.state != CORRECTION_WAITS || c.proposal_id)
		return refuse(rq, E_CONFLICT, item_pointer(rq, i), "does not wait any more");
	c.proposal_id = proposal;
	return attendance_set_correction(rq->tx, &c);
}

static enum err show_proposal(
	struct req *rq, const struct proposal *p, struct proposal_view *out, bool *ret_sees)
{
	struct correction *c = ARENA_ARRAY(rq->tx->arena, PROPOSAL_MAX, struct correction);
	struct correction_list list = {0};
	int count;
	enum err e = attendance_list_proposal_items(rq->tx, p->id, c, PROPOSAL_MAX, &count);

	*ret_sees = !e && count > 0;
	for (int i = 0; i < count && !e; i++) {
		bool is_officer;

		e = org_is_agency_officer(rq, c[i].unit, &is_officer);
		*ret_sees &= is_officer;
		if (!e)
			e = attendance_load_name(rq->tx, c[i].employee, &c[i].full_name);
	}
	if (e || !*ret_sees)
		return e;
	*out = (struct proposal_view){.id = p->id,
		.proposed_at = p->proposed_at,
		.accepts = p->accepts,
		.reason = p->reason,
		.may_confirm = attendance_decide_proposal(p, rq->actor.employee, c, count, true) ==
			       OK,
		.may_withdraw = p->proposed_by.v == rq->actor.employee.v};
	if ((e = attendance_load_name(rq->tx, p->proposed_by, &out->proposed_by)) ||
		(e = attendance_show_corrections(rq, c, count, &list)))
		return e;
	out->items = list.items;
	out->count = list.count;
	return OK;
}

static enum err post_proposal(struct req *rq)
{
	const struct proposal_input *in = rq->input;
	const struct proposal p = {.id = id_next(),
		.accepts = in->accepts,
		.reason = in->reason,
		.proposed_by = rq->actor.employee,
		.proposed_at = rq->tx->now_ms};
	struct proposal_view out;
	bool sees;
	enum err e = OK;

	for (int i = 0; i < in->count && !e; i++)
		e = take_item(rq, &in->items[i], i, p.id);
	if (e || (e = attendance_add_proposal(rq->tx, &p)))
		return e;
	e = show_proposal(rq, &p, &out, &sees);
	return e ? e : reply(rq, 200, &out);
}

static enum err get_proposals(struct req *rq)
{
	struct proposal *p = ARENA_ARRAY(rq->tx->arena, CORRECTIONS_PAGE, struct proposal);
	struct proposal_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, CORRECTIONS_PAGE, struct proposal_view)};
	int count;
	enum err e = attendance_list_proposals(rq->tx, 0, p, CORRECTIONS_PAGE, &count);

	for (int i = 0; i < count && !e; i++) {
		bool sees;

		e = show_proposal(rq, &p[i], &out.items[out.count], &sees);
		out.count += sees;
	}
	return e ? e : reply(rq, 200, &out);
}

struct proposal_path {
	int64_t proposal;
	bool confirms;
};
static const struct field proposal_path_fields[] = {
	PATH_ID(struct proposal_path, proposal, "The proposal."),
	F_BOOL(struct proposal_path, confirms, 0,
		"The second person agrees; false: he does not, or the proposer takes it back."),
	F_END,
};
static const struct shape proposal_path_shape = SHAPE(
	"ProposalVerdict", struct proposal_path, proposal_path_fields);

/* What the first one proposed is done, in the name of the second. */
static enum err settle_item(
	struct req *rq, const struct proposal *p, struct correction *c, bool confirms)
{
	enum err e;

	if (!confirms) {
		c->proposal_id = 0;
		return attendance_set_correction(rq->tx, c);
	}
	if ((e = attendance_check_open(rq, c->unit, c->day, "/proposal")))
		return e;
	return attendance_settle_correction(
		rq->tx, c, p->accepts, rq->actor.employee, (struct employee_id){0}, p->reason);
}

static enum err post_proposal_verdict(struct req *rq)
{
	const struct proposal_path *in = rq->input;
	struct correction *c = ARENA_ARRAY(rq->tx->arena, PROPOSAL_MAX, struct correction);
	struct proposal p;
	struct proposal_view seen;
	bool sees;
	int count;
	enum err e;

	if ((e = attendance_load_proposal(rq->tx, in->proposal, &p)) ||
		(e = show_proposal(rq, &p, &seen, &sees)) ||
		(e = attendance_list_proposal_items(rq->tx, p.id, c, PROPOSAL_MAX, &count)))
		return e;
	if (!sees)
		return refuse(rq, E_CONFLICT, "/proposal", "does not wait, or not for you");
	if ((e = attendance_decide_proposal(&p, rq->actor.employee, c, count, in->confirms)))
		return refuse(rq, e, "/proposal", "another person must confirm it");
	for (int i = 0; i < count && !e; i++)
		e = settle_item(rq, &p, &c[i], in->confirms);
	if (e)
		return e;
	p.state = in->confirms ? PROPOSAL_CONFIRMED : PROPOSAL_REJECTED;
	p.decided_by = rq->actor.employee;
	p.decided_at = rq->tx->now_ms;
	e = attendance_set_proposal(rq->tx, &p);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = POST,
		.path = "/api/v1/attendance/corrections/proposals",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &proposal_input_shape,
		.output = &proposal_view_shape,
		.handler = post_proposal,
		.summary = "An officer proposes a verdict on many corrections; a second one "
			   "confirms.",
		.example = "{\"items\":[{\"correction\":\"{correction}\",\"version\":1}],"
			   "\"accepts\":true,"
			   "\"reason\":\"Sesuai catatan penjaga kantor pada hari itu.\""
			   "}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/corrections/proposals",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_READ,
		.output = &proposal_list_shape,
		.handler = get_proposals,
		.summary = "Proposals of one's office that wait for the second person.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/corrections/proposals/{proposal}/verdict",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &proposal_path_shape,
		.handler = post_proposal_verdict,
		.summary = "The second person confirms or rejects what another proposed; who "
			   "proposed it "
			   "takes it back.",
		.example = "{\"confirms\":false}",
		.example_path = "/api/v1/attendance/corrections/proposals/{proposal}/verdict",
	},
};

const struct slice attendance_proposals_slice = {
	.name = "proposals",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
