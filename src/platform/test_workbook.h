/*
 * For tests: workbooks made by hand, part by part, so that also what no spreadsheet program writes
 * can be tried.
 */
#ifndef LUWES_PLATFORM_TEST_WORKBOOK_H
#define LUWES_PLATFORM_TEST_WORKBOOK_H

#include "base/arena.h"

#include <zip.h>

struct workbook_part {
	const char *name, *text;
};

#define WORKBOOK_TYPES                                                                             \
	"<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"                \
	"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
#define WORKBOOK_RELATION(id, type, target)                                                        \
	"<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/"     \
	"2006/relationships/" type "\" Target=\"" target "\"/>"
#define WORKBOOK_RELATIONS                                                                         \
	"<Relationships>" WORKBOOK_RELATION("r1", "worksheet", "worksheets/sheet1.xml")            \
		WORKBOOK_RELATION("r2", "worksheet", "/xl/worksheets/sheet2.xml")                  \
			WORKBOOK_RELATION("r3", "styles", "styles.xml") WORKBOOK_RELATION(         \
				"r4", "sharedStrings", "sharedStrings.xml") "</Relationships>"
#define WORKBOOK_BOOK                                                                              \
	"<workbook xmlns:r=\"r\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/>"         \
	"</sheets></workbook>"
#define WORKBOOK_STYLES                                                                            \
	"<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/>"        \
	"</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/>"        \
	"<xf numFmtId=\"164\"/></cellXfs></styleSheet>"
#define WORKBOOK_SHEET(rows) "<worksheet><sheetData>" rows "</sheetData><mergeCells/></worksheet>"

/* A zip of the parts in `arena`; parts with an empty name are left out. */
static inline struct bytes workbook_zip(
	struct arena *arena, const struct workbook_part *part, int parts)
{
	zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, NULL);

	zip_source_keep(out);
	for (int i = 0; i < parts; i++) {
		if (*part[i].name)
			zip_file_add(zip, part[i].name,
				zip_source_buffer(zip, part[i].text, strlen(part[i].text), 0), 0);
	}
	zip_close(zip);
	zip_source_open(out);
	zip_source_seek(out, 0, SEEK_END);
	zip_int64_t n = zip_source_tell(out);
	zip_source_seek(out, 0, SEEK_SET);
	uint8_t *bytes = arena_alloc(arena, (size_t)n);
	zip_source_read(out, bytes, (zip_uint64_t)n);
	zip_source_close(out);
	zip_source_free(out);
	return (struct bytes){bytes, (size_t)n};
}

/* A workbook of one sheet with the styles plain, date, time, date and time (0..3). */
static inline struct bytes workbook_of(struct arena *arena, const char *sheet)
{
	const struct workbook_part part[] = {{"[Content_Types].xml", WORKBOOK_TYPES},
		{"xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS},
		{"xl/workbook.xml", WORKBOOK_BOOK}, {"xl/styles.xml", WORKBOOK_STYLES},
		{"xl/sharedStrings.xml", "<sst/>"}, {"xl/worksheets/sheet1.xml", sheet}};

	return workbook_zip(arena, part, 6);
}

#endif
