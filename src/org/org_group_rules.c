/* Which groups are shown: pure; UU 27/2022 art. 16 (purpose). */
#include "org/org_group.h"

#include "base/str.h"

const struct org_unit *org_find_listed(const struct org_tree *tree, const struct org_unit *u,
	struct unit_id parent, const struct org_scopes *scopes)
{
	for (; u; u = u->parent.v ? org_find_unit(tree, u->parent) : NULL) {
		if (parent.v ? u->id.v == parent.v || u->parent.v == parent.v : u->parent.v == 0)
			return u;
		for (int i = 0; !parent.v && i < scopes->paths; i++)
			if (str_eq(scopes->path[i], u->path))
				return u;
	}
	return NULL;
}

static int find_smallest_shown(const int32_t *people, int groups, const bool *is_hidden)
{
	int found = -1;

	for (int i = 0; i < groups; i++)
		if (!is_hidden[i] && people[i] && (found < 0 || people[i] < people[found]))
			found = i;
	return found;
}

void org_hide_small(const int32_t *people, int groups, bool *ret_hidden)
{
	int32_t hidden = 0;
	int next;

	for (int i = 0; i < groups; i++) {
		ret_hidden[i] = people[i] > 0 && people[i] < ORG_GROUP_LEAST;
		hidden += ret_hidden[i] ? people[i] : 0;
	}
	while (hidden > 0 && hidden < ORG_GROUP_LEAST &&
		(next = find_smallest_shown(people, groups, ret_hidden)) >= 0) {
		ret_hidden[next] = true;
		hidden += people[next];
	}
}
