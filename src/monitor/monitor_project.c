/*
 * Counters in the transaction of the facts, and counted again from the facts.
 *
 * The projections below say what moved (changes_count); here the sums of a batch become one upsert
 * per unit and day. A recount walks the rows of a day and adds the same contributions, so that
 * doctor can tell whether the two agree. A unit whose numbers are all zero and a unit without a row
 * say the same.
 */
#include "monitor/monitor_int.h"

#define PAGE_PEOPLE 500

static bool is_nothing(const int32_t *number)
{
	for (int c = 0; c < COUNTER_COUNT; c++)
		if (number[c])
			return false;
	return true;
}

static enum err write_move(struct tx *tx, const struct count_move *move)
{
	struct slot_row arrivals = {move->slot, move->delta[COUNT_PRESENT_OFFICE],
		move->delta[COUNT_PRESENT_HOME], move->delta[COUNT_LATE]};

	if (is_nothing(move->delta))
		return OK;
	return move->slot < 0 ? monitor_add_move(tx, move)
			      : monitor_add_arrivals(tx, move->day, &arrivals);
}

enum err monitor_project(struct tx *tx)
{
	int moves;
	const struct count_move *move = changes_counts(tx->changes, &moves);
	enum err e = OK;

	for (int i = 0; i < moves && !e; i++)
		e = write_move(tx, &move[i]);
	return e;
}

/* A day counted again: one set of counters per unit of the tree, the last one for the government.
 */
struct tally {
	const struct org_tree *tree;
	struct counters *of;
	struct slot_row slot[SLOTS_PER_DAY];
};

static void add_counters(struct tally *t, struct unit_id unit, const int32_t *number, int times)
{
	const struct org_unit *u = org_find_unit(t->tree, unit);

	for (int c = 0; c < COUNTER_COUNT; c++)
		t->of[t->tree->units].count[c] += number[c] * times;
	for (; u; u = org_find_unit(t->tree, u->parent))
		for (int c = 0; c < COUNTER_COUNT; c++)
			t->of[u - t->tree->unit].count[c] += number[c] * times;
}

static void add_row(struct tally *t, const struct attendance_day *row)
{
	int32_t number[COUNTER_COUNT];
	int slot = attendance_arrival_slot(t->tree, row);

	attendance_contribution(row, number);
	add_counters(t, row->unit, number, 1);
	if (slot < 0)
		return;
	t->slot[slot].present_office += number[COUNT_PRESENT_OFFICE];
	t->slot[slot].present_home += number[COUNT_PRESENT_HOME];
	t->slot[slot].late += number[COUNT_LATE];
}

static enum err add_rows(struct tx *tx, int32_t day, struct tally *t)
{
	struct attendance_day *row = ARENA_ARRAY(tx->arena, PAGE_PEOPLE, struct attendance_day);
	struct employee_id after = {0};
	int count;
	enum err e;

	do {
		e = attendance_list_day(tx, day, after, row, PAGE_PEOPLE, &count);
		for (int i = 0; i < count && !e; i++)
			add_row(t, &row[i]);
		if (count)
			after = row[count - 1].employee;
	} while (!e && count == PAGE_PEOPLE);
	return e;
}

static enum err add_reports(struct tx *tx, int32_t day, struct tally *t)
{
	struct report_count reports;
	struct db_rows rows;

	monitor_query_reports(tx, day, &rows);
	while (monitor_next_reports(&rows, &reports)) {
		int32_t number[COUNTER_COUNT] = {0};

		if (reports.state == REPORT_NONE || reports.state == REPORT_DRAFT)
			continue;
		number[COUNT_REPORT_FILED] = 1;
		number[COUNT_REPORT_VERIFIED] = reports.state == REPORT_VERIFIED;
		number[COUNT_REPORT_RETURNED] = reports.state == REPORT_RETURNED;
		add_counters(t, reports.unit, number, reports.count);
		add_counters(t, reports.unit,
			(const int32_t[COUNTER_COUNT]){[COUNT_REPORT_WAIT] = 1}, reports.waited);
	}
	return db_end(&rows);
}

static enum err count_day(struct tx *tx, int32_t day, struct tally **ret)
{
	struct tally *t = ARENA_NEW(tx->arena, struct tally);
	enum err e = org_load_tree(tx, &t->tree);

	if (e)
		return e;
	t->of = ARENA_ARRAY(tx->arena, (size_t)t->tree->units + 1, struct counters);
	for (int i = 0; i < SLOTS_PER_DAY; i++)
		t->slot[i].slot = i;
	e = add_rows(tx, day, t);
	*ret = t;
	return e ? e : add_reports(tx, day, t);
}

static struct unit_id unit_at(const struct tally *t, int i)
{
	return i < t->tree->units ? t->tree->unit[i].id : (struct unit_id){0};
}

static enum err write_tally(struct tx *tx, int32_t day, const struct tally *t)
{
	enum err e = OK;

	for (int i = 0; i <= t->tree->units && !e; i++) {
		struct count_move move = {.unit = unit_at(t, i), .day = day, .slot = -1};

		memcpy(move.delta, t->of[i].count, sizeof(move.delta));
		e = write_move(tx, &move);
	}
	for (int i = 0; i < SLOTS_PER_DAY && !e; i++)
		if (t->slot[i].present_office || t->slot[i].present_home || t->slot[i].late)
			e = monitor_add_arrivals(tx, day, &t->slot[i]);
	return e;
}

enum err monitor_recount(struct tx *tx, int32_t day)
{
	struct tally *t;
	enum err e = count_day(tx, day, &t);

	if (!e)
		e = monitor_end_counters(tx, day);
	if (!e)
		e = monitor_end_slots(tx, day);
	return e ? e : write_tally(tx, day, t);
}

/* Takes what is stored away from what was counted: what is left differs. */
static enum err subtract_stored(struct tx *tx, int32_t day, struct tally *t)
{
	int max = t->tree->units + 1, count;
	struct unit_counters *stored = ARENA_ARRAY(tx->arena, (size_t)max, struct unit_counters);
	enum err e = monitor_list_day(tx, day, stored, max, &count);

	for (int i = 0; i < count && !e; i++) {
		const struct org_unit *u = org_find_unit(t->tree, stored[i].unit);
		struct counters *own = &t->of[u ? u - t->tree->unit : t->tree->units];

		for (int c = 0; c < COUNTER_COUNT; c++)
			own->count[c] -= stored[i].counters.count[c];
	}
	return e;
}

static enum err subtract_slots(struct tx *tx, int32_t day, struct tally *t)
{
	struct slot_row *stored = ARENA_ARRAY(tx->arena, SLOTS_PER_DAY, struct slot_row);
	int count;
	enum err e = monitor_list_slots(tx, day, stored, &count);

	for (int i = 0; i < count && !e; i++) {
		struct slot_row *own = &t->slot[stored[i].slot];

		own->present_office -= stored[i].present_office;
		own->present_home -= stored[i].present_home;
		own->late -= stored[i].late;
	}
	return e;
}

enum err monitor_check(struct tx *tx, int32_t day, int *ret_wrong)
{
	struct tally *t;
	enum err e = count_day(tx, day, &t);

	if (!e)
		e = subtract_stored(tx, day, t);
	if (!e)
		e = subtract_slots(tx, day, t);
	if (e)
		return e;
	*ret_wrong = 0;
	for (int i = 0; i <= t->tree->units; i++)
		*ret_wrong += !is_nothing(t->of[i].count);
	for (int i = 0; i < SLOTS_PER_DAY; i++)
		*ret_wrong += t->slot[i].present_office || t->slot[i].present_home ||
			      t->slot[i].late;
	return OK;
}
