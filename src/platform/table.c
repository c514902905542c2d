/*
 * Tables as CSV or workbook (table.h).
 *
 * libxlsxwriter writes a workbook row by row (constant_memory) into a file in memory, so that no
 * copy of personal data lies on a disk under a name. A row is gathered first, because whether it is
 * a total is known at its end and rows are written in order only.
 */
#include "platform/table.h"

#include "base/str.h"

#include <assert.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define CELL_BYTES_MAX 32000
#define DEMO_MARK      "DATA CONTOH - bukan data pegawai atau kinerja sebenarnya"

const char *const table_format_names[] = {"csv", "xlsx", NULL};

struct cell {
	bool is_given;
	enum table_type type;
	const char *text;
	int64_t value;
};

struct table {
	struct arena *arena;
	struct table_options options;
	struct buf csv;
	int fd; /* of the workbook in memory */
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *plain[TABLE_INSTANT + 1], *total[TABLE_INSTANT + 1], *heading, *title;
	const struct table_column *column;
	int columns;
	uint32_t row, heading_row;
	bool is_form;
	int sheets, at; /* at: next cell */
	struct cell cell[TABLE_COLUMNS_MAX];
};

const char *table_media_type(enum table_format format)
{
	return format == TABLE_CSV
		       ? "text/csv; charset=utf-8"
		       : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

/* ---- the book ---- */

static const char *const number_formats[] = {
	"@", "0", "dd/mm/yyyy", "[hh]:mm", "dd/mm/yyyy hh:mm:ss"};

static void make_formats(struct table *t)
{
	for (int type = 0; type <= TABLE_INSTANT; type++) {
		t->plain[type] = workbook_add_format(t->book);
		t->total[type] = workbook_add_format(t->book);
		format_set_num_format(t->plain[type], number_formats[type]);
		format_set_num_format(t->total[type], number_formats[type]);
		format_set_bold(t->total[type]);
	}
	t->heading = workbook_add_format(t->book);
	format_set_bold(t->heading);
	format_set_text_wrap(t->heading);
	format_set_align(t->heading, LXW_ALIGN_VERTICAL_CENTER);
	format_set_bg_color(t->heading, 0xDCEBEA);
	format_set_bottom(t->heading, LXW_BORDER_THIN);
	t->title = workbook_add_format(t->book);
	format_set_bold(t->title);
}

static void open_book(struct table *t)
{
	char path[40];
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};

	t->fd = memfd_create("table", MFD_CLOEXEC);
	assert(t->fd >= 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", t->fd);
	t->book = workbook_new_opt(path, &options);
	assert(t->book);
	lxw_doc_properties properties = {
		.created = (time_t)(t->options.now_ms / 1000), .author = "Luwes"};
	workbook_set_properties(t->book, &properties);
	make_formats(t);
}

struct table *table_new(struct arena *arena, const struct table_options *options)
{
	struct table *t = ARENA_NEW(arena, struct table);

	t->arena = arena;
	t->options = *options;
	t->fd = -1;
	if (options->format == TABLE_XLSX) {
		open_book(t);
	} else {
		buf_init(&t->csv, arena, 1 << 16);
		buf_str(&t->csv, "\xEF\xBB\xBF");
	}
	return t;
}

/* ---- cells of a workbook ---- */

/* Days since 1899-12-30, as a spreadsheet counts them. */
static double serial_of(const struct table *t, const struct cell *c)
{
	const int32_t epoch = day_from_civil(1899, 12, 30);
	int64_t ms = c->value;

	if (c->type == TABLE_DAY)
		return (double)(c->value - epoch);
	if (c->type == TABLE_MINUTE)
		return (double)c->value / 1440.0;
	ms += zone_offset_minutes(t->options.zone) * MS_PER_MINUTE;
	return (double)(ms - ms % 1000) / (double)MS_PER_DAY - (double)epoch;
}

/* What a cell holds: 32,767 characters; the rest is cut at a whole one. */
static const char *cut_text(struct arena *arena, const char *text)
{
	size_t n = strnlen(text, CELL_BYTES_MAX + 1);

	if (n <= CELL_BYTES_MAX)
		return text;
	for (n = CELL_BYTES_MAX; n > 0 && ((uint8_t)text[n] & 0xC0) == 0x80; n--)
		;
	return arena_strndup(arena, text, n);
}

static void write_book_cell(struct table *t, int column, bool is_total)
{
	const struct cell *c = &t->cell[column];
	lxw_format *format = is_total ? t->total[c->type] : t->plain[c->type];
	const lxw_col_t at = (lxw_col_t)column;

	if (!c->is_given)
		return;
	if (c->type == TABLE_TEXT)
		worksheet_write_string(t->sheet, t->row, at, cut_text(t->arena, c->text), format);
	else if (c->type == TABLE_INT)
		worksheet_write_number(t->sheet, t->row, at, (double)c->value, format);
	else
		worksheet_write_number(t->sheet, t->row, at, serial_of(t, c), format);
}

/* ---- cells of a CSV ---- */

static bool looks_like_formula(const char *s)
{
	return *s && strchr("=+-@\t\r", *s);
}

static void add_csv_text(struct buf *b, const char *s)
{
	bool is_quoted = strpbrk(s, ";\"\r\n,") != NULL;

	if (is_quoted)
		buf_char(b, '"');
	if (looks_like_formula(s))
		buf_char(b, '\'');
	for (; *s; s++) {
		if (*s == '"')
			buf_char(b, '"');
		buf_char(b, *s);
	}
	if (is_quoted)
		buf_char(b, '"');
}

static void add_csv_moment(struct buf *b, int64_t ms, enum zone zone)
{
	char day[11], minute[6];

	day_format(instant_day(ms, zone), day);
	minute_format(instant_minute(ms, zone), minute);
	buf_printf(b, "%s %s:%02d", day, minute, (int)(ms / 1000 % 60));
}

static void add_csv_cell(struct table *t, const struct cell *c)
{
	char text[11];

	if (!c->is_given)
		return;
	switch (c->type) {
	case TABLE_TEXT:
		add_csv_text(&t->csv, c->text);
		break;
	case TABLE_INT:
		buf_int(&t->csv, c->value);
		break;
	case TABLE_DAY:
		day_format((int32_t)c->value, text);
		buf_str(&t->csv, text);
		break;
	case TABLE_MINUTE:
		buf_printf(&t->csv, "%02d:%02d", (int)(c->value / 60), (int)(c->value % 60));
		break;
	case TABLE_INSTANT:
		add_csv_moment(&t->csv, c->value, t->options.zone);
		break;
	}
}

/* ---- a sheet ---- */

static const char *heading_of(const struct table *t, int column)
{
	const struct table_column *c = &t->column[column];

	if (c->type != TABLE_INSTANT)
		return c->heading;
	return arena_printf(t->arena, "%s (%s)", c->heading, zone_name(t->options.zone));
}

static int width_of(const struct table *t, int column)
{
	static const int least[] = {14, 8, 12, 8, 20};
	const struct table_column *c = &t->column[column];
	int heading = (int)strlen(heading_of(t, column)) + 3; /* with the filter's arrow */

	if (c->width)
		return c->width;
	heading = heading > 28 ? 28 : heading;
	return heading > least[c->type] ? heading : least[c->type];
}

static void write_title(struct table *t, const char *line)
{
	if (t->book) {
		worksheet_write_string(t->sheet, t->row++, 0, line, t->title);
		return;
	}
	add_csv_text(&t->csv, line);
	buf_str(&t->csv, "\r\n");
}

static void write_headings(struct table *t)
{
	for (int i = 0; i < t->columns; i++) {
		if (t->book) {
			worksheet_write_string(
				t->sheet, t->row, (lxw_col_t)i, heading_of(t, i), t->heading);
			continue;
		}
		if (i)
			buf_char(&t->csv, ';');
		add_csv_text(&t->csv, heading_of(t, i));
	}
	if (!t->book)
		buf_str(&t->csv, "\r\n");
}

/* The part of a workbook's sheet that must be said before its rows. */
static void open_sheet(struct table *t, const struct table_sheet *sheet)
{
	t->sheet = workbook_add_worksheet(t->book, sheet->name);
	assert(t->sheet);
	t->row = 0;
	for (int i = 0; i < t->columns; i++)
		worksheet_set_column(t->sheet, (lxw_col_t)i, (lxw_col_t)i, (double)width_of(t, i),
			sheet->is_form ? t->plain[t->column[i].type] : NULL);
	worksheet_set_landscape(t->sheet);
	worksheet_set_paper(t->sheet, 9); /* A4 */
	worksheet_fit_to_pages(t->sheet, 1, 0);
}

/* Row of the headings: a blank one stands between titles and table. */
static uint32_t find_heading_row(const struct table_sheet *sheet, bool is_demo)
{
	uint32_t lines = (uint32_t)sheet->titles + is_demo;

	return lines ? lines + 1 : 0;
}

/* A filter names its last row: set when the sheet is complete. */
static void end_sheet(struct table *t)
{
	if (t->book && t->sheet && !t->is_form)
		worksheet_autofilter(t->sheet, t->heading_row, 0,
			t->row > t->heading_row + 1 ? t->row - 1 : t->heading_row,
			(lxw_col_t)(t->columns - 1));
}

void table_begin(struct table *t, const struct table_sheet *sheet)
{
	const uint32_t headings = find_heading_row(sheet, t->options.is_demo);

	assert(sheet->columns <= TABLE_COLUMNS_MAX && sheet->titles <= TABLE_TITLES_MAX);
	end_sheet(t);
	t->is_form = sheet->is_form;
	t->column = sheet->column;
	t->columns = sheet->columns;
	t->at = 0;
	if (t->book)
		open_sheet(t, sheet);
	else if (t->sheets)
		buf_str(&t->csv, "\r\n");
	t->sheets++;
	if (t->options.is_demo)
		write_title(t, DEMO_MARK);
	for (int i = 0; i < sheet->titles; i++)
		write_title(t, sheet->title[i]);
	if (t->book)
		t->row = headings;
	else if (headings)
		buf_str(&t->csv, "\r\n");
	write_headings(t);
	if (t->book) {
		worksheet_freeze_panes(t->sheet, headings + 1, 0);
		worksheet_repeat_rows(t->sheet, headings, headings);
	}
	t->heading_row = headings;
	t->row++;
	memset(t->cell, 0, sizeof(t->cell));
}

/* ---- rows ---- */

static void put(
	struct table *t, enum table_type type, const char *text, int64_t value, bool is_given)
{
	assert(t->at < t->columns);
	t->cell[t->at++] = (struct cell){is_given, type, text, value};
}

void table_text(struct table *t, const char *text)
{
	put(t, TABLE_TEXT, text ? text : "", 0, text && *text);
}

void table_int(struct table *t, int64_t value)
{
	put(t, TABLE_INT, NULL, value, true);
}

void table_day(struct table *t, int32_t day)
{
	put(t, TABLE_DAY, NULL, day, day != DAY_NONE);
}

void table_minute(struct table *t, int32_t minute)
{
	put(t, TABLE_MINUTE, NULL, minute, minute >= 0);
}

void table_instant(struct table *t, int64_t ms)
{
	put(t, TABLE_INSTANT, NULL, ms, ms != INT64_MIN);
}

void table_empty(struct table *t)
{
	put(t, TABLE_TEXT, "", 0, false);
}

static void end_row(struct table *t, bool is_total)
{
	for (int i = 0; i < t->columns; i++) {
		if (t->book) {
			write_book_cell(t, i, is_total);
			continue;
		}
		if (i)
			buf_char(&t->csv, ';');
		add_csv_cell(t, &t->cell[i]);
	}
	if (!t->book)
		buf_str(&t->csv, "\r\n");
	t->row++;
	t->at = 0;
	memset(t->cell, 0, (size_t)t->columns * sizeof(t->cell[0]));
}

void table_end_row(struct table *t)
{
	end_row(t, false);
}

void table_end_total(struct table *t)
{
	end_row(t, true);
}

/* ---- the end ---- */

static enum err read_back(struct table *t, struct bytes *ret)
{
	off_t size = lseek(t->fd, 0, SEEK_END);
	size_t n = size > 0 ? (size_t)size : 0;
	uint8_t *bytes = arena_alloc(t->arena, n);

	for (size_t at = 0; at < n;) {
		ssize_t got = pread(t->fd, bytes + at, n - at, (off_t)at);

		if (got <= 0)
			return E_STORE;
		at += (size_t)got;
	}
	*ret = (struct bytes){bytes, n};
	return n ? OK : E_STORE;
}

enum err table_finish(struct table *t, struct bytes *ret)
{
	enum err e = OK;

	if (t->options.format == TABLE_CSV) {
		*ret = (struct bytes){(const uint8_t *)t->csv.p, t->csv.n};
		return OK;
	}
	end_sheet(t);
	if (workbook_close(t->book))
		e = E_STORE;
	t->book = NULL;
	if (!e)
		e = read_back(t, ret);
	close(t->fd);
	t->fd = -1;
	return e;
}

void table_discard(struct table *t)
{
	struct bytes unused;

	if (t->book)
		table_finish(t, &unused);
}
