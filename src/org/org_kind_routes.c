/*
 * The kinds of absence in force, and new rows by the personnel board: law is data. A row is never
 * edited: the new one ends the old one the day before, and what was told under the old one keeps
 * it.
 */
#include "org/org_notice_routes.h"

#include <string.h>

#define EMPLOYMENTS (PPPK_PART_TIME + 1)

struct kind_item {
	int64_t kind_id;
	int32_t kind, decided_by, document, document_days, least_days, longest_days, back_days;
	bool sensitive, part_of_day;
	int32_t recap_class;
	const char *name, *legal_basis, *verified_by;
	const char **for_kinds;
	int for_count;
	int32_t valid_from, valid_to;
};

/* Fields that a row and a new row share; S is the struct. */
#define KIND_FIELDS(S)                                                                             \
	F_ENUM(S, kind, status_kind_names, 0, "What a day of it is."),                             \
		F_TEXT(S, name, 1, 120, 0, "As it is called here."),                               \
		F_ENUM(S, decided_by, decider_names, 0, "Who decides; nobody: comes by letter."),  \
		F_ENUM(S, document, document_need_names, 0, "Whether a document is needed."),      \
		F_INT(S, document_days, 0, 60, 0,                                                  \
			"Working days after the last day in which it may follow."),                \
		F_INT(S, least_days, 1, 2000, 0, "Speaks of spans of so many days."),              \
		F_INT(S, longest_days, 0, 2000, 0, "To so many; 0: not said."),                    \
		F_INT(S, back_days, 0, 60, 0,                                                      \
			"Told at most so many working days after the first day, else the officer " \
			"decides."),                                                               \
		F_BOOL(S, sensitive, 0, "Health: masked, its document for the few."),              \
		F_BOOL(S, part_of_day, 0, "May be part of a day."),                                \
		F_ENUM(S, recap_class, recap_class_names, 0, "How the monthly recap counts it."),  \
		F_TEXTS(S, for_kinds, for_count, 1, EMPLOYMENTS, 0, "For which employment."),      \
		F_TEXT(S, legal_basis, 1, 200, 0, "Regulation, article or circular."),             \
		F_TEXT(S, verified_by, 0, 120, 0,                                                  \
			"Who read it there; empty: an example, not "                               \
			"law."),                                                                   \
		F_DAY(S, valid_from, 0, "First day.")

static const struct field item_fields[] = {
	F_ID(struct kind_item, kind_id, 0, "The row."),
	KIND_FIELDS(struct kind_item),
	F_DAY(struct kind_item, valid_to, 0, "Last day."),
	F_END,
};
static const struct shape item_shape = SHAPE("AbsenceKind", struct kind_item, item_fields);

struct kinds {
	struct kind_item *items;
	int count;
};

static const struct field kinds_fields[] = {
	F_LIST(struct kinds, items, count, &item_shape, 0, KINDS_MAX, 0, "By kind and days."),
	F_END,
};
const struct shape org_kinds_shape = SHAPE("AbsenceKinds", struct kinds, kinds_fields);

struct kinds_query {
	int32_t day;
	bool ended;
};

static const struct field query_fields[] = {
	Q_DAY(struct kinds_query, day, OPTIONAL, "In force on this day; today when absent."),
	Q_BOOL(struct kinds_query, ended, OPTIONAL, "All rows, of any time."),
	F_END,
};
const struct shape org_kinds_query_shape = SHAPE(
	"AbsenceKindsQuery", struct kinds_query, query_fields);

struct kind_input {
	int64_t ends;
	int32_t kind, decided_by, document, document_days, least_days, longest_days, back_days;
	bool sensitive, part_of_day;
	int32_t recap_class;
	const char *name, *legal_basis, *verified_by;
	const char **for_kinds;
	int for_count;
	int32_t valid_from;
};

static const struct field input_fields[] = {
	F_ID(struct kind_input, ends, OPTIONAL, "The row that ends the day before."),
	KIND_FIELDS(struct kind_input),
	F_END,
};
const struct shape org_kind_input_shape = SHAPE(
	"AbsenceKindInput", struct kind_input, input_fields);

struct kind_added {
	int64_t kind_id;
};

static const struct field added_fields[] = {
	F_ID(struct kind_added, kind_id, 0, "The new row."),
	F_END,
};
const struct shape org_kind_added_shape = SHAPE(
	"AbsenceKindAdded", struct kind_added, added_fields);

struct kind_end {
	int64_t kind;
	int32_t last_day;
};

static const struct field end_fields[] = {
	PATH_ID(struct kind_end, kind, "The row."),
	F_DAY(struct kind_end, last_day, 0, "Last day it holds; today at the earliest."),
	F_END,
};
const struct shape org_kind_end_shape = SHAPE("AbsenceKindEnd", struct kind_end, end_fields);

static struct kind_item make_item(struct arena *arena, const struct org_kind *k)
{
	struct kind_item item = {.kind_id = k->kind_id,
		.kind = k->kind,
		.decided_by = k->decided_by,
		.document = k->document,
		.document_days = k->document_days,
		.least_days = k->least_days,
		.longest_days = k->longest_days,
		.back_days = k->back_days,
		.sensitive = k->sensitive,
		.part_of_day = k->part_of_day,
		.recap_class = k->recap_class,
		.name = k->name,
		.legal_basis = k->legal_basis,
		.verified_by = k->verified_by,
		.for_kinds = ARENA_ARRAY(arena, EMPLOYMENTS, const char *),
		.valid_from = k->valid_from,
		.valid_to = k->valid_to};

	for (int i = 0; i < EMPLOYMENTS; i++) {
		if (k->for_kinds & 1 << i)
			item.for_kinds[item.for_count++] = employment_kind_names[i];
	}
	return item;
}

enum err org_get_kinds(struct req *rq)
{
	const struct kinds_query *in = rq->input;
	struct org_kind *kind = ARENA_ARRAY(rq->tx->arena, KINDS_MAX, struct org_kind);
	struct kinds out = {.items = ARENA_ARRAY(rq->tx->arena, KINDS_MAX, struct kind_item)};
	int32_t day = in->ended ? DAY_NONE : in->day == DAY_NONE ? req_today(rq) : in->day;
	enum err e = org_list_kinds(rq->tx, day, kind, KINDS_MAX, &out.count);

	for (int i = 0; !e && i < out.count; i++)
		out.items[i] = make_item(rq->tx->arena, &kind[i]);
	return e ? e : reply(rq, 200, &out);
}

static bool read_employments(const struct kind_input *in, int32_t *ret_mask)
{
	*ret_mask = 0;
	for (int i = 0; i < in->for_count; i++) {
		int kind = 0;

		while (kind < EMPLOYMENTS && strcmp(employment_kind_names[kind], in->for_kinds[i]))
			kind++;
		if (kind == EMPLOYMENTS)
			return false;
		*ret_mask |= 1 << kind;
	}
	return true;
}

static enum err check_input(struct req *rq, const struct kind_input *in)
{
	if (in->kind == STATUS_NONE)
		return refuse(rq, E_BAD_FIELD, "/kind", "must be a kind of absence");
	if (in->decided_by == DECIDER_OFFICER)
		return refuse(rq, E_BAD_FIELD, "/decided_by",
			"the officer decides what is told late, not a kind: choose another");
	if (in->longest_days && in->longest_days < in->least_days)
		return refuse(rq, E_BAD_FIELD, "/longest_days", "less than least_days");
	if (in->valid_from < req_today(rq))
		return refuse(rq, E_BAD_FIELD, "/valid_from",
			"before today: what was told under the old row keeps it");
	return OK;
}

/* The row that the new one takes the place of ends the day before it begins. */
static enum err end_old(struct req *rq, const struct kind_input *in)
{
	struct org_kind old;
	enum err e = in->ends ? org_load_kind(rq->tx, in->ends, &old) : OK;

	if (!in->ends)
		return OK;
	if (e == E_NOT_FOUND)
		return refuse(rq, E_BAD_FIELD, "/ends", "no such row");
	if (e)
		return e;
	if (old.valid_to < in->valid_from)
		return refuse(rq, E_CONFLICT, "/ends", "has ended before that day");
	if (old.valid_from >= in->valid_from)
		return refuse(rq, E_BAD_FIELD, "/valid_from", "not after the old row's first day");
	return org_end_kind(rq->tx, &old, in->valid_from - 1);
}

/* Two rows that speak of the same days of the same people: one of them would never be asked. */
static enum err check_alone(struct req *rq, const struct kind_input *in, int32_t mask)
{
	struct org_kind *kind = ARENA_ARRAY(rq->tx->arena, KINDS_MAX, struct org_kind);
	int count;
	enum err e = org_list_kinds(rq->tx, DAY_NONE, kind, KINDS_MAX, &count);

	for (int i = 0; !e && i < count; i++) {
		const struct org_kind *k = &kind[i];
		bool same_days = (k->longest_days == 0 || in->least_days <= k->longest_days) &&
				 (in->longest_days == 0 || k->least_days <= in->longest_days);

		if (k->kind == in->kind && (k->for_kinds & mask) && same_days &&
			k->kind_id != in->ends && k->valid_to >= in->valid_from)
			return refuse(rq, E_CONFLICT, "/least_days",
				arena_printf(rq->tx->arena, "\"%s\" speaks of these days: end it",
					k->name));
	}
	return !e && count == KINDS_MAX ? refuse(rq, E_REFUSED, "/kind", "too many rows") : e;
}

enum err org_post_kind(struct req *rq)
{
	const struct kind_input *in = rq->input;
	struct kind_added out;
	int32_t mask;
	enum err e = check_input(rq, in);

	if (e)
		return e;
	if (!read_employments(in, &mask))
		return refuse(rq, E_BAD_FIELD, "/for_kinds", "unknown kind of employment");
	if ((e = check_alone(rq, in, mask)) || (e = end_old(rq, in)))
		return e;
	const struct org_kind row = {.kind = in->kind,
		.name = in->name,
		.decided_by = in->decided_by,
		.document = in->document,
		.document_days = in->document_days,
		.least_days = in->least_days,
		.longest_days = in->longest_days,
		.back_days = in->back_days,
		.sensitive = in->sensitive,
		.part_of_day = in->part_of_day,
		.recap_class = in->recap_class,
		.for_kinds = mask,
		.legal_basis = in->legal_basis,
		.verified_by = in->verified_by,
		.valid_from = in->valid_from,
		.valid_to = DAY_FOREVER};
	e = org_add_kind(rq->tx, &row, &out.kind_id);
	return e ? e : reply(rq, 200, &out);
}

enum err org_post_kind_end(struct req *rq)
{
	const struct kind_end *in = rq->input;
	struct org_kind row;
	enum err e = org_load_kind(rq->tx, in->kind, &row);

	if (e)
		return e;
	if (row.valid_to <= in->last_day)
		return refuse(rq, E_CONFLICT, "/last_day", "the row ends by then already");
	if (in->last_day < req_today(rq) || in->last_day < row.valid_from)
		return refuse(rq, E_BAD_FIELD, "/last_day",
			"before today: what was told under the row keeps it");
	e = org_end_kind(rq->tx, &row, in->last_day);
	return e ? e : reply(rq, 204, NULL);
}
