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

bool org_import_unit(struct import *im, const struct import_line *line, int column,
	const struct org_unit **ret_unit)
{
	*ret_unit = org_find_unit_by_code(im->tree, line->cell[column], im->effective);
	return *ret_unit ? true : fault(im, line, column, "unknown_unit");
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
