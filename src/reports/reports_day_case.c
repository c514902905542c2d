/*
 * What late decrees say about a day, as the explained day shows it to its owner and to whoever may
 * read it: which decree, what holds, what would be, and the decision with its reason.
 */
#include "reports/reports_day_int.h"

static const struct field late_decree_fields[] = {
	F_ENUM(struct late_decree, kind, case_kind_names, 0, "What the decree changes."),
	F_TEXT(struct late_decree, decree, 0, 100, 0, "Its number."),
	F_DAY(struct late_decree, effective, 0, "Its first day (TMT)."),
	F_ENUM(struct late_decree, state, case_state_names, 0,
		"Open: the day stays as decided until an officer decides; accepted: it follows the "
		"decree; kept: it stays for good."),
	F_TEXT(struct late_decree, was, 0, 320, 0, "As decided: position and unit, or supervisor."),
	F_TEXT(struct late_decree, would_be, 0, 320, 0, "By the decree."),
	F_TEXT(struct late_decree, reason, 0, 500, 0, "Of the decision; empty while open."),
	F_TEXT(struct late_decree, decided_by, 0, 240, 0, "Who decided."),
	F_INSTANT(struct late_decree, decided_at, OPTIONAL, "When."),
	F_END,
};
const struct shape reports_late_decree_shape = SHAPE(
	"DayLateDecree", struct late_decree, late_decree_fields);

static const char *place_text(
	struct arena *arena, const struct org_tree *tree, const char *position, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	return arena_printf(
		arena, "%s%s%s", position, *position && u ? ", " : "", u ? u->name : "");
}

static struct late_decree show_case(
	struct arena *arena, const struct org_tree *tree, const struct org_day_case *c)
{
	const bool is_place = c->kind == CASE_PLACEMENT;

	return (struct late_decree){.kind = (int32_t)c->kind,
		.decree = c->decree,
		.effective = c->effective,
		.state = c->state,
		.was = is_place ? place_text(arena, tree, c->was_position, c->was_unit)
				: c->was_superior,
		.would_be = is_place ? place_text(arena, tree, c->new_position, c->new_unit)
				     : c->new_superior,
		.reason = c->reason,
		.decided_by = c->decided_by,
		.decided_at = c->decided_at ? c->decided_at : INSTANT_NONE};
}

enum err reports_load_late_decrees(struct tx *tx, struct employee_id employee, int32_t day,
	struct late_decree **ret_decree, int *ret_count)
{
	struct org_day_case found[DAY_CASES_MAX];
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (!e)
		e = org_list_day_cases(tx, employee, day, found, ret_count);
	if (e)
		return e;
	*ret_decree = ARENA_ARRAY(tx->arena, DAY_CASES_MAX, struct late_decree);
	for (int i = 0; i < *ret_count; i++)
		(*ret_decree)[i] = show_case(tx->arena, tree, &found[i]);
	return OK;
}
