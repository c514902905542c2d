/*
 * Today's sheet: what the writer remembers of the people whose day of today it has folded, so that
 * a punch at 07.30 reads nothing again: facts, ruling and window, the punches so far, the stored
 * row.
 *
 * It holds only what the store holds. It is lost when a transaction that wrote is taken back, when
 * another process wrote, when the generation moves (db_cache.c), and on CHANGE_RANGE; one person is
 * forgotten on any CHANGE_DAY that is not a punch, the people of a unit on CHANGE_UNIT. Every
 * change of a fact of a day already begun is announced as one of these, or the projection would not
 * follow it either. Today only: of a day to come nothing is announced. Opening the day fills it;
 * what was lost is filled again person by person, and by the next tick as a whole.
 */
#include "attendance/attendance_int.h"

#include "platform/platform_db.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_PLACES 4096
#define SHEET_BYTES_MAX                                                                            \
	((size_t)56 * 1024 * 1024) /* below the cap of a cache; then it starts anew */
#define RULINGS_MAX   256 /* different ones that are looked for before another copy is made */
#define CHUNK_PUNCHES 2   /* an ordinary day: in and out */

struct punch_chunk {
	struct punch punch[CHUNK_PUNCHES];
	struct punch_chunk *older; /* full */
};

/* The facts are in the ruling and the row; of themselves a fold asks only person, day and unit. */
struct held_day {
	struct employee_id employee;
	struct unit_id unit;
	const struct day_ruling *ruling; /* shared */
	enum zone zone;
	bool is_forgotten;
	int64_t from, to;
	struct attendance_day row; /* as stored */
	int punches;
	struct punch_chunk *newest;
};

/* Open addressing by employee, at most half full. */
struct sheet {
	int32_t day;
	bool is_full; /* everybody in service was on it once */
	uint32_t places, used;
	struct held_day **place;
	int rulings;
	const struct day_ruling *ruling[RULINGS_MAX];
};

static struct sheet *find_sheet(struct tx *tx)
{
	int64_t generation;

	if (platform_load_generation(tx, &generation))
		return NULL;
	return db_cache_get(tx->db, DB_CACHE_SHEET, tx->government, generation);
}

static struct sheet *make_sheet(struct tx *tx, int32_t day)
{
	struct arena *arena = db_cache_arena(tx->db, DB_CACHE_SHEET, tx->government);
	struct sheet *sheet = ARENA_NEW(arena, struct sheet);
	int64_t generation;

	if (platform_load_generation(tx, &generation))
		return NULL;
	sheet->day = day;
	sheet->places = FIRST_PLACES;
	sheet->place = ARENA_ARRAY(arena, FIRST_PLACES, struct held_day *);
	db_cache_put(tx->db, DB_CACHE_SHEET, tx->government, generation, sheet);
	return sheet;
}

static struct arena *sheet_arena(struct tx *tx)
{
	return db_cache_grow(tx->db, DB_CACHE_SHEET, tx->government);
}

/* The person's place, or the empty one where he belongs. */
static struct held_day **find_place(const struct sheet *sheet, struct employee_id employee)
{
	uint32_t mask = sheet->places - 1;
	uint32_t at = (uint32_t)(((uint64_t)employee.v * UINT64_C(0x9e3779b97f4a7c15)) >> 32);

	while (sheet->place[at & mask] && sheet->place[at & mask]->employee.v != employee.v)
		at++;
	return &sheet->place[at & mask];
}

static void make_room(struct tx *tx, struct sheet *sheet)
{
	struct sheet larger = *sheet;

	if (sheet->used * 2 < sheet->places)
		return;
	larger.places *= 2;
	larger.place = ARENA_ARRAY(sheet_arena(tx), larger.places, struct held_day *);
	for (uint32_t i = 0; i < sheet->places; i++)
		if (sheet->place[i])
			*find_place(&larger, sheet->place[i]->employee) = sheet->place[i];
	*sheet = larger;
}

static struct held_day *find_held(
	const struct sheet *sheet, struct employee_id employee, int32_t day)
{
	struct held_day *held;

	if (!sheet || sheet->day != day)
		return NULL;
	held = *find_place(sheet, employee);
	return held && !held->is_forgotten ? held : NULL;
}

/* The person's place in today's sheet, empty or not; NULL when `day` is not today. */
static struct held_day *take_place(struct tx *tx, const struct day_view *view)
{
	struct sheet *sheet = find_sheet(tx);
	struct held_day **place;

	if (view->facts.day != instant_day(tx->now_ms, view->book->tree->zone))
		return NULL;
	if (!sheet || sheet->day != view->facts.day ||
		sheet_arena(tx)->used_bytes > SHEET_BYTES_MAX)
		sheet = make_sheet(tx, view->facts.day);
	if (!sheet)
		return NULL;
	make_room(tx, sheet);
	place = find_place(sheet, view->facts.employee);
	if (!*place) {
		*place = ARENA_NEW(sheet_arena(tx), struct held_day);
		sheet->used++;
	}
	return *place;
}

/* ---- punches ---- */

static struct punch keep_punch(struct tx *tx, const struct punch *punch)
{
	struct punch kept = *punch;

	kept.note = *punch->note ? arena_strdup(sheet_arena(tx), punch->note) : "";
	return kept;
}

static void add_punch(struct tx *tx, struct held_day *held, const struct punch *punch)
{
	int at = held->punches % CHUNK_PUNCHES;

	if (at == 0) {
		struct punch_chunk *chunk = ARENA_NEW(sheet_arena(tx), struct punch_chunk);

		chunk->older = held->newest;
		held->newest = chunk;
	}
	held->newest->punch[at] = keep_punch(tx, punch);
	held->punches++;
}

/* In the order of attendance_list_punches. */
static void copy_punches(const struct held_day *held, struct punch *ret)
{
	int left = held->punches;

	for (const struct punch_chunk *chunk = held->newest; chunk; chunk = chunk->older) {
		int first = (left - 1) / CHUNK_PUNCHES * CHUNK_PUNCHES;

		memcpy(ret + first, chunk->punch, (size_t)(left - first) * sizeof(*ret));
		left = first;
	}
	qsort(ret, (size_t)held->punches, sizeof(*ret), attendance_compare_punches);
}

void attendance_hold_punch(struct tx *tx, struct employee_id employee, const struct punch *punch)
{
	struct sheet *sheet = find_sheet(tx);
	struct held_day *held = sheet ? find_held(sheet, employee, sheet->day) : NULL;

	if (!held ||
		punch->punch_day < attendance_first_civil_day(held->from, held->zone, sheet->day) ||
		punch->punch_day > sheet->day + 1)
		return;
	if (sheet_arena(tx)->used_bytes > SHEET_BYTES_MAX)
		attendance_forget_sheet(tx);
	else if (held->punches >= DAY_PUNCHES_MAX)
		held->is_forgotten = true;
	else
		add_punch(tx, held, punch);
}

/* ---- days ---- */

/* Thousands are ruled alike: one copy serves them all. */
static const struct day_ruling *share_ruling(struct tx *tx, const struct day_ruling *ruling)
{
	struct sheet *sheet = find_sheet(tx);
	struct day_ruling *copy;

	for (int i = 0; i < sheet->rulings; i++)
		if (memcmp(sheet->ruling[i], ruling, sizeof(*ruling)) == 0)
			return sheet->ruling[i];
	copy = ARENA_NEW(sheet_arena(tx), struct day_ruling);
	memcpy(copy, ruling, sizeof(*ruling));
	if (sheet->rulings < RULINGS_MAX)
		sheet->ruling[sheet->rulings++] = copy;
	return copy;
}

void attendance_hold_day(struct tx *tx, const struct day_view *view)
{
	struct held_day *held = take_place(tx, view);

	if (!held)
		return;
	held->employee = view->facts.employee;
	held->unit = view->facts.unit;
	held->ruling = share_ruling(tx, &view->ruling);
	held->zone = view->zone;
	held->from = view->from;
	held->to = view->to;
	held->punches = 0;
	held->newest = NULL;
	for (int i = 0; i < view->punches; i++)
		add_punch(tx, held, &view->punch[i]);
	held->row = view->row;
	held->is_forgotten = false;
}

void attendance_hold_row(struct tx *tx, const struct attendance_day *row)
{
	struct held_day *held = find_held(find_sheet(tx), row->employee, row->day);

	if (held)
		held->row = *row;
}

bool attendance_recall_day(struct tx *tx, struct employee_id employee, int32_t day,
	struct day_view *view, struct attendance_day *ret_stored)
{
	const struct held_day *held = find_held(find_sheet(tx), employee, day);

	if (!held)
		return false;
	view->facts = (struct person_day){
		.employee = held->employee, .day = day, .unit = held->unit};
	view->ruling = *held->ruling;
	view->zone = held->zone;
	view->from = held->from;
	view->to = held->to;
	view->punches = held->punches;
	copy_punches(held, view->punch);
	*ret_stored = held->row;
	return true;
}

bool attendance_is_held(struct tx *tx, struct employee_id employee, int32_t day)
{
	return find_held(find_sheet(tx), employee, day) != NULL;
}

void attendance_forget_day(struct tx *tx, struct employee_id employee)
{
	struct sheet *sheet = find_sheet(tx);
	struct held_day *held = sheet ? *find_place(sheet, employee) : NULL;

	if (held)
		held->is_forgotten = true;
}

void attendance_forget_unit(struct tx *tx, const struct org_tree *tree, struct unit_id unit)
{
	struct sheet *sheet = find_sheet(tx);

	for (uint32_t i = 0; sheet && i < sheet->places; i++)
		if (sheet->place[i] && org_is_below(tree, sheet->place[i]->unit, unit))
			sheet->place[i]->is_forgotten = true;
}

void attendance_fill_sheet(struct tx *tx, int32_t day)
{
	struct sheet *sheet = find_sheet(tx);

	if (!sheet || sheet->day != day)
		sheet = make_sheet(tx, day);
	if (sheet)
		sheet->is_full = true;
}

bool attendance_is_sheet_wanting(struct tx *tx, int32_t day)
{
	const struct sheet *sheet = find_sheet(tx);

	return db_engine_of(tx->db) == DB_SQLITE && !(sheet && sheet->day == day && sheet->is_full);
}

void attendance_forget_sheet(struct tx *tx)
{
	db_cache_drop(tx->db, DB_CACHE_SHEET, tx->government);
}
