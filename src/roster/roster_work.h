/* A version with its sheet, as the planner's routes prepare it. Private to roster/. */
#ifndef LUWES_ROSTER_ROSTER_WORK_H
#define LUWES_ROSTER_ROSTER_WORK_H

#include "roster/roster_sheet.h"
#include "roster/roster_version_view.h"

struct roster_work {
	struct roster_version version;
	struct roster_sheet sheet;
	int64_t seen_at; /* of a stored one: when it was looked at */
	int32_t undone;  /* letters that came into force after it was made, and that it replaces */
};

/* First day a roster may still change: tomorrow. */
int32_t roster_first_open(const struct req *rq);
/* 1 to ROSTER_DAYS_MAX days of which one lies ahead, and none further back than days are judged
 * again; refused with the field at fault. */
enum err roster_check_period(struct req *rq, int32_t from, int32_t to);
/* The unit, if it plans for itself in a period that begins on `from`; refused with /unit. */
enum err roster_load_node(
	struct req *rq, struct unit_id unit, int32_t from, const struct org_unit **ret);
/* The sheet of a node for a version, as roster_load_sheet has it; refused with /unit. */
enum err roster_load_work_sheet(struct req *rq, const struct roster_version *v,
	const struct org_unit *node, const struct roster_settings *settings,
	struct roster_sheet *ret);
/* The version with its sheet, under the settings given or (NULL) its own. */
enum err roster_load_work(struct req *rq, int64_t version_id,
	const struct roster_settings *settings, struct roster_work *ret);
/* A draft as it was seen, of a unit that still plans for itself, with its sheet; E_CONFLICT: no
 * draft any more, E_STALE: changed since. */
enum err roster_load_draft(struct req *rq, int64_t version_id, int32_t revision,
	const struct roster_settings *settings, struct roster_work *ret);
/* In the transaction: the draft is still as it was prepared; errors of roster_load_draft. */
enum err roster_recheck_draft(struct req *rq, const struct roster_work *work);
/* The lines of a sheet as they are stored, sheet->people of them; the arena owns them. */
struct roster_line *roster_make_lines(struct req *rq, const struct roster_sheet *sheet);

/* The input of a route about one version. */
struct version_input {
	int64_t version;
};
extern const struct shape roster_version_shape;

#endif
