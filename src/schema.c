/*
 * Reads CREATE, ALTER and DROP TABLE as far as a dump needs it: names, types, primary key.
 *
 * Two passes without memory of the text: comments become blanks (a copy), then words and signs are
 * taken one by one. Words are compared without regard to case.
 */
#include "schema.h"

#include "base/str.h"
#include "platform/assets.h"

#include <ctype.h>
#include <strings.h>

struct reader {
	struct arena *arena;
	const char *at;
	struct schema *schema;
	const char *why;
};

static bool fail(struct reader *r, const char *what, const char *word)
{
	if (!r->why)
		r->why = arena_printf(r->arena, "migration: %s near '%.40s'", what, word);
	return false;
}

/* A copy with comments as blanks; the engine mark is a comment too. */
static char *blank_comments(struct arena *arena, const char *sql, size_t n)
{
	char *text = arena_strndup(arena, sql, n);
	for (char *s = text; *s;) {
		char *end = NULL;
		if (s[0] == '-' && s[1] == '-')
			end = strchrnul(s, '\n');
		else if (s[0] == '/' && s[1] == '*')
			end = (end = strstr(s, "*/")) ? end + 2 : s + strlen(s);
		if (!end) {
			s++;
			continue;
		}
		memset(s, ' ', (size_t)(end - s));
		s = end;
	}
	return text;
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The next word or single sign; "" at the end. */
static const char *take(struct reader *r)
{
	while (isspace((unsigned char)*r->at))
		r->at++;
	const char *start = r->at;
	if (*start == '\'') {
		const char *end = strchr(start + 1, '\'');
		r->at = end ? end + 1 : start + strlen(start);
	} else if (is_word_char(*start)) {
		while (is_word_char(*r->at))
			r->at++;
	} else if (*start) {
		r->at++;
	}
	return arena_strndup(r->arena, start, (size_t)(r->at - start));
}

static const char *peek(struct reader *r)
{
	const char *at = r->at;
	const char *word = take(r);
	r->at = at;
	return word;
}

static bool is(const char *word, const char *keyword)
{
	return strcasecmp(word, keyword) == 0;
}

static bool take_if(struct reader *r, const char *keyword)
{
	if (!is(peek(r), keyword))
		return false;
	take(r);
	return true;
}

static bool expect(struct reader *r, const char *keyword)
{
	const char *word = take(r);
	return is(word, keyword) ? true : fail(r, arena_printf(r->arena, "no '%s'", keyword), word);
}

/* Moves to the `,` or `)` that ends an item of a list, or to the `;` that ends a statement. */
static void skip_item(struct reader *r)
{
	int depth = 0;
	for (const char *word = peek(r); *word; word = peek(r)) {
		if (depth == 0 && (is(word, ",") || is(word, ")") || is(word, ";")))
			return;
		depth += is(word, "(") - is(word, ")");
		take(r);
	}
}

static void skip_statement(struct reader *r)
{
	for (const char *word = take(r); *word && !is(word, ";");)
		word = take(r);
}

static int find_column(const struct schema_table *table, const char *name)
{
	for (int i = 0; i < table->columns; i++)
		if (is(table->column[i].name, name))
			return i;
	return -1;
}

static bool add_key(struct reader *r, struct schema_table *table, const char *name)
{
	int column = find_column(table, name);
	if (column < 0 || table->keys == SCHEMA_KEYS_MAX)
		return fail(r, "bad key column", name);
	table->key[table->keys++] = column;
	return true;
}

/* "(a, b)" of PRIMARY KEY. */
static bool read_key(struct reader *r, struct schema_table *table)
{
	if (!expect(r, "KEY") || !expect(r, "("))
		return false;
	do {
		if (!add_key(r, table, take(r)))
			return false;
	} while (take_if(r, ","));
	return expect(r, ")");
}

static bool read_type(struct reader *r, enum db_type *ret)
{
	static const struct {
		const char *word;
		enum db_type type;
	} types[] = {
		{"BIGINT", DB_INT}, {"INTEGER", DB_INT}, {"TEXT", DB_TEXT}, {"BYTEA", DB_BYTES}};
	const char *word = take(r);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (is(word, types[i].word)) {
			*ret = types[i].type;
			return true;
		}
	}
	return fail(r, "unknown type", word);
}

/* "name TYPE ..." up to the end of the item; PRIMARY KEY may be said beside it. */
static bool read_column(struct reader *r, struct schema_table *table)
{
	if (table->columns == SCHEMA_COLUMNS_MAX)
		return fail(r, "too many columns", table->name);
	struct schema_column *column = &table->column[table->columns];
	column->name = take(r);
	if (!is_word_char(column->name[0]) || !read_type(r, &column->type))
		return fail(r, "no column", column->name);
	table->columns++;
	while (!is(peek(r), ",") && !is(peek(r), ")") && !is(peek(r), ";") && *peek(r)) {
		if (take_if(r, "(")) { /* of a CHECK or a DEFAULT */
			skip_item(r);
			if (!expect(r, ")"))
				return false;
		} else if (take_if(r, "PRIMARY") && !add_key(r, table, column->name)) {
			return false;
		} else {
			take(r);
		}
	}
	return true;
}

static bool is_constraint(const char *word)
{
	return is(word, "UNIQUE") || is(word, "CHECK") || is(word, "FOREIGN") ||
	       is(word, "CONSTRAINT");
}

static bool read_item(struct reader *r, struct schema_table *table)
{
	if (take_if(r, "PRIMARY"))
		return read_key(r, table);
	if (!is_constraint(peek(r)))
		return read_column(r, table);
	skip_item(r);
	return true;
}

static bool read_table(struct reader *r)
{
	const char *name = take(r);
	if (schema_find(r->schema, name) || r->schema->tables == SCHEMA_TABLES_MAX)
		return fail(r, "table twice or one too many", name);
	if (!r->schema->table)
		r->schema->table = ARENA_ARRAY(r->arena, SCHEMA_TABLES_MAX, struct schema_table);
	struct schema_table *table = &r->schema->table[r->schema->tables++];
	*table = (struct schema_table){.name = name}; /* the place may have been another's */
	if (!expect(r, "("))
		return false;
	do {
		if (!read_item(r, table))
			return false;
	} while (take_if(r, ","));
	if (!expect(r, ")") || !expect(r, ";"))
		return false;
	return table->keys > 0 ? true : fail(r, "no primary key", name);
}

static bool read_alter(struct reader *r)
{
	if (!expect(r, "TABLE"))
		return false;
	const char *name = take(r);
	struct schema_table *table = schema_find(r->schema, name);
	if (!table)
		return fail(r, "unknown table", name);
	return expect(r, "ADD") && expect(r, "COLUMN") && read_column(r, table) && expect(r, ";");
}

static bool read_drop(struct reader *r)
{
	if (take_if(r, "INDEX")) {
		skip_statement(r);
		return true;
	}
	if (!expect(r, "TABLE"))
		return false;
	const char *name = take(r);
	struct schema_table *table = schema_find(r->schema, name);
	if (!table)
		return fail(r, "unknown table", name);
	struct schema_table *end = r->schema->table + r->schema->tables--;
	memmove(table, table + 1, (size_t)(end - table - 1) * sizeof *table);
	return expect(r, ";");
}

static bool read_create(struct reader *r)
{
	if (take_if(r, "TABLE"))
		return read_table(r);
	take_if(r, "UNIQUE");
	if (!expect(r, "INDEX"))
		return false;
	skip_statement(r);
	return true;
}

static bool read_statement(struct reader *r)
{
	const char *word = take(r);
	if (is(word, "CREATE"))
		return read_create(r);
	if (is(word, "ALTER"))
		return read_alter(r);
	if (is(word, "DROP"))
		return read_drop(r);
	if (!is(word, "INSERT") && !is(word, "UPDATE") && !is(word, "DELETE"))
		return fail(r, "do not understand", word);
	skip_statement(r);
	return true;
}

bool schema_read(
	struct arena *arena, const char *sql, size_t n, struct schema *schema, const char **ret_why)
{
	struct reader r = {arena, blank_comments(arena, sql, n), schema, NULL};
	bool good = true;
	while (good && *peek(&r))
		good = read_statement(&r);
	if (!good)
		*ret_why = r.why;
	return good;
}

bool schema_load(struct arena *arena, struct schema *ret_schema, const char **ret_why)
{
	int assets;
	const struct asset *asset = asset_list(&assets);
	*ret_schema = (struct schema){0};
	for (int i = 0; i < assets; i++) {
		if (str_starts(asset[i].path, "migrations/") &&
			!schema_read(arena, (const char *)asset[i].bytes, asset[i].size, ret_schema,
				ret_why))
			return false;
	}
	return true;
}

struct schema_table *schema_find(const struct schema *schema, const char *name)
{
	for (int i = 0; i < schema->tables; i++)
		if (is(schema->table[i].name, name))
			return &schema->table[i];
	return NULL;
}
