/*
 * Numbers of groups of people that tell nothing about one of them (UU 27/2022 art. 16): which units
 * a list of sums shows, and which of them are too small to be shown.
 */
#ifndef LUWES_ORG_ORG_GROUP_H
#define LUWES_ORG_ORG_GROUP_H

#include "org/org_access.h"

#define ORG_GROUP_LEAST 10 /* people; of fewer nothing is shown */

/* The unit of the list a unit counts for: itself or above it, right below `parent` or where a scope
 * begins; NULL when it lies elsewhere. Pure. */
const struct org_unit *org_find_listed(const struct org_tree *tree, const struct org_unit *unit,
	struct unit_id parent, const struct org_scopes *scopes);

/* Hides groups that are too small, and the next smallest while what is hidden could be found by
 * subtraction. Groups of nobody hide nothing. Pure. */
void org_hide_small(const int32_t *people, int groups, bool *ret_hidden);

#endif
