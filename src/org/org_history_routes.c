/*
 * Everything dated about a person: placements, superiors, roles, late decrees; what was withdrawn
 * stays among them, with who, when and why.
 */
#include "org/org_case_int.h"
#include "org/org_routes.h"
#include "org/org_withdraw.h"

struct placement_line {
	struct unit_id unit;
	const char *unit_name, *agency_name, *position, *decree, *entered_by;
	int32_t position_level, valid_from, valid_to;
	int64_t entered_at;
	bool may_withdraw;
	int64_t withdrawn_at;
	const char *withdrawn_by, *withdrawn_why;
};

struct superior_line {
	int32_t relation, valid_from, valid_to;
	struct employee_id superior;
	const char *full_name, *letter, *entered_by;
	int64_t entered_at;
	bool may_withdraw;
	int64_t withdrawn_at;
	const char *withdrawn_by, *withdrawn_why;
};

struct history {
	struct placement_line *placements;
	int placement_count;
	struct superior_line *superiors;
	int superior_count;
	struct org_role_item *roles;
	int role_count;
	struct org_case_item *cases;
	int case_count;
};

#define WITHDRAWN_FIELDS(S)                                                                        \
	F_BOOL(S, may_withdraw, 0,                                                                 \
		"Entered wrongly it can be withdrawn: no later decree rests on it."),              \
		F_INSTANT(S, withdrawn_at, OPTIONAL, "Withdrawn then; absent: it was not."),       \
		F_TEXT(S, withdrawn_by, 1, 240, OPTIONAL, "By whom."),                             \
		F_TEXT(S, withdrawn_why, 1, 300, OPTIONAL, "Why.")

static const struct field placement_line_fields[] = {
	F_ID(struct placement_line, unit, 0, "Where."),
	F_TEXT(struct placement_line, unit_name, 0, 200, 0, "Its name."),
	F_TEXT(struct placement_line, agency_name, 0, 200, 0, "Name of its agency."),
	F_TEXT(struct placement_line, position, 0, 120, 0, "Position."),
	F_ENUM(struct placement_line, position_level, position_level_names, 0, "Its level."),
	F_TEXT(struct placement_line, decree, 0, 100, 0, "Number of the decree."),
	F_DAY(struct placement_line, valid_from, 0, "First day (TMT)."),
	F_DAY(struct placement_line, valid_to, 0, "Last day."),
	F_TEXT(struct placement_line, entered_by, 0, 240, 0, "Who entered it; empty: an import."),
	F_INSTANT(struct placement_line, entered_at, OPTIONAL, "When."),
	WITHDRAWN_FIELDS(struct placement_line),
	F_END,
};
static const struct shape placement_line_shape = SHAPE(
	"PlacementLine", struct placement_line, placement_line_fields);

static const struct field superior_line_fields[] = {
	F_ENUM(struct superior_line, relation, relation_kind_names, 0, "Supervisor or team lead."),
	F_ID(struct superior_line, superior, 0, "Who answered for him."),
	F_TEXT(struct superior_line, full_name, 1, 240, 0, "His name with titles."),
	F_TEXT(struct superior_line, letter, 0, 100, 0, "Number of the letter; empty: an import."),
	F_DAY(struct superior_line, valid_from, 0, "First day."),
	F_DAY(struct superior_line, valid_to, 0, "Last day."),
	F_TEXT(struct superior_line, entered_by, 0, 240, 0, "Who entered it; empty: an import."),
	F_INSTANT(struct superior_line, entered_at, OPTIONAL, "When."),
	WITHDRAWN_FIELDS(struct superior_line),
	F_END,
};
static const struct shape superior_line_shape = SHAPE(
	"SuperiorLine", struct superior_line, superior_line_fields);

static const struct field history_fields[] = {
	F_LIST(struct history, placements, placement_count, &placement_line_shape, 0, HISTORY_MAX,
		0, "Newest first, withdrawn ones last."),
	F_LIST(struct history, superiors, superior_count, &superior_line_shape, 0, HISTORY_MAX, 0,
		"By relation, newest first, withdrawn ones last."),
	F_LIST(struct history, roles, role_count, &org_role_item_shape, 0, HISTORY_MAX, 0,
		"Roles, and those held in his place, newest first."),
	F_LIST(struct history, cases, case_count, &org_case_item_shape, 0, HISTORY_MAX, 0,
		"Late decrees over decided days, newest first."),
	F_END,
};
const struct shape org_history_shape = SHAPE("PersonHistory", struct history, history_fields);

static int64_t instant_or_none(int64_t at)
{
	return at ? at : INSTANT_NONE;
}

static struct placement_line show_placement(
	const struct org_tree *tree, const struct org_placement_row *p)
{
	const struct org_unit *unit = org_find_unit(tree, p->unit);

	return (struct placement_line){.unit = p->unit,
		.unit_name = org_unit_name(tree, p->unit),
		.agency_name = unit ? org_unit_name(tree, unit->agency) : "",
		.position = p->position,
		.decree = p->decree,
		.entered_by = p->entered_by,
		.position_level = p->position_level,
		.valid_from = p->valid_from,
		.valid_to = p->valid_to,
		.entered_at = instant_or_none(p->entered_at),
		.withdrawn_at = INSTANT_NONE};
}

static enum err show_placements(
	struct req *rq, const struct org_tree *tree, struct employee_id who, struct history *out)
{
	struct org_placement_row *row = ARENA_ARRAY(
		rq->tx->arena, HISTORY_MAX, struct org_placement_row);
	int n;
	enum err e = org_list_placement_rows(rq->tx, who, row, HISTORY_MAX, &n);

	out->placements = ARENA_ARRAY(rq->tx->arena, HISTORY_MAX, struct placement_line);
	for (int i = n - 1; !e && i >= 0; i--) {
		const struct undo_facts facts = org_placement_undo_facts(
			rq->tx->arena, tree, row, n, i, req_today(rq));
		struct placement_line line = show_placement(tree, &row[i]);

		line.may_withdraw = org_check_undoing(&facts).code == OK;
		if (row[i].valid_to >= row[i].valid_from)
			out->placements[out->placement_count++] = line;
	}
	return e;
}

static struct superior_line show_superior(const struct org_relation_row *r)
{
	return (struct superior_line){.relation = r->kind,
		.superior = r->superior,
		.full_name = r->superior_name,
		.letter = r->letter,
		.entered_by = r->entered_by,
		.valid_from = r->valid_from,
		.valid_to = r->valid_to,
		.entered_at = instant_or_none(r->entered_at),
		.withdrawn_at = INSTANT_NONE};
}

static enum err show_superiors(struct req *rq, struct employee_id who, struct history *out)
{
	struct org_relation_row *row = ARENA_ARRAY(
		rq->tx->arena, HISTORY_MAX, struct org_relation_row);
	int n;
	enum err e = org_list_relation_rows(rq->tx, who, row, HISTORY_MAX, &n);

	out->superiors = ARENA_ARRAY(rq->tx->arena, HISTORY_MAX, struct superior_line);
	for (int kind = RELATION_SUPERVISOR; kind <= RELATION_TEAM_LEAD; kind++)
		for (int i = n - 1; !e && i >= 0; i--) {
			const struct undo_facts facts = org_relation_undo_facts(
				rq->tx->arena, row, n, i, req_today(rq));
			struct superior_line line = show_superior(&row[i]);

			line.may_withdraw = org_check_undoing(&facts).code == OK;
			if (row[i].kind == kind && row[i].valid_to >= row[i].valid_from)
				out->superiors[out->superior_count++] = line;
		}
	return e;
}

static void show_withdrawn_placement(
	const struct org_tree *tree, const struct org_withdrawn_row *w, struct history *out)
{
	const struct org_placement_row row = {.unit = w->unit,
		.position = w->position,
		.decree = w->number,
		.position_level = w->position_level,
		.valid_from = w->valid_from,
		.valid_to = w->valid_to,
		.entered_by = w->entered_by,
		.entered_at = w->entered_at};
	struct placement_line *line = &out->placements[out->placement_count++];

	*line = show_placement(tree, &row);
	line->withdrawn_at = w->withdrawn_at;
	line->withdrawn_by = w->withdrawn_by;
	line->withdrawn_why = w->why;
}

static void show_withdrawn_superior(const struct org_withdrawn_row *w, struct history *out)
{
	const struct org_relation_row row = {.kind = w->kind - 1,
		.superior = w->superior,
		.superior_name = w->superior_name,
		.letter = w->number,
		.valid_from = w->valid_from,
		.valid_to = w->valid_to,
		.entered_by = w->entered_by,
		.entered_at = w->entered_at};
	struct superior_line *line = &out->superiors[out->superior_count++];

	*line = show_superior(&row);
	line->withdrawn_at = w->withdrawn_at;
	line->withdrawn_by = w->withdrawn_by;
	line->withdrawn_why = w->why;
}

/* After those that hold, as far as there is room. */
static enum err show_withdrawn(
	struct req *rq, const struct org_tree *tree, struct employee_id who, struct history *out)
{
	struct org_withdrawn_row *row = ARENA_ARRAY(
		rq->tx->arena, HISTORY_MAX, struct org_withdrawn_row);
	int n;
	enum err e = org_list_withdrawn_rows(rq->tx, who, row, HISTORY_MAX, &n);

	for (int i = 0; !e && i < n; i++) {
		if (row[i].kind == WITHDRAWN_PLACEMENT) {
			if (out->placement_count < HISTORY_MAX)
				show_withdrawn_placement(tree, &row[i], out);
		} else if (out->superior_count < HISTORY_MAX) {
			show_withdrawn_superior(&row[i], out);
		}
	}
	return e;
}

static enum err show_roles(
	struct req *rq, const struct org_tree *tree, struct employee_id who, struct history *out)
{
	struct org_role_line *line = ARENA_ARRAY(rq->tx->arena, HISTORY_MAX, struct org_role_line);
	enum err e = org_list_role_lines(rq->tx, who, line, HISTORY_MAX, &out->role_count);

	out->roles = ARENA_ARRAY(rq->tx->arena, HISTORY_MAX, struct org_role_item);
	for (int i = 0; !e && i < out->role_count; i++)
		out->roles[i] = org_make_role_item(tree, &line[i], req_today(rq));
	return e;
}

static enum err show_cases(
	struct req *rq, const struct org_tree *tree, struct employee_id who, struct history *out)
{
	struct org_case_row *row = ARENA_ARRAY(rq->tx->arena, HISTORY_MAX, struct org_case_row);
	enum err e = org_list_person_cases(rq->tx, who, row, HISTORY_MAX, &out->case_count);

	out->cases = ARENA_ARRAY(rq->tx->arena, HISTORY_MAX, struct org_case_item);
	for (int i = 0; !e && i < out->case_count; i++)
		out->cases[i] = org_make_case_item(tree, &row[i]);
	return e;
}

enum err org_get_history(struct req *rq)
{
	const struct employee_id who = rq->object.employee;
	struct history *out = ARENA_NEW(rq->tx->arena, struct history);
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = show_placements(rq, tree, who, out)) || (e = show_superiors(rq, who, out)) ||
		(e = show_withdrawn(rq, tree, who, out)) || (e = show_roles(rq, tree, who, out)) ||
		(e = show_cases(rq, tree, who, out)))
		return e;
	return reply(rq, 200, out);
}
