/* The map of org_map.h: linear probing, at most three quarters full. */
#include "org/org_map.h"

#include "base/hash.h"
#include "base/str.h"

#include <string.h>

void org_map_init(struct org_map *map, struct arena *arena, int expected)
{
	uint32_t slots = 64;

	while (slots / 2 < (uint32_t)expected)
		slots *= 2;
	*map = (struct org_map){arena, ARENA_ARRAY(arena, slots, struct org_map_slot), slots, 0};
}

/* The slot that holds the key, or the empty one where it belongs. */
static struct org_map_slot *find_slot(const struct org_map *map, const char *key)
{
	uint32_t at = (uint32_t)hash_fnv(key, strlen(key)) & (map->slots - 1);

	while (map->slot[at].key && !str_eq(map->slot[at].key, key))
		at = (at + 1) & (map->slots - 1);
	return &map->slot[at];
}

static void grow(struct org_map *map)
{
	const struct org_map old = *map;

	map->slots *= 2;
	map->slot = ARENA_ARRAY(map->arena, map->slots, struct org_map_slot);
	for (uint32_t i = 0; i < old.slots; i++) {
		if (old.slot[i].key)
			*find_slot(map, old.slot[i].key) = old.slot[i];
	}
}

bool org_map_add(struct org_map *map, const char *key, int value)
{
	struct org_map_slot *slot = find_slot(map, key);

	if (slot->key)
		return false;
	*slot = (struct org_map_slot){key, value};
	if (++map->used > map->slots / 4 * 3)
		grow(map);
	return true;
}

int org_map_find(const struct org_map *map, const char *key)
{
	const struct org_map_slot *slot = find_slot(map, key);

	return slot->key ? slot->value : -1;
}
