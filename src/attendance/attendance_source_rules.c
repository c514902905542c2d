/*
 * The source of a day, from the dated rows of its agency: pure.
 *
 * No law says which attendance app an agency uses; the letter of the personnel board does. Two
 * things follow from principle 2 of product.md (record first, judge later): punches of the system
 * that does not judge are kept all the same, and a day before an agency uses Luwes is never
 * anybody's absence.
 */
#include "attendance/attendance_source.h"

const char *const attendance_source_names[] = {"luwes", "external", "both", "none", NULL};
const char *const external_system_names[] = {
	"none", "kmob", "epresensi", "fingerprint", "simpegnas", "other", NULL};

static bool ever_held(const struct source_row *row)
{
	return row->valid_to >= row->valid_from;
}

const struct source_row *attendance_find_source(const struct source_book *book,
	struct unit_id agency, int32_t day, enum attendance_source *ret_source)
{
	bool is_known = false;

	for (int i = 0; agency.v && i < book->rows; i++) {
		const struct source_row *row = &book->row[i];

		if (row->agency.v != agency.v || !ever_held(row))
			continue;
		is_known = true;
		if (row->valid_from <= day && row->valid_to >= day) {
			*ret_source = row->source;
			return row;
		}
	}
	*ret_source = is_known ? BY_NOTHING : BY_LUWES;
	return NULL;
}

struct unit_id attendance_agency_of(const struct org_tree *tree, struct unit_id unit)
{
	const struct org_unit *u = unit.v ? org_find_unit(tree, unit) : NULL;

	return u ? u->agency : (struct unit_id){0};
}

enum day_judge attendance_judge_of(enum attendance_source source)
{
	static const enum day_judge judge[] = {[BY_LUWES] = JUDGE_LUWES,
		[BY_EXTERNAL] = JUDGE_EXTERNAL,
		[BY_BOTH] = JUDGE_LUWES,
		[BY_NOTHING] = JUDGE_NOBODY};

	return judge[source];
}

static bool has_later_row(const struct source_book *book, const struct source_row *next)
{
	for (int i = 0; i < book->rows; i++)
		if (book->row[i].agency.v == next->agency.v && ever_held(&book->row[i]) &&
			book->row[i].valid_from > next->valid_from)
			return true;
	return false;
}

static bool is_same(const struct source_row *row, const struct source_row *next)
{
	return row->source == next->source && row->system == next->system &&
	       row->tolerance_minutes == next->tolerance_minutes;
}

enum source_fault attendance_check_source(
	const struct source_book *book, const struct source_row *next, int32_t today)
{
	bool names_system = next->source == BY_EXTERNAL || next->source == BY_BOTH;
	enum attendance_source before;
	const struct source_row *row = attendance_find_source(
		book, next->agency, next->valid_from, &before);

	if (names_system && next->system == SYSTEM_NONE)
		return SOURCE_SYSTEM_MISSING;
	if (!names_system && next->system != SYSTEM_NONE)
		return SOURCE_SYSTEM_UNASKED;
	if (next->valid_from < today - SOURCE_REACH_DAYS)
		return SOURCE_TOO_FAR_BACK;
	if (next->valid_from > today + SOURCE_AHEAD_DAYS)
		return SOURCE_TOO_FAR_AHEAD;
	if (has_later_row(book, next))
		return SOURCE_LATER_ROW;
	if (row ? is_same(row, next) : before == BY_LUWES && next->source == BY_LUWES)
		return SOURCE_UNCHANGED;
	return SOURCE_OK;
}
