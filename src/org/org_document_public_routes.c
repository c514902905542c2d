/*
 * What anybody learns of a paper by its code: what was issued, when, by which office, whether it
 * still holds, and the hash of the file.
 *
 * Whoever has the code has the paper, or a copy of its head: nothing is told beyond that head, no
 * name, no reason, no other paper. A code that nobody drew is answered like one that is none, and
 * wrong codes are counted by network; 128 bits are not found by trying.
 */
#include "org/org_document_int.h"

#include "base/str.h"
#include "platform/platform_db.h"
#include "platform/throttle.h"

struct code_input {
	const char *paper_code;
};
static const struct field code_fields[] = {
	PATH_TEXT(struct code_input, paper_code, 1, 100,
		"As it is printed; case and hyphens do not matter."),
	F_END,
};
const struct shape org_document_code_shape = SHAPE("DocumentCode", struct code_input, code_fields);

struct public_view {
	struct issued d;
	const char *government, *zone, *sha256, *number, *signer, *certificate;
	int64_t ended_at;
	bool is_demo;
};

#define D(m) offsetof(struct public_view, d.m)
/* clang-format off */
#define D_TEXT(m, hi, doc) {#m, FIELD_TEXT, FROM_BODY, 0, D(m), 0, 0, hi, NULL, NULL, doc}
static const struct field public_fields[] = {
	F_TEXT(struct public_view, government, 0, 200, 0, "Whose paper it is."),
	F_TEXT(struct public_view, zone, 3, 4, 0, "WIB, WITA or WIT."),
	F_BOOL(struct public_view, is_demo, 0, "Of a store of invented data."),
	{"kind", FIELD_ENUM, FROM_BODY, 0, D(kind), 0, 0, 0, print_kind_names, NULL, "Which paper."},
	D_TEXT(title, 200, "What it is called."),
	F_TEXT(struct public_view, number, 1, 200, OPTIONAL, "As it stands on it."),
	D_TEXT(about, 400, "Unit and period."),
	D_TEXT(agency, 200, "Of its letterhead."),
	D_TEXT(office, 400, "That signs it."),
	{"issued_at", FIELD_INSTANT, FROM_BODY, 0, D(issued_at), 0, 0, 0, NULL, NULL, "When."},
	{"state", FIELD_ENUM, FROM_BODY, 0, D(state), 0, 0, 0, issued_state_names, NULL, "Whether it holds."},
	F_INSTANT(struct public_view, ended_at, OPTIONAL, "Since when not."),
	F_TEXT(struct public_view, sha256, 64, 64, 0, "Of the file."),
	{"size_bytes", FIELD_INT64, FROM_BODY, 0, D(size_bytes), 0, 0, INT64_MAX, NULL, NULL, "Of the file."},
	{"leaf_index", FIELD_INT64, FROM_BODY, 0, D(leaf_index), 0, 0, INT64_MAX, NULL, NULL, "Leaf of the log that says it was issued."},
	{"signature", FIELD_ENUM, FROM_BODY, 0, D(signature), 0, 0, 0, signature_standing_names, NULL, "What is in the file."},
	F_TEXT(struct public_view, signer, 1, 200, OPTIONAL, "Name in the certificate."),
	F_TEXT(struct public_view, certificate, 64, 64, OPTIONAL, "SHA-256 of the certificate."),
	F_END,
};
/* clang-format on */
const struct shape org_document_public_shape = SHAPE(
	"DocumentPublic", struct public_view, public_fields);

static enum err load_public(struct req *rq, struct public_view *v)
{
	const struct code_input *in = rq->input;
	char code[CODE_DIGITS + 1], hex[65];
	struct government g;
	enum err e = org_read_document_code(in->paper_code, code)
			     ? org_find_issued_by_code(rq->tx, code, &v->d)
			     : E_NOT_FOUND;

	if (e || (e = platform_load_government(rq->tx, &g)))
		return e;
	hex_encode(v->d.sha256.b, sizeof v->d.sha256.b, hex);
	v->government = g.name;
	v->zone = zone_name(g.zone);
	v->is_demo = g.is_demo;
	v->sha256 = arena_strdup(rq->tx->arena, hex);
	v->number = *v->d.number ? v->d.number : NULL;
	v->signer = *v->d.signer ? v->d.signer : NULL;
	v->certificate = *v->d.certificate ? v->d.certificate : NULL;
	v->ended_at = v->d.ended_at ? v->d.ended_at : INSTANT_NONE;
	return OK;
}

enum err org_get_document_public(struct req *rq)
{
	const struct throttle_try attempt = {THROTTLE_DOCUMENT, {0}, "", NULL, rq->client_address};
	struct public_view out = {0};
	enum err e = throttle_take(&attempt, rq->tx->now_ms, &rq->retry_after_seconds);

	if (e || (e = load_public(rq, &out)))
		return e;
	throttle_give_back(&attempt, rq->tx->now_ms);
	return reply(rq, 200, &out);
}
