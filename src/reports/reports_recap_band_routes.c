/*
 * Classes of lateness and of leaving early (TL1-TL4, PSW1-PSW4) over HTTP.
 *
 * They are local: the tables of two regions differ, and the numbering was once inverted within one
 * (so no class is ever taken from elsewhere). A table holds from a day on; months that were closed
 * keep the classes they were sealed with, so a table may not begin in a month anybody closed. The
 * rule of late arrivals ("times") is entered the same way: so many in a month are borne.
 */
#include "reports/reports_recap_routes.h"

#include "platform/clock.h"
#include "reports/reports_routes.h"
#include "trust/trust.h"

#define CLASS_MINUTES 600

struct band_view {
	int64_t id;
	int32_t kind, first_to, second_to, third_to;
	const char *legal_basis;
	bool verified;
	const char *verified_by;
	int32_t valid_from, valid_to;
};

#define BAND_FIELDS                                                                                \
	F_ENUM(struct band_view, kind, band_kind_names, 0,                                         \
		"Of lateness, of leaving early, or how many late arrivals a month bears."),        \
		F_INT(struct band_view, first_to, 1, CLASS_MINUTES, 0,                             \
			"Class 1 is 1 to so many minutes; of times: so many are borne."),          \
		F_INT(struct band_view, second_to, 1, CLASS_MINUTES, OPTIONAL,                     \
			"Class 2 up to so many; absent: there is no class 3."),                    \
		F_INT(struct band_view, third_to, 1, CLASS_MINUTES, OPTIONAL,                      \
			"Class 3 up to so many; absent: there is no class 4."),                    \
		F_TEXT(struct band_view, legal_basis, 1, 300, 0, "Local rule it comes from."),     \
		F_DAY(struct band_view, valid_from, 0, "First day.")

static const struct field input_fields[] = {BAND_FIELDS, F_END};
const struct shape recap_band_input_shape = SHAPE("RecapBandInput", struct band_view, input_fields);

static const struct field band_fields[] = {
	F_ID(struct band_view, id, 0, "The table."),
	BAND_FIELDS,
	F_BOOL(struct band_view, verified, 0, "Read by somebody; else an example, not law."),
	F_TEXT(struct band_view, verified_by, 0, 200, 0, "Who read it."),
	F_DAY(struct band_view, valid_to, OPTIONAL, "Last day, when it was replaced."),
	F_END,
};
static const struct shape band_shape = SHAPE("RecapBand", struct band_view, band_fields);

struct bands_view {
	struct band_view *items;
	int count;
};

static const struct field bands_fields[] = {
	F_LIST(struct bands_view, items, count, &band_shape, 0, BANDS_MAX, 0, "The newest first."),
	F_END,
};
const struct shape recap_bands_shape = SHAPE("RecapBands", struct bands_view, bands_fields);

struct band_added {
	int64_t id;
};

static const struct field added_fields[] = {
	F_ID(struct band_added, id, 0, "The new table."),
	F_END,
};
const struct shape recap_band_added_shape = SHAPE(
	"RecapBandAdded", struct band_added, added_fields);

static int32_t or_none(int32_t minutes)
{
	return minutes ? minutes : INT_NONE;
}

static struct band_view show(const struct recap_band *b)
{
	return (struct band_view){b->band_id, (int32_t)b->kind, b->to[0], or_none(b->to[1]),
		or_none(b->to[2]), b->legal_basis, b->verified_by[0] != '\0', b->verified_by,
		b->valid_from, b->valid_to == DAY_FOREVER ? DAY_NONE : b->valid_to};
}

enum err recap_get_bands(struct req *rq)
{
	struct recap_bands bands;
	struct bands_view out;
	enum err e = recap_list_bands(rq->tx, &bands);

	if (e)
		return e;
	out.count = bands.bands;
	out.items = ARENA_ARRAY(rq->tx->arena, (size_t)bands.bands, struct band_view);
	for (int i = 0; i < bands.bands; i++)
		out.items[i] = show(&bands.band[i]);
	return reply(rq, 200, &out);
}

static struct recap_band take(const struct band_view *in)
{
	return (struct recap_band){
		.kind = (enum band_kind)in->kind,
		.to = {in->first_to, in->second_to == INT_NONE ? 0 : in->second_to,
			in->third_to == INT_NONE ? 0 : in->third_to},
		.legal_basis = in->legal_basis,
		.valid_from = in->valid_from,
		.valid_to = DAY_FOREVER,
	};
}

static enum err check(struct req *rq, const struct recap_band *b)
{
	const char *fault = recap_check_band(b);
	struct recap_bands bands;
	int32_t closed;
	enum err e;

	if (fault)
		return refuse(rq, E_BAD_FIELD, fault,
			b->kind == BAND_TIMES
				? "one number from 1 to 31: so many late arrivals a month are borne"
				: "each class ends later than the one before it, without a gap");
	if ((e = recap_list_bands(rq->tx, &bands)) || (e = recap_load_last_closed(rq->tx, &closed)))
		return e;
	if (bands.bands == BANDS_MAX)
		return refuse(rq, E_REFUSED, "/kind", "a hundred tables are enough");
	for (int i = 0; i < bands.bands; i++)
		if (bands.band[i].kind == b->kind && bands.band[i].valid_from >= b->valid_from)
			return refuse(rq, E_BAD_FIELD, "/valid_from",
				"a table that begins on this day or later is there already");
	if (closed != DAY_NONE && recap_month_asked(rq, b->valid_from) <= closed)
		return refuse(rq, E_BAD_FIELD, "/valid_from",
			"a unit has closed this month already: begin with a later one");
	return OK;
}

enum err recap_post_band(struct req *rq)
{
	const struct band_view *in = rq->input;
	struct recap_band b = take(in);
	struct employee_row who;
	struct band_view fact;
	enum err e;

	if ((e = check(rq, &b)) ||
		(e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &who)))
		return e;
	b.band_id = id_next();
	b.verified_by = org_full_name(rq->tx->arena, &who);
	b.entered_by = rq->actor.employee;
	b.entered_at = rq->tx->now_ms;
	if ((e = recap_add_band(rq->tx, &b)))
		return e;
	fact = show(&b);
	reports_add_leaf(rq->tx, LEAF_BAND, b.band_id, &band_shape, &fact);
	return reply(rq, 200, &(struct band_added){b.band_id});
}

static enum err add_example(struct tx *tx, enum band_kind kind, const int32_t to[3],
	const char *legal_basis, int32_t from)
{
	struct recap_band b = {
		.band_id = id_next(),
		.kind = kind,
		.to = {to[0], to[1], to[2]},
		.legal_basis = legal_basis,
		.verified_by = "",
		.valid_from = from,
		.valid_to = DAY_FOREVER,
		.entered_at = tx->now_ms,
	};
	struct band_view fact = show(&b);
	enum err e = recap_add_band(tx, &b);

	if (!e)
		reports_add_leaf(tx, LEAF_BAND, b.band_id, &band_shape, &fact);
	return e;
}

enum err reports_add_example_bands(struct tx *tx, int32_t from)
{
	static const char classes[] = "Tabel 30/60/90 menit, dipakai beberapa daerah",
			  times[] = "PermenPANRB 6/2018 Pasal 4: lebih dari 5 kali terlambat dalam "
				    "sebulan";
	static const int32_t minutes[] = {30, 60, 90}, five[] = {5, 0, 0};
	enum err e = add_example(tx, BAND_LATE, minutes, classes, from);

	if (!e)
		e = add_example(tx, BAND_EARLY, minutes, classes, from);
	return e ? e : add_example(tx, BAND_TIMES, five, times, from);
}
