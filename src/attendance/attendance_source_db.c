/*
 * Sources of agencies and meanings of codes in the store, and the book made of them.
 *
 * Both are small and asked on every fold, so they are kept per connection until the government's
 * generation moves; who writes here touches it. Rows are added and ended, never edited.
 */
#include "attendance/attendance_source_int.h"

#include "platform/clock.h"
#include "platform/platform_db.h"

#include <string.h>

#define MARKED_AGENCIES_MAX 4 /* a job each; more are folded as a whole government */

#define TO_ENUM(e) to_int32((int32_t *)&(e))

/* Room for one more element in an array that grows by doubling. */
static void *grown(struct arena *a, void *array, int used, size_t size)
{
	void *larger;

	if (used && (used < 16 || (used & (used - 1))))
		return array;
	larger = arena_array(a, used ? (size_t)used * 2 : 16, size);
	if (used)
		memcpy(larger, array, (size_t)used * size);
	return larger;
}

struct db_stmt ATTENDANCE_LIST_SOURCES = {"attendance_list_sources",
	"SELECT source_id, agency_id, source, system, tolerance_minutes, letter, note, set_by,"
	" set_at, valid_from, valid_to FROM attendance_source WHERE government_id = $1"
	" ORDER BY agency_id, valid_from, source_id",
	0};

static enum err list_sources(struct tx *tx, struct source_book *book)
{
	struct source_row r = {0};
	struct db_rows rows;

	db_query(tx, &ATTENDANCE_LIST_SOURCES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&r.id), to_int64(&r.agency.v), TO_ENUM(r.source), TO_ENUM(r.system),
			to_int32(&r.tolerance_minutes), to_text(&r.letter), to_text(&r.note),
			to_int64(&r.set_by.v), to_int64(&r.set_at), to_int32(&r.valid_from),
			to_int32(&r.valid_to)))) {
		book->row = grown(tx->arena, book->row, book->rows, sizeof(r));
		book->row[book->rows++] = r;
	}
	return db_end(&rows);
}

struct db_stmt ATTENDANCE_LIST_CODES = {"attendance_list_codes",
	"SELECT code_id, code, meaning, from_minute, to_minute, label, legal_basis, verified_by,"
	" valid_from, valid_to FROM attendance_code WHERE government_id = $1"
	" ORDER BY meaning, from_minute, code_id",
	0};

static enum err list_codes(struct tx *tx, struct source_book *book)
{
	struct code_row r = {0};
	struct db_rows rows;

	db_query(tx, &ATTENDANCE_LIST_CODES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(
		&rows, INTO(to_int64(&r.id), to_text(&r.code), TO_ENUM(r.meaning),
			       to_int32(&r.from_minute), to_int32(&r.to_minute), to_text(&r.label),
			       to_text(&r.legal_basis), to_text(&r.verified_by),
			       to_int32(&r.valid_from), to_int32(&r.valid_to)))) {
		book->code = grown(tx->arena, book->code, book->codes, sizeof(r));
		book->code[book->codes++] = r;
	}
	return db_end(&rows);
}

enum err attendance_load_sources(struct tx *tx, const struct source_book **ret_book)
{
	struct source_book *book;
	struct tx cached = *tx;
	int64_t generation;
	enum err e = platform_load_generation(tx, &generation);

	if (e)
		return e;
	book = db_cache_get(tx->db, DB_CACHE_SOURCES, tx->government, generation);
	*ret_book = book;
	if (book)
		return OK;
	cached.arena = db_cache_arena(tx->db, DB_CACHE_SOURCES, tx->government);
	*ret_book = book = ARENA_NEW(cached.arena, struct source_book);
	e = list_sources(&cached, book);
	if (!e)
		e = list_codes(&cached, book);
	if (!e)
		db_cache_put(tx->db, DB_CACHE_SOURCES, tx->government, generation, book);
	return e;
}

struct db_stmt ATTENDANCE_ADD_SOURCE = {"attendance_add_source",
	"INSERT INTO attendance_source (government_id, source_id, agency_id, source, system,"
	" tolerance_minutes, letter, note, set_by, set_at, valid_from, valid_to)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
	0};

enum err attendance_add_source_row(struct tx *tx, const struct source_row *row)
{
	return db_exec(tx, &ATTENDANCE_ADD_SOURCE,
		BIND(db_int(tx->government.v), db_int(row->id), db_int(row->agency.v),
			db_int(row->source), db_int(row->system), db_int(row->tolerance_minutes),
			db_text(row->letter), db_text(row->note), db_int(row->set_by.v),
			db_int(row->set_at), db_int(row->valid_from), db_int(row->valid_to)),
		NULL);
}

struct db_stmt ATTENDANCE_END_SOURCE = {"attendance_end_source",
	"UPDATE attendance_source SET valid_to = $3 WHERE government_id = $1 AND source_id = $2",
	0};

enum err attendance_end_source_row(struct tx *tx, int64_t source_id, int32_t last_day)
{
	return db_exec(tx, &ATTENDANCE_END_SOURCE,
		BIND(db_int(tx->government.v), db_int(source_id), db_int(last_day)), NULL);
}

/* What held before anybody said anything: Luwes, from the beginning. */
static enum err add_first(struct tx *tx, const struct source_row *next)
{
	struct source_row first = {.id = id_next(),
		.agency = next->agency,
		.source = BY_LUWES,
		.letter = "",
		.note = "",
		.set_by = next->set_by,
		.set_at = tx->now_ms,
		.valid_to = next->valid_from - 1};

	return attendance_add_source_row(tx, &first);
}

enum err attendance_mark_sources(struct tx *tx, const int64_t *agency, int agencies, int32_t from)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);
	int32_t today = e ? DAY_NONE : instant_day(tx->now_ms, tree->zone);

	if (e || from > today)
		return e;
	if (agencies > MARKED_AGENCIES_MAX) {
		changes_add(tx->changes, CHANGE_RANGE, from, today);
		return OK;
	}
	for (int i = 0; i < agencies; i++)
		for (int32_t day = from; day <= today; day++)
			changes_add(tx->changes, CHANGE_UNIT, agency[i], day);
	return OK;
}

enum err attendance_set_source(struct tx *tx, const struct source_row *next)
{
	const struct source_book *book;
	const struct source_row *now;
	enum attendance_source before;
	enum err e = attendance_load_sources(tx, &book);

	if (e)
		return e;
	now = attendance_find_source(book, next->agency, next->valid_from, &before);
	if (now)
		e = attendance_end_source_row(tx, now->id, next->valid_from - 1);
	else if (before == BY_LUWES)
		e = add_first(tx, next);
	return e ? e : attendance_add_source_row(tx, next);
}

struct db_stmt ATTENDANCE_ADD_CODE = {"attendance_add_code",
	"INSERT INTO attendance_code (government_id, code_id, code, meaning, from_minute, "
	"to_minute,"
	" label, legal_basis, verified_by, valid_from, valid_to)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	0};

enum err attendance_add_code(struct tx *tx, const struct code_row *row)
{
	return db_exec(tx, &ATTENDANCE_ADD_CODE,
		BIND(db_int(tx->government.v), db_int(row->id), db_text(row->code),
			db_int(row->meaning), db_int(row->from_minute), db_int(row->to_minute),
			db_text(row->label), db_text(row->legal_basis), db_text(row->verified_by),
			db_int(row->valid_from), db_int(row->valid_to)),
		NULL);
}

struct db_stmt ATTENDANCE_END_CODE = {"attendance_end_code",
	"UPDATE attendance_code SET valid_to = $3 WHERE government_id = $1 AND code_id = $2", 0};

enum err attendance_end_code(struct tx *tx, int64_t code_id, int32_t last_day)
{
	return db_exec(tx, &ATTENDANCE_END_CODE,
		BIND(db_int(tx->government.v), db_int(code_id), db_int(last_day)), NULL);
}
