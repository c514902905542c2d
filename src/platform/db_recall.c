/*
 * Small records the writer found by key and need not look up again: a table of fixed size per kind
 * and government, in sets of four places, where a fifth takes the place of another.
 *
 * It lives in a slot of the cache that may be changed in place, so it is lost by the same rules
 * (db.h): a transaction that wrote and was taken back, or somebody else who may have written. A
 * reader on a snapshot has none.
 */
#include "platform/db_engine.h"

#include <string.h>

#define SETS   16384
#define PLACES 4

static const struct {
	enum db_cache_slot slot;
	uint8_t key_bytes, value_bytes;
} kinds[] = {
	[DB_RECALL_SESSION] = {DB_CACHE_SESSIONS, 32, 32},
	[DB_RECALL_SERVICE] = {DB_CACHE_SERVICE, 16, 8},
};

static size_t record_bytes(enum db_recall kind)
{
	return (size_t)kinds[kind].key_bytes + kinds[kind].value_bytes;
}

/* The set a key belongs to, by its first eight bytes; NULL when nothing is remembered yet. */
static uint8_t *find_set(struct tx *tx, enum db_recall kind, const void *key)
{
	uint8_t *table = db_cache_get(tx->db, kinds[kind].slot, tx->government, 0);
	uint64_t first;

	if (!table || !tx->db->is_writing)
		return NULL;
	memcpy(&first, key, sizeof first);
	return table + (first * UINT64_C(0x9e3779b97f4a7c15) >> 50) * PLACES * record_bytes(kind);
}

static uint8_t *find_record(struct tx *tx, enum db_recall kind, const void *key)
{
	uint8_t *record = find_set(tx, kind, key);

	for (int i = 0; record && i < PLACES; i++, record += record_bytes(kind))
		if (memcmp(record, key, kinds[kind].key_bytes) == 0)
			return record;
	return NULL;
}

bool db_recall(struct tx *tx, enum db_recall kind, const void *key, void *ret_value)
{
	const uint8_t *record = find_record(tx, kind, key);

	if (record)
		memcpy(ret_value, record + kinds[kind].key_bytes, kinds[kind].value_bytes);
	return record != NULL;
}

static void make_table(struct tx *tx, enum db_recall kind)
{
	struct arena *arena = db_cache_arena(tx->db, kinds[kind].slot, tx->government);
	void *table = arena_alloc(arena, SETS * PLACES * record_bytes(kind));

	db_cache_put(tx->db, kinds[kind].slot, tx->government, 0, table);
}

/* The record of the key, else an empty one of its set, else one that the key itself picks. */
static uint8_t *take_record(struct tx *tx, enum db_recall kind, const void *key)
{
	static const uint8_t nobody[32];
	uint8_t *found = find_record(tx, kind, key), *set = find_set(tx, kind, key);

	for (int i = 0; !found && i < PLACES; i++)
		if (memcmp(set + i * record_bytes(kind), nobody, kinds[kind].key_bytes) == 0)
			found = set + i * record_bytes(kind);
	return found ? found : set + *(const uint8_t *)key % PLACES * record_bytes(kind);
}

void db_remember(struct tx *tx, enum db_recall kind, const void *key, const void *value)
{
	uint8_t *record;

	if (!tx->db->is_writing || tx->db->engine != DB_SQLITE)
		return;
	if (!db_cache_get(tx->db, kinds[kind].slot, tx->government, 0))
		make_table(tx, kind);
	record = take_record(tx, kind, key);
	memcpy(record, key, kinds[kind].key_bytes);
	memcpy(record + kinds[kind].key_bytes, value, kinds[kind].value_bytes);
}

void db_forget(struct tx *tx, enum db_recall kind, const void *key)
{
	uint8_t *record = find_record(tx, kind, key);

	if (record)
		memset(record, 0, record_bytes(kind));
}

void db_forget_all(struct tx *tx, enum db_recall kind)
{
	db_cache_drop(tx->db, kinds[kind].slot, tx->government);
}
