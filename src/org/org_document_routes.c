/*
 * The register over HTTP: what was issued about a unit, the file of one, withdrawing it.
 *
 * The file is the one whose hash is registered, byte for byte. Withdrawing is the sender's; the
 * paper stays readable and /periksa/ says that it no longer holds.
 */
#include "org/org_document_int.h"

#include "base/str.h"
#include "org/org_access.h"
#include "platform/blob.h"
#include "platform/slice.h"

#define PAGE 50

/* ---- the list ---- */

struct document_view {
	struct issued d;
	const char *sha256, *issuer, *reason;
	int64_t ended_at;
	bool may_withdraw;
};

#define D(m) offsetof(struct document_view, d.m)
/* clang-format off */
#define D_TEXT(m, hi, doc) {#m, FIELD_TEXT, FROM_BODY, 0, D(m), 0, 0, hi, NULL, NULL, doc}
static const struct field view_fields[] = {
	{"id", FIELD_ID, FROM_BODY, 0, D(document_id), 0, 0, 0, NULL, NULL, "The document."},
	{"kind", FIELD_ENUM, FROM_BODY, 0, D(kind), 0, 0, 0, print_kind_names, NULL, "Which paper."},
	{"subject", FIELD_ID, FROM_BODY, 0, D(subject), 0, 0, 0, NULL, NULL, "Version of a roster, part of a recap, incident."},
	{"employee", FIELD_ID, FROM_BODY, OPTIONAL, D(employee), 0, 0, 0, NULL, NULL, "Of an order to one person."},
	D_TEXT(code, CODE_DIGITS, "Printed on it, for /periksa/."),
	D_TEXT(number, 200, "As it stands on it; empty: none."),
	D_TEXT(title, 200, "What it is called."),
	D_TEXT(about, 400, "Unit and period."),
	D_TEXT(agency, 200, "Of its letterhead."),
	D_TEXT(office, 400, "That signs it."),
	{"state", FIELD_ENUM, FROM_BODY, 0, D(state), 0, 0, 0, issued_state_names, NULL, "What became of it."},
	{"signature", FIELD_ENUM, FROM_BODY, 0, D(signature), 0, 0, 0, signature_standing_names, NULL, "What is in the file."},
	{"size_bytes", FIELD_INT64, FROM_BODY, 0, D(size_bytes), 0, 0, INT64_MAX, NULL, NULL, "Of the file."},
	{"issued_at", FIELD_INSTANT, FROM_BODY, 0, D(issued_at), 0, 0, 0, NULL, NULL, "When."},
	F_TEXT(struct document_view, issuer, 0, 300, 0, "Who issued it."),
	F_TEXT(struct document_view, sha256, 64, 64, 0, "Of the file."),
	F_INSTANT(struct document_view, ended_at, OPTIONAL, "When it was replaced or withdrawn."),
	F_TEXT(struct document_view, reason, 0, 500, OPTIONAL, "Why it was withdrawn."),
	F_BOOL(struct document_view, may_withdraw, 0, "The reader may withdraw it."),
	F_END,
};
/* clang-format on */
static const struct shape view_shape = SHAPE("Document", struct document_view, view_fields);

struct list_input {
	struct unit_id unit;
	int32_t kind;
	int64_t subject, cursor;
};
static const struct field list_fields[] = {
	Q_ID(struct list_input, unit, OPTIONAL,
		"About this unit and those below; all when absent."),
	Q_ENUM(struct list_input, kind, print_kind_names, OPTIONAL, "Of this kind alone."),
	Q_ID(struct list_input, subject, OPTIONAL, "About this version, part or incident alone."),
	Q_ID(struct list_input, cursor, OPTIONAL, "next of the page before."),
	F_END,
};
static const struct shape list_shape = SHAPE("DocumentsQuery", struct list_input, list_fields);

struct documents {
	struct document_view *items;
	int count;
	int64_t next;
	int32_t signer;
};
static const struct field documents_fields[] = {
	F_LIST(struct documents, items, count, &view_shape, 0, PAGE, 0, "Newest first."),
	F_ID(struct documents, next, OPTIONAL, "Cursor of the next page; none at the end."),
	F_ENUM(struct documents, signer, signature_standing_names, 0,
		"What the server can sign with."),
	F_END,
};
static const struct shape documents_shape = SHAPE("Documents", struct documents, documents_fields);

static enum err find_unit(struct req *rq, struct object *ret_object)
{
	const struct list_input *in = rq->input;

	*ret_object = (struct object){.day = DAY_NONE};
	return in->unit.v ? org_find_object(rq->tx, in->unit, ret_object) : OK;
}

static enum err show(struct req *rq, const struct issued *d, struct document_view *v)
{
	const struct object sender = {.unit = d->sender, .day = DAY_NONE};
	struct employee_row who;
	char hex[65];
	enum err e = org_load_employee(rq->tx, d->issued_by, req_today(rq), &who);

	hex_encode(d->sha256.b, sizeof d->sha256.b, hex);
	*v = (struct document_view){.d = *d,
		.sha256 = arena_strdup(rq->tx->arena, hex),
		.issuer = e ? "" : org_full_name(rq->tx->arena, &who),
		.reason = *d->reason ? d->reason : NULL,
		.ended_at = d->ended_at ? d->ended_at : INSTANT_NONE,
		.may_withdraw = d->state == ISSUED_IN_FORCE &&
				org_authorise(rq, P_DOCUMENT_ISSUE, &sender) == OK};
	return e == E_NOT_FOUND ? OK : e;
}

static enum err get_documents(struct req *rq)
{
	const struct list_input *in = rq->input;
	struct issued *d = ARENA_ARRAY(rq->tx->arena, PAGE, struct issued);
	const struct signer *signer = signer_in_use();
	struct documents out = {.items = ARENA_ARRAY(rq->tx->arena, PAGE, struct document_view),
		.signer = (int32_t)(signer ? signer->standing : SIGNATURE_ABSENT)};
	const struct org_tree *tree;
	const struct org_unit *unit;
	int count = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	unit = in->unit.v ? org_find_unit(tree, in->unit) : NULL;
	e = org_list_issued(rq->tx,
		&(struct issued_query){unit ? unit->path : "/", in->kind, in->subject, in->cursor},
		d, PAGE, &count);
	for (int i = 0; i < count && !e; i++)
		e = show(rq, &d[i], &out.items[out.count++]);
	out.next = count == PAGE ? d[count - 1].document_id : 0;
	return e ? e : reply(rq, 200, &out);
}

/* ---- one of them ---- */

struct document_input {
	int64_t issued;
	const char *reason;
};
static const struct field path_fields[] = {
	PATH_ID(struct document_input, issued, "The document."),
	F_END,
};
static const struct shape path_shape = SHAPE("DocumentPath", struct document_input, path_fields);
static const struct field withdraw_fields[] = {
	PATH_ID(struct document_input, issued, "The document."),
	F_TEXT(struct document_input, reason, 10, 500, 0, "Why; not shown to the public."),
	F_END,
};
static const struct shape withdraw_shape = SHAPE(
	"DocumentWithdraw", struct document_input, withdraw_fields);

static enum err find(struct req *rq, struct issued *ret)
{
	return org_load_issued(rq->tx, ((const struct document_input *)rq->input)->issued, ret);
}

static enum err find_read(struct req *rq, struct object *ret_object)
{
	struct issued d;
	enum err e = find(rq, &d);

	*ret_object = (struct object){.unit = e ? (struct unit_id){0} : d.unit, .day = DAY_NONE};
	return e;
}

static enum err find_withdrawn(struct req *rq, struct object *ret_object)
{
	struct issued d;
	enum err e = find(rq, &d);

	*ret_object = (struct object){.unit = e ? (struct unit_id){0} : d.sender, .day = DAY_NONE};
	return e;
}

static enum err get_file(struct req *rq)
{
	struct issued d;
	struct bytes pdf;
	enum err e = find(rq, &d);

	if (e || (e = blob_get(rq->tx->arena, &d.sha256, &pdf)))
		return e;
	rq->object.employee = d.employee; /* whose data is seen */
	rq->disposition = arena_printf(
		rq->tx->arena, "%s-%.8s.pdf", print_kind_names[d.kind], d.code);
	return reply_raw(rq, 200, "application/pdf", (const char *)pdf.p, pdf.n);
}

static enum err post_withdraw(struct req *rq)
{
	const struct document_input *in = rq->input;
	struct issued d;
	enum err e = find(rq, &d);

	if (e)
		return e;
	if (d.state != ISSUED_IN_FORCE)
		return refuse(rq, E_CONFLICT, "/issued", "it is not in force any more");
	e = org_end_issued(rq->tx, &d, ISSUED_WITHDRAWN, rq->actor.employee, in->reason, 0);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- rows ---- */

#define DOCUMENT "/api/v1/documents/{issued}"

static const struct route routes[] = {
	{GET, "/api/v1/documents", P_DOCUMENT_READ, TX_READ, &list_shape, &documents_shape,
		get_documents, .object = find_unit,
		.summary = "Papers that were issued about a unit, newest first."},
	{GET, DOCUMENT "/file", P_DOCUMENT_READ, TX_READ, &path_shape, NULL, get_file,
		.object = find_read, .slow = true, .sees = true, .raw_type = "application/pdf",
		.summary = "An issued paper, byte for byte as it was issued.",
		.example_path = DOCUMENT "/file"},
	{POST, DOCUMENT "/withdraw", P_DOCUMENT_ISSUE, TX_WRITE, &withdraw_shape, NULL,
		post_withdraw, .object = find_withdrawn,
		.summary = "Withdraws an issued paper: whoever checks it learns that it does not "
			   "hold.",
		.example = "{\"reason\":\"Salah periode, diterbitkan ulang.\"}",
		.example_path = DOCUMENT "/withdraw"},
	{GET, "/api/v1/documents/rules", P_POLICY_READ, TX_READ, NULL, &org_document_rules_shape,
		org_get_document_rules,
		.summary =
			"What each kind of paper is before the law, today and from days to come."},
	{POST, "/api/v1/documents/rules", P_POLICY_WRITE, TX_WRITE, &org_document_rule_input_shape,
		NULL, org_post_document_rule,
		.summary = "Says what a kind of paper is from a day on, with the article.",
		.example = "{\"kind\":\"home_order\",\"class\":\"right\",\"legal_basis\":\"Pergub "
			   "tata "
			   "naskah dinas Pasal 12\",\"valid_from\":\"2025-12-01\"}"},
	{GET, "/api/v1/public/documents/{paper_code}", P_PUBLIC, TX_READ, &org_document_code_shape,
		&org_document_public_shape, org_get_document_public,
		.summary = "What is known of a paper by the code printed on it.",
		.example_path = "/api/v1/public/documents/00000000000000000000000000000000"},
};

const struct slice org_document_slice = {
	.name = "documents",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = org_document_stmts,
	.stmt_count = ORG_DOCUMENT_STMTS,
};
