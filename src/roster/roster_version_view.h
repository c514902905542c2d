/* A version as it is shown, with what the one who asks may do to it. Private to roster/. */
#ifndef LUWES_ROSTER_ROSTER_VERSION_VIEW_H
#define LUWES_ROSTER_ROSTER_VERSION_VIEW_H

#include "org/org_access.h"
#include "platform/http.h"
#include "roster/roster_int.h"
#include "roster/roster_procedure.h"

struct version_view {
	int64_t id, unit;
	const char *unit_name;
	int32_t period_from, period_to, state, source;
	int64_t instrument;
	const char *instrument_number, *note;
	int32_t people;
	int64_t made_at;
	const char *made_by_name;
	int64_t published_at;
	int32_t revision, receipt, bound_from;
	int64_t due_at;
	bool may_edit, may_set, may_withdraw, may_answer, is_partial;
};
#define VERSION_FIELDS_OF(S)                                                                       \
	F_ID(S, id, 0, "The version."), F_ID(S, unit, 0, "The planning node."),                    \
		F_TEXT(S, unit_name, 0, 200, 0, "Its name."),                                      \
		F_DAY(S, period_from, 0, "First day."), F_DAY(S, period_to, 0, "Last day."),       \
		F_ENUM(S, state, roster_state_names, 0, "How far it is."),                         \
		F_ENUM(S, source, roster_source_names, 0, "Where it is from."),                    \
		F_ID(S, instrument, OPTIONAL, "Instrument it carries out."),                       \
		F_TEXT(S, instrument_number, 0, 120, OPTIONAL, "Its number."),                     \
		F_TEXT(S, note, 0, 500, 0, "Note of the planner."),                                \
		F_INT(S, people, 0, INT32_MAX, 0, "Lines."),                                       \
		F_INSTANT(S, made_at, 0, "When it was made."),                                     \
		F_TEXT(S, made_by_name, 0, 200, 0, "By whom."),                                    \
		F_INSTANT(S, published_at, OPTIONAL, "When it was published."),                    \
		F_INT(S, revision, 0, INT32_MAX, 0, "Rises with each change."),                    \
		F_ENUM(S, receipt, roster_receipt_names, 0, "What the board does with it."),       \
		F_DAY(S, bound_from, OPTIONAL, "First day it holds for, once published."),         \
		F_INSTANT(S, due_at, OPTIONAL, "Set: from then on silence lets it through."),      \
		F_BOOL(S, may_edit, 0, "The one who asks may change the draft."),                  \
		F_BOOL(S, may_set, 0, "He may set it."),                                           \
		F_BOOL(S, may_withdraw, 0, "He may take it back before the board answers."),       \
		F_BOOL(S, may_answer, 0, "He may acknowledge, approve or return it."),             \
		F_BOOL(S, is_partial, 0,                                                           \
			"Made above: its lines are cut to the people of the one who asks.")

/* What the one who asks may read, change, set and answer. */
struct roster_reader {
	const struct org_tree *tree;
	struct org_scopes reads, writes, publishes, answers;
	int32_t today;
};
enum err roster_load_reader(struct req *rq, struct roster_reader *ret);
enum err roster_show_version(struct req *rq, const struct roster_reader *reader,
	const struct roster_version *v, struct version_view *ret);

/* The object of a route whose input begins with the version: its planning node. */
enum err roster_find_version(struct req *rq, struct object *ret_object);

#endif
