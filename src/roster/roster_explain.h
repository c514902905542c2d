/*
 * The explanation of a person's day as it is shown: what holds, on which rule, and what lost and
 * why.
 *
 * Used by policy/explain and by every screen that explains a day. Kinds of status other than
 * outside duty are for the person himself, his supervisor, the officers of his unit and the
 * personnel board; for everybody else only the mode is said (product.md principle 10).
 */
#ifndef LUWES_ROSTER_ROSTER_EXPLAIN_H
#define LUWES_ROSTER_ROSTER_EXPLAIN_H

#include "platform/http.h"
#include "roster/roster.h"

struct explained_shift {
	int32_t starts, ends, break_starts, break_ends;
	int32_t asked_minutes, band_before, band_after;
	bool is_split;
};

struct explained_window {
	int32_t kind, opens, closes;
};

struct explained_roster {
	const char *letter; /* one letter, NULL when no published roster covers the day */
	int64_t version;
	bool decides; /* the rule leaves the mode to a roster or an order */
};

struct explained_status {
	int32_t kind;
	const char *letter; /* number of the letter it rests on */
};

/* A part of the day that a letter covers. */
struct explained_cover {
	int32_t kind, from, to;
};
extern const struct shape roster_cover_shape;

struct explained_step {
	int32_t rule_kind, result, rank;
	const char *number, *title, *article;
	int32_t issued;
	bool verified;
	const char *scope; /* "government", or parts joined by "; ": "unit:NAME", "level:CODE",
			    * "character:CODE", "position:NAME", "post:direct", "post:NAME",
			    * "mode:CODE" */
	int32_t mode, percent, bound, base, share_level, days_per_week, duty, place;
};

struct explanation {
	int64_t employee;
	const char *name;
	int32_t day, mode, source;
	struct explained_shift *shift;
	const char *zone, *pattern_name;
	int32_t regime;
	const char *holiday, *holiday_source, *legal_basis;
	const char *school_break, *school_break_source, *band_basis;
	bool is_turn;
	struct explained_shift *was; /* before the table was changed */
	int64_t changed_at;
	int32_t duty, week_day, plan_due, place;
	const char *report_missing;
	struct explained_window *windows;
	int window_count;
	struct explained_roster roster;
	struct explained_status *status;
	struct explained_cover *covers;
	int cover_count;
	bool masked;
	struct explained_step *steps;
	int step_count;
};
extern const struct shape
	explanation_shape; /* "DayExplanation", for the reply of a route or as F_OBJECT */

/* Explains a day of an employee for rq->actor, whose permission was decided; E_NOT_FOUND when not
 * in service. */
enum err roster_explain_day(
	struct req *rq, struct employee_id employee, int32_t day, struct explanation *ret);

#endif
