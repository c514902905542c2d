/*
 * When a paper list is taken. ANRI 18/2016 (a manual list when the machine fails) and product
 * principle 9: nothing is demanded that a person may not have. Same or next working day, by local
 * dated data (attendance_limit); later only with a reason, and then the agency's officer confirms.
 */
#include "attendance/attendance_paper.h"

#include <string.h>

#define OLDEST_DAYS 62

const char *const paper_state_names[] = {"waiting", "confirmed", "refused", "withdrawn", NULL};

static struct paper_fault fault(enum err e, const char *field, const char *reason)
{
	return (struct paper_fault){e, field, reason};
}

static const struct paper_fault none = {OK, NULL, NULL};

struct paper_fault attendance_check_paper(
	int32_t day, int32_t today, bool is_late, const char *late_reason)
{
	if (day > today)
		return fault(E_BAD_FIELD, "day", "lies ahead");
	if (day < today - OLDEST_DAYS)
		return fault(E_REFUSED, "day", "more than two months ago: ask by corrections");
	if (is_late && strlen(late_reason) < REASON_LEAST)
		return fault(E_BAD_FIELD, "late_reason", "past the limit: say why it comes late");
	return none;
}

static struct paper_fault check_time(
	const struct paper_person *p, int64_t at, const char *field, int64_t now_ms)
{
	if (at == NO_INSTANT)
		return none;
	if (at < p->from || at >= p->to)
		return fault(E_BAD_FIELD, field, "not a time of that day");
	return at > now_ms ? fault(E_BAD_FIELD, field, "lies ahead") : none;
}

struct paper_fault attendance_check_paper_row(const struct paper_person *p, int64_t now_ms)
{
	struct paper_fault in;

	if (p->is_repeated)
		return fault(E_BAD_FIELD, "employee", "is on this list twice");
	if (!p->is_of_unit)
		return fault(E_BAD_FIELD, "employee", "was not of this unit on that day");
	if (p->is_listed)
		return fault(E_CONFLICT, "employee", "is on another list of that day");
	if (p->in_at == NO_INSTANT && p->out_at == NO_INSTANT)
		return fault(E_BAD_FIELD, "in", "neither in nor out is stated");
	if (p->in_at != NO_INSTANT && p->out_at != NO_INSTANT && p->out_at <= p->in_at)
		return fault(E_BAD_FIELD, "out", "not after in");
	in = check_time(p, p->in_at, "in", now_ms);
	return in.field ? in : check_time(p, p->out_at, "out", now_ms);
}

enum err attendance_decide_paper(const struct paper *p, struct employee_id actor, bool is_on_it,
	bool is_officer, int32_t version_seen)
{
	if (p->version != version_seen)
		return E_STALE;
	if (p->state != PAPER_WAITS)
		return E_CONFLICT;
	if (p->entered_by.v == actor.v || is_on_it)
		return E_SELF;
	return p->is_late && !is_officer ? E_REFUSED : OK;
}
