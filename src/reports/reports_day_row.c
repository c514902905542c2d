/*
 * A day of attendance with the state of its report, as several replies show it.
 */
#include "reports/reports_day_int.h"

const char **reports_name_bits(
	struct arena *arena, int bits, const char *const *names, int *ret_count)
{
	const char **found;
	int n = 0;

	while (names[n])
		n++;
	found = ARENA_ARRAY(arena, (size_t)n, const char *);
	*ret_count = 0;
	for (int i = 0; i < n; i++)
		if (bits & 1 << i)
			found[(*ret_count)++] = names[i];
	return found;
}

struct day_row reports_make_row(
	struct arena *arena, const struct attendance_day *day, const struct report_of_day *report)
{
	enum report_state state = report ? report->state : REPORT_NONE;
	struct day_row row = {
		.day = day->day,
		.mode = (int32_t)day->mode,
		.source = (int32_t)day->source,
		.state = (int32_t)day->state,
		.starts = day->starts == MINUTE_OFF ? MINUTE_NONE : day->starts,
		.ends = day->starts == MINUTE_OFF ? MINUTE_NONE : day->ends,
		.in_at = day->in_at,
		.in_phone_at = day->in_phone_at,
		.out_at = day->out_at,
		.out_phone_at = day->out_phone_at,
		.late_minutes = day->late_minutes,
		.claim_late_minutes = day->claim_late_minutes,
		.relieved_minutes = day->relieved_minutes,
		.early_minutes = day->early_minutes,
		.worked_minutes = day->worked_minutes,
		.made_up_minutes = day->made_up_minutes,
		.event = (int32_t)day->event,
		.event_minutes = day->event_minutes,
		.in_place = (int32_t)day->in_place,
		.out_place = (int32_t)day->out_place,
		.in_distance = (int32_t)day->in_distance,
		.duty = (int32_t)day->duty,
		.report_state = (int32_t)state,
		.completion = (int32_t)reports_decide_completion(day, state),
		.report_id = report ? report->report.v : 0,
	};

	row.flags = reports_name_bits(arena, day->flags, day_flag_names, &row.flag_count);
	return row;
}

/* Last day whose report stands for that of `day`. */
static int32_t last_day(const struct attendance_day *day)
{
	return day->duty == DUTY_WEEKLY_DUE
		       ? day->day + ((int32_t)SUNDAY - (int32_t)day_weekday(day->day))
		       : day->day;
}

const struct report_of_day *reports_find_state(
	const struct report_of_day *report, int reports, const struct attendance_day *day)
{
	const struct report_of_day *own = NULL;

	for (int i = 0; i < reports; i++) {
		if (report[i].day == day->day)
			own = &report[i];
		if (report[i].day >= day->day && report[i].day <= last_day(day) &&
			report[i].state >= REPORT_SUBMITTED)
			return &report[i];
	}
	return own;
}

enum err reports_load_row(struct tx *tx, const struct attendance_day *day, struct day_row *ret)
{
	struct report_of_day report[1 + REPORT_LATER_DAYS];
	int count;
	enum err e = reports_list_states(
		tx, day->employee, day->day, last_day(day), report, 1 + REPORT_LATER_DAYS, &count);

	if (!e)
		*ret = reports_make_row(tx->arena, day, reports_find_state(report, count, day));
	return e;
}
