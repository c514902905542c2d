/*
 * Instances and rosters as JSON, for `luwes roster`, for the helper that solves side rules, and for
 * whoever wants to hold another solver against ours.
 *
 * An instance: {"days": [{"day": "2025-12-01", "week": 0, "edge": true}], "fairness": 4,
 *   "groups": [{"rank": "agency", "least": [0], "most": [5]}, {"parent": 0, "rank": "unit"}],
 *   "people": [{"group": 1, "week_most": 2, "most": 9, "share": 8, "cells": ".", "wishes": [-3]}]}
 * Groups and people are numbered as they come; cells are one letter per day: "." free, "-" cannot
 * be home, "R" locked at home; "week_caps" are a "week_most" per week; so is the roster that
 * stands, "published": K in the office, R at home. What is left out does not limit and is not
 * wished for. Rules beside the limits (roster_side.h), people, groups and weekdays (1 is Monday) by
 * number: "side": {"run_most": 3, "edge_most": 4, "sets": [{"people": [0, 5], "most": [1]}],
 *     "anchors": [{"group": 2, "weekdays": [1, 2, 3, 4, 5]}]}
 */
#ifndef LUWES_ROSTER_ROSTER_TEXT_H
#define LUWES_ROSTER_ROSTER_TEXT_H

#include "platform/fields.h"
#include "roster/roster_price.h"
#include "roster/roster_side.h"

extern const struct shape roster_instance_shape, roster_solution_shape, roster_clashes_shape;

/*
 * Reads an instance. E_BAD_REQUEST when it is not JSON, E_BAD_FIELD with the field and the reason
 * when it is none that can be solved. Memory is the arena's; *ret_day[days] are its civil days,
 * *ret_side its side rules, NULL without.
 */
enum err roster_read_instance(const char *json, size_t n, struct arena *arena,
	struct roster_instance *ret, const int32_t **ret_day, const struct roster_side **ret_side,
	struct field_fault *ret_fault);

/* Writes what roster_read_instance reads; side may be NULL. */
void roster_write_instance(const struct roster_instance *in, const int32_t *day,
	const struct roster_side *side, struct arena *arena, struct buf *out);

/* Writes a roster: its cost, what is broken by rank, each breach, and per person one letter a day,
 * K in the office and R at home; what came of the side rules, which may be NULL. */
void roster_write_solution(const struct roster_instance *in, const struct roster_solution *s,
	const struct roster_side_answer *side, struct arena *arena, struct buf *out);

/* The same of a roster found by prices, with how much worse than the best it may be. */
void roster_write_priced(const struct roster_instance *in, const struct roster_priced *priced,
	struct arena *arena, struct buf *out);

/*
 * Reads what roster_write_solution wrote for the instance: who is home, and of the side rules what
 * was proven (least, bound); the rest is for the reader to judge. Errors like roster_read_instance.
 */
enum err roster_read_solution(const char *json, size_t n, const struct roster_instance *in,
	struct arena *arena, uint8_t **ret_home, struct roster_side_answer *ret_side,
	struct field_fault *ret_fault);

/* Writes the clashes: what each asks for and lets, limit by limit, and what it is short by. */
void roster_write_clashes(
	const struct roster_clashes *clashes, struct arena *arena, struct buf *out);

#endif
