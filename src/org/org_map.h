/*
 * A map from text to a number in an arena, for imports: open addressing, grows, never forgets a
 * key. Keys are not copied.
 */
#ifndef LUWES_ORG_ORG_MAP_H
#define LUWES_ORG_ORG_MAP_H

#include "base/arena.h"

#include <stdbool.h>

struct org_map_slot {
	const char *key;
	int value;
};

struct org_map {
	struct arena *arena;
	struct org_map_slot *slot;
	uint32_t slots; /* a power of two */
	uint32_t used;
};

/* Prepares a map for about `expected` keys. */
void org_map_init(struct org_map *map, struct arena *arena, int expected);

/* Adds a key; false, changing nothing, when it is there already. */
bool org_map_add(struct org_map *map, const char *key, int value);

/* Value of a key, -1 when it is not there. */
int org_map_find(const struct org_map *map, const char *key);

#endif
