/*
 * Who plans for himself: the agency, unless a unit below it was made a planning node by letter (a
 * bureau, a hospital, a branch office). What is planned together is measured together: a share of
 * an agency is counted in its node. Private to roster/.
 */
#ifndef LUWES_ROSTER_ROSTER_NODE_H
#define LUWES_ROSTER_ROSTER_NODE_H

#include "org/org.h"

#define ROSTER_NODES_MAX 512

struct roster_node_row {
	int64_t node_id;
	struct unit_id unit;
	const char *letter;
	int32_t valid_from, valid_to;
	int64_t set_at;
};

/* Units in force as nodes on a day, beside the agencies. */
struct roster_nodes {
	struct unit_id unit[ROSTER_NODES_MAX];
	int count;
};
enum err roster_load_nodes(struct tx *tx, int32_t day, struct roster_nodes *ret);
/* All rows that are in force on `day` or begin later. */
enum err roster_list_nodes(
	struct tx *tx, int32_t day, struct roster_node_row *ret, int max, int *ret_count);
/* The node that plans for a unit: itself, one above it, or the agency; NULL when unknown. Pure. */
const struct org_unit *roster_node_of(
	const struct org_tree *tree, const struct roster_nodes *nodes, struct unit_id unit);
/* Lets a unit plan for itself from a day on; a leaf. E_CONFLICT when it does already. */
enum err roster_add_node(struct tx *tx, struct unit_id unit, const char *letter, int32_t from,
	struct employee_id by);
/* From the day after `last` its agency plans for it again. */
enum err roster_end_node(struct tx *tx, int64_t node_id, int32_t last, struct employee_id by);

#endif
