/*
 * Templates of printed papers over HTTP: what holds, and entering one.
 *
 * Everybody signed in may see how papers look; the personnel board enters them and vouches by name.
 * A template begins on a day not before today and replaces the one before it; nothing is edited.
 */
#include "org/org_print_int.h"

#include "base/str.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/document.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "trust/trust.h"

#define TEMPLATES_MAX 500

struct template_view {
	struct print_template t;
	const char *unit_name;
	bool verified;
	int32_t valid_to;
};

#define T(m) offsetof(struct template_view, t.m)
/* clang-format off */
#define T_TEXT(m, lo, hi, doc) {#m, FIELD_TEXT, FROM_BODY, 0, T(m), 0, lo, hi, NULL, NULL, doc}
#define TEMPLATE_FIELDS \
	{"kind", FIELD_ENUM, FROM_BODY, 0, T(kind), 0, 0, 0, print_kind_names, NULL, "Which paper."}, \
	{"unit", FIELD_ID, FROM_BODY, OPTIONAL, T(unit), 0, 0, 0, NULL, NULL, "Agency; every agency without its own when absent."}, \
	T_TEXT(government_line, 1, 120, "First line of the letterhead."), \
	T_TEXT(agency_line, 0, 160, "Second line; empty: the name of the agency."), \
	T_TEXT(address, 0, 300, "Below it."), \
	T_TEXT(number_format, 0, 120, "Number; {nomor} {unit} {bulan_romawi} {tahun} are filled in."), \
	T_TEXT(place, 0, 60, "Town beside the date."), \
	T_TEXT(left_caption, 0, 60, "Above the left signer."), \
	T_TEXT(left_office, 1, 160, "Office of the left signer, or who receives it; {perangkat_daerah} is filled in."), \
	T_TEXT(right_office, 1, 160, "Office of the right signer; {unit} is filled in."), \
	T_TEXT(footer, 0, 200, "At the foot of each page."), \
	T_TEXT(legal_basis, 1, 300, "What it rests on."), \
	{"valid_from", FIELD_DAY, FROM_BODY, 0, T(valid_from), 0, 0, 0, NULL, NULL, "First day."}, \
	{"logo_sha256", FIELD_TEXT, FROM_BODY, OPTIONAL, T(logo_sha256), 0, 64, 64, NULL, NULL, "A PNG that was uploaded."}
/* clang-format on */

static const struct field input_fields[] = {TEMPLATE_FIELDS, F_END};
static const struct shape input_shape = SHAPE(
	"PrintTemplateInput", struct template_view, input_fields);

static const struct field view_fields[] = {
	{"id", FIELD_ID, FROM_BODY, 0, T(template_id), 0, 0, 0, NULL, NULL, "The template."},
	TEMPLATE_FIELDS,
	F_TEXT(struct template_view, unit_name, 1, 200, OPTIONAL, "Name of the agency."),
	F_BOOL(struct template_view, verified, 0, "Read by somebody; else an example, not law."),
	F_DAY(struct template_view, valid_to, OPTIONAL, "Last day, when it was replaced."),
	F_END,
};
static const struct shape view_shape = SHAPE("PrintTemplate", struct template_view, view_fields);

struct templates {
	struct template_view *items;
	int count;
};

static const struct field templates_fields[] = {
	F_LIST(struct templates, items, count, &view_shape, 0, TEMPLATES_MAX, 0,
		"By kind and agency."),
	F_END,
};
static const struct shape templates_shape = SHAPE(
	"PrintTemplates", struct templates, templates_fields);

static struct template_view show(const struct org_tree *tree, const struct print_template *t)
{
	const struct org_unit *u = t->unit.v ? org_find_unit(tree, t->unit) : NULL;
	struct template_view view = {.t = *t,
		.unit_name = u ? u->name : NULL,
		.verified = t->verified_by[0] != '\0',
		.valid_to = t->valid_to == DAY_FOREVER ? DAY_NONE : t->valid_to};

	if (!view.t.logo_sha256[0])
		view.t.logo_sha256 = NULL;
	return view;
}

static enum err get_templates(struct req *rq)
{
	struct print_template *t = ARENA_ARRAY(rq->tx->arena, TEMPLATES_MAX, struct print_template);
	struct templates out = {0};
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = org_list_prints(rq->tx, req_today(rq), t, TEMPLATES_MAX, &out.count);
	if (e)
		return e;
	out.items = ARENA_ARRAY(rq->tx->arena, (size_t)out.count, struct template_view);
	for (int i = 0; i < out.count; i++)
		out.items[i] = show(tree, &t[i]);
	return reply(rq, 200, &out);
}

/* Uploaded by who enters it, or in use already. */
static enum err find_logo(struct req *rq, const struct hash *hash, const char *hex)
{
	struct print_template *t = ARENA_ARRAY(rq->tx->arena, TEMPLATES_MAX, struct print_template);
	struct platform_file file;
	int count = 0;
	enum err e = platform_load_file(rq->tx, hash, rq->actor.employee, &file);

	if (e != E_NOT_FOUND)
		return e;
	if ((e = org_list_prints(rq->tx, req_today(rq), t, TEMPLATES_MAX, &count)))
		return e;
	for (int i = 0; i < count; i++)
		if (str_eq(t[i].logo_sha256, hex))
			return OK;
	return refuse(rq, E_BAD_FIELD, "/logo_sha256", "no such file of yours: upload it first");
}

static enum err prepare_template(struct req *rq)
{
	const struct template_view *in = rq->input;
	struct bytes png;
	struct hash hash;
	enum err e;

	if (!in->t.logo_sha256)
		return OK;
	if (!hex_decode(in->t.logo_sha256, hash.b, sizeof hash.b))
		return refuse(rq, E_BAD_FIELD, "/logo_sha256", "not a SHA-256");
	if ((e = find_logo(rq, &hash, in->t.logo_sha256)) ||
		(e = blob_get(rq->tx->arena, &hash, &png)))
		return e;
	return document_is_logo(png) ? OK
				     : refuse(rq, E_BAD_FIELD, "/logo_sha256",
					       "a PNG of at most 512 KB and 2000 pixels a side");
}

static enum err check_braces(struct req *rq, const struct print_template *t)
{
	const struct {
		const char *text, *pointer;
	} filled[] = {
		{t->number_format, "/number_format"},
		{t->left_office, "/left_office"},
		{t->right_office, "/right_office"},
		{t->footer, "/footer"},
	};

	for (size_t i = 0; i < sizeof filled / sizeof *filled; i++)
		if (!org_is_print_text(rq->tx->arena, filled[i].text))
			return refuse(rq, E_BAD_FIELD, filled[i].pointer,
				"a word in braces that nothing fills in");
	return OK;
}

static enum err check(struct req *rq, const struct org_tree *tree, const struct print_template *t)
{
	const struct org_unit *u = t->unit.v ? org_find_unit(tree, t->unit) : NULL;
	bool is_last;
	enum err e;

	if ((e = check_braces(rq, t)))
		return e;
	if (t->unit.v && (!u || u->parent.v))
		return refuse(rq, E_BAD_FIELD, "/unit", "not an agency");
	if (t->valid_from < req_today(rq))
		return refuse(rq, E_BAD_FIELD, "/valid_from",
			"in the past: papers of that day were printed already");
	if ((e = org_is_print_last(rq->tx, t->kind, t->unit, t->valid_from, &is_last)))
		return e;
	return is_last ? OK
		       : refuse(rq, E_BAD_FIELD, "/valid_from",
				 "one that begins on this day or later is there already");
}

struct template_added {
	int64_t id;
};

static const struct field added_fields[] = {
	F_ID(struct template_added, id, 0, "The new template."),
	F_END,
};
static const struct shape added_shape = SHAPE(
	"PrintTemplateAdded", struct template_added, added_fields);

static enum err post_template(struct req *rq)
{
	const struct template_view *in = rq->input;
	struct print_template t = in->t;
	struct employee_row who;
	const struct org_tree *tree;
	struct buf json;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = check(rq, tree, &t)) ||
		(e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &who)))
		return e;
	t.template_id = id_next();
	t.logo_sha256 = t.logo_sha256 ? t.logo_sha256 : "";
	t.verified_by = org_full_name(rq->tx->arena, &who);
	t.valid_to = DAY_FOREVER;
	t.entered_by = rq->actor.employee;
	t.entered_at = rq->tx->now_ms;
	if ((e = org_add_print(rq->tx, &t)))
		return e;
	buf_init(&json, rq->tx->arena, 1024);
	fields_encode(&view_shape, &(struct template_view){.t = t, .valid_to = DAY_NONE}, &json);
	trust_add_leaf(rq->tx, LEAF_PRINT, t.template_id, json.p, json.n);
	return reply(rq, 200, &(struct template_added){t.template_id});
}

static const struct route routes[] = {
	{GET, "/api/v1/org/print-templates", P_POLICY_READ, TX_READ, NULL, &templates_shape,
		get_templates, .summary = "How printed papers look, today and from days to come."},
	{POST, "/api/v1/org/print-templates", P_POLICY_WRITE, TX_WRITE, &input_shape, &added_shape,
		post_template, .prepare = prepare_template, .slow = true,
		.summary = "Enters a template from a day on; it replaces the one before.",
		.example =
			"{\"kind\":\"recap\",\"government_line\":\"PEMERINTAH DAERAH "
			"PROVINSI\",\"agency_line\":\"\",\"address\":\"Jalan Contoh Nomor 1\","
			"\"number_format\":\"800/{nomor}/{bulan_romawi}/{tahun}\","
			"\"place\":\"Bandung\",\"left_caption\":\"Mengetahui,\","
			"\"left_office\":\"Kepala {perangkat_daerah}\",\"right_office\":\"Kepala "
			"{unit}\",\"footer\":\"\",\"legal_basis\":\"Pergub tata naskah dinas\","
			"\"valid_from\":\"2025-12-01\"}"},
};

const struct slice org_print_slice = {
	.name = "print",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = org_print_stmts,
	.stmt_count = ORG_PRINT_STMTS,
};
