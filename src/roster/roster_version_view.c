#include "roster/roster_version_view.h"

enum err roster_load_reader(struct req *rq, struct roster_reader *ret)
{
	enum err e = org_load_tree(rq->tx, &ret->tree);
	ret->today = req_today(rq);
	if (e || (e = org_load_scopes(rq, P_ROSTER_READ, &ret->reads)) ||
		(e = org_load_scopes(rq, P_ROSTER_WRITE, &ret->writes)) ||
		(e = org_load_scopes(rq, P_ROSTER_PUBLISH, &ret->publishes)))
		return e;
	return org_load_scopes(rq, P_ROSTER_ANSWER, &ret->answers);
}

static bool may(const struct roster_version *v, enum roster_step_kind step, int32_t receipt,
	const struct org_scopes *scopes, const char *path)
{
	return roster_may_step(v->state, step, (enum roster_receipt)receipt) &&
	       org_in_scopes(scopes, path);
}

enum err roster_show_version(struct req *rq, const struct roster_reader *reader,
	const struct roster_version *v, struct version_view *ret)
{
	const struct org_unit *unit = org_find_unit(reader->tree, v->unit);
	const char *path = unit ? unit->path : NULL;
	struct roster_procedure procedure;
	enum err e = roster_load_procedure(
		rq->tx, unit ? unit->agency : (struct unit_id){0}, reader->today, &procedure);
	if (e)
		return e;
	bool is_ahead = v->period_to > reader->today;
	*ret = (struct version_view){.id = v->version_id,
		.unit = v->unit.v,
		.unit_name = unit ? unit->name : "",
		.period_from = v->period_from,
		.period_to = v->period_to,
		.state = v->state,
		.source = v->source,
		.instrument = v->instrument.v,
		.instrument_number = v->instrument_number,
		.note = v->note,
		.people = v->people,
		.made_at = v->made_at,
		.made_by_name = v->made_by_name,
		.published_at = v->published_at ? v->published_at : INSTANT_NONE,
		.revision = v->revision,
		.receipt = procedure.receipt,
		.bound_from = v->bound_from ? v->bound_from : DAY_NONE,
		.due_at = v->due_at ? v->due_at : INSTANT_NONE,
		.may_edit = may(v, ROSTER_SOLVED, procedure.receipt, &reader->writes, path),
		.may_set = is_ahead &&
			   may(v, ROSTER_IS_SET, procedure.receipt, &reader->publishes, path),
		.may_withdraw = may(
			v, ROSTER_WITHDRAWN, procedure.receipt, &reader->publishes, path),
		.may_answer = may(v, ROSTER_RETURNED, procedure.receipt, &reader->answers, path),
		.is_partial = !org_in_scopes(&reader->reads, path)};
	return OK;
}

enum err roster_find_version(struct req *rq, struct object *ret_object)
{
	const int64_t *version_id = rq->input;
	struct roster_version version;
	enum err e = roster_load_version(rq->tx, *version_id, &version);
	ret_object->unit = e ? (struct unit_id){0} : version.unit;
	return e;
}
