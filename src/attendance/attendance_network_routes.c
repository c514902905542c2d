/*
 * Networks of offices over HTTP: listed, added from a day on, ended. A range is what the internet
 * provider says of the office; nothing is guessed, and a wrong one only takes a mark away.
 */
#include "attendance/attendance_network.h"

#include "attendance/attendance_office_routes.h"
#include "platform/clock.h"

struct network_view {
	int64_t id;
	struct unit_id unit;
	const char *unit_name, *label, *range;
	int32_t valid_from, valid_to;
};
static const struct field network_fields[] = {
	F_ID(struct network_view, id, 0, "The network."),
	F_ID(struct network_view, unit, 0, "The unit it counts for, with those below."),
	F_TEXT(struct network_view, unit_name, 1, 200, 0, "Name of the unit."),
	F_TEXT(struct network_view, label, 1, NETWORK_LABEL_MAX, 0, "What it is called."),
	F_TEXT(struct network_view, range, 1, 64, 0, "203.0.113.0/24"),
	F_DAY(struct network_view, valid_from, 0, "First day."),
	F_DAY(struct network_view, valid_to, 0, "Last day."),
	F_END,
};
const struct shape attendance_network_shape = SHAPE(
	"OfficeNetwork", struct network_view, network_fields);

struct network_views {
	struct network_view *items;
	int count;
	const char *address;
};
static const struct field list_fields[] = {
	F_LIST(struct network_views, items, count, &attendance_network_shape, 0, NETWORKS_MAX, 0,
		"The latest first, ended ones too."),
	F_TEXT(struct network_views, address, 0, 64, OPTIONAL,
		"The address this request came from."),
	F_END,
};
const struct shape attendance_networks_shape = SHAPE(
	"OfficeNetworks", struct network_views, list_fields);

static enum err show(struct req *rq, const struct office_network *n, struct network_view *v)
{
	*v = (struct network_view){.id = n->network_id,
		.unit = n->unit,
		.label = n->label,
		.range = n->range_text,
		.valid_from = n->valid_from,
		.valid_to = n->valid_to};
	return attendance_load_unit_name(rq->tx, n->unit, &v->unit_name);
}

enum err attendance_get_networks(struct req *rq)
{
	struct office_network *n = ARENA_ARRAY(rq->tx->arena, NETWORKS_MAX, struct office_network);
	struct network_views out = {
		.items = ARENA_ARRAY(rq->tx->arena, NETWORKS_MAX, struct network_view),
		.address = rq->client_address};
	struct org_scopes scopes;
	int networks = 0;
	enum err e = attendance_load_office_paths(rq, P_STATION_READ, &scopes);

	for (int i = 0; i < scopes.paths && !e; i++) {
		int found = 0;

		e = attendance_list_networks(
			rq->tx, scopes.path[i], n + networks, NETWORKS_MAX - networks, &found);
		networks += found;
	}
	for (; out.count < networks && !e; out.count++)
		e = show(rq, &n[out.count], &out.items[out.count]);
	return e ? e : reply(rq, 200, &out);
}

struct network_input {
	struct unit_id unit;
	const char *label, *range;
	int32_t valid_from;
};
static const struct field input_fields[] = {
	F_ID(struct network_input, unit, 0, "The unit it counts for, with those below."),
	F_TEXT(struct network_input, label, 1, NETWORK_LABEL_MAX, 0, "What it is called."),
	F_TEXT(struct network_input, range, 1, 64, 0, "Address and prefix: 203.0.113.0/24."),
	F_DAY(struct network_input, valid_from, 0, "First day: today or later."),
	F_END,
};
const struct shape attendance_network_input_shape = SHAPE(
	"OfficeNetworkInput", struct network_input, input_fields);

enum err attendance_find_network_unit(struct req *rq, struct object *ret_object)
{
	const struct network_input *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

static enum err check_range(struct req *rq, const char *text)
{
	static const char *const reason[] = {
		[RANGE_UNREADABLE] = "not an address and prefix, as 203.0.113.0/24",
		[RANGE_HOST_BITS] = "the address has bits beyond the prefix",
		[RANGE_TOO_WIDE] = "wider than an office: at most /16, of IPv6 /32",
	};
	struct network_range range;
	enum range_fault fault = attendance_parse_range(text, &range);

	return fault ? refuse(rq, E_BAD_FIELD, "/range", reason[fault]) : OK;
}

static void add_leaf(struct req *rq, const struct office_network *n, const char *what)
{
	struct buf fact;

	buf_init(&fact, rq->tx->arena, 256);
	buf_printf(&fact, "network %s unit %lld range %s from %d to %d label %s by %lld", what,
		(long long)n->unit.v, n->range_text, n->valid_from, n->valid_to, n->label,
		(long long)rq->actor.employee.v);
	trust_add_leaf(rq->tx, LEAF_OFFICE, n->network_id, fact.p, fact.n);
}

enum err attendance_post_network(struct req *rq)
{
	const struct network_input *in = rq->input;
	const struct office_network n = {.network_id = id_next(),
		.unit = in->unit,
		.label = in->label,
		.range_text = in->range,
		.valid_from = in->valid_from,
		.valid_to = DAY_FOREVER};
	struct network_view out;
	enum err e = check_range(rq, in->range);

	if (e)
		return e;
	if (in->valid_from < req_today(rq))
		return refuse(
			rq, E_BAD_FIELD, "/valid_from", "it holds from today at the earliest");
	if ((e = attendance_add_network(rq->tx, &n, rq->actor.employee)))
		return e;
	add_leaf(rq, &n, "added");
	if ((e = org_touch_generation(rq->tx)) || (e = show(rq, &n, &out)))
		return e;
	return reply(rq, 200, &out);
}

struct network_end {
	int64_t network;
	int32_t last_day;
};
static const struct field end_fields[] = {
	PATH_ID(struct network_end, network, "The network."),
	F_DAY(struct network_end, last_day, 0, "Last day: yesterday at the earliest."),
	F_END,
};
const struct shape attendance_network_end_shape = SHAPE(
	"OfficeNetworkEnd", struct network_end, end_fields);

enum err attendance_find_network(struct req *rq, struct object *ret_object)
{
	struct office_network n;
	enum err e = attendance_load_network(
		rq->tx, ((const struct network_end *)rq->input)->network, &n);

	if (!e)
		ret_object->unit = n.unit;
	return e;
}

enum err attendance_post_network_end(struct req *rq)
{
	const struct network_end *in = rq->input;
	struct office_network n;
	enum err e = attendance_load_network(rq->tx, in->network, &n);

	if (e)
		return e;
	if (in->last_day < req_today(rq) - 1)
		return refuse(rq, E_BAD_FIELD, "/last_day", "yesterday at the earliest");
	if (in->last_day >= n.valid_to)
		return refuse(rq, E_CONFLICT, "/last_day", "it ends earlier already");
	n.valid_to = in->last_day;
	if ((e = attendance_end_network(rq->tx, n.network_id, n.valid_to)))
		return e;
	add_leaf(rq, &n, "ended");
	e = org_touch_generation(rq->tx);
	return e ? e : reply(rq, 204, NULL);
}
