/*
 * The roster of December: phase II of the trial asks each agency for the names before the month
 * begins, so the offices a visitor looks at have theirs for the first two weeks: drafted by the
 * personnel officer with the engine, set by the head, acknowledged by BKD. At most half of each
 * agency is home on a day, and nobody more than two days a week (PermenPANRB 4/2025 art. 13).
 */
#include "demo.h"

#include "platform/slice.h"
#include "roster/roster_procedure.h"
#include "roster/roster_sheet.h"

#define PERIOD_DAYS        14
#define DAYS_BEFORE        3 /* before the demo begins, or the last working day of November */
#define DRAFT_MINUTE       (9 * 60 + 40)
#define SET_MINUTE         (13 * 60 + 25)
#define ACKNOWLEDGE_MINUTE (15 * 60 + 10)

static int32_t period_from(void)
{
	return day_from_civil(2025, 12, 1); /* a Monday */
}

int32_t demo_roster_day(int32_t first, int32_t today)
{
	int32_t latest = period_from() - DAYS_BEFORE, issued = day_from_civil(2025, 10, 22);
	int32_t day = today - DAYS_BEFORE < latest ? today - DAYS_BEFORE : latest;
	while (day_weekday(day) >= SATURDAY)
		day--;
	return day >= first && day > issued ? day : DAY_NONE;
}

/* The best roster of the agency's first two weeks; without a helper, so that it is always the same.
 */
static enum err plan_agency(struct tx *tx, const struct org_unit *node, struct roster_sheet *ret)
{
	const struct roster_settings none = roster_read_settings(tx->arena, "");
	const int32_t from = period_from();
	const struct roster_version period = {
		.period_from = from, .period_to = from + PERIOD_DAYS - 1};
	enum err e = roster_load_sheet(tx, &period, node, from, &none, ret);
	if (!e && roster_solve_sheet(ret, false, "", tx->arena, NULL) == SIDES_LIMIT)
		e = E_REFUSED;
	return e;
}

static enum err add_draft(
	struct tx *tx, const struct roster_sheet *s, struct employee_id by, int64_t *ret_version)
{
	struct roster_line *line = ARENA_ARRAY(
		tx->arena, (size_t)s->people + 1, struct roster_line);
	for (int32_t p = 0; p < s->people; p++)
		line[p] = (struct roster_line){s->person[p].employee, s->person[p].days,
			s->person[p].locked, s->person[p].share};
	enum err e = roster_add_version(tx, s->node->id, s->from, s->to, ROSTER_GENERATED,
		s->instrument, "Dua minggu pertama tahap II", by, line, s->people, ret_version);
	return e ? e : roster_add_step(tx, *ret_version, ROSTER_MADE, by, NULL);
}

/* The head sets it, BKD acknowledges it the same afternoon. */
static enum err decide(struct tx *tx, struct demo_world *w, int32_t day, int64_t version,
	struct employee_id head, struct employee_id board)
{
	enum err e;
	demo_clock(w, instant_of(day, SET_MINUTE, w->zone));
	if ((e = roster_add_step(tx, version, ROSTER_IS_SET, head, NULL)))
		return e;
	demo_clock(w, instant_of(day, ACKNOWLEDGE_MINUTE, w->zone));
	if ((e = roster_add_step(tx, version, ROSTER_RECEIVED, board, NULL)))
		return e;
	return roster_publish(tx, version, board);
}

static enum err publish_agency(struct tx *tx, struct demo_world *w, const struct policy_book *book,
	int agency, int32_t day)
{
	const struct demo_plan *plan = w->plan;
	struct roster_sheet sheet;
	int officer = demo_find_officer(plan, agency), head = plan->unit[agency].head;
	int board = demo_find_officer(plan, demo_find_unit(plan, "BKD"));
	int64_t version;
	enum err e;
	demo_clock(w, instant_of(day, DRAFT_MINUTE, w->zone));
	if ((e = plan_agency(tx, org_find_unit(book->tree, plan->unit[agency].id), &sheet)) ||
		(e = add_draft(tx, &sheet, plan->person[officer == NOBODY ? head : officer].id,
			 &version)))
		return e;
	return decide(tx, w, day, version, plan->person[head].id,
		plan->person[board == NOBODY ? head : board].id);
}

/* Somebody in an office that is under this agency is played by a visitor. */
static bool is_looked_at(const struct demo_plan *plan, int agency)
{
	for (int i = 0; i < plan->persons; i++)
		if (plan->person[i].is_played && plan->unit[agency].character == CHARACTER_OFFICE &&
			demo_agency_of(plan, plan->person[i].unit) == agency)
			return true;
	return false;
}

/* The province reports and BKD adjusts (acknowledge); the city asks for approval. */
static enum err add_procedure(struct tx *tx, struct demo_world *w, bool is_province, int32_t day)
{
	const struct roster_procedure p = {
		.receipt = is_province ? RECEIPT_ACKNOWLEDGE : RECEIPT_APPROVE,
		.review_days = 2,
		.due_days = 3,
		.swap_approved = true,
		.wishes = 4,
		.columns = ROSTER_COLUMNS,
		.legal_basis = is_province ? "SE 150/KPG.03/BKD" : "Contoh",
		.verified_by = "",
		.valid_from = day,
		.valid_to = DAY_FOREVER};
	int64_t id;
	demo_clock(w, instant_of(day, DRAFT_MINUTE - 60, w->zone));
	return roster_add_procedure(tx, &p, (struct employee_id){0}, &id);
}

enum err demo_publish_rosters(struct tx *tx, struct demo_world *w, int32_t day)
{
	const struct policy_book *book;
	bool is_province = demo_find_unit(w->plan, "BKD") >= 0;
	enum err e = policy_load_book(tx, &book);
	if (e || (e = add_procedure(tx, w, is_province, day)))
		return e;
	if (!is_province) /* the trial is of the province */
		return e;
	for (int i = 0; i < w->plan->units && !e; i++)
		if (w->plan->unit[i].parent < 0 && is_looked_at(w->plan, i))
			e = publish_agency(tx, w, book, i, day);
	return e;
}
