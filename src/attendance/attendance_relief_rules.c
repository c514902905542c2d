/*
 * What an incident of the server takes away from a folded day: lateness spent while nobody could
 * clock in, a way out nobody could give, the absence of one whose whole day fell into it. It is
 * taken from the day and said on it (BASIS_RELIEVED); the punches stay as they are.
 */
#include "attendance/attendance.h"

static bool is_within(const struct incident_span *span, int64_t at)
{
	return at >= span->begins_at && at <= span->ends_at;
}

/* Minutes of the lateness [from, to) that were spent in the interval. */
static int spent_in(const struct incident_span *span, int64_t from, int64_t to)
{
	int64_t begins = span->begins_at > from ? span->begins_at : from;
	int64_t ends = span->ends_at < to ? span->ends_at : to;

	return ends > begins ? (int)((ends - begins + MS_PER_MINUTE - 1) / MS_PER_MINUTE) : 0;
}

static void relieve_lateness(const struct incident_span *span, struct attendance_day *row)
{
	int64_t arrival = row->in_at - row->in_at % MS_PER_MINUTE;
	int spent;

	if (row->late_minutes == 0 || row->in_at == NO_INSTANT || !is_within(span, arrival))
		return;
	spent = spent_in(span, arrival - row->late_minutes * MS_PER_MINUTE, arrival);
	if (spent == 0)
		return;
	row->relieved_minutes = row->relieved_minutes + spent < row->late_minutes
					? row->relieved_minutes + spent
					: row->late_minutes;
	row->basis |= BASIS_RELIEVED;
	if (row->relieved_minutes + row->made_up_minutes >= row->late_minutes)
		row->flags &= ~(DAY_LATE | DAY_LATE_UNCONFIRMED | DAY_OUTSIDE_WINDOW);
}

void attendance_relieve(const struct org_tree *tree, enum zone zone,
	const struct incident_list *incidents, struct attendance_day *row)
{
	bool at_start = false, at_end = false;

	if (incidents->spans == 0 || !attendance_is_work(row->mode) || row->starts == MINUTE_OFF)
		return;
	for (int i = 0; i < incidents->spans; i++) {
		const struct incident_span *span = &incidents->span[i];

		if (!org_is_below(tree, row->unit, span->unit))
			continue;
		at_start |= is_within(span, instant_of(row->day, row->starts, zone));
		at_end |= is_within(span, instant_of(row->day, row->ends, zone));
		relieve_lateness(span, row);
	}
	if (at_end && row->flags & DAY_NO_OUT) {
		row->flags &= ~DAY_NO_OUT;
		row->basis |= BASIS_RELIEVED;
	}
	if (at_start && at_end && row->state == DAY_ABSENT) {
		row->state = DAY_WAITS;
		row->basis |= BASIS_RELIEVED;
	}
}
