/*
 * What persons decided about a day, in words for its explanation: who, when, why. A reason that was
 * given for a correction is shown to who may read the day.
 */
#include "attendance/attendance_confirmation_int.h"
#include "attendance/attendance_correction.h"
#include "attendance/attendance_incident.h"
#include "attendance/attendance_paper.h"

const char *const day_decision_kind_names[] = {
	"correction", "paper", "incident", "confirmation", NULL};

struct collected {
	struct day_decision *item;
	int count;
};

static enum err add_decision(
	struct tx *tx, struct collected *c, struct day_decision decision, struct employee_id by)
{
	if (c->count == DAY_DECISIONS_MAX)
		return OK;
	c->item[c->count] = decision;
	return attendance_load_name(tx, by, &c->item[c->count++].by);
}

static enum err add_corrections(
	struct tx *tx, const struct attendance_day *row, struct collected *ret)
{
	struct correction *c = ARENA_ARRAY(tx->arena, DAY_DECISIONS_MAX, struct correction);
	int count;
	enum err e = attendance_list_day_corrections(
		tx, row->employee, row->day, c, DAY_DECISIONS_MAX, &count);

	for (int i = 0; i < count && !e; i++) {
		bool is_decided = c[i].state == CORRECTION_ACCEPTED ||
				  c[i].state == CORRECTION_REFUSED;

		if (is_decided)
			e = add_decision(tx, ret,
				(struct day_decision){DECIDED_CORRECTION, c[i].id, c[i].decided_at,
					c[i].state == CORRECTION_ACCEPTED, NULL, c[i].reason,
					c[i].decision},
				c[i].decided_by);
	}
	return e;
}

static enum err add_papers(struct tx *tx, const struct attendance_day *row, struct collected *ret)
{
	struct paper *p = ARENA_ARRAY(tx->arena, DAY_DECISIONS_MAX, struct paper);
	int count;
	enum err e = attendance_list_day_papers(
		tx, row->employee, row->day, p, DAY_DECISIONS_MAX, &count);

	for (int i = 0; i < count && !e; i++)
		if (p[i].state == PAPER_CONFIRMED || p[i].state == PAPER_REFUSED)
			e = add_decision(tx, ret,
				(struct day_decision){DECIDED_PAPER, p[i].id, p[i].decided_at,
					p[i].state == PAPER_CONFIRMED, NULL, p[i].late_reason,
					p[i].decision},
				p[i].decided_by);
	return e;
}

/* Those that took something away from this very row. */
static enum err add_incidents(struct tx *tx, const struct attendance_day *row,
	const struct org_tree *tree, enum zone zone, struct collected *ret)
{
	const struct incident_list *list;
	enum err e = attendance_load_incidents(tx, &list);

	for (int i = 0; !e && row->basis & BASIS_RELIEVED && i < list->spans; i++) {
		int32_t from = instant_day(list->span[i].begins_at, zone) - 1;
		struct incident found;

		if (!org_is_below(tree, row->unit, list->span[i].unit) || row->day < from ||
			row->day > instant_day(list->span[i].ends_at, zone))
			continue;
		if ((e = attendance_load_incident(tx, list->span[i].incident_id, &found)))
			return e;
		e = add_decision(tx, ret,
			(struct day_decision){DECIDED_INCIDENT, found.id, found.decided_at, true,
				NULL, found.number, found.reason},
			found.decided_by);
	}
	return e;
}

/* Denials alone: that a superior agreed changes nothing about the day. */
static enum err add_confirmations(
	struct tx *tx, const struct attendance_day *row, struct collected *ret)
{
	struct confirmation *c = ARENA_ARRAY(tx->arena, DAY_DECISIONS_MAX, struct confirmation);
	int count;
	enum err e = attendance_list_day_confirmations(
		tx, row->employee, row->day, c, DAY_DECISIONS_MAX, &count);

	for (int i = 0; i < count && !e; i++)
		if (c[i].state == DENIED)
			e = add_decision(tx, ret,
				(struct day_decision){DECIDED_CONFIRMATION, c[i].id,
					c[i].decided_at, false, NULL, c[i].explanation,
					c[i].decision},
				c[i].decided_by);
	return e;
}

enum err attendance_list_decisions(struct tx *tx, const struct attendance_day *row,
	const struct org_tree *tree, enum zone zone, struct day_decision *ret, int *ret_count)
{
	struct collected c = {ret, 0};
	enum err e;

	if ((e = add_corrections(tx, row, &c)) || (e = add_papers(tx, row, &c)) ||
		(e = add_confirmations(tx, row, &c)) ||
		(e = add_incidents(tx, row, tree, zone, &c)))
		return e;
	*ret_count = c.count;
	return OK;
}
