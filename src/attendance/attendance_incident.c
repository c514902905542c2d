/*
 * An incident in the log and in the days: granting it folds the people of its scope again, taking
 * it back does so too. And what the program saw of itself: the tick writes a sign of life, and
 * proposes what was missing or refused.
 */
#include "attendance/attendance_incident.h"

#include "platform/clock.h"
#include "platform/platform_db.h"

#define SLOT_MS         (5 * MS_PER_MINUTE)
#define REFUSED_SETTLES (15 * MS_PER_MINUTE) /* by then most phones have tried again */
#define REFUSED_PHONES  20                   /* fewer may be the phones' own trouble */
#define REFUSED_KEEP_MS MS_PER_DAY

struct incident_fact {
	int64_t incident, unit, by;
	int64_t begins_at, ends_at;
	int32_t cause, state;
	const char *number, *reason, *decision;
};
static const struct field fact_fields[] = {
	F_ID(struct incident_fact, incident, 0, "Incident."),
	F_ID(struct incident_fact, unit, OPTIONAL, "Scope."),
	F_INSTANT(struct incident_fact, begins_at, 0, "From."),
	F_INSTANT(struct incident_fact, ends_at, 0, "To."),
	F_ENUM(struct incident_fact, cause, incident_cause_names, 0, "Cause."),
	F_ENUM(struct incident_fact, state, incident_state_names, 0, "What became of it."),
	F_ID(struct incident_fact, by, OPTIONAL, "Who declared or decided; none: the program."),
	F_TEXT(struct incident_fact, number, 0, 100, 0, "Number of the Berita Acara."),
	F_TEXT(struct incident_fact, reason, 0, LONG_REASON, 0, "What happened."),
	F_TEXT(struct incident_fact, decision, 0, LONG_REASON, 0, "Why so decided."),
	F_END,
};
static const struct shape fact_shape = SHAPE("IncidentFact", struct incident_fact, fact_fields);

static void add_fact(struct tx *tx, const struct incident *i, struct employee_id by)
{
	const struct incident_fact fact = {i->id, i->unit.v, by.v, i->begins_at, i->ends_at,
		(int32_t)i->cause, (int32_t)i->state, i->number, i->reason, i->decision};

	attendance_add_leaf(tx, LEAF_INCIDENT, i->id, &fact_shape, &fact);
}

enum err attendance_declare_incident(struct tx *tx, struct incident *i)
{
	enum err e;

	i->id = id_next();
	i->declared_at = tx->now_ms;
	i->state = INCIDENT_PROPOSED;
	i->version = 1;
	i->number = i->decision = "";
	e = attendance_add_incident(tx, i);
	if (!e)
		add_fact(tx, i, i->declared_by);
	return e;
}

/* The days the interval touches; a night began the day before. */
static enum err mark_days(struct tx *tx, const struct incident *i)
{
	enum zone zone;
	int32_t from, to;
	enum err e = platform_load_zone(tx, &zone);

	if (e)
		return e;
	from = instant_day(i->begins_at, zone) - 1;
	to = instant_day(i->ends_at, zone);
	if (i->unit.v == 0) {
		changes_add(tx->changes, CHANGE_RANGE, from, to);
		return OK;
	}
	for (int32_t day = from; day <= to; day++)
		changes_add(tx->changes, CHANGE_UNIT, i->unit.v, day);
	return OK;
}

enum err attendance_settle_incident(struct tx *tx, struct incident *i, enum incident_state state,
	struct employee_id by, const char *reason)
{
	bool touches = state == INCIDENT_ACCEPTED || i->state == INCIDENT_ACCEPTED;
	enum err e;

	i->state = state;
	i->decided_by = by;
	i->decided_at = tx->now_ms;
	i->decision = reason;
	if ((e = attendance_set_incident(tx, i)))
		return e;
	add_fact(tx, i, by);
	if (!touches)
		return OK;
	e = platform_raise_generation(tx);
	return e ? e : mark_days(tx, i);
}

/* ---- what the program saw of itself ---- */

static enum err propose(struct tx *tx, int64_t from, int64_t to, const char *reason)
{
	struct incident i = {.begins_at = from,
		.ends_at = to,
		.cause = CAUSE_SERVER,
		.reason = reason,
		.file_sha256 = "",
		.file_name = "",
		.is_detected = true};

	return attendance_declare_incident(tx, &i);
}

static enum err look_at_refusals(struct tx *tx)
{
	int64_t slot;
	enum err e = attendance_load_refusal(
		tx, tx->now_ms - REFUSED_SETTLES - SLOT_MS, REFUSED_PHONES, &slot);

	if (e == E_NOT_FOUND)
		return attendance_end_refusals(tx, tx->now_ms - REFUSED_KEEP_MS);
	if (!e)
		e = propose(tx, slot, slot + SLOT_MS, "refused_uploads");
	return e ? e : attendance_end_refusals(tx, slot + SLOT_MS);
}

enum err attendance_beat(struct tx *tx, int64_t shed)
{
	struct beat last = {0}, next = {tx->now_ms, shed, 0};
	enum beat_finding finding = BEAT_CALM;
	int64_t from = 0, to = 0;
	enum err e = attendance_load_beat(tx, &last);

	if (!e)
		finding = attendance_judge_beat(&last, tx->now_ms, shed, &next, &from, &to);
	if (e && e != E_NOT_FOUND)
		return e;
	if ((e = attendance_set_beat(tx, &next)))
		return e;
	if (finding != BEAT_CALM)
		e = propose(tx, from, to, finding == BEAT_GAP ? "server_away" : "server_busy");
	return e ? e : look_at_refusals(tx);
}
