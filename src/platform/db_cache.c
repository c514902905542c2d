/*
 * What a connection remembers of the store between transactions: an org tree, a policy book,
 * today's sheet, per government.
 *
 * A value is good for one generation of the government's data. Two dangers are closed here: a
 * replaced value stays readable until the transaction that may still hold it has ended, and a value
 * built from rows that were rolled back is forgotten, because the next change will carry the same
 * generation.
 */
#include "platform/db_engine.h"

#include <stdlib.h>
#include <string.h>

#define CACHE_CAP_BYTES ((size_t)64 * 1024 * 1024)

static struct db_cache_entry *find(
	struct db *db, enum db_cache_slot slot, struct government_id government)
{
	for (int i = 0; i < DB_CACHE_GOVERNMENTS; i++) {
		struct db_cache_entry *entry = &db->cache.entry[slot][i];
		if (entry->value && entry->government.v == government.v)
			return entry;
	}
	return NULL;
}

/* An empty entry, or the one that was put first. */
static struct db_cache_entry *find_room(struct db *db, enum db_cache_slot slot)
{
	struct db_cache_entry *oldest = &db->cache.entry[slot][0];
	for (int i = 0; i < DB_CACHE_GOVERNMENTS; i++) {
		struct db_cache_entry *entry = &db->cache.entry[slot][i];
		if (!entry->value)
			return entry;
		if (entry->put_at < oldest->put_at)
			oldest = entry;
	}
	return oldest;
}

static void retire(struct db *db, struct db_cache_entry *entry)
{
	struct db_cache *cache = &db->cache;
	if (!entry->value)
		return;
	cache->retired = db_grow(cache->retired, &cache->retired_capacity, cache->retired_count,
		sizeof *cache->retired);
	cache->retired[cache->retired_count++] = entry->arena;
	*entry = (struct db_cache_entry){0};
}

static void release_retired(struct db *db)
{
	for (int i = 0; i < db->cache.retired_count; i++)
		arena_release(&db->cache.retired[i]);
	db->cache.retired_count = 0;
}

void *db_cache_get(
	struct db *db, enum db_cache_slot slot, struct government_id government, int64_t generation)
{
	struct db_cache_entry *entry = find(db, slot, government);
	return entry && entry->generation == generation ? entry->value : NULL;
}

struct arena *db_cache_arena(
	struct db *db, enum db_cache_slot slot, struct government_id government)
{
	(void)government;
	struct arena *building = &db->cache.building[slot];
	arena_release(building);
	arena_init(building, CACHE_CAP_BYTES);
	return building;
}

void db_cache_put(struct db *db, enum db_cache_slot slot, struct government_id government,
	int64_t generation, void *value)
{
	struct db_cache_entry *entry = find(db, slot, government);
	if (!entry)
		entry = find_room(db, slot);
	retire(db, entry);
	*entry = (struct db_cache_entry){
		.government = government,
		.generation = generation,
		.value = value,
		.arena = db->cache.building[slot],
		.put_at = ++db->cache.puts,
		.from_transaction = db->is_writing,
	};
	arena_init(&db->cache.building[slot], CACHE_CAP_BYTES);
}

struct arena *db_cache_grow(struct db *db, enum db_cache_slot slot, struct government_id government)
{
	return &find(db, slot, government)->arena;
}

void db_cache_drop(struct db *db, enum db_cache_slot slot, struct government_id government)
{
	struct db_cache_entry *entry = find(db, slot, government);
	if (entry)
		retire(db, entry);
}

void db_cache_drop_sheets(struct db *db)
{
	for (int slot = DB_CACHE_SHEET; slot < DB_CACHE_SLOTS; slot++)
		for (int i = 0; i < DB_CACHE_GOVERNMENTS; i++)
			retire(db, &db->cache.entry[slot][i]);
}

void db_cache_begin(struct db *db)
{
	release_retired(db);
	for (int slot = 0; slot < DB_CACHE_SLOTS; slot++) {
		for (int i = 0; i < DB_CACHE_GOVERNMENTS; i++)
			db->cache.entry[slot][i].from_transaction = false;
	}
}

void db_cache_rollback(struct db *db)
{
	for (int slot = 0; slot < DB_CACHE_SLOTS; slot++) {
		for (int i = 0; i < DB_CACHE_GOVERNMENTS; i++) {
			if (db->cache.entry[slot][i].from_transaction)
				retire(db, &db->cache.entry[slot][i]);
		}
	}
}

void db_cache_close(struct db *db)
{
	for (int slot = 0; slot < DB_CACHE_SLOTS; slot++) {
		for (int i = 0; i < DB_CACHE_GOVERNMENTS; i++)
			arena_release(&db->cache.entry[slot][i].arena);
		arena_release(&db->cache.building[slot]);
	}
	release_retired(db);
	free(db->cache.retired);
}
