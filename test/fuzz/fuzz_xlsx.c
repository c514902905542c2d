/*
 * Fuzz target: any bytes as a workbook. Whatever the reader gives out must be text within bounds,
 * in rows that never go back, and a sheet read again must say the same. Seeds:
 * test/fuzz/corpus/xlsx.
 */
#include "base/str.h"
#include "platform/xlsx_read.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_row(const struct xlsx_row *row, int number_before)
{
	assert(row->number > number_before && row->cells >= 1 && row->cells <= XLSX_CELLS_MAX);
	for (int i = 0; i < row->cells; i++)
		assert(str_is_text(row->cell[i], strlen(row->cell[i])));
}

static int count_rows(struct xlsx *x, int sheet)
{
	struct xlsx_row row = {0};
	int number = 0, rows = 0;
	enum xlsx_fault fault = xlsx_select(x, sheet);

	while (!fault && !(fault = xlsx_next(x, &row))) {
		check_row(&row, number);
		number = row.number;
		rows++;
	}
	assert(fault < XLSX_FAULT_COUNT && xlsx_fault_names[fault]);
	return rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct xlsx *x;

	arena_init(&arena, 256u << 20);
	if (xlsx_open(&arena, (struct bytes){data, size}, &x) == XLSX_OK) {
		for (int i = 0; i < xlsx_sheets(x); i++) {
			assert(xlsx_sheet_name(x, i));
			assert(count_rows(x, i) == count_rows(x, i));
		}
	}
	xlsx_close(x);
	arena_release(&arena);
	return 0;
}
