/*
 * The list of what a batch touched: three lists with hash indexes and one journal to take things
 * back.
 *
 * The journal holds one entry for each thing done since the batch began. Undo walks it backwards,
 * so an added element is always the last of its list and the last that went into its index:
 * emptying its place leaves the index as it was before.
 */
#include "platform/changes.h"

#include <assert.h>
#include <string.h>

#define CHANGES_MAX 65536
#define FIRST_ROOM  64

enum deed { ADDED_CHANGE, ADDED_MOVE, ADDED_LEAF, MOVED };

struct journal_entry {
	enum deed deed;
	int32_t move; /* MOVED: which move, which counter, by how much */
	int32_t counter;
	int32_t delta;
};

/* An array in the arena that doubles; what it outgrew stays in the arena until the batch ends. */
struct list {
	void *p;
	int n, room;
	size_t size;
};

/* Open addressing over one list: places hold position + 1, 0 is empty; at most half full. */
struct index {
	int32_t *place;
	uint32_t places;
};

struct changes {
	struct arena *arena;
	struct list changes, moves, leaves, journal;
	struct index change_index, move_index;
	int64_t leaf_base; /* belongs to the transaction, so nothing is undone about it */
};

struct changes *changes_new(struct arena *arena)
{
	struct changes *c = ARENA_NEW(arena, struct changes);
	c->arena = arena;
	c->changes.size = sizeof(struct change);
	c->moves.size = sizeof(struct count_move);
	c->leaves.size = sizeof(struct pending_leaf);
	c->journal.size = sizeof(struct journal_entry);
	c->leaf_base = -1;
	return c;
}

static void *append(struct changes *c, struct list *list)
{
	list->p = arena_grow(c->arena, list->p, list->n, &list->room, list->size);
	return (char *)list->p + (size_t)list->n++ * list->size;
}

static void note(struct changes *c, struct journal_entry entry)
{
	*(struct journal_entry *)append(c, &c->journal) = entry;
}

/* ---- the two indexes ---- */

static uint32_t mix(int64_t a, int64_t b)
{
	uint64_t h = ((uint64_t)a * UINT64_C(0x9e3779b97f4a7c15)) ^
		     ((uint64_t)b * UINT64_C(0xc2b2ae3d27d4eb4f));
	return (uint32_t)(h >> 32 ^ h >> 15);
}

static uint32_t hash_change(const void *element)
{
	const struct change *change = element;
	return mix(change->a, (int64_t)change->day * 8 + change->kind);
}

static bool same_change(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	return x->a == y->a && x->day == y->day && x->kind == y->kind;
}

static uint32_t hash_move(const void *element)
{
	const struct count_move *move = element;
	return mix(move->unit.v, (int64_t)move->day * 512 + move->slot);
}

static bool same_move(const void *a, const void *b)
{
	const struct count_move *x = a, *y = b;
	return x->unit.v == y->unit.v && x->day == y->day && x->slot == y->slot;
}

/* How a list is looked up: its index and what makes two elements the same. */
struct lookup {
	struct list *list;
	struct index *index;
	uint32_t (*hash)(const void *element);
	bool (*same)(const void *a, const void *b);
};

static struct lookup change_lookup(struct changes *c)
{
	return (struct lookup){&c->changes, &c->change_index, hash_change, same_change};
}

static struct lookup move_lookup(struct changes *c)
{
	return (struct lookup){&c->moves, &c->move_index, hash_move, same_move};
}

static const void *element_at(const struct list *list, int at)
{
	return (const char *)list->p + (size_t)at * list->size;
}

/* The place of an equal element, or the empty one where it belongs. */
static int32_t *find_place(const struct lookup *l, const void *element)
{
	uint32_t mask = l->index->places - 1;
	for (uint32_t at = l->hash(element) & mask;; at = (at + 1) & mask) {
		int32_t *place = &l->index->place[at];
		if (*place == 0 || l->same(element_at(l->list, *place - 1), element))
			return place;
	}
}

static void make_room(struct changes *c, const struct lookup *l)
{
	if ((uint32_t)(l->list->n + 1) * 2 <= l->index->places)
		return;
	l->index->places = l->index->places ? l->index->places * 2 : FIRST_ROOM * 4;
	l->index->place = ARENA_ARRAY(c->arena, l->index->places, int32_t);
	for (int i = 0; i < l->list->n; i++)
		*find_place(l, element_at(l->list, i)) = i + 1;
}

/* Position of the element, added when it was not there. */
static int find_or_add(
	struct changes *c, const struct lookup *l, const void *element, enum deed deed)
{
	make_room(c, l);
	int32_t *place = find_place(l, element);
	if (*place)
		return *place - 1;
	memcpy(append(c, l->list), element, l->list->size);
	*place = l->list->n;
	note(c, (struct journal_entry){.deed = deed});
	return l->list->n - 1;
}

static void remove_last(const struct lookup *l)
{
	*find_place(l, element_at(l->list, l->list->n - 1)) = 0;
	l->list->n--;
}

/* ---- what callers see ---- */

void changes_add(struct changes *c, enum change_kind kind, int64_t a, int32_t day)
{
	struct lookup l = change_lookup(c);
	struct change change;
	memset(&change, 0, sizeof change);
	change.kind = kind;
	change.a = a;
	change.day = day;
	find_or_add(c, &l, &change, ADDED_CHANGE);
	assert(c->changes.n <= CHANGES_MAX);
}

const struct change *changes_list(const struct changes *c, int *ret_count)
{
	*ret_count = c->changes.n;
	return c->changes.p;
}

void changes_count(struct changes *c, struct unit_id unit, int32_t day, int slot,
	enum counter counter, int delta)
{
	if (delta == 0)
		return;
	struct lookup l = move_lookup(c);
	struct count_move key;
	memset(&key, 0, sizeof key);
	key.unit = unit;
	key.day = day;
	key.slot = slot;
	int at = find_or_add(c, &l, &key, ADDED_MOVE);
	((struct count_move *)c->moves.p)[at].delta[counter] += delta;
	note(c, (struct journal_entry){MOVED, at, (int32_t)counter, delta});
}

const struct count_move *changes_counts(const struct changes *c, int *ret_count)
{
	*ret_count = c->moves.n;
	return c->moves.p;
}

void changes_add_leaf(struct changes *c, struct pending_leaf leaf)
{
	*(struct pending_leaf *)append(c, &c->leaves) = leaf;
	note(c, (struct journal_entry){.deed = ADDED_LEAF});
}

const struct pending_leaf *changes_leaves(const struct changes *c, int *ret_count)
{
	*ret_count = c->leaves.n;
	return c->leaves.p;
}

int64_t changes_leaf_base(const struct changes *c)
{
	return c->leaf_base;
}

void changes_set_leaf_base(struct changes *c, int64_t base)
{
	assert(base >= 0);
	c->leaf_base = base;
}

int changes_mark(const struct changes *c)
{
	return c->journal.n;
}

static void take_back(struct changes *c, const struct journal_entry *entry)
{
	struct lookup changes = change_lookup(c), moves = move_lookup(c);
	switch (entry->deed) {
	case ADDED_CHANGE:
		remove_last(&changes);
		break;
	case ADDED_MOVE:
		remove_last(&moves);
		break;
	case ADDED_LEAF:
		c->leaves.n--;
		break;
	case MOVED:
		((struct count_move *)c->moves.p)[entry->move].delta[entry->counter] -=
			entry->delta;
		break;
	}
}

void changes_undo(struct changes *c, int mark)
{
	assert(mark >= 0 && mark <= c->journal.n);
	const struct journal_entry *journal = c->journal.p;
	while (c->journal.n > mark)
		take_back(c, &journal[--c->journal.n]);
}
