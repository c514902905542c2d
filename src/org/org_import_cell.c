/*
 * Cells of an import as values: days, minutes, numbers, yes and no, names of a list, people, units.
 *
 * People fill these files in spreadsheets, so what a spreadsheet does to a value is named: a NIP
 * turned into 1.98E+17 has lost its digits for good and is refused with that reason. Times are
 * accepted as 07:30, 7.30 and with seconds, as Indonesian spreadsheets print them.
 */
#include "org/org_import_int.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NO_SINGLE (-1)

static bool fault(struct import *im, const struct import_line *line, int column, const char *reason)
{
	org_import_fault(im, line, column, reason);
	return false;
}

static enum date_order date_order(const struct import *im)
{
	return im->own->mapping ? im->own->mapping->dates : DATES_DMY;
}

bool org_import_day(struct import *im, const struct import_line *line, int column,
	int32_t otherwise, int32_t *ret_day)
{
	const char *cell = line->cell[column];

	*ret_day = otherwise;
	if (!*cell || org_import_parse_day(cell, date_order(im), ret_day))
		return true;
	return fault(im, line, column, "not_a_date");
}

bool org_import_read_day(const struct import *im, const char *text, int32_t *ret_day)
{
	return org_import_parse_day(text, date_order(im), ret_day);
}

bool org_import_minute(
	struct import *im, const struct import_line *line, int column, int *ret_minute)
{
	const char *cell = line->cell[column];
	const char *mark = strpbrk(cell, ":.");
	char text[6] = "";

	/* Seconds are cut off: the minute had begun. */
	if (mark && (mark - cell == 1 || mark - cell == 2) &&
		(strlen(mark) == 3 || (strlen(mark) == 6 && mark[3] == *mark))) {
		snprintf(text, sizeof(text), "%s%.*s:%.2s", mark - cell == 1 ? "0" : "",
			(int)(mark - cell), cell, mark + 1);
		if (minute_parse(text, ret_minute) && *ret_minute <= 1440)
			return true;
	}
	return fault(im, line, column, "not_a_time");
}

bool org_import_int(struct import *im, const struct import_line *line, int column, int64_t min,
	int64_t max, int64_t otherwise, int64_t *ret_value)
{
	*ret_value = otherwise;
	if (!*line->cell[column] || str_to_int(line->cell[column], min, max, ret_value))
		return true;
	return fault(im, line, column, "not_a_number");
}

bool org_import_bool(struct import *im, const struct import_line *line, int column, bool otherwise,
	bool *ret_value)
{
	static const char *const words[] = {
		"tidak", "ya", "no", "yes", "0", "1", "false", "true", "salah", "benar", NULL};
	int word;

	*ret_value = otherwise;
	if (!*line->cell[column])
		return true;
	if (!org_import_enum(im, line, column, words, &word))
		return false;
	*ret_value = word % 2;
	return true;
}

bool org_import_enum(struct import *im, const struct import_line *line, int column,
	const char *const *names, int *ret_value)
{
	for (int i = 0; names[i]; i++) {
		if (strcasecmp(names[i], line->cell[column]) == 0) {
			*ret_value = i;
			return true;
		}
	}
	return fault(im, line, column, "not_one_of");
}

static bool is_nip(const char *cell)
{
	return strlen(cell) == 18 && cell[strspn(cell, "0123456789")] == '\0';
}

bool org_import_employee(struct import *im, const struct import_line *line, int column, int32_t day,
	const struct import_person **ret_person)
{
	const char *cell = line->cell[column];
	int index = org_map_find(&im->own->nips, cell);

	if (index < 0 && csv_is_scientific(cell))
		return fault(im, line, column, "nip_scientific");
	if (index < 0)
		return fault(im, line, column, is_nip(cell) ? "unknown_nip" : "nip_malformed");
	*ret_person = &im->own->person[index];
	if ((*ret_person)->valid_from > day || (*ret_person)->valid_to < day)
		return fault(im, line, column, "not_in_service");
	return true;
}

/* Names of units in force, folded; a name that several have is known as NO_SINGLE. */
static void index_unit_names(struct import *im)
{
	struct import_private *own = im->own;

	org_map_init(&own->unit_names, im->tx->arena, im->tree->units);
	own->unit_named = ARENA_ARRAY(im->tx->arena, (size_t)im->tree->units, int);
	for (int i = 0; i < im->tree->units; i++) {
		const struct org_unit *unit = &im->tree->unit[i];
		const char *key = str_fold(im->tx->arena, unit->name);

		if (unit->valid_from > im->effective || unit->valid_to < im->effective)
			continue;
		own->unit_named[i] = i;
		if (!org_map_add(&own->unit_names, key, i))
			own->unit_named[org_map_find(&own->unit_names, key)] = NO_SINGLE;
	}
	own->has_unit_names = true;
}

/* Sheets of offices name units in words. */
static bool find_unit_named(struct import *im, const struct import_line *line, int column,
	const struct org_unit **ret_unit)
{
	if (!im->own->has_unit_names)
		index_unit_names(im);
	int index = org_map_find(
		&im->own->unit_names, str_fold(&im->own->scratch, line->cell[column]));
	if (index < 0)
		return fault(im, line, column, "unknown_unit");
	if (im->own->unit_named[index] == NO_SINGLE)
		return fault(im, line, column, "ambiguous_unit");
	*ret_unit = &im->tree->unit[index];
	return true;
}

bool org_import_unit(struct import *im, const struct import_line *line, int column,
	const struct org_unit **ret_unit)
{
	*ret_unit = org_find_unit_by_code(im->tree, line->cell[column], im->effective);
	return *ret_unit || find_unit_named(im, line, column, ret_unit);
}

int org_import_first(const void *rows, int count, size_t size, struct employee_id employee)
{
	int low = 0;
	int high = count;

	while (low < high) {
		int middle = low + (high - low) / 2;
		const struct employee_id *id = (const void *)((const char *)rows +
							      (size_t)middle * size);

		if (id->v < employee.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
