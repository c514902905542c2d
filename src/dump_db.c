/*
 * dump: every table as text, in the order of its primary key, the same for equal content whichever
 * engine keeps it. For comparing two stores, never for moving one (that is backup).
 *
 * Form: a line "table NAME", a line with its columns, then one line per row, values between tabs; a
 * tab, line feed or backslash in a text as \t \n \\, bytes as hexadecimal digits, NULL as \N. Left
 * out is what does not survive a restart unchanged or must not leave the store: sessions, replies
 * kept for repeated requests, hashes of passwords and codes, positions, sealed evidence, and how
 * far ids are reserved.
 */
#include "verb_store.h"

#include "base/str.h"
#include "platform/config.h"
#include "platform/slice.h"
#include "schema.h"

#define PAGE_ROWS        2000
#define PAGE_ARENA_BYTES ((size_t)256 << 20)

/* column NULL: the whole table */
static const struct left_out {
	const char *table, *column;
} left_out[] = {
	{"platform_session", NULL},
	{"platform_browser", NULL},
	{"platform_idempotency", NULL},
	{"platform_account", "phc"},
	{"platform_code", "code_hash"},
	{"attendance_evidence", "sealed"}, /* differs with every sealing, and is not to leave */
	{"platform_store", "id_floor"},
	/* where somebody was, plain or sealed: sealed bytes also differ for equal content */
	{"attendance_punch", "lat_e7"},
	{"attendance_punch", "lon_e7"},
	{"attendance_punch", "accuracy_metres"},
	{"attendance_punch", "sealed_position"},
};

static bool is_left_out(const char *table, const char *column)
{
	for (int i = 0; i < COUNT_OF(left_out); i++)
		if (str_eq(left_out[i].table, table) &&
			(!left_out[i].column || str_eq(left_out[i].column, column)))
			return true;
	return false;
}

/* A value as read; which member counts says the column's type. `is_null` cannot be told from 0 for
 * integers. */
struct cell {
	int64_t number;
	const char *text;
	struct bytes bytes;
};

struct page {
	const struct schema_table *table;
	struct cell cell[SCHEMA_COLUMNS_MAX];
	struct db_target target[SCHEMA_COLUMNS_MAX];
	struct db_stmt *first, *next;
};

static void add_columns(struct buf *sql, const struct schema_table *table)
{
	for (int i = 0; i < table->columns; i++)
		buf_printf(sql, "%s%s", i ? ", " : "", table->column[i].name);
}

/* Texts in byte order, which SQLite has by itself. */
static void add_keys(struct buf *sql, const struct schema_table *table, enum db_engine engine)
{
	for (int i = 0; i < table->keys; i++) {
		const struct schema_column *column = &table->column[table->key[i]];
		buf_printf(sql, "%s%s%s", i ? ", " : "", column->name,
			column->type == DB_TEXT && engine == DB_POSTGRES ? " COLLATE \"C\"" : "");
	}
}

static struct db_stmt *make_statement(
	struct arena *arena, const struct schema_table *table, enum db_engine engine, bool is_next)
{
	struct db_stmt *stmt = ARENA_NEW(arena, struct db_stmt);
	struct buf sql;
	buf_init(&sql, arena, 1024);
	buf_str(&sql, "SELECT ");
	add_columns(&sql, table);
	buf_printf(&sql, " FROM %s", table->name);
	if (is_next) {
		buf_str(&sql, " WHERE (");
		add_keys(&sql, table, engine);
		buf_str(&sql, ") > (");
		for (int i = 0; i < table->keys; i++)
			buf_printf(&sql, "%s$%d", i ? ", " : "", i + 1);
		buf_str(&sql, ")");
	}
	buf_str(&sql, " ORDER BY ");
	add_keys(&sql, table, engine);
	buf_printf(&sql, " LIMIT %d", PAGE_ROWS);
	stmt->name = arena_printf(arena, "dump_%s_%s", table->name, is_next ? "next" : "first");
	stmt->sql = sql.p;
	db_register(&stmt, 1);
	return stmt;
}

static void aim(struct page *page)
{
	for (int i = 0; i < page->table->columns; i++) {
		struct cell *cell = &page->cell[i];
		switch (page->table->column[i].type) {
		case DB_TEXT:
			page->target[i] = to_text(&cell->text);
			break;
		case DB_BYTES:
			page->target[i] = to_bytes(&cell->bytes);
			break;
		default:
			page->target[i] = to_int64(&cell->number);
		}
	}
}

static void print_text(FILE *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '\t' || *s == '\n' || *s == '\\')
			fprintf(out, "\\%c", *s == '\t' ? 't' : *s == '\n' ? 'n' : '\\');
		else
			fputc(*s, out);
	}
}

static void print_bytes(FILE *out, struct bytes bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		fprintf(out, "%02x", bytes.p[i]);
}

static void print_cell(FILE *out, enum db_type type, const struct cell *cell)
{
	if (type == DB_INT)
		fprintf(out, "%lld", (long long)cell->number);
	else if (type == DB_TEXT ? !cell->text : !cell->bytes.p)
		fputs("\\N", out);
	else if (type == DB_TEXT)
		print_text(out, cell->text);
	else
		print_bytes(out, cell->bytes);
}

static void print_row(FILE *out, const struct page *page)
{
	bool is_first = true;
	for (int i = 0; i < page->table->columns; i++) {
		if (is_left_out(page->table->name, page->table->column[i].name))
			continue;
		if (!is_first)
			fputc('\t', out);
		is_first = false;
		print_cell(out, page->table->column[i].type, &page->cell[i]);
	}
	fputc('\n', out);
}

static void print_head(FILE *out, const struct schema_table *table)
{
	fprintf(out, "table %s\n", table->name);
	bool is_first = true;
	for (int i = 0; i < table->columns; i++) {
		if (is_left_out(table->name, table->column[i].name))
			continue;
		fprintf(out, "%s%s", is_first ? "" : "\t", table->column[i].name);
		is_first = false;
	}
	fputc('\n', out);
}

static struct db_value key_value(const struct page *page, int key)
{
	int column = page->table->key[key];
	const struct cell *cell = &page->cell[column];
	switch (page->table->column[column].type) {
	case DB_TEXT:
		return db_text(cell->text);
	case DB_BYTES:
		return db_bytes(cell->bytes.p, cell->bytes.n);
	default:
		return db_int(cell->number);
	}
}

/* Prints the rows after the one the page stands on; how many come back through ret_rows. */
static enum err print_page(FILE *out, struct tx *tx, struct page *page, bool is_next, int *ret_rows)
{
	struct db_value key[SCHEMA_KEYS_MAX];
	struct db_rows rows;
	for (int i = 0; i < page->table->keys; i++)
		key[i] = key_value(page, i);
	db_query(tx, is_next ? page->next : page->first,
		(struct db_bind){key, is_next ? page->table->keys : 0}, &rows);
	while (db_next(&rows, (struct db_into){page->target, page->table->columns}))
		print_row(out, page);
	*ret_rows = rows.row;
	return db_end(&rows);
}

/* Two arenas in turn: the last row of a page is the start of the next one. */
static enum err print_table(FILE *out, struct tx *tx, struct page *page)
{
	struct arena arena[2];
	struct tx turn = *tx;
	int rows = 0, pages = 0;
	enum err e;
	arena_init(&arena[0], PAGE_ARENA_BYTES);
	arena_init(&arena[1], PAGE_ARENA_BYTES);
	print_head(out, page->table);
	do {
		turn.arena = &arena[pages % 2];
		arena_reset(turn.arena);
		e = print_page(out, &turn, page, pages > 0, &rows);
		pages++;
	} while (!e && rows == PAGE_ROWS);
	arena_release(&arena[0]);
	arena_release(&arena[1]);
	return e;
}

enum err dump_print(FILE *out, struct tx *tx, const char **ret_why)
{
	struct schema schema;
	enum err e = OK;
	if (!schema_load(tx->arena, &schema, ret_why))
		return E_INTERNAL;
	enum db_engine engine = db_engine_of(tx->db);
	for (int i = 0; i < schema.tables && !e; i++) {
		struct page *page = ARENA_NEW(tx->arena, struct page);
		page->table = &schema.table[i];
		if (is_left_out(page->table->name, NULL))
			continue;
		page->first = make_statement(tx->arena, page->table, engine, false);
		page->next = make_statement(tx->arena, page->table, engine, true);
		aim(page);
		e = print_table(out, tx, page);
	}
	*ret_why = e ? db_message(tx->db) : NULL;
	return e;
}
