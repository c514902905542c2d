/*
 * When an outage is believed. Product principle 4: the server's outage never makes anyone late; and
 * principle 2: a person grants the relief ("dispensasi gangguan", never an amnesty), and not the
 * one who declared it. What the program itself saw is a proposal.
 */
#include "attendance/attendance_incident.h"

#define LONGEST_MS (7 * MS_PER_DAY)
#define GAP_MS     (3 * MS_PER_MINUTE) /* three ticks missed */
#define BUSY_MS    (3 * MS_PER_MINUTE)
#define SLEPT_MS   (31 * MS_PER_DAY) /* nobody uses a program that was away for so long */

const char *const incident_state_names[] = {"proposed", "accepted", "refused", "withdrawn", NULL};
const char *const incident_cause_names[] = {"server", "network", "power", "app", "unknown", NULL};

static struct incident_fault fault(const char *pointer, const char *reason)
{
	return (struct incident_fault){E_BAD_FIELD, pointer, reason};
}

struct incident_fault attendance_check_incident(int64_t begins_at, int64_t ends_at, int64_t now_ms)
{
	if (begins_at > now_ms)
		return fault("/begins_at", "lies ahead");
	if (ends_at > now_ms)
		return fault("/ends_at", "lies ahead: declare it when it is over");
	if (ends_at <= begins_at)
		return fault("/ends_at", "not after begins_at");
	if (ends_at - begins_at > LONGEST_MS)
		return fault("/ends_at", "more than a week after begins_at");
	return (struct incident_fault){OK, NULL, NULL};
}

enum err attendance_decide_incident(const struct incident *i, struct employee_id actor,
	enum incident_state wanted, int32_t version_seen)
{
	enum incident_state from = wanted == INCIDENT_WITHDRAWN ? INCIDENT_ACCEPTED
								: INCIDENT_PROPOSED;

	if (i->version != version_seen)
		return E_STALE;
	if (i->state != from)
		return E_CONFLICT;
	if (wanted == INCIDENT_ACCEPTED && i->declared_by.v == actor.v)
		return E_SELF;
	return OK;
}

static enum beat_finding judge_busy(const struct beat *last, int64_t more, struct beat *next,
	int64_t *ret_from, int64_t *ret_to)
{
	if (more > 0) {
		next->busy_from = last->busy_from ? last->busy_from : last->beat_at;
		return BEAT_CALM;
	}
	next->busy_from = 0;
	if (!last->busy_from || last->beat_at - last->busy_from < BUSY_MS)
		return BEAT_CALM;
	*ret_from = last->busy_from;
	*ret_to = last->beat_at;
	return BEAT_BUSY;
}

enum beat_finding attendance_judge_beat(const struct beat *last, int64_t now_ms, int64_t shed,
	struct beat *ret_next, int64_t *ret_from, int64_t *ret_to)
{
	int64_t away = now_ms - last->beat_at;

	*ret_next = (struct beat){now_ms, shed, 0};
	if (away < 0 || away > SLEPT_MS) /* another clock, or first use after a long rest */
		return BEAT_CALM;
	if (away >= GAP_MS) {
		*ret_from = last->beat_at;
		*ret_to = now_ms;
		return BEAT_GAP;
	}
	return judge_busy(
		last, shed < last->shed ? shed : shed - last->shed, ret_next, ret_from, ret_to);
}
