/*
 * Questions to the tree of one government, all answered from memory: who is whose parent, what lies
 * below what, which sites count for a unit. Pure; loading is in org_tree_db.c.
 *
 * Invariants: units and posts are sorted by id, sites by unit, by_code by code; a path is the ids
 * from the agency down, each between slashes, so "lies below" is a prefix.
 */
#include "org/org_int.h"

#include "base/str.h"

#include <string.h>

const struct org_unit *org_find_unit(const struct org_tree *tree, struct unit_id id)
{
	int low = 0;
	int high = tree->units;

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (tree->unit[middle].id.v == id.v)
			return &tree->unit[middle];
		if (tree->unit[middle].id.v < id.v)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct org_post *org_find_post(const struct org_tree *tree, struct post_id id)
{
	int low = 0;
	int high = tree->posts;

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (tree->post[middle].id.v == id.v)
			return &tree->post[middle];
		if (tree->post[middle].id.v < id.v)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* First position in by_code that is not before `code`. */
static int code_position(const struct org_tree *tree, const char *code)
{
	int low = 0;
	int high = tree->units;

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (strcmp(tree->by_code[middle]->code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct org_unit *org_find_unit_by_code(
	const struct org_tree *tree, const char *code, int32_t day)
{
	for (int i = code_position(tree, code); i < tree->units; i++) {
		const struct org_unit *unit = tree->by_code[i];

		if (!str_eq(unit->code, code))
			return NULL;
		if (unit->valid_from <= day && unit->valid_to >= day)
			return unit;
	}
	return NULL;
}

bool org_is_below(const struct org_tree *tree, struct unit_id unit, struct unit_id ancestor)
{
	if (ancestor.v == 0)
		return true;

	const struct org_unit *below = org_find_unit(tree, unit);
	const struct org_unit *above = org_find_unit(tree, ancestor);

	return below && above && org_is_path_below(below->path, above->path);
}

/* First position in site that is not before `unit`. */
static int site_position(const struct org_tree *tree, struct unit_id unit)
{
	int low = 0;
	int high = tree->sites;

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (tree->site[middle].unit.v < unit.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The sites of exactly this unit that hold on the day; returns the new count. */
static int list_own_sites(const struct org_tree *tree, struct unit_id unit, int32_t day,
	const struct org_site **ret_site, int count, int max)
{
	for (int i = site_position(tree, unit); i < tree->sites && count < max; i++) {
		const struct org_site *site = &tree->site[i];

		if (site->unit.v != unit.v)
			break;
		if (site->valid_from <= day && site->valid_to >= day)
			ret_site[count++] = site;
	}
	return count;
}

int org_list_sites(const struct org_tree *tree, struct unit_id unit, int32_t day,
	const struct org_site **ret_site, int max)
{
	const struct org_unit *u = org_find_unit(tree, unit);
	int count = 0;

	while (u && count < max) {
		count = list_own_sites(tree, u->id, day, ret_site, count, max);
		u = org_find_unit(tree, u->parent);
	}
	return list_own_sites(tree, (struct unit_id){0}, day, ret_site, count, max);
}
