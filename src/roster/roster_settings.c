/* What the planner set, as it is stored with a version and shown; beside it what is proven. */
#include "roster/roster_sheet.h"

static const struct field office_fields[] = {
	F_ID(struct roster_office_day, unit, 0, "Unit whose people, and those below, come in."),
	F_INTS(struct roster_office_day, weekdays, weekday_count, 1, 7, 0,
		"On these weekdays, Monday is 1."),
	F_END,
};
static const struct shape office_shape = SHAPE(
	"RosterOfficeDay", struct roster_office_day, office_fields);

#define SETTINGS_FIELDS                                                                            \
	F_INTS(struct roster_settings, weekdays, weekday_count, 0, 7, OPTIONAL,                    \
		"Home on these weekdays alone, Monday is 1; none: on all that policy opens."),     \
		F_INT(struct roster_settings, percent, 0, 100, OPTIONAL,                           \
			"Of all people of the node so many percent at most are home on a day."),   \
		F_INT(struct roster_settings, least, 0, ROSTER_DAYS_MAX, OPTIONAL,                 \
			"Home days of each in the period, at least."),                             \
		F_INT(struct roster_settings, most, 0, ROSTER_DAYS_MAX, OPTIONAL, "At most."),     \
		F_BOOL(struct roster_settings, edge_once, OPTIONAL,                                \
			"Monday or Friday at home, not both in one week."),                        \
		F_INT(struct roster_settings, run_most, 1, ROSTER_DAYS_MAX, OPTIONAL,              \
			"Home days in a row, at most."),                                           \
		F_INT(struct roster_settings, edge_most, 0, ROSTER_DAYS_MAX, OPTIONAL,             \
			"Mondays and Fridays at home in the period, at most."),                    \
		F_BOOL(struct roster_settings, team_day, OPTIONAL,                                 \
			"Each unit has a weekday, chosen for it, on which all of it are in the "   \
			"office."),                                                                \
		F_INT(struct roster_settings, seed, 0, 1000000, OPTIONAL,                          \
			"Tells apart what is equal otherwise; the same seed gives the same "       \
			"roster."),                                                                \
		F_LIST(struct roster_settings, office, office_count, &office_shape, 0,             \
			SHEET_OFFICE_MAX, OPTIONAL,                                                \
			"Weekdays on which everybody of a unit is in the office.")
static const struct field settings_fields[] = {SETTINGS_FIELDS, F_END};
const struct shape roster_settings_shape = SHAPE(
	"RosterSettings", struct roster_settings, settings_fields);

/* ---- what is proven ---- */

const char *const roster_proof_names[] = {"best", "gap", "flow", NULL};

static const struct field proof_fields[] = {
	F_ENUM(struct roster_proof, kind, roster_proof_names, 0,
		"best: no roster is better; gap: one may be, by no more than the gaps; flow: the "
		"time was over, so the roster does not know all of the planner's own rules."),
	F_INT64(struct roster_proof, rules_gap, -1, INT64_MAX, 0,
		"Days by which fewer of the planner's own rules may be broken; -1: not known."),
	F_INT64(struct roster_proof, cost_gap, -1, INT64_MAX, 0,
		"A roster may cost so much less: 100 is a day off the fair share, 40 a wish; -1: "
		"not known."),
	F_END,
};
const struct shape roster_proof_shape = SHAPE("RosterProof", struct roster_proof, proof_fields);

struct roster_proof roster_proof_of(
	enum roster_sides_outcome outcome, const struct roster_side_answer *answer)
{
	struct roster_proof p = {.kind = PROOF_BEST};
	bool chooses = answer->side.anchors > 0; /* weekdays one by one, not all together */
	if (outcome == SIDES_KEPT && !chooses)
		return p;
	if (outcome == SIDES_REFUSED)
		return (struct roster_proof){PROOF_FLOW, -1, -1};
	p.rules_gap = answer->verdict.amount - answer->least;
	p.cost_gap = chooses || answer->bound == ROSTER_NOTHING_PROVEN
			     ? -1
			     : answer->cost - answer->bound;
	if (outcome == SIDES_FALLBACK)
		p.kind = PROOF_FLOW;
	else if (p.rules_gap || p.cost_gap)
		p.kind = PROOF_GAP;
	return p;
}

/* ---- as stored ---- */

struct stored {
	struct roster_settings settings; /* first: its fields are those of the whole */
	struct roster_proof *proof;
};
static const struct field stored_fields[] = {
	SETTINGS_FIELDS,
	F_OBJECT(struct stored, proof, &roster_proof_shape, OPTIONAL, "Of the letters."),
	F_END,
};
static const struct shape stored_shape = SHAPE("RosterStored", struct stored, stored_fields);

static struct stored read_stored(struct arena *arena, const char *json)
{
	struct stored s = {0}, none = {.settings = {.percent = INT_NONE,
					       .least = INT_NONE,
					       .most = INT_NONE,
					       .run_most = INT_NONE,
					       .edge_most = INT_NONE}};
	struct field_fault fault;
	return fields_decode(&stored_shape, arena, json, strlen(json), &s, &fault) ? none : s;
}

struct roster_settings roster_read_settings(struct arena *arena, const char *json)
{
	return read_stored(arena, json).settings;
}

struct roster_proof *roster_read_proof(struct arena *arena, const char *json)
{
	return read_stored(arena, json).proof;
}

const char *roster_write_settings(
	struct arena *arena, const struct roster_settings *s, struct roster_proof *proof)
{
	const struct stored all = {*s, proof};
	struct buf out;
	buf_init(&out, arena, 256);
	fields_encode(&stored_shape, &all, &out);
	return out.p;
}
