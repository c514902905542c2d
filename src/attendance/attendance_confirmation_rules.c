/*
 * What a confirmation is worth, pure: UU 27/2022 art. 10 (a person judges), PP 94/2021 art. 24-27
 * (who may judge whom, nobody himself).
 */
#include "attendance/attendance_confirmation_int.h"

const char *const confirmation_kind_names[] = {
	"needs_confirmation", "sample", "queued_time", "check", NULL};
const char *const confirmation_state_names[] = {"waiting", "confirmed", "denied", "silent", NULL};
const char *const confirmation_consequence_names[] = {"counts", "receipt", "not_counted", NULL};

enum confirmation_kind attendance_stronger_kind(
	enum confirmation_kind asked, enum confirmation_kind anew)
{
	static const int strength[CONFIRMATION_KINDS] = {[CONFIRMATION_NEEDED] = 3,
		[CONFIRMATION_CHECK] = 2,
		[CONFIRMATION_QUEUED_TIME] = 1};

	return strength[anew] > strength[asked] ? anew : asked;
}

enum err attendance_decide_confirmation(const struct confirmation *c,
	const struct correction_standing *who, bool is_closed, int32_t version_seen)
{
	const struct correction same = {
		.employee = c->employee, .version = c->version, .is_late = is_closed};
	enum err e = attendance_decide_correction(&same, who, version_seen);

	if (e)
		return e;
	return c->state == CONFIRMATION_WAITS || c->state == DENIED ? OK : E_CONFLICT;
}

bool attendance_is_plain_confirmation(const struct confirmation *c, bool is_place_unsure)
{
	return c->kind != CONFIRMATION_NEEDED && c->state == CONFIRMATION_WAITS &&
	       !c->explained_at && !is_place_unsure && !(c->punch_flags & PUNCH_QUARANTINED);
}

/* What the event claims does not count by itself. */
static bool is_claim_open(const struct confirmation *c)
{
	return c->grade == TIME_ARRIVAL || c->grade == TIME_DOUBTED ||
	       c->punch_flags & PUNCH_QUARANTINED;
}

int attendance_confirmation_marks(const struct confirmation *c,
	const struct confirmation_verdict *verdict, bool is_place_unsure)
{
	int marks = 0;

	if (!verdict->confirms) {
		if (c->state == DENIED && c->consequence == verdict->consequence)
			return 0;
		return verdict->consequence == CONSEQUENCE_RECEIPT ? PUNCH_DENIES : PUNCH_VOIDS;
	}
	if (c->state == DENIED || is_claim_open(c))
		marks |= PUNCH_CONFIRMS;
	if (is_place_unsure && verdict->by.v) /* silence says nothing about a place */
		marks |= PUNCH_CONFIRMS_PLACE;
	return marks;
}

bool attendance_read_marks(
	int marks, enum confirmation_state *ret_state, enum confirmation_consequence *ret)
{
	*ret_state = marks & (PUNCH_VOIDS | PUNCH_DENIES) ? DENIED : CONFIRMED;
	*ret = marks & PUNCH_VOIDS    ? CONSEQUENCE_NOT_COUNTED
	       : marks & PUNCH_DENIES ? CONSEQUENCE_RECEIPT
				      : CONSEQUENCE_COUNTS;
	return (marks & PUNCH_DECIDES) != 0;
}

struct place_judgement attendance_find_event_place(
	const struct day_view *view, const struct confirmation *c)
{
	struct place_judgement j = {.verdict = PLACE_NOT_ASKED};

	for (int i = 0; i < view->punches; i++) {
		const struct punch *p = &view->punch[i];

		if (p->punch_id != c->punch_id)
			continue;
		j = attendance_judge_place(
			view->book->tree, view->facts.unit, view->facts.day, view->ruling.place, p);
		if (attendance_find_marks(view->punch, view->punches, p) & PUNCH_CONFIRMS_PLACE)
			j.verdict = PLACE_WITHIN;
	}
	return j;
}

bool attendance_is_place_unsure(enum place_verdict verdict)
{
	return verdict == PLACE_OUTSIDE || verdict == PLACE_UNKNOWN;
}
