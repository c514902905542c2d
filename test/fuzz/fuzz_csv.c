/*
 * Fuzz target: any bytes as a file of an import. Whatever the machine accepts must be text: cells
 * within their buffer, terminated, valid UTF-8, and lines that never go back. Seeds:
 * test/fuzz/corpus/csv.
 */
#include "base/str.h"
#include "org/org_csv.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct csv csv;

static void check_record(const struct csv_record *record, int line_before)
{
	assert(record->line >= line_before && record->cells >= 1 && record->cells <= CSV_CELLS_MAX);
	for (int i = 0; i < record->cells; i++) {
		const char *cell = record->cell[i];

		assert(cell >= csv.text && cell < csv.text + sizeof(csv.text));
		assert(str_is_text(cell, strlen(cell)));
		csv_is_formula(cell);
		csv_is_scientific(cell);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csv_record record = {0};
	enum csv_fault fault = csv_open(&csv, (struct bytes){data, size});
	int line = 1;

	while (!fault && !(fault = csv_next(&csv, &record))) {
		check_record(&record, line);
		line = record.line;
	}
	assert(fault < CSV_FAULT_COUNT && csv_fault_names[fault]);
	return 0;
}
