/*
 * Questions about a store as a whole, for doctor, rebuild and backup. They read what slices own and
 * write nothing.
 */
#include "verb_store.h"

#include "platform/slice.h"

#include <string.h>

static struct db_stmt LIST_OPENED = {"store_list_opened",
	"SELECT day FROM attendance_opened WHERE government_id = $1 ORDER BY day DESC LIMIT $2", 0};

enum err store_list_opened(struct tx *tx, int32_t *ret_day, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;
	db_query(tx, &LIST_OPENED, BIND(db_int(tx->government.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO(to_int32(&ret_day[n]))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_OPENED_SPAN = {"store_load_opened_span",
	"SELECT count(*), coalesce(min(day), 0), coalesce(max(day), 0) FROM attendance_opened"
	" WHERE government_id = $1",
	0};

enum err store_load_opened_span(struct tx *tx, int32_t *ret_first, int32_t *ret_last)
{
	int64_t days = 0;
	enum err e = db_load(tx, &LOAD_OPENED_SPAN, BIND(db_int(tx->government.v)),
		INTO(to_int64(&days), to_int32(ret_first), to_int32(ret_last)));
	if (e)
		return e;
	return days ? OK : E_NOT_FOUND;
}

static struct db_stmt LIST_FILES = {"store_list_files",
	"SELECT sha256, max(size_bytes) FROM platform_file WHERE sha256 > $1"
	" GROUP BY sha256 ORDER BY sha256 LIMIT $2",
	0};

enum err store_list_files(struct tx *tx, const struct hash *after, struct store_file *ret_file,
	int max, int *ret_count)
{
	struct db_rows rows;
	struct bytes sha256;
	int64_t size;
	int n = 0;
	db_query(tx, &LIST_FILES,
		BIND(db_bytes(after ? after->b : (const uint8_t *)"", after ? sizeof after->b : 0),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_bytes(&sha256), to_int64(&size)))) {
		if (sha256.n != sizeof(struct hash))
			continue;
		memcpy(ret_file[n].sha256.b, sha256.p, sha256.n);
		ret_file[n++].size_bytes = size;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_BROKEN_PAGES = {
	"store_list_broken_pages", "SELECT integrity_check FROM pragma_integrity_check($1)", 0};

static struct db_stmt LIST_BROKEN_REFERENCES = {"store_list_broken_references",
	"SELECT 'a row of ' || \"table\" || ' names a missing row of ' || parent"
	" FROM pragma_foreign_key_check LIMIT $1",
	0};

static enum err list_sentences(
	struct tx *tx, struct db_stmt *stmt, const char **ret_fault, int max, int *count)
{
	struct db_rows rows;
	const char *sentence;
	db_query(tx, stmt, BIND(db_int(max)), &rows);
	while (db_next(&rows, INTO(to_text(&sentence)))) {
		if (*count < max && strcmp(sentence, "ok") != 0)
			ret_fault[(*count)++] = sentence;
	}
	return db_end(&rows);
}

enum err store_list_faults(struct tx *tx, const char **ret_fault, int max, int *ret_count)
{
	*ret_count = 0;
	if (db_engine_of(tx->db) != DB_SQLITE)
		return OK;
	enum err e = list_sentences(tx, &LIST_BROKEN_PAGES, ret_fault, max, ret_count);
	return e ? e : list_sentences(tx, &LIST_BROKEN_REFERENCES, ret_fault, max, ret_count);
}

void store_db_register(void)
{
	static struct db_stmt *const stmts[] = {&LIST_OPENED, &LOAD_OPENED_SPAN, &LIST_FILES,
		&LIST_BROKEN_PAGES, &LIST_BROKEN_REFERENCES};
	db_register(stmts, COUNT_OF(stmts));
}
