/*
 * The book of a workbook: which part is what (content types and relations, never fixed names), its
 * sheets in order, which styles show dates, and the shared strings.
 *
 * Rich text is the text of its runs; phonetic readings are left out. A relation to something
 * outside the package is not followed.
 */
#include "platform/xlsx_int.h"

#include "base/str.h"

#define MAIN_TYPE  "spreadsheetml.sheet.main+xml"
#define MACRO_TYPE "macroEnabled.main+xml"

/* ---- text being read ---- */

void xlsx_value_clear(struct xlsx_value *v)
{
	v->n = 0;
	v->p[0] = '\0';
}

void xlsx_value_add(struct xlsx_value *v, const char *p, int n)
{
	int room = XLSX_VALUE_MAX - v->n;

	if (n > room) {
		n = room;
		while (n > 0 && ((uint8_t)p[n] & 0xC0) == 0x80)
			n--;
	}
	memcpy(v->p + v->n, p, (size_t)n);
	v->n += n;
	v->p[v->n] = '\0';
}

/* ---- reading a whole part ---- */

static enum xlsx_fault read_part(struct xlsx *x, const char *name,
	void (*start)(struct xlsx_part *, const char *, const char **),
	void (*end)(struct xlsx_part *, const char *),
	void (*text)(struct xlsx_part *, const char *, int))
{
	struct xlsx_part part = {.start = start, .end = end, .text = text};
	enum xlsx_fault fault = xlsx_part_open(x, name, &part);

	x->state = 0;
	if (!fault)
		fault = xlsx_part_read(&part);
	xlsx_part_close(&part);
	return fault == XLSX_END ? XLSX_OK : fault;
}

/* ---- [Content_Types].xml ---- */

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && str_eq(s + n - m, end);
}

static void on_type(struct xlsx_part *part, const char *name, const char **attribute)
{
	const char *file = xlsx_attribute(attribute, "PartName");
	const char *type = xlsx_attribute(attribute, "ContentType");

	if (!str_eq(name, "Override") || !file || !type)
		return;
	if (ends_with(type, MACRO_TYPE))
		xlsx_part_fail(part, XLSX_MACROS);
	if (ends_with(type, MAIN_TYPE) && !part->x->book)
		part->x->book = arena_strdup(part->x->arena, *file == '/' ? file + 1 : file);
}

/* ---- relations ---- */

/* A target seen from the folder of the book: "worksheets/sheet1.xml", "/xl/styles.xml", "../x". */
static const char *resolve(struct xlsx *x, const char *target)
{
	const char *slash = strrchr(x->book, '/');
	int folder = slash ? (int)(slash - x->book) : 0;

	if (*target == '/')
		return arena_strdup(x->arena, target + 1);
	while (str_starts(target, "./"))
		target += 2;
	while (str_starts(target, "../")) {
		target += 3;
		while (folder > 0 && x->book[--folder] != '/')
			;
	}
	if (folder == 0)
		return arena_strdup(x->arena, target);
	return arena_printf(x->arena, "%.*s/%s", folder, x->book, target);
}

static void on_relation(struct xlsx_part *part, const char *name, const char **attribute)
{
	struct xlsx *x = part->x;
	const char *type = xlsx_attribute(attribute, "Type");
	const char *target = xlsx_attribute(attribute, "Target");
	const char *id = xlsx_attribute(attribute, "Id");
	const char *mode = xlsx_attribute(attribute, "TargetMode");

	if (!str_eq(name, "Relationship") || !type || !target || !id || strlen(target) > 500 ||
		str_eq(mode, "External"))
		return;
	if (ends_with(type, "/sharedStrings"))
		x->strings = resolve(x, target);
	if (ends_with(type, "/styles"))
		x->styles = resolve(x, target);
	for (int i = 0; i < x->sheets && ends_with(type, "/worksheet"); i++) {
		if (str_eq(x->sheet[i].id, id))
			x->sheet[i].part = resolve(x, target);
	}
}

static enum xlsx_fault read_relations(struct xlsx *x)
{
	const char *slash = strrchr(x->book, '/');
	int folder = slash ? (int)(slash - x->book) + 1 : 0;
	const char *name = arena_printf(
		x->arena, "%.*s_rels/%s.rels", folder, x->book, x->book + folder);

	return read_part(x, name, on_relation, NULL, NULL);
}

/* ---- the book ---- */

static bool is_true(const char *value)
{
	return str_eq(value, "1") || str_eq(value, "true") || str_eq(value, "on");
}

static void on_book(struct xlsx_part *part, const char *name, const char **attribute)
{
	struct xlsx *x = part->x;
	const char *title = xlsx_attribute(attribute, "name");
	const char *id = xlsx_attribute(attribute, "id");
	const char *state = xlsx_attribute(attribute, "state");

	if (str_eq(name, "workbookPr"))
		x->is_1904 = is_true(xlsx_attribute(attribute, "date1904"));
	if (!str_eq(name, "sheet") || !title || !id)
		return;
	if (x->sheets == XLSX_SHEETS_MAX) {
		xlsx_part_fail(part, XLSX_TOO_MANY_PARTS);
		return;
	}
	char *shown = arena_strndup(x->arena, title, strnlen(title, 120));
	xlsx_clean_text(shown);
	x->sheet[x->sheets++] = (struct xlsx_sheet){
		shown, arena_strdup(x->arena, id), NULL, state && !str_eq(state, "visible")};
}

/* Charts and dialogs are sheets of the book without rows: they go. */
static void drop_other_sheets(struct xlsx *x)
{
	int kept = 0;

	for (int i = 0; i < x->sheets; i++) {
		if (x->sheet[i].part)
			x->sheet[kept++] = x->sheet[i];
	}
	x->sheets = kept;
}

/* ---- styles ---- */

enum { STYLES_OUTSIDE, STYLES_CELLS };

static enum xlsx_format find_format(const struct xlsx *x, int id)
{
	for (int i = 0; i < x->own_formats; i++) {
		if (x->own_format[i].id == id)
			return (enum xlsx_format)x->own_format[i].format;
	}
	return xlsx_format_of_number(id);
}

static int64_t number_of(const char *text)
{
	int64_t n;

	return text && str_to_int(text, 0, INT32_MAX, &n) ? n : -1;
}

static void add_own_format(struct xlsx_part *part, const char **attribute)
{
	struct xlsx *x = part->x;
	const char *code = xlsx_attribute(attribute, "formatCode");
	int64_t id = number_of(xlsx_attribute(attribute, "numFmtId"));

	if (!code || id < 0)
		return;
	if (x->own_formats == XLSX_FORMATS_MAX) {
		xlsx_part_fail(part, XLSX_TOO_MANY_PARTS);
		return;
	}
	x->own_format[x->own_formats].id = (int)id;
	x->own_format[x->own_formats++].format = (uint8_t)xlsx_format_of_code(code);
}

static void on_style(struct xlsx_part *part, const char *name, const char **attribute)
{
	struct xlsx *x = part->x;

	if (str_eq(name, "numFmt") && x->state == STYLES_OUTSIDE) {
		add_own_format(part, attribute);
	} else if (str_eq(name, "cellXfs")) {
		x->state = STYLES_CELLS;
	} else if (str_eq(name, "xf") && x->state == STYLES_CELLS) {
		if (x->style_count == XLSX_STYLES_MAX) {
			xlsx_part_fail(part, XLSX_TOO_MANY_PARTS);
			return;
		}
		int64_t id = number_of(xlsx_attribute(attribute, "numFmtId"));
		x->style[x->style_count++] = (uint8_t)find_format(x, (int)id);
	}
}

static void on_style_end(struct xlsx_part *part, const char *name)
{
	if (str_eq(name, "cellXfs"))
		part->x->state = STYLES_OUTSIDE;
}

static enum xlsx_fault read_styles(struct xlsx *x)
{
	if (!x->styles)
		return XLSX_OK;
	x->style = ARENA_ARRAY(x->arena, XLSX_STYLES_MAX, uint8_t);
	x->own_format = arena_array(x->arena, XLSX_FORMATS_MAX, sizeof(x->own_format[0]));
	return read_part(x, x->styles, on_style, on_style_end, NULL);
}

/* ---- shared strings ---- */

enum { STRINGS_OUTSIDE, STRINGS_ITEM, STRINGS_TEXT, STRINGS_READING };

static void on_string(struct xlsx_part *part, const char *name, const char **attribute)
{
	struct xlsx *x = part->x;

	(void)attribute;
	if (str_eq(name, "si")) {
		x->state = STRINGS_ITEM;
		xlsx_value_clear(&x->value);
	} else if (x->state == STRINGS_ITEM && str_eq(name, "t")) {
		x->state = STRINGS_TEXT;
	} else if (x->state == STRINGS_ITEM && str_eq(name, "rPh")) {
		x->state = STRINGS_READING;
	}
}

static void on_string_text(struct xlsx_part *part, const char *p, int n)
{
	if (part->x->state == STRINGS_TEXT)
		xlsx_value_add(&part->x->value, p, n);
}

/* Room for one more string of `n` bytes; doubling, so that a file pays for what it has. */
static bool make_room(struct xlsx *x, size_t n)
{
	if (x->string_count == XLSX_STRINGS_MAX || x->pool_n + n > XLSX_POOL_MAX)
		return false;
	if (x->pool_n + n > x->pool_cap) {
		x->pool_cap = x->pool_cap * 2 + n + XLSX_CHUNK;
		x->pool = realloc(x->pool, x->pool_cap);
	}
	if (x->string_count == x->string_cap) {
		x->string_cap = x->string_cap * 2 + 1024;
		x->string = realloc(x->string, (size_t)x->string_cap * sizeof(x->string[0]));
	}
	if (!x->pool || !x->string)
		abort(); /* out of memory: as an arena does */
	return true;
}

static void add_string(struct xlsx_part *part)
{
	struct xlsx *x = part->x;

	xlsx_clean_text(x->value.p);
	size_t n = strlen(x->value.p) + 1;
	if (!make_room(x, n)) {
		xlsx_part_fail(part, XLSX_TOO_MANY_STRINGS);
		return;
	}
	x->string[x->string_count++] = (uint32_t)x->pool_n;
	memcpy(x->pool + x->pool_n, x->value.p, n);
	x->pool_n += n;
}

static void on_string_end(struct xlsx_part *part, const char *name)
{
	struct xlsx *x = part->x;

	if (str_eq(name, "si")) {
		add_string(part);
		x->state = STRINGS_OUTSIDE;
	} else if ((x->state == STRINGS_TEXT && str_eq(name, "t")) ||
		   (x->state == STRINGS_READING && str_eq(name, "rPh"))) {
		x->state = STRINGS_ITEM;
	}
}

enum xlsx_fault xlsx_read_book(struct xlsx *x)
{
	enum xlsx_fault fault = read_part(x, "[Content_Types].xml", on_type, NULL, NULL);

	if (!fault && !x->book)
		fault = XLSX_NOT_A_WORKBOOK;
	if (!fault)
		fault = read_part(x, x->book, on_book, NULL, NULL);
	if (!fault)
		fault = read_relations(x);
	if (!fault)
		fault = read_styles(x);
	if (!fault && x->strings)
		fault = read_part(x, x->strings, on_string, on_string_end, on_string_text);
	drop_other_sheets(x);
	return !fault && x->sheets == 0 ? XLSX_NOT_A_WORKBOOK : fault;
}
