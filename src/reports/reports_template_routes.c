/*
 * Templates over HTTP: one's own with those of one's position, and those of positions for the
 * officer who keeps them. Nothing here is a fact about anybody's work, so nothing is a leaf of the
 * log.
 */
#include "reports/reports_template.h"

#include "attendance/attendance_source.h"
#include "base/str.h"
#include "platform/clock.h"
#include "platform/http.h"
#include "platform/slice.h"

static const struct field template_item_fields[] = {
	F_MINUTE(struct template_item, starts, 0, "When the work usually begins."),
	F_MINUTE(struct template_item, ends, 0, "When it usually ends."),
	F_TEXT(struct template_item, description, 10, 500, 0, "What is done."),
	F_INT(struct template_item, volume, 1, REPORT_VOLUME_MAX, 0, "How much of it, usually."),
	F_TEXT(struct template_item, unit_of_measure, 1, 40, 0, "Of what."),
	F_END,
};
static const struct shape template_item_shape = SHAPE(
	"TemplateItem", struct template_item, template_item_fields);

struct template_view {
	int64_t id;
	const char *name, *position;
	bool own;
	struct template_item *items;
	int items_count;
};
static const struct field template_view_fields[] = {
	F_ID(struct template_view, id, 0, "The template."),
	F_TEXT(struct template_view, name, 1, 80, 0, "What it is called."),
	F_TEXT(struct template_view, position, 1, 120, OPTIONAL, "The position it is for."),
	F_BOOL(struct template_view, own, 0, "One's own; else of one's position."),
	F_LIST(struct template_view, items, items_count, &template_item_shape, 1, REPORT_ITEMS_MAX,
		0, "What a report starts from."),
	F_END,
};
static const struct shape template_view_shape = SHAPE(
	"ReportTemplate", struct template_view, template_view_fields);

struct templates_view {
	struct template_view *items;
	int items_count;
};
static const struct field templates_fields[] = {
	F_LIST(struct templates_view, items, items_count, &template_view_shape, 0,
		TEMPLATES_AGENCY_MAX, 0, "By position and name; one's own first."),
	F_END,
};
static const struct shape templates_shape = SHAPE(
	"ReportTemplates", struct templates_view, templates_fields);

static void show_templates(
	const struct report_template *list, int count, bool is_own, struct templates_view *out)
{
	for (int i = 0; i < count; i++)
		out->items[out->items_count++] = (struct template_view){.id = list[i].id,
			.name = list[i].name,
			.position = *list[i].owner.position ? list[i].owner.position : NULL,
			.own = is_own,
			.items = list[i].item,
			.items_count = list[i].items};
}

static enum err load_agency(struct tx *tx, struct unit_id unit, struct unit_id *ret)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (!e)
		*ret = attendance_agency_of(tree, unit);
	return e;
}

static struct template_owner owner_of_person(struct employee_id employee)
{
	return (struct template_owner){.employee = employee, .position = "", .position_key = ""};
}

static enum err get_templates(struct req *rq)
{
	struct templates_view out = {0};
	struct template_owner own = owner_of_person(rq->actor.employee), shared = {0};
	struct report_template *mine, *theirs = NULL;
	struct employee_row row;
	int count, of_position = 0;
	enum err e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &row);

	if (e || (e = load_agency(rq->tx, row.unit, &shared.agency)))
		return e;
	shared.position = row.position ? row.position : "";
	shared.position_key = str_fold(rq->tx->arena, shared.position);
	e = reports_list_templates(rq->tx, &own, TEMPLATES_MAX, &mine, &count);
	if (!e && *shared.position_key && shared.agency.v)
		e = reports_list_templates(rq->tx, &shared, TEMPLATES_MAX, &theirs, &of_position);
	if (e)
		return e;
	out.items = ARENA_ARRAY(rq->tx->arena, 2 * TEMPLATES_MAX, struct template_view);
	show_templates(mine, count, true, &out);
	show_templates(theirs, of_position, false, &out);
	return reply(rq, 200, &out);
}

/* --- keeping --- */

struct template_save {
	struct unit_id agency;
	int64_t id;
	const char *name, *position;
	struct template_item *items;
	int items_count;
};
#define SAVE_FIELDS                                                                                \
	F_ID(struct template_save, id, OPTIONAL, "The one to replace; a new one when absent."),    \
		F_TEXT(struct template_save, name, 1, 80, 0, "What it is called."),                \
		F_LIST(struct template_save, items, items_count, &template_item_shape, 1,          \
			REPORT_ITEMS_MAX, 0, "What a report starts from.")

static const struct field save_fields[] = {SAVE_FIELDS, F_END};
static const struct shape save_shape = SHAPE(
	"ReportTemplateSave", struct template_save, save_fields);
static const struct field position_save_fields[] = {
	PATH_ID(struct template_save, agency, "The agency."),
	F_TEXT(struct template_save, position, 1, 120, 0, "The position it is for, by its name."),
	SAVE_FIELDS,
	F_END,
};
static const struct shape position_save_shape = SHAPE(
	"PositionTemplateSave", struct template_save, position_save_fields);

struct template_saved {
	int64_t id;
};
static const struct field saved_fields[] = {
	F_ID(struct template_saved, id, 0, "The template."),
	F_END,
};
static const struct shape saved_shape = SHAPE(
	"ReportTemplateSaved", struct template_saved, saved_fields);

/* Somebody else's template is, for him, none. */
static enum err check_owner(struct tx *tx, int64_t id, const struct template_owner *owner)
{
	struct report_template kept;
	enum err e = reports_load_template(tx, id, &kept);

	return e || reports_is_template_of(&kept, owner) ? e : E_NOT_FOUND;
}

static enum err check_room(struct req *rq, const struct template_owner *owner)
{
	struct template_owner every = *owner;
	int kept, of_agency;
	enum err e;

	every.position_key = "";
	if ((e = reports_count_templates(rq->tx, owner, &kept)) ||
		(e = reports_count_templates(rq->tx, &every, &of_agency)))
		return e;
	if (!reports_may_keep_template(kept, of_agency, owner->agency.v != 0))
		return refuse(rq, E_REFUSED, "/name", "no more templates are kept");
	return OK;
}

static enum err keep(struct req *rq, const struct template_owner *owner)
{
	const struct template_save *in = rq->input;
	struct report_template t = {in->id, *owner, in->name, in->items, in->items_count};
	int fault = reports_find_template_fault(in->items, in->items_count);
	enum err e = OK;

	if (fault >= 0)
		return refuse(rq, E_BAD_FIELD, arena_printf(rq->tx->arena, "/items/%d/ends", fault),
			"not after starts");
	e = t.id ? check_owner(rq->tx, t.id, owner) : check_room(rq, owner);
	if (e)
		return e;
	if (!t.id)
		t.id = id_next();
	e = reports_set_template(rq->tx, &t);
	return e ? e : reply(rq, 200, &(struct template_saved){t.id});
}

static enum err put_template(struct req *rq)
{
	struct template_owner owner = owner_of_person(rq->actor.employee);

	return keep(rq, &owner);
}

/* --- of positions --- */

/* An agency keeps templates; a unit below it starts from those. */
static enum err find_agency(struct req *rq, struct object *ret_object)
{
	const struct template_save *in = rq->input;
	struct unit_id agency;
	enum err e = load_agency(rq->tx, in->agency, &agency);

	ret_object->unit = in->agency;
	return e || (agency.v && agency.v == in->agency.v) ? e : E_NOT_FOUND;
}

static const struct field agency_fields[] = {
	PATH_ID(struct template_save, agency, "The agency."),
	F_END,
};
static const struct shape agency_shape = SHAPE(
	"TemplateAgency", struct template_save, agency_fields);

static enum err get_position_templates(struct req *rq)
{
	const struct template_save *in = rq->input;
	const struct template_owner owner = {
		.agency = in->agency, .position = "", .position_key = ""};
	struct templates_view out = {0};
	struct report_template *list;
	int count;
	enum err e = reports_list_templates(rq->tx, &owner, TEMPLATES_AGENCY_MAX, &list, &count);

	if (e)
		return e;
	out.items = ARENA_ARRAY(rq->tx->arena, (size_t)count, struct template_view);
	show_templates(list, count, false, &out);
	return reply(rq, 200, &out);
}

static enum err put_position_template(struct req *rq)
{
	const struct template_save *in = rq->input;
	const struct template_owner owner = {.agency = in->agency,
		.position = in->position,
		.position_key = str_fold(rq->tx->arena, in->position)};

	return keep(rq, &owner);
}

/* --- ending --- */

static const struct field end_fields[] = {
	PATH_ID(struct template_save, id, "The template."),
	F_END,
};
static const struct shape end_shape = SHAPE("TemplateEnd", struct template_save, end_fields);
static const struct field position_end_fields[] = {
	PATH_ID(struct template_save, agency, "The agency."),
	PATH_ID(struct template_save, id, "The template."),
	F_END,
};
static const struct shape position_end_shape = SHAPE(
	"PositionTemplateEnd", struct template_save, position_end_fields);

static enum err end_of(struct req *rq, const struct template_owner *owner)
{
	const struct template_save *in = rq->input;
	enum err e;

	if ((e = check_owner(rq->tx, in->id, owner)) || (e = reports_end_template(rq->tx, in->id)))
		return e;
	return reply(rq, 204, NULL);
}

static enum err post_end(struct req *rq)
{
	struct template_owner owner = owner_of_person(rq->actor.employee);

	return end_of(rq, &owner);
}

static enum err post_position_end(struct req *rq)
{
	const struct template_save *in = rq->input;
	const struct template_owner owner = {.agency = in->agency};

	return end_of(rq, &owner);
}

#define ITEMS_EXAMPLE                                                                              \
	"\"items\":[{\"starts\":\"08:00\",\"ends\":\"10:00\",\"description\":\"Memeriksa berkas "  \
	"permohonan\",\"volume\":10,\"unit_of_measure\":\"berkas\"}]"

static const struct route routes[] = {
	{GET, "/api/v1/reports/templates", P_REPORT_SELF, TX_READ, NULL, &templates_shape,
		get_templates, .summary = "One's own templates, and those of one's position."},
	{PUT, "/api/v1/reports/templates", P_REPORT_SELF, TX_WRITE, &save_shape, &saved_shape,
		put_template, .summary = "Keeps a template of one's own.",
		.example = "{\"name\":\"Hari berkas\"," ITEMS_EXAMPLE "}"},
	{POST, "/api/v1/reports/templates/{id}/end", P_REPORT_SELF, TX_WRITE, &end_shape, NULL,
		post_end, .summary = "Puts a template of one's own away.",
		.example_path = "/api/v1/reports/templates/{template}/end"},
	{GET, "/api/v1/reports/positions/{agency}/templates", P_TEMPLATE_WRITE, TX_READ,
		&agency_shape, &templates_shape, get_position_templates, .object = find_agency,
		.summary = "Templates of the positions of an agency.",
		.example_path = "/api/v1/reports/positions/{agency}/templates"},
	{PUT, "/api/v1/reports/positions/{agency}/templates", P_TEMPLATE_WRITE, TX_WRITE,
		&position_save_shape, &saved_shape, put_position_template, .object = find_agency,
		.summary = "Keeps a template of a position.",
		.example = "{\"position\":\"Guru Ahli Muda\",\"name\":\"Hari ujian\"," ITEMS_EXAMPLE
			   "}",
		.example_path = "/api/v1/reports/positions/{agency}/templates"},
	{POST, "/api/v1/reports/positions/{agency}/templates/{id}/end", P_TEMPLATE_WRITE, TX_WRITE,
		&position_end_shape, NULL, post_position_end, .object = find_agency,
		.summary = "Puts a template of a position away.",
		.example_path =
			"/api/v1/reports/positions/{agency}/templates/{position_template}/end"},
};

const struct slice reports_template_slice = {
	.name = "templates",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = reports_template_stmts,
	.stmt_count = TEMPLATE_STMTS,
};
