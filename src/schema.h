/*
 * What tables a store has, read from the migrations inside the program: so `luwes dump` prints the
 * same text whichever engine keeps the store, and knows a new table the day its migration is
 * written.
 *
 * Understands the common subset the migrations are written in (docs/HACKING.md): CREATE TABLE,
 * CREATE INDEX, ALTER TABLE ... ADD COLUMN; changes of rows are of no interest. Anything else is
 * refused with a sentence rather than guessed.
 */
#ifndef LUWES_SCHEMA_H
#define LUWES_SCHEMA_H

#include "platform/db.h"

#define SCHEMA_TABLES_MAX  256
#define SCHEMA_COLUMNS_MAX 48
#define SCHEMA_KEYS_MAX    8

struct schema_column {
	const char *name;
	enum db_type type; /* DB_INT, DB_TEXT or DB_BYTES */
};

struct schema_table {
	const char *name;
	struct schema_column column[SCHEMA_COLUMNS_MAX];
	int columns;
	int key[SCHEMA_KEYS_MAX]; /* columns of the primary key, in its order */
	int keys;
};

struct schema {
	struct schema_table *table; /* in the order of the migrations */
	int tables;
};

/* Adds what one migration says; texts are copied to `arena`. False with a sentence in *ret_why. */
bool schema_read(struct arena *arena, const char *sql, size_t n, struct schema *schema,
	const char **ret_why);

/* All migrations of this program. */
bool schema_load(struct arena *arena, struct schema *ret_schema, const char **ret_why);

/* NULL when there is no such table. */
struct schema_table *schema_find(const struct schema *schema, const char *name);

#endif
