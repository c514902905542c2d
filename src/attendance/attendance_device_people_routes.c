/*
 * Who of a unit has a phone enrolled and who has not: for the officer who goes from desk to desk.
 */
#include "attendance/attendance_device.h"

#include "org/org_access.h"

#define PAGE_DEFAULT 50

static const char *const people_names[] = {"all", "enrolled", "missing", NULL};

struct people_query {
	struct unit_id unit;
	int32_t only, limit;
	struct employee_id cursor;
};
static const struct field query_fields[] = {
	Q_ID(struct people_query, unit, 0, "Which unit, with those below it."),
	Q_ENUM(struct people_query, only, people_names, OPTIONAL, "With a phone, or without one."),
	Q_ID(struct people_query, cursor, OPTIONAL, "next of the page before."),
	Q_INT(struct people_query, limit, 1, DEVICE_PEOPLE_MAX, OPTIONAL,
		"Rows of a page; 50 when absent."),
	F_END,
};
static const struct shape query_shape = SHAPE(
	"DevicePeopleQuery", struct people_query, query_fields);
struct person_view {
	struct employee_id employee;
	const char *full_name, *position, *unit_name, *phone;
	int64_t enrolled_at;
	bool is_shared, has_passkey;
};
static const struct field person_fields[] = {
	F_ID(struct person_view, employee, 0, "Who."),
	F_TEXT(struct person_view, full_name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct person_view, position, 0, 120, 0, "Position today."),
	F_TEXT(struct person_view, unit_name, 0, 200, 0, "His unit."),
	F_INSTANT(struct person_view, enrolled_at, OPTIONAL,
		"Since when he has a phone enrolled; absent: he has none."),
	F_TEXT(struct person_view, phone, 0, DEVICE_LABEL_MAX, 0, "Which kind."),
	F_BOOL(struct person_view, is_shared, 0, "Another employee's key lives on it."),
	F_BOOL(struct person_view, has_passkey, 0, "With a passkey."),
	F_END,
};
static const struct shape person_shape = SHAPE("DevicePerson", struct person_view, person_fields);
struct people_view {
	int32_t people, enrolled, shared, passkeys;
	struct person_view *items;
	int count;
	struct employee_id next;
	bool may_enrol;
};
static const struct field people_fields[] = {
	F_INT(struct people_view, people, 0, INT32_MAX, 0, "How many work there today."),
	F_INT(struct people_view, enrolled, 0, INT32_MAX, 0, "How many have a phone enrolled."),
	F_INT(struct people_view, shared, 0, INT32_MAX, 0, "How many of those share one."),
	F_INT(struct people_view, passkeys, 0, INT32_MAX, 0, "How many have a passkey."),
	F_LIST(struct people_view, items, count, &person_shape, 0, DEVICE_PEOPLE_MAX, 0, "People."),
	F_ID(struct people_view, next, OPTIONAL, "Cursor of the next page."),
	F_BOOL(struct people_view, may_enrol, 0,
		"The one who asks may enrol the phones of all of them but himself."),
	F_END,
};
static const struct shape people_shape = SHAPE("DevicePeople", struct people_view, people_fields);

static enum err find_unit(struct req *rq, struct object *ret_object)
{
	const struct people_query *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

static struct person_view view_person(const struct device_person *p)
{
	return (struct person_view){.employee = p->employee,
		.full_name = p->full_name,
		.position = p->position,
		.unit_name = p->unit_name,
		.phone = p->label,
		.enrolled_at = p->enrolled_at ? p->enrolled_at : INSTANT_NONE,
		.is_shared = p->is_shared,
		.has_passkey = p->has_passkey};
}

static enum err show_counts(struct req *rq, const struct org_unit *unit, struct people_view *out)
{
	const struct object about = {.unit = unit->id, .day = DAY_NONE};
	struct device_count count;
	enum err e = attendance_count_devices(rq->tx, unit->path, req_today(rq), &count);

	out->people = count.people;
	out->enrolled = count.enrolled;
	out->shared = count.shared;
	out->passkeys = count.passkeys;
	out->may_enrol = auth_authorise(rq, P_DEVICE_ENROL, &about) == OK;
	return e;
}

static enum err get_people(struct req *rq)
{
	const struct people_query *in = rq->input;
	const int limit = in->limit == INT_NONE ? PAGE_DEFAULT : in->limit;
	const enum device_people only = in->only == INT_NONE ? DEVICE_PEOPLE_ALL
							     : (enum device_people)in->only;
	struct device_person *p = ARENA_ARRAY(
		rq->tx->arena, DEVICE_PEOPLE_MAX, struct device_person);
	struct people_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, DEVICE_PEOPLE_MAX, struct person_view)};
	const struct org_tree *tree;
	const struct org_unit *unit;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	if (!(unit = org_find_unit(tree, in->unit)))
		return E_NOT_FOUND;
	if ((e = show_counts(rq, unit, &out)) ||
		(e = attendance_list_device_people(rq->tx, unit->path, req_today(rq), only,
			 in->cursor, p, limit, &out.count)))
		return e;
	for (int i = 0; i < out.count; i++)
		out.items[i] = view_person(&p[i]);
	if (out.count == limit)
		out.next = p[limit - 1].employee;
	return reply(rq, 200, &out);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/devices/people",
		.permission = P_DEVICE_READ,
		.tx = TX_READ,
		.input = &query_shape,
		.output = &people_shape,
		.handler = get_people,
		.exports = EXPORT("ponsel-pegawai", "Ponsel pegawai"),
		.object = find_unit,
		.summary = "The people of a unit with the phones they have enrolled, and how many "
			   "have "
			   "none.",
		.example_path = "/api/v1/attendance/devices/people?unit={unit}",
	},
};

const struct slice attendance_device_people_slice = {
	.name = "device_people",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
