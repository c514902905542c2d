/*
 * People on the move: a transfer that begins in the middle of the month, a decree that came late
 * over days that somebody decided about, a head who left without anybody in his place, and one who
 * left with a plt.
 *
 * Everything happens in one agency, so that its officer, its head and the board can each be
 * visited; visitors themselves are left where they are. Decrees go the way the person page takes.
 */
#include "demo.h"

#include "org/org_rows.h"
#include "org/org_transfer.h"
#include "platform/slice.h"
#include "verbs.h"

#define ROWS_MAX 20
#define LATE_TMT 8 /* days before today */

struct moves {
	struct tx *tx;
	const struct demo_plan *plan;
	int agency, board;
};

/* ---- who ---- */

static bool is_in(const struct moves *m, int unit)
{
	return demo_agency_of(m->plan, unit) == m->agency;
}

/* Somebody of the agency nobody signs in as, who works office hours; the next after `after`. */
static int find_staff(const struct moves *m, int after)
{
	for (int i = after + 1; i < m->plan->persons; i++) {
		const struct demo_person *p = &m->plan->person[i];

		if (is_in(m, p->unit) && !p->is_played && p->hours == HOURS_OFFICE &&
			p->supervisor != NOBODY && p->level >= FUNGSIONAL &&
			demo_is_present(m->plan, i))
			return i;
	}
	return NOBODY;
}

/* How many people have `head` as supervisor; 0 also when a visitor is among them. */
static int count_people(const struct moves *m, int head)
{
	int n = 0;

	for (int i = 0; i < m->plan->persons; i++) {
		if (m->plan->person[i].supervisor != head)
			continue;
		if (m->plan->person[i].is_played)
			return 0;
		n++;
	}
	return n;
}

/* A unit below the agency whose head can leave; the next after `after`. */
static int find_headed(const struct moves *m, int after)
{
	for (int u = after + 1; u < m->plan->units; u++) {
		int head = m->plan->unit[u].head;

		if (m->plan->unit[u].parent == m->agency && head != NOBODY &&
			!m->plan->person[head].is_played && count_people(m, head) > 0)
			return u;
	}
	return NOBODY;
}

/* A unit with a head, of the agency (or, `elsewhere`, an office of another one), that is not
 * `unit`. */
static int find_target(const struct moves *m, int unit, bool elsewhere)
{
	for (int u = 0; u < m->plan->units; u++)
		if (u != unit && m->plan->unit[u].head != NOBODY && is_in(m, u) != elsewhere &&
			m->plan->unit[u].hours == HOURS_OFFICE && m->plan->unit[u].parent >= 0)
			return u;
	return NOBODY;
}

/* ---- decrees ---- */

static enum err place(const struct moves *m, int person, int unit, struct demo_job job,
	const char *number, int32_t from)
{
	const struct demo_person *p = &m->plan->person[person];
	const struct org_decree decree = {.kind = CASE_PLACEMENT,
		.employee = p->id,
		.number = number,
		.from = from,
		.to = DAY_FOREVER,
		.unit = m->plan->unit[unit].id,
		.position = job.position,
		.level = job.level};
	const struct employee_id board = m->plan->person[m->board].id;
	struct org_placement_row row[ROWS_MAX];
	struct dated span[ROWS_MAX];
	int64_t case_id;
	int rows, days;
	enum err e = org_list_placement_rows(m->tx, p->id, row, ROWS_MAX, &rows);

	for (int i = 0; !e && i < rows; i++)
		span[i] = (struct dated){row[i].valid_from, row[i].valid_to};
	if (e || (e = org_open_case(m->tx, &decree, board, &case_id, &days)))
		return e;
	const struct timeline plan = org_plan_timeline(span, rows, from, DAY_FOREVER);

	return plan.is_taken ? OK : org_enter_placement(m->tx, &decree, row, &plan, board);
}

static struct demo_job job_of(const struct moves *m, int person)
{
	return (struct demo_job){m->plan->person[person].position, m->plan->person[person].level};
}

static enum err answer_to(
	const struct moves *m, int person, int superior, const char *number, int32_t from)
{
	const struct org_decree decree = {.kind = CASE_SUPERVISOR,
		.employee = m->plan->person[person].id,
		.number = number,
		.from = from,
		.to = DAY_FOREVER,
		.superior = m->plan->person[superior].id};
	struct org_relation_row row[ROWS_MAX];
	struct dated span[ROWS_MAX];
	int rows, kept = 0;
	enum err e = org_list_relation_rows(m->tx, decree.employee, row, ROWS_MAX, &rows);

	for (int i = 0; !e && i < rows; i++)
		if (row[i].kind == RELATION_SUPERVISOR) {
			row[kept] = row[i];
			span[kept++] = (struct dated){row[i].valid_from, row[i].valid_to};
		}
	const struct timeline plan = org_plan_timeline(span, kept, from, DAY_FOREVER);

	if (e || plan.is_taken)
		return e;
	return org_enter_relation(
		m->tx, &decree, RELATION_SUPERVISOR, row, &plan, m->plan->person[m->board].id);
}

/* The middle of the month: the 15th, or two days from now in another one. */
static int32_t mid_month(const struct demo_plan *plan)
{
	int year, month, day;

	day_to_civil(plan->today, &year, &month, &day);
	return day < 15 ? plan->today + 15 - day : plan->today + 2;
}

static enum err move_in_mid_month(const struct moves *m, int person)
{
	const int unit = find_target(m, m->plan->person[person].unit, true);
	const char *number = "821.2/Kep.498-BKD/2025";
	const int32_t from = mid_month(m->plan);
	enum err e = OK;

	if (unit == NOBODY)
		return OK;
	e = place(m, person, unit, job_of(m, person), number, from);
	return e ? e : answer_to(m, person, m->plan->unit[unit].head, number, from);
}

/* Somebody of whom at least two days since the TMT were decided. */
static enum err move_late(const struct moves *m, int after)
{
	const int32_t from = m->plan->today - LATE_TMT;

	for (int i = find_staff(m, after); i != NOBODY; i = find_staff(m, i)) {
		struct org_decided_day day[LATE_TMT];
		const int unit = find_target(m, m->plan->person[i].unit, false);
		int count;
		enum err e = org_list_decided_days(
			m->tx, m->plan->person[i].id, from, m->plan->today, day, LATE_TMT, &count);

		if (e)
			return e;
		if (count >= 2 && unit != NOBODY)
			return place(m, i, unit, job_of(m, i), "821.2/Kep.455-BKD/2025", from);
	}
	return OK;
}

/* ---- heads ---- */

static enum err end_office(const struct moves *m, int unit, int head)
{
	struct role_row role[ROLES_MAX];
	int count;
	enum err e = org_list_roles(m->tx, m->plan->person[head].id, m->plan->today, role, &count);

	for (int i = 0; !e && i < count; i++)
		if (role[i].role == ROLE_UNIT_HEAD && role[i].unit.v == m->plan->unit[unit].id.v)
			e = org_end_role(m->tx, role[i].role_id, m->plan->today - 1);
	return e;
}

/* The head of the unit is somewhere else from today on. */
static enum err leave_office(const struct moves *m, int unit, const char *number)
{
	const int head = m->plan->unit[unit].head, target = find_target(m, unit, true);
	enum err e = end_office(m, unit, head);

	if (e || target == NOBODY)
		return e;
	e = place(m, head, target, (struct demo_job){"Analis Kebijakan Ahli Madya", FUNGSIONAL},
		number, m->plan->today);
	return e ? e : answer_to(m, head, m->plan->unit[target].head, number, m->plan->today);
}

static int first_person_of(const struct moves *m, int head)
{
	for (int i = 0; i < m->plan->persons; i++)
		if (m->plan->person[i].supervisor == head && !m->plan->person[i].is_played)
			return i;
	return NOBODY;
}

static enum err leave_with_plt(const struct moves *m, int unit)
{
	const int plt = first_person_of(m, m->plan->unit[unit].head);
	int64_t role_id;
	enum err e = leave_office(m, unit, "821.3/Kep.471-BKD/2025");

	if (e || plt == NOBODY)
		return e;
	return org_add_role(m->tx, m->plan->person[plt].id,
		&(struct role_row){.role = ROLE_UNIT_HEAD,
			.unit = m->plan->unit[unit].id,
			.acting = ACTING_PLT,
			.letter = "821/PLT.34-BKD/2025",
			.valid_from = m->plan->today,
			.valid_to = m->plan->today + 90},
		m->plan->person[m->board].id, &role_id);
}

/* Large enough for all four: the communication agency, or in a small demo the first that is. */
static bool is_large_enough(const struct moves *m)
{
	const int vacant = find_headed(m, -1), staff = find_staff(m, -1);

	return vacant != NOBODY && find_headed(m, vacant) != NOBODY && staff != NOBODY &&
	       find_staff(m, staff) != NOBODY;
}

static bool choose_agency(struct moves *m)
{
	if (m->agency >= 0 && is_large_enough(m))
		return true;
	for (m->agency = 0; m->agency < m->plan->units; m->agency++)
		if (m->plan->unit[m->agency].parent < 0 &&
			m->plan->unit[m->agency].character == CHARACTER_OFFICE &&
			is_large_enough(m))
			return true;
	return false;
}

static enum err store_transfers(struct tx *tx, void *arg)
{
	const struct demo_plan *plan = ((struct demo_world *)arg)->plan;
	struct moves m = {tx, plan, demo_find_unit(plan, "DISKOMINFO"),
		plan->unit[demo_find_unit(plan, "BKD")].head};

	if (!choose_agency(&m))
		return OK;
	const int mover = find_staff(&m, -1), vacant = find_headed(&m, -1);
	const int held = find_headed(&m, vacant);
	enum err e = move_in_mid_month(&m, mover);

	if (!e)
		e = move_late(&m, mover);
	if (!e)
		e = leave_office(&m, vacant, "821.3/Kep.470-BKD/2025");
	return e ? e : leave_with_plt(&m, held);
}

enum err demo_store_transfers(struct demo_world *w)
{
	if (demo_find_unit(w->plan, "BKD") < 0)
		return OK;
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_transfers, w);
}
