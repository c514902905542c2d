/*
 * The files that a report shows as evidence.
 *
 * Who reads a report opens what it shows: both go by the day of the report, so the superior of that
 * day and his delegate still see the evidence after a move. A file that no item of the report names
 * is not there, and one of health asks for a right of its own besides.
 */
#include "reports/reports_routes.h"

#include "base/str.h"
#include "platform/auth.h"
#include "platform/blob.h"
#include "platform/platform_db.h"

struct evidence_path {
	int64_t report; /* first, as reports_find_object reads it */
	const char *sha256;
};
static const struct field path_fields[] = {
	PATH_ID(struct evidence_path, report, "The report."),
	PATH_TEXT(struct evidence_path, sha256, 64, 64, "SHA-256 of the file, hexadecimal."),
	F_END,
};
const struct shape reports_evidence_path_shape = SHAPE(
	"ReportEvidencePath", struct evidence_path, path_fields);

static bool is_named(const struct report_item *item, int items, const char *sha256)
{
	for (int i = 0; i < items; i++)
		if (item[i].evidence_sha256 && str_eq(item[i].evidence_sha256, sha256))
			return true;
	return false;
}

struct evidence {
	struct platform_file file;
	struct bytes bytes;
};

enum err reports_prepare_evidence(struct req *rq)
{
	struct evidence *found = rq->prepared = ARENA_NEW(rq->tx->arena, struct evidence);
	const struct evidence_path *in = rq->input;
	struct report_item item[REPORT_ITEMS_MAX];
	struct hash hash;
	int items;
	enum err e = reports_list_items(rq->tx, (struct report_id){in->report}, item, &items);

	if (e)
		return e;
	if (!is_named(item, items, in->sha256) || !hex_decode(in->sha256, hash.b, sizeof(hash.b)))
		return E_NOT_FOUND;
	if ((e = platform_load_file(rq->tx, &hash, rq->object.employee, &found->file)))
		return e;
	if (found->file.is_restricted && auth_authorise(rq, P_MEDICAL_READ, &rq->object))
		return E_NOT_FOUND;
	return blob_get(rq->tx->arena, &hash, &found->bytes);
}

enum err reports_get_evidence(struct req *rq)
{
	const struct evidence_path *in = rq->input;
	const struct evidence *found = rq->prepared;

	rq->disposition = arena_printf(
		rq->tx->arena, "%.16s.%s", in->sha256, blob_extension(found->file.type));
	return reply_raw(rq, 200, found->file.type, (const char *)found->bytes.p, found->bytes.n);
}
