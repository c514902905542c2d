/* What the planner set, as it is stored with a version and shown. */
#include "roster/roster_sheet.h"

static const struct field office_fields[] = {
	F_ID(struct roster_office_day, unit, 0, "Unit whose people, and those below, come in."),
	F_INTS(struct roster_office_day, weekdays, weekday_count, 1, 7, 0,
		"On these weekdays, Monday is 1."),
	F_END,
};
static const struct shape office_shape = SHAPE(
	"RosterOfficeDay", struct roster_office_day, office_fields);

static const struct field settings_fields[] = {
	F_INTS(struct roster_settings, weekdays, weekday_count, 0, 7, OPTIONAL,
		"Home on these weekdays alone, Monday is 1; none: on all that policy opens."),
	F_INT(struct roster_settings, percent, 0, 100, OPTIONAL,
		"Of all people of the node so many percent at most are home on a day."),
	F_INT(struct roster_settings, least, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Home days of each in the period, at least."),
	F_INT(struct roster_settings, most, 0, ROSTER_DAYS_MAX, OPTIONAL, "At most."),
	F_BOOL(struct roster_settings, edge_once, OPTIONAL,
		"Monday or Friday at home, not both in one week."),
	F_INT(struct roster_settings, run_most, 1, ROSTER_DAYS_MAX, OPTIONAL,
		"Home days in a row, at most."),
	F_INT(struct roster_settings, edge_most, 0, ROSTER_DAYS_MAX, OPTIONAL,
		"Mondays and Fridays at home in the period, at most."),
	F_INT(struct roster_settings, seed, 0, 1000000, OPTIONAL,
		"Tells apart what is equal otherwise; the same seed gives the same roster."),
	F_LIST(struct roster_settings, office, office_count, &office_shape, 0, SHEET_OFFICE_MAX,
		OPTIONAL, "Weekdays on which everybody of a unit is in the office."),
	F_END,
};
const struct shape roster_settings_shape = SHAPE(
	"RosterSettings", struct roster_settings, settings_fields);

struct roster_settings roster_read_settings(struct arena *arena, const char *json)
{
	struct roster_settings s = {0}, none = {.percent = INT_NONE,
						.least = INT_NONE,
						.most = INT_NONE,
						.run_most = INT_NONE,
						.edge_most = INT_NONE};
	struct field_fault fault;
	if (fields_decode(&roster_settings_shape, arena, json, strlen(json), &s, &fault))
		return none;
	return s;
}

const char *roster_write_settings(struct arena *arena, const struct roster_settings *s)
{
	struct buf out;
	buf_init(&out, arena, 256);
	fields_encode(&roster_settings_shape, s, &out);
	return out.p;
}
