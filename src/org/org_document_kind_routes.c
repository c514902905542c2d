/*
 * What kinds of paper are before the law: what holds, and entering it from a day on.
 *
 * The board vouches by name, with the article; a day that is gone is not touched. Where nobody
 * entered anything the list shows what the program assumes, verified by nobody.
 */
#include "org/org_document_int.h"

#include "platform/slice.h"

#define RULES_MAX 200

#define RULE(m) offsetof(struct rule_view, r.m)
struct rule_view {
	struct document_rule r;
	int32_t valid_from, valid_to;
	bool verified;
};
/* clang-format off */
#define RULE_FIELDS \
	{"kind", FIELD_ENUM, FROM_BODY, 0, RULE(kind), 0, 0, 0, print_kind_names, NULL, "Which paper."}, \
	{"class", FIELD_ENUM, FROM_BODY, 0, RULE(class), 0, 0, 0, document_class_names, NULL, "Between offices, a decision about a right, or to a citizen."}, \
	{"legal_basis", FIELD_TEXT, FROM_BODY, 0, RULE(legal_basis), 0, 1, 300, NULL, NULL, "The article."}
/* clang-format on */

static const struct field view_fields[] = {
	RULE_FIELDS,
	F_DAY(struct rule_view, valid_from, OPTIONAL, "First day; absent: as long as nobody said."),
	F_DAY(struct rule_view, valid_to, OPTIONAL, "Last day, when it was replaced."),
	F_BOOL(struct rule_view, verified, 0, "Read by somebody; else an assumption, not law."),
	F_END,
};
static const struct shape view_shape = SHAPE("DocumentRule", struct rule_view, view_fields);

static const struct field input_fields[] = {
	RULE_FIELDS,
	F_DAY(struct rule_view, valid_from, 0, "First day, from today on."),
	F_END,
};
const struct shape org_document_rule_input_shape = SHAPE(
	"DocumentRuleInput", struct rule_view, input_fields);

struct rules {
	struct rule_view *items;
	int count;
};
static const struct field rules_fields[] = {
	F_LIST(struct rules, items, count, &view_shape, 0, RULES_MAX, 0, "By kind and day."),
	F_END,
};
const struct shape org_document_rules_shape = SHAPE("DocumentRules", struct rules, rules_fields);

static struct rule_view show(const struct document_rule *r)
{
	return (struct rule_view){.r = *r,
		.valid_from = r->valid_from ? r->valid_from : DAY_NONE,
		.valid_to = r->valid_to == DAY_FOREVER ? DAY_NONE : r->valid_to,
		.verified = r->verified_by[0] != '\0'};
}

static bool holds(const struct document_rule *r, int count, int32_t kind, int32_t day)
{
	for (int i = 0; i < count; i++)
		if (r[i].kind == kind && r[i].valid_from <= day)
			return true;
	return false;
}

enum err org_get_document_rules(struct req *rq)
{
	int room = RULES_MAX - PRINT_KIND_COUNT, count = 0;
	struct document_rule *r = ARENA_ARRAY(rq->tx->arena, (size_t)room, struct document_rule);
	struct rules out = {.items = ARENA_ARRAY(rq->tx->arena, RULES_MAX, struct rule_view)};
	enum err e = org_list_document_rules(rq->tx, req_today(rq), r, room, &count);

	for (int32_t kind = 0; kind < PRINT_KIND_COUNT && !e; kind++) {
		struct document_rule assumed = org_default_document_rule((enum print_kind)kind);

		if (!holds(r, count, kind, req_today(rq)))
			out.items[out.count++] = show(&assumed);
		for (int i = 0; i < count; i++)
			if (r[i].kind == kind)
				out.items[out.count++] = show(&r[i]);
	}
	return e ? e : reply(rq, 200, &out);
}

enum err org_post_document_rule(struct req *rq)
{
	const struct rule_view *in = rq->input;
	struct document_rule r = in->r;
	struct employee_row who;
	bool is_last;
	enum err e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &who);

	if (e)
		return e;
	if (in->valid_from < req_today(rq))
		return refuse(rq, E_BAD_FIELD, "/valid_from",
			"in the past: papers of that day were issued already");
	if ((e = org_is_document_rule_last(rq->tx, r.kind, in->valid_from, &is_last)))
		return e;
	if (!is_last)
		return refuse(rq, E_BAD_FIELD, "/valid_from",
			"one that begins on this day or later is there already");
	r.valid_from = in->valid_from;
	r.valid_to = DAY_FOREVER;
	r.verified_by = org_full_name(rq->tx->arena, &who);
	r.entered_by = rq->actor.employee;
	r.entered_at = rq->tx->now_ms;
	e = org_add_document_rule(rq->tx, &r);
	return e ? e : reply(rq, 204, NULL);
}
