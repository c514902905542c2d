/*
 * When a correction may be asked and who decides it. Product principles 2 and 7: a person judges,
 * nothing is edited; PP 94/2021 art. 24-27: who may judge whom, nobody himself. The deadline is
 * local, dated data (attendance_limit); past it the question is not refused, it goes to another
 * desk.
 */
#include "attendance/attendance_correction.h"

#define OLDEST_DAYS 366

const char *const correction_kind_names[] = {"time", "confirm", "place", "void", "receipt", NULL};
const char *const correction_cause_names[] = {
	"forgot", "phone", "signal", "mistake", "place", "other", NULL};
const char *const correction_state_names[] = {"waiting", "accepted", "refused", "withdrawn", NULL};
const char *const proposal_state_names[] = {"waiting", "confirmed", "rejected", NULL};

int32_t attendance_add_working_days(
	const struct policy_book *book, struct unit_id unit, int32_t day, int days)
{
	struct shift_reason reason;

	for (int32_t d = day + 1; d <= day + OLDEST_DAYS; d++) {
		struct shift shift = calendar_shift(book->calendar, book->tree, unit,
			(struct personal_pattern){{0}, 0}, d, &reason);

		if (shift.starts != MINUTE_OFF && days-- == 0)
			return d - 1;
	}
	return day + OLDEST_DAYS;
}

static struct stated_fault fault(enum err e, const char *pointer, const char *reason)
{
	return (struct stated_fault){e, pointer, reason};
}

static const struct stated_fault none = {OK, NULL, NULL};

static struct stated_fault check_time(const struct correction_ask *ask)
{
	if (ask->stated_at == NO_INSTANT)
		return fault(E_BAD_FIELD, "/at", "say when");
	if (ask->names_punch)
		return fault(E_BAD_FIELD, "/punch", "a stated time speaks of no punch");
	if (ask->stated_at < ask->from || ask->stated_at >= ask->to)
		return fault(E_BAD_FIELD, "/at", "not a time of that day");
	if (ask->stated_at > ask->now_ms)
		return fault(E_BAD_FIELD, "/at", "lies ahead");
	return none;
}

static struct stated_fault check_punch(const struct correction_ask *ask)
{
	if (!ask->names_punch)
		return fault(E_BAD_FIELD, "/punch", "say which punch");
	if (!ask->punch || ask->punch->refers_to)
		return fault(E_BAD_FIELD, "/punch", "not a punch of that day");
	if (ask->stated_at != NO_INSTANT)
		return fault(E_BAD_FIELD, "/at", "the punch says when");
	if (ask->kind != CORRECTION_VOID && ask->punch->source != FROM_PHONE)
		return fault(E_REFUSED, "/punch", "only a phone's punch is confirmed");
	if (ask->marks & PUNCH_VOIDS && !ask->was_denied)
		return fault(E_CONFLICT, "/punch", "was decided not to count");
	return none;
}

struct stated_fault attendance_check_correction(const struct correction_ask *ask)
{
	if (ask->day > ask->today)
		return fault(E_BAD_FIELD, "/day", "lies ahead");
	if (ask->day < ask->today - OLDEST_DAYS)
		return fault(E_BAD_FIELD, "/day", "more than a year ago");
	if (ask->kind == CORRECTION_RECEIPT && !ask->is_decider)
		return fault(E_BAD_FIELD, "/kind", "is said by who decides");
	if (ask->waits_already)
		return fault(E_CONFLICT, "/day", "the same question waits already");
	return ask->kind == CORRECTION_TIME ? check_time(ask) : check_punch(ask);
}

enum err attendance_decide_correction(
	const struct correction *c, const struct correction_standing *who, int32_t version_seen)
{
	if (c->employee.v == who->actor.v)
		return E_SELF;
	if (c->version != version_seen)
		return E_STALE;
	if (c->state != CORRECTION_WAITS || c->proposal_id)
		return E_CONFLICT;
	if (c->is_late || !who->has_supervisor)
		return who->is_officer ? OK : E_REFUSED;
	return who->is_supervisor ? OK : E_NOT_SUPERVISOR;
}

enum err attendance_decide_proposal(const struct proposal *p, struct employee_id actor,
	const struct correction *item, int items, bool confirms)
{
	if (p->state != PROPOSAL_WAITS)
		return E_CONFLICT;
	if (p->proposed_by.v == actor.v)
		return confirms ? E_SELF : OK;
	for (int i = 0; i < items; i++)
		if (item[i].employee.v == actor.v)
			return E_SELF;
	return OK;
}

int attendance_verdict_marks(enum correction_kind kind, bool accepts, bool is_apart)
{
	static const int accepted[] = {[CORRECTION_TIME] = PUNCH_CONFIRMS | PUNCH_CONFIRMS_PLACE,
		[CORRECTION_CONFIRM] = PUNCH_CONFIRMS,
		[CORRECTION_PLACE] = PUNCH_CONFIRMS_PLACE,
		[CORRECTION_VOID] = PUNCH_VOIDS,
		[CORRECTION_RECEIPT] = PUNCH_DENIES};

	if (accepts)
		return accepted[kind];
	/* A time that is refused, or a punch kept apart that is not believed, counts for nobody. */
	if (kind == CORRECTION_TIME || (kind == CORRECTION_CONFIRM && is_apart))
		return PUNCH_VOIDS;
	return 0;
}
