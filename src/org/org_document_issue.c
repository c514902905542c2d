/*
 * Issuing a paper: set it, look whether it was issued already, seal it, sign it, keep it.
 *
 * All that takes time is done before the writer, in the pool; the writer looks once more whether
 * the same content is in force by then. Bytes that no row came to name go with the sweep (blob.h).
 */
#include "org/org_document_int.h"

#include "base/str.h"
#include "platform/auth.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/document.h"
#include "platform/platform_db.h"

#include <sodium.h>

struct issuing {
	struct issued row; /* size_bytes 0: its content is in force already */
};

/* ---- before the writer ---- */

const char *org_office_text(struct arena *arena, const struct document_signer *signer)
{
	const char *office = signer->office ? signer->office : "";

	return signer->prefix ? arena_printf(arena, "%s %s", signer->prefix, office) : office;
}

static enum err check_signature(
	struct req *rq, const struct paper_made *made, const struct signer *signer)
{
	struct document_rule rule;
	const char *why;
	enum err e;

	if (!signer)
		return refuse(rq, E_REFUSED, "/signed",
			"the server has no document key (--document-key)");
	if ((e = org_load_document_rule(rq->tx, made->kind, req_today(rq), &rule)))
		return e;
	if (!org_may_sign((enum document_class)rule.class, signer->standing))
		return refuse(rq, E_REFUSED, "/signed", rule.legal_basis);
	return signer->is_ready(signer, rq->tx->now_ms, &why)
		       ? OK
		       : refuse(rq, E_REFUSED, "/signed", why);
}

static struct hash content_of(struct bytes plain, enum signature_standing standing)
{
	const uint8_t how = (uint8_t)standing;
	const struct bytes part[] = {{(const uint8_t *)"luwes/paper/1\n", 14}, {&how, 1}, plain};

	return hash_sha256(part, 3);
}

static const char *draw_code(struct arena *arena)
{
	uint8_t random[CODE_BYTES];
	char *hex = arena_alloc(arena, CODE_DIGITS + 1);

	randombytes_buf(random, sizeof random);
	hex_encode(random, sizeof random, hex);
	return hex;
}

static struct document_seal *make_seal(
	struct arena *arena, const char *code, const struct signer *signer)
{
	struct document_seal *seal = ARENA_NEW(arena, struct document_seal);

	seal->code = arena_printf(arena, "%s/periksa/#%s", auth_origin, code);
	seal->title = "Periksa naskah ini: pindai kode di samping, atau buka";
	seal->how = arena_printf(arena, "%s/periksa/ lalu ketik kode", auth_origin);
	seal->typed = org_show_document_code(arena, code);
	seal->note = signer ? signer->line : NULL;
	return seal;
}

static enum err seal_and_sign(struct req *rq, const struct paper_made *made,
	const struct signer *signer, struct issued *row, struct bytes *ret_pdf)
{
	struct bytes sealed;
	struct sign_order order = {.at = rq->tx->now_ms, .arena = rq->tx->arena};
	enum err e;

	row->code = draw_code(rq->tx->arena);
	document_set_seal(made->paper, make_seal(rq->tx->arena, row->code, signer));
	e = document_finish(made->paper, &sealed);
	*ret_pdf = sealed;
	if (e || !signer)
		return e;
	order.pdf = sealed;
	order.reason = signer->line;
	row->signer = signer->name;
	row->certificate = signer->certificate;
	return signer_sign(signer, &order, ret_pdf);
}

static struct issued describe(
	const struct paper_made *made, enum signature_standing standing, struct hash content)
{
	return (struct issued){.kind = (int32_t)made->kind,
		.subject = made->subject,
		.employee = made->employee,
		.unit = made->unit,
		.sender = made->sender,
		.number = made->number ? made->number : "",
		.title = made->title,
		.about = made->about,
		.agency = made->agency ? made->agency : "",
		.office = made->office,
		.signature = (int32_t)standing,
		.signer = "",
		.certificate = "",
		.content = content};
}

static bool is_same(const struct issued *a, const struct issued *b)
{
	return memcmp(a->content.b, b->content.b, sizeof a->content.b) == 0;
}

enum err org_prepare_issue(struct req *rq, const struct paper_made *made, bool wants_signature)
{
	struct issuing *i = rq->prepared = ARENA_NEW(rq->tx->arena, struct issuing);
	const struct signer *signer = wants_signature ? signer_in_use() : NULL;
	enum signature_standing standing = signer ? signer->standing : SIGNATURE_ABSENT;
	struct issued had;
	struct bytes pdf;
	enum err e = wants_signature ? check_signature(rq, made, signer) : OK;

	if (e || (e = document_finish(made->paper, &pdf)))
		return e;
	i->row = describe(made, standing, content_of(pdf, standing));
	e = org_load_issued_of(rq->tx, i->row.kind, made->subject, made->employee, &had);
	if (!e && is_same(&had, &i->row))
		return OK;
	if (e && e != E_NOT_FOUND)
		return e;
	if ((e = seal_and_sign(rq, made, signer, &i->row, &pdf)))
		return e;
	i->row.size_bytes = (int64_t)pdf.n;
	return blob_put(pdf.p, pdf.n, &i->row.sha256);
}

/* ---- in the writer ---- */

struct issued_view {
	int64_t id;
	const char *code, *sha256;
	bool is_new;
};
static const struct field issued_fields[] = {
	F_ID(struct issued_view, id, 0, "The document."),
	F_TEXT(struct issued_view, code, CODE_DIGITS, CODE_DIGITS, 0,
		"What is printed on it, for /periksa/."),
	F_TEXT(struct issued_view, sha256, 64, 64, 0, "Of the file."),
	F_BOOL(struct issued_view, is_new, 0,
		"False when the same content was in force already: nothing was issued again."),
	F_END,
};
const struct shape org_issued_shape = SHAPE("DocumentIssued", struct issued_view, issued_fields);

static enum err answer(struct req *rq, const struct issued *d, bool is_new)
{
	char hex[65];

	hex_encode(d->sha256.b, sizeof d->sha256.b, hex);
	return reply(rq, 200, &(struct issued_view){d->document_id, d->code, hex, is_new});
}

static enum err add(struct req *rq, struct issued *row, const struct issued *had)
{
	struct platform_file file = {.sha256 = row->sha256,
		.size_bytes = row->size_bytes,
		.type = "application/pdf",
		.created_at = rq->tx->now_ms,
		.owner = rq->actor.employee};
	enum err e = OK;

	row->document_id = id_next();
	row->issued_by = rq->actor.employee;
	if (had)
		e = org_end_issued(
			rq->tx, had, ISSUED_REPLACED, rq->actor.employee, "", row->document_id);
	if (e || (e = platform_add_file(rq->tx, &file)))
		return e;
	return org_add_issued(rq->tx, row);
}

enum err org_post_issue(struct req *rq)
{
	struct issued row = ((const struct issuing *)rq->prepared)->row, had;
	enum err e = org_load_issued_of(rq->tx, row.kind, row.subject, row.employee, &had);
	bool has = !e;

	if (has && is_same(&had, &row))
		return answer(rq, &had, false);
	if (e && e != E_NOT_FOUND)
		return e;
	if (row.size_bytes == 0)
		return refuse(rq, E_CONFLICT, "", "it was withdrawn meanwhile: issue it again");
	e = add(rq, &row, has ? &had : NULL);
	return e ? e : answer(rq, &row, true);
}
